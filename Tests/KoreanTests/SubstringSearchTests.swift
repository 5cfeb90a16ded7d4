import Basics
import Testing

@testable import Korean

@Suite struct `The words of a search box` {
    private static let titles = [
        "노원구 지능형 CCTV 구축", "챗봇 상담 고도화", "시민 상담용 챗봇을 넓힌다", "온라인 원격근무 지원",
        "재택근무 장비 도입", "2023년도 홈페이지 유지관리", "경기도 연계 통신망", "스마트경로당 관제",
    ]
    private let index: SubstringIndex

    init() throws {
        index = try SubstringIndex(Self.titles)
    }

    private func find(
        _ text: String,
        _ synonyms: SynonymTable = SynonymTable()
    ) throws -> SubstringFinding {
        index.find(try SubstringSearch(TextQuery(text, synonyms: synonyms)))
    }

    @Test(arguments: [
        ("챗봇을", [1, 2], "챗봇을 → 챗봇"), ("챗봇", [1, 2], ""), ("\"챗봇을\"", [2], ""),
        ("지능형CCTV노원", [0], "지능형CCTV노원 → 지능형 cctv 노원"), ("노원구축", [0], "노원구축 → 노원 구축"),
        ("쳇봇", [1, 2], "쳇봇 → 챗봇"), ("쳇봇 고도화", [1], "쳇봇 → 챗봇"), ("스마트 경로당", [7], ""),
        ("CCTV를", [0], "CCTV를 → cctv"), ("경기도", [6], ""), ("없는낱말", [], ""), ("봇", [1, 2], ""),
        ("노원 챗봇", [], ""), ("연개", [], ""),
        ("스마토경로당", [7], "스마토경로당 → 스마트경로당"),
    ])
    func `find what people mean, and say what was searched`(
        text: String,
        rows: [UInt32],
        told: String
    ) throws {
        let found = try find(text)
        #expect(found.matches.rowNumbers == rows)
        let alternatives = found.search.alternatives.map {
            "\($0.typed) → \($0.searched.joined(separator: ", "))"
        }
        #expect(alternatives.joined(separator: "; ") == told)
    }

    @Test func `synonyms are found beside the typed word, and ranked after it`() throws {
        let table = try SynonymTable(text: "재택근무, 온라인 원격근무\n")
        let found = try find("재택근무", table)
        #expect(found.matches.rowNumbers == [3, 4])
        #expect(index.ranked([3, 4], by: found.search) == [4, 3])
        #expect(found.search.highlights(in: Self.titles[3]) == [0..<22])
    }

    @Test func `every text with the literal words is found, whatever they are`() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<400 {
            let title = Array(Self.titles.randomElement(using: &random) ?? "")
            let start = Int.random(in: 0..<title.count, using: &random)
            let end = Int.random(in: start..<title.count, using: &random)
            let text = String(title[start...end])
            let literal = index.matches(try SubstringQuery(text))
            let found = try find(text).matches
            #expect(literal.rowNumbers.allSatisfy(found.contains), "\(text)")
        }
    }

    @Test func `an early word, a word's beginning and words side by side come first`() throws {
        let texts = [
            "서버를 사고 챗봇도 함께 만든다", "공공챗봇", "챗봇 구축", "구축할 챗봇", "데이터\n먼 설명에 챗봇 구축",
        ]
        let index = try SubstringIndex(texts)
        let search = try SubstringSearch(TextQuery("챗봇"))
        #expect(index.ranked([0, 1, 2, 3, 4], by: search)?.prefix(3) == [2, 3, 0])
        let both = try SubstringSearch(TextQuery("챗봇 구축"))
        #expect(index.ranked([2, 3, 4], by: both) == [2, 4, 3])
    }

    @Test func `the ranking of several segments is that of one text after another`() throws {
        let count = BigramPostings.maximumRowCount + 10
        let texts = (0..<count).map { $0 % 1_000 == 7 ? "챗봇 \($0)" : "가나다 라마바" }
        let index = try SubstringIndex(texts)
        let found = index.find(try SubstringSearch(TextQuery("챗봇")))
        let ranked = try #require(index.ranked(found.matches.rowNumbers, by: found.search))
        #expect(ranked == found.matches.rowNumbers.reversed())
        #expect(index.ranked(Array(0..<60_000), by: found.search) == nil)
    }

    @Test(arguments: ["", "   ", "\"", "🙂", String(repeating: "가", count: 1_300), "!!!"])
    func `odd words do no harm`(text: String) throws {
        let found = try find(text)
        #expect(found.matches.count <= Self.titles.count)
    }

    @Test func `words beyond the limits are refused with the reason`() {
        #expect(throws: KoreanError.self) {
            try SubstringSearch(TextQuery(String(repeating: "가", count: 2_000)))
        }
        #expect(throws: KoreanError.self) {
            try SubstringSearch(TextQuery((0..<40).map { "낱\($0)" }.joined(separator: " ")))
        }
    }
}
