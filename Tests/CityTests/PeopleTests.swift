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
private let officerLogin = "district.plan@sample.example"

extension CityClient {
    fileprivate func people() async throws -> Int {
        try await city.platform.store.read { db in
            try db.value("SELECT COUNT(*) FROM city_person", as: Int.self) ?? 0
        }
    }

    fileprivate func save(
        _ path: String,
        from page: String,
        _ changes: [String: String] = [:]
    ) async throws -> Answer {
        var fields = [
            "organization": "11350", "department": "공원녹지과", "position": "주무관",
            "name": "견본 일곱", "duty": "놀이터 관리", "telephone": "02-000-0199", "email": "",
            "login": "", "unlink": "", "_idempotency": "key",
        ]
        for (name, value) in changes { fields[name] = value }
        fields["_token"] = try await get(page).hidden("_token") ?? ""
        let body = fields.map { name, value in
            let encoded = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "\(name)=\(encoded)"
        }.joined(separator: "&")
        return try await ask(
            .post,
            path,
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: Array(body.utf8)
        )
    }
}

@Suite struct `The staff directory` {
    /// Visitor, resident, company, officer of 노원구, administrator.
    static let readers: [String?] = [
        nil, "resident@sample.example", "company@sample.example", officerLogin,
        "admin@sample.example",
    ]

    @Test(
        arguments: [
            ("/people", [200, 200, 200, 200, 200]),
            ("/people/sample-11350-1", [200, 200, 200, 200, 200]),
            ("/people/nobody", [404, 404, 404, 404, 404]),
            ("/people/new", [401, 403, 403, 200, 403]),
            ("/people/sample-11350-1/edit", [401, 403, 403, 200, 403]),
            ("/people/sample-11440-1/edit", [401, 403, 403, 403, 403]),
            ("/people/nobody/edit", [401, 403, 403, 404, 403]),
        ]
    )
    func `is read by everybody and kept by officers of the organization`(
        path: String,
        statuses: [Int]
    ) async throws {
        try await CityClient.with(city) { client in
            for (login, status) in zip(Self.readers, statuses) {
                var reader = client
                if let login { reader = try await client.signedIn(as: login) }
                #expect(try await reader.get(path).status == status, "\(login ?? "visitor")")
            }
        }
    }

    @Test(
        arguments: [
            ("/people", [401, 403, 403]), ("/people/sample-11440-1", [401, 403, 403, 403, 403]),
            ("/people/sample-11440-1/remove", [401, 403, 403, 403, 403]),
        ]
    )
    func `takes forms from officers of the organization alone`(
        path: String,
        statuses: [Int]
    ) async throws {
        try await CityClient.with(city) { client in
            let before = try await client.people()
            for (login, status) in zip(Self.readers, statuses) {
                var sender = client
                if let login { sender = try await client.signedIn(as: login) }
                let answer = try await sender.save(path, from: "/account")
                #expect(answer.status == status, "\(login ?? "visitor")")
            }
            #expect(try await client.people() == before)
        }
    }

    @Test(
        arguments: [
            ("?q=%EC%97%AC%EA%B6%8C", "26명"), ("?q=%EC%97%AC%EA%B6%8C&organization=11350", "1명"),
            ("?organization=11350", "6명"), ("?q=%EC%97%86%EC%9D%8C", "찾은 직원이 없습니다"),
            ("?page=7", "156명"), ("?page=700", "156명"),
        ]
    )
    func `is searched by duty and organization`(query: String, words: String) async throws {
        try await CityClient.with(city) { client in
            let answer = try await client.get("/people" + query)
            #expect(answer.body.contains(words))
        }
    }

    @Test func `an officer adds, changes and removes an entry, once and written down`()
        async throws
    {
        try await CityClient.with(city) { client in
            let officer = try await client.signedIn(as: officerLogin)
            let added = try await officer.save("/people", from: "/people/new")
            let place = try #require(added.headers[.location])
            let again = try await officer.save("/people", from: "/people/new")
            #expect(added.status == 303 && again.headers[.location] == place)
            #expect(try await client.get(place).body.contains("놀이터 관리"))
            #expect(!(try await client.get(place).body.contains("고치기")))
            let changed = try await officer.save(
                place,
                from: place + "/edit",
                ["duty": "도시숲 관리", "login": officerLogin]
            )
            #expect(changed.headers[.location] == place)
            let page = try await officer.get(place).body
            #expect(page.contains("도시숲 관리") && page.contains("연결됨"))
            #expect(!(try await client.get(place).body.contains("연결됨")))
            let unlinked = try await officer.save(place, from: place + "/edit", ["unlink": "yes"])
            #expect(unlinked.status == 303)
            #expect(!(try await officer.get(place).body.contains("연결됨")))
            let removed = try await officer.save(place + "/remove", from: place)
            #expect(removed.status == 303)
            #expect(try await client.get(place).status == 404)
            let id = String(place.split(separator: "/")[1])
            let trail = try await client.city.platform.store.read { db in
                try db.auditRecords(on: AuditSubject(kind: "person", id: id))
            }
            #expect(trail.map(\.action) == [.delete, .update, .update, .create])
        }
    }

    @Test(
        arguments: [
            ("organization", "11440"), ("organization", ""), ("department", ""), ("name", ""),
            ("duty", ""), ("duty", "문의는 010-1234-5678"), ("duty", "900101-1234567"),
            ("telephone", "01012345678"), ("telephone", "전화 주세요"), ("email", "nobody"),
            ("login", "city.plan@sample.example"), ("login", "resident@sample.example"),
            ("duty", String(repeating: "가", count: 501)),
        ]
    )
    func `what is wrong or private is refused beside its field, and nothing typed is lost`(
        field: String,
        value: String
    ) async throws {
        try await CityClient.with(city) { client in
            let officer = try await client.signedIn(as: officerLogin)
            let before = try await client.people()
            let answer = try await officer.save("/people", from: "/people/new", [field: value])
            #expect(answer.status == 422)
            #expect(answer.body.contains("id=\"field-\(field)-error\""))
            if field != "department" { #expect(answer.body.contains("value=\"공원녹지과\"")) }
            #expect(try await client.people() == before)
        }
    }

    @Test func `sample entries say what they are`() async throws {
        try await CityClient.with(city) { client in
            let page = try await client.get("/people/sample-11350-1").body
            #expect(page.contains("이런 사람은 없습니다"))
            let people = SamplePeople.all(
                of: [.sampleCity],
                at: Instant(millisecondsSinceEpoch: 0)
            )
            #expect(people.allSatisfy { $0.isSample && $0.name.hasPrefix("견본") })
            #expect(people.allSatisfy { PrivateData.fault(in: $0.telephone + $0.duty) == nil })
        }
    }

    @Test func `organizations lead to their people, and their roles can be given`() async throws {
        try await CityClient.with(city) { client in
            let page = try await client.get("/organizations").body
            #expect(page.contains("/people?organization=11350"))
            let administrator = try await client.signedIn(as: "admin@sample.example")
            let accounts = try await administrator.get("/admin/accounts?q=district.plan").body
            let link = try #require(
                accounts.firstMatch(of: /\/admin\/accounts\/[A-Za-z0-9_-]{16,}/)
            )
            let account = try await administrator.get(String(link.0)).body
            #expect(account.contains("직원안내 담당자") && account.contains("노원구"))
        }
    }
}
