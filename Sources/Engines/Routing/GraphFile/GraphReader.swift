/// Takes numbers and lists from bytes and checks each.
struct GraphReader {
    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8], from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(RoutingError)
        -> Number
    {
        let size = MemoryLayout<Number>.size
        guard bytes.count - position >= size else { throw .badGraphFile("cut off") }
        defer { position += size }
        return bytes.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
        }
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

    mutating func list<Number: FixedWidthInteger>(_ type: Number.Type) throws(RoutingError)
        -> [Number]
    {
        try list(elementByteCount: MemoryLayout<Number>.size) { reader throws(RoutingError) in
            try reader.number(type)
        }
    }

    private mutating func point() throws(RoutingError) -> GeoPoint {
        let latitude = try number(Int32.self)
        return try GeoPoint(
            latitudeE7: Int64(latitude),
            longitudeE7: Int64(try number(Int32.self))
        )
    }

    private mutating func points() throws(RoutingError) -> [GeoPoint] {
        try list(elementByteCount: 8) { reader throws(RoutingError) in try reader.point() }
    }

    private mutating func segment() throws(RoutingError) -> WalkingNetwork.Segment {
        let tail = try number(UInt32.self)
        let head = try number(UInt32.self)
        let length = try number(UInt32.self)
        let attributes = try number(UInt32.self)
        let name = try number(UInt32.self)
        let first = try number(UInt32.self)
        let flags = try number(UInt8.self)
        return .init(
            tail: tail,
            head: head,
            lengthMillimetres: length,
            attributes: attributes,
            name: name,
            firstShapePoint: first,
            isForward: flags & 1 != 0,
            isBackward: flags & 2 != 0,
            way: try number(Int64.self)
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

    /// The network, with every number within its list.
    mutating func network() throws(RoutingError) -> WalkingNetwork {
        var network = WalkingNetwork()
        network.nodePositions = try points()
        network.nodeAttributes = try list(UInt32.self)
        network.segments = try list(elementByteCount: 33) { reader throws(RoutingError) in
            try reader.segment()
        }
        network.shapePoints = try points()
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
        guard network.isConsistent else { throw .badGraphFile("numbers") }
        return network
    }
}

extension WalkingNetwork {
    /// Whether every number names something that is there, and every segment has a shape.
    fileprivate var isConsistent: Bool {
        let (nodes, sets) = (UInt32(clamping: nodeCount), UInt32(clamping: attributeSets.count))
        let names = UInt32(clamping: texts.count)
        var next = UInt32(clamping: shapePoints.count)
        guard nodeAttributes.count == nodeCount, nodeAttributes.allSatisfy({ $0 < sets }),
            landmarks.allSatisfy({ $0.name < names }), segments.first?.firstShapePoint == 0
        else { return false }
        for segment in segments.reversed() {
            guard segment.tail < nodes, segment.head < nodes, segment.tail != segment.head,
                segment.attributes < sets, segment.name < names,
                next >= 2, segment.firstShapePoint <= next - 2
            else { return false }
            next = segment.firstShapePoint
        }
        return true
    }
}
