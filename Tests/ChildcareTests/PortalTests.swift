import Basics
import City
import CityTesting
import HTTPTypes
import Hosting
import Testing

@testable import Childcare

@Suite struct `The portal of birth and childcare` {
    @Test func `the stages narrow the programmes`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let all = try await client.get("/childcare").body
            #expect(all.contains("임신준비"))
            let pregnancy = try await client.get("/childcare?stage=pregnancy").body
            #expect(pregnancy.contains("임산부 교통비 지원"))
            #expect(!pregnancy.contains("더 아름다운 결혼식"))
        }
    }

    @Test func `a child's age hides only what the rules refuse at that age`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let baby = try await client.get("/childcare?stage=parenting&age=zero").body
            #expect(baby.contains("부모급여"))
            let pupil = try await client.get("/childcare?stage=parenting&age=school").body
            #expect(!pupil.contains("부모급여"))
            #expect(pupil.contains("우리동네키움센터"))
        }
    }

    @Test func `a visitor expecting twins gets a timeline, its calendar, and nothing in addresses`()
        async throws
    {
        try await CityClient.with(city, now: morning) { client in
            #expect(try await client.get("/childcare/timeline").body.contains("출산 예정일"))
            let sent = try await client.post(
                "/childcare/timeline/family",
                [
                    "due": "2027-03-10", "expected": "2", "fact.seoulResident": "yes",
                    "fact.seoulSince": "2020-01-01", "fact.bothParentsForeign": "no",
                ]
            )
            #expect(sent.status == 303)
            #expect(sent.headers[.location] == "/childcare/timeline")
            let cookie = try #require(sent.headers[.setCookie]).split(separator: ";")[0]
                .split(separator: "=", maxSplits: 1)
            let visitor = client.with(cookie: String(cookie[0]), String(cookie[1]))
            let page = try await visitor.get("/childcare/timeline").body
            #expect(page.contains("첫만남이용권"))
            #expect(page.contains("500만원"))
            #expect(page.contains("2029. 3. 10."))
            let calendar = try await visitor.get("/childcare/timeline.ics").body
            #expect(calendar.contains("DTSTART;VALUE=DATE:20290310"))
        }
    }

    @Test(arguments: [
        ("due", "2026-11-25"), ("due", "2028-01-01"), ("due", "2027-02-30"),
        ("child1", "2026-12-01"), ("fact.seoulSince", "2027-01-01"),
    ])
    func `a wrong date is refused beside its field, and what was typed stays`(
        field: String,
        value: String
    ) async throws {
        try await CityClient.with(city, now: morning) { client in
            let body = Array("\(field)=\(value)&fact.seoulResident=yes".utf8)
            let sent = try await client.ask(
                .post,
                "/childcare/timeline/family",
                headers: [.contentType: "application/x-www-form-urlencoded"],
                body: body
            )
            #expect(sent.status == 422)
            #expect(sent.body.contains("value=\"\(value)\""))
        }
    }

    @Test func `places are narrowed by kind, district and hour`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let cafes = try await client.get("/childcare/places?kind=kidsCafe&district=11350")
            #expect(cafes.body.contains("노원구 표본키즈카페 2호"))
            #expect(!cafes.body.contains("강남구 표본키즈카페"))
            // At nine in the morning the health centres are open, the cafés are not yet.
            let open = try await client.get("/childcare/places?open=now&district=11350").body
            #expect(open.contains("표본모자건강센터"))
            #expect(!open.contains("노원구 표본키즈카페"))
        }
    }

    @Test func `a café shows its week, and a visitor is asked to sign in to book`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let page = try await client.get("/childcare/places/sample-kidsCafe-11350-1").body
            #expect(page.contains("12자리"))
            let session = "/childcare/sessions/sample-kidsCafe-11350-1-2026-11-26-600"
            #expect(try await client.get(session).status == 401)
            #expect(try await client.get("/childcare/places/none").status == 404)
        }
    }
}
