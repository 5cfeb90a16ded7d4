import Basics
import Eligibility
import Hosting
import Store
import Web

/// What came of the answers.
struct ResultsRoutes {
    let check: CheckRoutes

    func add(to table: inout RouteTable) {
        table.personalPage("\(check.collection.base)/results") { try await results($0) }
    }

    private func results(_ incoming: Incoming) async throws -> Page {
        let rules = check.rules
        if let failure = rules.failure { return check.noRules(failure, incoming.page) }
        let answers = try await check.desk.answers(incoming)
        let offers = try await check.platform.store.read { try ProgrammeOffers.all(in: $0) }
        let results: PersonalResults
        do {
            results = try PersonalResults(
                answers,
                of: check.collection,
                by: rules,
                on: incoming.now.date,
                offers: offers
            )
        } catch let error as EligibilityError {
            return check.stuck(error, incoming.page)
        }
        let asked = incoming.query["group"].flatMap(ResultsPage.Group.init)
        let group = asked ?? (results.fits.isEmpty && !answers.isEmpty ? .questions : .fits)
        let window = ResultsPage.window(incoming.query.pageNumber(), of: group.count(results))
        return ResultsPage(
            collection: check.collection,
            results: results,
            hasAnswers: !answers.isEmpty,
            group: group,
            number: window.number,
            items: try group.items(results, in: window.range)
        ).page(in: incoming.page)
    }
}
