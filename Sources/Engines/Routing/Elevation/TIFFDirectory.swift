/// The first directory of a TIFF file (TIFF 6.0, Adobe 1992): its fields by their numbers.
struct TIFFDirectory {
    static let maximumFieldCount = 4_096
    /// Values of one field at most: strips or tiles of a large file.
    static let maximumValueCount = 1 << 20

    /// Numbers of fields.
    enum Field: UInt16 {
        case imageWidth = 256
        case imageLength = 257
        case bitsPerSample = 258
        case compression = 259
        case stripOffsets = 273
        case samplesPerPixel = 277
        case rowsPerStrip = 278
        case stripByteCounts = 279
        case predictor = 317
        case tileWidth = 322
        case tileLength = 323
        case tileOffsets = 324
        case tileByteCounts = 325
        case sampleFormat = 339
        // GeoTIFF 1.1 (OGC 19-008r4).
        case modelPixelScale = 33_550
        case modelTiepoint = 33_922
        case modelTransformation = 34_264
        case geoKeyDirectory = 34_735
        /// What GDAL writes for a height that was not measured.
        case noData = 42_113
    }

    let bytes: [UInt8]
    let isLittleEndian: Bool
    private var fields: [UInt16: (type: UInt16, count: Int, offset: Int)] = [:]

    init(_ bytes: [UInt8]) throws(RoutingError) {
        self.bytes = bytes
        guard bytes.count >= 8 else { throw .badElevation("\(bytes.count) bytes") }
        isLittleEndian = bytes[0] == 0x49
        let version = try Int(unsigned(at: 2, length: 2))
        guard version != 43 else { throw .unsupportedFeature("BigTIFF") }
        guard version == 42 else { throw .badElevation("TIFF version \(version)") }
        let start = try Int(unsigned(at: 4, length: 4))
        let count = try Int(unsigned(at: start, length: 2))
        guard count <= Self.maximumFieldCount else { throw .badElevation("\(count) fields") }
        for index in 0..<count {
            let entry = start + 2 + 12 * index
            let number = try UInt16(unsigned(at: entry, length: 2))
            let type = try UInt16(unsigned(at: entry + 2, length: 2))
            let values = try Int(unsigned(at: entry + 4, length: 4))
            guard let length = Self.byteCount(type) else { continue }
            // Values of four bytes together lie in the entry itself.
            let isInside = values * length <= 4
            let offset = try isInside ? entry + 8 : Int(unsigned(at: entry + 8, length: 4))
            fields[number] = (type, values, offset)
        }
    }

    private static func byteCount(_ type: UInt16) -> Int? {
        switch type {
        case 1, 2, 6, 7: 1
        case 3, 8: 2
        case 4, 9, 11: 4
        case 5, 10, 12: 8
        default: nil
        }
    }

    /// An unsigned number of up to eight bytes, in the order of the file.
    func unsigned(at offset: Int, length: Int) throws(RoutingError) -> UInt64 {
        guard offset >= 0, offset <= bytes.count - length else {
            throw .badElevation("ends before \(offset)")
        }
        var value: UInt64 = 0
        for index in 0..<length {
            let byte = bytes[offset + (isLittleEndian ? length - 1 - index : index)]
            value = value << 8 | UInt64(byte)
        }
        return value
    }

    /// The values of a field as whole numbers; empty where the file has no such field.
    func integers(_ field: Field) throws(RoutingError) -> [Int] {
        guard let found = fields[field.rawValue], [1, 3, 4].contains(found.type) else { return [] }
        let length = Self.byteCount(found.type) ?? 1
        guard found.count <= Self.maximumValueCount else {
            throw .badElevation("\(found.count) values")
        }
        var values: [Int] = []
        for index in 0..<found.count {
            values.append(Int(try unsigned(at: found.offset + index * length, length: length)))
        }
        return values
    }

    func integer(_ field: Field) throws(RoutingError) -> Int? { try integers(field).first }

    /// The values of a field of doubles; empty where the file has no such field.
    func doubles(_ field: Field) throws(RoutingError) -> [Double] {
        guard let found = fields[field.rawValue], found.type == 12 else { return [] }
        guard found.count <= Self.maximumValueCount else {
            throw .badElevation("\(found.count) values")
        }
        var values: [Double] = []
        for index in 0..<found.count {
            let bits = try unsigned(at: found.offset + index * 8, length: 8)
            values.append(Double(bitPattern: bits))
        }
        return values
    }

    /// The text of a field, up to its end mark.
    func text(_ field: Field) throws(RoutingError) -> String? {
        guard let found = fields[field.rawValue], found.type == 2, found.count < 256,
            found.offset >= 0, found.offset <= bytes.count - found.count
        else { return nil }
        let text = bytes[found.offset..<found.offset + found.count].prefix { $0 != 0 }
        return String(decoding: text, as: UTF8.self)
    }
}
