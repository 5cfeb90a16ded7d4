import Basics

/// Bytes that never change and stay where they are: memory of its own, or a part of other storage.
struct PostingStorage: Sendable {
    private let memory: FlatMemory
    private let range: Range<Int>

    /// The bytes; they are there as long as this is.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory.bytes[range]) }

    private init(_ memory: FlatMemory) {
        self.memory = memory
        range = 0..<memory.bytes.count
    }

    /// Copies bytes.
    init(copying source: UnsafeRawBufferPointer) {
        self.init(FlatMemory(copying: source))
    }

    /// Maps a file; nothing where it cannot be read.
    init?(mapping path: String) {
        guard let memory = FlatMemory(mapping: path) else { return nil }
        self.init(memory)
    }

    /// A part of other storage, which stays alive with it.
    init(_ range: Range<Int>, of whole: PostingStorage) {
        memory = whole.memory
        self.range =
            whole.range.lowerBound + range.lowerBound..<whole.range.lowerBound + range.upperBound
    }
}
