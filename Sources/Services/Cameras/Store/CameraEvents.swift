import Basics
import Store
import Vision

/// What of the events somebody asks for.
struct EventQuery: Sendable, Hashable {
    var state: CameraEvent.State?
    var kind: EventKind?
    var camera: UInt32?

    func conditions(_ organizationID: String) -> SQL {
        var conditions: SQL = "organization_id = \(organizationID)"
        if let state { conditions += " AND state = \(state)" }
        if let kind { conditions += " AND kind = \(kind)" }
        if let camera { conditions += " AND camera_number = \(Int64(camera))" }
        return conditions
    }
}

/// The events in the store; rows are written by ``EventKeeping``.
enum CameraEvents {
    /// Events on one page of the list.
    static let pageSize = 50

    static func find(_ id: Int64, in db: ReadTransaction) throws -> CameraEvent? {
        try db.first("SELECT * FROM cameras_event WHERE id = \(id)", as: CameraEvent.self)
    }

    /// A page of the events of an organization, the newest first.
    static func page(
        _ number: Int,
        of query: EventQuery,
        organizationID: String,
        in db: ReadTransaction
    ) throws -> (events: [CameraEvent], total: Int) {
        let conditions = query.conditions(organizationID)
        let total =
            try db.value("SELECT COUNT(*) FROM cameras_event WHERE \(conditions)", as: Int.self)
            ?? 0
        let events = try db.rows(
            """
            SELECT * FROM cameras_event WHERE \(conditions) ORDER BY raised_at DESC, id DESC
            LIMIT \(pageSize) OFFSET \((max(number, 1) - 1) * pageSize)
            """,
            as: CameraEvent.self
        )
        return (events, total)
    }

    /// The events that wait for somebody, after a number.
    static func open(
        after id: Int64,
        limit: Int,
        in db: ReadTransaction
    ) throws -> [CameraEvent] {
        try db.rows(
            """
            SELECT * FROM cameras_event WHERE id > \(id) AND state = \(CameraEvent.State.open)
            ORDER BY id LIMIT \(limit)
            """,
            as: CameraEvent.self
        )
    }

    /// The event of a camera that waits and counts most, or nothing.
    static func strongestOpen(
        camera: UInt32,
        in db: ReadTransaction
    ) throws -> CameraEvent? {
        try db.first(
            """
            SELECT * FROM cameras_event
            WHERE camera_number = \(Int64(camera)) AND state = \(CameraEvent.State.open)
            ORDER BY weight DESC, id LIMIT 1
            """,
            as: CameraEvent.self
        )
    }

    /// The events of a camera, the newest first.
    static func history(
        of camera: UInt32,
        limit: Int,
        in db: ReadTransaction
    ) throws -> [CameraEvent] {
        try db.rows(
            """
            SELECT * FROM cameras_event WHERE camera_number = \(Int64(camera))
            ORDER BY raised_at DESC, id DESC LIMIT \(limit)
            """,
            as: CameraEvent.self
        )
    }

    /// The newest crowd level of each camera since a moment.
    static func crowdLevels(
        of organizationID: String,
        since: Instant,
        in db: ReadTransaction
    ) throws -> [UInt32: Int] {
        struct Row: Codable {
            var cameraNumber: Int64
            var level: Int?
        }
        let rows = try db.rows(
            """
            SELECT camera_number, level FROM cameras_event
            WHERE organization_id = \(organizationID) AND kind = \(EventKind.crowd)
                AND raised_at >= \(since) ORDER BY raised_at, id
            """,
            as: Row.self
        )
        return Dictionary(
            rows.map { (UInt32(clamping: $0.cameraNumber), $0.level ?? 1) },
            uniquingKeysWith: { $1 }
        )
    }

    /// How many events there are in each state.
    static func counts(
        of organizationID: String,
        since: Instant,
        in db: ReadTransaction
    ) throws -> [CameraEvent.State: Int] {
        struct Row: Codable {
            var state: CameraEvent.State
            var count: Int
        }
        let rows = try db.rows(
            """
            SELECT state, COUNT(*) AS count FROM cameras_event
            WHERE organization_id = \(organizationID) AND raised_at >= \(since) GROUP BY state
            """,
            as: Row.self
        )
        return Dictionary(rows.map { ($0.state, $0.count) }, uniquingKeysWith: +)
    }

    static func insert(_ event: CameraEvent, in tx: WriteTransaction) throws -> Int64 {
        let id = try tx.value(
            """
            INSERT INTO cameras_event (camera_number, organization_id, kind, level, zone, confidence,
                weight, factors, evidence, started_at, raised_at, surfaced_at, state, settled_at,
                settled_by, settled_by_name, reason, note, is_sample)
            VALUES (\(event.cameraNumber), \(event.organizationID), \(event.kind), \(event.level),
                \(event.zone), \(event.confidence), \(event.weight), \(event.factors),
                \(event.evidence), \(event.startedAt), \(event.raisedAt), \(event.surfacedAt),
                \(event.state), \(event.settledAt), \(event.settledBy), \(event.settledByName),
                \(event.reason), \(event.note), \(event.isSample))
            RETURNING id
            """,
            as: Int64.self
        )
        guard let id else { throw CamerasError.notFound("the event that was just written") }
        return id
    }

    static func update(_ event: CameraEvent, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE cameras_event SET level = \(event.level), weight = \(event.weight),
                factors = \(event.factors), state = \(event.state),
                settled_at = \(event.settledAt), settled_by = \(event.settledBy),
                settled_by_name = \(event.settledByName), reason = \(event.reason),
                note = \(event.note)
            WHERE id = \(event.id)
            """
        )
    }

    /// Notes that events came onto a wall; the first time counts.
    static func markSurfaced(_ ids: [Int64], at now: Instant, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE cameras_event SET surfaced_at = \(now)
            WHERE id IN \(list: ids) AND surfaced_at IS NULL
            """
        )
    }

    /// Ends the waiting of events that left every wall by themselves.
    static func markMissed(before: Instant, in tx: WriteTransaction) throws -> Int {
        try tx.run(
            """
            UPDATE cameras_event SET state = \(CameraEvent.State.missed), settled_at = \(tx.now)
            WHERE state = \(CameraEvent.State.open) AND raised_at < \(before)
            """
        )
    }
}
