internal import Korean

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The workload of ranked search: analysis, the building of an index, one query after another.
///
/// Reads texts, a line each with title, heading and body apart by tabs, and questions, a line each;
/// `run.py` of Benchmarks/korean writes both. Times are CPU times of the process.
struct KoreanBenchmark {
    /// The hits a query asks for.
    private static let depth = 10
    /// The least CPU time an analysis is measured for, in seconds.
    private static let leastAnalysisSeconds = 1.0

    private let texts: [IndexedText]
    private let questions: [String]

    init(texts: [UInt8], questions: [UInt8]) {
        self.texts = Self.lines(texts).map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3 else { return IndexedText(body: line) }
            return IndexedText(
                title: String(fields[0]),
                heading: String(fields[1]),
                body: String(fields[2])
            )
        }
        self.questions = Self.lines(questions)
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Runs the workload and reports as JSON, keys in lowerCamelCase.
    func run() throws -> String {
        let byteCount = texts.reduce(0) {
            $0 + $1.title.utf8.count + $1.heading.utf8.count + $1.body.utf8.count
        }
        let terms = analysisMegabytesPerSecond { body in
            body.utf8.withContiguousStorageIfAvailable {
                let count = Analyzer().termCount(utf8: $0)
                return count.stems + count.bigrams
            } ?? 0
        }
        let tokens = analysisMegabytesPerSecond { body in
            Analyzer().tokens(of: body).reduce(0) { $0 + $1.text.utf8.count }
        }
        let start = SearchBenchmark.cpuSeconds()
        let index = try TextIndex(texts)
        let indexSeconds = SearchBenchmark.cpuSeconds() - start
        return """
            {"textCount": \(texts.count), "textByteCount": \(byteCount),
            "termMegabytesPerSecond": \(terms.text), "tokenMegabytesPerSecond": \(tokens.text),
            "indexCPUSeconds": \(indexSeconds.text), "indexByteCount": \(index.byteCount)\
            \(queries(index))}
            """
    }

    /// The speed of a way through all bodies, as often as it takes to be measured.
    private func analysisMegabytesPerSecond(_ analyse: (String) -> Int) -> Double {
        let start = SearchBenchmark.cpuSeconds()
        var byteCount = 0
        var produced = 0
        repeat {
            for text in texts {
                produced &+= analyse(text.body)
                byteCount += text.body.utf8.count
            }
        } while SearchBenchmark.cpuSeconds() - start < Self.leastAnalysisSeconds && produced > 0
        return Double(byteCount) / 1e6 / (SearchBenchmark.cpuSeconds() - start)
    }

    /// The questions, each read and answered alone, after one round that warms up.
    private func queries(_ index: TextIndex) -> String {
        guard !questions.isEmpty else { return "" }
        let options = SearchOptions(limit: Self.depth)
        func ask(_ question: String) -> Int {
            index.search(TextQuery(question), options: options).count
        }
        var found = questions.reduce(0) { $0 + ask($1) }
        let start = SearchBenchmark.cpuSeconds()
        for question in questions { found += ask(question) }
        let seconds = SearchBenchmark.cpuSeconds() - start
        let times = questions.map { question in
            let start = SearchBenchmark.cpuSeconds()
            found += ask(question)
            return SearchBenchmark.cpuSeconds() - start
        }
        return """
            , "questionCount": \(questions.count), "hitCount": \(found / 3),
            "queriesPerCPUSecond": \((Double(questions.count) / seconds).text),
            "queryMillisecondsP50": \(times.percentile(50)),
            "queryMillisecondsP99": \(times.percentile(99))
            """
    }
}
