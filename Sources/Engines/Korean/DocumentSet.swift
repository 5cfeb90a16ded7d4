/// A set of documents of an index, one bit a document: what a search is limited to, or prefers.
public struct DocumentSet: Sendable, Hashable {
    private(set) var words: [UInt64]

    /// Creates a set.
    public init(_ numbers: some Sequence<UInt32> = EmptyCollection()) {
        words = []
        for number in numbers { insert(number) }
    }

    /// Creates the set of those documents, of the first `count`, that a condition holds for.
    public init(count: Int, where condition: (UInt32) throws -> Bool) rethrows {
        words = [UInt64](repeating: 0, count: (max(0, count) + 63) / 64)
        for number in 0..<UInt32(max(0, count)) where try condition(number) { insert(number) }
    }

    /// Adds a document.
    public mutating func insert(_ number: UInt32) {
        let word = Int(number >> 6)
        if word >= words.count {
            words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
        }
        words[word] |= 1 << UInt64(number & 63)
    }

    /// Takes a document out.
    public mutating func remove(_ number: UInt32) {
        guard contains(number) else { return }
        words[Int(number >> 6)] &= ~(1 << UInt64(number & 63))
    }

    /// Whether a document belongs to the set.
    @inline(__always)
    public func contains(_ number: UInt32) -> Bool {
        let word = Int(number >> 6)
        return word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
    }

    /// The number of documents.
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// The documents of both sets.
    public func intersection(_ other: DocumentSet) -> DocumentSet {
        var result = DocumentSet()
        result.words = zip(words, other.words).map { $0 & $1 }
        return result
    }

    /// The documents of either set.
    public func union(_ other: DocumentSet) -> DocumentSet {
        var result = self
        let missing = max(0, other.words.count - words.count)
        result.words.append(contentsOf: repeatElement(0, count: missing))
        for (word, bits) in other.words.enumerated() { result.words[word] |= bits }
        return result
    }
}
