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

    /// What the store keeps of the draft.
    let contents: CaseContents
    /// What the rules make of its answers.
    let reading: CaseReading
    let requirements: [CaseDocumentRequirement]

    /// Puts together what was read of a draft; this plans questions and judges, so no transaction waits for it.
    ///
    /// - Parameters:
    ///   - contents: What the store keeps of it.
    ///   - rules: The rules in force.
    ///   - today: The day on which it is judged.
    ///   - known: What the rules made of the same draft before: it stands while the answers do.
    init(
        _ contents: CaseContents,
        rules: CaseRules,
        on today: LocalDate,
        knowing known: CaseReading? = nil
    ) {
        self.contents = contents
        let (record, procedure) = (contents.record, contents.procedure)
        let reading =
            known.flatMap { $0.isOf(record, on: today) ? $0 : nil }
            ?? rules.reading(of: record, procedure.programme, on: today)
        self.reading = reading
        requirements = rules.requirements(
            of: procedure,
            reading.judgement,
            proxy: record.proxy?.value,
            on: today
        )
    }

    var record: Case { contents.record }
    var procedure: CaseProcedure { contents.procedure }
    var documents: [CaseDocument] { contents.documents }
    var today: LocalDate { reading.day }
    /// The facts that are asked, in order.
    var facts: [FactDefinition] { reading.facts }
    var judgement: Judgement? { reading.judgement }
    var contradiction: EligibilityError? { reading.contradiction }
    var change: CaseRuleChange? { reading.change }

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

    /// The page before one; nothing at the first.
    func previous(of step: Step) -> Step? {
        let steps = steps
        guard let place = steps.firstIndex(of: step), place > 0 else { return nil }
        return steps[place - 1]
    }

    /// The page that comes after one; the last page where none lacks anything.
    ///
    /// What was left open before it comes first, then what lacks something behind it. Only a document may
    /// wait, because it has to be found.
    func next(after step: Step) -> Step {
        let steps = steps
        let place = steps.firstIndex(of: step).map { $0 + 1 } ?? 0
        let open = missing
        let before = steps[..<place].first { step in
            if case .document = step { false } else { open.contains(step) }
        }
        return before ?? (steps[place...] + steps[..<place]).first(where: open.contains) ?? .check
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
    func holds(_ kind: CaseConsent.Kind) -> Bool { contents.holds(kind) }

    /// Whether the office looks a document up, so that nothing has to be sent.
    func isLookedUp(_ requirement: CaseDocumentRequirement) -> Bool {
        contents.isLookedUp(requirement)
    }

    /// The files under a requirement.
    func files(_ requirement: String) -> [CaseDocument] { contents.files(requirement) }

    /// What the rules say today, as the application keeps it.
    var verdict: CaseVerdict? { judgement.map { CaseVerdict($0, on: today) } }

    /// The address of a page of the form.
    func link(_ step: Step) -> Link { .path("apply", "cases", record.id, step.path) }

    /// What a page is called.
    func title(_ step: Step) -> Bilingual {
        switch step {
        case .contact: Bilingual("연락처", "How to reach you")
        case .facts(let names):
            factTitle(names)
        case .question(let name):
            procedure.questions.first { $0.name == name }?.title ?? Bilingual("질문", "Question")
        case .consents: Bilingual("동의", "Consents")
        case .document(let name):
            requirements.first { $0.name == name }?.title ?? Bilingual("서류", "Document")
        case .check: Bilingual("확인하고 내기", "Check and send")
        }
    }

    /// What a page of facts is about: of several supports none gives the page its name.
    private func factTitle(_ names: [String]) -> Bilingual {
        let first = facts.first { $0.name == names.first }
        if names.count > 1, first?.isHistory == true {
            return Bilingual("다른 지원", "Other support")
        }
        return first?.label ?? Bilingual("질문", "Question")
    }
}
