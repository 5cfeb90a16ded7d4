/// Short words of Hangul, each with a number, found without a string: open addressing with linear
/// probing over words packed into 64 bits.
struct SyllableTable: Sendable {
    /// The longest word, in syllables.
    static let maximumSyllableCount = 4

    private let keys: [UInt64]
    private let values: [UInt16]
    private let shift: UInt64

    /// Builds a table; of a word listed twice, the bits of both numbers count.
    init(_ words: some Sequence<(word: String, value: UInt16)>) {
        let entries = words.map { (key: Self.packed($0.word), value: $0.value) }
        let bitCount = max(4, 64 - UInt64(entries.count * 3).leadingZeroBitCount)
        var keys = [UInt64](repeating: 0, count: 1 << bitCount)
        var values = [UInt16](repeating: 0, count: 1 << bitCount)
        shift = UInt64(64 - bitCount)
        for (key, value) in entries {
            var slot = Self.slot(of: key, shift)
            while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
            keys[slot] = key
            values[slot] |= value
        }
        self.keys = keys
        self.values = values
    }

    /// The number of a packed word, 0 where the table does not have it.
    @inline(__always)
    func value(of key: UInt64) -> UInt16 {
        keys.withUnsafeBufferPointer { keys in
            var slot = Self.slot(of: key, shift)
            while keys[slot] != 0 {
                if keys[slot] == key { return values[slot] }
                slot = (slot + 1) & (keys.count - 1)
            }
            return 0
        }
    }

    /// The syllables of a word as one number, the last lowest.
    static func packed(_ word: String) -> UInt64 {
        word.utf16.reduce(0) { $0 << 16 | UInt64($1) }
    }

    @inline(__always)
    private static func slot(of key: UInt64, _ shift: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }
}
