import Basics
import CityMap
import CityTesting
import Foundation
import HTTPTypes
import Routing
import Testing

@testable import Wayfinding

@Suite struct `Walking along a way` {
    static let question: String = {
        let (from, to) = (
            SampleNeighbourhood.Landmark.park.position,
            SampleNeighbourhood.Landmark.communityCentre.position
        )
        return
            "from=\(from.words)&to=\(to.words)&profile=manualWheelchair&toName=%EC%A3%BC%EB%AF%BC"
    }()

    @Test func `the pages list every step without scripts`() async throws {
        try await CityClient.with(wayCity, sample: false) { client in
            let found = try await client.get("/api/wayfinding/walk?\(Self.question)&lang=ko")
            #expect(found.status == 200)
            let answer = try JSONDecoder().decode(Walked.self, from: Data(found.body.utf8))
            #expect(answer.route.instructions.count > 3)
            for path in ["/wayfinding/walk", "/wayfinding/ar"] {
                let page = try await client.get("\(path)?\(Self.question)&lang=ko")
                #expect(page.status == 200)
                for instruction in answer.route.instructions {
                    #expect(page.body.contains(instruction.text), "\(instruction.text)")
                }
            }
        }
    }

    /// What a phone gets.
    private struct Walked: Decodable {
        struct Body: Decodable {
            struct Spoken: Decodable { var text: String }

            var metres: Double
            var instructions: [Spoken]
        }

        var route: Body
        var surroundings: LocalNetwork
    }

    @Test func `a phone gets the way and the ways around it`() async throws {
        try await CityClient.with(wayCity, sample: false) { client in
            let found = try await client.get("/api/wayfinding/walk?\(Self.question)")
            let answer = try JSONDecoder().decode(Walked.self, from: Data(found.body.utf8))
            let metres = answer.surroundings.route.reduce(0) { $0 + $1.toMetres - $1.fromMetres }
            #expect(abs(metres - answer.route.metres) < 2)
            #expect(answer.surroundings.segments.count > answer.surroundings.route.count)
            // A phone on a slow line still gets it in a second or two.
            #expect(found.body.utf8.count < 400_000)
        }
    }

    @Test func `only the camera page may ask for the camera`() async throws {
        try await CityClient.with(wayCity, sample: false) { client in
            let name = try #require(HTTPField.Name("Permissions-Policy"))
            let camera = try await client.get("/wayfinding/ar?\(Self.question)")
            #expect(camera.headers[name]?.contains("camera=(self)") == true)
            let walk = try await client.get("/wayfinding/walk?\(Self.question)")
            #expect(walk.headers[name]?.contains("camera=()") == true)
            // The map library starts its worker from its own text.
            let policyName = try #require(HTTPField.Name("Content-Security-Policy"))
            let policy = try #require(walk.headers[policyName])
            #expect(policy.contains("worker-src 'self' blob:"))
        }
    }

    @Test(
        arguments: [
            ("", 200), ("from=x&to=y", 200), ("from=0,0&to=0,1", 200),
            ("from=1e400,0&to=%00", 200),
        ] as [(String, Int)]
    )
    func `a walk from nowhere leads to the question`(_ query: String, _ status: Int) async throws {
        try await CityClient.with(wayCity, sample: false) { client in
            for path in ["/wayfinding/walk", "/wayfinding/ar"] {
                let page = try await client.get("\(path)?\(query)")
                #expect(page.status == status)
                #expect(page.body.contains("href=\"/wayfinding"))
                #expect(!page.body.contains("data-walk-start"))
            }
            let refused = try await client.get("/api/wayfinding/walk?\(query)")
            #expect((400..<500).contains(refused.status))
        }
    }

    @Test func `the worker rules over this service only`() async throws {
        try await CityClient.with(wayCity, sample: false) { client in
            let worker = try await client.get("/wayfinding/worker.js")
            #expect(worker.headers[.contentType]?.hasPrefix("text/javascript") == true)
            let wider = try #require(HTTPField.Name("Service-Worker-Allowed"))
            #expect(worker.headers[wider] == nil)
        }
    }
}
