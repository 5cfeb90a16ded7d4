import Basics
import City
import CityTesting
import HTTPTypes
import Hosting
import Identity
import Store
import Testing

@testable import Assistant

private let city = CityComposition(modules: [CityRecords.self], services: [Assistant.self])

/// A day on which the sample handbook is in force.
private let today = Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)

/// What a keeper types for a bot.
private func form(
    name: String = "복무 도우미",
    audience: String = "staff",
    departments: String = "",
    menu: String = "연가\n- 연가 신청은 어떻게 하나요?\n- 저축: 연가는 며칠까지 저축하나요?",
    version: Int = 0
) -> KeyValuePairs<String, String> {
    [
        "organization": "11000", "name": name, "greeting": "연가와 병가를 물어보세요.",
        "audience": audience, "departments": departments, "shelf": "personnel", "menu": menu,
        "handOver": "총무과", "version": String(version),
    ]
}

/// Makes a bot; gives its address.
private func make(_ keeper: CityClient, name: String = "복무 도우미") async throws -> String {
    let made = try await keeper.submit(
        "/assistant/bots",
        from: "/assistant/bots/new",
        form(name: name)
    )
    #expect(made.status == 303)
    let place = try #require(made.headers[.location])
    return String(place.dropLast("/manage".count))
}

/// Takes a bot to a state.
private func take(_ bot: String, to status: String, _ keeper: CityClient) async throws -> Int {
    let version = try #require(try await keeper.get("\(bot)/manage").hidden("version"))
    return try await keeper.submit(
        "\(bot)/status",
        from: "\(bot)/manage",
        ["status": status, "version": version]
    ).status
}

@Suite struct `Department bots` {
    @Test func `a bot is made, reviewed by somebody else, used, changed unseen, and retired`()
        async throws
    {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let other = try await client.signedIn(as: "agent@sample.example")
            let staff = try await client.signedIn(as: "staff@sample.example")
            let bot = try await make(keeper)
            #expect(try await staff.get(bot).status == 404)
            #expect(try await take(bot, to: "reviewed", keeper) == 409)
            #expect(try await take(bot, to: "reviewed", other) == 303)
            #expect(try await take(bot, to: "effective", keeper) == 303)
            #expect(try await staff.get(bot).body.contains("연가와 병가를 물어보세요."))
            #expect(try await staff.get("/assistant").body.contains("복무 도우미"))

            let version = try #require(try await keeper.get("\(bot)/edit").hidden("version"))
            let changed = try await keeper.submit(
                bot,
                from: "\(bot)/edit",
                form(name: "새 이름 도우미", version: Int(version) ?? 0)
            )
            #expect(changed.status == 303)
            #expect(try await staff.get(bot).body.contains("복무 도우미"))
            #expect(try await !staff.get(bot).body.contains("새 이름"))
            #expect(try await take(bot, to: "expired", keeper) == 303)
            #expect(try await staff.get(bot).status == 404)
            let deeds = try await client.city.platform.store.read {
                try $0.rows(
                    "SELECT action FROM audit_record WHERE subject_kind = 'bot' ORDER BY sequence",
                    as: String.self
                )
            }
            #expect(
                deeds == [
                    "assistant.makeBot", "assistant.setBotStatus", "assistant.setBotStatus",
                    "assistant.changeBot", "assistant.setBotStatus",
                ]
            )
        }
    }

    @Test func `a bot quotes only its documents, and hands over to its department`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let bot = "/assistant/bots/sample-computing"
            func ask(_ question: String) async throws -> (link: String, body: String) {
                let asked = try await staff.submit(
                    "\(bot)/talks",
                    from: bot,
                    ["question": question]
                )
                let place = try #require(asked.headers[.location])
                let link = String(place.prefix { $0 != "#" })
                return (link, try await staff.get(link).body)
            }
            #expect(try await ask("비밀번호를 잊었어요").body.contains("<blockquote>"))
            // The handbook answers this, but not on the shelf of the bot.
            let leave = try await ask("복지포인트는 언제 얼마나 받나요")
            #expect(!leave.body.contains("맞춤형복지포인트 자주"))
            #expect(leave.body.contains("전산 도우미"))
            // The talk goes on with its bot.
            _ = try await staff.submit(leave.link, from: leave.link, ["question": "연가 신청과 저축"])
            #expect(try await !staff.get(leave.link).body.contains("연가 신청과 저축 (표본)"))
            let store = client.city.platform.store
            let message = try #require(
                try await store.read {
                    try $0.value(
                        "SELECT max(id) FROM assistant_message WHERE author = 'assistant'",
                        as: String.self
                    )
                }
            )
            _ = try await staff.submit(
                "/assistant/messages/\(message)/hand-over",
                from: leave.link,
                [:]
            )
            let department = try await store.read {
                try $0.value("SELECT department FROM assistant_hand_over", as: String.self)
            }
            #expect(department == "정보통신과")
        }
    }

    @Test func `a bot for departments is for those whom the directory names there`() async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let other = try await client.signedIn(as: "agent@sample.example")
            for (department, status) in [("총무과", 200), ("정보통신과", 404)] {
                let made = try await keeper.submit(
                    "/assistant/bots",
                    from: "/assistant/bots/new",
                    form(name: department, audience: "departments", departments: department)
                )
                let place = try #require(made.headers[.location])
                let bot = String(place.dropLast("/manage".count))
                #expect(try await take(bot, to: "reviewed", other) == 303)
                #expect(try await take(bot, to: "effective", other) == 303)
                let staff = try await client.signedIn(as: "staff@sample.example")
                #expect(try await staff.get(bot).status == status)
            }
        }
    }

    @Test func `a bot shows nobody a document that they may not read`() async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let other = try await client.signedIn(as: "agent@sample.example")
            let text = "# 비밀 지침\n\n## 감사 일정\n\n특별 감사 일정은 셋째 주에 봉인하여 배부합니다.\n"
            let added = try await keeper.upload(
                "/assistant/documents",
                from: "/assistant/documents/new",
                [
                    "audience": "department", "organization": "11000", "department": "감사담당관",
                    "category": "personnel",
                ],
                file: ("secret.md", text)
            )
            let document = try #require(added.headers[.location])
            for status in ["reviewed", "effective"] {
                let step = try await other.submit(
                    "\(document)/status",
                    from: document,
                    ["status": status]
                )
                #expect(step.status == 303)
            }
            let bot = try await make(keeper)
            #expect(try await take(bot, to: "reviewed", other) == 303)
            #expect(try await take(bot, to: "effective", other) == 303)
            let staff = try await client.signedIn(as: "staff@sample.example")
            #expect(try await staff.get(document).status == 404)
            for (person, isTold) in [(staff, false), (other, true)] {
                let asked = try await person.submit(
                    "\(bot)/talks",
                    from: bot,
                    ["question": "특별 감사 일정"]
                )
                let place = try #require(asked.headers[.location])
                let talk = try await person.get(String(place.prefix { $0 != "#" })).body
                #expect(talk.contains("봉인하여 배부") == isTold)
            }
            #expect(try await !staff.get(bot).body.contains("비밀 지침"))
        }
    }

    @Test func `documents are chosen one by one, whatever else is being changed`() async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let bot = try await make(keeper)
            let page = "\(bot)/documents?q=%ED%94%84%EB%A6%B0%ED%84%B0"
            let document = try #require(try await keeper.get(page).hidden("document"))
            let chosen = try await keeper.submit(
                "\(bot)/documents",
                from: page,
                ["document": document, "chosen": "yes", "q": "프린터", "page": "1"]
            )
            #expect(chosen.status == 303)
            #expect(try await keeper.get("\(bot)/manage").body.contains("프린터 사용과 고장"))
        }
    }

    @Test func `of two keepers who change one bot at once neither loses anything`() async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let other = try await client.signedIn(as: "agent@sample.example")
            let bot = try await make(keeper)
            let version = try #require(try await keeper.get("\(bot)/edit").hidden("version"))
            let number = try #require(Int(version))
            let first = try await other.submit(
                bot,
                from: "\(bot)/edit",
                form(name: "먼저 고친 이름", version: number)
            )
            #expect(first.status == 303)
            let second = try await keeper.submit(
                bot,
                from: "\(bot)/edit",
                form(name: "나중에 고친 이름", version: number)
            )
            #expect(second.status == 409)
            #expect(second.body.contains("견본 상담 담당자 님이 고쳤습니다"))
            #expect(second.body.contains("먼저 고친 이름"))
            #expect(second.body.contains("value=\"나중에 고친 이름\""))
            let again = try #require(second.hidden("version").flatMap(Int.init))
            let third = try await keeper.submit(
                bot,
                from: "\(bot)/edit",
                form(name: "나중에 고친 이름", version: again)
            )
            #expect(third.status == 303)
            #expect(try await keeper.get("\(bot)/manage").body.contains("나중에 고친 이름"))
        }
    }

    @Test(arguments: [
        (form(name: ""), "적어 주세요"), (form(name: String(repeating: "가", count: 41)), "40자까지"),
        (form(audience: "everyone"), "누가 쓸지"), (form(audience: "departments"), "부서를 적어"),
        (form(departments: "없는과"), "없는 부서입니다: 없는과"), (form(menu: "- 먼저"), "1번째 줄"),
        (form(menu: "연가: "), "단추에 적을 말"),
    ])
    func `a form with faults says what is wrong and forgets nothing`(
        fields: KeyValuePairs<String, String>,
        words: String
    ) async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let refused = try await keeper.submit(
                "/assistant/bots",
                from: "/assistant/bots/new",
                fields
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains(words))
            #expect(refused.body.contains("연가와 병가를 물어보세요."))
        }
    }

    @Test func `the preview answers and keeps nothing`() async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let bot = try await make(keeper)
            let tried = try await keeper.submit(
                "\(bot)/preview",
                from: "\(bot)/preview",
                ["question": "연가 신청은 어떻게 하나요?"]
            )
            #expect(tried.body.contains("<blockquote>"))
            let kept = try await client.city.platform.store.read {
                try $0.value("SELECT count(*) FROM assistant_message", as: Int.self)
            }
            #expect(kept == 0)
        }
    }

    @Test func `the same form sent twice is one bot, and staff without the role make none`()
        async throws
    {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let fields: KeyValuePairs = [
                "organization": "11000", "name": "한 번", "greeting": "안녕하세요",
                "audience": "staff", "_idempotency": "onceandonlyonce",
            ]
            for _ in 0..<2 {
                _ = try await keeper.submit("/assistant/bots", from: "/assistant/bots/new", fields)
            }
            let count = try await client.city.platform.store.read { try Bots.count(in: $0) }
            #expect(count == 3)
            let staff = try await client.signedIn(as: "staff@sample.example")
            #expect(try await staff.get("/assistant/bots/new").status == 403)
        }
    }

    @Test func `every ready question of the sample bots is answered`() async throws {
        try await CityClient.with(city, now: today) { client in
            let index = try await KnowledgeIndex.load(
                from: client.city.platform.store,
                synonyms: client.city.platform.synonyms
            )
            let staff = Actor.account(
                SignedInAccount(id: "x", kind: .staff, displayName: "견본", organization: "11000")
            )
            let bots = try await client.city.platform.store.read { try Bots.published(in: $0) }
            #expect(bots.count == 2)
            for bot in bots.compactMap(BotInUse.init) {
                let answerer = Answerer(knowledge: index.snapshot.limited(to: bot))
                for group in bot.content.menu.groups {
                    let questions = group.items.map(\.question) + [group.question].compactMap { $0 }
                    for question in questions {
                        let answer = answerer.answer(question, by: staff, on: today.date)
                        #expect(answer.kind == .quoted, "\(question)")
                    }
                }
            }
        }
    }

    @Test func `the endpoint lists the bots one may use`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let answer = try await staff.get("/api/assistant/bots")
            #expect(answer.status == 200)
            #expect(answer.body.contains("\"/assistant/bots/sample-pay\""))
            #expect(try await client.get("/api/assistant/bots").status == 401)
        }
    }
}

@Suite struct `A bot's menu` {
    @Test(arguments: [
        ("연가\n- 며칠인가요?\n- 저축: 며칠까지 저축하나요?\n여비: 여비는 얼마인가요?", 2),
        ("질문 하나", 1), ("", 0), ("\n\n가\n\n- 나\n", 1), ("가：나", 1),
    ])
    func `is read, and written as it was read`(text: String, count: Int) throws {
        let menu = try BotMenu(text: text)
        #expect(menu.groups.count == count)
        #expect(try BotMenu(text: menu.text) == menu)
    }

    @Test(arguments: [
        ("- 가", BotMenuError.Fault.noGroup, 1), ("가\n-", .empty, 2), (": 나", .empty, 1),
        ("가: 나\n- 다", .opensAndAsks, 2),
        (String(repeating: "가\n", count: 9), .tooMany, 9),
        ("가\n" + String(repeating: "- 나\n", count: 9), .tooMany, 10),
        (String(repeating: "가", count: 201), .tooLong, 1),
        (String(repeating: "가", count: 41) + ": 나", .tooLong, 1),
    ])
    func `names the line that cannot be a button`(
        text: String,
        fault: BotMenuError.Fault,
        line: Int
    ) {
        #expect(throws: BotMenuError(line: line, fault)) { try BotMenu(text: text) }
    }
}
