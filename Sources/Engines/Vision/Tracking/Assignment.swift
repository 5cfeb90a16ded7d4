/// Pairs rows with columns so that the sum of the costs is the least (Jonker and Volgenant, "A shortest
/// augmenting path algorithm for dense and sparse linear assignment problems", 1987).
struct Assignment {
    private var rowPotential: [Double] = []
    private var columnPotential: [Double] = []
    private var rowOfColumn: [Int] = []
    private var way: [Int] = []
    private var shortest: [Double] = []
    private var isDone: [Bool] = []

    /// The column of each row; -1 for a row whose every column costs `forbidden` or more.
    ///
    /// - Parameters:
    ///   - costs: Row by row; `rowCount` × `columnCount` of them, none of them NaN.
    ///   - rowCount: The rows.
    ///   - columnCount: The columns.
    ///   - forbidden: From this cost on a pair is never made, and staying alone costs as much.
    /// - Returns: A column or -1 for every row.
    mutating func solve(
        _ costs: [Double],
        rowCount: Int,
        columnCount: Int,
        forbidden: Double
    ) -> [Int] {
        var result = [Int](repeating: -1, count: rowCount)
        guard rowCount > 0, columnCount > 0 else { return result }
        // A column of its own for every row, at the cost of staying alone, lets a row stay alone.
        let width = columnCount + rowCount
        prepare(rowCount: rowCount, width: width)
        for row in 1...rowCount {
            augment(from: row, width: width) { row, column in
                column < columnCount
                    ? min(costs[row * columnCount + column], forbidden)
                    : (column - columnCount == row ? forbidden : forbidden * 2)
            }
        }
        for column in 1...columnCount where rowOfColumn[column] > 0 {
            let row = rowOfColumn[column] - 1
            if costs[row * columnCount + column - 1] < forbidden { result[row] = column - 1 }
        }
        return result
    }

    private mutating func prepare(rowCount: Int, width: Int) {
        rowPotential = [Double](repeating: 0, count: rowCount + 1)
        columnPotential = [Double](repeating: 0, count: width + 1)
        rowOfColumn = [Int](repeating: 0, count: width + 1)
        way = [Int](repeating: 0, count: width + 1)
    }

    /// Finds the cheapest way to give a row a column, moving other rows on where that is cheaper.
    private mutating func augment(
        from row: Int,
        width: Int,
        cost: (Int, Int) -> Double
    ) {
        rowOfColumn[0] = row
        var column = 0
        shortest = [Double](repeating: .infinity, count: width + 1)
        isDone = [Bool](repeating: false, count: width + 1)
        repeat {
            isDone[column] = true
            let current = rowOfColumn[column]
            var least = Double.infinity
            var next = 0
            for candidate in 1...width where !isDone[candidate] {
                let reduced =
                    cost(current - 1, candidate - 1) - rowPotential[current]
                    - columnPotential[candidate]
                if reduced < shortest[candidate] {
                    shortest[candidate] = reduced
                    way[candidate] = column
                }
                if shortest[candidate] < least {
                    least = shortest[candidate]
                    next = candidate
                }
            }
            for visited in 0...width {
                if isDone[visited] {
                    rowPotential[rowOfColumn[visited]] += least
                    columnPotential[visited] -= least
                } else {
                    shortest[visited] -= least
                }
            }
            column = next
        } while rowOfColumn[column] != 0
        repeat {
            let previous = way[column]
            rowOfColumn[column] = rowOfColumn[previous]
            column = previous
        } while column != 0
    }
}
