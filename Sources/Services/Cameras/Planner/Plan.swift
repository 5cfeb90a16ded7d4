import Basics
import Siting
import Store

/// A plan of the supervisor: where the next cameras go, or which are replaced.
struct Plan: Sendable, Hashable, Codable {
    /// The longest title, in characters.
    static let maximumTitleCharacterCount = 80

    /// What is planned.
    enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case placement
        case replacement

        var title: Bilingual {
            switch self {
            case .placement: Bilingual("새 설치", "Placement")
            case .replacement: Bilingual("교체", "Replacement")
            }
        }
    }

    /// Where the plan is.
    enum State: String, Sendable, Hashable, Codable {
        case waiting
        case done
        case failed

        var title: Bilingual {
            switch self {
            case .waiting: Bilingual("계산 중", "Being computed")
            case .done: Bilingual("완료", "Done")
            case .failed: Bilingual("계산 못 함", "Failed")
            }
        }
    }

    var id: String
    var organizationID: String
    var title: String
    var kind: Kind
    var request: JSONColumn<PlanRequest>
    var state: State
    /// Why it failed.
    var fault: JSONColumn<Bilingual>?
    var result: JSONColumn<PlanResult>?
    var madeBy: String
    var madeByName: String
    var createdAt: Instant
    var finishedAt: Instant?
}

/// What a plan is asked for.
struct PlanRequest: Sendable, Hashable, Codable {
    /// The largest budget, in won: what the city spent on cameras in ten years.
    static let maximumBudget: Int64 = 1_000_000_000_000
    static let unitCosts: ClosedRange<Int64> = 10_000...1_000_000_000
    static let ranges = 10...500
    static let floors = 0...1_000
    static let weights = 0...10
    static let equities = 0...100

    /// What there is to spend.
    var budget: Won
    /// What one camera costs, put up.
    var unitCost: Won
    /// How far a new camera sees, in metres.
    var rangeMeters = 50
    /// New cameras that every neighbourhood gets at least.
    var floor = 0
    /// How much a home, a school's surroundings, a park's and a station's count.
    var homeWeight = 1
    var schoolWeight = 3
    var parkWeight = 2
    var stationWeight = 2
    /// The share of a replacement budget that is first divided among neighbourhoods, in percent.
    var equityPercent = 50
}

/// What came out of a plan.
struct PlanResult: Sendable, Hashable, Codable {
    /// A place of the plan: a new camera, or one that is replaced.
    struct Site: Sendable, Hashable, Codable {
        var name: String
        var area: String
        var longitude: Double
        var latitude: Double
        /// What it adds to the weight that is seen; years past the limit for a replacement.
        var gain: Double
        /// The camera that is replaced.
        var camera: UInt32?
    }

    /// A neighbourhood before and after.
    struct Area: Sendable, Hashable, Codable {
        var name: String
        /// What its points weigh, or how many of its cameras are due.
        var weight: Double
        var before: Double
        var after: Double
        var count: Int
    }

    var sites: [Site]
    var areas: [Area]
    var cost: Won
    /// What is seen by the plan, of `weight`.
    var served: Double
    var servedBefore: Double
    var weight: Double
    /// No plan within the budget sees more; for replacements what the budget could pay for at most.
    var upperBound: Double
    var pointCount: Int
    var candidateCount: Int

    /// How far the plan may lie from the best, as a share of the bound.
    var gap: Double { upperBound > 0 ? max(0, upperBound - served) / upperBound : 0 }
}

/// The plans in the store.
enum Plans {
    /// Plans on one page.
    static let pageSize = 20

    static func find(_ id: String, in db: ReadTransaction) throws -> Plan? {
        try db.first("SELECT * FROM cameras_plan WHERE id = \(id)", as: Plan.self)
    }

    static func page(
        _ number: Int,
        of organizationID: String,
        in db: ReadTransaction
    ) throws -> (plans: [Plan], total: Int) {
        let total =
            try db.value(
                "SELECT COUNT(*) FROM cameras_plan WHERE organization_id = \(organizationID)",
                as: Int.self
            ) ?? 0
        let plans = try db.rows(
            """
            SELECT * FROM cameras_plan WHERE organization_id = \(organizationID)
            ORDER BY created_at DESC, id
            LIMIT \(pageSize) OFFSET \((max(number, 1) - 1) * pageSize)
            """,
            as: Plan.self
        )
        return (plans, total)
    }

    static func save(_ plan: Plan, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO cameras_plan (id, organization_id, title, kind, request, state, fault, result,
                made_by, made_by_name, created_at, finished_at)
            VALUES (\(plan.id), \(plan.organizationID), \(plan.title), \(plan.kind),
                \(plan.request), \(plan.state), \(plan.fault), \(plan.result), \(plan.madeBy),
                \(plan.madeByName), \(plan.createdAt), \(plan.finishedAt))
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, fault = excluded.fault,
                result = excluded.result, finished_at = excluded.finished_at
            """
        )
    }
}
