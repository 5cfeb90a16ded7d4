import Basics
import Foundation
import Testing

@testable import Korean

@Suite struct TextIndexSnapshotTests {
    private func same(_ first: TextIndex, _ second: TextIndex) -> Bool {
        var source = TextSource(seed: 3)
        return (0..<10).allSatisfy { _ in
            let query = TextQuery(source.text(words: 1...4))
            return first.search(query) == second.search(query)
        }
    }

    @Test func `a snapshot brings the same index back, from bytes and from a mapped file`() throws {
        var configuration = TextIndex.Configuration()
        configuration.stems = BM25(k1: 1.2, b: 0.5)
        configuration.titleWeight = 5
        let index = try TextIndex(
            TextIndexTests.texts(1_500, seed: 1),
            configuration: configuration
        )
        .replacing(removed: [3, 1_200], added: TextIndexTests.texts(5, seed: 2))
        let back = try TextIndex(snapshot: index.snapshot)
        #expect(back.configuration == configuration)
        #expect(back.nextNumber == index.nextNumber)
        #expect(back.documentCount == index.documentCount)
        #expect(same(back, index))
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("text-index-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try index.writeSnapshot(to: file.path)
        let mapped = try TextIndex(mappingSnapshotAt: file.path)
        #expect(same(mapped, index))
        #expect(try mapped.appending(TextIndexTests.texts(3, seed: 4)).documentCount == 1_506)
        #expect(try TextIndex(snapshot: TextIndex().snapshot).documentCount == 0)
    }

    @Test func `a damaged snapshot is refused`() throws {
        let bytes = try TextIndex(TextIndexTests.texts(40, seed: 5)).snapshot
        var random = SeededRandom(seed: 6)
        for _ in 0..<300 {
            var damaged = bytes
            let place = Int.random(in: 0..<bytes.count, using: &random)
            damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            #expect(throws: KoreanError.self) { try TextIndex(snapshot: damaged) }
        }
        for _ in 0..<100 {
            let cut = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
            #expect(throws: KoreanError.self) { try TextIndex(snapshot: cut) }
        }
        #expect(throws: KoreanError.self) { try TextIndex(snapshot: bytes + [0]) }
        #expect(throws: KoreanError.self) { try TextIndex(mappingSnapshotAt: "/nonexistent") }
    }

    @Test func `damage behind a right checksum is refused or harmless`() throws {
        let bytes = try TextIndex(TextIndexTests.texts(1_100, seed: 7)).snapshot
        var random = SeededRandom(seed: 8)
        var refused = 0
        for _ in 0..<250 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 24..<bytes.count, using: &random)
                damaged[place] = UInt8.random(in: 0...255, using: &random)
            }
            let sum = SnapshotChecksum.of(damaged[24...])
            for byte in 0..<8 { damaged[16 + byte] = UInt8(truncatingIfNeeded: sum >> (8 * byte)) }
            guard let index = try? TextIndex(snapshot: damaged) else {
                refused += 1
                continue
            }
            _ = index.search(TextQuery("연가 일수 신청 CCTV 2025년 초과근무"))
        }
        #expect(refused > 50)
    }
}
