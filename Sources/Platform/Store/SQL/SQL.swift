/// One statement of SQL with its values kept apart from its text.
///
/// A value reaches a statement only through interpolation, and interpolation binds it; there is no
/// way to splice a string of a person into the text.
///
/// ```swift
/// let some: SQL = "SELECT * FROM project WHERE year = \(year) AND status IN \(list: statuses)"
/// let page: SQL = "\(some) ORDER BY id LIMIT \(50)"       // a statement inside a statement nests
/// ```
///
/// **One text for both engines.** Write the part of SQL that SQLite and PostgreSQL share:
/// - Column types are `BIGINT`, `TEXT`, `BLOB`, `DOUBLE PRECISION`; a key that counts by itself is
///   `id INTEGER PRIMARY KEY AUTOINCREMENT`. Migrations translate these words for PostgreSQL
///   (`BYTEA`, `TEXT COLLATE "C"`, an identity column).
/// - A truth is a `BIGINT` of 0 or 1: write `WHERE closed = 1`, never `WHERE closed`.
/// - `ON CONFLICT (…) DO UPDATE / DO NOTHING` and `RETURNING` work on both; an
///   `INSERT … SELECT … ON CONFLICT` needs `WHERE true` before the conflict clause.
/// - Text compares and sorts by code point on both, so 가나다 order holds; `LIKE` minds case on both;
///   `lower()` knows ASCII letters only.
/// - NULL sorts first on SQLite and last on PostgreSQL: say `NULLS FIRST` or `NULLS LAST`.
/// - An empty `\(list:)` is `(NULL)`: `IN` finds nothing, and so does `NOT IN`.
public struct SQL: ExpressibleByStringInterpolation, Sendable, Hashable {
    /// The text, with a `?` where a value is bound.
    public private(set) var text: String
    /// The bound values, in order.
    public private(set) var values: [SQLValue]
    /// UTF-8 offsets of the `?` of each value, so that no one has to parse the text to find them.
    private(set) var placeholderOffsets: [Int]

    /// Most values one statement may bind, SQLite's default limit.
    public static let maximumValueCount = 32_766

    /// Creates a statement from a literal of the program.
    public init(stringLiteral text: String) {
        self.init(trusted: text)
    }

    /// Creates a statement from a text that the program itself composed, such as a column name out
    /// of a fixed list; never from anything a person sent.
    public init(trusted text: String) {
        self.text = text
        values = []
        placeholderOffsets = []
    }

    /// Creates a statement from an interpolated literal.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Adds a statement behind another.
    public static func + (left: SQL, right: SQL) -> SQL {
        var result = left
        result.append(right)
        return result
    }

    /// Adds a statement in place.
    public static func += (left: inout SQL, right: SQL) {
        left.append(right)
    }

    mutating func append(_ other: SQL) {
        let shift = text.utf8.count
        text += other.text
        values += other.values
        placeholderOffsets += other.placeholderOffsets.map { $0 + shift }
    }

    mutating func append(value: SQLValue) {
        placeholderOffsets.append(text.utf8.count)
        text += "?"
        values.append(value)
    }

    mutating func append(text more: String) {
        text += more
    }

    /// What the interpolation of an `SQL` literal gathers.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL(trusted: "")

        /// Creates an empty interpolation.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds text of the literal.
        public mutating func appendLiteral(_ literal: String) {
            sql.append(text: literal)
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some SQLBindable) {
            sql.append(value: value.sqlValue)
        }

        /// Binds a value, or NULL.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            sql.append(value: value?.sqlValue ?? .null)
        }

        /// Binds the raw value of an enumeration.
        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value)
        where Value.RawValue: SQLBindable {
            sql.append(value: value.rawValue.sqlValue)
        }

        /// Binds the raw value of an enumeration, or NULL.
        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value?)
        where Value.RawValue: SQLBindable {
            sql.append(value: value?.rawValue.sqlValue ?? .null)
        }

        /// Nests a statement with its values.
        public mutating func appendInterpolation(_ nested: SQL) {
            sql.append(nested)
        }

        /// Binds each value of a list: `(?, ?, ?)`.
        public mutating func appendInterpolation(list values: some Sequence<some SQLBindable>) {
            appendList(values.map(\.sqlValue))
        }

        /// Binds each raw value of a list of enumerations: `(?, ?, ?)`.
        @_disfavoredOverload
        public mutating func appendInterpolation<Values: Sequence>(list values: Values)
        where Values.Element: RawRepresentable, Values.Element.RawValue: SQLBindable {
            appendList(values.map(\.rawValue.sqlValue))
        }

        private mutating func appendList(_ values: [SQLValue]) {
            guard !values.isEmpty else { return sql.append(text: "(NULL)") }
            sql.append(text: "(")
            for (index, value) in values.enumerated() {
                if index > 0 { sql.append(text: ", ") }
                sql.append(value: value)
            }
            sql.append(text: ")")
        }
    }
}

extension Sequence where Element == SQL {
    /// The statements in one, with a separator between each two: `conditions.joined(separator: " AND ")`.
    public func joined(separator: SQL) -> SQL {
        var result = SQL(trusted: "")
        for (index, part) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(part)
        }
        return result
    }
}
