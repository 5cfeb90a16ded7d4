/// Takes numbers and lists from bytes and checks each.
struct GraphReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Reads bytes that stay where they are as long as this reads.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type)
        throws(RoutingError) -> Number
    {
        let size = MemoryLayout<Number>.size
        guard bytes.count - position >= size else { throw .badGraphFile("cut off") }
        defer { position += size }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
    }

    /// The count of a list whose elements take so many bytes at least.
    private mutating func count(elementByteCount: Int) throws(RoutingError) -> Int {
        let count = try number(UInt64.self)
        guard count <= UInt64((bytes.count - position) / elementByteCount) else {
            throw .badGraphFile("list of \(count)")
        }
        return Int(count)
    }

    private mutating func list<Element>(
        elementByteCount: Int,
        _ element: (inout GraphReader) throws(RoutingError) -> Element
    ) throws(RoutingError) -> [Element] {
        let count = try count(elementByteCount: elementByteCount)
        var list: [Element] = []
        list.reserveCapacity(count)
        for _ in 0..<count { list.append(try element(&self)) }
        return list
    }

    private mutating func point() throws(RoutingError) -> GeoPoint {
        let latitude = try number(Int32.self)
        return try GeoPoint(
            latitudeE7: Int64(latitude),
            longitudeE7: Int64(try number(Int32.self))
        )
    }

    private mutating func attributes() throws(RoutingError) -> Attributes {
        let entries = try list(elementByteCount: 7) { reader throws(RoutingError) in
            let key = try reader.number(UInt8.self)
            guard let provenance = Provenance(rawValue: try reader.number(UInt8.self)) else {
                throw RoutingError.badGraphFile("provenance")
            }
            let isConfirmed = try reader.number(UInt8.self) != 0
            let code = try reader.number(Int32.self)
            return Attributes.Entry(
                key: key,
                provenance: provenance,
                isConfirmed: isConfirmed,
                code: code
            )
        }
        return Attributes(entries: entries)
    }

    private mutating func text() throws(RoutingError) -> String {
        let count = try count(elementByteCount: 1)
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    /// What is known about a network whose lists lie elsewhere.
    mutating func readKnowledge(into network: inout WalkingNetwork) throws(RoutingError) {
        network.attributeSets = try list(elementByteCount: 8) { reader throws(RoutingError) in
            try reader.attributes()
        }
        network.texts = try list(elementByteCount: 8) { reader throws(RoutingError) in
            try reader.text()
        }
        network.landmarks = try list(elementByteCount: 12) { reader throws(RoutingError) in
            .init(position: try reader.point(), name: try reader.number(UInt32.self))
        }
        network.missingNodeCount = Int(clamping: try number(UInt64.self))
        guard isAtEnd else { throw .badGraphFile("knowledge") }
    }
}
