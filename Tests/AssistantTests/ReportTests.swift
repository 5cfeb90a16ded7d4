import Basics
import City
import CityTesting
import HTTPTypes
import Identity
import Store
import Testing

@testable import Assistant
@testable import Hosting

private let city = CityComposition(modules: [CityRecords.self], services: [Assistant.self])
private let today = Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)

@Suite struct `Questions of one kind` {
    @Test func `are one group, the way most asked in front`() {
        let groups = QuestionGroups.make([
            "옥상 텃밭 분양": 3, "옥상 텃밭 분양은요?": 2, "옥상텃밭 분양": 1, "지하 수영장 이용": 4,
        ])
        #expect(groups.map(\.text) == ["옥상 텃밭 분양", "지하 수영장 이용"])
        #expect(groups.map(\.count) == [6, 4])
        #expect(groups[0].others == ["옥상 텃밭 분양은요?", "옥상텃밭 분양"])
    }

    @Test func `no question is lost or counted twice, in whatever order they come`() {
        var generator = SystemRandomNumberGenerator()
        let words = ["연가", "병가", "출장", "여비", "신청", "며칠", "한도", "서식"]
        for _ in 0..<50 {
            var questions: [String: Int] = [:]
            for _ in 0..<30 {
                let text = (0..<3).map { _ in words.randomElement(using: &generator) ?? "" }
                    .joined(separator: " ")
                questions[text, default: 0] += 1
            }
            let groups = QuestionGroups.make(questions)
            #expect(groups.map(\.count).reduce(0, +) == questions.values.reduce(0, +))
            let texts = groups.flatMap { [$0.text] + $0.others }
            #expect(texts.sorted() == questions.keys.sorted())
        }
    }

    @Test(arguments: ["", "???", "🙂", "e\u{301}"])
    func `may have no words at all`(text: String) {
        #expect(QuestionGroups.make([text: 2]).map(\.count) == [2])
    }
}

@Suite struct `The report on Monday morning` {
    @Test func `counts this week beside the week before, by bot, by department, by document`()
        async throws
    {
        let clock = MovingClock(today)
        try await CityClient.with(city, time: clock.source) { client in
            func ask(_ question: String, at place: String = "/assistant") async throws {
                let staff = try await client.signedIn(as: "staff@sample.example")
                let asked = try await staff.submit(
                    "\(place)/talks",
                    from: place,
                    ["question": question]
                )
                #expect(asked.status == 303)
            }
            try await ask("옥상 텃밭 분양")
            clock.advance(seconds: 7 * 86_400)
            try await ask("복지포인트는 언제 얼마나 받나요")
            try await ask("옥상 텃밭 분양")
            try await ask("옥상텃밭 분양")
            try await ask("비밀번호를 잊었어요", at: "/assistant/bots/sample-computing")
            let store = client.city.platform.store
            let documents = try await KnowledgeIndex.load(
                from: store,
                synonyms: client.city.platform.synonyms
            ).snapshot.documents
            let report = try await store.read {
                try AssistantReport(days: 7, of: ["11000"], documents, in: $0)
            }
            #expect(report.counts.asked == 4)
            #expect(report.counts.answered == 2)
            #expect(report.previous.asked == 1)
            #expect(report.daily.map(\.asked).reduce(0, +) == 4)
            #expect(report.daily.map(\.before).reduce(0, +) == 1)
            #expect(report.unknown.map(\.count) == [2])
            #expect(report.bots.map(\.name) == ["", "전산 도우미"])
            #expect(report.departments.contains { $0.name == "정보통신과" })
            #expect(report.coverage.count == documents.count)
            #expect(report.neverQuoted.count < documents.count)
            let others = try await store.read {
                try AssistantReport(days: 7, of: ["11350"], documents, in: $0)
            }
            #expect(others.counts.asked == 0)

            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let page = try await keeper.get("/assistant/overview").body
            #expect(page.contains("옥상 텃밭 분양"))
            for table in ReportTable.Kind.allCases {
                let file = try await keeper.get("/assistant/overview/file?table=\(table.rawValue)")
                #expect(file.status == 200)
                #expect(file.headers[.contentType]?.hasPrefix("text/csv") == true)
                #expect(file.body.split(separator: "\r\n").count > 1)
            }
            #expect(try await keeper.get("/assistant/overview/file?table=x").status == 404)
            let staff = try await client.signedIn(as: "staff@sample.example")
            #expect(try await staff.get("/assistant/overview").status == 403)
        }
    }
}

@Suite struct `A document's life` {
    /// Brings a document in and puts it in force, with a last day.
    private static func add(until last: String, _ client: CityClient) async throws -> String {
        let keeper = try await client.signedIn(as: "knowledge@sample.example")
        let agent = try await client.signedIn(as: "agent@sample.example")
        let text = "# 달빛 수당 지침\n\n## 달빛 수당\n\n달빛 수당은 매월 이십오일에 지급합니다.\n"
        let added = try await keeper.upload(
            "/assistant/documents",
            from: "/assistant/documents/new",
            ["audience": "staff", "organization": "11000", "department": "총무과"],
            file: ("moon.md", text)
        )
        let document = try #require(added.headers[.location])
        for status in ["reviewed", "effective"] {
            let step = try await agent.submit(
                "\(document)/status",
                from: document,
                ["status": status]
            )
            #expect(step.status == 303)
        }
        let facts = "\(document)/facts"
        let version = try #require(try await keeper.get(facts).hidden("version"))
        let saved = try await keeper.submit(
            facts,
            from: facts,
            ["until": last, "audience": "staff", "department": "총무과", "version": version]
        )
        #expect(saved.status == 303)
        return document
    }

    private static func notices(_ client: CityClient) async throws -> [String] {
        try await client.city.platform.store.read {
            try $0.rows("SELECT DISTINCT title FROM city_notice ORDER BY title", as: String.self)
        }
    }

    @Test func `its keepers are told before it lapses and when it has, each once`() async throws {
        let clock = MovingClock(today)
        try await CityClient.with(city, time: clock.source) { client in
            let last = today.date.adding(days: 40)
            let document = try await Self.add(until: last.iso, client)
            let handler = try #require(
                client.city.jobHandlers.first { $0.name == KnowledgeExpiry.name }
            )
            func morning() async throws {
                let store = client.city.platform.store
                let job = try await store.write { try $0.enqueue(KnowledgeExpiry()) }
                #expect(job)
                for claimed in try await store.claimJobs(names: [KnowledgeExpiry.name]) {
                    try await handler.work(claimed)
                    try await store.complete(claimed)
                }
            }
            try await morning()
            #expect(try await Self.notices(client) == [])
            clock.advance(seconds: 15 * 86_400)
            for _ in 0..<2 { try await morning() }
            #expect(try await Self.notices(client) == ["문서의 효력이 곧 끝납니다"])
            clock.advance(seconds: 26 * 86_400)
            try await morning()
            #expect(try await Self.notices(client).contains("문서의 효력이 끝났습니다"))
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            #expect(try await keeper.get(document).body.contains("폐지"))
        }
    }

    @Test func `a talk keeps the quotation of a document that lapses, and says so`() async throws {
        let clock = MovingClock(today)
        try await CityClient.with(city, time: clock.source) { client in
            _ = try await Self.add(until: today.date.adding(days: 1).iso, client)
            let staff = try await client.signedIn(as: "staff@sample.example")
            let asked = try await staff.submit(
                "/assistant/talks",
                from: "/assistant",
                ["question": "달빛 수당은 언제 지급하나요"]
            )
            let talk = String(try #require(asked.headers[.location]).prefix { $0 != "#" })
            let before = try await staff.get(talk).body
            #expect(before.contains("이십오일에 지급"))
            #expect(!before.contains("효력을 잃었습니다"))
            clock.advance(seconds: 3 * 86_400)
            let again = try await client.signedIn(as: "staff@sample.example")
            let after = try await again.get(talk).body
            #expect(after.contains("이십오일에 지급"))
            #expect(after.contains("효력을 잃었습니다"))
        }
    }

    @Test func `of two keepers who change its facts at once neither loses anything`() async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let agent = try await client.signedIn(as: "agent@sample.example")
            let facts = "/assistant/knowledge/sample-1/facts"
            let version = try #require(try await keeper.get(facts).hidden("version"))
            let first = try await agent.submit(
                facts,
                from: facts,
                ["audience": "staff", "department": "회계과", "contact": "먼저", "version": version]
            )
            #expect(first.status == 303)
            // The clock of this city stands still; the version is its time, so another is handed in.
            let second = try await keeper.submit(
                facts,
                from: facts,
                ["audience": "staff", "department": "회계과", "contact": "나중", "version": "1"]
            )
            #expect(second.status == 409)
            #expect(second.body.contains("value=\"나중\""))
        }
    }

    @Test(arguments: [
        ("until", "내일"), ("until", "2020-01-01"), ("audience", "owner"), ("department", ""),
    ])
    func `facts with faults are refused, and nothing typed is lost`(
        field: String,
        value: String
    ) async throws {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let facts = "/assistant/knowledge/sample-1/facts"
            let refused = try await keeper.submit(
                facts,
                from: facts,
                [
                    "from": "2026-01-01", "until": field == "until" ? value : "",
                    "audience": field == "audience" ? value : "department",
                    "department": field == "department" ? value : "회계과", "contact": "남는 말",
                ]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("남는 말"))
        }
    }

    @Test func `a form is taken along with the answer, by those who may read its document`()
        async throws
    {
        try await CityClient.with(city, now: today) { client in
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let page = "/assistant/knowledge/sample-1"
            let staff = try await client.signedIn(as: "staff@sample.example")
            let body = try await staff.get(page).body
            let start = try #require(body.firstRange(of: "\(page)/forms/"))
            let digest = body[start.upperBound...].prefix { $0 != "\"" }
            let form = try await staff.get("\(page)/forms/\(digest)")
            #expect(form.status == 200)
            #expect(form.headers[.contentDisposition]?.contains("attachment") == true)
            #expect(try await staff.get("\(page)/forms/nothing").status == 404)
            let resident = try await client.signedIn(as: "resident@sample.example")
            #expect(try await resident.get("\(page)/forms/\(digest)").status == 403)
            let refused = try await staff.submit("\(page)/forms/remove", from: page, ["name": "x"])
            #expect(refused.status == 403)
            let name = try #require(try await keeper.get(page).hidden("name"))
            _ = try await keeper.submit("\(page)/forms/remove", from: page, ["name": name])
            #expect(try await staff.get("\(page)/forms/\(digest)").status == 404)
        }
    }
}
