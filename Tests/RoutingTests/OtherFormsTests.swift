import Basics
import Foundation
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

@Suite struct `OpenSidewalks as a network` {
    private static func document(_ name: String) throws -> JSONValue {
        let path = SharedData.navigation.appendingPathComponent("osw/data/\(name)")
        return try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: path))
    }

    private static func edge(_ properties: [String: JSONValue]) throws -> OSMTags {
        var all = properties
        all["_id"] = "1"
        all["_u_id"] = "7"
        all["_v_id"] = "8"
        let edges: JSONValue = [
            "features": [
                [
                    "properties": .object(all),
                    "geometry": [
                        "type": "LineString",
                        "coordinates": [
                            [.number(126.3), .number(37.45)], [.number(126.301), .number(37.45)],
                        ],
                    ],
                ]
            ]
        ]
        let list = try OpenSidewalks.elements(nodes: ["features": []], edges: edges)
        #expect(list.nodes.count == 2)
        return try #require(list.ways.first).tags
    }

    @Test func `slopes, climbs and truths come in OpenStreetMap's words`() throws {
        let slope = try Self.edge(["highway": "footway", "incline": .number(-0.083), "width": 1])
        #expect(slope["incline"] == "-8.3%" && slope["width"] == "1")
        #expect(slope["_u_id"] == nil)
        let steps = try Self.edge(["highway": "steps", "climb": "down", "step_count": 12])
        #expect(steps["incline"] == "down" && steps["step_count"] == "12")
        #expect(
            try Self.edge(["highway": "footway", "tactile_paving": true])["tactile_paving"] == "yes"
        )
    }

    @Test(
        arguments: [
            ["features": [["properties": [:]]]], ["features": 3], [], "text",
            ["features": [["properties": ["_id": "1"], "geometry": ["coordinates": [1]]]]],
            [
                "features": [
                    [
                        "properties": ["_u_id": "1"],
                        "geometry": ["coordinates": [[1, 2], [1, 3]]],
                    ]
                ]
            ],
        ] as [JSONValue]
    )
    func `what is no data set is refused`(_ document: JSONValue) {
        let empty: JSONValue = ["features": []]
        let codes = [
            errorCode { _ = try OpenSidewalks.elements(nodes: document, edges: empty) },
            errorCode { _ = try OpenSidewalks.elements(nodes: empty, edges: document) },
        ]
        #expect(codes.contains(.damagedMap))
    }

    /// A copy of a value in which something is another thing.
    private static func damaged(_ value: JSONValue, _ random: inout SeededRandom) -> JSONValue {
        let others: [JSONValue] = [
            .null, true, -1, .number(1e300), .number(.infinity), "", "7", [], [[]], [:],
        ]
        if random.next() % 12 == 0 { return others[Int(random.next() % 10)] }
        switch value {
        case .array(let items): return .array(items.map { damaged($0, &random) })
        case .object(let members):
            var changed: [String: JSONValue] = [:]
            for (key, item) in members.sorted(by: { $0.key < $1.key }) {
                changed[key] = damaged(item, &random)
            }
            return .object(changed)
        default: return value
        }
    }

    @Test func `no damage crashes the reader`() {
        let line: JSONValue = [
            [.number(126.3), .number(37.45)], [.number(126.301), .number(37.45)],
        ]
        let edge: JSONValue = [
            "properties": [
                "_id": "1", "_u_id": "7", "_v_id": "8", "highway": "footway", "width": 2,
                "incline": .number(0.05),
            ],
            "geometry": ["coordinates": line],
        ]
        let node: JSONValue = [
            "properties": ["_id": "7", "kerb": "lowered", "barrier": "kerb"],
            "geometry": ["coordinates": [.number(126.3), .number(37.45)]],
        ]
        var random = SeededRandom(seed: 52)
        for _ in 0..<500 {
            let nodes = Self.damaged(["features": [node]], &random)
            let edges = Self.damaged(["features": [edge, edge]], &random)
            _ = errorCode {
                let list = try OpenSidewalks.elements(nodes: nodes, edges: edges)
                _ = try WalkingNetwork(OSMFile(list))
            }
        }
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `a campus keeps its pavements, steps and kerbs`() throws {
        let list = try OpenSidewalks.elements(
            nodes: Self.document("wa.microsoft.graph.nodes.OSW.geojson"),
            edges: Self.document("wa.microsoft.graph.edges.OSW.geojson")
        )
        #expect(list.ways.count == 4_368)
        let network = try WalkingNetwork(OSMFile(list))
        let kinds = network.segments.indices.map { network.attributes(of: $0)[.kind]?.value }
        #expect(kinds.count { $0 == .steps } >= 112)
        #expect(kinds.count { $0 == .crossing } >= 570)
        let kerbs = network.nodeAttributes.count {
            network.attributeSets[Int($0)][.kerb] != nil
        }
        // Those that lie on a way at all.
        #expect((600...757).contains(kerbs))
    }
}

@Suite struct `Stations from GTFS` {
    private static let files = [
        "levels.txt": "level_id,level_index,level_name\nL0,0,Street\nL1,-1,Hall\nL2,-2,Platform\n",
        "stops.txt": """
        stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,level_id,\
        wheelchair_boarding
        S,해치역,37.4500,126.3000,1,,,
        E1,1번 출구,37.4502,126.3000,2,S,L0,1
        E2,2번 출구,37.4498,126.3000,2,S,L0,2
        H1,,37.4502,126.3001,3,S,L1,
        H2,,37.4499,126.3001,3,S,L1,
        P1,승강장,37.4500,126.3004,0,S,L2,

        """,
        "pathways.txt": """
        pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,stair_count,max_slope,\
        min_width
        1,E1,H1,5,1,,,1.5
        2,E2,H2,2,1,-40,,2
        3,H1,H2,1,1,,0.05,3
        4,H2,P1,4,0,-30,,1
        5,H1,P1,5,1,,,1.4
        6,P1,H2,7,0,,,0.9

        """,
    ]

    private static func elements(_ change: [String: String] = [:]) throws -> OSMElementList {
        let files = Self.files.merging(change) { _, changed in changed }
        return try GTFSStations.elements { files[$0].map { Array($0.utf8) } }
    }

    @Test func `pathways are lifts, steps, gates and corridors between levels`() throws {
        let list = try Self.elements()
        let tags = list.ways.map(\.tags)
        #expect(
            tags.map { $0["highway"] }
                == ["elevator", "steps", "corridor", "steps", "elevator", "corridor"]
        )
        #expect(tags[0]["level"] == "0;-1" && tags[1]["step_count"] == "40")
        #expect(tags[1]["incline"] == "down" && tags[2]["incline"] == "5.0%")
        #expect(tags[3]["conveying"] == "forward" && tags[5]["oneway:foot"] == "yes")
        #expect(list.ways[5].nodes.count == 3)
        #expect(list.entrances.count == 2)
    }

    @Test func `a wheelchair takes the lifts from the street to the platform, feet the steps`()
        throws
    {
        var street = OSMElementList()
        // Ids of a map's own, as OpenStreetMap counts.
        for (id, latitude) in [(Int64(1), 37.4495), (2, 37.4501), (3, 37.4505)] {
            street.addNode(id, try GeoPoint(latitude: latitude, longitude: 126.2999))
        }
        street.addWay([1, 2, 3], ["highway": "footway"])
        let network = try WalkingNetwork(OSMFile(OSMFile(street), adding: Self.elements()))
        let planner = try RoutePlanner(network)
        let from = try GeoPoint(latitude: 37.4495, longitude: 126.2999)
        // Beside the lift's door: at the very end of the escalator one arrives by the escalator.
        let platform = try GeoPoint(latitude: 37.45002, longitude: 126.30037)
        var query = ContractionQuery(planner.topology)
        let metric = try planner.metric(.manualWheelchair)
        let chair = try planner.route(from: from, to: platform, metric, &query)
        let kinds = Set(chair.steps.map { network.attributes(of: $0.segment)[.kind]?.value })
        #expect(kinds.contains(.lift) && !kinds.contains(.steps) && !kinds.contains(.escalator))
    }

    @Test(arguments: [
        ("stops.txt", "stop_id\nE1\n"), ("stops.txt", ""), ("pathways.txt", "pathway_id\n1\n"),
        ("levels.txt", "level_id,level_index\nL0,ground\n"),
        ("stops.txt", "stop_id,stop_lat,stop_lon\nE1,north,126\n"),
        ("pathways.txt", "from_stop_id,to_stop_id,pathway_mode,is_bidirectional\nE1,H1,9,1\n"),
        ("pathways.txt", "from_stop_id,to_stop_id,pathway_mode,is_bidirectional\nE1,XX,1,1\n"),
    ])
    func `a feed that contradicts itself is refused with the row`(_ name: String, _ text: String) {
        #expect(errorCode { _ = try Self.elements([name: text]) } == .damagedMap)
    }

    @Test func `a place outside of the world is refused, and no damage crashes the reader`() throws
    {
        let far = "stop_id,stop_lat,stop_lon\nE1,97.4,126\n"
        #expect(errorCode { _ = try Self.elements(["stops.txt": far]) } == .coordinateOutsideWorld)
        var random = SeededRandom(seed: 51)
        for round in 0..<400 {
            let name = ["stops.txt", "levels.txt", "pathways.txt"][round % 3]
            var bytes = Array((Self.files[name] ?? "").utf8)
            for _ in 0..<3 {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: random.next()
                )
            }
            if round % 5 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
            _ = errorCode {
                let list = try GTFSStations.elements {
                    $0 == name ? bytes : Self.files[$0].map { Array($0.utf8) }
                }
                _ = try WalkingNetwork(OSMFile(list))
            }
        }
    }
}

/// Rows made after the description of the columns in public programs; no real ones were at hand.
@Suite struct `Rows of Seoul's walking network` {
    private static let table = """
        node_type,node_wkt,node_id,lnkg_wkt,lnkg_id,lnkg_type_cd,bgng_lnkg_id,end_lnkg_id,lnkg_len,\
        overp,brg,tnl,crswk,bldg
        NODE,POINT(126.3000 37.4500),1,,,,,,,,,,,
        NODE,POINT(126.3010 37.4500),2,,,,,,,,,,,
        NODE,POINT(126.3020 37.4505),3,,,,,,,,,,,
        LINK,,,"LINESTRING(126.3000 37.4500, 126.3005 37.4501, 126.3010 37.4500)",10,1000,1,2,90,0,0,0,0,0
        LINK,,,"LINESTRING(126.3010 37.4500, 126.3020 37.4505)",11,1000,2,3,104,0,0,0,1,0
        LINK,,,"LINESTRING(126.3020 37.4505, 126.3030 37.4505)",12,1011,3,4,88,1,0,0,0,0

        """

    @Test func `nodes and links become a network that knows no more than the rows`() throws {
        let list = try SeoulNetwork.elements(Array(Self.table.utf8), fileName: "seoul.csv")
        let network = try WalkingNetwork(OSMFile(list))
        #expect(network.segments.count == 3 && network.nodeCount == 4)
        let known = network.segments.indices.map { network.attributes(of: $0) }
        #expect(known[1][.kind]?.value == .crossing && known[1][.crossing] == nil)
        #expect(known[2][.offGround]?.value == true && known[2][.stepCount] == nil)
        #expect(known.allSatisfy { $0[.widthCentimetres] == nil && $0[.inclinePermille] == nil })
    }

    @Test func `a file of rows is a map by its content`() throws {
        let network = try WalkingNetwork(OSMFile(MemoryBytes(Array(Self.table.utf8))))
        #expect(network.segments.count == 3)
        #expect(
            errorCode { _ = try OSMFile(MemoryBytes(Array("name,place\n1,2\n".utf8))) }
                == .unknownFormat
        )
        // A workbook that is none.
        let code = errorCode { _ = try OSMFile(MemoryBytes([0x50, 0x4b, 3, 4, 0, 0])) }
        #expect(code == .damagedMap)
    }

    @Test(arguments: [
        ("LINK", "ROAD"), ("POINT(126.3000 37.4500)", "POINT(x 37.45)"), ("node_wkt", "wkt"),
        ("LINESTRING(126.3010 37.4500, 126.3020 37.4505)", "POINT(126.3010 37.4500)"),
    ])
    func `rows that are none are refused with their number`(_ good: String, _ bad: String) {
        let text = Self.table.replacingOccurrences(of: good, with: bad)
        let code = errorCode {
            _ = try SeoulNetwork.elements(Array(text.utf8), fileName: "seoul.csv")
        }
        #expect(code == .damagedMap)
    }

    @Test func `no damage crashes the reader`() {
        var random = SeededRandom(seed: 71)
        let whole = Array(Self.table.utf8)
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<4 {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: random.next()
                )
            }
            _ = errorCode {
                let list = try SeoulNetwork.elements(bytes, fileName: "seoul.csv")
                _ = try WalkingNetwork(OSMFile(list))
            }
        }
    }
}
