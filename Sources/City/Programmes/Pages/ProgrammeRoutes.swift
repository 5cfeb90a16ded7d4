import Basics
import Eligibility
import Hosting
import Identity
import Store
import Web

/// All programmes, one programme, and the report of the rules.
struct ProgrammeRoutes: Sendable {
    let platform: Platform
    let index: ProgrammeIndex

    private var rules: RulesInForce { index.rules }
    private var desk: AnswerDesk { AnswerDesk(platform: platform) }

    func add(to table: inout RouteTable) {
        table.personalPage("/programmes") { try await list($0) }
        table.page("/programmes/rules", access: .kind([.staff])) { incoming in
            RulesPage(rules: rules, today: incoming.now.date).page(in: incoming.page)
        }
        table.personalPage("/programmes/{name}") { try await programme($0) }
    }

    private func list(_ incoming: Incoming) async throws -> Page {
        let query = ProgrammeQuery(incoming.query)
        let found = try query.find(in: index, synonyms: platform.synonyms.table)
        return ProgrammeListPage(
            query: query,
            found: found,
            providers: ProgrammeListPage.providers(rules.catalogue),
            number: incoming.query.pageNumber(),
            failure: rules.failure,
            verdicts: try await verdicts(incoming),
            date: incoming.now.date
        ).page(in: incoming.page)
    }

    /// What the programmes say to whoever has answered something; nothing for everybody else.
    private func verdicts(_ incoming: Incoming) async throws -> [String: Verdict] {
        let answers = try await desk.answers(incoming)
        guard !answers.isEmpty else { return [:] }
        let date = incoming.now.date
        let situation = answers.situation(on: date, in: rules.catalogue)
        // Answers that contradict each other judge nothing; their own pages say so.
        guard let sheet = try? FactSheet(situation, in: rules.compiled) else { return [:] }
        var judge = Judge(rules.compiled, on: date)
        return Dictionary(
            zip(rules.catalogue.programmes.map(\.name), judge.verdicts(of: sheet)),
            uniquingKeysWith: { first, _ in first }
        )
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
