import Basics
import City
import CityMap
import CityTesting
import FoundationEssentials
import HTTPTypes
import Hosting
import Identity
import Routing
import Store
import Testing
import Web

@testable import Wayfinding

let wayCity = CityComposition(
    modules: [CityRecords.self, CityMapRoom.self],
    services: [Wayfinding.self]
)

private let station = SampleNeighbourhood.Landmark.market.position
private let centre = SampleNeighbourhood.Landmark.welfareCentre.position

extension CityClient {
    func json(_ path: String) async throws -> (status: Int, value: JSONValue) {
        let answer = try await get(path)
        return (
            answer.status,
            try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))
        )
    }

    func json(_ path: String, body: String) async throws -> (status: Int, value: JSONValue) {
        let answer = try await ask(
            .post,
            path,
            headers: [.contentType: "application/json"],
            body: Array(body.utf8)
        )
        return (
            answer.status,
            try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))
        )
    }

    fileprivate func report(
        _ place: GeoPoint,
        _ kind: ReportKind = .brokenPavement
    ) async throws -> Answer {
        try await post(
            "/wayfinding/report",
            ["place": place.words, "kind": kind.rawValue, "text": "움푹 파임"]
        )
    }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }
    subscript(_ place: Int) -> JSONValue {
        if case .array(let values) = self, values.indices.contains(place) {
            values[place]
        } else {
            .null
        }
    }
    var values: [JSONValue] { if case .array(let values) = self { values } else { [] } }
}

@Suite struct `The route page` {
    @Test func `names the way for a wheelchair with its barriers and directions`() async throws {
        try await CityClient.with(wayCity) { client in
            let page = try await client.get(
                "/wayfinding?from=\(station.words)&to=\(centre.words)&profile=manualWheelchair"
            )
            #expect(page.status == 200)
            #expect(page.body.contains("길 안내") && page.body.contains("목적지에 도착했습니다."))
            #expect(page.body.contains("확인됨") && page.body.contains("미확인"))
            for file in ["gpx", "geojson"] {
                let got = try await client.get(
                    "/wayfinding/route.\(file)?from=\(station.words)&to=\(centre.words)"
                )
                #expect(got.status == 200)
            }
        }
    }

    @Test func `asks which place is meant, and which is not on the map`() async throws {
        try await CityClient.with(wayCity) { client in
            let several = try await client.get("/wayfinding?from=출구&to=해치병원")
            #expect(several.body.contains("어느 출발지인가요?"))
            #expect(several.body.contains("name=\"fromAt\""))
            let none = try await client.get("/wayfinding?from=없는동네이름&to=해치병원")
            #expect(none.body.contains("지도에서 찾지 못했습니다"))
        }
    }

    @Test func `has a clear answer for every odd place`() async throws {
        let far = try GeoPoint(latitude: 37.9, longitude: 126.3)
        let sea = SampleNeighbourhood.position(metresEast: 1_200, metresNorth: 0)
        try await CityClient.with(wayCity) { client in
            func page(_ from: GeoPoint, _ to: GeoPoint) async throws -> String {
                try await client.get("/wayfinding?from=\(from.words)&to=\(to.words)").body
            }
            #expect(try await page(station, station).contains("출발지와 도착지가 같은 곳입니다."))
            #expect(try await page(far, station).contains("출발지가 지도 밖에 있습니다."))
            #expect(try await page(station, far).contains("도착지가 지도 밖에 있습니다."))
            #expect(try await page(sea, station).contains("떨어져 있습니다"))
            let desk = try await WayDesk(on: client.city.platform)
            let ring = try #require(desk.buildings.first)
            let inside = try GeoPoint(
                latitude: ring.dropLast().map(\.latitude).reduce(0, +) / Double(ring.count - 1),
                longitude: ring.dropLast().map(\.longitude).reduce(0, +) / Double(ring.count - 1)
            )
            #expect(try await page(inside, centre).contains("건물 안입니다"))
        }
    }
}

@Suite struct `A reported barrier` {
    @Test func `changes the route of everybody until an officer closes it`() async throws {
        try await CityClient.with(wayCity) { client in
            let path =
                "/api/wayfinding/routes?from=\(station.words)&to=\(centre.words)&profile=stroller"
            let before = try await client.json(path).value["routes"][0]
            let shape = before["shape"].values
            let middle = shape[shape.count / 2]
            let place = try GeoPoint(
                latitude: middle[1].number ?? 0,
                longitude: middle[0].number ?? 0
            )
            let sent = try await client.report(place)
            #expect(sent.status == 303)
            let around = try await client.json(path).value["routes"][0]
            #expect(around["shape"] != before["shape"])
            let link = try #require(sent.headers[.location])
            let status = try await client.get(link)
            #expect(status.status == 200 && status.body.contains("접수(미확인)"))
            let number = try #require(
                try await client.city.platform.store.read {
                    try Reports.page(1, .init(state: .reported), in: $0).reports.last?.number
                }
            )
            let own = Link.path("wayfinding", "desk", number).target
            let officer = try await client.signedIn(as: "barriers@sample.example")
            #expect(try await client.get(own).status == 401)
            func act(_ to: String, _ more: String = "") async throws -> Int {
                let version = try await officer.get(own).hidden("version") ?? ""
                return try await officer.submit(
                    own,
                    from: own,
                    ["to": to, "version": version, "assignee": more, "note": ""]
                ).status
            }
            #expect(try await act("rejected") == 422)
            #expect(try await act("confirmed") == 303)
            #expect(try await act("assigned") == 422)
            #expect(try await act("assigned", "도로보수반") == 303)
            #expect(try await client.json(path).value["routes"][0]["shape"] == around["shape"])
            #expect(try await act("closed") == 303)
            #expect(try await client.json(path).value["routes"][0]["shape"] == before["shape"])
            #expect(try await act("confirmed") == 422)
            let stale = try await officer.submit(own, from: own, ["to": "closed", "version": "1"])
            #expect(stale.status == 422)
        }
    }

    @Test func `is sent once however often the form is, and not more than so often a day`()
        async throws
    {
        try await CityClient.with(wayCity) { client in
            let fields: KeyValuePairs = [
                "place": station.words, "kind": "blocked", "text": "", "_idempotency": "a-key",
            ]
            let first = try await client.post("/wayfinding/report", fields)
            let again = try await client.post("/wayfinding/report", fields)
            #expect(first.headers[.location] == again.headers[.location])
            var statuses: [Int] = []
            for _ in 0..<ReportThrottle.maximumPerAddressAndDay {
                statuses.append(try await client.report(station).status)
            }
            #expect(statuses.first == 303)
            #expect(statuses.suffix(2) == [429, 429])
        }
    }

    @Test func `is refused without place or kind, and outside the map`() async throws {
        try await CityClient.with(wayCity) { client in
            for fields: KeyValuePairs<String, String> in [
                ["place": "", "kind": "steps"], ["place": station.words, "kind": ""],
                ["place": "35.0,129.0", "kind": "steps"], ["place": "91,1", "kind": "steps"],
            ] {
                let answer = try await client.post("/wayfinding/report", fields)
                #expect(answer.status == 422)
            }
            let status = try await client.get("/wayfinding/status?number=보행-2026-00001&code=x")
            #expect(status.body.contains("확인 코드가 다릅니다"))
        }
    }

    @Test func `loses its photo, words and reporter half a year after it ended`() async throws {
        try await CityClient.with(wayCity) { client in
            let store = client.city.platform.store
            let photo = try await store.blobs.put(Array("a photo".utf8)).id
            let numbers = try await store.write { tx in
                let keeping = WayKeeping(actor: .anonymous)
                return try [true, false].map { isEnding in
                    let report = try keeping.report(
                        .init(
                            kind: .blocked,
                            position: station,
                            place: "시장 앞",
                            area: "시장길",
                            text: "홍길동입니다",
                            photo: isEnding ? photo : nil,
                            photoType: "image/jpeg",
                            code: "code"
                        ),
                        in: tx
                    )
                    if isEnding {
                        try keeping.move(report.number, to: .rejected, note: "그분께", in: tx)
                    }
                    return report.number
                }
            }
            let now = client.city.platform.time.now()
            let soon = now.adding(seconds: (ReportRetention.keptDayCount - 1) * 86_400)
            #expect(try await ReportRetention.run(on: store, now: soon) == 0)
            let late = now.adding(seconds: (ReportRetention.keptDayCount + 2) * 86_400)
            #expect(try await ReportRetention.run(on: store, now: late) >= 1)
            #expect(try await ReportRetention.run(on: store, now: late) == 0)
            let found = try await store.read { db in
                try numbers.map {
                    (try Reports.find($0, in: db), try Reports.events(of: $0, in: db))
                }
            }
            let ended = try #require(found[0].0)
            #expect(ended.photo == nil && ended.text.isEmpty && ended.codeDigest.isEmpty)
            #expect(ended.answer.isEmpty && found[0].1.allSatisfy { $0.note.isEmpty })
            #expect(ended.area == "시장길" && ended.state == .rejected)
            #expect(found[1].0?.text == "홍길동입니다")
            await #expect(throws: StoreError.self) { _ = try await store.blobs.get(photo) }
        }
    }

    @Test func `on a saved route is told to whoever saved it`() async throws {
        try await CityClient.with(wayCity) { client in
            let resident = try await client.signedIn(as: "resident@sample.example")
            let page = "/wayfinding?from=\(station.words)&to=\(centre.words)"
            let question = "from=\(station.words)&to=\(centre.words)&profile=foot"
            let refused = try await resident.submit(
                "/wayfinding/mine",
                from: page,
                ["question": question]
            )
            #expect(refused.status == 422)
            let saved = try await resident.submit(
                "/wayfinding/mine",
                from: page,
                ["question": question, "consent": "1"]
            )
            #expect(saved.status == 303)
            let before = try await resident.get("/notices").body
            let shape = try await client.json("/api/wayfinding/routes?\(question)")
                .value["routes"][0]["shape"].values
            let middle = shape[shape.count / 2]
            let place = try GeoPoint(
                latitude: middle[1].number ?? 0,
                longitude: middle[0].number ?? 0
            )
            #expect(try await client.report(place).status == 303)
            let after = try await resident.get("/notices").body
            #expect(!before.contains("저장한 길에 불편") && after.contains("저장한 길에 불편 신고가 들어왔습니다"))
        }
    }
}

@Suite struct `Lifts` {
    @Test func `are set by hand and by a feed, and doubted where the two disagree`() async throws {
        try await CityClient.with(wayCity) { client in
            let officer = try await client.signedIn(as: "barriers@sample.example")
            let lifts = try await client.json("/api/wayfinding/lifts").value["lifts"].values
            let lift = try #require(lifts.first { $0["standing"].string == "working" })
            let (id, name) = (lift["id"].string ?? "", lift["name"].string ?? "")
            #expect(
                try await client.json(
                    "/api/wayfinding/lifts",
                    body: "{\"source\":\"x\",\"lifts\":[]}"
                )
                .status == 401
            )
            let set = try await officer.submit(
                "/wayfinding/lifts/\(id)",
                from: "/wayfinding/lifts",
                ["standing-\(id)": "out", "returnsOn-\(id)": "", "note-\(id)": "점검"]
            )
            #expect(set.status == 303)
            func standing() async throws -> String? {
                try await client.json("/api/wayfinding/lifts").value["lifts"].values
                    .first { $0["id"].string == id }?["standing"].string
            }
            #expect(try await standing() == "contradictory")
            let file = try await officer.upload(
                "/wayfinding/lifts",
                from: "/wayfinding/lifts",
                ["source": "견본 역무실"],
                file: ("a.csv", "승강기,상태,복구예정일,사유\n\(name),고장,2026-12-24,부품\n없는 것,고장,,\n")
            )
            #expect(file.status == 200 && file.body.contains("지도에 없는 승강기 1대"))
            #expect(try await standing() == "outOfService")
            let wrong = try await officer.upload(
                "/wayfinding/lifts",
                from: "/wayfinding/lifts",
                ["source": "역"],
                file: ("a.csv", "승강기,상태\n\(name),글쎄\n")
            )
            #expect(wrong.status == 422)
        }
    }
}

@Suite struct `A route at a time` {
    @Test func `says which moment's hours count, and keeps it in its links`() async throws {
        try await CityClient.with(wayCity) { client in
            let ends = "from=\(station.words)&to=\(centre.words)"
            let asked = "\(ends)&day=2026-01-31&time=23:30"
            let answer = try await client.json("/api/wayfinding/routes?\(asked)")
            #expect(answer.value["openAt"].string == "2026-01-31T23:30:00+09:00")
            let page = try await client.get("/wayfinding?\(asked)").body
            #expect(page.contains("2026-01-31 23:30 운영 시간 기준"))
            #expect(page.contains("day=2026-01-31&amp;time=23%3A30"))
            let wrong = try await client.json("/api/wayfinding/routes?\(ends)&time=25:00")
            #expect(wrong.status == 400 || wrong.status == 422)
        }
    }
}

@Suite struct `Exports` {
    @Test func `hold the barriers and the whole network`() async throws {
        try await CityClient.with(wayCity) { client in
            let barriers = try await client.json("/wayfinding/barriers.geojson").value
            #expect(barriers["features"].values.count >= 4)
            let archive = try await client.get("/wayfinding/opensidewalks.zip")
            #expect(archive.status == 200)
            #expect(archive.headers[.contentType] == "application/zip")
            #expect(try await client.get("/wayfinding/statistics").body.contains("종류별 신고"))
            let table = try await client.get("/wayfinding/statistics.csv").body
            #expect(table.contains("길·동네,종류,상태,건수"))
            #expect(table.split(separator: "\r\n").count > 3)
        }
    }
}
