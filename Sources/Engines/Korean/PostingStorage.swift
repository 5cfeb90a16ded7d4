/// Bytes that never change and stay where they are: in memory, or a part of a mapped file.
final class PostingStorage: @unchecked Sendable {
    // Unchecked: the pointer is private to immutable bytes, freed when the last owner goes.
    let bytes: UnsafeRawBufferPointer
    private enum Owner {
        case allocation(UnsafeMutableRawBufferPointer)
        case mapping
        case part(of: PostingStorage)
    }
    private let owner: Owner

    /// Copies bytes.
    init(copying source: UnsafeRawBufferPointer) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
        copy.copyMemory(from: source)
        bytes = UnsafeRawBufferPointer(copy)
        owner = .allocation(copy)
    }

    /// Maps a file; nothing where it cannot be read.
    init?(mapping path: String) {
        guard let region = SystemFile.map(path) else { return nil }
        bytes = region
        owner = .mapping
    }

    /// A part of other storage, which stays alive with it.
    init(_ range: Range<Int>, of whole: PostingStorage) {
        bytes = UnsafeRawBufferPointer(rebasing: whole.bytes[range])
        owner = .part(of: whole)
    }

    deinit {
        switch owner {
        case .allocation(let allocation): allocation.deallocate()
        case .mapping: SystemFile.unmap(bytes)
        case .part: break
        }
    }
}
