import Basics
import City
import CityMap
import CityTesting
import Footage
import Foundation
import Hosting
import Store

@testable import MissingPersons

/// The sample city of one service, and the people of its searches.
enum SearchHouse {
    static let composition = CityComposition(
        modules: [CityRecords.self, CityMapRoom.self, CityFootage.self],
        services: [MissingPersons.self]
    )

    static func with(
        time: TimeSource? = nil,
        _ body: (CityClient) async throws -> Void
    ) async throws {
        try await CityClient.with(composition, time: time) { try await body($0) }
    }

    /// The case of a state in the sample.
    static func search(_ state: SearchCase.State, _ client: CityClient) async throws -> SearchCase?
    {
        let ids = try await client.city.platform.store.read { db in
            try db.rows("SELECT * FROM missing_case", as: SearchCase.self)
        }
        return ids.first { $0.state == state }
    }

    /// The names of the sightings that a page shows.
    static func tokens(_ body: String) -> [String] {
        var found: [String] = []
        for part in body.components(separatedBy: "/sightings/").dropFirst() {
            let token = String(part.prefix { $0.isHexDigit })
            if token.count == 32, !found.contains(token) { found.append(token) }
        }
        return found
    }

    /// The fields of a search that one person may open alone.
    static let fields: KeyValuePairs<String, String> = [
        "kind": "child", "reportNumber": "2023-1", "requester": "경찰서", "basis": "policeRequest",
        "alias": "가람", "description": "노란 옷", "upper": "6", "lower": "10", "place": "학교 앞",
        "camera": "10", "date": "2023-01-24", "time": "21:50", "area": "300", "hours": "3",
    ]
}
