import Basics
import Hosting
import Identity
public import Store

/// Every night: drafts nobody goes on with and cases whose time is over lose what is personal in them, and old
/// documents leave the wallets.
struct CaseRetention: Job {
    static let name = "cases.retention"
    static let recurrence = Recurrence.daily(hour: 3, minute: 40)
    /// Days after its last change on which a draft ends.
    static let draftDayCount = 180
    /// Days after its deadline on which a request that nobody answered ends the case.
    static let correctionGraceDayCount = 30
    /// The most cases of one night; the rest follow on the next.
    static let maximumCaseCount = 500
}

/// What was personal in an application is gone: other rooms erase what they keep of it.
public struct CaseErased: Event {
    /// The name that is stored.
    public static let name = "cases.erased"

    /// The case.
    public var caseID: String
    /// The procedure.
    public var procedureID: String
}

/// Does the work of ``CaseRetention``.
struct CaseRetentionWork: Sendable {
    let platform: Platform

    private var store: Store { platform.store }

    /// Ends what nobody goes on with, then erases what may no longer be kept.
    ///
    /// - Returns: How many cases were erased.
    @discardableResult
    func run() async throws -> Int {
        try await expireUnanswered()
        try await clearWallets()
        let due = try await store.read { try CaseRetentionWork.due(in: $0) }
        for record in due {
            let documents = try await store.read { try Cases.documents(of: record.id, in: $0) }
            // The bytes go first: a crash in between leaves rows that the next night finds again.
            for document in documents {
                if let blob = BlobID(rawValue: document.digest) {
                    try await store.blobs.remove(blob)
                }
            }
            try await store.write { tx in
                guard let now = try Cases.find(record.id, in: tx), now.erasedAt == nil else {
                    return
                }
                try CaseKeeping.program.erase(now, in: tx)
            }
        }
        return due.count
    }

    private func clearWallets() async throws {
        for document in try await store.read({ try Wallet.due(in: $0) }) {
            if let blob = BlobID(rawValue: document.digest) { try await store.blobs.remove(blob) }
            try await store.write { try WalletKeeping.program.remove(document, in: $0) }
        }
    }

    private func expireUnanswered() async throws {
        try await store.write { tx in
            let late = tx.now.date.adding(days: -CaseRetention.correctionGraceDayCount)
            let asked = try tx.rows(
                """
                SELECT \(Cases.columns) FROM case_record
                WHERE state = \(CaseState.correctionRequested) ORDER BY updated_at
                LIMIT \(CaseRetention.maximumCaseCount)
                """,
                as: Case.self
            )
            for record in asked where record.correction.map({ $0.value.deadline < late }) ?? false {
                _ = try CaseKeeping.program.expire(
                    record,
                    reason: Bilingual(
                        "보완 기간이 지나 종결함",
                        "Closed: what was asked for did not come"
                    ),
                    in: tx
                )
            }
        }
    }

    /// The cases whose time is over, the oldest first.
    static func due(in db: ReadTransaction) throws -> [Case] {
        let finished = CaseState.allCases.filter { !$0.isOpen && $0 != .draft } + [.approved]
        var found = try db.rows(
            """
            SELECT \(Cases.columns) FROM case_record
            WHERE erased_at IS NULL AND state = \(CaseState.draft)
                AND updated_at < \(day(before: CaseRetention.draftDayCount, in: db))
            ORDER BY updated_at LIMIT \(CaseRetention.maximumCaseCount)
            """,
            as: Case.self
        )
        for procedure in try CaseProcedures.all(in: db) {
            let left = CaseRetention.maximumCaseCount - found.count
            guard left > 0 else { break }
            let days = procedure.retentionYears * 365 + procedure.retentionYears / 4
            found += try db.rows(
                """
                SELECT \(Cases.columns) FROM case_record
                WHERE erased_at IS NULL AND state IN \(list: finished.map(\.rawValue))
                    AND procedure_id = \(procedure.id)
                    AND updated_at < \(day(before: days, in: db))
                ORDER BY updated_at LIMIT \(left)
                """,
                as: Case.self
            )
        }
        return found
    }

    private static func day(before days: Int, in db: ReadTransaction) -> Instant {
        Instant(db.now.date.adding(days: -days))
    }
}

extension CaseKeeping {
    /// Erases what is personal in a case and leaves the row that statistics count.
    func erase(_ record: Case, in tx: WriteTransaction) throws {
        var bare = record
        if record.state == .draft {
            bare = try move(
                record,
                to: .expired,
                as: .program,
                Words(
                    kind: .moved,
                    title: Bilingual(
                        "쓰지 않은 지 \(CaseRetention.draftDayCount)일이 지나 지움",
                        "Removed after \(CaseRetention.draftDayCount) days without a change"
                    )
                ),
                in: tx
            )
        }
        let old = bare
        for table: SQL in ["case_document", "case_consent"] {
            try tx.run("DELETE FROM \(table) WHERE case_id = \(record.id)")
        }
        try tx.run(
            """
            UPDATE case_event SET note = '', actor_name = '', actor_id = ''
            WHERE case_id = \(record.id)
            """
        )
        try tx.run(
            "UPDATE case_appeal SET reason = '', answer = '' WHERE case_id = \(record.id)"
        )
        try tx.run("UPDATE case_claim SET note = '' WHERE case_id = \(record.id)")
        bare.accountID = ""
        bare.applicantName = ""
        bare.applicant = JSONColumn(CaseApplicant(name: ""))
        bare.proxyAccountID = nil
        bare.proxy = nil
        bare.answers = JSONColumn(CaseAnswers())
        bare.verdict = nil
        bare.correction = nil
        bare.proposal = nil
        bare.assigneeID = nil
        bare.reviewerIDs = JSONColumn([])
        bare.decision?.value.reason = ""
        bare.decision?.value.officerID = ""
        bare.decision?.value.officerName = ""
        bare.erasedAt = tx.now
        _ = try keep(
            bare,
            over: old,
            Words(
                kind: .erased,
                title: Bilingual("개인정보를 지움", "Personal content erased"),
                isPublic: false
            ),
            in: tx
        )
        try tx.publish(CaseErased(caseID: record.id, procedureID: record.procedureID))
    }
}
