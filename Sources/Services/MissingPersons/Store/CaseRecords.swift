import Basics
import Store

/// The photos of cases in the store.
enum CasePhotos {
    static func of(_ caseID: String, in db: ReadTransaction) throws -> [CasePhoto] {
        try db.rows(
            "SELECT * FROM missing_photo WHERE case_id = \(caseID) ORDER BY number",
            as: CasePhoto.self
        )
    }

    static func find(
        _ number: Int,
        of caseID: String,
        in db: ReadTransaction
    ) throws -> CasePhoto? {
        try db.first(
            "SELECT * FROM missing_photo WHERE case_id = \(caseID) AND number = \(number)",
            as: CasePhoto.self
        )
    }

    static func save(_ photo: CasePhoto, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO missing_photo (case_id, number, width, height, picture, look, created_at)
            VALUES (\(photo.caseID), \(photo.number), \(photo.width), \(photo.height),
                \(photo.picture), \(photo.look), \(photo.createdAt))
            ON CONFLICT (case_id, number) DO UPDATE SET look = excluded.look
            """
        )
    }

    static func remove(_ number: Int, of caseID: String, in tx: WriteTransaction) throws -> Bool {
        try tx.run("DELETE FROM missing_photo WHERE case_id = \(caseID) AND number = \(number)") > 0
    }

    static func removeAll(of caseID: String, in tx: WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM missing_photo WHERE case_id = \(caseID)")
    }
}

/// What was decided about the sightings of cases.
enum SightingMarks {
    static func of(_ caseID: String, in db: ReadTransaction) throws -> [SightingMark] {
        try db.rows(
            "SELECT * FROM missing_mark WHERE case_id = \(caseID) ORDER BY seen_at, token",
            as: SightingMark.self
        )
    }

    static func save(_ mark: SightingMark, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO missing_mark (case_id, token, verdict, camera, seen_at, marked_by, marked_at)
            VALUES (\(mark.caseID), \(mark.token), \(mark.verdict), \(mark.camera), \(mark.seenAt),
                \(mark.markedBy), \(mark.markedAt))
            ON CONFLICT (case_id, token) DO UPDATE SET verdict = excluded.verdict,
                marked_by = excluded.marked_by, marked_at = excluded.marked_at
            """
        )
    }

    static func remove(_ token: String, of caseID: String, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM missing_mark WHERE case_id = \(caseID) AND token = \(token)")
    }

    static func removeAll(of caseID: String, in tx: WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM missing_live WHERE case_id = \(caseID)")
        return try tx.run("DELETE FROM missing_mark WHERE case_id = \(caseID)")
    }
}

/// What the live watch of cases has seen.
enum LiveSightings {
    /// Live sightings that a page shows.
    static let shownCount = 20

    static func of(_ caseID: String, in db: ReadTransaction) throws -> [LiveSighting] {
        try db.rows(
            """
            SELECT * FROM missing_live WHERE case_id = \(caseID)
            ORDER BY seen_at DESC, token LIMIT \(shownCount)
            """,
            as: LiveSighting.self
        )
    }

    static func save(_ seen: LiveSighting, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO missing_live (case_id, token, camera, seen_at, score)
            VALUES (\(seen.caseID), \(seen.token), \(seen.camera), \(seen.seenAt), \(seen.score))
            ON CONFLICT (case_id, token) DO NOTHING
            """
        )
    }
}

/// The packets that cases gave out.
enum GivenPackets {
    static func of(_ caseID: String, in db: ReadTransaction) throws -> [GivenPacket] {
        try db.rows(
            "SELECT * FROM missing_packet WHERE case_id = \(caseID) ORDER BY number",
            as: GivenPacket.self
        )
    }

    static func save(_ packet: GivenPacket, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO missing_packet (case_id, number, recipient, sighting_count, root, given_by,
                given_at)
            VALUES (\(packet.caseID), \(packet.number), \(packet.recipient),
                \(packet.sightingCount), \(packet.root), \(packet.givenBy), \(packet.givenAt))
            """
        )
    }
}
