import Basics
import Eligibility
import Identity
import Programmes
import Store
import Web

/// The form of one draft: its steps, what is done and what is missing.
struct CaseForm: Sendable {
    /// One page of the form.
    enum Step: Sendable, Hashable {
        /// How to reach the applicant.
        case contact
        /// Facts of the programme that are asked together.
        case facts([String])
        /// A question of the procedure's own.
        case question(String)
        /// What the applicant agrees to.
        case consents
        /// One of the documents.
        case document(String)
        /// Everything at a glance, and the way to send it.
        case check

        /// The last part of the page's address.
        var path: String {
            switch self {
            case .contact: "contact"
            case .facts(let names): "fact.\(names.first ?? "")"
            case .question(let name): "own.\(name)"
            case .consents: "consents"
            case .document(let name): "document.\(name)"
            case .check: "check"
            }
        }
    }

    let record: Case
    let procedure: CaseProcedure
    /// The facts that are asked, in order.
    let facts: [FactDefinition]
    /// What the rules say of the answers; nothing where they judge no such programme.
    let judgement: Judgement?
    /// Why the answers cannot be judged.
    let contradiction: EligibilityError?
    /// What changed in the rules since the draft was begun.
    let change: CaseRuleChange?
    let requirements: [CaseDocumentRequirement]
    let documents: [CaseDocument]
    let consents: [CaseConsent]
    let today: LocalDate

    /// Reads what a draft needs.
    init(_ record: Case, rules: CaseRules, on today: LocalDate, in db: ReadTransaction) throws {
        guard let procedure = try CaseProcedures.find(record.procedureID, in: db) else {
            throw Problem.notFound
        }
        self.record = record
        self.procedure = procedure
        self.today = today
        let answers = record.answers.value
        let programme = procedure.programme
        let typed = answers.typed.keys.filter { $0.hasPrefix("fact.") }.map { $0.dropFirst(5) }
        facts = rules.questions(
            of: programme,
            answers.answers,
            keeping: Set(typed.map(String.init)),
            on: today
        )
        var judgement: Judgement?
        var contradiction: EligibilityError?
        do {
            judgement = try rules.judgement(of: programme, answers.answers, on: today)
        } catch let error as EligibilityError {
            contradiction = error
        }
        self.judgement = judgement
        self.contradiction = contradiction
        change = rules.changes(
            of: programme,
            answers.answers,
            since: record.createdAt.date,
            on: today
        )
        let listed = programme.flatMap { rules.rules.programme($0)?.version(on: today)?.documents }
        requirements = procedure.requirements(
            judgement?.documents ?? listed ?? [],
            proxy: record.proxy?.value
        )
        documents = try Cases.documents(of: record.id, in: db)
        consents = try Cases.consents(of: record.id, in: db)
    }

    // MARK: Steps

    /// The pages of the form, in order.
    var steps: [Step] {
        var steps: [Step] = [.contact]
        var grouped: Set<String> = []
        for fact in facts {
            guard let group = fact.group else {
                steps.append(.facts([fact.name]))
                continue
            }
            guard grouped.insert(group).inserted else { continue }
            steps.append(.facts(facts.filter { $0.group == group }.map(\.name)))
        }
        steps += procedure.questions.map { .question($0.name) }
        steps.append(.consents)
        steps += requirements.map { .document($0.name) }
        return steps + [.check]
    }

    /// The page at an address; nothing where the form has none there any more.
    func step(_ path: String) -> Step? {
        if let exact = steps.first(where: { $0.path == path }) { return exact }
        // A fact that shares its page with others is found by any of them.
        guard path.hasPrefix("fact.") else { return nil }
        let name = String(path.dropFirst(5))
        return steps.first { step in
            if case .facts(let names) = step { names.contains(name) } else { false }
        }
    }

    /// The first page after one that still lacks something; the last page where none does.
    func next(after step: Step) -> Step {
        let steps = steps
        let place = steps.firstIndex(of: step).map { $0 + 1 } ?? 0
        return (steps[place...] + steps[..<place]).first { $0 != .check && !isDone($0) } ?? .check
    }

    /// Whether a page lacks nothing.
    func isDone(_ step: Step) -> Bool {
        let answers = record.answers.value
        switch step {
        case .contact: return CasePhone.isTelephone(record.applicant.value.telephone)
        case .facts(let names):
            return names.allSatisfy { name in
                answers.typed["fact.\(name)"] == nil
                    && (answers.answers.facts[name] != nil || answers.answers.later.contains(name))
            }
        case .question(let name):
            let question = procedure.questions.first { $0.name == name }
            guard answers.typed["own.\(name)"] == nil else { return false }
            return question?.isRequired == false || answers.own[name] != nil
        case .consents: return holds(.processing)
        case .document(let name):
            guard let requirement = requirements.first(where: { $0.name == name }) else {
                return true
            }
            return !requirement.isRequired || isLookedUp(requirement) || !files(name).isEmpty
        case .check: return false
        }
    }

    /// Pages that must lack nothing before the application can be sent.
    var missing: [Step] { steps.filter { $0 != .check && !isDone($0) } }

    /// Whether the application can be sent.
    var isComplete: Bool { missing.isEmpty && contradiction == nil }

    // MARK: Parts

    /// Whether a consent is in force.
    func holds(_ kind: CaseConsent.Kind) -> Bool {
        consents.contains { $0.kind == kind && $0.isInForce }
    }

    /// Whether the office looks a document up, so that nothing has to be sent.
    func isLookedUp(_ requirement: CaseDocumentRequirement) -> Bool {
        requirement.canBeLookedUp && holds(.lookUp)
    }

    /// The files under a requirement.
    func files(_ requirement: String) -> [CaseDocument] {
        documents.filter { $0.requirement == requirement }
    }

    /// What the rules say today, as the application keeps it.
    var verdict: CaseVerdict? { judgement.map { CaseVerdict($0, on: today) } }

    /// The address of a page of the form.
    func link(_ step: Step) -> Link { .path("apply", "cases", record.id, step.path) }

    /// What a page is called.
    func title(_ step: Step) -> Bilingual {
        switch step {
        case .contact: Bilingual("연락처", "How to reach you")
        case .facts(let names):
            facts.first { $0.name == names.first }?.label
                ?? Bilingual("질문", "Question")
        case .question(let name):
            procedure.questions.first { $0.name == name }?.title ?? Bilingual("질문", "Question")
        case .consents: Bilingual("동의", "Consents")
        case .document(let name):
            requirements.first { $0.name == name }?.title ?? Bilingual("서류", "Document")
        case .check: Bilingual("확인하고 내기", "Check and send")
        }
    }
}
