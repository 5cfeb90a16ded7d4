public import Basics

/// A value as a column of either engine holds it.
public enum SQLValue: Sendable, Hashable {
    /// No value.
    case null
    /// A whole number of 64 bits.
    case integer(Int64)
    /// A binary64 number.
    case real(Double)
    /// A text in UTF-8, without a NUL character.
    case text(String)
    /// Bytes.
    case blob([UInt8])
}

/// What can be bound to a statement.
///
/// An enumeration with a raw value only has to declare the conformance.
public protocol SQLBindable {
    /// The value as a column holds it.
    var sqlValue: SQLValue { get }
}

/// What can be read out of one column.
///
/// An enumeration with a raw value only has to declare the conformance.
public protocol SQLDecodable {
    /// Reads the value of a column.
    ///
    /// - Throws: `StoreError` with code `.decoding` where the column holds something else.
    init(sqlValue: SQLValue) throws
}

extension SQLValue: SQLBindable, SQLDecodable {
    /// The value itself.
    public var sqlValue: SQLValue { self }
    /// Takes the value as it is.
    public init(sqlValue: SQLValue) { self = sqlValue }
}

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    /// The raw value as a column holds it.
    public var sqlValue: SQLValue { rawValue.sqlValue }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    /// Reads the raw value of a column.
    public init(sqlValue: SQLValue) throws {
        guard let value = Self(rawValue: try RawValue(sqlValue: sqlValue)) else {
            throw StoreError.decoding(sqlValue, as: Self.self)
        }
        self = value
    }
}

extension SQLBindable where Self: FixedWidthInteger {
    /// The whole number.
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension SQLDecodable where Self: FixedWidthInteger {
    /// Reads a whole number that fits.
    public init(sqlValue: SQLValue) throws {
        guard case .integer(let number) = sqlValue, let value = Self(exactly: number) else {
            throw StoreError.decoding(sqlValue, as: Self.self)
        }
        self = value
    }
}

extension Int: SQLBindable, SQLDecodable {}
extension Int64: SQLBindable, SQLDecodable {}
extension Int32: SQLBindable, SQLDecodable {}
extension UInt32: SQLBindable, SQLDecodable {}

extension String: SQLBindable, SQLDecodable {
    /// The text.
    public var sqlValue: SQLValue { .text(self) }
    /// Reads a text.
    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue else {
            throw StoreError.decoding(sqlValue, as: Self.self)
        }
        self = text
    }
}

extension Double: SQLBindable, SQLDecodable {
    /// The number; a NaN, which SQLite cannot hold, is NULL on both engines.
    public var sqlValue: SQLValue { isNaN ? .null : .real(self) }
    /// Reads a number.
    public init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: throw StoreError.decoding(sqlValue, as: Self.self)
        }
    }
}

extension Bool: SQLBindable, SQLDecodable {
    /// 1 or 0.
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    /// Reads 1 or 0.
    public init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .integer(0): self = false
        case .integer(1): self = true
        default: throw StoreError.decoding(sqlValue, as: Self.self)
        }
    }
}

extension [UInt8]: SQLBindable, SQLDecodable {
    /// The bytes.
    public var sqlValue: SQLValue { .blob(self) }
    /// Reads bytes.
    public init(sqlValue: SQLValue) throws {
        guard case .blob(let bytes) = sqlValue else {
            throw StoreError.decoding(sqlValue, as: Self.self)
        }
        self = bytes
    }
}

extension LocalDate: SQLBindable, SQLDecodable {
    /// The ISO 8601 form, which sorts as dates do.
    public var sqlValue: SQLValue { .text(iso) }
    /// Reads the ISO 8601 form.
    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue, let date = LocalDate(iso: text) else {
            throw StoreError.decoding(sqlValue, as: Self.self)
        }
        self = date
    }
}

extension Instant: SQLBindable, SQLDecodable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var sqlValue: SQLValue { .integer(millisecondsSinceEpoch) }
    /// Reads milliseconds since 1970-01-01T00:00:00Z.
    public init(sqlValue: SQLValue) throws {
        self.init(millisecondsSinceEpoch: try Int64(sqlValue: sqlValue))
    }
}

extension Won: SQLBindable, SQLDecodable {
    /// Whole won.
    public var sqlValue: SQLValue { .integer(amount) }
    /// Reads whole won.
    public init(sqlValue: SQLValue) throws {
        self.init(try Int64(sqlValue: sqlValue))
    }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    /// The value, or NULL.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// Reads a value or NULL.
    public init(sqlValue: SQLValue) throws {
        self = sqlValue == .null ? nil : try Wrapped(sqlValue: sqlValue)
    }
}
