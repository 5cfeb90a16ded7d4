import Basics
import City
import CityTesting
import HTTPTypes
import Hosting
import Identity
import Korean
import Store
import Testing

@testable import Assistant

private let city = CityComposition(modules: [CityRecords.self], services: [Assistant.self])

/// A day on which the sample handbook is in force.
private let today = Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)

/// Asks in a new talk; gives the talk's address and its page.
private func ask(
    _ question: String,
    _ person: CityClient
) async throws -> (link: String, page: String) {
    let answer = try await person.submit(
        "/assistant/talks",
        from: "/assistant",
        ["question": question]
    )
    #expect(answer.status == 303)
    let place = try #require(answer.headers[.location])
    let link = String(place.prefix { $0 != "#" })
    return (link, try await person.get(link).body)
}

@Suite struct `Asking the assistant` {
    @Test func `an answer quotes its document, and an absurd question gets none`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let known = try await ask("복지포인트는 언제 얼마나 받나요", staff).page
            #expect(known.contains("<blockquote>"))
            #expect(known.contains("맞춤형복지포인트"))
            #expect(known.contains("시행"))
            let unknown = try await ask("김치찌개 끓이는 법", staff).page
            #expect(!unknown.contains("<blockquote>"))
            #expect(unknown.contains("답을 찾지 못했습니다"))
        }
    }

    @Test func `numbers of people are masked before anything is kept`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let page = try await ask("880101-1234567 병가 010-1234-5678", staff).page
            #expect(page.contains("[주민등록번호] 병가 [전화번호]"))
            let kept = try await client.city.platform.store.read {
                try $0.rows("SELECT text FROM assistant_message", as: String.self)
            }
            #expect(!kept.joined().contains("1234"))
        }
    }

    @Test(arguments: ["", "   ", "\u{0}", String(repeating: "가", count: 100_000), "🙂👩‍👩‍👧"])
    func `any question is answered or refused in words`(question: String) async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let answer = try await staff.submit(
                "/assistant/talks",
                from: "/assistant",
                ["question": question]
            )
            #expect([303, 422].contains(answer.status))
        }
    }

    @Test func `the same question sent twice is kept once`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            for _ in 0..<2 {
                _ = try await staff.submit(
                    "/assistant/talks",
                    from: "/assistant",
                    ["question": "연가 며칠", "key": "abcdefghijkl"]
                )
            }
            let count = try await client.city.platform.store.read {
                try $0.value("SELECT count(*) FROM assistant_message", as: Int.self)
            }
            #expect(count == 2)
        }
    }

    @Test func `a talk is its person's alone, and the assistant is for staff`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let link = try await ask("연가 며칠", staff).link
            let other = try await client.signedIn(as: "agent@sample.example")
            #expect(try await other.get(link).status == 404)
            let resident = try await client.signedIn(as: "resident@sample.example")
            #expect(try await resident.get("/assistant").status == 403)
        }
    }
}

@Suite struct `Handing over` {
    @Test func `a question goes to a person, is answered in its talk, and becomes knowledge`()
        async throws
    {
        try await CityClient.with(city, now: today) { client in
            let store = client.city.platform.store
            let staff = try await client.signedIn(as: "staff@sample.example")
            let asked = try await ask("옥상 텃밭은 누가 쓸 수 있어요", staff)
            let message = try #require(
                try await store.read {
                    try $0.value(
                        "SELECT id FROM assistant_message WHERE author = 'assistant'",
                        as: String.self
                    )
                }
            )
            for _ in 0..<2 {
                let over = try await staff.submit(
                    "/assistant/messages/\(message)/hand-over",
                    from: asked.link,
                    [:]
                )
                #expect(over.status == 303)
            }
            let waiting = try await store.read {
                try HandOvers.page(1, of: QueueQuery(state: .waiting), in: $0).items
            }
            #expect(waiting.count == 1)
            let question = try #require(waiting.first)

            let agent = try await client.signedIn(as: "agent@sample.example")
            #expect(try await agent.get("/assistant/queue").body.contains("옥상 텃밭"))
            let address = "/assistant/queue/\(question.id)"
            let reply = "옥상 텃밭은 후생팀에 신청한 직원이 한 해 동안 쓸 수 있습니다."
            _ = try await agent.submit("\(address)/reply", from: address, ["reply": reply])
            #expect(try await staff.get(asked.link).body.contains(reply))
            let again = try await agent.submit("\(address)/reply", from: address, ["reply": "또"])
            #expect(again.status == 409)
            let looks = try await store.read {
                try $0.value(
                    """
                    SELECT count(*) FROM audit_record WHERE purpose_code = 'assistant.handOver'
                    """,
                    as: Int.self
                ) ?? 0
            }
            #expect(looks > 0)

            let made = try await agent.submit(
                "\(address)/promote",
                from: address,
                ["question": question.question, "answer": reply]
            )
            let document = try #require(made.headers[.location])
            // Nothing is quoted before somebody else has reviewed it and it is in force.
            #expect(try await !ask("옥상 텃밭은 누가 쓰나요", staff).page.contains("후생팀에 신청한"))
            let own = try await agent.submit(
                "\(document)/status",
                from: document,
                ["status": "reviewed"]
            )
            #expect(own.status == 409)
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            for status in ["reviewed", "effective"] {
                let step = try await keeper.submit(
                    "\(document)/status",
                    from: document,
                    ["status": status]
                )
                #expect(step.status == 303)
            }
            #expect(try await ask("옥상 텃밭은 누가 쓰나요", staff).page.contains("후생팀에 신청한"))
            let overview = try await keeper.get("/assistant/overview")
            #expect(overview.status == 200)
        }
    }
}

@Suite struct `Documents` {
    @Test func `one's own document answers oneself and nobody else`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let text = "# 달빛 사업 계획\n\n## 담당 인력\n\n달빛 사업은 담당 인력 세 명이 맡습니다.\n"
            let answer = try await staff.upload(
                "/assistant/documents",
                from: "/assistant/documents/new",
                ["audience": "owner"],
                file: ("plan.md", text)
            )
            #expect(answer.status == 303)
            #expect(try await ask("달빛 사업 담당 인력", staff).page.contains("세 명이 맡습니다"))
            let other = try await client.signedIn(as: "agent@sample.example")
            #expect(try await !ask("달빛 사업 담당 인력", other).page.contains("세 명이"))
            let document = try #require(answer.headers[.location])
            #expect(try await other.get(document).status == 404)
            let gone = try await staff.submit("\(document)/remove", from: document, [:])
            #expect(gone.status == 303)
            #expect(try await !ask("달빛 사업 담당 인력", staff).page.contains("세 명이"))
        }
    }

    @Test func `staff without the keeper's role bring nothing in for others`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let answer = try await staff.upload(
                "/assistant/documents",
                from: "/assistant/documents/new",
                ["audience": "staff", "organization": "11000"],
                file: ("plan.md", "# 규정\n\n글\n")
            )
            #expect(answer.status == 422)
        }
    }

    @Test func `what another process puts in force is quoted, and what it takes out is not`()
        async throws
    {
        try await CityClient.with(city, now: today) { client in
            let store = client.city.platform.store
            let index = try await KnowledgeIndex.load(
                from: store,
                synonyms: client.city.platform.synonyms
            )
            let count = index.snapshot.documents.count
            let read = try KnowledgeImport.markdown(Array("# 새 규정\n\n본문\n".utf8), fileName: "a.md")
            let document = KnowledgeDocument(read, id: "other", at: today)
            try await store.write {
                try Knowledge.save(document, passages: read.passages, in: $0)
            }
            try await index.refresh(from: store)
            #expect(index.snapshot.documents.count == count + 1)
            try await store.write { tx in
                try tx.run("DELETE FROM assistant_passage WHERE document_id = 'other'")
                try tx.run("DELETE FROM assistant_document WHERE id = 'other'")
            }
            try await index.refresh(from: store)
            #expect(index.snapshot.documents.count == count)
        }
    }

    @Test func `markup of a document is shown as text`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let answer = try await staff.upload(
                "/assistant/documents",
                from: "/assistant/documents/new",
                ["audience": "owner"],
                file: ("x.md", "# 제목\n\n<script>alert(1)</script> 본문\n")
            )
            let page = try await staff.get(try #require(answer.headers[.location])).body
            #expect(page.contains("&lt;script&gt;"))
            #expect(!page.contains("<script>alert"))
        }
    }

    @Test func `every document of the sample handbook is read, with headings and dates`() throws {
        let documents = try SampleHandbook.documents(at: Instant(millisecondsSinceEpoch: 0))
        #expect(documents.count >= 30)
        for (document, read) in documents {
            #expect(document.title.contains("표본"), "\(document.title)")
            #expect(document.effectiveFrom != nil, "\(document.title)")
            #expect(!document.contact.isEmpty, "\(document.title)")
            #expect(read.passages.count >= 3, "\(document.title)")
        }
        _ = try SynonymTable(text: SampleHandbook.synonyms)
    }
}
