import Basics
import Eligibility
import HTTPTypes
public import Hosting
import Identity
import Store
public import Web

/// The questions of a portal, what was answered and what came of it, below the portal's address.
///
/// Nobody has to sign in, and nothing needs a script.
public struct CheckRoutes: Sendable {
    let collection: ProgrammeCollection
    let platform: Platform

    /// Describes the pages of a portal.
    public init(collection: ProgrammeCollection, platform: Platform) {
        self.collection = collection
        self.platform = platform
    }

    var desk: AnswerDesk { AnswerDesk(platform: platform) }
    var rules: RulesInForce { RulesInForce.of(platform) }

    /// Adds the pages: `BASE/check`, `BASE/check/people`, `BASE/check/answers`, `BASE/results`.
    public func add(to table: inout RouteTable) {
        table.personalPage("\(collection.base)/check") { try await question($0) }
        table.submission("\(collection.base)/check", access: .everyone) { incoming, form in
            try await take(form, incoming)
        }
        PeopleRoutes(check: self).add(to: &table)
        AnswersRoutes(check: self).add(to: &table)
        ResultsRoutes(check: self).add(to: &table)
    }

    // MARK: Asking

    private func question(_ incoming: Incoming) async throws -> Page {
        let answers = try await desk.answers(incoming)
        if let failure = rules.failure { return noRules(failure, incoming.page) }
        let date = incoming.now.date
        let name = incoming.query.text("fact")
        let flow: QuestionFlow
        do {
            flow = try self.flow(answers, date)
        } catch let error as EligibilityError {
            // The answer that is looked at again may be the one at fault.
            var others = answers
            if let name { others.forget(name) }
            guard name != nil, let rest = try? self.flow(others, date) else {
                return stuck(error, incoming.page)
            }
            flow = rest
        }
        let named = name.flatMap(flow.step(named:))
        guard let step = named ?? flow.next else {
            return QuestionsDonePage(
                collection: collection,
                laterCount: answers.later.count,
                decided: flow.decided
            ).page(in: incoming.page)
        }
        return page(
            flow,
            step,
            FactFields(step.facts, answers: answers.facts),
            returnsToAnswers: incoming.query["return"] == "answers"
        ).page(in: incoming.page)
    }

    private func flow(_ answers: Answers, _ date: LocalDate) throws -> QuestionFlow {
        try QuestionFlow(answers, rules: rules.slice(collection), on: date)
    }

    private func page(
        _ flow: QuestionFlow,
        _ step: QuestionFlow.Step,
        _ fields: FactFields,
        returnsToAnswers: Bool
    ) -> QuestionPage {
        QuestionPage(
            collection: collection,
            step: step,
            fields: fields,
            remainingCount: max(1, flow.maximumRemainingCount),
            decided: flow.decided,
            previous: flow.previous(of: step),
            returnsToAnswers: returnsToAnswers
        )
    }

    /// The page where the kept answers contradict each other, as they may after a change of the rules.
    func stuck(_ error: EligibilityError, _ context: PageContext) -> Page {
        ContradictionPage(
            collection: collection,
            message: error.message,
            facts: error.facts.compactMap(rules.catalogue.fact)
        ).page(in: context)
    }

    func noRules(_ failure: Bilingual, _ context: PageContext) -> Page {
        Page(
            title: collection.title[context.language],
            breadcrumbs: collection.trail(context),
            main: emptyState(
                title: context.text("지금은 확인할 수 없습니다", "This cannot be checked now"),
                text: failure[context.language]
            )
        )
    }

    // MARK: Taking answers

    /// The most facts that one page asks.
    private static let maximumFactCount = 200

    private func take(_ form: FormFields, _ incoming: Incoming) async throws -> Answer {
        let catalogue = rules.slice(collection).catalogue
        let asked = form.all("asked").prefix(Self.maximumFactCount).compactMap(catalogue.fact)
            .filter { $0.question != nil }
        guard !asked.isEmpty else { throw Self.unknownQuestion }
        let isReceived = form["step"] == QuestionFlow.receivedName
        let returns = form["return"] == "answers"
        let next = returns ? collection.answersLink : collection.checkLink
        if form["action"] == "later" {
            return .other(
                try await desk.change(incoming, then: next) { answers in
                    for fact in asked { answers.postpone(fact.name) }
                }
            )
        }
        var fields = isReceived ? Self.received(asked, form) : FactFields(asked, form: form)
        let date = incoming.now.date
        let values = fields.read(on: date)
        let step: QuestionFlow.Step = isReceived ? .received(asked) : .facts(asked)
        guard fields.errors.isEmpty else {
            return try await refuse(step, fields, nil, returns: returns, incoming)
        }
        do {
            let compiled = rules.compiled
            return .other(
                try await desk.change(incoming, then: next) { answers in
                    for fact in asked {
                        if let value = values[fact.name] { answers.answer(fact.name, value) }
                    }
                    try answers.check(on: date, by: compiled)
                }
            )
        } catch let error as EligibilityError {
            return try await refuse(step, fields, error, returns: returns, incoming)
        }
    }

    private static let unknownQuestion = Problem.badRequest(
        Bilingual(
            "이 질문은 이제 묻지 않습니다. 질문 화면을 다시 열어 주세요.",
            "This question is no longer asked. Open the questions again."
        )
    )

    /// What was ticked was received, and what was not, was not.
    private static func received(_ asked: [FactDefinition], _ form: FormFields) -> FactFields {
        let ticked = Set(form.all(QuestionFlow.receivedName))
        var fields = FactFields(asked, answers: [:])
        for fact in asked { fields.values[fact.name] = [ticked.contains(fact.name) ? "yes" : "no"] }
        return fields
    }

    /// Shows the question again with what was typed; nothing that was kept before is lost.
    private func refuse(
        _ step: QuestionFlow.Step,
        _ fields: FactFields,
        _ error: EligibilityError?,
        returns: Bool,
        _ incoming: Incoming
    ) async throws -> Answer {
        let answers = try await desk.answers(incoming)
        var page: QuestionPage
        do {
            page = self.page(
                try flow(answers, incoming.now.date),
                step,
                fields,
                returnsToAnswers: returns
            )
        } catch let error as EligibilityError {
            return .refusal(stuck(error, incoming.page))
        }
        if let error {
            let asked = Set(step.facts.map(\.name))
            page.contradiction = QuestionPage.Contradiction(
                message: error.message,
                others: error.facts.filter { !asked.contains($0) && answers.facts[$0] != nil }
                    .compactMap(rules.catalogue.fact)
            )
        }
        return .refusal(page.page(in: incoming.page))
    }
}

extension Answers {
    /// Holds the answers against each other.
    ///
    /// - Throws: `EligibilityError` `contradiction` or `wrongValue`, which names the facts.
    func check(on date: LocalDate, by rules: CompiledCatalogue) throws {
        _ = try FactSheet(situation(on: date, in: rules.catalogue), in: rules)
    }
}

extension RouteTable {
    /// Adds a page that shows what a person answered: no browser and no proxy keeps it.
    mutating func personalPage(
        _ path: String,
        _ handler: @escaping @Sendable (Incoming) async throws -> Page
    ) {
        page(path) { incoming in
            var page = try await handler(incoming)
            page.isPersonal = true
            return page
        }
    }
}

extension Answer {
    /// A page that shows again what cannot be taken.
    static func refusal(_ page: Page) -> Answer {
        var page = page
        page.isPersonal = true
        return .page(page, .unprocessableContent)
    }
}
