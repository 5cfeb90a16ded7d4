import Packaging

/// Reads OpenStreetMap XML (https://wiki.openstreetmap.org/wiki/OSM_XML) as a stream.
struct OSMXMLReader {
    /// OpenStreetMap itself knows no limit; no element needs more.
    static let maximumTagCount = 4_096

    private enum Parent { case node, way, relation, other }

    /// Hands every wanted element to the visitor.
    static func read(_ source: any ByteSource, into visitor: inout some OSMVisitor) throws {
        let scanner = XMLScanner(source, context: "osm")
        var reader = OSMXMLReader()
        var depth = 0
        while true {
            switch try scanner.next() {
            case .start:
                depth += 1
                guard depth > 1 || scanner.isNamed("osm") else {
                    throw RoutingError.unknownFormat("not <osm>")
                }
                try reader.start(scanner, depth: depth)
            case .end:
                depth -= 1
                if depth == 1 { try reader.finish(into: &visitor) }
                guard depth >= 0 else { throw RoutingError.damagedMap("end tag") }
            case .text: continue
            case .finish:
                guard depth == 0 else { throw RoutingError.damagedMap("<osm> not closed") }
                return
            }
        }
    }

    private var parent = Parent.other
    private var id: Int64 = 0
    private var position: GeoPoint?
    private var nodes: [Int64] = []
    private var members: [OSMRelation.Member] = []
    private var tags: [(key: String, value: String)] = []

    private static func parent(_ scanner: XMLScanner) -> Parent {
        if scanner.isNamed("node") { return .node }
        if scanner.isNamed("way") { return .way }
        return scanner.isNamed("relation") ? .relation : .other
    }

    private mutating func start(_ scanner: XMLScanner, depth: Int) throws {
        if depth == 2 {
            tags.removeAll(keepingCapacity: true)
            nodes.removeAll(keepingCapacity: true)
            members.removeAll(keepingCapacity: true)
            parent = OSMXMLReader.parent(scanner)
            guard parent != .other else { return }
            id = try number(try scanner.attribute("id"))
            if parent == .node { position = try place(scanner) }
        } else if depth == 3, parent != .other {
            if scanner.isNamed("tag") {
                let key = try scanner.attribute("k") ?? ""
                tags.append((key, try scanner.attribute("v") ?? ""))
            } else if parent == .way, scanner.isNamed("nd") {
                nodes.append(try number(try scanner.attribute("ref")))
            } else if parent == .relation, scanner.isNamed("member") {
                members.append(try member(scanner))
            }
            guard tags.count <= OSMXMLReader.maximumTagCount,
                nodes.count <= PBFReader.maximumWayNodeCount,
                members.count <= PBFReader.maximumMemberCount
            else { throw RoutingError.partTooLarge("element \(id)") }
        }
    }

    private func member(_ scanner: XMLScanner) throws -> OSMRelation.Member {
        let kind: OSMRelation.Member.Kind
        switch try scanner.attribute("type") {
        case "node": kind = .node
        case "way": kind = .way
        case "relation": kind = .relation
        default: throw RoutingError.damagedMap("member of relation \(id)")
        }
        return .init(
            kind: kind,
            id: try number(try scanner.attribute("ref")),
            role: try scanner.attribute("role") ?? ""
        )
    }

    /// A deleted node of a change file has no place; it is passed over.
    private func place(_ scanner: XMLScanner) throws -> GeoPoint? {
        guard let latitude = try scanner.attribute("lat"),
            let longitude = try scanner.attribute("lon")
        else { return nil }
        guard let latitude = Double(latitude), let longitude = Double(longitude) else {
            throw RoutingError.damagedMap("place of node \(id)")
        }
        return try GeoPoint(latitude: latitude, longitude: longitude)
    }

    private func number(_ text: String?) throws -> Int64 {
        guard let text, let number = Int64(text) else {
            throw RoutingError.damagedMap("id “\((text ?? "").prefix(40))”")
        }
        return number
    }

    private mutating func finish(into visitor: inout some OSMVisitor) throws {
        if parent == .node, visitor.wanted.contains(.nodes), let position {
            try visitor.node(OSMNode(id: id, position: position, tags: OSMTags(tags)))
        } else if parent == .way, visitor.wanted.contains(.ways) {
            try visitor.way(OSMWay(id: id, nodes: nodes, tags: OSMTags(tags)))
        } else if parent == .relation, visitor.wanted.contains(.relations) {
            try visitor.relation(OSMRelation(id: id, members: members, tags: OSMTags(tags)))
        }
        parent = .other
    }
}
