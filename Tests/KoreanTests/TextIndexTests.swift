import Basics
import Testing

@testable import Korean

/// Short texts of few words, so that terms are shared and ties occur.
struct TextSource {
    static let words = [
        "연가", "병가는", "공가를", "일수", "지방공무원", "국가공무원의", "복무규정", "CCTV", "2025년", "3일", "신청",
        "신청서", "초과근무", "시간외근무수당", "교육", "출장", "여비", "漢字", "café", "휴직", "육아휴직",
    ]
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func text(words count: ClosedRange<Int> = 1...12) -> String {
        (0..<Int.random(in: count, using: &random)).map { _ in
            (Self.words.randomElement(using: &random) ?? "")
                + (Bool.random(using: &random) ? " " : ". ")
        }.joined()
    }

    mutating func document() -> IndexedText {
        let isTitled = Int.random(in: 0..<3, using: &random) == 0
        return IndexedText(
            title: isTitled ? text(words: 1...2) : "",
            heading: isTitled ? text(words: 1...2) : "",
            body: text()
        )
    }
}

/// BM25 by the book over the analyser's tokens: no index, no skipping.
struct BruteForceBM25 {
    let documents: [UInt32: [String: Int]]
    let configuration = TextIndex.Configuration()

    init(_ texts: [UInt32: IndexedText]) {
        let configuration = configuration
        documents = texts.mapValues { text in
            let fields = [
                (text.title, configuration.titleWeight),
                (text.heading, configuration.headingWeight),
                (text.body, configuration.bodyWeight),
            ]
            var counts: [String: Int] = [:]
            for (field, weight) in fields {
                for token in Analyzer().tokens(of: field) {
                    counts[Self.name(token.kind.stream, token.key), default: 0] += Int(weight)
                }
            }
            return counts
        }
    }

    static func name(_ stream: TermStream, _ key: TermKey) -> String { "\(stream) \(key.bits)" }

    func search(_ query: TextQuery, limit: Int) -> [(document: UInt32, score: Double)] {
        var scores: [UInt32: Double] = [:]
        for term in query.terms {
            let stream = term.kind.stream
            let name = Self.name(stream, term.key)
            let frequency = Double(documents.count { $1[name] != nil })
            let idf = log1p((Double(documents.count) - frequency + 0.5) / (frequency + 0.5))
            let lengths = documents.mapValues { counts in
                counts.filter { $0.key.hasPrefix("\(stream) ") }.reduce(0) { $0 + $1.value }
            }
            let average = Double(lengths.values.reduce(0, +)) / Double(documents.count)
            let parameters = stream == .stem ? configuration.stems : configuration.bigrams
            let (k1, b) = (Double(parameters.k1), Double(parameters.b))
            for (document, counts) in documents {
                guard let count = counts[name].map({ Double(min($0, 255)) }) else { continue }
                let norm = k1 * (1 - b + b * Double(lengths[document] ?? 0) / average)
                let weight =
                    Double(term.weight) * Double(stream == .stem ? 1 : configuration.bigramWeight)
                scores[document, default: 0] += weight * idf * count / (count + norm)
            }
        }
        return scores.map { (document: $0.key, score: $0.value) }
            .sorted { ($1.score, $0.document) < ($0.score, $1.document) }.prefix(limit).map { $0 }
    }

    private func log1p(_ value: Double) -> Double { naturalLogarithm(1 + value) }
}

@Suite struct TextIndexTests {
    static let plain = SearchOptions(limit: 20, correctsWords: false)

    static func texts(_ count: Int, seed: UInt64) -> [IndexedText] {
        var source = TextSource(seed: seed)
        return (0..<count).map { _ in source.document() }
    }

    @Test(arguments: [1, 2, 3, 4])
    func `the hits are those of BM25 by the book`(seed: UInt64) throws {
        let texts = Self.texts(120, seed: seed)
        let index = try TextIndex(texts)
        let oracle = BruteForceBM25(
            Dictionary(uniqueKeysWithValues: texts.enumerated().map { (UInt32($0), $1) })
        )
        var source = TextSource(seed: seed + 100)
        for _ in 0..<15 {
            let query = TextQuery(source.text(words: 1...4))
            let hits = index.search(query, options: Self.plain)
            let expected = oracle.search(query, limit: 20)
            #expect(hits.count == expected.count)
            for (hit, right) in zip(hits, expected) {
                #expect(abs(hit.score - right.score) < 0.002)
            }
            let clear = expected.prefix { $0.score > (expected.last?.score ?? 0) + 0.01 }
            #expect(
                Set(clear.map(\.document)).isSubset(of: Set(hits.map(\.document)))
            )
        }
    }

    @Test func `skipping never changes a hit, over windows and segments`() throws {
        let texts = Self.texts(3_000, seed: 7)
        let whole = try TextIndex(texts)
        var grown = try TextIndex(texts.prefix(2_000))
        grown = try grown.appending(texts.dropFirst(2_000).prefix(700))
        grown = try grown.appending(texts.dropFirst(2_700))
        #expect(whole.segments.count == 1)
        #expect(grown.segments.count > 1)
        var source = TextSource(seed: 8)
        for limit in [1, 3, 10, 100] {
            for _ in 0..<10 {
                let query = TextQuery(source.text(words: 1...5))
                let options = SearchOptions(limit: limit, correctsWords: false)
                let all = SearchOptions(limit: 1_000, correctsWords: false)
                let hits = whole.search(query, options: options)
                #expect(hits == Array(whole.search(query, options: all).prefix(limit)))
                #expect(hits == grown.search(query, options: options))
                for hit in hits.prefix(2) {
                    let parts = whole.explanation(of: hit.document, for: query, options: options)
                    #expect(abs(parts.reduce(0) { $0 + $1.contribution } - hit.score) < 1e-9)
                }
            }
        }
    }

    @Test func `adding and removing gives what building anew gives`() throws {
        var random = SeededRandom(seed: 21)
        var source = TextSource(seed: 22)
        var kept: [(number: UInt32, text: IndexedText)] = []
        var index = TextIndex()
        for _ in 0..<25 {
            let added = (0..<Int.random(in: 0...30, using: &random)).map { _ in source.document() }
            let removed = kept.map(\.number).filter { _ in
                Int.random(in: 0..<6, using: &random) == 0
            }
            let numbers = (0..<UInt32(added.count)).map { index.nextNumber + $0 }
            index = try index.replacing(removed: removed, added: added)
            kept.removeAll { removed.contains($0.number) }
            kept += zip(numbers, added).map { ($0, $1) }
            let built = try TextIndex(kept.map(\.text))
            #expect(index.documentCount == kept.count)
            for _ in 0..<3 {
                let query = TextQuery(source.text(words: 1...4))
                let hits = index.search(query, options: Self.plain)
                let expected = built.search(query, options: Self.plain).map {
                    SearchHit(document: kept[Int($0.document)].number, score: $0.score)
                }
                #expect(hits == expected)
            }
        }
        #expect(try index.removing(kept.map(\.number)).search(TextQuery("연가")).isEmpty)
        #expect(throws: KoreanError.self) { try index.removing([index.nextNumber]) }
    }

    @Test func `more documents than a segment holds are found under their numbers`() throws {
        let count = PostingSegment.maximumDocumentCount + 100
        let index = try TextIndex(
            (0..<count).lazy.map { IndexedText(body: $0 == count - 1 ? "특별한 글" : "글 \($0 % 7)번") }
        )
        #expect(index.segments.count == 2)
        #expect(index.search(TextQuery("특별한")).first?.document == UInt32(count - 1))
        #expect(index.search(TextQuery("글 3번")).map(\.document).prefix(3) == [3, 10, 17])
    }

    @Test func `a filter leaves documents out, a preference lifts them`() throws {
        let index = try TextIndex(["국가 연가 일수", "지방 연가 일수", "병가"].map { IndexedText(body: $0) })
        let query = TextQuery("연가 일수")
        #expect(index.search(query).map(\.document) == [0, 1])
        let local = DocumentSet([1, 2])
        #expect(
            index.search(query, options: SearchOptions(documents: local)).map(\.document) == [1]
        )
        let preferring = SearchOptions(preferences: [(local, 1.3)])
        let hits = index.search(query, options: preferring)
        #expect(hits.map(\.document) == [1, 0])
        #expect(hits[0].score > hits[1].score * 1.29)
        let none = SearchOptions(preferences: [(local, 0)])
        #expect(index.search(query, options: none).map(\.document) == [0])
    }

    @Test func `preferred documents of later windows are not skipped`() throws {
        let texts = Self.texts(3_000, seed: 31)
        let index = try TextIndex(texts)
        var source = TextSource(seed: 32)
        let preferred = DocumentSet(count: 3_000) { $0 % 11 == 0 }
        for _ in 0..<10 {
            let query = TextQuery(source.text(words: 1...3))
            var options = SearchOptions(limit: 1_000, correctsWords: false)
            let factor = { (number: UInt32) in preferred.contains(number) ? 1.5 : 1.0 }
            let all = index.segments[0].numbers.compactMap { number in
                let parts = index.explanation(of: number, for: query, options: options)
                let score = parts.reduce(0) { $0 + $1.contribution } * factor(number)
                return score > 0 ? (number, score) : nil
            }
            options = SearchOptions(
                limit: 5,
                preferences: [(preferred, 1.5)],
                correctsWords: false
            )
            let best = all.map(\.1).sorted(by: >).prefix(5)
            let hits = index.search(query, options: options)
            #expect(zip(hits, best).allSatisfy { abs($0.score - $1) < 0.001 })
            #expect(hits.count == min(5, all.count))
        }
    }

    @Test func `a title counts more than a body`() throws {
        let index = try TextIndex([
            IndexedText(title: "병가", body: "연가 공가 휴직"), IndexedText(title: "연가", body: "병가 공가 휴직"),
        ])
        #expect(index.search(TextQuery("연가")).map(\.document) == [1, 0])
    }
}
