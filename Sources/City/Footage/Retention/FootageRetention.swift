import Basics
import Hosting
import Identity
import Sightings
import Store

/// Erases the days whose time is over.
struct PurgeFootage: Job {
    static let name = "footage.purge"
    /// Hourly: a day is erased within an hour of its end.
    static let recurrence = Recurrence.every(seconds: 3_600)
}

/// How long footage is kept, and the erasing of what is older.
public struct FootageRetention: Sendable {
    /// The most days that footage is kept (표준 개인정보 보호지침: 30 days).
    public static let maximumDays = 30

    private struct PurgedDay: Codable {
        var day: LocalDate
    }
    private struct ClosedCase: Codable {
        var caseID: String
    }

    let room: FootageRoom
    let store: Store
    let days: Int

    init(_ platform: Platform) throws {
        room = try FootageRoom.of(platform)
        store = platform.store
        days = room.retentionDays
    }

    /// What a start does before anything is served: the end of closed cases, and of days whose time is
    /// over, even where they came back with a copy of the folder.
    func recover() async throws {
        // Another server that holds the footage does it.
        guard room.isHere else { return }
        let closed = try await store.read { db in
            try db.rows("SELECT case_id FROM footage_closed_case", as: ClosedCase.self)
        }
        for row in closed { try room.archive.shredCaseKey(row.caseID) }
        try await purge()
    }

    /// Erases what is older than the days that footage is kept, and what was erased before.
    ///
    /// - Returns: The days erased.
    @discardableResult
    func purge() async throws -> [LocalDate] {
        let sightings = try room.sightings
        let mark = try room.archive.clockMark()
        let (now, purged) = try await store.write { tx in
            let now = try FootageClock.advance(to: mark, in: tx)
            let rows = try tx.rows("SELECT day FROM footage_purged_day", as: PurgedDay.self)
            return (now, Set(rows.map(\.day)))
        }
        try room.archive.setClockMark(now)
        let over = room.keptDays.filter { day in
            day.adding(days: days) <= now.date || purged.contains(day)
        }
        for day in over { try await erase(day, purpose: .footageRetention, by: .footageKeeper) }
        let yesterday = now.date.adding(days: -1)
        // A day that is over is put in order once: what is in order is found faster.
        if sightings.days.contains(yesterday) {
            try await store.read { _ in try sightings.seal(day: yesterday) }
        }
        return over
    }

    /// Writes down that a day is erased, then erases it: where a crash comes between, the next start
    /// erases what the record says.
    private func erase(_ day: LocalDate, purpose: Purpose, by actor: AuditActor) async throws {
        let room = room
        try await store.write { tx in
            let isNew = try tx.run(
                """
                INSERT INTO footage_purged_day (day, purged_at) VALUES (\(day), \(tx.now))
                ON CONFLICT (day) DO NOTHING
                """
            )
            try tx.record(
                .eraseFootage,
                on: AuditSubject(kind: "footageDay", id: day.iso),
                by: actor,
                purpose: purpose,
                details: ["again": isNew > 0 ? "no" : "yes"]
            )
            try FootageLedger.add(
                FootageLedger.Entry(
                    kind: .erasure,
                    actorID: actor.kind == .system ? "system" : actor.id,
                    actorName: actor.kind == .system ? "자동 파기" : "",
                    purpose: purpose.text,
                    basis: Bilingual(
                        "개인정보 보호법 제21조, 영상 보관기간 \(days)일",
                        "Personal Information Protection Act art. 21, kept \(days) days"
                    ),
                    form: Bilingual("\(day.iso)의 영상과 목격", "Footage of \(day.iso)"),
                    itemCount: 1
                ),
                in: tx
            )
        }
        // On the store's threads: erasing waits for the disk.
        try await store.read { _ in
            try room.sightings.purge(day: day)
            _ = try room.archive.shred(day)
        }
    }

    /// Takes the machine's clock for right again after it was set back: the age of what is kept is not
    /// known any more, so all of it is erased first.
    func acceptClock(by actor: Actor) async throws {
        for day in room.keptDays {
            try await erase(day, purpose: .footageRetention, by: actor.auditActor)
        }
        let room = room
        try await store.write { tx in
            try FootageClock.set(tx.now, in: tx)
            // The days to come are new ones, even where the clock had run ahead into them.
            try tx.run("DELETE FROM footage_purged_day WHERE day >= \(tx.now.date)")
            try tx.record(
                .update,
                on: AuditSubject(kind: "footageClock", id: "clock"),
                by: actor.auditActor,
                purpose: .footageLedger
            )
            try room.archive.setClockMark(tx.now)
        }
    }
}
