public import Basics

/// Reads pavements in the form of OpenSidewalks 0.2 and 0.3
/// (https://sidewalks.washington.edu/opensidewalks/0.3/schema.json): nodes and edges as GeoJSON.
///
/// Its words are OpenStreetMap's but for a few: slopes are fractions, `climb` says which way steps lead.
/// Points, lines, polygons and zones are not part of its network and are not read.
public enum OpenSidewalks {
    /// The elements of a data set.
    ///
    /// - Parameters:
    ///   - nodes: The document of nodes.
    ///   - edges: The document of edges.
    /// - Returns: The elements, in OpenStreetMap's tags.
    /// - Throws: `RoutingError` `damagedMap`, or `coordinateOutsideWorld`.
    public static func elements(
        nodes: JSONValue,
        edges: JSONValue
    ) throws(RoutingError) -> OSMElementList {
        var list = OSMElementList()
        for feature in try features(nodes) {
            guard let id = feature.properties["_id"]?.plainText,
                case .array(let position)? = feature.coordinates
            else { throw .damagedMap("OpenSidewalks node without _id or place") }
            list.addNode(list.id(id), try place(position), tags(feature.properties))
        }
        for feature in try features(edges) { try add(feature, to: &list) }
        return list
    }

    private struct Feature {
        var properties: [String: JSONValue]
        var coordinates: JSONValue?
    }

    private static func features(_ document: JSONValue) throws(RoutingError) -> [Feature] {
        guard case .object(let members) = document, case .array(let items)? = members["features"]
        else { throw .damagedMap("no FeatureCollection") }
        var found: [Feature] = []
        for item in items {
            guard case .object(let feature) = item,
                case .object(let properties)? = feature["properties"],
                case .object(let geometry)? = feature["geometry"]
            else { throw .damagedMap("feature \(found.count) has no properties or geometry") }
            found.append(Feature(properties: properties, coordinates: geometry["coordinates"]))
        }
        return found
    }

    private static func place(_ position: [JSONValue]) throws(RoutingError) -> GeoPoint {
        guard position.count >= 2, let longitude = position[0].number,
            let latitude = position[1].number
        else { throw .damagedMap("a position that is none") }
        return try GeoPoint(latitude: latitude, longitude: longitude)
    }

    /// An edge is a way between its two nodes; what lies between them is its shape.
    private static func add(
        _ feature: Feature,
        to list: inout OSMElementList
    ) throws(RoutingError) {
        guard let first = feature.properties["_u_id"]?.plainText,
            let last = feature.properties["_v_id"]?.plainText,
            case .array(let line)? = feature.coordinates, line.count >= 2
        else { throw .damagedMap("OpenSidewalks edge without ends or line") }
        var nodes: [Int64] = []
        for (index, item) in line.enumerated() {
            guard case .array(let position) = item else { throw .damagedMap("line of an edge") }
            let name = index == 0 ? first : index == line.count - 1 ? last : nil
            // A node that the document of nodes forgot lies where the line ends.
            let isNew = name.map { !list.hasNode($0) } ?? true
            let id = name.map { list.id($0) } ?? list.freshID()
            if isNew { list.addNode(id, try place(position)) }
            nodes.append(id)
        }
        list.addWay(nodes, tags(feature.properties))
    }

    /// The properties in OpenStreetMap's words.
    private static func tags(_ properties: [String: JSONValue]) -> [String: String] {
        var tags: [String: String] = [:]
        for (key, value) in properties where !key.hasPrefix("_") && !key.hasPrefix("ext:") {
            if let text = value.plainText { tags[key] = text }
        }
        // The length follows from the line.
        tags["length"] = nil
        let climb = tags.removeValue(forKey: "climb")
        if let fraction = properties["incline"]?.number {
            tags["incline"] = "\((fraction * 1_000).rounded() / 10)%"
        } else if let climb {
            tags["incline"] = climb
        }
        if tags["footway"] == "traffic_island" { tags["crossing:island"] = "yes" }
        return tags
    }
}

extension JSONValue {
    /// The value as a tag has it; nothing for lists and objects.
    fileprivate var plainText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .boolean(let isTrue): isTrue ? "yes" : "no"
        case .null, .array, .object: nil
        }
    }
}
