import Basics
import City
import Eligibility
import Hosting
import Identity
import Programmes
import Store

/// All that an officer has before them when a case is open.
struct DeskCase: Sendable {
    /// An application or something received that may matter: once in a life, once in a household.
    struct Earlier: Codable, Sendable, Hashable {
        var id: String
        var receipt: String
        var procedureID: String
        var state: CaseState
        var submittedAt: Instant?
    }

    /// The other applications of the person that are listed.
    static let maximumEarlierCount = 20

    var record: Case
    var procedure: CaseProcedure
    var programme: Programme?
    var catalogue: RuleCatalogue
    var timeline: [CaseEvent]
    var documents: [CaseDocument]
    var consents: [CaseConsent]
    var appeals: [CaseAppeal]
    var claims: [CaseClaim]
    var ledger: PaymentLedger
    var letters: [KeptLetter]
    var place: SelectionPlace?
    var earlier: [Earlier]
    var days: WorkingDays
    var names: [String: String]

    /// What may be done with it now by an actor.
    func actions(for actor: Actor) -> [DeskAction] {
        guard !record.belongs(to: actor.id) else { return [] }
        let hasAppeal = appeals.contains { $0.outcome == nil }
        let all = DeskAction.possible(record, procedure, hasAppeal: hasAppeal)
        guard procedure.needsFourEyes else { return all }
        let decides =
            actor.may(.caseApprover, in: record.organizationID)
            && !record.reviewerIDs.value.contains(actor.id ?? "")
        return decides ? all : all.filter { ![.approve, .refuse, .grantAppeal].contains($0) }
    }

    /// The reason that a form is filled with.
    func reason(for action: DeskAction) -> String {
        switch action {
        case .approve, .proposeApproval:
            if let proposal = record.proposal?.value, proposal.outcome != .refused {
                return proposal.reason
            }
            return "심사 결과 지원 요건을 모두 충족합니다."
        case .refuse, .proposeRefusal:
            if let proposal = record.proposal?.value, proposal.outcome == .refused {
                return proposal.reason
            }
            let failed = (record.verdict?.value.failed ?? []).map(\.sentence.korean)
            return (failed + [procedure.text(.refusalReason).korean])
                .filter { !$0.isEmpty }.joined(separator: "\n")
        case .correction: return procedure.text(.correctionReason).korean
        default: return ""
        }
    }

    /// Opens a case; that the officer looked is written down.
    static func open(_ id: String, for actor: Actor, _ desk: Desk, in tx: WriteTransaction) throws
        -> DeskCase
    {
        let record = try Desk.record(id, for: actor, in: tx)
        guard let procedure = try CaseProcedures.find(record.procedureID, in: tx) else {
            throw CaseError(
                .refused,
                Bilingual("없어진 절차입니다.", "The procedure is gone."),
                context: id
            )
        }
        let timeline = try Cases.timeline(of: id, in: tx)
        let people = Set(record.reviewerIDs.value + [record.assigneeID].compactMap { $0 })
        return DeskCase(
            record: record,
            procedure: procedure,
            programme: procedure.programme.flatMap { desk.rules.programme($0) },
            catalogue: desk.rules.catalogue,
            timeline: timeline,
            documents: try Cases.documents(of: id, in: tx),
            consents: try Cases.consents(of: id, in: tx),
            appeals: try Cases.appeals(of: id, in: tx),
            claims: try Cases.claims(of: id, in: tx),
            ledger: try Payments.ledger(of: id, in: tx),
            letters: try CaseLetters.all(of: id, in: tx),
            place: try CaseDraws.place(of: id, in: tx),
            earlier: try earlier(record, in: tx),
            days: try CaseHolidays.workingDays(in: tx),
            names: try desk.platform.identity.accounts.colleagueNames(
                of: people,
                by: actor,
                in: tx
            )
        )
    }

    private static func earlier(_ record: Case, in db: ReadTransaction) throws -> [Earlier] {
        guard !record.accountID.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT id, receipt, procedure_id, state, submitted_at FROM case_record
            WHERE account_id = \(record.accountID) AND id <> \(record.id)
                AND organization_id = \(record.organizationID) AND state <> \(CaseState.draft)
            ORDER BY submitted_at DESC, id LIMIT \(maximumEarlierCount)
            """,
            as: Earlier.self
        )
    }
}
