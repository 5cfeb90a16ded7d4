/// A table of whole numbers with given row and column sums.
///
/// The announcement publishes sums only. A table that meets them exactly and follows a prior (what
/// goes with what) is fitted in fractions by iterative proportional fitting (W. E. Deming,
/// F. F. Stephan, 1940) and then rounded so that no sum moves.
struct ExactTable {
    /// The cells, row by row.
    private(set) var cells: [[Int]]

    /// The number of rounds; each is a pass over rows and columns.
    private static let maximumRoundCount = 200

    /// Fits a table to its sums; both lists of sums must have the same total.
    ///
    /// Only additions, multiplications and divisions are used, so that every machine gets the same.
    init(rowSums: [Int], columnSums: [Int], prior: [[Double]]) {
        precondition(rowSums.reduce(0, +) == columnSums.reduce(0, +), "sums of one table agree")
        var values = prior
        for _ in 0..<ExactTable.maximumRoundCount {
            for row in values.indices {
                let sum = values[row].reduce(0, +)
                guard sum > 0 else { continue }
                for column in values[row].indices {
                    values[row][column] *= Double(rowSums[row]) / sum
                }
            }
            for column in columnSums.indices {
                let sum = values.reduce(0) { $0 + $1[column] }
                guard sum > 0 else { continue }
                for row in values.indices {
                    values[row][column] *= Double(columnSums[column]) / sum
                }
            }
        }
        cells = values.map { $0.map { Int($0.rounded(.down)) } }
        round(values, rowSums: rowSums, columnSums: columnSums)
    }

    /// Gives the units lost by rounding down to the cells with the largest fractions, and then to
    /// whatever row and column still lack some: while a row lacks a unit, so does a column.
    private mutating func round(_ values: [[Double]], rowSums: [Int], columnSums: [Int]) {
        var rowNeeds = zip(rowSums, cells).map { $0 - $1.reduce(0, +) }
        var columnNeeds = columnSums.enumerated().map { column, sum in
            sum - cells.reduce(0) { $0 + $1[column] }
        }
        var order: [(fraction: Double, row: Int, column: Int)] = []
        for row in cells.indices {
            for column in cells[row].indices {
                order.append((values[row][column] - Double(cells[row][column]), row, column))
            }
        }
        order.sort { ($1.fraction, $0.row, $0.column) < ($0.fraction, $1.row, $1.column) }
        func settle(_ row: Int, _ column: Int, atMost limit: Int) {
            let units = min(limit, rowNeeds[row], columnNeeds[column])
            guard units > 0 else { return }
            cells[row][column] += units
            rowNeeds[row] -= units
            columnNeeds[column] -= units
        }
        for place in order { settle(place.row, place.column, atMost: 1) }
        // A fit that stopped early may have rounded a sum up past its target: take units back first.
        for row in cells.indices where rowNeeds[row] < 0 {
            guard let column = cells[row].indices.max(by: { cells[row][$0] < cells[row][$1] })
            else { continue }
            cells[row][column] += rowNeeds[row]
            columnNeeds[column] -= rowNeeds[row]
            rowNeeds[row] = 0
        }
        for column in columnNeeds.indices where columnNeeds[column] < 0 {
            guard let row = cells.indices.max(by: { cells[$0][column] < cells[$1][column] })
            else { continue }
            cells[row][column] += columnNeeds[column]
            rowNeeds[row] -= columnNeeds[column]
            columnNeeds[column] = 0
        }
        let bySize = order.sorted {
            (values[$1.row][$1.column], $0.row, $0.column)
                < (values[$0.row][$0.column], $1.row, $1.column)
        }
        for place in bySize { settle(place.row, place.column, atMost: .max) }
    }
}

/// Divides a whole number by weights, exactly: every part gets its floor, and the units left go to
/// the largest fractions (Hamilton's method).
///
/// Every part is at least `minimum`; the total must suffice for that.
func exactShares(of total: Int, weights: [Double], minimum: Int = 0) -> [Int] {
    precondition(total >= minimum * weights.count, "the total suffices for the minimum")
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return [] }
    let free = Double(total - minimum * weights.count)
    let ideal = weights.map { free * $0 / sum }
    var parts = ideal.map { Int($0.rounded(.down)) }
    let left = total - minimum * weights.count - parts.reduce(0, +)
    let order = parts.indices.sorted {
        (ideal[$1] - Double(parts[$1]), $0) < (ideal[$0] - Double(parts[$0]), $1)
    }
    for index in order.prefix(max(0, left)) { parts[index] += 1 }
    return parts.map { $0 + minimum }
}
