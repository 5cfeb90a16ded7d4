import Packaging
import Tabular

/// A table whose first row names its columns, row by row.
struct NamedColumns {
    /// Rows at most: the largest city's network has a few hundred thousand.
    static let maximumRowCount = 4_000_000

    private var reader: TabularReader
    private var columns: [String: Int] = [:]
    private var row = TabularRow()
    private var count = 0
    private let name: String

    /// Opens a table, of which some columns have to be there.
    init(_ bytes: [UInt8], name: String, required: [String]) throws {
        self.name = name
        do {
            reader = try TabularReader.open(bytes, fileName: name)
            guard try reader.next(&row) else { throw RoutingError.damagedMap("\(name) is empty") }
        } catch let error as TabularError {
            throw RoutingError.damagedMap("\(name): \(error.context)")
        }
        for (index, cell) in row.cells.enumerated() {
            let title = cell.text.lowercased().filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
            if columns[title] == nil { columns[title] = index }
        }
        for column in required where columns[column] == nil {
            throw RoutingError.damagedMap("\(name) has no column \(column)")
        }
    }

    /// Goes to the next row; false at the end.
    mutating func next() throws -> Bool {
        do {
            repeat {
                guard try reader.next(&row) else { return false }
            } while row.isBlank
        } catch let error as TabularError {
            throw RoutingError.damagedMap("\(name): \(error.context)")
        }
        count += 1
        guard count <= Self.maximumRowCount else {
            throw RoutingError.networkTooLarge("\(name): \(count) rows")
        }
        return true
    }

    /// The text of a column of the row; nothing where it is empty or the table has no such column.
    func text(_ column: String) -> String? {
        guard let index = columns[column], index < row.cells.count else { return nil }
        let text = row[index].text
        return text.isEmpty ? nil : text
    }

    /// The number of a column; nothing where it is empty.
    func number(_ column: String) throws(RoutingError) -> Double? {
        guard let text = text(column) else { return nil }
        guard let number = Double(text.filter { !$0.isWhitespace }), number.isFinite else {
            throw .damagedMap("\(name), row \(row.number): \(column) is \(text.prefix(40))")
        }
        return number
    }

    /// Where the row says a fault is.
    func fault(_ what: String) -> RoutingError {
        .damagedMap("\(name), row \(row.number): \(what)")
    }
}
