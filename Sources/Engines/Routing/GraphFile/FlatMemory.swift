import Packaging

/// Bytes that stay in one place for as long as this lives: a mapped file, or a copy.
@usableFromInline
final class FlatMemory: Sendable {
    /// What a copy begins at, and each section of a graph file: a line of a processor's cache.
    static let alignment = 64

    /// The bytes; they are there as long as this is.
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
    private let mapping: FileMapping?

    /// Takes a mapped file.
    init(_ mapping: FileMapping) {
        self.mapping = mapping
        bytes = mapping.bytes
    }

    /// Copies bytes.
    init(copying source: UnsafeRawBufferPointer) {
        let copy = UnsafeMutableRawBufferPointer.allocate(
            byteCount: source.count,
            alignment: FlatMemory.alignment
        )
        copy.copyMemory(from: source)
        bytes = UnsafeRawBufferPointer(copy)
        mapping = nil
    }

    deinit { if mapping == nil { bytes.deallocate() } }
}
