import Basics
import Testing

@testable import Korean

@Suite struct SentenceSplitterTests {
    private func sentences(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return SentenceSplitter().ranges(in: text).map {
            String(decoding: bytes[$0], as: UTF8.self)
        }
    }

    @Test(
        arguments: [
            ("연가는 21일이다. 병가는 60일이다.", ["연가는 21일이다.", "병가는 60일이다."]),
            ("되나요? 네! 됩니다.", ["되나요?", "네!", "됩니다."]),
            ("했다.그러나 아니다.", ["했다.", "그러나 아니다."]),
            ("로버트 E. 리 대령이 갔다. 끝.", ["로버트 E. 리 대령이 갔다.", "끝."]),
            ("Dr. Kim met Mr. Lee. They left.", ["Dr. Kim met Mr. Lee.", "They left."]),
            ("2025. 7. 22. 시행한다. 다음.", ["2025. 7. 22. 시행한다.", "다음."]),
            ("원주율은 3.14이다. 그렇다.", ["원주율은 3.14이다.", "그렇다."]),
            ("장(이하 \"장\"이라 한다. 이하 같다)은 정한다. 끝.", ["장(이하 \"장\"이라 한다. 이하 같다)은 정한다.", "끝."]),
            ("“간다.” 그가 말했다.", ["“간다.”", "그가 말했다."]),
            ("“간다.”라고 말했다.", ["“간다.”라고 말했다."]),
            ("줄이 바뀌어도\n이어진다.", ["줄이 바뀌어도\n이어진다."]),
            ("첫 문단\n\n둘째 문단", ["첫 문단", "둘째 문단"]),
            ("日本。中国！", ["日本。", "中国！"]),
            ("", []), (" \n ", []), ("---\n***", []), ("…", []),
        ] as [(String, [String])]
    )
    func `sentences end where a reader ends them`(text: String, expected: [String]) {
        #expect(sentences(text) == expected)
    }

    @Test func `the parts of an article of law are sentences`() {
        let text = """
            ##### 제2조 (근무시간 등)

            **①** 1주간 근무시간은 40시간으로 한다. <개정 2019.12.31>

            **②** 다음 각 호와 같다.

              1\\. 연 1회 이상의 점검
              2\\. 후속조치
                가. 징계의결 요구
            """
        #expect(
            sentences(text) == [
                "##### 제2조 (근무시간 등)", "**①** 1주간 근무시간은 40시간으로 한다.", "<개정 2019.12.31>",
                "**②** 다음 각 호와 같다.", "1\\. 연 1회 이상의 점검", "2\\. 후속조치", "가. 징계의결 요구",
            ]
        )
    }

    @Test func `ranges are apart, ascending and whole characters`() {
        var random = SeededRandom(seed: 9)
        let parts = [
            "가. ", "1. ", "다. ", "① ", "\n", "(", ")", "👨‍👩‍👧. ", "é! ", "A. ",
            "\u{1112}\u{1161}\u{11AB}. ",
        ]
        for _ in 0..<300 {
            let text = (0..<20).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            var last = 0
            for range in SentenceSplitter().ranges(in: text) {
                #expect(range.lowerBound >= last && range.upperBound <= text.utf8.count)
                last = range.upperBound
                let bytes = Array(text.utf8)[range]
                #expect(String(validating: bytes, as: UTF8.self) != nil)
            }
        }
    }
}

@Suite struct AnswerReaderTests {
    static let passages = [
        "연가는 재직기간에 따라 준다. 6년 이상 근무하면 연가는 21일이다. 연가는 오전이나 오후에 나누어 쓸 수 있다.",
        "병가는 연 60일까지 허가한다. 7일이 넘으면 진단서를 낸다.",
        "출장을 가면 여비를 지급한다. 여비는 정산한다.",
    ]
    let index: TextIndex

    init() throws { index = try TextIndex(Self.passages.map { IndexedText(body: $0) }) }

    private func answer(_ text: String) -> ExtractedAnswer {
        let query = TextQuery(text)
        let found = index.search(query).map {
            FoundPassage(
                document: $0.document,
                text: Self.passages[Int($0.document)],
                score: $0.score
            )
        }
        return AnswerReader(index: index).answer(to: query, from: found)
    }

    @Test func `the sentence that answers is quoted with its place`() throws {
        let best = try #require(answer("6년 근무하면 연가는 며칠인가요?").sentences.first)
        #expect(best.text == "6년 이상 근무하면 연가는 21일이다.")
        #expect(best.document == 0)
        let bytes = Array(Self.passages[0].utf8)
        #expect(String(decoding: bytes[best.utf8Range], as: UTF8.self) == best.text)
    }

    @Test func `a second sentence covers what the first left open`() {
        let quoted = answer("병가는 며칠이고 진단서는 언제 내나요?").sentences.map(\.text)
        #expect(Set(quoted) == ["병가는 연 60일까지 허가한다.", "7일이 넘으면 진단서를 낸다."])
    }

    @Test func `confidence is low where the passages do not answer`() {
        #expect(answer("6년 이상 근무하면 연가는?").confidence > answer("구내식당 연가 메뉴 가격").confidence)
        #expect(answer("구내식당 메뉴").confidence < 0.1)
        #expect(answer("").confidence < 0.1)
        #expect(answer("").sentences.isEmpty)
    }
}

@Suite struct HighlighterTests {
    private func marked(_ text: String, _ query: String) -> [String] {
        let bytes = Array(text.utf8)
        return Highlighter(TextQuery(query)).ranges(in: text).map {
            String(decoding: bytes[$0], as: UTF8.self)
        }
    }

    @Test(
        arguments: [
            ("공무원의 연가는 21일이다", "연가 일수", ["연가"]), ("연가일수를 정한다", "연가 일수", ["연가일수"]),
            ("연가 일수를 정한다", "연가일수는며칠", ["연가 일수"]), ("병가신청서", "병가", ["병가"]),
            ("성공가능성", "공가", []), ("CCTV를 설치", "cctv", ["CCTV"]), ("무엇이든", "무엇인가", []),
            ("", "연가", []),
        ] as [(String, String, [String])]
    )
    func `what the query found is marked`(text: String, query: String, expected: [String]) {
        #expect(marked(text, query) == expected)
    }

    @Test func `a mark or a snippet never cuts a character`() {
        var random = SeededRandom(seed: 11)
        let parts = [
            "연가", "\u{1112}\u{1161}\u{11AB}글", "👨‍👩‍👧‍👦", "e\u{301}", "가\u{301}", " ", "일수", "🇰🇷",
            "한글\u{FE0F}", "は\u{3099}", "\r\n",
            "A\u{200D}B", "\u{1161}", "2년\u{20DD}",
        ]
        for _ in 0..<300 {
            let text = (0..<40).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            let edges = Set(CharacterEdges(text).edges)
            let highlighter = Highlighter(TextQuery("연가 한글 일수 café e 가 2년 か"))
            for range in highlighter.ranges(in: text) {
                #expect(edges.contains(range.lowerBound) && edges.contains(range.upperBound))
            }
            let snippet = highlighter.snippet(of: text, maximumCharacterCount: 20)
            #expect(edges.contains(snippet.utf8Range.lowerBound))
            #expect(edges.contains(snippet.utf8Range.upperBound))
            #expect(snippet.text.count <= 20)
            #expect(snippet.highlights.allSatisfy { $0.upperBound <= snippet.text.utf8.count })
        }
    }

    @Test func `a snippet shows the part that matches`() {
        let text =
            String(repeating: "다른 이야기가 길게 이어집니다. ", count: 30) + "연가 일수는 21일이다. "
            + String(repeating: "또 다른 이야기. ", count: 30)
        let snippet = Highlighter(TextQuery("연가 일수")).snippet(of: text, maximumCharacterCount: 60)
        #expect(snippet.text.contains("연가 일수는 21일이다"))
        #expect(snippet.isCutAtStart && snippet.isCutAtEnd)
        #expect(!snippet.highlights.isEmpty)
        #expect(Highlighter(TextQuery("없는말")).snippet(of: "짧은 글").text == "짧은 글")
    }
}
