import Basics
import Hosting
import Store
import Web

/// Places for families.
struct PlaceFinderRoutes {
    let store: Store

    func add(to table: inout RouteTable) {
        table.page("/childcare/places") { incoming in
            PlacesPage(
                query: ChildcarePlaceQuery(incoming.query),
                places: try await store.read { try ChildcarePlace.all(in: $0) },
                number: incoming.query.pageNumber()
            ).page(in: incoming.page)
        }
        table.page("/childcare/places/{id}") { incoming in
            let id = try incoming.pathParameter("id")
            let actor = incoming.actor
            let page = try await store.read { db -> PlacePage? in
                guard let item = try ChildcarePlace.find(id, in: db) else { return nil }
                let facility = try Bookings.facility(id, in: db)
                let week = try facility.map {
                    try SessionWeek.read($0, incoming.query, in: db, sessionLink: SessionPage.link)
                }
                return PlacePage(
                    item: item,
                    week: week,
                    isKeeper: facility.map { actor.keepsSlots(of: $0.organizationID) } ?? false
                )
            }
            guard let page else { throw Problem.notFound }
            return page.page(in: incoming.page)
        }
    }
}
