import Basics
import CityTesting
import Foundation
import HTTPTypes
import Hosting
import Identity
import Store
import Testing

@testable import City

private let city = CityComposition(modules: [CityRecords.self], services: [])
private let manager = "assets@sample.example"

extension CityClient {
    fileprivate func asset(_ id: String) async throws -> Asset {
        try #require(try await city.platform.store.read { try Assets.find(id, in: $0) })
    }

    fileprivate func history(_ id: String) async throws -> [String] {
        try await city.platform.store.read { try Assets.history(of: id, in: $0) }
            .map(\.kind.rawValue)
    }

    fileprivate func enter(_ number: String, serial: String = "") async throws -> Answer {
        try await submit(
            "/inventory",
            from: "/inventory/new?kind=computer",
            [
                "kind": "computer", "organization": "11000", "number": number, "name": "시험 PC",
                "serial": serial, "state": "active", "acquiredOn": "2022-03-02",
                "price": "1,200,000", "fact.form": "laptop", "fact.memoryGB": "16",
            ]
        )
    }
}

@Suite struct `The assets of the city` {
    @Test func `get the next number of their kind and year, and keep their history`() async throws {
        try await CityClient.with(city) { client in
            let keeper = try await client.signedIn(as: manager)
            let answer = try await keeper.enter("")
            #expect(answer.status == 303)
            let id = String(try #require(answer.headers[.location]).split(separator: "/")[1])
            let asset = try await client.asset(id)
            #expect(asset.number.wholeMatch(of: /PC-2022-[0-9]{4}/) != nil)
            #expect(asset.facts.value == ["form": "laptop", "memoryGB": "16"])
            #expect(asset.price == Won(1_200_000))
            #expect(try await client.history(id) == ["entered"])

            let moved = try await keeper.submit(
                "/inventory/\(id)",
                from: "/inventory/\(id)/edit",
                [
                    "organization": "11000", "number": asset.number, "name": "시험 PC",
                    "spot": "3층 민원실", "version": "1",
                ]
            )
            #expect(moved.status == 303)
            #expect(try await client.asset(id).spot == "3층 민원실")
            #expect(try await client.history(id) == ["moved", "entered"])
        }
    }

    @Test func `refuse a number or a serial number that is taken, and forget nothing`() async throws
    {
        try await CityClient.with(city) { client in
            let keeper = try await client.signedIn(as: manager)
            #expect(try await keeper.enter("A-1", serial: "S1").status == 303)
            let number = try await keeper.enter("A-1", serial: "S2")
            #expect(number.status == 422)
            #expect(number.body.contains("이미 쓰고 있는 관리번호"))
            #expect(number.body.contains("value=\"S2\""))
            let serial = try await keeper.enter("A-2", serial: "S1")
            #expect(serial.status == 422)
            #expect(serial.body.contains("일련번호 S1인 자산이 이미 있습니다"))
        }
    }

    @Test func `go through their life in its order, and name what replaced them`() async throws {
        try await CityClient.with(city) { client in
            let keeper = try await client.signedIn(as: manager)
            _ = try await keeper.enter("A-1")
            _ = try await keeper.enter("A-2")
            let first = try #require(
                try await client.city.platform.store.read {
                    try Assets.find(number: "A-1", of: "11000", in: $0)
                }
            )
            func change(_ fields: KeyValuePairs<String, String>) async throws -> CityClient.Answer {
                try await keeper.submit(
                    "/inventory/\(first.id)/state",
                    from: "/inventory/\(first.id)",
                    fields
                )
            }
            #expect(try await change(["state": "planned", "version": "1"]).status == 422)
            #expect(try await change(["version": "1"]).status == 422)
            #expect(try await change(["state": "faulty", "version": "1"]).status == 303)
            let stale = try await change(["state": "active", "version": "1"])
            #expect(stale.status == 422)
            #expect(stale.body.contains("다른 사람이 이 자산을 고쳤습니다"))
            let unknown = try await change([
                "state": "retired", "version": "2", "successor": "Z-9", "note": "교체",
            ])
            #expect(unknown.status == 422)
            #expect(unknown.body.contains("교체"))
            let replaced = try await change([
                "state": "retired", "version": "2", "successor": "A-2",
            ])
            #expect(replaced.status == 303)
            let retired = try await client.asset(first.id)
            #expect(retired.state == .retired)
            #expect(retired.replacedBy != nil)
            #expect(try await client.history(first.id) == ["replaced", "stateChanged", "entered"])
            #expect(try await keeper.get("/inventory/\(first.id)").body.contains("대신하는 자산"))
        }
    }

    @Test(
        arguments: [
            ("/inventory", [401, 403, 200, 200]),
            ("/inventory/sample-computer-11000-1", [401, 403, 200, 200]),
            ("/inventory/labels", [401, 403, 200, 200]),
            ("/inventory/download/csv", [401, 403, 200, 200]),
            ("/inventory/download/pdf", [401, 403, 404, 404]),
            ("/inventory/new?kind=computer", [401, 403, 403, 200]),
            ("/inventory/new?kind=nothing", [401, 403, 403, 404]),
            ("/inventory/sample-computer-11000-1/edit", [401, 403, 403, 200]),
            ("/inventory/sample-computer-11350-1/edit", [401, 403, 403, 403]),
            ("/inventory/nothing", [401, 403, 404, 404]),
        ]
    )
    func `are read by staff and kept by managers of the organization`(
        path: String,
        statuses: [Int]
    ) async throws {
        try await CityClient.with(city) { client in
            let readers = [nil, "resident@sample.example", "city.plan@sample.example", manager]
            for (login, status) in zip(readers, statuses) {
                var reader = client
                if let login { reader = try await client.signedIn(as: login) }
                #expect(try await reader.get(path).status == status, "\(login ?? "visitor")")
            }
        }
    }

    @Test func `come in from a file, what is wrong with each row named before`() async throws {
        let file = """
            관리번호,종류,이름,일련번호,기관,상태,취득일,메모리(GB)
            B-1,PC,새 PC,N1,서울특별시,사용 중,2021.5.3,8
            B-1,PC,번호가 겹침,N2,서울특별시,사용 중,2021-05-03,8
            B-3,책상,종류를 모름,,서울특별시,,,
            B-4,PC,,N4,서울특별시,켜짐,2999-01-01,많음
            B-5,PC,남의 기관,N5,노원구,사용 중,,8
            ,PC,번호 없음,,서울특별시,,,

            """
        try await CityClient.with(city) { client in
            let keeper = try await client.signedIn(as: manager)
            let sent = try await keeper.upload(
                "/inventory/import",
                from: "/inventory/import",
                [:],
                file: ("자산.csv", file)
            )
            #expect(sent.status == 303)
            let review = try #require(sent.headers[.location])
            let page = try await keeper.get(review)
            #expect(page.body.contains("6줄 가운데 2점을 등록할 수 있습니다"))
            for fault in [
                "이미 있는 관리번호입니다", "모르는 종류입니다: 책상", "적어 주세요", "아직 오지 않은 날입니다",
                "찾지 못했습니다: 노원구",
            ] { #expect(page.body.contains(fault), "\(fault)") }
            #expect(try await keeper.submit(review, from: review, [:]).status == 303)
            #expect(try await keeper.submit(review, from: review, [:]).status == 303)
            let list = try await keeper.get("/inventory?q=B-1")
            #expect(list.body.contains("새 PC"))
            #expect(list.body.contains("1점"))
            let officer = try await client.signedIn(as: "city.plan@sample.example")
            #expect(try await officer.get(review).status == 403)
        }
    }

    @Test(arguments: ["", "이름도 없는 글", "a,b\n1,2\n"])
    func `refuse a file that is no table of assets`(text: String) async throws {
        try await CityClient.with(city) { client in
            let keeper = try await client.signedIn(as: manager)
            let sent = try await keeper.upload(
                "/inventory/import",
                from: "/inventory/import",
                [:],
                file: ("자산.csv", text)
            )
            #expect(sent.status == 422)
        }
    }

    @Test func `take a photo whose content is what its name says`() async throws {
        try await CityClient.with(city) { client in
            let keeper = try await client.signedIn(as: manager)
            let path = "/inventory/sample-computer-11000-1"
            func send(_ name: String, _ content: String) async throws -> Int {
                try await keeper.upload(path + "/files", from: path, [:], file: (name, content))
                    .status
            }
            // Four letters of WebP's beginning are plain text, so that a form in text can carry it.
            #expect(try await send("a.webp", "RIFF1234WEBPVP8 ") == 303)
            #expect(try await send("a.png", "<svg>") == 422)
            #expect(try await send("a.html", "<p>") == 422)
            #expect(try await send("a.pdf", "%PDF-1.7") == 303)
            let page = try await keeper.get(path)
            #expect(page.body.contains("alt=\"a.webp\""))
        }
    }

    @Test func `take in the table that was taken away`() async throws {
        try await CityClient.with(city) { client in
            let keeper = try await client.signedIn(as: manager)
            let csv = try await keeper.get("/inventory/download/csv?organization=11000")
            #expect(csv.body.split(separator: "\r\n").count == 5)
            let found = try await client.city.platform.store.read { db in
                AssetTable(
                    kinds: try AssetKinds.all(in: db),
                    organizations: try Organizations.all(in: db),
                    places: try Places.all(in: db)
                )
            }
            let read = try AssetImport(
                Array(csv.body.utf8),
                fileName: "자산.csv",
                table: found,
                taken: AssetTwins([]),
                at: Instant(millisecondsSinceEpoch: 1_674_572_400_000)
            ) { "new" }
            #expect(read.faults == [])
            #expect(read.assets.map(\.asset.number).count == 4)
            let first = try await client.asset("sample-computer-11000-1")
            let again = try #require(read.assets.first { $0.asset.number == first.number }?.asset)
            #expect(again.facts == first.facts)
            #expect(again.price == first.price)
            #expect(again.state == first.state)
        }
    }
}
