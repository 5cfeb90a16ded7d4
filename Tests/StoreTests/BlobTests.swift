import Basics
import Crypto
import Testing

@testable import Store

private func withBlobs(_ body: (BlobStore) async throws -> Void) async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    try await body(BlobStore(folder: place.folder + "/blobs"))
}

@Test func `a blob is named by its content and kept once`() async throws {
    try await withBlobs { blobs in
        let bytes = Array("해치".utf8)
        let first = try await blobs.put(bytes)
        let second = try await blobs.put(bytes)
        #expect(first == second)
        #expect(first.id.rawValue == SHA256.hash(data: bytes).map { Hex.encode([$0]) }.joined())
        #expect(try await blobs.all() == [first.id])
        #expect(try await blobs.get(first.id) == bytes)
        let empty = try await blobs.put([])
        #expect(try await blobs.get(empty.id) == [])
    }
}

@Test func `a long stream is put piece by piece and read by ranges`() async throws {
    try await withBlobs { blobs in
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        for piece in 0..<100 { continuation.yield([UInt8](repeating: UInt8(piece), count: 10_000)) }
        continuation.finish()
        let blob = try await blobs.put(stream)
        #expect(blob.size == 1_000_000)
        let reader = try await blobs.open(blob.id)
        #expect(try await reader.read(9_999..<10_001) == [0, 1])
        #expect(try await reader.read(999_998..<1_000_400) == [99, 99])
        #expect(try await reader.read(2_000_000..<2_000_001) == [])
        #expect(try await blobs.check(blob.id))
        await expect(.limit) { _ = try await blobs.get(blob.id, maximumSize: 999_999) }
    }
}

@Test func `a stream over the limit leaves nothing behind`() async throws {
    try await withBlobs { blobs in
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        for _ in 0..<3 { continuation.yield([1, 2, 3]) }
        continuation.finish()
        await expect(.limit) { _ = try await blobs.put(stream, maximumSize: 8) }
        let names = try await blobs.all()
        #expect(names == [])
        #expect(Files.names(in: blobs.folder + "/incoming") == [])
    }
}

@Test func `a missing blob and a damaged one are told apart`() async throws {
    try await withBlobs { blobs in
        let blob = try await blobs.put([1, 2, 3])
        Files.remove(blobs.path(of: blob.id))
        await expect(.notFound) { _ = try await blobs.open(blob.id) }
        try FileHandle.creating(blobs.path(of: blob.id)).write([1, 2, 4])
        #expect(try await !blobs.check(blob.id))
    }
}

@Test(arguments: [
    "", "ab", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
    "../../etc/passwd",
])
func `only a digest is a blob's name`(text: String) {
    #expect(BlobID(rawValue: text) == nil)
}
