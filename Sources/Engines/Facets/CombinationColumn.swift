/// Several dimensions as one column: a row's digits, written as one mixed-radix number, are its cell.
///
/// Counting a million rows by eight facets would be eight million additions; the cells of two such
/// columns need two million, and the few thousand cells are then added up by facet.
struct CombinationColumn: Sendable {
    /// The most cells of a column of several dimensions: the table of a scan stays in the cache.
    static let maximumCellCount = 1 << 14

    /// The dimensions, by their position in the schema.
    let dimensions: [Int]
    /// The cell of every row.
    let cells: [UInt16]
    /// For each dimension of the column, the digit of every cell.
    let digits: [[UInt16]]
    /// The number of cells.
    let cellCount: Int
    /// The rows not removed in every cell, with the sum of each number: `[number][cell]`.
    let totals: [[CellTotal]]

    /// Which dimensions go together: the largest first, each into the first column with room.
    static func plan(digitCounts: [Int]) -> [[Int]] {
        var columns: [(dimensions: [Int], cellCount: Int)] = []
        let order = digitCounts.indices.sorted { (digitCounts[$1], $0) < (digitCounts[$0], $1) }
        for dimension in order {
            let count = max(1, digitCounts[dimension])
            if let column = columns.firstIndex(where: { $0.cellCount * count <= maximumCellCount })
            {
                columns[column].dimensions.append(dimension)
                columns[column].cellCount *= count
            } else {
                columns.append(([dimension], count))
            }
        }
        return columns.map(\.dimensions)
    }

    /// Combines digit columns, `[dimension][row]`.
    init(
        dimensions: [Int],
        digitColumns: [[UInt16]],
        digitCounts: [Int],
        numbers: [[Int64]],
        live: [UInt64],
        rowCount: Int
    ) {
        var cells = [UInt16](repeating: 0, count: rowCount)
        var stride = 1
        for dimension in dimensions {
            let factor = UInt16(truncatingIfNeeded: stride)
            digitColumns[dimension].withUnsafeBufferPointer { digits in
                cells.withUnsafeMutableBufferPointer { cells in
                    for row in 0..<rowCount { cells[row] &+= digits[row] &* factor }
                }
            }
            stride *= max(1, digitCounts[dimension])
        }
        self.init(
            dimensions: dimensions,
            cells: cells,
            digitCounts: digitCounts,
            numbers: numbers,
            live: live
        )
    }

    init(
        dimensions: [Int],
        cells: [UInt16],
        digitCounts: [Int],
        numbers: [[Int64]],
        live: [UInt64]
    ) {
        let counts = dimensions.map { max(1, digitCounts[$0]) }
        let cellCount = counts.reduce(1, *)
        var digits: [[UInt16]] = []
        var stride = 1
        for count in counts {
            digits.append((0..<cellCount).map { UInt16($0 / stride % count) })
            stride *= count
        }
        self.dimensions = dimensions
        self.cells = cells
        self.digits = digits
        self.cellCount = cellCount
        let measures: [[Int64]?] = numbers.isEmpty ? [nil] : numbers
        totals = measures.map {
            FacetScan.totals(of: live, cells: cells, cellCount: cellCount, measure: $0)
        }
    }

    /// The digits of every row in one of the column's dimensions.
    func digitColumn(at position: Int) -> [UInt16] {
        let digits = digits[position]
        return cells.map { digits[Int($0)] }
    }
}

/// The number of rows in a cell and the sum of their measure.
struct CellTotal: Sendable, Hashable {
    var count: Int64 = 0
    var sum: Int64 = 0
}
