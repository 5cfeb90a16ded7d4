import Basics
import FoundationEssentials
public import Identity
import Sightings
public import Store

/// What a case watches for; sealed with the key of the case, for it holds vectors.
struct FootageWatch: Codable, Sendable {
    /// The least cosine to an example that raises a notice.
    static let minimumLikeness: Float = 0.8
    /// How long a camera is quiet for a case after a notice, in seconds: a person who stands before it
    /// is one notice.
    static let pauseSeconds = 180

    var examples: [[Float]]
    var rejected: [[Float]]
    var upper: Set<UInt8>
    var lower: Set<UInt8>

    /// How well a sighting fits; nothing where it does not.
    func likeness(of sighting: Sighting) -> Float? {
        guard upper.isEmpty || upper.contains(sighting.upper),
            lower.isEmpty || lower.contains(sighting.lower)
        else { return nil }
        let best = examples.compactMap { Self.cosine($0, sighting.vector) }.max()
        guard let best else { return examples.isEmpty ? Float(sighting.quality) / 255 : nil }
        let other = rejected.compactMap { Self.cosine($0, sighting.vector) }.max()
        return best >= Self.minimumLikeness && best > other ?? -1 ? best : nil
    }

    private static func cosine(_ left: [Float], _ right: [Float]) -> Float? {
        guard left.count == right.count else { return nil }
        var (dot, leftSquare, rightSquare): (Float, Float, Float) = (0, 0, 0)
        for index in left.indices {
            dot += left[index] * right[index]
            leftSquare += left[index] * left[index]
            rightSquare += right[index] * right[index]
        }
        let product = leftSquare * rightSquare
        return product > 0 ? dot / product.squareRoot() : nil
    }
}

/// A watched sighting on its way to the case.
struct WatchedSighting: Sendable {
    var warrant: FootageWarrant
    var id: SightingID
    var token: String
    var at: Instant
    var camera: UInt32
    var score: Float
}

/// A warrant that watches.
struct WatchingWarrant: Sendable {
    var warrant: FootageWarrant
    var sealed: [UInt8]

    func matches(
        _ arrived: [(SightingID, Sighting)],
        _ room: FootageRoom,
        in db: ReadTransaction
    ) throws -> [WatchedSighting] {
        guard try FootageClock.effective(in: db) < warrant.expiresAt,
            let key = try room.archive.caseKey(warrant.caseID)
        else { return [] }
        let bytes = try key.open(sealed, for: FootageWatches.label(warrant.id))
        let watch = try JSONDecoder().decode(FootageWatch.self, from: Data(bytes))
        return arrived.compactMap { id, sighting in
            // A live watch goes on beyond the time that was searched, on the cameras approved.
            guard warrant.cameras?.value.contains(sighting.camera) ?? true,
                let score = watch.likeness(of: sighting)
            else { return nil }
            return WatchedSighting(
                warrant: warrant,
                id: id,
                token: FootageMatch.token(id, key: key),
                at: sighting.at,
                camera: sighting.camera,
                score: score
            )
        }
    }
}

/// The watches in the store.
enum FootageWatches {
    static func label(_ warrantID: String) -> String { "watch \(warrantID)" }

    private struct Row: Codable {
        var warrantID: String
        var sealed: [UInt8]
    }

    static func all(in db: ReadTransaction) throws -> [WatchingWarrant] {
        let rows = try db.rows("SELECT warrant_id, sealed FROM footage_watch", as: Row.self)
        return try rows.compactMap { row in
            try FootageWarrants.find(row.warrantID, in: db).flatMap { warrant in
                warrant.revokedAt == nil
                    ? WatchingWarrant(warrant: warrant, sealed: row.sealed) : nil
            }
        }
    }

    static func isWatching(_ warrantID: String, in db: ReadTransaction) throws -> Bool {
        try db.value(
            "SELECT 1 FROM footage_watch WHERE warrant_id = \(warrantID)",
            as: Int.self
        ) != nil
    }

    static func save(
        _ sealed: [UInt8],
        for warrant: FootageWarrant,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO footage_watch (warrant_id, case_id, sealed)
            VALUES (\(warrant.id), \(warrant.caseID), \(sealed))
            ON CONFLICT (warrant_id) DO UPDATE SET sealed = excluded.sealed
            """
        )
    }

    static func remove(_ warrantID: String, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM footage_watch WHERE warrant_id = \(warrantID)")
        try tx.run("DELETE FROM footage_watch_pause WHERE warrant_id = \(warrantID)")
    }

    /// Tells a case what was seen, unless the same camera just did; says whether it told.
    static func announce(_ seen: WatchedSighting, in tx: WriteTransaction) throws -> Bool {
        let until = seen.at.adding(seconds: FootageWatch.pauseSeconds)
        let isNew = try tx.run(
            """
            INSERT INTO footage_watch_pause (warrant_id, camera, until)
            VALUES (\(seen.warrant.id), \(Int64(seen.camera)), \(until))
            ON CONFLICT (warrant_id, camera) DO UPDATE SET until = excluded.until
            WHERE footage_watch_pause.until < \(seen.at)
            """
        )
        guard isNew > 0 else { return false }
        let rows = [(token: seen.token, sighting: seen.id)]
        try FootageShown.save(rows, of: seen.warrant.caseID, in: tx)
        try tx.record(
            .searchFootage,
            on: seen.warrant.subject,
            by: .footageKeeper,
            purpose: seen.warrant.purpose.value,
            details: [
                "caseNumber": seen.warrant.caseNumber, "warrant": seen.warrant.id,
                "watch": seen.token, "camera": String(seen.camera),
            ]
        )
        try tx.publish(
            FootageSeen(
                caseKind: seen.warrant.caseKind,
                caseID: seen.warrant.caseID,
                warrantID: seen.warrant.id,
                holderID: seen.warrant.holderID,
                token: seen.token,
                camera: seen.camera,
                at: seen.at,
                score: Double(seen.score)
            )
        )
        return true
    }
}

extension FootageGate {
    /// Watches live for what a question looks for, until the warrant ends: each new sighting becomes a
    /// ``FootageSeen``.
    public func watch(
        _ query: FootageQuery,
        warrant warrantID: String,
        of caseID: String,
        by actor: Actor
    ) async throws {
        let room = room
        try await store.write { tx in
            let (warrant, key) = try open(warrantID, caseID, actor, in: tx)
            let shown = try FootageShown.sightings(of: caseID, in: tx)
            let question = try room.question(query, within: warrant, shown: shown)
            let watch = FootageWatch(
                examples: question.examples,
                rejected: question.rejected,
                upper: question.upper,
                lower: question.lower
            )
            let bytes = Array(try JSONEncoder().encode(watch))
            let sealed = try key.seal(bytes, for: FootageWatches.label(warrant.id))
            try FootageWatches.save(sealed, for: warrant, in: tx)
            try tx.record(
                .watchFootage,
                on: warrant.subject,
                by: actor.auditActor,
                purpose: warrant.purpose.value,
                details: ["caseNumber": warrant.caseNumber, "warrant": warrant.id, "watch": "on"]
            )
        }
    }

    /// Ends the live watch of a warrant.
    public func endWatch(
        warrant warrantID: String,
        of caseID: String,
        by actor: Actor
    ) async throws {
        try await store.write { tx in
            let (warrant, _) = try open(warrantID, caseID, actor, in: tx)
            try FootageWatches.remove(warrant.id, in: tx)
            try tx.record(
                .watchFootage,
                on: warrant.subject,
                by: actor.auditActor,
                purpose: warrant.purpose.value,
                details: ["caseNumber": warrant.caseNumber, "warrant": warrant.id, "watch": "off"]
            )
        }
    }

    /// Whether a warrant watches live.
    public static func isWatching(_ warrantID: String, in db: ReadTransaction) throws -> Bool {
        try FootageWatches.isWatching(warrantID, in: db)
    }
}
