import Basics
import CityTesting
import Foundation
import Testing

@testable import Hosting
@testable import haechi

/// The product's own list of services, each left out in turn.
@Suite struct `A city without one of its services` {
    @Test(arguments: haechi.city.services.indices)
    func `starts, answers, and announces it as coming`(index: Int) async throws {
        var services = haechi.city.services
        let missing = services.remove(at: index)
        let composition = CityComposition(modules: haechi.city.modules, services: services)
        try await CityClient.with(composition) { client in
            for path in ["/", "/health", "/api/openapi.json"] {
                let answer = try await client.get(path)
                #expect(answer.status == 200, "\(path) without \(missing.system)")
            }
            let page = try await client.get("/").body
            let coming = try #require(page.range(of: "준비하고 있는 서비스"))
            #expect(page[coming.upperBound...].contains(missing.system.title.korean))
            #expect(!page[..<coming.lowerBound].contains(missing.system.title.korean))
        }
    }
}
