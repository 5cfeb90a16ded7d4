extension Picture {
    /// Blocks a masked person has along the longer side of the box; a face lies within one or two.
    public static let maskBlockCount = 8
    /// The least side of a block, in pixels.
    public static let minimumMaskBlock = 8

    /// The picture with people made unrecognisable, for everything that leaves the house.
    ///
    /// Each block becomes its mean colour, in steps of 32: what was inside is not in the picture any more.
    ///
    /// - Parameters:
    ///   - people: Where people are; a box is taken with a margin.
    ///   - except: Who stays visible, where they lie outside of the others' boxes.
    /// - Returns: The masked picture.
    public func masked(people: [BoundingBox], except: [BoundingBox] = []) -> Picture {
        var masked = self
        for box in people where !except.contains(box) {
            guard let area = PixelArea(box.grown(by: 0.08), width: width, height: height)
            else { continue }
            masked.pixelate(area)
        }
        return masked
    }

    private mutating func pixelate(_ area: PixelArea) {
        let side = max(
            Self.minimumMaskBlock,
            (max(area.width, area.height) + Self.maskBlockCount - 1) / Self.maskBlockCount
        )
        for top in stride(from: area.rows.lowerBound, to: area.rows.upperBound, by: side) {
            let rows = top..<min(top + side, area.rows.upperBound)
            for left in stride(from: area.columns.lowerBound, to: area.columns.upperBound, by: side)
            {
                flatten(rows: rows, columns: left..<min(left + side, area.columns.upperBound))
            }
        }
    }

    private mutating func flatten(rows: Range<Int>, columns: Range<Int>) {
        var sums = (0, 0, 0)
        for y in rows {
            for x in columns {
                let at = (y * width + x) * 3
                sums.0 += Int(pixels[at])
                sums.1 += Int(pixels[at + 1])
                sums.2 += Int(pixels[at + 2])
            }
        }
        let count = rows.count * columns.count
        func coarse(_ sum: Int) -> UInt8 { UInt8(sum / count / 32 * 32 + 16) }
        for y in rows {
            for x in columns {
                let at = (y * width + x) * 3
                pixels[at] = coarse(sums.0)
                pixels[at + 1] = coarse(sums.1)
                pixels[at + 2] = coarse(sums.2)
            }
        }
    }
}
