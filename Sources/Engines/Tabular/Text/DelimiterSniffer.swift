/// Guesses the delimiter of a CSV file from its beginning.
///
/// For each candidate the rows are split as the reader would split them; the one that gives most
/// rows the same number of columns, and more than one, wins. A comma is the default.
enum DelimiterSniffer {
    /// The delimiters that are tried, in the order in which they win a tie.
    static let candidates: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"),
    ]
    /// The most rows that are looked at.
    static let maximumRowCount = 50

    static func delimiter(
        of block: UnsafeBufferPointer<UInt8>,
        isWhole: Bool,
        maximumColumnCount: Int
    ) -> UInt8 {
        var best = (delimiter: candidates[0], score: 0.0)
        for candidate in candidates {
            let score = score(candidate, block, isWhole, maximumColumnCount)
            if score > best.score { best = (candidate, score) }
        }
        return best.delimiter
    }

    /// The share of rows that have the commonest count of columns, weighted by that count.
    private static func score(
        _ delimiter: UInt8,
        _ block: UnsafeBufferPointer<UInt8>,
        _ isWhole: Bool,
        _ maximumColumnCount: Int
    ) -> Double {
        var scanner = CSVScanner(delimiter: delimiter, maximumFieldCount: maximumColumnCount)
        var bounds: [CSVRow.Bounds] = []
        var counts: [Int: Int] = [:]
        var rows = 0
        var at = 0
        while at < block.count, rows < maximumRowCount {
            guard
                case .row(let next, _) = scanner.scan(
                    block,
                    from: at,
                    isFinal: isWhole,
                    into: &bounds
                )
            else { break }
            at = next
            rows += 1
            counts[bounds.count, default: 0] += 1
        }
        let several = counts.filter { $0.key > 1 }
        guard let mode = several.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
            return 0
        }
        let width = Double(min(mode.key, 20)) / 100
        return Double(mode.value) / Double(rows) + width
    }
}
