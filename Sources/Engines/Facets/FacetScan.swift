/// The loops over the rows: 64 rows at a time, as the bits of a word.
enum FacetScan {
    /// The rows of a base whose cell passes, as bits.
    static func rows(of base: [UInt64], cells: [UInt16], passing: [Bool]) -> [UInt64] {
        var result = base
        result.withUnsafeMutableBufferPointer { result in
            cells.withUnsafeBufferPointer { cells in
                passing.withUnsafeBufferPointer { passing in
                    for word in 0..<result.count {
                        let bits = result[word]
                        if bits == .max {
                            result[word] = passingBits(cells, passing, from: word << 6)
                        } else if bits != 0 {
                            var rest = bits
                            var passed: UInt64 = 0
                            while rest != 0 {
                                let bit = UInt64(rest.trailingZeroBitCount)
                                let cell = Int(cells[word << 6 + Int(bit)])
                                passed |= (passing[cell] ? 1 : 0) << bit
                                rest &= rest - 1
                            }
                            result[word] = passed
                        }
                    }
                }
            }
        }
        return result
    }

    @inline(__always)
    private static func passingBits(
        _ cells: UnsafeBufferPointer<UInt16>,
        _ passing: UnsafeBufferPointer<Bool>,
        from row: Int
    ) -> UInt64 {
        var bits: UInt64 = 0
        for bit in 0..<64 {
            bits |= (passing[Int(cells[row + bit])] ? 1 : 0) << UInt64(bit)
        }
        return bits
    }

    /// The number of rows in every cell, and the sum of their measure where there is one.
    static func totals(
        of rows: [UInt64],
        cells: [UInt16],
        cellCount: Int,
        measure: [Int64]?
    ) -> [CellTotal] {
        var table = [CellTotal](repeating: CellTotal(), count: cellCount)
        table.withUnsafeMutableBufferPointer { table in
            cells.withUnsafeBufferPointer { cells in
                guard let measure else {
                    return forEachRow(of: rows) { table[Int(cells[$0])].count += 1 }
                }
                measure.withUnsafeBufferPointer { measure in
                    forEachRow(of: rows) { row in
                        let cell = Int(cells[row])
                        table[cell].count &+= 1
                        // The builder has checked that the sum over all rows fits.
                        table[cell].sum &+= measure[row]
                    }
                }
            }
        }
        return table
    }

    @inline(__always)
    static func forEachRow(of rows: [UInt64], _ body: (Int) -> Void) {
        rows.withUnsafeBufferPointer { rows in
            for word in 0..<rows.count {
                var rest = rows[word]
                if rest == .max {
                    for row in (word << 6)..<(word << 6 + 64) { body(row) }
                    continue
                }
                while rest != 0 {
                    body(word << 6 + rest.trailingZeroBitCount)
                    rest &= rest &- 1
                }
            }
        }
    }
}
