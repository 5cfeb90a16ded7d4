import Basics

/// A list of plain values that does not change: in memory of its own, or a part of a mapped file.
///
/// A network and its hierarchy are made of such lists, so that a graph file is used where it lies.
public struct Column<Element: BitwiseCopyable & Sendable>: Sendable, RandomAccessCollection {
    /// Keeps the values where they are.
    private let memory: FlatMemory
    /// The values; whoever takes them out keeps the column as long as they are read.
    @usableFromInline
    nonisolated(unsafe) let values: UnsafeBufferPointer<Element>

    /// Copies a list.
    public init(_ list: [Element] = []) {
        let memory = list.withUnsafeBytes { FlatMemory(copying: $0) }
        self.init(memory, at: 0, count: list.count)
    }

    /// Takes values out of memory; the caller has checked that they lie in it and are aligned.
    init(_ memory: FlatMemory, at offset: Int, count: Int) {
        self.memory = memory
        let end = offset + count * MemoryLayout<Element>.stride
        let bytes = UnsafeRawBufferPointer(rebasing: memory.bytes[offset..<end])
        values = bytes.assumingMemoryBound(to: Element.self)
    }

    /// The number of the first value.
    @inlinable public var startIndex: Int { 0 }
    /// One more than the number of the last.
    @inlinable public var endIndex: Int { values.count }

    /// A value.
    @inlinable public subscript(index: Int) -> Element {
        precondition(index >= 0 && index < values.count, "outside of the column")
        return values[index]
    }

    /// The same memory as bytes.
    var bytes: Column<UInt8> {
        let bytes = UnsafeRawBufferPointer(values)
        let base = memory.bytes.baseAddress
        let offset = base.flatMap { base in bytes.baseAddress.map { base.distance(to: $0) } } ?? 0
        return Column<UInt8>(memory, at: offset, count: bytes.count)
    }
}
