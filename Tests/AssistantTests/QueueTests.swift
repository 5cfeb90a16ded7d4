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
private let today = Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)

/// Asks and hands over; gives the page of the question in the queue and that of the talk.
private func handOver(
    _ question: String,
    _ staff: CityClient
) async throws -> (question: String, talk: String) {
    let asked = try await staff.submit(
        "/assistant/talks",
        from: "/assistant",
        ["question": question]
    )
    let talk = String(try #require(asked.headers[.location]).prefix { $0 != "#" })
    let body = try await staff.get(talk).body
    let start = try #require(body.firstRange(of: "/assistant/messages/"))
    let message = body[start.upperBound...].prefix { $0 != "/" }
    _ = try await staff.submit("/assistant/messages/\(message)/hand-over", from: talk, [:])
    let id = try #require(
        try await staff.city.platform.store.read {
            try $0.value(
                "SELECT id FROM assistant_hand_over WHERE question = \(question)",
                as: String.self
            )
        }
    )
    return ("/assistant/queue/\(id)", talk)
}

@Suite struct `The queue` {
    @Test
    func `a question is taken by one colleague, and another answers only after taking it over`()
        async throws
    {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let place = try await handOver("옥상 텃밭 분양", staff).question
            let agent = try await client.signedIn(as: "agent@sample.example")
            let second = SamplePerson(
                staff: "agent2",
                Bilingual("둘째 상담 담당자", "Second agent"),
                organization: "11000",
                roles: [.assistantAgent]
            )
            _ = try await SampleAccounts.add(
                second.account,
                password: CityClient.password,
                to: client.city.platform.identity.accounts
            )
            let colleague = try await client.signedIn(as: second.account.loginName)
            #expect(try await agent.submit("\(place)/take", from: place, [:]).status == 303)
            let refused = try await colleague.submit(
                "\(place)/reply",
                from: place,
                ["reply": "제가 답합니다"]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("견본 상담 담당자 님이 맡고"))
            #expect(refused.body.contains("제가 답합니다"))
            #expect(try await colleague.submit("\(place)/take", from: place, [:]).status == 303)
            let sent = try await colleague.submit(
                "\(place)/reply",
                from: place,
                ["reply": "제가 답합니다"]
            )
            #expect(sent.status == 303)
            let mine = try await colleague.get("/assistant/queue?state=answered&mine=yes").body
            #expect(mine.contains("옥상 텃밭"))
            let theirs = try await agent.get("/assistant/queue?state=answered&mine=yes").body
            #expect(!theirs.contains("옥상 텃밭"))
        }
    }

    @Test func `a question of another department is passed on, with the reason`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let place = try await handOver("옥상 텃밭 분양", staff).question
            let agent = try await client.signedIn(as: "agent@sample.example")
            let blank = try await agent.submit("\(place)/pass", from: place, ["department": "회계과"])
            #expect(blank.status == 422)
            let strange = try await agent.submit(
                "\(place)/pass",
                from: place,
                ["department": "없는과", "note": "그쪽 일"]
            )
            #expect(strange.status == 422)
            #expect(strange.body.contains("그쪽 일"))
            let passed = try await agent.submit(
                "\(place)/pass",
                from: place,
                ["department": "회계과", "note": "재산 관리 업무입니다. 010-1234-5678"]
            )
            #expect(passed.status == 303)
            let page = try await agent.get(place).body
            #expect(page.contains("다른 부서로 돌림 → 회계과"))
            #expect(page.contains("[전화번호]"))
            let queue = "/assistant/queue?department=%ED%9A%8C%EA%B3%84%EA%B3%BC"
            #expect(try await agent.get(queue).body.contains("옥상 텃밭"))
        }
    }

    @Test func `a reply is taken from a template`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let place = try await handOver("옥상 텃밭 분양", staff).question
            let agent = try await client.signedIn(as: "agent@sample.example")
            let page = "/assistant/templates"
            let blank = try await agent.submit(page, from: page, ["title": "", "text": "남은 글"])
            #expect(blank.status == 422)
            #expect(blank.body.contains("남은 글"))
            for _ in 0..<2 {
                let saved = try await agent.submit(
                    page,
                    from: page,
                    ["title": "담당 안내", "text": "담당 팀에 문의해 주세요.", "_idempotency": "abcdefghijkl"]
                )
                #expect(saved.status == 303)
            }
            let templates = try await client.city.platform.store.read {
                try ReplyTemplates.all(of: nil, in: $0)
            }
            #expect(templates.count == 1)
            let id = try #require(templates.first?.id)
            let filled = try await agent.get("\(place)?template=\(id)").body
            #expect(filled.contains("담당 팀에 문의해 주세요."))
            #expect(try await staff.get(page).status == 403)
            _ = try await agent.submit("\(page)/remove", from: page, ["template": id])
            #expect(try await !agent.get(page).body.contains("담당 안내"))
        }
    }

    @Test func `what is late stands first`() async throws {
        let clock = MovingClock(today)
        try await CityClient.with(city, time: clock.source) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let first = try await handOver("옥상 텃밭 분양", staff).question
            clock.advance(seconds: 5 * 86_400)
            let again = try await client.signedIn(as: "staff@sample.example")
            _ = try await handOver("지하 수영장 이용", again)
            let agent = try await client.signedIn(as: "agent@sample.example")
            let page = try await agent.get("/assistant/queue").body
            let late = try #require(page.firstRange(of: "옥상 텃밭"))
            let fresh = try #require(page.firstRange(of: "지하 수영장"))
            #expect(late.lowerBound < fresh.lowerBound)
            #expect(page.contains("늦음"))
            #expect(try await agent.get(first).body.contains("늦음"))
        }
    }
}
