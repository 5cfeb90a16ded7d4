/// A set of row numbers, as bits.
public struct RowSet: Sendable, Hashable {
    /// Bit i (word i / 64, bit i mod 64): row i is in the set.
    public let bitset: [UInt64]
    /// The number of rows in the set.
    public let count: Int

    /// Creates a set from bits.
    public init(bitset: [UInt64]) {
        self.bitset = bitset
        count = bitset.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// Creates a set from row numbers in any order.
    public init(_ rowNumbers: some Sequence<UInt32>) {
        var bitset: [UInt64] = []
        for row in rowNumbers {
            let word = Int(row >> 6)
            if word >= bitset.count {
                bitset.append(contentsOf: repeatElement(0, count: word + 1 - bitset.count))
            }
            bitset[word] |= 1 << UInt64(row & 63)
        }
        self.init(bitset: bitset)
    }

    /// The row numbers, ascending.
    public var rowNumbers: [UInt32] {
        var rows: [UInt32] = []
        rows.reserveCapacity(count)
        forEach { rows.append($0) }
        return rows
    }

    /// Whether a row is in the set.
    public func contains(_ row: UInt32) -> Bool {
        let word = Int(row >> 6)
        return word < bitset.count && bitset[word] >> UInt64(row & 63) & 1 == 1
    }

    func forEach(_ body: (UInt32) -> Void) {
        for (word, bits) in bitset.enumerated() {
            var rest = bits
            while rest != 0 {
                body(UInt32(word << 6 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
    }
}
