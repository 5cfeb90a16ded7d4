/// Values in PostgreSQL's binary format, by the number of their type (`pg_type.dat`).
enum PostgresValue {
    enum OID {
        static let bool: UInt32 = 16
        static let bytea: UInt32 = 17
        static let name: UInt32 = 19
        static let int8: UInt32 = 20
        static let int2: UInt32 = 21
        static let int4: UInt32 = 23
        static let text: UInt32 = 25
        static let oid: UInt32 = 26
        static let float4: UInt32 = 700
        static let float8: UInt32 = 701
        static let unknown: UInt32 = 705
        static let varchar: UInt32 = 1043
        static let numeric: UInt32 = 1700
        static let void: UInt32 = 2278
    }

    /// The type a bound value is sent as; 0 leaves a NULL to the server.
    static func typeOID(_ value: SQLValue) -> UInt32 {
        switch value {
        case .null: 0
        case .integer: OID.int8
        case .real: OID.float8
        case .text: OID.text
        case .blob: OID.bytea
        }
    }

    /// The bytes of a bound value, or nothing for NULL.
    static func encode(_ value: SQLValue) throws -> [UInt8]? {
        switch value {
        case .null: return nil
        case .integer(let number): return bigEndian(number)
        case .real(let number): return bigEndian(number.bitPattern)
        case .blob(let bytes): return bytes
        case .text(let text):
            let bytes = Array(text.utf8)
            guard !bytes.contains(0) else {
                throw StoreError(.unsupportedValue, context: "a text with a NUL character")
            }
            return bytes
        }
    }

    /// The bytes of a value for a column of a type, as binary `COPY` wants them.
    static func encode(_ value: SQLValue, as typeOID: UInt32) throws -> [UInt8]? {
        switch (value, typeOID) {
        case (.null, _), (.integer, OID.int8), (.real, OID.float8), (.blob, OID.bytea),
            (.text, OID.text), (.text, OID.varchar):
            return try encode(value)
        case (.integer(let number), OID.float8): return bigEndian(Double(number).bitPattern)
        case (.integer(let number), OID.int4):
            guard let short = Int32(exactly: number) else { break }
            return bigEndian(short)
        case (.integer(let number), OID.bool) where number == 0 || number == 1:
            return [UInt8(number)]
        default: break
        }
        throw StoreError(.statement, context: "a value does not fit a column of type \(typeOID)")
    }

    /// Reads a value in binary format.
    ///
    /// Sums of whole numbers come as `numeric`; without decimals they are whole numbers again.
    static func decode(_ bytes: UnsafeRawBufferPointer, typeOID: UInt32) throws -> SQLValue {
        switch typeOID {
        case OID.int8: .integer(read(bytes, as: Int64.self))
        case OID.int4: .integer(Int64(read(bytes, as: Int32.self)))
        case OID.int2: .integer(Int64(read(bytes, as: Int16.self)))
        case OID.oid: .integer(Int64(read(bytes, as: UInt32.self)))
        case OID.bool: .integer(bytes.first == 1 ? 1 : 0)
        case OID.text, OID.varchar, OID.name, OID.unknown:
            .text(String(decoding: bytes, as: UTF8.self))
        case OID.bytea: .blob([UInt8](bytes))
        case OID.float8: .real(Double(bitPattern: read(bytes, as: UInt64.self)))
        case OID.float4: .real(Double(Float(bitPattern: read(bytes, as: UInt32.self))))
        case OID.numeric: try numeric(bytes)
        case OID.void: .null
        default:
            throw StoreError(
                .decoding,
                context: "PostgreSQL type \(typeOID) has no place in a portable schema"
            )
        }
    }

    /// `numeric_send`: digit count, weight, sign and scale, then digits of base 10,000.
    private static func numeric(_ bytes: UnsafeRawBufferPointer) throws -> SQLValue {
        func word(_ index: Int) -> Int16 {
            read(UnsafeRawBufferPointer(rebasing: bytes[(index * 2)...]), as: Int16.self)
        }
        let (count, weight, sign, scale) = (Int(word(0)), Int(word(1)), word(2), word(3))
        guard sign == 0 || sign == 0x4000 else {
            throw StoreError(.decoding, context: "a numeric that is not a number")
        }
        let isNegative = sign == 0x4000
        if scale == 0, let whole = wholeNumeric(count, weight, isNegative, word) {
            return .integer(whole)
        }
        var number = 0.0
        for index in 0..<count { number = number * 10_000 + Double(word(4 + index)) }
        let exponent = weight - count + 1
        for _ in 0..<abs(exponent) { number = exponent < 0 ? number / 10_000 : number * 10_000 }
        return .real(isNegative ? -number : number)
    }

    private static func wholeNumeric(
        _ count: Int,
        _ weight: Int,
        _ isNegative: Bool,
        _ word: (Int) -> Int16
    ) -> Int64? {
        var number: Int64 = 0
        for index in 0..<max(weight + 1, 0) {
            let digit = index < count ? Int64(word(4 + index)) : 0
            let (product, overflow) = number.multipliedReportingOverflow(by: 10_000)
            let (sum, overflowed) = product.subtractingReportingOverflow(digit)
            guard !overflow, !overflowed else { return nil }
            number = sum
        }
        // Gathered below zero, where one more number fits.
        return isNegative ? number : (number == .min ? nil : -number)
    }

    static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    private static func read<Number: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer,
        as type: Number.Type
    ) -> Number {
        guard bytes.count >= MemoryLayout<Number>.size else { return 0 }
        return Number(bigEndian: bytes.loadUnaligned(as: type))
    }
}
