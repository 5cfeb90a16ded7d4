import Basics
import CityTesting
import Foundation
import HTTPTypes
import Hosting
import Testing

@testable import CityMap

private let city = CityComposition(modules: [CityMapRoom.self], services: [])

private struct Found: Decodable {
    struct Place: Decodable {
        var name: String
        var address: String
        var latitude: Double
        var longitude: Double
        var url: String
    }

    var attribution: String
    var places: [Place]
}

@Suite struct `The map in the browser` {
    @Test func `without a script the page lists what was found, with the way there`() async throws {
        try await CityClient.with(city) { client in
            let page = try await client.get("/map?q=%EC%95%BD%EA%B5%AD")
            #expect(page.status == 200)
            #expect(page.body.contains("까치약국") && page.body.contains("까치대로 61"))
            #expect(page.body.contains("/wayfinding?to=37.45"))
            #expect(page.body.contains("견본 자료"))
            // The moving map may start its worker; no other page may.
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.hasSuffix("worker-src 'self' blob:"))
            let other = try await client.get("/sign-in").headers[.contentSecurityPolicy]
            #expect(other?.contains("blob:") == false)
        }
    }

    @Test func `a program finds places and their pages`() async throws {
        try await CityClient.with(city) { client in
            let answer = try await client.get(
                "/map/places?limit=5&q=%EA%B9%8C%EC%B9%98%EC%97%AD"
            )
            let found = try JSONDecoder().decode(Found.self, from: Data(answer.body.utf8))
            #expect(found.places.first?.name == "까치역" && found.places.count == 5)
            let page = try await client.get(try #require(found.places.first?.url))
            #expect(page.status == 200 && page.body.contains("까치역"))
            #expect(try await client.get("/map/places").status == 400)
            #expect(try await client.get("/map/places/999999").status == 404)
        }
    }

    @Test func `the style names tiles that are there and may be kept`() async throws {
        try await CityClient.with(city) { client in
            for theme in ["light", "dark"] {
                for contrast in ["standard", "high"] {
                    let address = "/map/style.json?theme=\(theme)&contrast=\(contrast)"
                    let style = try await client.get(address)
                    #expect(style.status == 200)
                    #expect(style.body.contains("haechi-\(theme)-\(contrast)"))
                }
            }
            let style = try await client.get("/map/style.json").body
            let version = try #require(style.firstMatch(of: /\.mvt\?v=([0-9a-z]+)/)).1
            // The tile of the station: 37.45 N, 126.30 E at zoom 15.
            let kept = try await client.get("/map/tiles/15/27880/12702.mvt?v=\(version)")
            #expect(kept.status == 200)
            #expect(kept.headers[.contentType] == "application/vnd.mapbox-vector-tile")
            #expect(kept.headers[.cacheControl]?.contains("immutable") == true)
            let plain = try await client.get("/map/tiles/15/27880/12702.mvt")
            #expect(plain.headers[.cacheControl] == "no-cache" && plain.headers[.eTag] != nil)
            #expect(try await client.get("/map/tiles/15/0/0.mvt").status == 204)
        }
    }

    @Test(
        arguments: [
            "/map/tiles/30/0/0.mvt", "/map/tiles/3/9/0.mvt", "/map/tiles/a/0/0.mvt",
            "/map/tiles/3/0/0.png", "/vendor/passwd", "/vendor/..%2FPackage.swift",
        ]
    )
    func `what is not there is not found`(_ path: String) async throws {
        try await CityClient.with(city) { client in
            let answer = try await client.get(path)
            #expect(answer.status == 404)
        }
    }

    @Test func `without the map library its address is empty, and with it is kept`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "haechi-vendor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await CityClient.with(city, settings: ["vendorFolder": folder.path]) { client in
            #expect(try await client.get("/vendor/maplibre-gl.js").status == 404)
            try Data("/**/".utf8).write(to: folder.appending(path: "maplibre-gl.js"))
            let file = try await client.get("/vendor/maplibre-gl.js?v=1")
            #expect(file.status == 200 && file.body == "/**/")
            #expect(file.headers[.cacheControl]?.contains("immutable") == true)
        }
    }

    @Test func `a map that cannot be read stops the start with a clear error`() async throws {
        do {
            try await CityClient.with(city, settings: ["map": "/nowhere/map.pbf"]) { _ in }
            Issue.record("a city without its map")
        } catch {
            #expect(error is any ExplainedError)
        }
    }
}

@Suite struct `The colours of the map` {
    /// Relative luminance (WCAG 2.2, definition of the term).
    private static func luminance(_ colour: String) throws -> Double {
        let value = try #require(UInt32(colour.dropFirst(), radix: 16))
        let parts = [16, 8, 0].map { shift -> Double in
            let share = Double(value >> UInt32(shift) & 0xff) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private static func contrast(_ one: String, _ other: String) throws -> Double {
        let both = [try luminance(one), try luminance(other)].sorted()
        return (both[1] + 0.05) / (both[0] + 0.05)
    }

    @Test(arguments: MapStyle.Theme.allCases)
    func `stand as far apart as high contrast promises`(theme: MapStyle.Theme) throws {
        let colours = MapStyle.palette(theme, .high)
        for word in [colours.ink, colours.faint, colours.accent] {
            #expect(try Self.contrast(word, colours.halo) >= 7, "\(word)")
        }
        for line in [
            colours.outline, colours.casing, colours.path, colours.stairs, colours.rail,
            colours.accent,
        ] {
            #expect(try Self.contrast(line, colours.ground) >= 3, "\(line)")
        }
    }
}
