import Basics
import Testing

@testable import Korean

/// Titles as plans have them: words, sometimes run together, now and then a rare one.
private struct TitleSource {
    static let words = [
        "통합", "지능형", "CCTV", "홈페이지", "유지관리", "챗봇", "복지", "스마트경로당", "노원구", "구축", "동작구",
        "AI", "5G", "시스템", "고도화", "Wi-Fi", "🤖", "(재공고)", "2023년", "ＬＥＤ", "운영", "데이터", "행정동",
    ]
    var random: SeededRandom

    mutating func title() -> String {
        var title = ""
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            title += Self.words.randomElement(using: &random) ?? ""
            title += ["", " ", " ", "  ", "\u{3000}", "\t"].randomElement(using: &random) ?? ""
            if Int.random(in: 0..<20, using: &random) == 0 {
                title += String(
                    decoding: [UInt16.random(in: 0xAC00...0xD7A3, using: &random)],
                    as: UTF16.self
                )
            }
        }
        return title
    }
}

/// Reads every text, with none of the engine's code.
private struct BruteForce {
    let compact: [[UInt16]]

    init(_ texts: [String]) {
        compact = texts.map { Self.fold($0) }
    }

    static func fold(_ text: String) -> [UInt16] {
        let narrow = text.unicodeScalars.map { scalar in
            (0xFF01...0xFF5E).contains(scalar.value)
                ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        }
        var folded = String.UnicodeScalarView()
        folded.append(contentsOf: narrow.filter { !$0.properties.isWhitespace })
        return Array(String(folded).lowercased().utf16)
    }

    func rows(_ words: [String]) -> [UInt32] {
        let needles = words.map { Self.fold($0) }
        return compact.indices.filter { row in needles.allSatisfy { occurs($0, compact[row]) } }
            .map { UInt32($0) }
    }

    private func occurs(_ needle: [UInt16], _ text: [UInt16]) -> Bool {
        guard needle.count <= text.count else { return false }
        return (0...(text.count - needle.count)).contains { start in
            for offset in needle.indices where text[start + offset] != needle[offset] {
                return false
            }
            return true
        }
    }
}

private func rows(_ index: SubstringIndex, _ query: String) throws -> [UInt32] {
    try index.matches(SubstringQuery(query)).rowNumbers
}

@Suite struct SubstringIndexTests {
    static let titles: [String] = {
        var source = TitleSource(random: SeededRandom(seed: 11))
        return (0..<10_000).map { _ in source.title() }
    }()

    @Test(
        arguments: [
            "챗봇", "복지", "지능형 CCTV 노원", "지능형CCTV", "동", "cctv", "ｃｃｔｖ", "led", "5g망", "🤖", "(재",
            "합지능", "스마트경로당", "구축 구축", "없는낱말", "동 동작 행정동", "2023년", "wi-fi",
        ])
    func `finds exactly the rows that reading every text finds`(query: String) throws {
        let index = try SubstringIndex(Self.titles)
        let words = query.split(separator: " ").map { String($0) }
        #expect(try rows(index, query) == BruteForce(Self.titles).rows(words))
    }

    @Test func `finds every substring of a title, wherever it begins and ends`() throws {
        let index = try SubstringIndex(Self.titles)
        let oracle = BruteForce(Self.titles)
        var random = SeededRandom(seed: 5)
        for _ in 0..<60 {
            let compact = (Self.titles.randomElement(using: &random) ?? "").filter {
                !$0.isWhitespace
            }
            let length = Int.random(in: 1...5, using: &random)
            guard let start = compact.indices.randomElement(using: &random) else { continue }
            let word = String(compact[start...].prefix(length)).filter { $0 != "\"" }
            #expect(try rows(index, word) == oracle.rows([word]), "\(word)")
        }
    }

    @Test func `an index grown in steps answers as one built at once`() throws {
        var random = SeededRandom(seed: 3)
        var grown = SubstringIndex()
        var rest = Self.titles[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...2_500, using: &random)
            grown = try grown.appending(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        let built = try SubstringIndex(Self.titles)
        #expect(grown.rowCount == Self.titles.count)
        for query in ["챗봇", "동", "지능형 CCTV 노원", "\"지능형 CCTV\"", ""] {
            #expect(try rows(grown, query) == rows(built, query), "\(query)")
        }
    }

    @Test func `rows beyond the first segment are found under their own numbers`() throws {
        let count = BigramPostings.maximumRowCount + 10
        var builder = SubstringIndex.Builder()
        for row in 0..<count { try builder.append(row % 1_000 == 0 ? "드문 제목 \(row)" : "제목") }
        #expect(builder.rowCount == count)
        let index = builder.finish()
        let expected = stride(from: 0, to: count, by: 1_000).map { UInt32($0) }
        #expect(try rows(index, "드문") == expected)
        let longer = try index.appending(["드문 끝"])
        #expect(try rows(longer, "드문") == expected + [UInt32(count)])
        #expect(try rows(longer, "제") == (0..<UInt32(count)).map { $0 })
    }

    @Test func `a removed row is never found, and its number is never used again`() throws {
        let index = try SubstringIndex(["챗봇 구축", "복지 챗봇", "도로"])
        let edition = try index.replacing(removed: [1, 1], added: ["챗봇 운영"])
        #expect(try rows(edition, "챗봇") == [0, 3])
        #expect(try rows(edition, "") == [0, 2, 3])
        #expect(edition.removedRowCount == 1)
        #expect(try rows(index, "챗봇") == [0, 1])
        #expect(throws: KoreanError.self) { try index.removing([3]) }
    }

    @Test func `a phrase in quotation marks keeps its spaces`() throws {
        let index = try SubstringIndex(["지능형 CCTV", "지능형CCTV", "지능형  cctv 망", "가 나", "가나"])
        #expect(try rows(index, "지능형CCTV") == [0, 1, 2])
        #expect(try rows(index, "지능형 CCTV") == [0, 1, 2])
        #expect(try rows(index, "\"지능형 CCTV\"") == [0, 2])
        #expect(try rows(index, "“지능형CCTV”") == [1])
        #expect(try rows(index, "\"가 나\"") == [3])
        #expect(try rows(index, "\"가나\" 나") == [4])
        #expect(try rows(index, "\"지능형 CCTV") == [0, 2])
    }

    @Test func `NFD from a file name finds and is found`() throws {
        let decomposed = "\u{110E}\u{1162}\u{11BA}\u{1107}\u{1169}\u{11BA}"
        let index = try SubstringIndex(["챗봇 구축", decomposed, "책봇"])
        #expect(try rows(index, "챗봇") == [0, 1])
        #expect(try rows(index, decomposed) == [0, 1])
    }

    @Test func `the empty query finds every row`() throws {
        let index = try SubstringIndex(["가", ""])
        for query in ["", "  \t", "\"\"", "\u{3000}"] {
            #expect(try SubstringQuery(query).isEmpty)
            #expect(try rows(index, query) == [0, 1])
        }
        #expect(try rows(SubstringIndex(), "가") == [])
    }

    @Test func `limits are refused by name`() throws {
        let long = String(repeating: "가", count: 10_240 / 3)
        #expect { try SubstringQuery(long) } throws: {
            ($0 as? KoreanError)?.code == .queryTooLong
        }
        let many = (0...SubstringQuery.maximumTermCount).map { "낱말\($0)" }.joined(separator: " ")
        #expect { try SubstringQuery(many) } throws: {
            ($0 as? KoreanError)?.code == .tooManyTerms
        }
        let text = String(repeating: "가", count: SubstringIndex.maximumTextByteCount)
        #expect { try SubstringIndex([text]) } throws: {
            ($0 as? KoreanError)?.code == .textTooLong
        }
    }

    @Test func `highlights are the bytes of the source that match`() throws {
        let text = "스마트 지능형 ＣＣＴＶ와 cctv"
        let query = try SubstringQuery("지능형CCTV 와 cctv")
        let bytes = Array(text.utf8)
        let parts = query.highlights(in: text).map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(parts == ["지능형 ＣＣＴＶ와", "cctv"])
        #expect(query.matches(text))
        #expect(try SubstringQuery("").highlights(in: text).isEmpty)
    }

    @Test func `a query's own verdict on a text agrees with the index`() throws {
        let index = try SubstringIndex(Self.titles.prefix(1_000))
        for text in ["동", "\"지능형 CCTV\"", "합지 구축", "🤖"] {
            let query = try SubstringQuery(text)
            let read = Self.titles.prefix(1_000).indices.filter { query.matches(Self.titles[$0]) }
            #expect(index.matches(query).rowNumbers == read.map { UInt32($0) }, "\(text)")
        }
    }

    @Test func `a snapshot brings the same index back`() throws {
        let index = try SubstringIndex(Self.titles.prefix(5_000))
            .replacing(removed: [7, 4_999], added: ["동 챗봇", "끝"])
        let restored = try SubstringIndex(snapshot: index.snapshot)
        #expect(restored.rowCount == 5_002)
        #expect(restored.removedRowCount == 2)
        for query in ["챗봇", "동", "지능형 CCTV 노원", "\"지능형 CCTV\"", ""] {
            #expect(try rows(restored, query) == rows(index, query))
        }
    }

    @Test func `a damaged snapshot is refused`() throws {
        let bytes = try SubstringIndex(Self.titles.prefix(200)).snapshot
        var random = SeededRandom(seed: 9)
        for _ in 0..<50 {
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x10
            #expect(throws: KoreanError.self) { try SubstringIndex(snapshot: damaged) }
            let cut = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
            #expect(throws: KoreanError.self) { try SubstringIndex(snapshot: cut) }
        }
    }
}
