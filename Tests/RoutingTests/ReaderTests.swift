import Basics
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

@Suite struct `Reading OpenStreetMap` {
    static let nodes = [
        PBFWriter.Node(id: 10_000_000_000, latitude: 375_665_000, longitude: 1_269_780_000),
        PBFWriter.Node(
            id: 10_000_000_007,
            latitude: 375_666_000,
            longitude: 1_269_781_000,
            tags: [("highway", "crossing"), ("kerb", "lowered")]
        ),
    ]
    static let ways = [
        PBFWriter.Way(
            id: 5,
            nodes: [10_000_000_000, 10_000_000_007],
            tags: [("highway", "footway"), ("name", "세종대로")]
        )
    ]
    static let xml = """
        <?xml version='1.0' encoding='UTF-8'?>
        <osm version="0.6"><bounds minlat="37" minlon="126" maxlat="38" maxlon="127"/>
        <node id="10000000000" lat="37.5665" lon="126.978"/>
        <node id="10000000007" lat="37.5666" lon="126.9781"><tag k="highway" v="crossing"/>
        <tag k="kerb" v="lowered"/></node>
        <node id="3" visible="false"/>
        <way id="5"><nd ref="10000000000"/><nd ref="10000000007"/><tag k="highway" v="footway"/>
        <tag k="name" v="세종대로"/></way>
        <relation id="1"><member type="way" ref="5" role=""/><tag k="type" v="route"/></relation></osm>
        """

    static func everything(_ bytes: [UInt8]) throws -> EverythingVisitor {
        var visitor = EverythingVisitor()
        try OSMFile(MemoryBytes(bytes)).read(into: &visitor)
        return visitor
    }

    static func sample(isDense: Bool) -> [UInt8] {
        var writer = PBFWriter()
        writer.isDense = isDense
        return writer.file(nodes, ways)
    }

    @Test(arguments: [sample(isDense: true), sample(isDense: false), Array(xml.utf8)])
    func `dense nodes, plain nodes and XML say the same`(_ bytes: [UInt8]) throws {
        let found = try Self.everything(bytes)
        #expect(found.nodes.map(\.id) == Self.nodes.map(\.id))
        #expect(found.nodes.map { Int64($0.position.latitudeE7) } == Self.nodes.map(\.latitude))
        #expect(found.nodes.map { Int64($0.position.longitudeE7) } == Self.nodes.map(\.longitude))
        #expect(found.nodes[0].tags.isEmpty)
        #expect(found.nodes[1].tags["kerb"] == "lowered")
        #expect(found.ways.map(\.nodes) == [[10_000_000_000, 10_000_000_007]])
        #expect(found.ways[0].tags["name"] == "세종대로")
        #expect(found.ways[0].tags.pairs.count == 2)
    }

    @Test func `a blob header of four gigabytes is refused without being read`() {
        let bytes = PBFWriter.length(.max) + [0x0a] + [UInt8](repeating: 0, count: 64)
        #expect(errorCode { _ = try Self.everything(bytes) } == .partTooLarge)
    }

    @Test func `a blob larger than the format allows is refused`() {
        let header =
            PBFWriter.field(1, Array("OSMHeader".utf8))
            + PBFWriter.field(3, varint: PBFWriter.varint(1 << 40))
        let bytes = PBFWriter.length(UInt32(header.count)) + header
        #expect(errorCode { _ = try Self.everything(bytes) } == .partTooLarge)
    }

    @Test func `a block that claims more than the format allows is refused`() {
        let blob = PBFWriter.field(2, varint: PBFWriter.varint(1 << 33)) + PBFWriter.field(3, [1])
        let header =
            PBFWriter.field(1, Array("OSMHeader".utf8))
            + PBFWriter.field(3, varint: PBFWriter.varint(UInt64(blob.count)))
        let bytes = PBFWriter.length(UInt32(header.count)) + header + blob
        #expect(errorCode { _ = try Self.everything(bytes) } == .partTooLarge)
    }

    @Test func `a file cut off anywhere is damaged, except between its blobs`() {
        let bytes = Self.sample(isDense: true)
        let header = PBFWriter.blob(
            "OSMHeader",
            ["OsmSchema-V0.6", "DenseNodes"].flatMap { PBFWriter.field(4, Array($0.utf8)) }
        )
        for count in 5..<bytes.count where count != header.count {
            let code = errorCode { _ = try Self.everything(Array(bytes.prefix(count))) }
            #expect(code == .damagedMap, "\(count) bytes")
        }
    }

    @Test(arguments: [
        PBFWriter.Node(id: 1, latitude: 900_000_001, longitude: 0),
        PBFWriter.Node(id: 1, latitude: 0, longitude: -1_800_000_001),
        PBFWriter.Node(id: 1, latitude: .max, longitude: .min),
    ])
    func `a place outside the world is refused`(_ node: PBFWriter.Node) {
        for isDense in [true, false] {
            var writer = PBFWriter()
            writer.isDense = isDense
            let bytes = writer.file([node], [])
            #expect(errorCode { _ = try Self.everything(bytes) } == .coordinateOutsideWorld)
        }
    }

    @Test(arguments: ["91", "nan", "1e400", "-90.1"])
    func `a latitude that is none is refused in XML`(_ latitude: String) {
        let text = "<osm><node id='1' lat='\(latitude)' lon='0'/></osm>"
        #expect(errorCode { _ = try Self.everything(Array(text.utf8)) } == .coordinateOutsideWorld)
    }

    @Test func `what is unknown is named`() {
        var writer = PBFWriter()
        writer.features.append("HistoricalInformation")
        let bytes = writer.file(Self.nodes, [])
        #expect(errorCode { _ = try Self.everything(bytes) } == .unsupportedFeature)
        #expect(errorCode { _ = try Self.everything([]) } == .unknownFormat)
        #expect(errorCode { _ = try Self.everything(Array("PK34".utf8)) } == .unknownFormat)
        #expect(errorCode { _ = try Self.everything(Array("<gpx></gpx>".utf8)) } == .unknownFormat)
    }

    @Test(arguments: [0, 1, 2]) func `no damage crashes a reader`(_ kind: Int) {
        var random = SeededRandom(seed: UInt64(kind))
        let whole = kind == 0 ? Array(Self.xml.utf8) : Self.sample(isDense: kind == 1)
        var refused = 0
        for _ in 0..<3_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = .random(in: .min ... .max, using: &random)
                case 1: bytes.insert(.random(in: .min ... .max, using: &random), at: at)
                case 2 where bytes.count > 8: bytes.remove(at: at)
                default: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            do {
                _ = try Self.everything(bytes)
            } catch is RoutingError {
                refused += 1
            } catch {
                Issue.record("\(error)")
            }
        }
        #expect(refused > 500)
    }

    @Test(
        .enabled(if: SharedData.isPresent, SharedData.absence),
        arguments: [
            ("london-northern-line.osm.pbf", 73_770, 20_282), ("da_hbf.osm", 1665, 211),
        ]
    )
    func `real extracts have the elements that their publishers count`(
        _ name: String,
        _ nodes: Int,
        _ ways: Int
    ) throws {
        var visitor = EverythingVisitor()
        try SharedData.map(name).read(into: &visitor)
        #expect(visitor.nodes.count == nodes)
        #expect(visitor.ways.count == ways)
    }
}
