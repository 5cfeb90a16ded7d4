public import Store

/// Numbers that people read, counted up within a year.
public enum YearlyNumbers {
    /// The next number after the last one of a column: `인수-2026-0001`.
    public static func next(
        _ prefix: String,
        year: Int,
        in table: SQL,
        _ column: SQL = "number",
        digits: Int,
        _ db: ReadTransaction
    ) throws -> String {
        let head = "\(prefix)-\(year)-"
        // PostgreSQL's substr takes integers of four bytes alone.
        let length = head.unicodeScalars.count
        let last = try db.value(
            """
            SELECT COALESCE(
                MAX(CAST(substr(\(column), CAST(\(length + 1) AS INTEGER)) AS BIGINT)), 0)
            FROM \(table) WHERE substr(\(column), 1, CAST(\(length) AS INTEGER)) = \(head)
            """,
            as: Int.self
        )
        return write(head, (last ?? 0) + 1, digits: digits)
    }

    /// A number with zeros before it: `인수-2026-` and 1 give `인수-2026-0001`.
    public static func write(_ head: String, _ number: Int, digits: Int) -> String {
        let text = String(number)
        return head + String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
