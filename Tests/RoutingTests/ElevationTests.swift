import Basics
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

@Suite struct `Slopes from the terrain` {
    /// A tile around Seoul's city hall whose heights are a function of metres north of its edge.
    static func tile(_ height: (_ row: Int, _ column: Int) -> Int16) throws -> ElevationTile {
        let side = 1_201
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * side * side)
        for row in 0..<side {
            for column in 0..<side {
                let value = UInt16(bitPattern: height(row, column))
                bytes += [UInt8(value >> 8), UInt8(value & 0xff)]
            }
        }
        return try ElevationTile(bytes, name: "maps/N37E126.hgt")
    }

    static func network() throws -> WalkingNetwork {
        var map = TownMap()
        for (id, north) in [0.0, 200, 203, 400].enumerated() { map.node(Int64(id + 1), 0, north) }
        map.node(5, 300, 0)
        map.node(6, 0, 600)
        map.way(1, [1, 2], ["highway": "footway"])
        map.way(2, [2, 3], ["highway": "footway"])
        map.way(3, [3, 4], ["highway": "footway", "bridge": "yes"])
        map.way(4, [1, 5], ["highway": "footway", "incline": "3%"])
        map.way(5, [4, 6], ["highway": "steps"])
        return try map.network()
    }

    @Test func `a plane that climbs 10% northwards is found, and only where nobody knows better`()
        throws
    {
        // A row is 92.66 m.
        let tile = try Self.tile { row, _ in Int16((Double(1_200 - row) * 92.66 / 10).rounded()) }
        var network = try Self.network()
        #expect(network.inferInclines(from: [tile]) == 2)
        for segment in 0...1 {
            let incline = try #require(network.attributes(of: segment)[.inclinePermille])
            #expect(abs(incline.value - 100) <= 10)
            #expect(incline.provenance == .inferred)
            #expect(!incline.isConfirmed)
        }
        #expect(network.attributes(of: 2)[.inclinePermille] == nil)
        #expect(network.attributes(of: 3)[.inclinePermille] == Known(30, .tagged))
        #expect(network.attributes(of: 4)[.inclinePermille] == nil)
    }

    @Test func `noise of metres does not make walls, and voids stay unknown`() throws {
        var random = SeededRandom(seed: 4)
        let noisy = try Self.tile { _, _ in 50 + Int16.random(in: -2...2, using: &random) }
        var network = try Self.network()
        _ = network.inferInclines(from: [noisy])
        for segment in network.segments.indices {
            let slope = network.attributes(of: segment)[.inclinePermille]?.value ?? 0
            #expect(abs(slope) <= 60)
        }
        let void = try Self.tile { _, _ in -32_768 }
        var unknown = try Self.network()
        #expect(unknown.inferInclines(from: [void]) == 0)
        #expect(unknown.inferInclines(from: []) == 0)
    }

    @Test(arguments: ["N37E126.hgt", "N37.hgt", "X37E126.hgt", "N99E126.hgt", ""])
    func `what is no tile is refused`(_ name: String) {
        let code = errorCode { _ = try ElevationTile([1, 2, 3], name: name) }
        #expect(code == .badElevation)
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `Bayreuth's streets get the slopes of its hills`() throws {
        let name = "N49E011.hgt.zip"
        let tile = try ElevationTile(SharedData.bytes(name), fileName: name)
        let height = try #require(tile.metres(latitude: 49.9456, longitude: 11.5713))
        // The town lies at about 340 m.
        #expect((300...400).contains(height))
    }
}
