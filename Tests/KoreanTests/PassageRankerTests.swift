import Basics
import Testing

@testable import Korean

@Suite struct PassageRankerTests {
    private static let filler = String(repeating: "그 밖의 사항은 따로 정하는 바에 따른다. ", count: 6)

    /// The features of passages, by caption and body, for a question.
    private func features(
        _ question: String,
        _ passages: [(caption: String, body: String)],
        synonyms: String = ""
    ) throws -> [PassageFeatures] {
        let index = try TextIndex(
            passages.map { IndexedText(heading: $0.caption, body: $0.body) }
                + [IndexedText(body: Self.filler)]
        )
        let query = TextQuery(question, synonyms: try SynonymTable(text: synonyms))
        return PassageRanker(index: index).features(
            of: passages.enumerated().map { number, passage in
                RankedPassage(
                    hit: SearchHit(document: UInt32(number), score: 1),
                    title: "",
                    caption: passage.caption,
                    body: passage.body
                )
            },
            for: query
        )
    }

    @Test func `words that stand together are nearer than scattered ones`() throws {
        let found = try features(
            "출장 숙박비 한도",
            [
                ("", "출장 숙박비 한도를 정한다. \(Self.filler)"),
                ("", "출장을 간다. \(Self.filler) 숙박비를 낸다. \(Self.filler) 한도가 있다."),
            ]
        )
        #expect(found[0].proximity > found[1].proximity)
        #expect(found[0].coverage == found[1].coverage)
        #expect(found[0].coverage > 0.99)
    }

    @Test func `of many words that mean the same a passage needs one`() throws {
        let passages = [(caption: "", body: "시간외근무를 명한다."), (caption: "", body: "병가를 허가한다.")]
        let few = try features("초근", passages, synonyms: "초근 => 시간외근무")
        let many = try features(
            "초근",
            passages,
            synonyms: "초근 => 시간외근무, 초과근무, 야간근무, 휴일근무, 연장근무, 특별근무"
        )
        #expect(few[0].coverage > 0.8)
        #expect(many[0].coverage == few[0].coverage)
        #expect(few[1].coverage == 0)
    }

    @Test func `a caption that says what is asked counts beside the body`() throws {
        let found = try features(
            "기록관이 하는 일",
            [("제13조(기록관)", "사무를 나누어 맡는다."), ("제14조(문서)", "기록관으로 옮긴다.")]
        )
        #expect(found[0].captionPairs > found[1].captionPairs)
    }

    @Test func `what no document says in any word is unknown`() throws {
        let passages = [(caption: "출장", body: "출장 여비를 지급한다.")]
        let known = try features("출장 여비는 얼마 주나요", passages)[0]
        let absurd = try features("달나라 유령 출장", passages)[0]
        #expect(known.unknownShare < 0.3)
        #expect(absurd.unknownShare > 0.5)
        #expect(try features("달나라", passages, synonyms: "달나라 => 출장")[0].unknownShare == 0)
    }

    @Test func `the best score of a search counts one`() throws {
        let index = try TextIndex([IndexedText(body: "연가 일수"), IndexedText(body: "연가")])
        let query = TextQuery("연가 일수")
        let passages = index.search(query).map {
            RankedPassage(hit: $0, title: "", caption: "", body: "연가")
        }
        let shares = PassageRanker(index: index).features(of: passages, for: query)
            .map(\.searchScore)
        #expect(shares[0] == 1)
        #expect(shares[1] > 0 && shares[1] < 1)
    }

    @Test func `odd questions and passages give shares and never fail`() throws {
        var random = SeededRandom(seed: 11)
        var questions = ["", "?", "🤖", String(repeating: "연가 일수를 알려 주세요 ", count: 4_000)]
        for _ in 0..<50 {
            let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            questions.append(String(decoding: bytes, as: UTF8.self))
        }
        let passages = [("", ""), ("연가", "연가는 21일"), (questions[4], questions[5])]
        for question in questions {
            for found in try features(question, passages, synonyms: "연가 => 휴가") {
                for share in [
                    found.searchScore, found.proximity, found.captionPairs, found.coverage,
                    found.unknownShare,
                ] {
                    #expect(share >= 0 && share <= 1.000_001)
                }
            }
        }
    }

    @Test func `a regression without signals is even`() {
        let regression = LogisticRegression(constant: 0, weights: [2, -1])
        #expect(regression.likelihood(of: [0, 0]) == 0.5)
        #expect(regression.likelihood(of: [1, 0]) > 0.85)
        #expect(regression.likelihood(of: [0, 3]) < 0.05)
    }
}
