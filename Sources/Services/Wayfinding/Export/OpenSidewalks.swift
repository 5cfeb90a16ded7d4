import Basics
import Packaging
import Routing

/// The network as OpenSidewalks 0.3 (https://sidewalks.washington.edu/opensidewalks/0.3/schema.json): nodes
/// and edges as GeoJSON in one ZIP archive; what the schema has no word for stands under `ext:`.
struct OpenSidewalks {
    /// Larger networks are exported in regions.
    static let maximumSegmentCount = 500_000

    private static let schema = "https://sidewalks.washington.edu/opensidewalks/0.3/schema.json"

    let network: WalkingNetwork
    /// What is closed at the moment, by segment.
    let closures: [Int: [Closure]]
    let attribution: Bilingual
    let now: Instant

    /// The archive.
    func archive() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = ZipWriter(level: 6) { bytes += $0 }
        try write("haechi.nodes.geojson", nodes(), to: &writer)
        try write("haechi.edges.geojson", edges(), to: &writer)
        try writer.finish()
        return bytes
    }

    private func write(_ name: String, _ features: [JSONValue], to writer: inout ZipWriter) throws {
        try writer.begin(name)
        let head: [String: JSONValue] = [
            "$schema": .string(Self.schema), "type": "FeatureCollection",
            "dataSource": ["name": .string(attribution.english)],
            "dataTimestamp": .string(now.rfc3339), "features": .array(features),
        ]
        try writer.write(JSONValue.object(head).utf8)
        try writer.end()
    }

    /// Nodes where something is known of a kerb, and bare ones.
    private func nodes() -> [JSONValue] {
        network.nodePositions.indices.map { node in
            let attributes = network.attributes(ofNode: node)
            var properties: [String: JSONValue] = ["_id": .string(String(node))]
            if let kerb = attributes[.kerb]?.value {
                properties["barrier"] = "kerb"
                properties["kerb"] = .string(kerb.rawValue)
                if let tactile = attributes[.tactilePaving]?.value {
                    properties["tactile_paving"] = tactile ? "yes" : "no"
                }
            } else if let tactile = attributes[.tactilePaving]?.value {
                properties["ext:tactile_paving"] = tactile ? "yes" : "no"
            }
            if let height = attributes[.kerbMillimetres]?.value {
                properties["ext:kerb_height_mm"] = .integer(height)
            }
            if let sound = attributes[.soundSignal]?.value {
                properties["ext:sound_signal"] = .boolean(sound)
            }
            if let barrier = attributes[.barrier]?.value {
                properties["ext:barrier"] = .string(barrier.rawValue)
            }
            return .feature(.point(network.nodePositions[node]), properties)
        }
    }

    private func edges() -> [JSONValue] {
        network.segments.enumerated().map { number, segment in
            let attributes = network.attributes(of: number)
            var properties = kind(attributes)
            properties["_id"] = .string(String(number))
            properties["_u_id"] = .string(String(segment.tail))
            properties["_v_id"] = .string(String(segment.head))
            properties["ext:osm_way"] = .integer(Int(segment.way))
            if properties["highway"] != nil { measure(number, segment, attributes, &properties) }
            extend(number, attributes, &properties)
            let line = network.shape(of: number).map(\.json)
            return .feature(
                ["type": "LineString", "coordinates": .array(line)],
                properties
            )
        }
    }

    /// The kind of way in the schema's words; a lift has none and is an edge of its own kind.
    private func kind(_ attributes: Attributes) -> [String: JSONValue] {
        switch attributes[.kind]?.value ?? .path {
        case .sidewalk: return ["highway": "footway", "footway": "sidewalk"]
        case .crossing:
            var properties: [String: JSONValue] = ["highway": "footway", "footway": "crossing"]
            switch attributes[.crossing]?.value {
            case .marked: properties["crossing:markings"] = "yes"
            case .unmarked: properties["crossing:markings"] = "no"
            case .signals: properties["ext:crossing"] = "traffic_signals"
            case nil: break
            }
            return properties
        case .pedestrian: return ["highway": "pedestrian"]
        case .livingStreet: return ["highway": "living_street"]
        case .street: return ["highway": "residential"]
        case .busyStreet: return ["highway": "secondary"]
        case .escalator: return ["highway": "steps", "ext:conveying": "yes"]
        case .steps:
            var properties: [String: JSONValue] = ["highway": "steps"]
            if let count = attributes[.stepCount]?.value, (0...500).contains(count) {
                properties["step_count"] = .integer(count)
            }
            switch attributes[.slope]?.value {
            case .up: properties["climb"] = "up"
            case .down: properties["climb"] = "down"
            default: break
            }
            return properties
        case .lift: return ["ext:highway": "elevator"]
        case .footway, .path, .track, .cycleway, .corridor, .platform:
            return ["highway": "footway"]
        }
    }

    private func measure(
        _ number: Int,
        _ segment: WalkingNetwork.Segment,
        _ attributes: Attributes,
        _ properties: inout [String: JSONValue]
    ) {
        properties["length"] = .number((Double(segment.lengthMillimetres) / 1_000).hundredths)
        let name = network.name(of: number)
        if !name.isEmpty { properties["name"] = .string(name) }
        if let incline = attributes[.inclinePermille]?.value, abs(incline) <= 1_000 {
            properties["incline"] = .number(Double(incline) / 1_000)
        }
        if let width = attributes[.widthCentimetres]?.value, (0...50_000).contains(width) {
            properties["width"] = .number(Double(width) / 100)
        }
        if let surface = attributes[.surface]?.value {
            properties["surface"] = .string(surface.openSidewalks)
        }
    }

    private func extend(
        _ number: Int,
        _ attributes: Attributes,
        _ properties: inout [String: JSONValue]
    ) {
        if let smoothness = attributes[.smoothness]?.value {
            properties["ext:smoothness"] = .string(smoothness.rawValue)
        }
        if let wheelchair = attributes[.wheelchair]?.value {
            properties["ext:wheelchair"] = .string(wheelchair.rawValue)
        }
        if let level = attributes.level { properties["ext:level"] = .number(level) }
        if let closed = closures[number]?.first {
            properties["ext:closed"] = .string(closed.text.korean)
            properties["ext:closed_confirmed"] = .boolean(closed.isConfirmed)
        }
    }
}

extension Surface {
    /// The schema's word.
    fileprivate var openSidewalks: String {
        switch self {
        case .paved: "paved"
        case .slabs, .cobbles: "paving_stones"
        case .gravel: "gravel"
        case .ground: "dirt"
        case .compacted, .loose: "unpaved"
        }
    }
}
