import Basics
import Packaging
import Testing

@testable import Routing

@Suite struct `Graph files` {
    static func file() throws -> [UInt8] {
        GraphFile.bytes(try RoutePlanner(try `Guidance`.map().network()))
    }

    @Test func `what is written is read and routes the same`() throws {
        var town = try Town(`Guidance`.map())
        let bytes = GraphFile.bytes(town.planner)
        let read = try GraphFile.planner(MemoryBytes(bytes))
        var query = ContractionQuery(read.topology)
        for profile in Profile.standard {
            let route = try read.route(
                from: try TownMap.place(0, 0),
                to: try TownMap.place(100, 90),
                try read.metric(profile),
                &query
            )
            #expect(route == (try town.route(profile, (0, 0), (100, 90))))
            let told = town.planner.instructions(for: route)
            #expect(read.instructions(for: route) == told)
        }
        #expect(GraphFile.bytes(read) == bytes)
    }

    @Test func `a file cut off anywhere, or with any bit turned, is refused`() throws {
        let bytes = try Self.file()
        for count in stride(from: 0, to: bytes.count, by: 5) {
            let cut = MemoryBytes(Array(bytes.prefix(count)))
            #expect(errorCode { _ = try GraphFile.planner(cut) } == .badGraphFile)
        }
        for at in stride(from: 0, to: bytes.count, by: 3) {
            var turned = bytes
            turned[at] ^= 1 << UInt8(at % 8)
            #expect(errorCode { _ = try GraphFile.planner(MemoryBytes(turned)) } == .badGraphFile)
        }
    }

    /// Whoever makes a file can make its checksum too.
    @Test func `no damage behind a right checksum crashes the reader`() throws {
        let body = Array(try Self.file().dropFirst(GraphFile.headerByteCount))
        var random = SeededRandom(seed: 3)
        var refused = 0
        for _ in 0..<400 {
            var bytes = body
            let at = Int.random(in: bytes.indices, using: &random)
            bytes[at] = UInt8.random(in: .min ... .max, using: &random)
            if Bool.random(using: &random) {
                bytes.removeLast(Int.random(in: 0...9, using: &random))
            }
            let code = errorCode {
                var reader = GraphReader(bytes, from: 0)
                let planner = try GraphFile.planner(&reader)
                _ = try planner.metric(.manualWheelchair)
            }
            if code != nil { refused += 1 }
        }
        #expect(refused > 100)
    }
}
