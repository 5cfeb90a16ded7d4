/// Reads a Mapbox Vector Tile by the specification, knowing nothing of what wrote it.
struct TileReader {
    struct Feature {
        var id: UInt64?
        var type: UInt64 = 0
        var tags: [String: String] = [:]
        /// Runs of points: one a point, a line, a ring (without its closing point).
        var parts: [[(x: Int, y: Int)]] = []
    }

    struct Layer {
        var name = ""
        var version: UInt64 = 0
        var extent: UInt64 = 4_096
        var features: [Feature] = []
    }

    struct Fault: Error {
        var text: String
    }

    private let bytes: [UInt8]
    private var at: Int
    private let end: Int

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        at = range.lowerBound
        end = range.upperBound
    }

    static func layers(_ bytes: [UInt8]) throws -> [Layer] {
        var reader = TileReader(bytes, 0..<bytes.count)
        var layers: [Layer] = []
        while let (field, content) = try reader.next() {
            guard field == 3, case .range(let range) = content else { throw Fault(text: "tile") }
            layers.append(try layer(bytes, range))
        }
        return layers
    }

    private enum Content {
        case number(UInt64)
        case range(Range<Int>)
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard at < end else { throw Fault(text: "varint") }
            value |= UInt64(bytes[at] & 0x7f) << shift
            at += 1
            if bytes[at - 1] < 0x80 { return value }
        }
        throw Fault(text: "long varint")
    }

    private mutating func next() throws -> (UInt64, Content)? {
        if at == end { return nil }
        let key = try varint()
        switch key & 7 {
        case 0: return (key >> 3, .number(try varint()))
        case 2:
            let count = Int(try varint())
            guard at + count <= end else { throw Fault(text: "length") }
            defer { at += count }
            return (key >> 3, .range(at..<at + count))
        default: throw Fault(text: "wire \(key & 7)")
        }
    }

    private static func layer(_ bytes: [UInt8], _ range: Range<Int>) throws -> Layer {
        var reader = TileReader(bytes, range)
        var layer = Layer()
        var features: [Range<Int>] = []
        var keys: [String] = []
        var values: [String] = []
        while let (field, content) = try reader.next() {
            switch (field, content) {
            case (1, .range(let range)): layer.name = String(decoding: bytes[range], as: UTF8.self)
            case (2, .range(let range)): features.append(range)
            case (3, .range(let range)): keys.append(String(decoding: bytes[range], as: UTF8.self))
            case (4, .range(let range)): values.append(try value(bytes, range))
            case (5, .number(let extent)): layer.extent = extent
            case (15, .number(let version)): layer.version = version
            default: throw Fault(text: "layer field \(field)")
            }
        }
        guard Set(keys).count == keys.count, Set(values).count == values.count else {
            throw Fault(text: "a key or a value twice")
        }
        layer.features = try features.map { try feature(bytes, $0, keys, values) }
        return layer
    }

    private static func value(_ bytes: [UInt8], _ range: Range<Int>) throws -> String {
        var reader = TileReader(bytes, range)
        switch try reader.next() {
        case (1, .range(let range))?: return String(decoding: bytes[range], as: UTF8.self)
        case (6, .number(let number))?: return "\(zigzag(number))"
        case (7, .number(let number))?: return number == 1 ? "true" : "false"
        default: throw Fault(text: "value")
        }
    }

    private static func zigzag(_ value: UInt64) -> Int {
        Int(value >> 1) ^ -Int(value & 1)
    }

    private static func numbers(_ bytes: [UInt8], _ range: Range<Int>) throws -> [UInt64] {
        var reader = TileReader(bytes, range)
        var numbers: [UInt64] = []
        while reader.at < reader.end { numbers.append(try reader.varint()) }
        return numbers
    }

    private static func feature(
        _ bytes: [UInt8],
        _ range: Range<Int>,
        _ keys: [String],
        _ values: [String]
    ) throws -> Feature {
        var reader = TileReader(bytes, range)
        var feature = Feature()
        while let (field, content) = try reader.next() {
            switch (field, content) {
            case (1, .number(let id)): feature.id = id
            case (2, .range(let range)):
                let tags = try numbers(bytes, range)
                for pair in stride(from: 0, to: tags.count, by: 2) {
                    feature.tags[keys[Int(tags[pair])]] = values[Int(tags[pair + 1])]
                }
            case (3, .number(let type)): feature.type = type
            case (4, .range(let range)):
                feature.parts = try parts(try numbers(bytes, range), type: feature.type)
            default: throw Fault(text: "feature field \(field)")
            }
        }
        return feature
    }

    private static func parts(_ commands: [UInt64], type: UInt64) throws -> [[(x: Int, y: Int)]] {
        var parts: [[(x: Int, y: Int)]] = []
        var cursor = (x: 0, y: 0)
        var at = 0
        while at < commands.count {
            let (command, count) = (commands[at] & 7, Int(commands[at] >> 3))
            at += 1
            if command == 7 {
                guard type == 3, count == 1 else { throw Fault(text: "close") }
                continue
            }
            guard command == 1 || command == 2, at + 2 * count <= commands.count else {
                throw Fault(text: "command \(command)")
            }
            for _ in 0..<count {
                cursor.x += zigzag(commands[at])
                cursor.y += zigzag(commands[at + 1])
                at += 2
                if command == 1 {
                    parts.append([cursor])
                } else {
                    parts[parts.count - 1].append(cursor)
                }
            }
        }
        return parts
    }
}

extension TileReader.Feature {
    /// Twice the area of each ring by the surveyor's formula.
    var doubledAreas: [Int] {
        parts.map { ring in
            zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { sum, pair in
                sum + pair.0.x * pair.1.y - pair.1.x * pair.0.y
            }
        }
    }
}
