import Basics
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

/// Builds a network from ways and nodes written down in a test; places are metres east and north of
/// Seoul's city hall.
struct TownMap {
    private var nodes: [PBFWriter.Node] = []
    private var ways: [PBFWriter.Way] = []

    mutating func node(_ id: Int64, _ east: Double, _ north: Double, _ tags: [String: String] = [:])
    {
        nodes.append(
            .init(
                id: id,
                latitude: 375_665_000 + Int64((north / 0.011_119_5).rounded()),
                longitude: 1_269_780_000 + Int64((east / 0.008_814_2).rounded()),
                tags: tags.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            )
        )
    }

    mutating func way(_ id: Int64, _ nodes: [Int64], _ tags: [String: String]) {
        ways.append(
            .init(
                id: id,
                nodes: nodes,
                tags: tags.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            )
        )
    }

    func network() throws -> WalkingNetwork {
        var writer = PBFWriter()
        return try WalkingNetwork(OSMFile(MemoryBytes(writer.file(nodes, ways))))
    }

    static func place(_ east: Double, _ north: Double) throws -> GeoPoint {
        try GeoPoint(
            latitudeE7: 375_665_000 + Int64((north / 0.011_119_5).rounded()),
            longitudeE7: 1_269_780_000 + Int64((east / 0.008_814_2).rounded())
        )
    }
}

@Suite struct `A network to walk on` {
    @Test(
        arguments: [
            ("up", .slope(.up)), ("down", .slope(.down)), (" steep ", .slope(.steep)),
            ("8%", .permille(80)), ("-8 %", .permille(-80)), ("8,5%", .permille(85)),
            ("12", .permille(120)), ("10°", .permille(176)), ("-10°", .permille(-176)),
            ("1:12", .permille(83)), ("-1:8", .permille(-125)), ("83‰", .permille(83)),
            ("0", .permille(0)), ("yes", nil), ("", nil), ("90°", nil), ("1:0", nil), ("500%", nil),
            ("%", nil), ("1:12:3", nil),
        ] as [(String, TagMeasures.Incline?)]
    )
    func `inclines are read as mappers write them`(_ text: String, _ incline: TagMeasures.Incline?)
    {
        #expect(TagMeasures.incline(text) == incline)
    }

    @Test(
        arguments: [
            ("1.2", 1.2), ("1,2 m", 1.2), ("120 cm", 1.2), ("30mm", 0.03), ("3'", 0.9144),
            ("3'6\"", 1.0668), ("2.5;1.5", 1.5), ("wide", nil), ("-1", nil), ("", nil),
            ("1e9", nil),
            ("2;x", nil), ("99999", nil),
        ] as [(String, Double?)]
    )
    func `lengths are read as mappers write them`(_ text: String, _ metres: Double?) {
        let found = TagMeasures.metres(text)
        #expect((found == nil) == (metres == nil))
        if let found, let metres { #expect(abs(found - metres) < 1e-9) }
    }

    @Test(
        arguments: [
            ("0", 0...0), ("-1", -10 ... -10), ("0;1;2", 0...20), ("-2-0", -20...0), ("0.5", 5...5),
            ("B1", nil), ("", nil), ("1e9", nil),
        ] as [(String, ClosedRange<Int>?)]
    )
    func `levels are read as mappers write them`(_ text: String, _ tenths: ClosedRange<Int>?) {
        #expect(TagMeasures.levelTenths(text) == tenths)
    }

    @Test(
        arguments: [
            (["highway": "footway"], .footway),
            (["highway": "footway", "footway": "sidewalk"], .sidewalk),
            (["highway": "footway", "footway": "crossing"], .crossing),
            (["highway": "steps", "conveying": "yes"], .escalator),
            (["highway": "residential", "sidewalk": "both"], .sidewalk),
            (["highway": "residential"], .street), (["highway": "primary"], .busyStreet),
            (["highway": "motorway"], nil), (["highway": "trunk"], nil),
            (["highway": "trunk", "sidewalk": "right"], .sidewalk),
            (["highway": "footway", "access": "private"], nil),
            (["highway": "footway", "access": "private", "foot": "yes"], .footway),
            (["highway": "cycleway"], nil), (["highway": "cycleway", "foot": "yes"], .cycleway),
            (["highway": "construction", "construction": "footway"], nil),
            (["railway": "platform"], .platform), (["indoor": "corridor"], .corridor),
            (["building": "yes"], nil),
        ] as [([String: String], PathKind?)]
    )
    func `a way is of the kind that its tags say`(_ tags: [String: String], _ kind: PathKind?) {
        let walkable = WayClassifier.classify(OSMTags(tags.map { ($0.key, $0.value) }))
        #expect(walkable?.attributes[.kind]?.value == kind)
    }

    @Test func `what a tag says is confirmed, what follows from it is not`() throws {
        let kerb = NodeClassifier.classify(OSMTags([("barrier", "kerb"), ("kerb", "lowered")]))
        #expect(kerb[.kerb] == Known(.lowered, .tagged))
        #expect(kerb[.kerbMillimetres] == Known(30, .inferred))
        #expect(kerb[.kerbMillimetres]?.isConfirmed == false)
        let measured = NodeClassifier.classify(
            OSMTags([("kerb", "raised"), ("kerb:height", "4 cm")])
        )
        #expect(measured[.kerbMillimetres] == Known(40, .tagged))
        #expect(measured[.tactilePaving] == nil)
    }

    @Test func `ways are cut where they meet and where nodes carry barriers`() throws {
        var map = TownMap()
        for id in 1...5 {
            map.node(Int64(id), Double(id) * 10, 0, id == 3 ? ["kerb": "raised"] : [:])
        }
        map.node(6, 40, 20)
        map.way(1, [1, 2, 3, 4, 5], ["highway": "footway", "name": "돌담길"])
        map.way(2, [4, 6], ["highway": "steps", "step_count": "12", "handrail": "yes"])
        let network = try map.network()
        #expect(network.segments.map(\.way) == [1, 1, 1, 2])
        #expect(network.nodeCount == 5)
        #expect(network.segments[0].lengthMillimetres.distance(to: 20_000).magnitude < 20)
        #expect(network.shape(of: 0).count == 3)
        #expect(network.name(of: 0) == "돌담길")
        #expect(network.attributes(of: 3)[.stepCount]?.value == 12)
        #expect(network.attributes(of: 3)[.handrail]?.value == true)
        let kerb = Int(network.segments[0].head)
        #expect(network.attributes(ofNode: kerb)[.kerb]?.value == .raised)
    }

    @Test func `a way with missing nodes is cut there, and the missing are counted`() throws {
        var map = TownMap()
        for id in [1, 2, 4, 5] { map.node(Int64(id), Double(id) * 10, 0) }
        map.way(1, [1, 2, 3, 4, 5], ["highway": "footway"])
        let network = try map.network()
        #expect(network.segments.count == 2)
        #expect(network.missingNodeCount == 1)
        #expect(Set(network.components()).count == 2)
    }

    @Test func `a map without ways is refused, a ring is kept`() throws {
        var map = TownMap()
        map.node(1, 0, 0)
        #expect(errorCode { _ = try map.network() } == .nothingWalkable)
        map.way(1, [7, 8], ["highway": "footway"])
        #expect(errorCode { _ = try map.network() } == .nothingWalkable)
        map.node(2, 10, 0)
        map.node(3, 10, 10)
        map.way(2, [1, 2, 3, 1], ["highway": "footway"])
        let ring = try map.network()
        #expect(ring.segments.count == 2)
        #expect(ring.nodeCount == 2)
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `London keeps its kerbs, signals and lifts`() throws {
        let network = try WalkingNetwork(SharedData.map("london-northern-line.osm.pbf"))
        let places = network.nodeAttributes.map { network.attributeSets[Int($0)] }
        let kerbs = places.filter { $0[.kerb] != nil }.count
        let tactile = places.filter { $0[.tactilePaving]?.value == true }.count
        let sound = places.filter { $0[.soundSignal]?.value == true }.count
        #expect(kerbs > 1_000)
        #expect(tactile > 1_000)
        #expect(sound > 50)
        #expect(places.contains { $0[.kind]?.value == .lift })
        #expect(network.segments.count > 10_000)
    }
}
