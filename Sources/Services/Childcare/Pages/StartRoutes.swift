import Basics
import Hosting
import Programmes
import Store
import Web

/// The way into the portal.
struct StartRoutes {
    let platform: Platform
    let listings: ListingRoutes

    func add(to table: inout RouteTable) {
        table.page("/childcare") { incoming in
            let rules = RulesInForce.of(platform)
            let filter = try ProgrammeFilter(
                ProgrammeFilter.Query(incoming.query),
                rules.slice(Childcare.collection),
                on: incoming.now.date
            )
            return StartPage(
                filter: rules.failure == nil ? filter : nil,
                offers: try await platform.store.read { try ProgrammeOffers.all(in: $0) },
                number: incoming.query.pageNumber(),
                catalogueLink: listings.link,
                failure: rules.failure
            ).page(in: incoming.page)
        }
    }
}
