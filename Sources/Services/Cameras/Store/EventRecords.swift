import Basics
import Store
import Vision

/// The pictures kept of an event: a short series, people masked, for a named time.
enum Clips {
    /// How long the pictures of an event are kept, in days.
    static let keptDays = 7
    /// Pictures of one event.
    static let maximumFrameCount = 12
    /// Bytes of one picture.
    static let maximumFrameByteCount = 256 << 10

    struct Frame: Codable, Sendable, Hashable {
        var number: Int
        var at: Instant
        var jpeg: [UInt8]
    }

    static func save(_ frames: [Frame], of event: Int64, in tx: WriteTransaction) throws {
        let taken = frames.filter { $0.jpeg.count <= maximumFrameByteCount }
        for frame in taken.suffix(maximumFrameCount) {
            try tx.run(
                """
                INSERT INTO cameras_clip_frame (event_id, number, at, jpeg)
                VALUES (\(event), \(frame.number), \(frame.at), \(frame.jpeg))
                ON CONFLICT (event_id, number) DO NOTHING
                """
            )
        }
    }

    /// When the pictures of an event were taken, by their numbers.
    static func times(
        of event: Int64,
        in db: ReadTransaction
    ) throws -> [(number: Int, at: Instant)] {
        struct Row: Codable {
            var number: Int
            var at: Instant
        }
        return try db.rows(
            "SELECT number, at FROM cameras_clip_frame WHERE event_id = \(event) ORDER BY number",
            as: Row.self
        ).map { ($0.number, $0.at) }
    }

    static func picture(
        _ number: Int,
        of event: Int64,
        in db: ReadTransaction
    ) throws -> [UInt8]? {
        try db.value(
            """
            SELECT jpeg FROM cameras_clip_frame
            WHERE event_id = \(event) AND number = \(number)
            """,
            as: [UInt8].self
        )
    }

    static func purge(before: Instant, in tx: WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM cameras_clip_frame WHERE at < \(before)")
    }
}

/// What was done for an event, step by step of its procedure.
enum EventSteps {
    struct Tick: Codable, Sendable, Hashable {
        var step: String
        var tickedAt: Instant
        var tickedByName: String
    }

    static func all(of event: Int64, in db: ReadTransaction) throws -> [Tick] {
        try db.rows(
            """
            SELECT step, ticked_at, ticked_by_name FROM cameras_event_step
            WHERE event_id = \(event)
            """,
            as: Tick.self
        )
    }

    static func tick(
        _ step: String,
        of event: Int64,
        by id: String,
        named name: String,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO cameras_event_step (event_id, step, ticked_at, ticked_by, ticked_by_name)
            VALUES (\(event), \(step), \(tx.now), \(id), \(name))
            ON CONFLICT (event_id, step) DO NOTHING
            """
        )
    }

    static func untick(_ step: String, of event: Int64, in tx: WriteTransaction) throws {
        try tx.run(
            "DELETE FROM cameras_event_step WHERE event_id = \(event) AND step = \(step)"
        )
    }
}

/// How much surer an analysis has to be at a camera before an event of a kind is raised.
///
/// Every false alarm adds a step, one that is taken back removes it, and a supervisor sets it to zero.
enum Thresholds {
    /// What an event has to reach where nobody complained.
    static let leastConfidence = 0.3
    /// What a false alarm adds.
    static let step = 0.03
    /// Steps that can add up: no rule falls silent by itself.
    static let maximumStepCount = 10

    static func confidence(steps: Int) -> Double {
        leastConfidence + Double(min(max(steps, 0), maximumStepCount)) * step
    }

    static func steps(
        camera: UInt32,
        in db: ReadTransaction
    ) throws -> [EventKind: Int] {
        struct Row: Codable {
            var kind: EventKind
            var stepCount: Int
        }
        let rows = try db.rows(
            """
            SELECT kind, step_count FROM cameras_threshold
            WHERE camera_number = \(Int64(camera)) AND step_count > 0
            """,
            as: Row.self
        )
        return Dictionary(rows.map { ($0.kind, $0.stepCount) }, uniquingKeysWith: { $1 })
    }

    static func change(
        _ kind: EventKind,
        camera: UInt32,
        by difference: Int,
        in tx: WriteTransaction
    ) throws {
        let old = try steps(camera: camera, in: tx)[kind] ?? 0
        try set(kind, camera: camera, to: old + difference, in: tx)
    }

    static func set(
        _ kind: EventKind,
        camera: UInt32,
        to count: Int,
        in tx: WriteTransaction
    ) throws {
        let count = min(max(count, 0), maximumStepCount)
        try tx.run(
            """
            INSERT INTO cameras_threshold (camera_number, kind, step_count, updated_at)
            VALUES (\(Int64(camera)), \(kind), \(count), \(tx.now))
            ON CONFLICT (camera_number, kind) DO UPDATE SET step_count = excluded.step_count,
                updated_at = excluded.updated_at
            """
        )
    }
}

/// What cameras are watched for.
enum RuleSets {
    struct Row: Codable, Sendable, Hashable {
        var cameraNumber: Int64
        var rules: JSONColumn<SceneRules>
        var version: Int
        var updatedByName: String
        var updatedAt: Instant
    }

    static func find(_ camera: UInt32, in db: ReadTransaction) throws -> Row? {
        try db.first(
            "SELECT * FROM cameras_rule WHERE camera_number = \(Int64(camera))",
            as: Row.self
        )
    }

    static func all(in db: ReadTransaction) throws -> [Row] {
        try db.rows("SELECT * FROM cameras_rule", as: Row.self)
    }

    static func save(_ row: Row, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO cameras_rule (camera_number, rules, version, updated_by_name, updated_at)
            VALUES (\(row.cameraNumber), \(row.rules), \(row.version), \(row.updatedByName),
                \(row.updatedAt))
            ON CONFLICT (camera_number) DO UPDATE SET rules = excluded.rules,
                version = excluded.version, updated_by_name = excluded.updated_by_name,
                updated_at = excluded.updated_at
            """
        )
    }
}
