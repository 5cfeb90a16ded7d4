import Basics
import Foundation
import Packaging
import RoutingTesting
import Testing

@testable import Routing

@Suite struct `Graph files` {
    static func file() throws -> [UInt8] {
        bytes(try RoutePlanner(try `Guidance`.map().network()))
    }

    static func bytes(_ planner: RoutePlanner) -> [UInt8] {
        var bytes: [UInt8] = []
        let count = GraphFile.write(planner) { bytes += $0 }
        #expect(count == bytes.count)
        return bytes
    }

    static func planner(_ bytes: [UInt8]) throws -> RoutePlanner {
        try GraphFile.planner(bytes.withUnsafeBytes { FlatMemory(copying: $0) })
    }

    /// Writes the checksum that belongs to the bytes: whoever makes a file can make that too.
    static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count > GraphFile.headerByteCount else { return bytes }
        let checksum = bytes.withUnsafeBytes {
            GraphFile.checksum(.init(rebasing: $0[GraphFile.headerByteCount...]))
        }
        var bytes = bytes
        withUnsafeBytes(of: UInt64(bytes.count).littleEndian) {
            bytes.replaceSubrange(16..<24, with: $0)
        }
        withUnsafeBytes(of: checksum.littleEndian) { bytes.replaceSubrange(24..<28, with: $0) }
        return bytes
    }

    @Test func `what is written is read and routes the same`() throws {
        var town = try Town(`Guidance`.map())
        let bytes = Self.bytes(town.planner)
        let read = try Self.planner(bytes)
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
        #expect(Self.bytes(read) == bytes)
    }

    @Test func `a section begins at a line of the cache and a segment leaves no gap`() throws {
        let bytes = try Self.file()
        let table = GraphFile.headerByteCount
        for number in GraphSection.allCases.indices {
            let at = table + number * GraphTable.entryByteCount + 8
            let offset = bytes.withUnsafeBytes {
                $0.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            }
            #expect(offset % UInt64(FlatMemory.alignment) == 0)
        }
        #expect(MemoryLayout<WalkingNetwork.Segment>.size == GraphSection.segments.strideByteCount)
        #expect(MemoryLayout<GeoPoint>.size == GraphSection.shapePoints.strideByteCount)
    }

    @Test func `a file is used where it lies, also after another one has taken its name`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "town.graph")
        let bytes = try Self.file()
        try Data(bytes).write(to: file)
        let planner = try GraphFile.planner(FileBytes(path: file.path))
        try Data("something else".utf8).write(to: file, options: .atomic)
        #expect(
            errorCode { _ = try GraphFile.planner(FileBytes(path: file.path)) } == .badGraphFile
        )
        #expect(Self.bytes(planner) == bytes)
    }

    @Test func `a file cut off anywhere, or with any bit turned, is refused`() throws {
        let bytes = try Self.file()
        for count in stride(from: 0, to: bytes.count, by: 37) {
            let cut = Array(bytes.prefix(count))
            #expect(errorCode { _ = try Self.planner(cut) } == .badGraphFile)
            #expect(errorCode { _ = try Self.planner(Self.sealed(cut)) } == .badGraphFile)
        }
        for at in Array(0..<600) + Array(stride(from: 600, to: bytes.count, by: 41)) {
            var turned = bytes
            turned[at] ^= 1 << UInt8(at % 8)
            #expect(errorCode { _ = try Self.planner(turned) } == .badGraphFile)
        }
    }

    @Test func `no damage behind a right checksum crashes a reader or a search`() throws {
        let whole = try Self.file()
        var random = SeededRandom(seed: 3)
        var refused = 0
        for round in 0..<600 {
            var bytes = whole
            // The header and the table in every second round, a list in the others.
            let range = round % 2 == 0 ? 8..<600 : 600..<bytes.count
            for _ in 0...Int.random(in: 0...2, using: &random) {
                let at = Int.random(in: range, using: &random)
                bytes[at] = UInt8.random(in: .min ... .max, using: &random)
            }
            if round % 7 == 0 { bytes.removeLast(Int.random(in: 1...64, using: &random)) }
            let sealed = Self.sealed(bytes)
            let code = errorCode {
                let planner = try Self.planner(sealed)
                var query = ContractionQuery(planner.topology)
                var metric = try planner.metric(.manualWheelchair)
                metric.close([0], in: planner)
                let route = try planner.route(
                    from: try TownMap.place(0, 0),
                    to: try TownMap.place(100, 90),
                    metric,
                    &query
                )
                _ = planner.instructions(for: route)
            }
            if code == .badGraphFile { refused += 1 }
        }
        #expect(refused > 300)
    }

    @Test func `a number too large in any list is refused`() throws {
        let whole = try Self.file()
        let table = GraphFile.headerByteCount
        for (number, section) in GraphSection.allCases.enumerated() where section != .knowledge {
            let at = table + number * GraphTable.entryByteCount + 8
            let offset = whole.withUnsafeBytes {
                Int($0.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            }
            var bytes = whole
            // A segment begins with the number of its way, which may be anything.
            let start = offset + (section == .segments ? 8 : 0)
            bytes.replaceSubrange(start..<start + 4, with: [0xfe, 0xff, 0xff, 0x7f])
            let code = errorCode { _ = try Self.planner(Self.sealed(bytes)) }
            #expect([.badGraphFile, .badGraph].contains(code), "\(section)")
        }
    }
}
