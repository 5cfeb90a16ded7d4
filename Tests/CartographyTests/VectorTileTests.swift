import Foundation
import Routing
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Cartography

@Suite struct VectorTileTests {
    /// A square of about eleven metres with a hole, as a relation of three ways, in one tile.
    static let courtyard = """
        <node id="1" lat="37.5000000" lon="127.0000000"/><node id="2" lat="37.5000000" lon="127.0001000"/>
        <node id="3" lat="37.5001000" lon="127.0001000"/><node id="4" lat="37.5001000" lon="127.0000000"/>
        <node id="5" lat="37.5000300" lon="127.0000300"/><node id="6" lat="37.5000300" lon="127.0000700"/>
        <node id="7" lat="37.5000700" lon="127.0000700"/>
        <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way>
        <way id="2"><nd ref="1"/><nd ref="4"/><nd ref="3"/></way>
        <way id="3"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/></way>
        <relation id="9"><member type="way" ref="1" role="outer"/><member type="way" ref="2" role="outer"/>
        <member type="way" ref="3" role="inner"/><tag k="type" v="multipolygon"/>
        <tag k="building" v="yes"/><tag k="name" v="중정"/></relation>
        """

    private func tile(_ data: MapData, zoom: Int) throws -> [TileReader.Layer] {
        let middle = try #require(data.box).middle
        let bytes = try #require(data.vectorTile(TileAddress(zoom: zoom, around: middle)))
        return try TileReader.layers(bytes)
    }

    @Test func `a building around a courtyard keeps its hole, and each ring turns as it must`()
        throws
    {
        let data = try MapData(OSMFile(elements: Self.courtyard))
        let layer = try #require(tile(data, zoom: 18).first)
        #expect(layer.name == "buildings" && layer.version == 2 && layer.extent == 4_096)
        let feature = try #require(layer.features.first)
        #expect(feature.id == 9 << 2 | 2)
        #expect(feature.tags == ["class": "yes", "name": "중정"])
        #expect(feature.parts.map(\.count) == [4, 3])
        #expect(feature.doubledAreas[0] > 0 && feature.doubledAreas[1] < 0)
    }

    @Test func `a relation that the map cuts through draws nothing and is counted`() throws {
        let cut = Self.courtyard.replacingOccurrences(of: "<way id=\"2\">", with: "<way id=\"22\">")
        let data = try MapData(OSMFile(elements: cut))
        #expect(data.featureCount == 0 && data.openRingCount == 1)
        #expect(try data.vectorTile(TileAddress(zoom: 0, x: 0, y: 0)) == nil)
    }

    @Test func `a way is cut where the map lacks a node, and nothing is drawn across`() throws {
        let nodes = (1...4).map { "<node id=\"\($0)\" lat=\"37.5\" lon=\"127.000\($0)\"/>" }
            .joined()
        let way = """
            <way id="5"><nd ref="1"/><nd ref="2"/><nd ref="77"/><nd ref="3"/><nd ref="4"/>
            <tag k="highway" v="residential"/><tag k="name" v="솔향로"/></way>
            """
        let layer = try #require(tile(MapData(OSMFile(elements: nodes + way)), zoom: 16).first)
        #expect(layer.name == "roads")
        #expect(layer.features.first?.parts.map(\.count) == [2, 2])
    }

    @Test func `one element is drawn as all that it is`() throws {
        let node = """
            <node id="1" lat="37.5" lon="127"><tag k="amenity" v="library"/><tag k="name" v="도서관"/>
            <tag k="addr:street" v="까치대로"/><tag k="addr:housenumber" v="61"/></node>
            """
        let layers = try tile(MapData(OSMFile(elements: node)), zoom: 18)
        #expect(layers.map(\.name) == ["addresses", "places"])
        #expect(layers[0].features.first?.tags == ["number": "61", "street": "까치대로"])
        #expect(layers[1].features.first?.tags["address"] == "까치대로 61")
    }

    @Test(arguments: [(-1, 0, 0), (19, 0, 0), (3, 8, 0), (3, 0, -1)])
    func `a tile outside the world is refused`(_ zoom: Int, _ x: Int, _ y: Int) {
        #expect(throws: CartographyError.self) { try TileAddress(zoom: zoom, x: x, y: y) }
    }

    @Test func `poles and the date line stay on the map`() throws {
        let corners: [(Double, Double)] = [(90, 180), (-90, -180), (90, -180), (-90, 180)]
        let nodes = corners.enumerated().map { number, corner in
            """
            <node id="\(number + 1)" lat="\(corner.0)" lon="\(corner.1)"><tag k="amenity" v="bench"/>\
            <tag k="name" v="끝"/></node>
            """
        }
        let data = try MapData(OSMFile(elements: nodes.joined()))
        var found: Set<UInt64> = []
        let last = (1 << 16) - 1
        for (x, y) in [(0, 0), (last, 0), (0, last), (last, last)] {
            let bytes = try #require(try data.vectorTile(TileAddress(zoom: 16, x: x, y: y)))
            found.formUnion(try TileReader.layers(bytes).flatMap(\.features).compactMap(\.id))
        }
        #expect(found == [4, 8, 12, 16])
    }

    @Test(
        .enabled(if: SharedData.isPresent, SharedData.absence),
        arguments: [
            "da_hbf.osm", "Helsinki.osm.pbf",
        ]
    )
    func `an extract's tiles hold every feature of its data, and each where it is`(
        _ name: String
    ) throws {
        let data = try MapData(SharedData.map(name))
        var drawn: Set<Drawn> = []
        let box = try #require(data.box)
        let low = try TileAddress(zoom: 17, around: WorldPoint(x: box.west, y: box.north))
        let high = try TileAddress(zoom: 17, around: WorldPoint(x: box.east, y: box.south))
        var wrong: [String] = []
        for y in low.y...high.y {
            for x in low.x...high.x {
                let address = try TileAddress(zoom: 17, x: x, y: y)
                guard let bytes = data.vectorTile(address) else { continue }
                for layer in try TileReader.layers(bytes) {
                    for feature in layer.features {
                        drawn.insert(Drawn(layer: layer.name, id: feature.id ?? 0))
                        wrong += faults(feature, in: layer.name)
                    }
                }
            }
        }
        let items = data.items(in: Set(MapLayer.allCases))
        let expected = Set(
            items.map {
                Drawn(
                    layer: $0.layer.rawValue,
                    id: UInt64($0.elementID << 2 | $0.element.rawValue)
                )
            }
        )
        #expect(expected.count > 200)
        #expect(expected.subtracting(drawn) == [])
        #expect(drawn.subtracting(expected) == [])
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
        // Counted by another reading, which knows only the tags.
        var census = Census()
        try SharedData.map(name).read(into: &census)
        #expect(
            drawn.filter { $0.layer == "buildings" && $0.id & 3 == 1 }.count == census.buildings
        )
        #expect(drawn.filter { $0.layer == "lifts" && $0.id & 3 == 0 }.count == census.lifts)
    }

    private struct Drawn: Hashable {
        var layer: String
        var id: UInt64
    }

    /// What must never stand in a tile.
    private func faults(_ feature: TileReader.Feature, in layer: String) -> [String] {
        let points = feature.parts.flatMap { $0 }
        var faults: [String] = []
        if points.isEmpty { faults.append("\(layer): no geometry") }
        if points.contains(where: { !(-64...4_160).contains($0.x) || !(-64...4_160).contains($0.y) }
        ) {
            faults.append("\(layer): outside the buffer")
        }
        if feature.type == 3, let first = feature.doubledAreas.first, first <= 0 {
            faults.append("\(layer): first ring turns the wrong way")
        }
        if feature.type == 2, feature.parts.contains(where: { $0.count < 2 }) {
            faults.append("\(layer): line of one point")
        }
        return faults
    }

    private struct Census: OSMVisitor {
        let wanted: OSMElements = [.nodes, .ways]
        var buildings = 0
        var lifts = 0
        private var nodes: Set<Int64> = []

        mutating func node(_ node: OSMNode) {
            nodes.insert(node.id)
            if node.tags["highway"] == "elevator" { lifts += 1 }
        }

        mutating func way(_ way: OSMWay) {
            // Nodes come first; a ring at the border of the extract may have lost too many of them.
            let isRing =
                way.nodes.first == way.nodes.last && Set(way.nodes).intersection(nodes).count > 2
            if isRing, let building = way.tags["building"], building != "no" { buildings += 1 }
        }
    }
}
