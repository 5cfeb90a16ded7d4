/// The folded texts of consecutive rows, end to end, with one bit a unit for white space before it.
struct FoldedRows: Sendable {
    private(set) var units: [UInt16] = []
    /// Where each row's units end, after a leading 0.
    private(set) var ends: [UInt32] = [0]
    /// Bit i: white space stands before unit i.
    private(set) var spaces: [UInt64] = []

    init() {}

    /// Takes rows back from a snapshot; nothing where the parts do not fit together.
    init?(units: [UInt16], ends: [UInt32], spaces: [UInt64]) {
        guard ends.first == 0, ends.last == UInt32(exactly: units.count),
            zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }),
            spaces.count == (units.count + 63) / 64
        else { return nil }
        self.units = units
        self.ends = ends
        self.spaces = spaces
    }

    var rowCount: Int { ends.count - 1 }

    /// Folds one more text and closes its row.
    mutating func appendRow(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = units.count
        // No byte folds to more than one unit.
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: bytes.count) { scratch in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: bytes.count) { spaced in
                var row = FoldedRow(units: scratch, spaced: spaced)
                Folding.fold(bytes, into: &row)
                units.append(contentsOf: UnsafeBufferPointer(rebasing: scratch[..<row.count]))
                while spaces.count * 64 < units.count { spaces.append(0) }
                for index in spaced[..<row.spacedCount] {
                    spaces[(start + index) >> 6] |= 1 << UInt64((start + index) & 63)
                }
            }
        }
        ends.append(UInt32(units.count))
    }

    /// A copy without spare capacity.
    func trimmed() -> FoldedRows {
        var copy = self
        copy.units = Array(units[...])
        copy.spaces = Array(spaces[...])
        copy.ends = Array(ends[...])
        return copy
    }

    mutating func reserve(rowCount: Int, unitCount: Int) {
        ends.reserveCapacity(rowCount + 1)
        units.reserveCapacity(unitCount)
        spaces.reserveCapacity(unitCount / 64 + 1)
    }

    /// Clears the bits of those rows in which a term does not occur.
    func keepMatches(
        _ term: SubstringQuery.Term,
        in bitmap: UnsafeMutableBufferPointer<UInt64>
    ) {
        let probe = Probe(term.units)
        units.withUnsafeBufferPointer { units in
            for word in 0..<bitmap.count {
                var rest = bitmap[word]
                while rest != 0 {
                    let row = word << 6 + rest.trailingZeroBitCount
                    let bit = rest & (0 &- rest)
                    rest ^= bit
                    if place(
                        of: term,
                        probe,
                        from: Int(ends[row]),
                        to: Int(ends[row + 1]),
                        in: units
                    ) == nil {
                        bitmap[word] &= ~bit
                    }
                }
            }
        }
    }

    /// Calls a body with where a term first occurs in a row, counted from the row's beginning, and
    /// whether a word begins there; not for rows without it.
    func forFirstPlace(
        of term: SubstringQuery.Term,
        in rows: some Sequence<Int>,
        _ body: (_ index: Int, _ place: Int, _ beginsWord: Bool) -> Void
    ) {
        let probe = Probe(term.units)
        units.withUnsafeBufferPointer { units in
            for (index, row) in rows.enumerated() {
                let start = Int(ends[row])
                if let at = place(of: term, probe, from: start, to: Int(ends[row + 1]), in: units) {
                    let begins = at == start || (spaces[at >> 6] >> UInt64(at & 63)) & 1 == 1
                    body(index, at - start, begins)
                }
            }
        }
    }

    /// Where a term first occurs among the units of a row.
    @inline(__always)
    private func place(
        of term: SubstringQuery.Term,
        _ probe: Probe,
        from start: Int,
        to end: Int,
        in units: UnsafeBufferPointer<UInt16>
    ) -> Int? {
        let length = term.units.count
        guard end - start >= length else { return nil }
        for at in start...(end - length) where probe.mayBegin(at, in: units) {
            var offset = 1
            while offset < length, units[at + offset] == term.units[offset] { offset += 1 }
            if offset == length, fits(term.spaces, at: at) { return at }
        }
        return nil
    }

    /// The first four units of a term in one word: compared at once, most places are ruled out.
    private struct Probe {
        static let unitCount = 4
        var bits: UInt64 = 0
        var mask: UInt64 = 0

        init(_ units: [UInt16]) {
            for (place, unit) in units.prefix(Self.unitCount).enumerated() {
                bits |= UInt64(unit) << UInt64(place * 16)
                mask |= 0xFFFF << UInt64(place * 16)
            }
        }

        @inline(__always)
        func mayBegin(_ at: Int, in units: UnsafeBufferPointer<UInt16>) -> Bool {
            // Within the last units of the segment a whole word cannot be read.
            guard at + Self.unitCount <= units.count else {
                return units[at] == UInt16(truncatingIfNeeded: bits)
            }
            let word = UnsafeRawBufferPointer(units).loadUnaligned(
                fromByteOffset: at * 2,
                as: UInt64.self
            )
            return UInt64(littleEndian: word) & mask == bits
        }
    }

    private func fits(_ expected: [Bool], at start: Int) -> Bool {
        var offset = 1
        while offset < expected.count {
            let index = start + offset
            if (spaces[index >> 6] >> UInt64(index & 63)) & 1 != (expected[offset] ? 1 : 0) {
                return false
            }
            offset += 1
        }
        return true
    }
}

/// One text while it is folded, in buffers with room for a unit a byte.
private struct FoldedRow: FoldedUnitSink {
    let units: UnsafeMutableBufferPointer<UInt16>
    var count = 0
    /// The indexes of the units that white space stands before.
    let spaced: UnsafeMutableBufferPointer<Int>
    var spacedCount = 0

    init(units: UnsafeMutableBufferPointer<UInt16>, spaced: UnsafeMutableBufferPointer<Int>) {
        self.units = units
        self.spaced = spaced
    }

    @inline(__always)
    mutating func append(_ unit: UInt16, source: Range<Int>, afterSpace: Bool) {
        if afterSpace {
            spaced[spacedCount] = count
            spacedCount += 1
        }
        units[count] = unit
        count += 1
    }

    mutating func replaceLast(with unit: UInt16, sourceEnd: Int) {
        units[count - 1] = unit
    }
}
