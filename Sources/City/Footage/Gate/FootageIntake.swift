public import Basics
public import Hosting
public import Sightings
import Store

/// What became of the sightings of a picture.
public struct FootageIntakeReport: Sendable, Hashable {
    /// How many were kept.
    public var keptCount = 0
    /// How many were refused, because the camera's clock is ahead or far behind.
    public var refusedCount = 0
    /// How many notices to watching cases they raised.
    public var noticeCount = 0
}

/// The one writer of what cameras saw.
public struct FootageIntake: Sendable {
    /// How far a camera's clock may be ahead of the city's, in seconds.
    public static let maximumLeadSeconds = 60

    private let room: FootageRoom
    private let store: Store

    /// The intake of a city.
    public init(_ platform: Platform) throws {
        room = try FootageRoom.of(platform)
        store = platform.store
    }

    /// Keeps a picture of a camera and the people in it, and tells the cases that watch.
    ///
    /// - Parameters:
    ///   - sightings: The people in the picture; camera and time are those of the picture.
    ///   - still: The picture as a JPEG; nothing where only the sightings are kept.
    ///   - camera: The camera's number.
    ///   - time: When the picture was taken.
    /// - Returns: What became of them.
    /// - Throws: `FootageError` with code `.clockBehind` where the machine's clock was set back, or
    ///   `.archive` where the disk takes nothing; `SightingsError`.
    @discardableResult
    public func append(
        _ sightings: [Sighting],
        still: [UInt8]?,
        camera: UInt32,
        at time: Instant
    ) async throws -> FootageIntakeReport {
        let room = room
        let people = sightings.map { sighting in
            var sighting = sighting
            sighting.camera = camera
            sighting.timeMilliseconds = time.millisecondsSinceEpoch
            return sighting
        }
        // On the store's threads: appending waits for the disk.
        let (report, seen) = try await store.read { db in
            try Self.checkClock(in: db)
            guard room.takes(time, now: db.now) else {
                return (FootageIntakeReport(refusedCount: people.count), [WatchedSighting]())
            }
            if let still {
                let kept = Still(people: people.map(\.box), jpeg: still)
                try room.archive.keep(kept, camera: camera, at: time)
            }
            let ids = try room.sightings.append(people)
            try room.flushWhereDue(now: db.now)
            let watches = try FootageWatches.all(in: db)
            let seen = try watches.flatMap { try $0.matches(Array(zip(ids, people)), room, in: db) }
            return (FootageIntakeReport(keptCount: people.count), seen)
        }
        guard !seen.isEmpty else { return report }
        let noticeCount = try await store.write { tx in
            try seen.count { try FootageWatches.announce($0, in: tx) }
        }
        return FootageIntakeReport(
            keptCount: report.keptCount,
            refusedCount: report.refusedCount,
            noticeCount: noticeCount
        )
    }

    private static func checkClock(in db: ReadTransaction) throws {
        guard let latest = try FootageClock.latest(in: db),
            db.now.adding(seconds: FootageClock.maximumLagSeconds) < latest
        else { return }
        throw FootageError(
            .clockBehind,
            Bilingual(
                "서버 시계가 뒤로 갔습니다. 시계가 바로 될 때까지 영상을 보관하지 않습니다.",
                "The server's clock was set back. Footage is not kept until it is right."
            ),
            context: "latest \(latest.rfc3339), now \(db.now.rfc3339)"
        )
    }
}
