import Basics
import City
import Footage
import Store
import Vision

/// The figures of a control room, over a span of days.
struct CameraStatistics: Sendable {
    /// The days they look back.
    static let dayCount = 30

    struct KindCount: Sendable, Hashable, Codable {
        var kind: EventKind
        var count: Int
        var falseAlarmCount: Int
    }

    var kinds: [KindCount] = []
    /// Events of each of the last days, the oldest first.
    var days: [(day: LocalDate, count: Int)] = []
    var eventCount: Int { kinds.reduce(0) { $0 + $1.count } }
    var falseAlarmCount: Int { kinds.reduce(0) { $0 + $1.falseAlarmCount } }
    /// Events somebody settled, and the hours in which anybody of the control room did.
    var settledCount = 0
    var operatorHours = 0
    /// From raising to the wall, in milliseconds: half, and nearly all, of the events.
    var medianDisplayMilliseconds: Int64?
    var slowDisplayMilliseconds: Int64?
    /// From raising to the first decision, in milliseconds: half of the events.
    var medianDecisionMilliseconds: Int64?
    var missedCount = 0

    /// The share of false alarms among what was decided.
    var falseAlarmShare: Double? {
        settledCount > 0 ? Double(falseAlarmCount) / Double(settledCount) : nil
    }

    /// Events an operator settled in an hour of work.
    var eventsPerOperatorHour: Double? {
        operatorHours > 0 ? Double(settledCount) / Double(operatorHours) : nil
    }

    /// Counts the events of an organization, or of the whole city.
    static func count(
        of organizationID: String?,
        at now: Instant,
        in db: ReadTransaction
    ) throws -> CameraStatistics {
        let since = now.adding(seconds: -dayCount * 86_400)
        var condition: SQL = "raised_at >= \(since)"
        if let organizationID { condition += " AND organization_id = \(organizationID)" }
        struct Row: Codable {
            var kind: EventKind
            var state: CameraEvent.State
            var raisedAt: Instant
            var surfacedAt: Instant?
            var settledAt: Instant?
            var settledByName: String
        }
        let rows = try db.rows(
            """
            SELECT kind, state, raised_at, surfaced_at, settled_at, settled_by_name
            FROM cameras_event WHERE \(condition) ORDER BY raised_at LIMIT \(maximumEventCount)
            """,
            as: Row.self
        )
        var result = CameraStatistics()
        result.kinds = EventKind.allCases.compactMap { kind in
            let own = rows.filter { $0.kind == kind }
            guard !own.isEmpty else { return nil }
            return KindCount(
                kind: kind,
                count: own.count,
                falseAlarmCount: own.count { $0.state == .falseAlarm }
            )
        }
        let today = now.date
        let perDay = Dictionary(grouping: rows) { $0.raisedAt.date }
        result.days = (0..<dayCount).reversed().map { back in
            let day = today.adding(days: -back)
            return (day, perDay[day]?.count ?? 0)
        }
        let settled = rows.filter { !$0.settledByName.isEmpty }
        result.settledCount = settled.count
        result.operatorHours =
            Set(
                settled.compactMap { row in
                    row.settledAt.map {
                        "\(row.settledByName) \($0.millisecondsSinceEpoch / 3_600_000)"
                    }
                }
            ).count
        result.missedCount = rows.count { $0.state == .missed }
        let display = rows.compactMap { row in
            row.surfacedAt.map {
                $0.millisecondsSinceEpoch - row.raisedAt.millisecondsSinceEpoch
            }
        }.sorted()
        result.medianDisplayMilliseconds = quantile(0.5, of: display)
        result.slowDisplayMilliseconds = quantile(0.99, of: display)
        let decisions = settled.compactMap { row in
            row.settledAt.map {
                $0.millisecondsSinceEpoch - row.raisedAt.millisecondsSinceEpoch
            }
        }.sorted()
        result.medianDecisionMilliseconds = quantile(0.5, of: decisions)
        return result
    }

    /// Events that are counted at the most.
    static let maximumEventCount = 200_000

    private static func quantile(_ share: Double, of sorted: [Int64]) -> Int64? {
        guard !sorted.isEmpty else { return nil }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}

/// The cameras of the whole city, as anybody may know them.
struct PublicCameras: Sendable {
    var count = 0
    var purposes: [(purpose: CameraPurpose, count: Int)] = []
    var areas: [(area: String, count: Int)] = []
    var organizations: [String] = []
    var keptDays: ClosedRange<Int>?

    /// Counts the cameras that are in use.
    static func count(in db: ReadTransaction) throws -> (figures: PublicCameras, cameras: [Camera])
    {
        let cameras = try CameraRegister.all(in: db).filter(\.isInUse)
        var figures = PublicCameras()
        figures.count = cameras.count
        figures.purposes = CameraPurpose.allCases.compactMap { purpose in
            let count = cameras.count { $0.purpose == purpose }
            return count == 0 ? nil : (purpose, count)
        }
        figures.areas = Dictionary(grouping: cameras, by: \.area)
            .map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
        let ids = Set(cameras.map(\.asset.organizationID)).sorted()
        figures.organizations = try ids.compactMap { try Organizations.find($0, in: db)?.name }
        let days = cameras.compactMap(\.keptDays)
        if let least = days.min(), let most = days.max() { figures.keptDays = least...most }
        return (figures, cameras)
    }
}
