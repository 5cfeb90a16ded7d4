import Basics
import CityTesting
import Footage
import Foundation
import HTTPTypes
import Hosting
import Packaging
import Store
import Testing
import Vision
import Web

@testable import MissingPersons

@Suite struct `A search for a missing person` {
    @Test func `goes from the report to the erasure`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let opened = try await searcher.submit(
                "/missing-persons/new",
                from: "/missing-persons/new",
                SearchHouse.fields
            )
            #expect(opened.status == 303)
            let path = opened.headers[.location] ?? ""
            let id = path.split(separator: "/").last.map(String.init) ?? ""

            let photo = try await searcher.upload(
                "\(path)/photos",
                from: path,
                [:],
                file: (name: "photo.jpg", bytes: try await Self.samplePhoto(client))
            )
            #expect(photo.status == 303)
            let crop = photo.headers[.location] ?? ""
            let chosen = try await searcher.submit(crop, from: crop, ["part": "whole"])
            #expect(chosen.headers[.location] == "\(path)/search")

            let results = try await searcher.get("\(path)/search")
            let tokens = SearchHouse.tokens(results.body)
            #expect(results.status == 200)
            #expect(tokens.count > 3)
            let first = try #require(tokens.first)
            let still = try await searcher.get("\(path)/sightings/\(first)/picture?view=person")
            #expect(still.headers[.contentType] == "image/jpeg")

            for token in tokens.prefix(3) {
                let marked = try await searcher.submit(
                    "\(path)/sightings/\(token)/mark",
                    from: "\(path)/search",
                    ["verdict": "confirmed"]
                )
                #expect(marked.status == 303)
            }
            _ = try await searcher.submit(
                "\(path)/sightings/\(tokens[3])/mark",
                from: "\(path)/search",
                ["verdict": "rejected", "back-asked": "1"]
            )
            let route = try await searcher.get("\(path)/route")
            #expect(route.body.contains("route-map"))
            let features = try await searcher.get("\(path)/route.geojson")
            #expect(features.body.contains("\"FeatureCollection\""))

            let closed = try await searcher.submit(
                "\(path)/close",
                from: "\(path)/give",
                ["outcome": "foundSafe"]
            )
            #expect(closed.headers[.location] == "\(path)#erasure")
            let after = try await searcher.get(path)
            #expect(after.body.contains("id=\"erasure\""))
            #expect(!after.body.contains("가람"))
            for address in ["search", "sightings/\(first)", "sightings/\(first)/picture", "route"] {
                #expect(try await searcher.get("\(path)/\(address)").status >= 400)
            }
            let left = try await client.city.platform.store.read { db in
                try db.value(
                    "SELECT COUNT(*) FROM footage_shown WHERE case_id = \(id)",
                    as: Int.self
                )
            }
            #expect(left == 0)
        }
    }

    @Test func `tells those who can approve, and not the one who asks`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let store = client.city.platform.store
            func told(_ id: String) async throws -> [String] {
                try await store.read { db in
                    try db.rows(
                        """
                        SELECT a.login_name FROM city_notice n JOIN identity_account a
                            ON a.id = n.account_id
                        WHERE n.link LIKE \("%" + id) AND n.id LIKE 'missing-waiting-%'
                        ORDER BY a.login_name
                        """,
                        as: String.self
                    )
                }
            }
            let waiting = try #require(try await SearchHouse.search(.waiting, client))
            #expect(try await told(waiting.id) == ["searchapprover@sample.example"])
            // One that is open at once asks nobody.
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let opened = try await searcher.submit(
                "/missing-persons/new",
                from: "/missing-persons/new",
                SearchHouse.fields
            )
            let path = opened.headers[.location] ?? ""
            let id = path.split(separator: "/").last.map(String.init) ?? ""
            #expect(try await told(id).isEmpty)
            let approver = try await client.signedIn(as: "searchapprover@sample.example")
            #expect(try await approver.get("/notices").body.contains(waiting.number))
        }
    }

    @Test func `proposes the people that a model found in a photo, each by a number`() async throws
    {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            let photo = CasePhoto(
                caseID: search.id,
                number: 1,
                width: 400,
                height: 300,
                picture: [],
                createdAt: client.city.platform.time.now()
            )
            let people = [
                BoundingBox(x: 10.4, y: 20, width: 50, height: 120.5),
                BoundingBox(x: 200, y: 10, width: 60, height: 150),
            ]
            let page = PhotoPage(search: search, photo: photo, look: nil, people: people)
            let markup = page.page(in: PageContext(language: .korean, now: photo.createdAt)).main
                .markup
            #expect(markup.contains("사람 2"))
            #expect(markup.contains("value=\"person:10,20,50,121\""))
            func chosen(_ part: String) throws -> BoundingBox {
                try PhotoPage.box(
                    FormFields(items: QueryItems([("part", part)])),
                    width: 400,
                    height: 300
                )
            }
            #expect(
                try chosen("person:10,20,50,121")
                    == BoundingBox(x: 10, y: 20, width: 50, height: 121)
            )
            // What comes back is four numbers inside the photo, or refused like typed ones.
            for wrong in [
                "person:", "person:1,2,3", "person:1,2,3,4,5", "person:-1,2,3,4",
                "person:500,2,3,4", "person:1,2,0,4", "person:a,b,c,d",
            ] {
                #expect(throws: MissingError.self) { try chosen(wrong) }
            }
        }
    }

    /// The photo that the sample's open case has, as its own searcher sees it.
    private static func samplePhoto(_ client: CityClient) async throws -> [UInt8] {
        let search = try #require(try await SearchHouse.search(.open, client))
        let cases = try FootageCases(client.city.platform)
        let photo = try #require(
            try await client.city.platform.store.read {
                try CasePhotos.find(1, of: search.id, in: $0)
            }
        )
        return try cases.unseal(photo.picture, of: search.id, as: photo.pictureLabel)
    }

    @Test func `finds the walker of the sample on every camera they passed, first of all`()
        async throws
    {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let page = try await searcher.get("/missing-persons/\(search.id)/search")
            let marks = try await client.city.platform.store.read {
                try SightingMarks.of(search.id, in: $0)
            }
            #expect(marks.count == 3)
            let walked = Set(SampleFootage.walk.map { Int64($0.camera) })
            #expect(marks.allSatisfy { walked.contains($0.camera) })
            for camera in walked { #expect(page.body.contains("id=\"camera-\(camera)\"")) }
        }
    }

    @Test func `is refused without its fields, and forgets nothing that was typed`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let answer = try await searcher.submit(
                "/missing-persons/new",
                from: "/missing-persons/new",
                ["alias": "가람", "time": "25:99", "date": "2020-01-01", "camera": "999"]
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("value=\"가람\""))
        }
    }

    @Test func `beyond one person's reach waits, and nobody approves their own`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.waiting, client))
            let path = "/missing-persons/\(search.id)"
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            #expect(try await searcher.get("\(path)/search").status == 400)
            let own = try await searcher.submit(
                "\(path)/decide",
                from: path,
                ["decision": "approve"]
            )
            #expect(own.status == 403)
            let approver = try await client.signedIn(as: "searchapprover@sample.example")
            let approved = try await approver.submit(
                "\(path)/decide",
                from: path,
                ["decision": "approve", "note": "확인함"]
            )
            #expect(approved.status == 303)
            #expect(try await searcher.get("\(path)/search").status == 200)
            // Whoever approves does not search.
            #expect(try await approver.get("\(path)/search").status == 403)
        }
    }
}

/// A PNG that says it has 10,000 by 10,000 pixels.
private let hundredMegapixels: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    + Array("IHDR".utf8) + [0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10, 8, 2, 0, 0, 0]
    + [0x9D, 0xB6, 0x8E, 0xC5]

@Suite struct `A photo` {
    private static func upload(_ bytes: [UInt8], _ client: CityClient) async throws -> (
        answer: CityClient.Answer, path: String, searcher: CityClient
    ) {
        let search = try #require(try await SearchHouse.search(.open, client))
        let path = "/missing-persons/\(search.id)"
        let searcher = try await client.signedIn(as: "searcher@sample.example")
        let answer = try await searcher.upload(
            "\(path)/photos",
            from: path,
            [:],
            file: (name: "photo.png", bytes: bytes)
        )
        return (answer, path, searcher)
    }

    @Test(arguments: [Array("이것은 글입니다.".utf8), hundredMegapixels, [0xFF, 0xD8, 0xFF, 0xE0]])
    func `that is none, is too large or was cut off is refused with words, and nothing is lost`(
        _ bytes: [UInt8]
    ) async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let (answer, path, searcher) = try await Self.upload(bytes, client)
            #expect(answer.status == 422)
            #expect(answer.body.contains("data-error-summary"))
            #expect(try await searcher.get(path).body.contains("photos/1"))
        }
    }

    @Test func `of nothing finds nobody, one of five people asks for the one`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let blank = try Picture(width: 200, height: 200, filledWith: RGB(90, 90, 90))
            let (answer, _, searcher) = try await Self.upload(blank.png(), client)
            let crop = answer.headers[.location] ?? ""
            let refused = try await searcher.submit(crop, from: crop, ["part": "whole"])
            #expect(refused.status == 422)
            for numbers in [("0", "0", "0", "10"), ("500", "0", "10", "10"), ("a", "b", "c", "d")] {
                let wrong = try await searcher.submit(
                    crop,
                    from: crop,
                    [
                        "part": "numbers", "x": numbers.0, "y": numbers.1, "width": numbers.2,
                        "height": numbers.3,
                    ]
                )
                #expect(wrong.status == 422)
            }
            let five = try await Self.upload(try Self.row(of: 5).png(), client)
            let place = five.answer.headers[.location] ?? ""
            let chosen = try await searcher.submit(
                place,
                from: place,
                ["part": "numbers", "x": "84", "y": "0", "width": "30", "height": "100"]
            )
            #expect(chosen.status == 303)
            #expect(try await searcher.get(place).body.contains("빨강"))
        }
    }

    /// People side by side, the third in red.
    private static func row(of count: Int) throws -> Picture {
        let (width, height) = (count * 40, 100)
        var pixels = [UInt8](repeating: 200, count: width * height * 3)
        for person in 0..<count {
            let colour = (person == 2 ? ColourName.red : .blue).swatch
            for y in 4..<96 {
                for x in person * 40 + 6..<person * 40 + 34 {
                    let at = (y * width + x) * 3
                    pixels[at] = colour.red
                    pixels[at + 1] = colour.green
                    pixels[at + 2] = colour.blue
                }
            }
        }
        return try Picture(width: width, height: height, pixels: pixels)
    }

    @Test func `is taken up to a number`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let one = try Self.row(of: 1).png()
            for _ in 1..<SearchCase.maximumPhotoCount {
                #expect(try await Self.upload(one, client).answer.status == 303)
            }
            #expect(try await Self.upload(one, client).answer.status == 422)
        }
    }
}

@Suite struct `A packet for the police` {
    private static func packet(_ client: CityClient) async throws -> [UInt8] {
        let search = try #require(try await SearchHouse.search(.open, client))
        let platform = client.city.platform
        let marks = try await platform.store.read { try SightingMarks.of(search.id, in: $0) }
        let cameras = try await platform.store.read { try CameraRegister.all(in: $0).byNumber }
        let route = try CaseRoute(
            marks,
            cameras: cameras,
            walks: CameraWalks.of(platform),
            now: platform.time.now()
        )
        return try PolicePacket(
            search: search,
            number: 1,
            recipient: "경찰",
            givenBy: "담당",
            givenAt: platform.time.now(),
            sightings: [],
            route: route
        ).archive().bytes
    }

    @Test func `is downloaded, holds masked pictures, and its chain is followed`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let path = "/missing-persons/\(search.id)"
            let answer = try await searcher.submit(
                "\(path)/packets",
                from: "\(path)/give",
                ["recipient": "견본경찰서"]
            )
            #expect(answer.headers[.contentType] == "application/zip")
            let given = try await client.city.platform.store.read {
                try GivenPackets.of(search.id, in: $0)
            }
            #expect(given.map(\.sightingCount) == [3])
            let shown = try await searcher.get("\(path)/give")
            #expect(shown.body.contains(given.first?.root ?? "?"))
            let empty = try await searcher.submit(
                "\(path)/packets",
                from: "\(path)/give",
                ["recipient": " "]
            )
            #expect(empty.status == 422)
        }
    }

    @Test func `shows every change of a file`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let bytes = try await Self.packet(client)
            let sound = try PacketVerification(bytes)
            #expect(sound.isSound)
            let archive = try ZipArchive(MemoryBytes(bytes))
            for name in archive.names {
                for change in ["changed", "left out", "added"] {
                    let other = try Self.rewritten(archive, name, change)
                    let found = try? PacketVerification(other)
                    #expect(found?.isSound != true, "\(name) \(change)")
                }
            }
            #expect(throws: MissingError.self) { try PacketVerification([1, 2, 3]) }
        }
    }

    private static func rewritten(
        _ archive: ZipArchive,
        _ name: String,
        _ change: String
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var zip = ZipWriter(level: 1) { bytes += $0 }
        for each in archive.names {
            var part = try #require(try archive.part(each))
            var content = try part.collect(maximumByteCount: 1 << 24)
            if each == name {
                if change == "left out" { continue }
                if change == "changed" { content[content.count / 2] ^= 1 }
            }
            try zip.begin(each)
            try zip.write(content)
            try zip.end()
        }
        if change == "added" {
            try zip.begin("more.txt")
            try zip.write([1])
            try zip.end()
        }
        try zip.finish()
        return bytes
    }
}
