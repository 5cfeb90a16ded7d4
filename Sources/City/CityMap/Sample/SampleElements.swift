import Routing

/// The elements of the sample neighbourhood as they are made: nodes by their place and level, ways
/// over them, each with its tags.
struct SampleElements {
    typealias Tags = [(key: String, value: String)]

    struct Node {
        var place: LocalPlace
        var tags: Tags = []
    }

    struct Way {
        var nodes: [Int]
        var tags: Tags
    }

    private struct Spot: Hashable {
        var x: Int
        var y: Int
        var level: Int
    }

    private(set) var nodes: [Node] = []
    private(set) var ways: [Way] = []
    private var numbers: [Spot: Int] = [:]

    /// The node at a place of a level; ways that name the same place meet there.
    mutating func node(_ place: LocalPlace, level: Int = 0, _ tags: Tags = []) -> Int {
        let spot = Spot(
            x: Int((place.x * 10).rounded()),
            y: Int((place.y * 10).rounded()),
            level: level
        )
        let number =
            numbers[spot]
            ?? {
                nodes.append(Node(place: place))
                numbers[spot] = nodes.count - 1
                return nodes.count - 1
            }()
        for tag in tags where !nodes[number].tags.contains(where: { $0.key == tag.key }) {
            nodes[number].tags.append(tag)
        }
        return number
    }

    /// A node that nothing else shares: a shop, a lamp.
    mutating func point(_ place: LocalPlace, _ tags: Tags) {
        nodes.append(Node(place: place, tags: tags))
    }

    mutating func way(_ nodes: [Int], _ tags: Tags) {
        ways.append(Way(nodes: nodes, tags: tags))
    }

    mutating func way(_ places: [LocalPlace], level: Int = 0, _ tags: Tags) {
        way(places.map { node($0, level: level) }, tags)
    }

    mutating func area(_ corners: [LocalPlace], _ tags: Tags) {
        let ring = corners.map { node($0, level: SampleElements.areaLevel) }
        way(ring + ring.prefix(1), tags)
    }

    /// Outlines share no node with ways: a wall is no junction.
    private static let areaLevel = 99

    /// The elements as readers of maps hand them on.
    func list() -> OSMElementList {
        OSMElementList(
            nodes: nodes.enumerated().map { number, node in
                OSMNode(
                    id: Int64(number + 1),
                    position: SampleNeighbourhood.position(node.place),
                    tags: OSMTags(node.tags)
                )
            },
            ways: ways.enumerated().map { number, way in
                OSMWay(
                    id: Int64(number + 1),
                    nodes: way.nodes.map { Int64($0 + 1) },
                    tags: OSMTags(way.tags)
                )
            }
        )
    }

    /// The elements as an OpenStreetMap file (XML 0.6).
    func xml() -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n"
        for (number, node) in nodes.enumerated() {
            let point = SampleNeighbourhood.position(node.place)
            text +=
                "<node id=\"\(number + 1)\" lat=\"\(SampleElements.degrees(point.latitudeE7))\" "
                + "lon=\"\(SampleElements.degrees(point.longitudeE7))\""
            text += node.tags.isEmpty ? "/>\n" : ">\(SampleElements.xml(node.tags))</node>\n"
        }
        for (number, way) in ways.enumerated() {
            let references = way.nodes.map { "<nd ref=\"\($0 + 1)\"/>" }.joined()
            text += "<way id=\"\(number + 1)\">\(references)\(SampleElements.xml(way.tags))</way>\n"
        }
        return text + "</osm>\n"
    }

    private static func xml(_ tags: Tags) -> String {
        tags.map { "<tag k=\"\($0.key)\" v=\"\($0.value)\"/>" }.joined()
    }

    private static func degrees(_ e7: Int32) -> String {
        let fraction = String(e7 % 10_000_000)
        return "\(e7 / 10_000_000)." + String(repeating: "0", count: 7 - fraction.count) + fraction
    }
}
