/// A frame at the size at which it is analysed: squares of pixels averaged into cells.
struct AnalysisGrid: Sendable {
    /// The largest width, in cells; a person a hundred pixels high in a wide picture stays one.
    static let maximumWidth = 320

    let width: Int
    let height: Int
    /// Pixels along the side of a cell.
    let factor: Int
    /// Red, green and blue of every cell, row by row.
    private(set) var cells: [UInt8]
    /// Brightness of every cell, row by row.
    private(set) var luma: [UInt8]

    init(_ picture: Picture) {
        factor = max(1, (picture.width + Self.maximumWidth - 1) / Self.maximumWidth)
        width = max(1, picture.width / factor)
        height = max(1, picture.height / factor)
        let (width, height) = (width, height)
        // A picture lower than a cell is read as far as it goes.
        let across = min(factor, picture.width)
        let down = min(factor, picture.height)
        let count = UInt32(across * down)
        let cellSize = factor
        cells = [UInt8](unsafeUninitializedCapacity: width * height * 3) { output, filled in
            picture.pixels.withUnsafeBufferPointer { input in
                for y in 0..<height {
                    for x in 0..<width {
                        var sums: (UInt32, UInt32, UInt32) = (0, 0, 0)
                        for row in 0..<down {
                            var at = ((y * cellSize + row) * picture.width + x * cellSize) * 3
                            for _ in 0..<across {
                                sums.0 &+= UInt32(input[at])
                                sums.1 &+= UInt32(input[at + 1])
                                sums.2 &+= UInt32(input[at + 2])
                                at &+= 3
                            }
                        }
                        let at = (y * width + x) * 3
                        output[at] = UInt8(truncatingIfNeeded: sums.0 / count)
                        output[at + 1] = UInt8(truncatingIfNeeded: sums.1 / count)
                        output[at + 2] = UInt8(truncatingIfNeeded: sums.2 / count)
                    }
                }
            }
            filled = width * height * 3
        }
        luma = []
        luma = cells.withUnsafeBufferPointer { cells in
            [UInt8](unsafeUninitializedCapacity: width * height) { output, filled in
                for at in 0..<width * height {
                    let sum =
                        UInt32(cells[at * 3]) * 77 + UInt32(cells[at * 3 + 1]) * 150
                        + UInt32(cells[at * 3 + 2]) * 29
                    output[at] = UInt8(truncatingIfNeeded: sum >> 8)
                }
                filled = width * height
            }
        }
    }

    /// The box of cells in pixels of the picture.
    func pixels(columns: Range<Int>, rows: Range<Int>) -> BoundingBox {
        BoundingBox(
            x: Double(columns.lowerBound * factor),
            y: Double(rows.lowerBound * factor),
            width: Double(columns.count * factor),
            height: Double(rows.count * factor)
        )
    }
}

/// The steepness of brightness at every cell: what is left of a picture when the light is taken out.
struct EdgeMap: Sendable {
    let strengths: [UInt8]
    let mean: Double
    /// The mean of the tenth that stands out most: what a lens out of focus loses, wherever it lies.
    let sharpness: Double

    init(_ luma: [UInt8], width: Int, height: Int) {
        var sum = 0
        strengths = luma.withUnsafeBufferPointer { luma in
            [UInt8](unsafeUninitializedCapacity: width * height) { output, filled in
                for y in 0..<height {
                    for x in 0..<width {
                        let at = y * width + x
                        let right = x + 1 < width ? Int(luma[at + 1]) : Int(luma[at])
                        let below = y + 1 < height ? Int(luma[at + width]) : Int(luma[at])
                        let strength = abs(right - Int(luma[at])) + abs(below - Int(luma[at]))
                        output[at] = UInt8(min(255, strength))
                        sum += strength
                    }
                }
                filled = width * height
            }
        }
        mean = Double(sum) / Double(max(1, width * height))
        sharpness = Self.sharpness(of: strengths)
    }

    private static func sharpness(of strengths: [UInt8]) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for strength in strengths { counts[Int(strength)] += 1 }
        let wanted = max(1, strengths.count / 10)
        var taken = 0
        var sum = 0
        for strength in counts.indices.reversed() {
            let count = min(counts[strength], wanted - taken)
            taken += count
            sum += count * strength
        }
        return Double(sum) / Double(wanted)
    }

    /// How alike two maps are: the correlation of what stands out, from -1 to 1.
    func likeness(_ other: EdgeMap) -> Double {
        guard strengths.count == other.strengths.count else { return 0 }
        var products = 0.0
        var own = 0.0
        var others = 0.0
        for at in stride(from: 0, to: strengths.count, by: 2) {
            let first = Double(strengths[at]) - mean
            let second = Double(other.strengths[at]) - other.mean
            products += first * second
            own += first * first
            others += second * second
        }
        guard own > 0, others > 0 else { return 0 }
        return products / (own * others).squareRoot()
    }
}
