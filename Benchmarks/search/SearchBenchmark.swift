internal import Facets
internal import Korean

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The search workload over a plan file: import, faceted queries, substring queries, pages.
///
/// Reads the comma-separated file that `run.py` writes (no quoted fields). Times are CPU times of the
/// process, because the machine may be shared.
public struct SearchBenchmark {
    private static let queryCount = 400
    private static let dimensions = [
        ("org_kind", 2), ("org", 3), ("type", 6), ("quarter", 9), ("status", 11), ("year", 1),
    ]

    private let facets: FacetIndex
    private let titles: SubstringIndex
    private let words: [String]
    private let importSeconds: Double
    private var random = BenchmarkRandom(state: 11)

    /// Imports a file given as its bytes.
    public init(csv: [UInt8]) throws {
        let start = Self.cpuSeconds()
        var reader = try PlanReader()
        try csv.withUnsafeBufferPointer { try reader.read($0) }
        words = reader.sampleTitles
        (facets, titles) = reader.finish()
        importSeconds = Self.cpuSeconds() - start
    }

    /// Runs the queries and reports as JSON, keys in lowerCamelCase.
    public mutating func run() throws -> String {
        let substring = try substringTimes()
        let facet = try facetTimes()
        let page = try pageTimes()
        let named = try namedQueries()
        let edition = try editionSeconds()
        let samples = try (0..<40).map { _ in
            let query = substringQuery()
            let count = try titles.matches(SubstringQuery(query)).count
            return "{\"query\": \"\(query.replacingQuotes)\", \"count\": \(count)}"
        }
        return """
            {"rows": \(facets.rowCount), "importCPUSeconds": \(importSeconds.text),
            "facetMillisecondsP50": \(facet.percentile(50)), "facetMillisecondsP99": \(facet.percentile(99)),
            "substringMillisecondsP50": \(substring.percentile(50)),
            "substringMillisecondsP99": \(substring.percentile(99)),
            "pageMillisecondsP50": \(page.percentile(50)), "pageMillisecondsP99": \(page.percentile(99)),
            "editionMilliseconds": \((edition * 1000).text),
            "named": {\(named.joined(separator: ", "))},
            "samples": [\(samples.joined(separator: ", "))]}
            """
    }

    /// A part of a title, now and then two parts or a phrase.
    private mutating func substringQuery() -> String {
        func part() -> String {
            let title = Array(words[random.next(words.count)].filter { $0 != " " })
            let start = random.next(title.count)
            return String(title[start..<min(title.count, start + 1 + random.next(6))])
        }
        switch random.next(4) {
        case 0: return part() + " " + part()
        case 1: return "\"" + words[random.next(words.count)].prefix(3 + random.next(6)) + "\""
        default: return part()
        }
    }

    private mutating func facetQuery() throws -> FacetQuery {
        var query = FacetQuery(measure: "budget")
        for _ in 0..<random.next(5) {
            let (name, _) = Self.dimensions[random.next(Self.dimensions.count)]
            let labels =
                try facets.evaluate(FacetQuery(candidates: RowSet([]))).facet(name)?.values ?? []
            query.filters[name] = Set(
                (0...random.next(3)).map { _ in labels[random.next(labels.count)].label }
            )
        }
        if random.next(3) == 0 {
            query.filters["tech"] = ["AI", "클라우드"]
        }
        if random.next(2) == 0 {
            let matches = try titles.matches(SubstringQuery(substringQuery()))
            query.candidates = RowSet(bitset: matches.bitset)
        }
        return query
    }

    private mutating func substringTimes() throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<Self.queryCount {
            let text = substringQuery()
            let start = Self.cpuSeconds()
            _ = try titles.matches(SubstringQuery(text))
            times.append(Self.cpuSeconds() - start)
        }
        return times
    }

    private mutating func facetTimes() throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<Self.queryCount {
            let query = try facetQuery()
            let start = Self.cpuSeconds()
            _ = try facets.evaluate(query)
            times.append(Self.cpuSeconds() - start)
        }
        return times
    }

    private mutating func pageTimes() throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<Self.queryCount {
            let rows = try facets.evaluate(try facetQuery()).matches
            let offset = random.next(8) == 0 ? random.next(100_000) : random.next(200)
            let start = Self.cpuSeconds()
            _ = try facets.page(
                of: rows,
                by: .number("budget", descending: true),
                offset: offset,
                limit: 50
            )
            times.append(Self.cpuSeconds() - start)
        }
        return times
    }

    /// The queries that the peers run as well, with their totals for comparison.
    private func namedQueries() throws -> [String] {
        func measure(_ name: String, _ query: FacetQuery) throws -> String {
            let start = Self.cpuSeconds()
            for _ in 0..<20 { _ = try facets.evaluate(query) }
            let time = (Self.cpuSeconds() - start) / 20 * 1000
            let total = try facets.evaluate(query).total
            return """
                "\(name)": {"milliseconds": \(time.text), "count": \(total.count), "sum": \(total.sum)}
                """
        }
        func measure(_ name: String, title: String) throws -> String {
            let query = try SubstringQuery(title)
            let start = Self.cpuSeconds()
            for _ in 0..<20 { _ = titles.matches(query) }
            let time = (Self.cpuSeconds() - start) / 20 * 1000
            return """
                "\(name)": {"milliseconds": \(time.text), "count": \(titles.matches(query).count)}
                """
        }
        return [
            try measure("facetsAll", FacetQuery()),
            try measure("facetsYear", FacetQuery(filters: ["year": ["2023"]])),
            try measure(
                "facetsThree",
                FacetQuery(filters: ["year": ["2023", "2022"], "type": ["유지관리"], "quarter": ["1"]])
            ),
            try measure("substringLong", title: "스마트경로당"),
            try measure("substringTwo", title: "복지"),
            try measure("substringOne", title: "동"),
        ]
    }

    /// The time to replace one agency's edition of 500 rows in both indexes.
    private func editionSeconds() throws -> Double {
        let removed = (0..<500).map { UInt32($0 * 7) }
        let rows = try removed.map { row in
            var labels = try facets.labels(ofRow: row)
            labels[labels.count - 1] = []
            return FacetRow(labels: labels, numbers: [try facets.number("budget", ofRow: row)])
        }
        let start = Self.cpuSeconds()
        _ = try facets.replacing(removed: removed, added: rows)
        _ = try titles.replacing(removed: removed, added: words.prefix(500))
        return Self.cpuSeconds() - start
    }

    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Reads plan rows straight into the builders of both indexes.
private struct PlanReader {
    private static let schema = Result {
        try FacetSchema(
            dimensions: [
                .single("org_kind"), .single("org"), .single("type"), .single("quarter"),
                .single("status"), .single("year"), .multiple("tech"),
                .bands(
                    "band",
                    of: "budget",
                    cuts: [50, 100, 300, 1_000, 5_000].map { $0 * 1_000_000 },
                    labels: ["<0.5억", "<1억", "<3억", "<10억", "<50억", "50억+"]
                ),
            ],
            numbers: ["budget"]
        )
    }
    private static let columns = [
        ("org_kind", 2), ("org", 3), ("type", 6), ("quarter", 9), ("status", 11), ("year", 1),
        ("tech", 7),
    ]

    private var facets: FacetIndex.Builder
    private var titles = SubstringIndex.Builder()
    private var codes: [[[UInt8]: UInt64]] = columns.map { _ in [:] }
    private(set) var sampleTitles: [String] = []

    init() throws {
        facets = FacetIndex.Builder(schema: try Self.schema.get())
    }

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        var ends = [Int](repeating: 0, count: 13)
        var row = [UInt64](repeating: 0, count: 8)
        var start = (bytes.firstIndex(of: 10) ?? bytes.count) + 1
        while start < bytes.count {
            var field = 0
            var index = start
            while index < bytes.count, bytes[index] != 10 {
                if bytes[index] == 44, field < 12 {
                    ends[field] = index
                    field += 1
                }
                index += 1
            }
            guard field == 12 else { throw BenchmarkFileError(row: facets.rowCount) }
            ends[field] = index
            func value(_ column: Int) -> UnsafeBufferPointer<UInt8> {
                .init(rebasing: bytes[(column == 0 ? start : ends[column - 1] + 1)..<ends[column]])
            }
            for position in Self.columns.indices {
                row[position] = try code(value(Self.columns[position].1), position)
            }
            var budget: Int64 = 0
            for digit in value(8) { budget = budget * 10 + Int64(digit) - 48 }
            try facets.append(codes: row, numbers: [budget])
            let title = value(5)
            try titles.append(utf8: title)
            if facets.rowCount % 997 == 0 {
                sampleTitles.append(String(decoding: title, as: UTF8.self))
            }
            start = index + 1
        }
    }

    private mutating func code(
        _ label: UnsafeBufferPointer<UInt8>,
        _ position: Int
    ) throws -> UInt64 {
        if let code = codes[position][Array(label)] { return code }
        let name = Self.columns[position].0
        let text = String(decoding: label, as: UTF8.self)
        let code = try facets.code(of: text, in: name)
        // "none" is the absence of a technology, not one of them.
        let bits = name != "tech" ? code : text == "none" ? 0 : 1 << code
        codes[position][Array(label)] = bits
        return bits
    }

    consuming func finish() -> (FacetIndex, SubstringIndex) {
        (facets.finish(), titles.finish())
    }
}

/// A line of the file does not have the thirteen fields of a plan.
struct BenchmarkFileError: Error, CustomStringConvertible {
    let row: Int

    var description: String { "row \(row) is not a plan: run.py writes the file" }
}

/// SplitMix64, so that the benchmark needs nothing but the two engines.
private struct BenchmarkRandom {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}

extension Double {
    var text: String { String((self * 1000).rounded() / 1000) }
}

extension String {
    fileprivate var replacingQuotes: String {
        split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
    }
}

extension [Double] {
    /// A percentile of times in seconds, in milliseconds.
    func percentile(_ percent: Int) -> String {
        let sorted = sorted()
        return (sorted[Swift.min(count - 1, count * percent / 100)] * 1000).text
    }
}
