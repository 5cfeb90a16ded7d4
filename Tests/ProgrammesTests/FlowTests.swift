import Basics
import CityTesting
import Foundation
import Hosting
import Testing
import Web

@testable import Programmes

/// Renting alone at 27.
private let renter: [String: String] = [
    "birthDate": "1999-02-10", "militaryServiceMonths": "0", "seoulResident": "yes",
    "householdForm": "single", "tenancy": "privateRent", "homeOwned": "no",
    "insuranceHouseholdSize": "1", "insuranceIncome": "240만원", "deposit": "3,000만원",
    "rent": "55만원", "generalAssets": "3000만원", "carValue": "0", "basicLivelihood": "none",
    "district": "dongjak", "livesApartFromParents": "yes", "landlordIsRelative": "no",
]

@Suite struct `The questions of a portal` {
    @Test func `somebody renting alone at 27 finds the rent support, its sum and its last day`()
        async throws
    {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/housing")
            try await walker.walk(renter)
            #expect(Set(walker.asked).count == walker.asked.count, "a question came twice")
            let results = try await walker.client.get("/housing/results?group=fits").body
            #expect(results.contains("서울시 청년월세지원"))
            #expect(results.contains("월 20만원 × 12 = 240만원"))
            #expect(results.withoutTags.contains("2026. 5. 19.까지 신청"))
        }
    }

    @Test func `a deposit that is too high is named with what would be enough`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/housing")
            try await walker.walk(renter.merging(["deposit": "8500만원"]) { $1 })
            let results = try await walker.client.get("/housing/results?group=not").body
            #expect(results.contains("보증금은 8,000만원 이하여야 하는데 8,500만원입니다."))
            #expect(results.contains("보증금이 500만원 낮으면 가능합니다."))
            let page = try await walker.client.get("/programmes/seoul-youth-rent").body
            #expect(page.contains("보증금이 500만원 낮으면 가능합니다."))
            #expect(page.contains("불충족"))
            let housing = "/programmes?category=housing"
            #expect(try await walker.client.get(housing).body.contains("받을 수 없음"))
            #expect(try await !client.get(housing).body.contains("받을 수 없음"))
        }
    }

    @Test func `who expects twins finds the transport support`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/pregnancy")
            try await walker.walk([
                "seoulResident": "yes", "seoulSince": "2020-03-02", "birthDate": "1992-05-01",
                "pregnantWeeks": "20", "youngestBirthDate": "none", "bothParentsForeign": "no",
                "birthOrder": "1", "multipleBirth": "2",
            ])
            let results = try await walker.client.get("/pregnancy/results?group=fits").body
            #expect(results.contains("임산부 교통비 지원"))
        }
    }

    @Test func `consents stand on the account page and are taken back there`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            let resident = try await client.signedIn(as: "resident@sample.example")
            let answers = "/programmes/check/answers"
            #expect(try await resident.get("/account").body.contains("동의한 것이 없습니다."))
            for action in ["keep", "notify"] {
                _ = try await resident.submit(answers, from: answers, ["action": action])
            }
            let account = try await resident.get("/account").body
            #expect(account.contains("보관 동의 철회하고 지우기"))
            #expect(account.contains("알림 동의 철회"))
            for action in ["stopNotices", "withdraw"] {
                let answer = try await resident.submit(
                    answers,
                    from: "/account",
                    ["action": action]
                )
                #expect(answer.status == 303)
            }
            #expect(try await resident.get("/account").body.contains("동의한 것이 없습니다."))
        }
    }

    @Test func `a single parent without a PC finds the shared PC`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/digital")
            try await walker.walk(["seoulResident": "yes", "onlyParent": "yes"])
            let results = try await walker.client.get("/digital/results?group=fits").body
            #expect(results.contains("사랑의 PC 보급"))
        }
    }

    @Test func `a question that is left for later is not asked again and stays unknown`()
        async throws
    {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/digital")
            try await walker.walk([:])
            #expect(walker.asked.filter { $0 == "onlyParent" }.count == 1)
            let results = try await walker.client.get("/digital/results?group=questions").body
            #expect(results.contains("사랑의 PC 보급"))
            let answers = try await walker.client.get("/digital/check/answers").body
            #expect(answers.contains("나중에 답하기로 한 것"))
        }
    }

    @Test func `the number of questions left never grows`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/digital")
            var last = Int.max
            for _ in 0..<Walker.maximumPageCount {
                let page = try await walker.client.get("/digital/check").body
                guard let facts = Optional(Walker.hiddenAll("asked", in: page)), !facts.isEmpty
                else { break }
                let text = page.components(separatedBy: "많아야 ").dropFirst().first ?? ""
                let left = try #require(Int(text.prefix { $0.isNumber }))
                #expect(left <= last)
                last = left
                _ = try await walker.answer("", asked: facts, [], action: "later")
            }
        }
    }

    @Test func `the way back leads to the question before`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/housing")
            _ = try await walker.answer("seoulResident", "yes")
            _ = try await walker.answer("birthDate", "1999-02-10")
            let page = try await walker.client.get("/housing/check").body
            #expect(page.contains("/housing/check?fact=birthDate"))
            let back = try await walker.client.get("/housing/check?fact=birthDate").body
            #expect(back.contains("1999-02-10"))
            #expect(back.contains("/housing/check?fact=seoulResident"))
        }
    }

    @Test func `without rules the pages say so`() async throws {
        try await CityClient.with(
            portal,
            now: .noon("2026-05-10"),
            settings: ["rules": "/nonexistent"]
        ) { client in
            for path in ["/programmes", "/housing/check", "/housing/results"] {
                let answer = try await client.get(path)
                #expect(answer.status == 200)
                #expect(answer.body.contains("규칙을 읽을 수 없습니다"), "\(path)")
            }
        }
    }
}

@Suite struct `Answers that cannot be taken` {
    @Test(arguments: [
        ("birthDate", "2031-02-10", "신청일보다 늦은 날짜입니다"),
        ("birthDate", "2026-02-29", "달력에 있는 날짜를"), ("birthDate", "어제", "달력에 있는 날짜를"),
        ("birthDate", "", "답해 주세요"), ("deposit", "많이", "금액을 적어 주세요"),
        ("deposit", "-1", "허용 범위를 벗어났습니다"), ("deposit", "24 months", "금액을 적어 주세요"),
        ("insuranceHouseholdSize", "1.5", "숫자로 적어 주세요"),
        ("insuranceHouseholdSize", "0", "허용 범위를 벗어났습니다"),
        ("householdForm", "castle", "하나를 골라 주세요"), ("seoulResident", "perhaps", "예나 아니요를"),
        ("rent", "9999999999999999999999", "금액을 적어 주세요"),
    ])
    func `are shown again with what is wrong`(fact: String, typed: String, message: String)
        async throws
    {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/housing")
            _ = try await walker.answer("tenancy", "privateRent")
            let refused = try await walker.answer(fact, typed)
            #expect(refused.status == 422)
            #expect(refused.body.contains(message))
            if !typed.isEmpty, !["castle", "perhaps"].contains(typed) {
                #expect(refused.body.contains("value=\"\(typed)\""))
            }
            let kept = try await walker.client.get("/housing/check/answers").body
            #expect(kept.contains("민간 전월세"))
        }
    }

    @Test func `contradict an earlier one, and both can be changed`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/programmes")
            _ = try await walker.answer("youngestBirthDate", "1990-01-01")
            let refused = try await walker.answer("birthDate", "1999-02-10")
            #expect(refused.status == 422)
            #expect(refused.body.contains("막내가 신청인보다 먼저 태어났다고"))
            #expect(refused.body.contains("1999-02-10"))
            #expect(refused.body.contains("/programmes/check?fact=youngestBirthDate"))
            let changed = try await walker.answer("youngestBirthDate", "2024-01-01")
            #expect(changed.status == 303)
        }
    }

    @Test func `that there is none, beside a value, are refused`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/programmes")
            let fact = "youngestBirthDate"
            let both = [("fact.\(fact)", "2024-01-01"), ("fact.\(fact).none", "none")]
            let refused = try await walker.answer(fact, asked: [fact], both)
            #expect(refused.status == 422)
            #expect(refused.body.contains("‘없습니다’를 풀어 주세요"))
            let taken = try await walker.answer(fact, asked: [fact], [both[1]])
            #expect(taken.status == 303)
        }
    }

    @Test func `to a question that is not asked are refused`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/housing")
            let unknown = try await walker.answer("shoeSize", "270")
            #expect(unknown.status == 400)
            let derived = try await walker.answer("insuranceIncomePercent", "90")
            #expect(derived.status == 400)
        }
    }

    @Test func `a child older than its mother is refused, and what was typed stays`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/programmes")
            _ = try await walker.answer("birthDate", "1999-02-10")
            let told = try await walker.client.post(
                "/programmes/check/people",
                ["action": "complete", "complete": "family"]
            )
            #expect(told.status == 303)
            let refused = try await walker.client.post(
                "/programmes/check/people",
                [
                    "action": "save", "relation": "child", "name": "첫째",
                    "person.birthDate": "1990-01-01", "household": "family",
                ]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("아이가 부모보다 먼저 태어났다고"))
            #expect(refused.body.contains("value=\"첫째\""))
        }
    }

    @Test(arguments: ["self", "neighbour", ""])
    func `nobody is their own relative`(relation: String) async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            let refused = try await client.post(
                "/programmes/check/people",
                [
                    "action": "save", "relation": relation, "person.birthDate": "",
                    "household": "family",
                ]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("나와 어떤 관계인지 골라 주세요."))
        }
    }

    @Test func `a listed family counts before a number that was answered`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/programmes")
            _ = try await walker.answer("birthDate", "1990-02-10")
            _ = try await walker.answer("childCount", "2")
            _ = try await walker.client.post(
                "/programmes/check/people",
                [
                    "action": "save", "relation": "child", "name": "첫째",
                    "person.birthDate": "2024-02-29", "household": "family",
                ]
            )
            let told = try await walker.client.post(
                "/programmes/check/people",
                ["action": "complete", "complete": "family"]
            )
            #expect(told.status == 303)
            let answers = try await walker.client.get("/programmes/check/answers").body
            #expect(!answers.contains("자녀 수"))
            let again = try await walker.answer("childCount", "2")
            #expect(again.status == 422)
            #expect(again.body.contains("가구원 정보와 다릅니다"))
        }
    }
}
