/// Writes protocol buffers (https://protobuf.dev/programming-guides/encoding/).
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ value: UInt64) {
        var value = value
        while value > 0x7f {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    mutating func append(_ field: UInt64, _ value: UInt64) {
        varint(field << 3)
        varint(value)
    }

    mutating func append(_ field: UInt64, _ content: [UInt8]) {
        varint(field << 3 | 2)
        varint(UInt64(content.count))
        bytes += content
    }

    /// A packed list of varints.
    mutating func append(_ field: UInt64, packed values: [UInt32]) {
        var content = ProtobufWriter()
        content.bytes.reserveCapacity(values.count * 2)
        for value in values { content.varint(UInt64(value)) }
        append(field, content.bytes)
    }

    static func zigzag(_ value: Int) -> UInt64 {
        UInt64(bitPattern: Int64((value << 1) ^ (value >> 63)))
    }
}

/// Writes the commands of a geometry: each place as the step from the one before (§4.3.1).
struct GeometryWriter {
    private(set) var commands: [UInt32] = []
    private var cursor = TilePoint(x: 0, y: 0)

    private enum Command: UInt32 {
        case moveTo = 1
        case lineTo = 2
        case closePath = 7
    }

    private mutating func command(_ command: Command, count: Int) {
        commands.append(command.rawValue | UInt32(count) << 3)
    }

    private mutating func step(to point: TilePoint) {
        commands.append(UInt32(truncatingIfNeeded: ProtobufWriter.zigzag(point.x - cursor.x)))
        commands.append(UInt32(truncatingIfNeeded: ProtobufWriter.zigzag(point.y - cursor.y)))
        cursor = point
    }

    mutating func move(to points: [TilePoint]) {
        guard !points.isEmpty else { return }
        command(.moveTo, count: points.count)
        for point in points { step(to: point) }
    }

    mutating func line(_ line: [TilePoint]) {
        move(to: [line[0]])
        command(.lineTo, count: line.count - 1)
        for point in line.dropFirst() { step(to: point) }
    }

    mutating func ring(_ ring: [TilePoint]) {
        line(ring)
        command(.closePath, count: 1)
    }
}

/// Writes one layer of a tile (§4.1): its features, and each key and value once.
struct LayerWriter {
    private let name: String
    private var features = ProtobufWriter()
    private var keys: [String] = []
    private var keyNumbers: [String: UInt32] = [:]
    private var values = ProtobufWriter()
    private var valueNumbers: [MapValue: UInt32] = [:]
    /// The tags of sets of attributes that were written already.
    private var sets: [UInt32: [UInt32]] = [:]

    init(_ name: String) {
        self.name = name
    }

    mutating func append(
        id: Int64,
        shape: MapData.Shape,
        geometry: [UInt32],
        attributes: MapAttributes,
        set: UInt32
    ) {
        var feature = ProtobufWriter()
        // Ids below zero are of files that were never uploaded; the format knows none.
        if id >= 0 { feature.append(1, UInt64(id)) }
        feature.append(2, packed: tags(attributes, set))
        feature.append(3, UInt64(shape.rawValue))
        feature.append(4, packed: geometry)
        features.append(2, feature.bytes)
    }

    private mutating func tags(_ attributes: MapAttributes, _ set: UInt32) -> [UInt32] {
        if let known = sets[set] { return known }
        var tags: [UInt32] = []
        for (key, value) in attributes.pairs {
            tags.append(number(key))
            tags.append(number(value))
        }
        sets[set] = tags
        return tags
    }

    private mutating func number(_ key: String) -> UInt32 {
        if let number = keyNumbers[key] { return number }
        let number = UInt32(keys.count)
        keys.append(key)
        keyNumbers[key] = number
        return number
    }

    private mutating func number(_ value: MapValue) -> UInt32 {
        if let number = valueNumbers[value] { return number }
        let number = UInt32(valueNumbers.count)
        valueNumbers[value] = number
        var written = ProtobufWriter()
        switch value {
        case .text(let text): written.append(1, Array(text.utf8))
        case .number(let number): written.append(6, ProtobufWriter.zigzag(number))
        case .flag(let flag): written.append(7, flag ? 1 : 0)
        }
        values.append(4, written.bytes)
        return number
    }

    func bytes() -> [UInt8] {
        var layer = ProtobufWriter()
        layer.append(15, 2)
        layer.append(1, Array(name.utf8))
        var bytes = layer.bytes + features.bytes
        var rest = ProtobufWriter()
        for key in keys { rest.append(3, Array(key.utf8)) }
        bytes += rest.bytes + values.bytes
        var extent = ProtobufWriter()
        extent.append(5, UInt64(TileAddress.extent))
        return bytes + extent.bytes
    }
}
