import Basics
import CityTesting
import Hosting
import HTTPTypes
import Store
import Testing

@testable import Programmes

@Suite struct `The pages of programmes` {
    @Test func `are found by words with particles, by tag and by the city's search`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            let found = try await client.get("/programmes?q=%EC%9B%94%EC%84%B8%EB%A5%BC").body
            #expect(found.contains("서울시 청년월세지원"))
            #expect(!found.contains("임산부 교통비 지원"))
            let tagged = try await client.get("/programmes?category=digital").body
            #expect(tagged.contains("사랑의 PC 보급"))
            #expect(!tagged.contains("청년월세"))
            let everywhere = try await client.get("/search?q=%EC%B2%AD%EB%85%84%EC%9B%94%EC%84%B8")
                .body
            #expect(everywhere.contains("/programmes/seoul-youth-rent"))
        }
    }

    @Test func `say who it is for with source and day, and offer the application`() async throws {
        try await CityClient.with(portal, now: .noon("2026-11-25")) { client in
            let closed = try await client.get("/programmes/seoul-youth-rent").body
            #expect(closed.contains("보증금 8,000만원 이하"))
            #expect(closed.contains("2026. 7. 18."))
            #expect(!closed.contains("/apply/seoul-youth-rent"))
            try await client.city.platform.store.write { tx in
                try ProgrammeOffers.set(
                    ProgrammeOffer(
                        programme: "seoul-youth-rent",
                        link: "/apply/seoul-youth-rent",
                        opens: LocalDate(iso: "2026-11-20"),
                        closes: LocalDate(iso: "2026-12-04")
                    ),
                    in: tx
                )
            }
            let open = try await client.get("/programmes/seoul-youth-rent").body
            #expect(open.contains("/apply/seoul-youth-rent"))
            #expect(open.withoutTags.contains("2026. 12. 4.까지 신청"))
            let unknown = try await client.get("/programmes/nothing")
            #expect(unknown.status == 404)
        }
    }

    @Test func `tell a programme that ended`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            let ended = try await client.get("/programmes/parental-leave-bonus").body
            #expect(ended.contains("지금은 시행하지 않는 사업입니다"))
        }
    }

    @Test func `the report of the rules is for the staff`() async throws {
        try await CityClient.with(portal, now: .noon("2026-11-25")) { client in
            #expect(try await client.get("/programmes/rules").status == 401)
            let resident = try await client.signedIn(as: "resident@sample.example")
            #expect(try await resident.get("/programmes/rules").status == 403)
            let officer = try await client.signedIn(as: "assets@sample.example")
            let page = try await officer.get("/programmes/rules").body
            #expect(page.contains("programmes/gwanak-exam-fee.yaml"))
        }
    }
}

@Suite struct `The API of programmes` {
    private func judge(_ client: CityClient, _ json: String) async throws -> CityClient.Answer {
        try await client.ask(
            .post,
            "/api/programmes/judgements",
            headers: [.contentType: "application/json"],
            body: Array(json.utf8)
        )
    }

    @Test func `judges a situation and keeps nothing`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            let answer = try await judge(
                client,
                """
                {"on": "2026-05-10", "facts": {"seoulResident": true, "onlyParent": true},
                 "history": [], "programmes": ["shared-pc"]}
                """
            )
            #expect(answer.status == 200)
            #expect(answer.body.contains("\"verdict\":\"eligible\""))
            let count = try await client.city.platform.store.read { db in
                try db.value("SELECT count(*) FROM programmes_answers", as: Int.self)
            }
            #expect(count == 0)
        }
    }

    @Test(arguments: [
        (#"{"facts": {"shoeSize": 1}}"#, "facts.shoeSize"),
        (#"{"facts": {"deposit": "much"}}"#, "facts.deposit"),
        (#"{"programmes": ["nothing"]}"#, "programmes.nothing"),
        (#"{"facts": {"birthDate": "2031-01-01"}}"#, "신청일보다 늦은"),
        (
            #"""
            {"facts": {"birthDate": "1999-01-01"}, "households": ["family"], "people":
            [{"id": "a", "relation": "child", "facts": {"birthDate": "1990-01-01"},
            "households": ["family"]}]}
            """#, "아이가 부모보다 먼저"
        ),
        (
            #"""
            {"households": ["family"], "people":
            [{"id": "applicant", "relation": "child", "households": ["family"]}]}
            """#, "자기 자신을 가리킵니다"
        ), (#"{"on": "2026-02-29"}"#, ""), ("[]", ""),
    ])
    func `says what cannot be`(json: String, message: String) async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            let answer = try await judge(client, json)
            #expect(answer.status == 400)
            #expect(message.isEmpty || answer.body.contains(message))
        }
    }

    @Test func `lists and reads programmes`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            let list = try await client.get("/api/programmes?tag=digital")
            #expect(list.status == 200)
            #expect(list.body.contains("\"shared-pc\""))
            let one = try await client.get("/api/programmes/shared-pc")
            #expect(one.body.contains("\"isInForce\":true"))
            #expect(try await client.get("/api/programmes/nothing").status == 404)
        }
    }
}
