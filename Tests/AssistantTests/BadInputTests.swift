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
private let today = Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)

/// A member of the city's staff.
private let staff = Actor.account(
    SignedInAccount(id: "x", kind: .staff, displayName: "견본", organization: "11000")
)

private func answer(_ question: String, after earlier: String? = nil) throws -> Answer {
    try SampleKnowledge.answerer.get().answer(
        question,
        after: earlier,
        by: staff,
        on: today.date
    )
}

/// The sample handbook in memory, read once.
private enum SampleKnowledge {
    static let answerer = Result {
        var snapshot = KnowledgeIndex.Snapshot(
            synonyms: try SynonymTable(text: SampleHandbook.synonyms)
        )
        var next: Int64 = 0
        try snapshot.put(
            SampleHandbook.documents(at: today).map { document, read in
                var document = document
                document.status = .effective
                let passages = read.passages.enumerated().map { index, passage in
                    next += 1
                    return KnowledgePassage(
                        id: next,
                        documentID: document.id,
                        number: index + 1,
                        heading: passage.heading,
                        locator: passage.locator,
                        body: passage.body
                    )
                }
                return (document, passages)
            }
        )
        return Answerer(knowledge: snapshot)
    }
}

@Suite struct `Questions as people type them` {
    @Test func `in another language are told what can be done, in that language`() async throws {
        try await CityClient.with(city, now: today) { client in
            let person = try await client.signedIn(as: "staff@sample.example")
            let asked = try await person.submit(
                "/assistant/talks",
                from: "/assistant",
                ["question": "How many days of leave do I get?"]
            )
            let talk = try #require(asked.headers[.location]).prefix { $0 != "#" }
            let page = try await person.get(String(talk)).body
            #expect(!page.contains("<blockquote>"))
            #expect(page.contains("The documents are in Korean"))
            #expect(page.contains("lang=\"en\""))
        }
    }

    @Test func `decomposed as file names of some systems are find the same`() throws {
        let composed = "복지포인트는 언제 얼마나 받나요"
        let decomposed = String(
            String.UnicodeScalarView(composed.unicodeScalars.flatMap(Self.decomposed))
        )
        #expect(decomposed.unicodeScalars.count > composed.unicodeScalars.count)
        #expect(try answer(decomposed).quotations == answer(composed).quotations)
    }

    /// A syllable as its letters (Unicode 16 §3.12).
    private static func decomposed(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        guard (0xAC00...0xD7A3).contains(scalar.value) else { return [scalar] }
        let index = scalar.value - 0xAC00
        let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28]
        return letters.filter { $0 != 0x11A7 }.compactMap(Unicode.Scalar.init)
    }

    @Test func `with pictures beside the words find the same`() throws {
        let plain = try answer("비밀번호를 잊었어요")
        #expect(try answer("🙏 비밀번호를 잊었어요 😭😭").quotations.first == plain.quotations.first)
    }

    @Test func `with markup are shown as they were typed`() async throws {
        try await CityClient.with(city, now: today) { client in
            let person = try await client.signedIn(as: "staff@sample.example")
            let asked = try await person.submit(
                "/assistant/talks",
                from: "/assistant",
                ["question": "<img src=x onerror=alert(1)> 연가 <b>며칠</b>"]
            )
            let talk = try #require(asked.headers[.location]).prefix { $0 != "#" }
            let page = try await person.get(String(talk)).body
            #expect(page.contains("&lt;img src=x"))
            #expect(!page.contains("<img src=x"))
        }
    }

    @Test(arguments: [
        ("그럼 저축은?", "연가 신청 방법이 궁금해요"), ("신청은 어디서?", "유연근무와 재택근무는 무엇인가요"),
    ])
    func `lean on the question before`(question: String, earlier: String) throws {
        #expect(FollowUp.leans(question))
        let found = try answer(question, after: earlier)
        let title = try #require(try answer(earlier).quotations.first?.documentTitle)
        #expect(found.quotations.contains { $0.documentTitle == title }, "\(found)")
    }

    @Test(arguments: ["연가는 며칠까지 저축하나요", "초과근무 수당은 언제 지급되나요"])
    func `that say enough stand alone`(question: String) {
        #expect(!FollowUp.leans(question))
        #expect(FollowUp(question, after: "다른 질문").searchText == question)
    }

    @Test func `of a talk lean on the last that stood alone`() {
        func message(_ text: String, _ number: Int) -> Message {
            Message(
                id: "\(number)",
                conversationID: "x",
                number: number,
                author: .person,
                text: text,
                createdAt: today
            )
        }
        let asked = ["병가는 며칠까지 쓰나요", "육아휴직 수당은 얼마인가요", "그럼 8급은?"]
        let messages = asked.enumerated().map { message($1, $0 + 1) }
        #expect(FollowUp.thread(of: messages) == asked[1...].joined(separator: "\n"))
        #expect(FollowUp.thread(of: []) == nil)
    }

    @Test(arguments: ["비밀번호", "신청"])
    func `with several meanings are asked back, and every choice is clear`(question: String) throws
    {
        let back = try answer(question)
        #expect(back.kind == .unclear)
        #expect(back.choices.count > 1)
        for choice in back.choices {
            #expect(try answer(choice).kind == .quoted, "\(choice)")
        }
    }

    @Test func `of two words that fit two articles alike are asked back`() throws {
        func passage(_ number: Int64, _ topic: String, _ body: String) -> KnowledgePassage {
            KnowledgePassage(
                id: number,
                documentID: "a",
                number: Int(number),
                heading: topic,
                locator: topic,
                body: body
            )
        }
        func found(
            _ score: Double,
            _ passage: KnowledgePassage,
            in title: String = "청사"
        ) -> FoundArticle {
            let read = ImportedDocument(title: title, facts: FrontMatter(), passages: [])
            let document = KnowledgeDocument(
                read,
                id: title,
                at: Instant(millisecondsSinceEpoch: 0)
            )
            return FoundArticle(
                number: UInt32(passage.id),
                passage: passage,
                document: document,
                features: RankingFeatures(PassageFeatures(), passage, of: document),
                score: score
            )
        }
        let query = TextQuery("주차 신청")
        let two = [
            found(10, passage(1, "방문 주차 신청", "가")), found(9.9, passage(2, "직원 주차 신청", "나")),
        ]
        let clear = Ambiguity(question: "주차 신청", query: query, found: [two[0]]).choices
        #expect(clear.isEmpty)
        let asked = Ambiguity(question: "주차 신청", query: query, found: two).choices
        #expect(asked == ["방문 주차 신청", "직원 주차 신청"])
        let chosen = Ambiguity(question: "방문 주차 신청", query: query, found: two).choices
        #expect(chosen.isEmpty)
        let same = [two[0], found(9.9, passage(2, "방문 주차 신청", "나"), in: "별관")]
        let named = Ambiguity(question: "주차 신청", query: query, found: same).choices
        #expect(named == ["청사: 방문 주차 신청", "별관: 방문 주차 신청"])
    }
}

@Suite struct `Numbers of people` {
    @Test(arguments: [
        ("８８０１０１－１２３４５６７", "[주민등록번호]"), ("０１０-１２３４-５６７８", "[전화번호]"),
        ("880101-1234567", "[주민등록번호]"),
    ])
    func `are masked in full width too`(text: String, mark: String) {
        #expect(PersonalData.masked("번호 \(text)입니다") == "번호 \(mark)입니다")
    }

    @Test func `are masked in a reply before it is kept`() async throws {
        try await CityClient.with(city, now: today) { client in
            let person = try await client.signedIn(as: "staff@sample.example")
            _ = try await person.submit(
                "/assistant/talks",
                from: "/assistant",
                ["question": "옥상 텃밭 분양"]
            )
            let store = client.city.platform.store
            let message = try #require(
                try await store.read {
                    try $0.value(
                        "SELECT id FROM assistant_message WHERE author = 'assistant'",
                        as: String.self
                    )
                }
            )
            for _ in 0..<2 {
                _ = try await person.submit(
                    "/assistant/messages/\(message)/hand-over",
                    from: "/assistant",
                    [:]
                )
            }
            let ids = try await store.read {
                try $0.rows("SELECT id FROM assistant_hand_over", as: String.self)
            }
            #expect(ids.count == 1)
            let agent = try await client.signedIn(as: "agent@sample.example")
            let place = "/assistant/queue/\(ids[0])"
            let sent = try await agent.submit(
                "\(place)/reply",
                from: place,
                ["reply": "계좌 110-123-456789, 880101-1234567, 010-1234-5678"]
            )
            #expect(sent.status == 303)
            let kept = try await store.read {
                try $0.rows(
                    """
                    SELECT text FROM assistant_message WHERE author = 'colleague'
                    UNION ALL SELECT reply FROM assistant_hand_over
                    """,
                    as: String.self
                )
            }
            #expect(Set(kept) == ["계좌 [계좌·카드번호], [주민등록번호], [전화번호]"])
        }
    }
}
