import Basics
import Store

/// The allocation list in the store.
enum Allocations {
    /// Places on one page.
    static let pageSize = 25

    static func find(_ id: String, in db: ReadTransaction) throws -> Allocation? {
        try db.first("SELECT * FROM shared_pc_allocation WHERE id = \(id)", as: Allocation.self)
    }

    /// A page of the list in its order: more points first, then who applied first.
    static func page(
        _ page: Int,
        state: Allocation.State,
        in db: ReadTransaction
    ) throws -> (places: [Allocation], total: Int) {
        let places = try db.rows(
            """
            SELECT * FROM shared_pc_allocation WHERE state = \(state)
            ORDER BY points DESC, submitted_at, receipt_number, ordinal
            LIMIT \(pageSize) OFFSET \((max(page, 1) - 1) * pageSize)
            """,
            as: Allocation.self
        )
        return (places, try counts(in: db)[state] ?? 0)
    }

    static func counts(in db: ReadTransaction) throws -> [Allocation.State: Int] {
        struct Row: Codable {
            var state: Allocation.State
            var count: Int
        }
        let rows = try db.rows(
            "SELECT state, COUNT(*) AS count FROM shared_pc_allocation GROUP BY state",
            as: Row.self
        )
        return Dictionary(rows.map { ($0.state, $0.count) }, uniquingKeysWith: +)
    }

    /// The places of a case, in their order.
    static func of(case caseID: String, in db: ReadTransaction) throws -> [Allocation] {
        try db.rows(
            "SELECT * FROM shared_pc_allocation WHERE case_id = \(caseID) ORDER BY ordinal",
            as: Allocation.self
        )
    }

    /// The places of an applicant and those of the cases they brought in for others, the newest first.
    static func of(
        account id: String,
        broughtIn cases: [String],
        in db: ReadTransaction
    ) throws -> [Allocation] {
        try db.rows(
            """
            SELECT * FROM shared_pc_allocation
            WHERE account_id = \(id) OR case_id IN \(list: cases)
            ORDER BY submitted_at DESC, ordinal LIMIT 100
            """,
            as: Allocation.self
        )
    }

    /// Who had or has a machine, the newest first.
    static func of(machine assetID: String, in db: ReadTransaction) throws -> [Allocation] {
        try db.rows(
            """
            SELECT * FROM shared_pc_allocation WHERE asset_id = \(assetID)
            ORDER BY submitted_at DESC, ordinal
            """,
            as: Allocation.self
        )
    }

    /// A machine that the household of a person's place has, or got after a day, or that the person
    /// got under another address; nothing where there is none.
    static func second(
        of place: Allocation,
        since day: Instant,
        in db: ReadTransaction
    ) throws -> Allocation? {
        guard !place.householdCode.isEmpty else { return nil }
        return try db.first(
            """
            SELECT * FROM shared_pc_allocation WHERE id <> \(place.id) AND household_code <> ''
                AND (household_code = \(place.householdCode)
                    OR (account_id <> '' AND account_id = \(place.accountID)))
                AND (state IN ('allocated', 'shipped')
                    OR (state IN ('delivered', 'returned') AND delivered_at > \(day)))
            ORDER BY submitted_at LIMIT 1
            """,
            as: Allocation.self
        )
    }

    static func insert(_ place: Allocation, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_allocation (id, case_id, receipt_number, account_id, ordinal,
                household_code, wish, wants_installation, district, points, submitted_at, state,
                asset_id, delivery, warranty_until, delivered_at, is_sample, version)
            VALUES (\(place.id), \(place.caseID), \(place.receiptNumber), \(place.accountID),
                \(place.ordinal), \(place.householdCode), \(place.wish),
                \(place.wantsInstallation), \(place.district), \(place.points),
                \(place.submittedAt), \(place.state), \(place.assetID), \(place.delivery),
                \(place.warrantyUntil), \(place.deliveredAt), \(place.isSample), 1)
            ON CONFLICT (case_id, ordinal) DO NOTHING
            """
        )
    }

    /// Saves a place as it was read and changed; somebody else's change in between is refused.
    static func update(_ place: Allocation, in tx: WriteTransaction) throws {
        let count = try tx.run(
            """
            UPDATE shared_pc_allocation SET state = \(place.state), asset_id = \(place.assetID),
                delivery = \(place.delivery), warranty_until = \(place.warrantyUntil),
                delivered_at = \(place.deliveredAt), version = version + 1
            WHERE id = \(place.id) AND version = \(place.version)
            """
        )
        guard count == 1 else {
            throw SharedPCError(
                .outdated,
                Bilingual(
                    "그 사이 다른 사람이 이 배정을 바꾸었습니다. 새로 열어 확인해 주세요.",
                    "Somebody else changed this allocation meanwhile. Open it again."
                ),
                context: place.id
            )
        }
    }
}

/// Repair tickets in the store.
enum Repairs {
    /// Tickets on one page.
    static let pageSize = 25

    static func find(_ id: String, in db: ReadTransaction) throws -> RepairTicket? {
        try db.first("SELECT * FROM shared_pc_repair WHERE id = \(id)", as: RepairTicket.self)
    }

    static func page(
        _ page: Int,
        state: RepairTicket.State,
        in db: ReadTransaction
    ) throws -> (tickets: [RepairTicket], total: Int) {
        let tickets = try db.rows(
            """
            SELECT * FROM shared_pc_repair WHERE state = \(state) ORDER BY opened_at, id
            LIMIT \(pageSize) OFFSET \((max(page, 1) - 1) * pageSize)
            """,
            as: RepairTicket.self
        )
        return (tickets, try counts(in: db)[state] ?? 0)
    }

    static func counts(in db: ReadTransaction) throws -> [RepairTicket.State: Int] {
        struct Row: Codable {
            var state: RepairTicket.State
            var count: Int
        }
        let rows = try db.rows(
            "SELECT state, COUNT(*) AS count FROM shared_pc_repair GROUP BY state",
            as: Row.self
        )
        return Dictionary(rows.map { ($0.state, $0.count) }, uniquingKeysWith: +)
    }

    static func of(
        allocation id: String,
        in db: ReadTransaction
    ) throws -> [RepairTicket] {
        try db.rows(
            "SELECT * FROM shared_pc_repair WHERE allocation_id = \(id) ORDER BY opened_at DESC",
            as: RepairTicket.self
        )
    }

    static func save(_ ticket: RepairTicket, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_repair (id, allocation_id, asset_id, problem, is_by_telephone,
                is_under_warranty, state, answer, opened_at, closed_at)
            VALUES (\(ticket.id), \(ticket.allocationID), \(ticket.assetID), \(ticket.problem),
                \(ticket.isByTelephone), \(ticket.isUnderWarranty), \(ticket.state),
                \(ticket.answer), \(ticket.openedAt), \(ticket.closedAt))
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, answer = excluded.answer,
                closed_at = excluded.closed_at, asset_id = excluded.asset_id
            """
        )
    }
}
