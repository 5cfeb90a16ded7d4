import Basics
import Store

/// What the sources say of the lifts.
enum LiftStatuses {
    /// Rows that are read at once; a city has fewer lifts times sources.
    static let maximumCount = 20_000

    static func all(in db: ReadTransaction) throws -> [String: [LiftStatus]] {
        let rows = try db.rows(
            "SELECT * FROM wayfinding_lift_status ORDER BY lift_id, source LIMIT \(maximumCount)",
            as: LiftStatus.self
        )
        return Dictionary(grouping: rows, by: \.liftID)
    }

    static func save(_ status: LiftStatus, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO wayfinding_lift_status (lift_id, source, is_working, returns_on, note, at,
                is_sample)
            VALUES (\(status.liftID), \(status.source), \(status.isWorking), \(status.returnsOn),
                \(status.note), \(status.at), \(status.isSample))
            ON CONFLICT (lift_id, source) DO UPDATE SET is_working = excluded.is_working,
                returns_on = excluded.returns_on, note = excluded.note, at = excluded.at
            """
        )
    }

    static func remove(_ liftID: String, source: String, in tx: WriteTransaction) throws -> Bool {
        try tx.run(
            """
            DELETE FROM wayfinding_lift_status WHERE lift_id = \(liftID) AND source = \(source)
            """
        ) > 0
    }
}
