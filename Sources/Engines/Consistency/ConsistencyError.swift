public import Basics

/// Why a table of published figures could not be read.
public struct ConsistencyError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// The table has no rows.
        case empty
        /// The table has more rows than the limit.
        case tooManyRows
        /// A column is missing.
        case missingColumn
        /// A cell cannot be read.
        case badCell
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String

    static let empty = ConsistencyError(
        code: .empty,
        message: .init("표가 비어 있습니다.", "The table is empty."),
        context: "no rows"
    )

    static func tooManyRows(_ count: Int) -> ConsistencyError {
        let limit = FigureTable.maximumRowCount.grouped
        return ConsistencyError(
            code: .tooManyRows,
            message: .init(
                "행이 너무 많습니다(\(count.grouped)행). 최대 \(limit)행까지 읽습니다.",
                "Too many rows (\(count.grouped)); at most \(limit) are read."
            ),
            context: "\(count) rows"
        )
    }

    static func missingColumn(_ name: String) -> ConsistencyError {
        let columns = FigureTable.requiredColumns.joined(separator: ", ")
        return ConsistencyError(
            code: .missingColumn,
            message: .init(
                "\(name) 열이 없습니다. 필요한 열: \(columns)",
                "The column “\(name)” is missing. Needed: \(columns)."
            ),
            context: "column \(name)"
        )
    }

    static func badCell(row: Int, column: String, value: String) -> ConsistencyError {
        ConsistencyError(
            code: .badCell,
            message: .init(
                "\(row)행 \(column) 열에 읽을 수 없는 값이 있습니다: “\(value)”",
                "Row \(row), column \(column): “\(value)” cannot be read."
            ),
            context: "row \(row) column \(column): \(value)"
        )
    }
}
