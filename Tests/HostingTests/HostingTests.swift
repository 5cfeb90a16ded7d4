import Basics
import CityTesting
import Foundation
import HTTPTypes
import Identity
import Store
import Testing
import Web

@testable import Hosting

/// A city with no service: what the house itself answers.
private let emptyHouse = CityComposition(modules: [], services: [])

@Suite struct `The house answers` {
    @Test func `the front door lists all fifteen systems, none of them running`() async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            let answer = try await client.get("/")
            #expect(answer.status == 200)
            for system in CitySystem.allCases {
                #expect(answer.body.contains(system.title.korean))
            }
            #expect(!answer.body.contains("운영 중"))
        }
    }

    @Test(arguments: [
        ("/nothing-here", 404), ("/%00", 404), ("/%ff%fe", 404),
        ("/assets/x/../../etc/passwd", 404),
        ("/assets/1/none.css", 404), ("/health", 200), ("/metrics", 200), ("/api", 200),
        ("/api/openapi.json", 200), ("/_components", 200), ("/sign-in", 200), ("/sign-up", 200),
        ("/account", 401), ("/operations", 401),
    ])
    func `every address has its answer`(path: String, status: Int) async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            let answer = try await client.get(path)
            #expect(answer.status == status)
        }
    }

    @Test func `every answer carries the security fields and a request id`() async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            for path in ["/", "/nothing", "/api/openapi.json", "/assets/1/haechi.css"] {
                let headers = try await client.get(path).headers
                #expect(headers[.contentSecurityPolicy]?.contains("default-src 'self'") == true)
                #expect(headers[.xContentTypeOptions] == "nosniff")
                let name = try #require(HTTPField.Name("X-Request-ID"))
                #expect(headers[name]?.isEmpty == false)
            }
        }
    }

    @Test func `an unchanged page is not sent twice`() async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            let first = try await client.get("/")
            let tag = try #require(first.headers[.eTag])
            let second = try await client.get("/", headers: [.ifNoneMatch: tag])
            #expect(second.status == 304)
            #expect(second.body.isEmpty)
        }
    }

    @Test func `another method is refused with those that would do`() async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            let answer = try await client.ask(.delete, "/", headers: [:], body: [])
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "GET, HEAD")
        }
    }

    @Test(arguments: ["cross-site", "same-site"])
    func `a form sent from another site is refused`(site: String) async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let answer = try await client.post(
                "/preferences",
                ["theme": "dark"],
                headers: [name: site]
            )
            #expect(answer.status == 403)
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil", "javascript:1", "/a b"])
    func `a way back never leaves the site`(path: String) {
        #expect(PlatformRoutes.wayBack(path).target == "/")
    }

    @Test func `a body past the limit is refused before it is read`() async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            let answer = try await client.ask(
                .post,
                "/sign-in",
                headers: [
                    .contentType: "application/x-www-form-urlencoded",
                    .contentLength: "2147483648",
                ],
                body: []
            )
            #expect(answer.status == 413)
        }
    }

    @Test func `English is chosen by a cookie and by the address`() async throws {
        try await CityClient.with(emptyHouse, sample: false) { client in
            let english = client.with(cookie: "haechi-language", "en")
            let asked = [
                (try await client.get("/"), "ko"), (try await client.get("/?lang=en"), "en"),
                (try await english.get("/"), "en"),
            ]
            for (answer, language) in asked {
                #expect(answer.body.contains("<html lang=\"\(language)\""))
            }
        }
    }
}

@Suite struct `Settings in force` {
    @Test func `a flag goes before the environment, and that before the file`() async throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "haechi-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("{\"port\": 1, \"host\": \"h\", \"behindProxy\": true}".utf8).write(to: file)
        let settings = try await Settings.load(
            flags: ["port": "3"],
            environment: ["HAECHI_PORT": "2", "HAECHI_HOST": "e"],
            file: file.path
        )
        #expect(settings.number("port") == 3)
        #expect(settings["host"] == "e")
        #expect(settings.isOn("behindProxy"))
    }

    @Test(arguments: [["HAECHI_NONSENSE": "1"], ["HAECHI_PORT": "http"], ["HAECHI_PORT": "70000"]])
    func `an unknown name or a wrong value stops the start`(environment: [String: String]) async {
        await #expect(throws: SettingsError.self) {
            _ = try await Settings.load(flags: [:], environment: environment, file: nil)
        }
    }
}
