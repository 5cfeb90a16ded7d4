/// Finds the header of a table below its title rows.
///
/// Offices put a title, a unit and a date above the header, and spread headers over two rows with
/// merged cells. Read the sheet with `TabularOptions.fillsMergedCells`, hand over its first rows,
/// and the finder picks the row, or the pair of rows, that names most of the known columns.
public struct HeaderFinder: Sendable {
    /// How many rows from the top are looked at.
    public static let maximumRowCount = 30

    private let neededCount: Int
    private let name: @Sendable (_ title: String) -> String?

    /// Creates a finder that asks the caller which column a title names.
    ///
    /// - Parameters:
    ///   - knownCount: how many columns the caller knows.
    ///   - name: the caller's name of a column, nothing where the title names none.
    public init(knownCount: Int, name: @escaping @Sendable (_ title: String) -> String?) {
        self.name = name
        neededCount = min(2, knownCount)
    }

    /// Creates a finder of known column names; each may have several spellings.
    ///
    /// - Parameter names: the caller's name of a column and the headers that it may have, such as
    ///   `["budget": ["사업비", "예산액"]]`.
    public init(_ names: [String: [String]]) {
        var known: [String: String] = [:]
        for (name, spellings) in names {
            for spelling in spellings { known[HeaderFinder.normalized(spelling)] = name }
        }
        let titles = known
        self.init(knownCount: Set(known.values).count) { title in
            let title = HeaderFinder.normalized(title)
            return title.isEmpty ? nil : titles[title]
        }
    }

    /// A header that was found.
    public struct Header: Sendable, Hashable {
        /// The numbers of its rows.
        public let rowNumbers: ClosedRange<Int>
        /// How many of the rows handed over come before the first row of data.
        public let rowsBeforeData: Int
        /// The text of each column; a header of two rows reads `사업비 시비`.
        public let titles: [String]
        /// The index of each known column, from 0, by the caller's name.
        public let columns: [String: Int]
        /// The texts of the rows above the header, where units and dates are often stated.
        public let preamble: [String]

        /// The unit of a column: stated in its header, else above the table, else nothing.
        public func unit(ofColumn index: Int) -> MoneyUnit? {
            if titles.indices.contains(index), let unit = MoneyUnit.detect(in: titles[index]) {
                return unit
            }
            let stated = Set(preamble.compactMap(MoneyUnit.detect(in:)))
            return stated.count == 1 ? stated.first : nil
        }
    }

    /// Finds the header in the first rows of a table; nothing where no row names two known columns
    /// (or one, where only one is known).
    public func find(in rows: [TabularRow]) -> Header? {
        var best: Header?
        let rows = Array(rows.prefix(HeaderFinder.maximumRowCount))
        for index in rows.indices {
            let single = header(rows, index...index)
            let isBetter = single.columns.count > (best?.columns.count ?? 0)
            let isSimpler =
                single.columns.count == best?.columns.count && best?.rowNumbers.count == 2
            if isBetter || isSimpler { best = single }
            guard index + 1 < rows.count, rows[index + 1].number == rows[index].number + 1,
                !rows[index + 1].cells.contains(where: HeaderFinder.isFigure)
            else { continue }
            let pair = header(rows, index...index + 1)
            if pair.columns.count > (best?.columns.count ?? 0) { best = pair }
        }
        guard let best, best.columns.count >= neededCount else { return nil }
        return best
    }

    /// A header without white space, punctuation and what stands in parentheses, in lower case.
    public static func normalized(_ header: String) -> String {
        var result = String.UnicodeScalarView()
        var all = String.UnicodeScalarView()
        var depth = 0
        for scalar in header.lowercased().unicodeScalars {
            if "([（［【<〈{".unicodeScalars.contains(scalar) { depth += 1 }
            let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if isWord {
                all.append(scalar)
                if depth == 0 { result.append(scalar) }
            }
            if ")]）］】>〉}".unicodeScalars.contains(scalar) { depth = max(0, depth - 1) }
        }
        return String(result.isEmpty ? all : result)
    }

    /// Whether a cell holds a figure, which no header does: the row is one of data.
    private static func isFigure(_ cell: Cell) -> Bool {
        let text = cell.text.unicodeScalars
        return text.contains { ("0"..."9").contains($0) }
            && text.allSatisfy { ("0"..."9").contains($0) || " ,.-".unicodeScalars.contains($0) }
    }

    private func header(_ rows: [TabularRow], _ range: ClosedRange<Int>) -> Header {
        let titles =
            range.count == 1
            ? rows[range.lowerBound].cells.map(\.text)
            : HeaderFinder.combined(rows[range.lowerBound], rows[range.upperBound])
        var columns: [String: Int] = [:]
        for (index, title) in titles.enumerated() {
            // Under a header of two rows the lower half may say it alone: "사업비 / 시비".
            let lower = range.count == 2 ? name(rows[range.upperBound][index].text) : nil
            guard let column = lower ?? name(title), columns[column] == nil else { continue }
            columns[column] = index
        }
        return Header(
            rowNumbers: rows[range.lowerBound].number...rows[range.upperBound].number,
            rowsBeforeData: range.upperBound + 1,
            titles: titles,
            columns: columns,
            preamble: rows[..<range.lowerBound].flatMap { row in
                row.cells.filter { !$0.isBlank }.map(\.text)
            }
        )
    }

    /// Puts the upper half of each column before the lower one; a blank upper half right of a
    /// filled one belongs to the same merged cell.
    private static func combined(_ upper: TabularRow, _ lower: TabularRow) -> [String] {
        var carried = ""
        return (0..<max(upper.cells.count, lower.cells.count)).map { index in
            let below = lower[index].text
            if !upper[index].isBlank { carried = upper[index].text }
            if lower[index].isBlank { return upper[index].text }
            if carried.isEmpty || normalized(carried) == normalized(below) { return below }
            return "\(carried) \(below)"
        }
    }
}
