import Basics
import Sightings
import Testing

struct SearchTests {
    let folder = TemporaryFolder()

    private func store(rowsPerSegment: Int = 700, locked: Bool = true) throws -> SightingStore {
        var settings = SightingStore.Settings()
        settings.rowsPerSegment = rowsPerSegment
        return try SightingStore.open(
            folder: folder.path + "/store",
            dimension: Generated.dimension,
            keys: locked ? MemoryKeys() : nil,
            settings: settings
        )
    }

    private static func cosine(_ left: [Float], _ right: [Float]) -> Double {
        var (dot, first, second) = (0.0, 0.0, 0.0)
        for (a, b) in zip(left, right) {
            dot += Double(a) * Double(b)
            first += Double(a) * Double(a)
            second += Double(b) * Double(b)
        }
        return dot / (first * second).squareRoot()
    }

    /// Compares an answer with looking at every sighting; equal likeness may come in any order.
    private static func check(
        _ answer: SightingAnswer,
        _ query: SightingQuery,
        _ all: [(id: SightingID, sighting: Sighting)],
        score: (Sighting) -> Double
    ) {
        let fitting = all.filter { _, row in
            query.cameras?.contains(row.camera) ?? true
                && query.times?.contains(row.timeMilliseconds) ?? true
                && (query.upper.isEmpty || query.upper.contains(row.upper))
                && (query.lower.isEmpty || query.lower.contains(row.lower))
                && row.quality >= query.minimumQuality
        }
        let best = fitting.map { (id: $0.id, score: score($0.sighting)) }
            .sorted { $0.score > $1.score }
        #expect(answer.scannedCount == fitting.count)
        #expect(answer.matches.count == min(query.limit, best.count))
        let scores = Dictionary(uniqueKeysWithValues: best.map { ($0.id, $0.score) })
        for (match, expected) in zip(answer.matches, best) {
            #expect(abs((scores[match.id] ?? -9) - expected.score) < 4e-4)
            #expect(abs(Double(match.score) - expected.score) < 4e-4)
        }
    }

    @Test(arguments: [true, false])
    func `an exact search finds what looking at every sighting finds`(locked: Bool) throws {
        var generated = Generated(seed: 11)
        let rows = generated.sightings(3_000)
        let store = try store(locked: locked)
        var all = Array(zip(try store.append(Array(rows[..<1_234])), rows))
        all += zip(try store.append(Array(rows[1_234...])), rows[1_234...])
        let day = try #require(store.days.first)
        for round in 0..<30 {
            if round == 15 { try store.seal(day: day) }
            var query = SightingQuery(examples: [generated.near(round)], limit: 20, scan: .exact)
            if round % 2 == 0 {
                query.cameras = Set(
                    (0..<8).map { _ in UInt32.random(in: 1...33, using: &generated.random) }
                )
            }
            if round % 3 == 0 {
                let start = Generated.midnight + Int64(generated.random.unit() * 1.5e8)
                query.times = start...start + Int64(generated.random.unit() * 5e7)
            }
            if round % 5 == 0 { query.upper = [1, 2, 3] }
            if round % 7 == 0 { query.minimumQuality = 90 }
            let answer = try store.search(query)
            #expect(answer.isExact && answer.expectedRecall == 1)
            Self.check(answer, query, all) { Self.cosine($0.vector, query.examples[0]) }
        }
    }

    @Test func `what is stored comes back, before and after its segment is sealed`() throws {
        var generated = Generated(seed: 12)
        let rows = generated.sightings(900, days: 1)
        let store = try store(rowsPerSegment: 2_000)
        let ids = try store.append(rows)
        for isSealed in [false, true] {
            if isSealed { try store.seal(day: ids[0].day) }
            for (id, row) in zip(ids, rows).prefix(200) {
                let found = try #require(try store.sighting(id))
                #expect(found.camera == row.camera && found.box == row.box)
                #expect(found.timeMilliseconds == row.timeMilliseconds)
                #expect(
                    (found.upper, found.lower, found.quality) == (row.upper, row.lower, row.quality)
                )
                #expect(Self.cosine(found.vector, row.vector) > 0.999_999)
            }
        }
        #expect(try store.sighting(SightingID(day: ids[0].day, segment: 1, arrival: 900)) == nil)
        #expect(try store.sighting(SightingID(day: ids[0].day, segment: 9, arrival: 0)) == nil)
    }

    @Test func `several examples count by their mean or by the nearest of them`() throws {
        var generated = Generated(seed: 13)
        let rows = generated.sightings(1_500)
        let store = try store()
        let all = Array(zip(try store.append(rows), rows))
        let examples = [generated.near(3), generated.near(4)]
        var query = SightingQuery(
            examples: examples,
            combination: .nearest,
            limit: 40,
            scan: .exact
        )
        let nearest = try store.search(query)
        Self.check(nearest, query, all) { row in
            examples.map { Self.cosine($0, row.vector) }.max() ?? 0
        }
        for match in nearest.matches {
            let reason = match.reason
            let index = try #require(reason.nearestExample)
            #expect(reason.exampleLikeness[index] == reason.exampleLikeness.max())
        }
        query.combination = .mean
        let units = examples.map { example in
            let length =
                Self.cosine(example, example) == 0
                ? 1 : example.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return example.map { $0 / length }
        }
        let mean = zip(units[0], units[1]).map { ($0 + $1) / 2 }
        Self.check(try store.search(query), query, all) { Self.cosine(mean, $0.vector) }
    }

    @Test func `a rejected appearance and its like fall behind`() throws {
        var generated = Generated(seed: 14)
        let rows = generated.sightings(1_500)
        let store = try store()
        let all = Dictionary(uniqueKeysWithValues: zip(try store.append(rows), rows))
        let wanted = zip(generated.people[5], generated.people[6]).map { $0 + $1 }
        var query = SightingQuery(examples: [wanted], limit: 60, scan: .exact)
        func share(_ answer: SightingAnswer) -> Double {
            answer.matches.reduce(0) { sum, match in
                sum + Self.cosine(all[match.id]?.vector ?? [], generated.people[6])
            }
        }
        let before = share(try store.search(query))
        query.rejected = [generated.people[6]]
        let answer = try store.search(query)
        #expect(share(answer) < before - 1)
        #expect(answer.matches.allSatisfy { $0.reason.rejectedLikeness != nil })
    }

    @Test func `the cascade finds nearly all and says how nearly`() throws {
        var generated = Generated(seed: 15, people: 600)
        let rows = generated.sightings(12_000)
        let store = try store(rowsPerSegment: 5_000)
        try store.append(rows)
        var (found, wanted, expected) = (0, 0, 0.0)
        for person in 0..<25 {
            var query = SightingQuery(examples: [generated.near(person)], limit: 10, scan: .exact)
            let exact = Set(try store.search(query).matches.map(\.id))
            query.scan = .cascade
            let answer = try store.search(query)
            #expect(!answer.isExact && answer.comparedCount < answer.scannedCount / 5)
            found += answer.matches.count { exact.contains($0.id) }
            wanted += exact.count
            expected += answer.expectedRecall / 25
        }
        let recall = Double(found) / Double(wanted)
        #expect(recall > 0.9)
        #expect(abs(recall - expected) < 0.07, "found \(recall), said \(expected)")
    }

    @Test func `one person passing a camera is one match where that is asked for`() throws {
        var generated = Generated(seed: 16)
        var rows: [Sighting] = []
        for minute in 0..<12 {
            for _ in 0..<15 {
                var row = generated.sightings(1)[0]
                row.vector = generated.near(1, noise: 0.1)
                row.camera = UInt32(minute % 3 + 1)
                row.timeMilliseconds = Generated.midnight + Int64(minute) * 60_000
                rows.append(row)
            }
        }
        let store = try store()
        try store.append(rows)
        let query = SightingQuery(
            examples: [generated.people[1]],
            limit: 10,
            collapsesPassings: true
        )
        let matches = try store.search(query).matches
        #expect(matches.count == 10)
        #expect(Set(matches.map { [Int64($0.camera), $0.timeMilliseconds] }).count == 10)
    }

    @Test func `clothes alone are searched by quality`() throws {
        var generated = Generated(seed: 17)
        let rows = generated.sightings(2_000)
        let store = try store()
        let all = Array(zip(try store.append(rows), rows))
        let query = SightingQuery(examples: [], upper: [4], lower: [1, 7], limit: 15)
        Self.check(try store.search(query), query, all) { Double($0.quality) / 255 }
    }

    @Test func `a query that cannot be asked is refused with the reason`() throws {
        let store = try store()
        let wide = Generated.dimension
        func code(_ query: SightingQuery) -> SightingsError.Code? {
            do {
                _ = try store.search(query)
                return nil
            } catch { return (error as? SightingsError)?.code }
        }
        let good = [Float](repeating: 1, count: wide)
        #expect(code(SightingQuery(examples: [[1, 2]])) == .badVector)
        #expect(code(SightingQuery(examples: [[Float](repeating: 0, count: wide)])) == .badVector)
        #expect(
            code(SightingQuery(examples: [[Float](repeating: .nan, count: wide)])) == .badVector
        )
        #expect(code(SightingQuery(examples: [good, good.map { -$0 }])) == .badVector)
        #expect(code(SightingQuery(examples: [])) == .badValue)
        #expect(code(SightingQuery(examples: [good], limit: 0)) == .tooMany)
        #expect(code(SightingQuery(examples: Array(repeating: good, count: 65))) == .tooMany)
        #expect(code(SightingQuery(examples: [good])) == nil)
    }
}
