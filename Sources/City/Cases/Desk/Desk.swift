import Basics
import City
import Hosting
import Identity
import Programmes
import Store
import Web

/// What the pages of officers share: whose cases an officer works on, and the way to one of them.
struct Desk: Sendable {
    let platform: Platform
    let rules: RulesInForce

    var store: Store { platform.store }

    /// Officers and approvers enter; the record behind a page asks again for its organization.
    static let officers = RouteAccess.anyRole([.caseOfficer, .caseApprover])
    /// The most rows of one list that is taken along.
    static let maximumExportCount = 50_000

    /// The organizations whose cases an actor works on; nothing where it works on every one's.
    static func organizations(of actor: Actor) -> Set<String>? {
        guard let reviews = actor.organizations(for: .caseOfficer),
            let approves = actor.organizations(for: .caseApprover)
        else { return nil }
        return reviews.union(approves)
    }

    /// What limits a statement to those organizations.
    static func condition(_ actor: Actor) -> SQL {
        guard let organizations = organizations(of: actor) else { return "1 = 1" }
        return "organization_id IN \(list: organizations.sorted())"
    }

    /// A crumb to the queue.
    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("신청 심사", "Cases"), link: Link("/desk"))
    }

    /// The ways around the desk.
    static func tabs(_ current: String, _ context: PageContext) -> HTML {
        let tabs: [(String, Bilingual)] = [
            ("/desk", Bilingual("대기열", "Queue")),
            ("/desk/intake", Bilingual("창구 접수", "Intake")),
            ("/desk/payments", Bilingual("지급·환수", "Payments")),
            ("/desk/procedures", Bilingual("절차·회차", "Procedures")),
            ("/desk/texts", Bilingual("문구", "Texts")),
            ("/desk/statistics", Bilingual("통계", "Statistics")),
        ]
        return tabLinks(
            tabs.map {
                TabLink(
                    title: $0.1[context.language],
                    link: Link($0.0),
                    isCurrent: $0.0 == current
                )
            },
            label: context.text("심사 업무", "Work on cases")
        )
    }

    /// A case the officer may work on; that they looked is written down.
    static func record(
        _ id: String,
        for actor: Actor,
        purpose: Purpose = .caseReview,
        in tx: WriteTransaction
    ) throws -> Case {
        guard let record = try Cases.record(id, for: actor, purpose: purpose, in: tx),
            actor.reviewsCases(of: record.organizationID)
        else { throw Problem.notFound }
        return record
    }

    /// A procedure whose cases the actor works on.
    static func procedure(
        _ id: String,
        for actor: Actor,
        in db: ReadTransaction
    ) throws -> CaseProcedure {
        guard let procedure = try CaseProcedures.find(id, in: db),
            actor.reviewsCases(of: procedure.organizationID)
        else { throw Problem.notFound }
        return procedure
    }

    /// The procedures whose cases an actor works on.
    static func procedures(of actor: Actor, in db: ReadTransaction) throws -> [CaseProcedure] {
        try CaseProcedures.all(in: db).filter { actor.reviewsCases(of: $0.organizationID) }
    }

    /// A text of a form, cut to what a reason may hold.
    static func text(_ fields: FormFields, _ name: String) -> String {
        String((fields.text(name) ?? "").prefix(CaseKeeping.maximumTextCharacterCount))
    }
}

extension CaseState {
    /// The state as a tag.
    func tag(in context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .draft, .withdrawn, .expired: .neutral
            case .submitted, .selecting, .waiting: .planned
            case .inReview, .claimed: .active
            case .correctionRequested: .attention
            case .approved, .fulfilled: .done
            case .refused: .refused
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}
