/// One PrimitiveBlock of a PBF file.
struct PBFBlock {
    private let strings: [String]
    private let groups: [ProtobufReader]
    private let granularity: Int64
    private let latitudeOffset: Int64
    private let longitudeOffset: Int64

    init(_ bytes: [UInt8]) throws(RoutingError) {
        var reader = ProtobufReader(bytes)
        var strings: [String] = []
        var groups: [ProtobufReader] = []
        var granularity: Int64 = 100
        var offsets: (latitude: Int64, longitude: Int64) = (0, 0)
        while let field = try reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): strings = try PBFBlock.strings(try reader.message())
            case (2, .bytes): groups.append(try reader.message())
            case (17, .varint): granularity = Int64(truncatingIfNeeded: try reader.varint())
            case (19, .varint): offsets.latitude = Int64(truncatingIfNeeded: try reader.varint())
            case (20, .varint): offsets.longitude = Int64(truncatingIfNeeded: try reader.varint())
            default: try reader.skip(field)
            }
        }
        guard granularity > 0, granularity <= 1_000_000_000 else {
            throw .damagedMap("granularity \(granularity)")
        }
        self.strings = strings
        self.groups = groups
        self.granularity = granularity
        latitudeOffset = offsets.latitude
        longitudeOffset = offsets.longitude
    }

    func read(into visitor: inout some OSMVisitor) throws {
        for var group in groups {
            while let field = try group.next() {
                switch (field.number, field.wire) {
                case (1, .bytes) where visitor.wanted.contains(.nodes):
                    try visitor.node(try node(try group.message()))
                case (2, .bytes) where visitor.wanted.contains(.nodes):
                    try denseNodes(try group.message(), into: &visitor)
                case (3, .bytes) where visitor.wanted.contains(.ways):
                    try visitor.way(try way(try group.message()))
                case (4, .bytes) where visitor.wanted.contains(.relations):
                    try visitor.relation(try relation(try group.message()))
                default: try group.skip(field)
                }
            }
        }
    }

    private static func strings(_ table: ProtobufReader) throws(RoutingError) -> [String] {
        var reader = table
        var strings: [String] = []
        while let field = try reader.next() {
            if field.number == 1, field.wire == .bytes {
                strings.append(try reader.string())
            } else {
                try reader.skip(field)
            }
        }
        return strings
    }

    /// A place in units of the block; the product and the sum may not even overflow.
    private func position(_ latitude: Int64, _ longitude: Int64) throws(RoutingError) -> GeoPoint {
        func nanodegrees(_ value: Int64, _ offset: Int64) throws(RoutingError) -> Int64 {
            let (product, overflow) = value.multipliedReportingOverflow(by: granularity)
            let (sum, overflowAgain) = product.addingReportingOverflow(offset)
            guard !overflow, !overflowAgain else {
                throw .coordinateOutsideWorld("\(value) × \(granularity) + \(offset)")
            }
            return sum / 100
        }
        return try GeoPoint(
            latitudeE7: try nanodegrees(latitude, latitudeOffset),
            longitudeE7: try nanodegrees(longitude, longitudeOffset)
        )
    }

    private func tags(_ keys: ProtobufReader?, _ values: ProtobufReader?) throws(RoutingError)
        -> OSMTags
    {
        guard var keys, var values else { return OSMTags([]) }
        var indexes: [UInt32] = []
        while !keys.isAtEnd {
            guard !values.isAtEnd else { throw .damagedMap("keys without values") }
            indexes.append(try index(try keys.varint()))
            indexes.append(try index(try values.varint()))
        }
        return OSMTags(strings: strings, indexes: indexes, range: 0..<indexes.count)
    }

    private func index(_ value: UInt64) throws(RoutingError) -> UInt32 {
        guard value < UInt64(strings.count) else { throw .damagedMap("string \(value)") }
        return UInt32(value)
    }

    private func node(_ message: ProtobufReader) throws(RoutingError) -> OSMNode {
        var reader = message
        var id: Int64 = 0
        var keys: ProtobufReader?
        var values: ProtobufReader?
        var place: (latitude: Int64, longitude: Int64) = (0, 0)
        while let field = try reader.next() {
            switch (field.number, field.wire) {
            case (1, .varint): id = try reader.zigzag()
            case (2, .bytes): keys = try reader.message()
            case (3, .bytes): values = try reader.message()
            case (8, .varint): place.latitude = try reader.zigzag()
            case (9, .varint): place.longitude = try reader.zigzag()
            default: try reader.skip(field)
            }
        }
        return OSMNode(
            id: id,
            position: try position(place.latitude, place.longitude),
            tags: try tags(keys, values)
        )
    }

    private func denseNodes(_ message: ProtobufReader, into visitor: inout some OSMVisitor) throws {
        var reader = message
        let none = ProtobufReader([])
        var (ids, latitudes, longitudes, tags) = (none, none, none, none)
        while let field = try reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): ids = try reader.message()
            case (8, .bytes): latitudes = try reader.message()
            case (9, .bytes): longitudes = try reader.message()
            case (10, .bytes): tags = try reader.message()
            default: try reader.skip(field)
            }
        }
        let (indexes, ends) = try denseTags(tags)
        var (id, latitude, longitude): (Int64, Int64, Int64) = (0, 0, 0)
        var number = 0
        var start = 0
        while !ids.isAtEnd {
            id &+= try ids.zigzag()
            latitude &+= try latitudes.zigzag()
            longitude &+= try longitudes.zigzag()
            // A block whose nodes have no tags at all leaves the list out.
            let end = ends.isEmpty ? 0 : number < ends.count ? ends[number] : -1
            guard end >= 0 else { throw RoutingError.damagedMap("tags of dense nodes") }
            try visitor.node(
                OSMNode(
                    id: id,
                    position: try position(latitude, longitude),
                    tags: OSMTags(strings: strings, indexes: indexes, range: start..<end)
                )
            )
            start = end
            number += 1
        }
    }

    /// The keys and values of all dense nodes, and where those of each node end.
    private func denseTags(_ message: ProtobufReader) throws(RoutingError)
        -> (indexes: [UInt32], ends: [Int])
    {
        var reader = message
        var indexes: [UInt32] = []
        var ends: [Int] = []
        while !reader.isAtEnd {
            let key = try index(try reader.varint())
            if key == 0 {
                ends.append(indexes.count)
            } else {
                indexes.append(key)
                indexes.append(try index(try reader.varint()))
            }
        }
        return (indexes, ends)
    }

    private func way(_ message: ProtobufReader) throws(RoutingError) -> OSMWay {
        var reader = message
        var id: Int64 = 0
        var keys: ProtobufReader?
        var values: ProtobufReader?
        var nodes: [Int64] = []
        while let field = try reader.next() {
            switch (field.number, field.wire) {
            case (1, .varint): id = Int64(truncatingIfNeeded: try reader.varint())
            case (2, .bytes): keys = try reader.message()
            case (3, .bytes): values = try reader.message()
            case (8, .bytes):
                var references = try reader.message()
                var node: Int64 = 0
                while !references.isAtEnd {
                    node &+= try references.zigzag()
                    nodes.append(node)
                }
            default: try reader.skip(field)
            }
            guard nodes.count <= PBFReader.maximumWayNodeCount else {
                throw .partTooLarge("way \(id) has \(nodes.count) nodes")
            }
        }
        return OSMWay(id: id, nodes: nodes, tags: try tags(keys, values))
    }

    private func relation(_ message: ProtobufReader) throws(RoutingError) -> OSMRelation {
        var reader = message
        var id: Int64 = 0
        var keys: ProtobufReader?
        var values: ProtobufReader?
        let none = ProtobufReader([])
        var (roles, ids, kinds) = (none, none, none)
        while let field = try reader.next() {
            switch (field.number, field.wire) {
            case (1, .varint): id = Int64(truncatingIfNeeded: try reader.varint())
            case (2, .bytes): keys = try reader.message()
            case (3, .bytes): values = try reader.message()
            case (8, .bytes): roles = try reader.message()
            case (9, .bytes): ids = try reader.message()
            case (10, .bytes): kinds = try reader.message()
            default: try reader.skip(field)
            }
        }
        var members: [OSMRelation.Member] = []
        var member: Int64 = 0
        while !ids.isAtEnd {
            member &+= try ids.zigzag()
            let code = try kinds.varint()
            guard let kind = OSMRelation.Member.Kind(rawValue: Int(truncatingIfNeeded: code)),
                members.count < PBFReader.maximumMemberCount
            else { throw .damagedMap("member \(members.count) of relation \(id)") }
            let role = strings[Int(try index(try roles.varint()))]
            members.append(.init(kind: kind, id: member, role: role))
        }
        return OSMRelation(id: id, members: members, tags: try tags(keys, values))
    }
}
