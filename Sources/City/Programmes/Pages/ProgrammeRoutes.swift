import Basics
import Eligibility
import Hosting
import Identity
import Store
import Web

/// One programme, and the report of the rules.
struct ProgrammeRoutes: Sendable {
    let platform: Platform
    let rules: RulesInForce

    private var desk: AnswerDesk { AnswerDesk(platform: platform) }

    func add(to table: inout RouteTable) {
        table.page("/programmes/rules", access: .kind([.staff])) { incoming in
            RulesPage(rules: rules, today: incoming.now.date).page(in: incoming.page)
        }
        table.personalPage("/programmes/{name}") { try await programme($0) }
    }

    private func programme(_ incoming: Incoming) async throws -> Page {
        let name = try incoming.pathParameter("name")
        guard let programme = rules.programme(name) else { throw Problem.notFound }
        let answers = try await desk.answers(incoming)
        let date = incoming.now.date
        let offers = try await platform.store.read { try ProgrammeOffers.all(in: $0) }
        func results(_ answers: Answers) throws -> PersonalResults {
            try PersonalResults(answers, of: .all, by: rules, on: date, offers: offers)
        }
        let mine = answers.isEmpty ? nil : try? results(answers)
        let item = try (mine ?? results(Answers())).item(programme)
        return ProgrammePage(
            rules: rules,
            item: item,
            hasAnswers: mine != nil,
            date: date
        ).page(in: incoming.page)
    }
}
