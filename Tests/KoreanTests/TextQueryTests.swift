import Basics
import Testing

@testable import Korean

@Suite struct TextQueryTests {
    let index: TextIndex

    init() throws {
        index = try TextIndex(
            [
                "공무원의 연가 일수는 재직기간에 따른다.", "병가는 연 60일의 범위에서 허가할 수 있다.",
                "시간외근무수당은 예산의 범위에서 지급한다.", "온라인 원격근무를 실시할 수 있다.", "연가보상비를 지급할 수 있다.",
            ].map { IndexedText(body: $0) }
        )
    }

    private func first(_ text: String, _ synonyms: SynonymTable = SynonymTable()) -> UInt32? {
        index.search(TextQuery(text, synonyms: synonyms)).first?.document
    }

    @Test(
        arguments: [
            ("연가일수", 0), ("연가 일수는 며칠인가요?", 0), ("병가는며칠까지되나요", 1), ("병거 60일", 1),
            ("시간외 근무 수당", 2), ("원격 근무", 3), ("연가 보상비", 4),
        ] as [(String, UInt32)]
    )
    func `questions find their text, unspaced and mistyped ones too`(text: String, document: UInt32)
    {
        #expect(first(text) == document)
    }

    @Test func `NFD finds what NFC holds`() {
        let decomposed = "\u{1107}\u{1167}\u{11BC}\u{1100}\u{1161}"
        #expect(TextQuery(decomposed).terms == TextQuery("병가").terms)
        #expect(first(decomposed) == 1)
    }

    @Test func `odd queries find nothing and never fail`() {
        #expect(TextQuery("").isEmpty)
        #expect(TextQuery("🤖👨‍👩‍👧‍👦 ?!").isEmpty)
        #expect(index.search(TextQuery("")).isEmpty)
        #expect(index.search(TextQuery("연가"), options: SearchOptions(limit: 0)).isEmpty)
        #expect(index.search(TextQuery("연가"), options: SearchOptions(limit: -1)).isEmpty)
        #expect(TextIndex().search(TextQuery("연가")).isEmpty)
        var random = SeededRandom(seed: 5)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...64, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = index.search(TextQuery(String(decoding: bytes, as: UTF8.self)))
        }
    }

    @Test func `a query of 100 kB is read up to its limits`() {
        let long = TextQuery(String(repeating: "연가 일수를 알려 주세요 ", count: 4_000))
        #expect(index.search(long).first?.document == 0)
        var random = SeededRandom(seed: 6)
        let units = (0..<50_000).map { _ in UInt16.random(in: 0xAC00...0xD7A3, using: &random) }
        let varied = TextQuery(String(decoding: units, as: UTF16.self))
        #expect(varied.terms.count == TextQuery.maximumTermCount)
        _ = index.search(varied)
    }

    @Test func `question words count less`() throws {
        let query = TextQuery("연가는 무엇인가")
        let asking = try #require(query.terms.first { $0.text == "무엇" })
        let word = try #require(query.terms.first { $0.text == "연가" && $0.kind == .word })
        #expect(asking.weight < word.weight)
    }

    @Test func `a word that no text has is searched with one letter changed, and says so`() throws {
        let hits = index.search(TextQuery("병거"))
        let parts = index.explanation(of: try #require(hits.first).document, for: TextQuery("병거"))
        #expect(parts.contains { $0.term.origin == .correction(of: "병거") && $0.contribution > 0 })
        #expect(index.search(TextQuery("병거"), options: SearchOptions(correctsWords: false)).isEmpty)
    }
}

@Suite struct SynonymTests {
    static let text = """
        # 근무
        초근, 초과근무, 시간외근무
        재택근무, 원격근무, 온라인 원격근무

        연보비 => 연가보상비
        """

    @Test func `a table reads and writes its text form`() throws {
        let table = try SynonymTable(text: Self.text)
        #expect(table.rules.count == 3)
        #expect(try SynonymTable(text: table.text) == table)
        #expect(table.alternatives(for: "초근") == ["초과근무", "시간외근무"])
        #expect(table.alternatives(for: "시간외 근무") == ["초근", "초과근무"])
        #expect(table.alternatives(for: "연보비") == ["연가보상비"])
        #expect(table.alternatives(for: "연가보상비").isEmpty)
    }

    @Test(
        arguments: [
            ("연가", 1), ("연가, 휴가\n병가, ", 2), ("가 => 나 => 다", 1), ("\n\n=> 연가", 3), ("연가 =>", 1),
            ("연가, 휴가\n# 주석\n공가, 연 가", 3), ("연가, …", 1),
            (String(repeating: "가", count: 41) + ", 나", 1),
        ] as [(String, Int)]
    )
    func `a wrong line is named by its number`(text: String, line: Int) {
        let error = #expect(throws: KoreanError.self) { try SynonymTable(text: text) }
        #expect(error?.code == .invalidSynonyms)
        #expect(error?.context == "line \(line)")
        #expect(error?.message.korean.hasPrefix("\(line)번째 줄") == true)
    }

    @Test(
        arguments: [
            ("초근은 몇 시간까지 되나요", ["초근"]), ("초과 근무 신청", ["초과 근무"]), ("초과근무수당", ["초과근무"]),
            ("재택근무와 초근", ["재택근무", "초근"]), ("최초근무일", []), ("연보비율", ["연보비"]), ("근무", []),
            ("올해초과근무신청", ["초과근무"]),
        ] as [(String, [String])]
    )
    func `words of the table are found in a query as words`(text: String, typed: [String]) throws {
        let query = TextQuery(text, synonyms: try SynonymTable(text: Self.text))
        #expect(query.alternatives.map(\.typed) == typed)
    }

    @Test func `synonyms find what the words do not, and count less`() throws {
        let table = try SynonymTable(text: Self.text)
        let index = try TextIndex(
            ["시간외근무수당을 지급한다", "병가를 허가한다", "초근 대장"].map { IndexedText(body: $0) }
        )
        let hits = index.search(TextQuery("초근", synonyms: table))
        #expect(hits.map(\.document) == [2, 0])
        let parts = index.explanation(of: 0, for: TextQuery("초근", synonyms: table))
        #expect(parts.contains { $0.contribution > 0 && $0.term.origin == .synonym(of: "초근") })
    }
}
