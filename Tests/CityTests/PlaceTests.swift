import Basics
import CityTesting
import Foundation
import Hosting
import Store
import Testing

@testable import City

private let city = CityComposition(modules: [CityRecords.self], services: [])

private struct PlaceList: Decodable {
    var page: Int
    var total: Int
    var places: [Place]
}

extension CityClient {
    fileprivate func places(_ query: String) async throws -> PlaceList {
        let answer = try await get("/api/places" + query)
        #expect(answer.status == 200)
        return try JSONDecoder().decode(PlaceList.self, from: Data(answer.body.utf8))
    }
}

@Suite struct `Places of the city` {
    @Test func `the sample has the city hall, every district's office, and marks what is made up`()
        async throws
    {
        try await CityClient.with(city) { client in
            #expect(try await client.places("?kind=cityHall").total == 1)
            let offices = try await client.places("?kind=districtOffice")
            #expect(Set(offices.places.map(\.district)).count == 25 && offices.total == 25)
            #expect(offices.places.allSatisfy { $0.source == .publicKnowledge })
            // Seoul, roughly.
            #expect(offices.places.allSatisfy { (37.42...37.71).contains($0.latitude) })
            #expect(offices.places.allSatisfy { (126.76...127.19).contains($0.longitude) })
            let libraries = try await client.places("?kind=library&page=2")
            #expect(libraries.total == 75 && libraries.page == 2 && libraries.places.count == 25)
            for place in libraries.places {
                #expect(place.source == .sample && place.name.contains("표본"))
            }
        }
    }

    @Test(
        arguments: [
            ("?q=%EB%85%B8%ED%95%B4%EB%A1%9C", 1), ("?q=NOWON", 10), ("?district=11350", 10),
            ("?q=nowon&kind=library", 3), ("?kind=library&kind=seniorCenter&district=11350", 6),
            ("?q=%25", 0), ("?q=_", 0), ("?q=%21", 0), ("?q=%00", 101 + 150), ("?kind=zoo", 0),
        ]
    )
    func `a search finds what it names and nothing else`(query: String, total: Int) async throws {
        try await CityClient.with(city) { client in
            let found = try await client.places(query)
            #expect(found.total == total)
        }
    }

    @Test(
        arguments: [
            ("/places", 200), ("/places?page=99999999999999999999", 200), ("/places?page=-1", 200),
            ("/places?q=%EC%97%86%EB%8A%94%EA%B3%B3", 200), ("/places/cityHall-11000", 200),
            ("/places/nothing", 404), ("/places/%00", 404), ("/api/places/cityHall-11000", 200),
            ("/api/places/nothing", 404), ("/api/places?page=0", 400),
        ]
    )
    func `every address has its answer`(path: String, status: Int) async throws {
        try await CityClient.with(city) { client in
            let answer = try await client.get(path)
            #expect(answer.status == status)
        }
    }

    @Test func `the pages tell the whole: facets, map, pages, the empty list`() async throws {
        try await CityClient.with(city) { client in
            let first = try await client.get("/places").body
            #expect(first.contains("class=\"tilemap\"") && first.contains("page=2"))
            #expect(first.contains("251곳"))
            let english = try await client.get("/places?lang=en&district=11350").body
            #expect(english.contains("Nowon-gu Office") && english.contains("10 places"))
            let empty = try await client.get("/places?q=%EC%97%86%EB%8A%94%EA%B3%B3").body
            #expect(empty.contains("찾은 곳이 없습니다"))
            let office = try await client.get("/places/districtOffice-11350").body
            #expect(office.contains("노해로 437") && office.contains("class=\"map\""))
            let library = try await client.get("/places/sample-library-11350-1").body
            #expect(library.contains("이런 곳은 없습니다"))
        }
    }
}
