import Basics
import Store

/// The reports in the store.
enum Reports {
    /// Reports on one page.
    static let pageSize = 50

    /// What the list is narrowed to.
    struct Filter: Sendable, Hashable {
        var state: ReportState?
        var kind: ReportKind?
    }

    static func find(_ number: String, in db: ReadTransaction) throws -> BarrierReport? {
        try db.first(
            "SELECT * FROM wayfinding_report WHERE number = \(number)",
            as: BarrierReport.self
        )
    }

    /// The reports that routes avoid, the newest first.
    static func active(in db: ReadTransaction) throws -> [BarrierReport] {
        try db.rows(
            """
            SELECT * FROM wayfinding_report WHERE state IN ('reported', 'confirmed', 'assigned')
            ORDER BY created_at DESC, number DESC LIMIT \(LivePlanner.maximumClosureCount)
            """,
            as: BarrierReport.self
        )
    }

    /// A page of the queue: what waits longest comes first among the open, the newest among the rest.
    static func page(
        _ page: Int,
        _ filter: Filter,
        in db: ReadTransaction
    ) throws -> (reports: [BarrierReport], total: Int) {
        var condition: SQL = "TRUE"
        if let state = filter.state { condition = "\(condition) AND state = \(state)" }
        if let kind = filter.kind { condition = "\(condition) AND kind = \(kind)" }
        let reports = try db.rows(
            """
            SELECT * FROM wayfinding_report WHERE \(condition)
            ORDER BY CASE WHEN state = 'reported' THEN 0 ELSE 1 END,
                CASE WHEN state = 'reported' THEN created_at ELSE -updated_at END, number
            LIMIT \(pageSize) OFFSET \((max(page, 1) - 1) * pageSize)
            """,
            as: BarrierReport.self
        )
        let total = try db.value(
            "SELECT COUNT(*) FROM wayfinding_report WHERE \(condition)",
            as: Int.self
        )
        return (reports, total ?? 0)
    }

    private struct StateCount: Codable {
        var state: ReportState
        var count: Int
    }

    static func counts(in db: ReadTransaction) throws -> [ReportState: Int] {
        let rows = try db.rows(
            "SELECT state, COUNT(*) AS count FROM wayfinding_report GROUP BY state",
            as: StateCount.self
        )
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.state, $0.count) })
    }

    /// The reports of an account, the newest first.
    static func of(_ accountID: String, in db: ReadTransaction) throws -> [BarrierReport] {
        try db.rows(
            """
            SELECT * FROM wayfinding_report WHERE account_id = \(accountID)
            ORDER BY created_at DESC, number DESC LIMIT \(pageSize)
            """,
            as: BarrierReport.self
        )
    }

    static func events(of number: String, in db: ReadTransaction) throws -> [ReportEvent] {
        try db.rows(
            """
            SELECT report_number, state, note, by_name, at FROM wayfinding_report_event
            WHERE report_number = \(number) ORDER BY ordinal
            """,
            as: ReportEvent.self
        )
    }

    static func insert(_ report: BarrierReport, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO wayfinding_report (number, kind, latitude_e7, longitude_e7, place, area,
                text, photo, photo_type, state, account_id, code_digest, answer, assignee, due_on,
                is_sample, created_at, updated_at, version)
            VALUES (\(report.number), \(report.kind), \(report.latitudeE7), \(report.longitudeE7),
                \(report.place), \(report.area), \(report.text), \(report.photo),
                \(report.photoType), \(report.state), \(report.accountID), \(report.codeDigest),
                \(report.answer), \(report.assignee), \(report.dueOn), \(report.isSample),
                \(report.createdAt), \(report.updatedAt), \(report.version))
            """
        )
    }

    /// Writes what changed, if nobody else did in between.
    static func update(_ report: BarrierReport, in tx: WriteTransaction) throws {
        let isWritten =
            try tx.run(
                """
                UPDATE wayfinding_report SET state = \(report.state), answer = \(report.answer),
                    assignee = \(report.assignee), due_on = \(report.dueOn),
                    updated_at = \(tx.now), version = \(report.version + 1)
                WHERE number = \(report.number) AND version = \(report.version)
                """
            ) > 0
        guard isWritten else {
            throw WayfindingError(
                .outdated,
                "다른 담당자가 먼저 고쳤습니다. 새로 열어 확인해 주세요.",
                "Somebody else changed it first. Open it again.",
                context: report.number
            )
        }
    }

    /// Reports that ended before a moment and still have something personal in them, the oldest first.
    static func ended(
        before moment: Instant,
        limit: Int,
        in db: ReadTransaction
    ) throws -> [BarrierReport] {
        try db.rows(
            """
            SELECT * FROM wayfinding_report
            WHERE state IN ('closed', 'rejected') AND updated_at < \(moment)
                AND (photo IS NOT NULL OR account_id IS NOT NULL OR text <> '' OR answer <> ''
                    OR code_digest <> '')
            ORDER BY updated_at LIMIT \(limit)
            """,
            as: BarrierReport.self
        )
    }

    /// Whether another report has the same photo: equal files are kept once.
    static func isPhotoOfAnother(_ report: BarrierReport, in db: ReadTransaction) throws -> Bool {
        let count = try db.value(
            """
            SELECT COUNT(*) FROM wayfinding_report
            WHERE photo = \(report.photo) AND number <> \(report.number)
            """,
            as: Int.self
        )
        return (count ?? 0) > 0
    }

    /// Takes what is personal out of a report and out of its history.
    static func erase(_ number: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE wayfinding_report SET photo = NULL, photo_type = NULL, account_id = NULL,
                text = '', answer = '', code_digest = '', version = version + 1
            WHERE number = \(number)
            """
        )
        try tx.run(
            "UPDATE wayfinding_report_event SET note = '' WHERE report_number = \(number)"
        )
    }

    static func append(_ event: ReportEvent, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO wayfinding_report_event (report_number, ordinal, state, note, by_name, at)
            SELECT \(event.reportNumber), COUNT(*) + 1, \(event.state), \(event.note),
                \(event.byName), \(event.at)
            FROM wayfinding_report_event WHERE report_number = \(event.reportNumber)
            """
        )
    }

    /// The number that changes with everything that routes avoid.
    static func revision(in db: ReadTransaction) throws -> Int {
        try db.value("SELECT number FROM wayfinding_revision WHERE id = 1", as: Int.self) ?? 0
    }

    static func bumpRevision(in tx: WriteTransaction) throws {
        try tx.run("UPDATE wayfinding_revision SET number = number + 1 WHERE id = 1")
    }
}
