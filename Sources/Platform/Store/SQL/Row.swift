/// One row of a result while a statement runs.
///
/// It cannot be kept past the closure it is handed to (it is not copyable), so the fast path reads
/// straight out of the engine's buffer.
public struct Row: ~Copyable {
    let cells: Cells

    /// The number of columns.
    public var count: Int { cells.columns.names.count }

    /// The number of the column with a name, for reading by index in a loop.
    public func index(of name: String) -> Int? { cells.columns.names.firstIndex(of: name) }

    /// Whether a column is NULL.
    public func isNull(_ column: Int) -> Bool { cells.isNull(column) }

    /// The whole number of a column.
    public func int64(_ column: Int) throws -> Int64 { try cells.integer(column) }

    /// The whole number of a column.
    public func int(_ column: Int) throws -> Int { Int(try cells.integer(column)) }

    /// The number of a column.
    public func double(_ column: Int) throws -> Double { try cells.real(column) }

    /// The text of a column.
    public func text(_ column: Int) throws -> String { try cells.text(column) }

    /// Hands out the UTF-8 of a text column without copying it; no bytes where it is NULL.
    public func withUTF8<Result>(
        _ column: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        try cells.withUTF8(column, body)
    }

    /// The bytes of a column.
    public func bytes(_ column: Int) throws -> [UInt8] {
        try [UInt8](sqlValue: cells.value(column))
    }

    /// The value of a column, whatever it is.
    public func value(_ column: Int) throws -> SQLValue { try cells.value(column) }

    /// The value of a column as a type of the program.
    public func value<Value: SQLDecodable>(_ column: Int, as type: Value.Type) throws -> Value {
        try Value(sqlValue: cells.value(column))
    }

    /// The whole row as a record.
    public func decode<Record: Decodable>(_ type: Record.Type) throws -> Record {
        try cells.decode(type)
    }
}

/// The names of a result's columns, and what finds a record's property among them.
final class Columns {
    let names: [String]
    /// PostgreSQL's type of each column; empty on SQLite, where every value knows its own.
    let typeOIDs: [UInt32]
    private lazy var byNormalizedName = Dictionary(
        names.enumerated().map { (Columns.normalized($1), $0) },
        uniquingKeysWith: { first, _ in first }
    )
    private var byProperty: [String: Int?] = [:]

    init(names: [String], typeOIDs: [UInt32] = []) {
        self.names = names
        self.typeOIDs = typeOIDs
    }

    /// The column of a property: `fiscalYear` finds `fiscal_year`, and `baseURL` finds `base_url`.
    func index(ofProperty name: String) -> Int? {
        if let known = byProperty[name] { return known }
        let found = byNormalizedName[Columns.normalized(name)]
        byProperty[name] = .some(found)
        return found
    }

    private static func normalized(_ name: String) -> String {
        name.filter { $0 != "_" }.lowercased()
    }
}
