extension Picture {
    /// The picture at another size: averaged over areas where it shrinks, between pixels where it grows.
    ///
    /// - Throws: `VisionError` `badPicture` for a size of nothing, `pictureTooLarge`.
    public func scaled(width newWidth: Int, height newHeight: Int) throws -> Picture {
        try Self.check(width: newWidth, height: newHeight)
        if newWidth == width, newHeight == height { return self }
        let across = Weights(from: width, to: newWidth)
        let down = Weights(from: height, to: newHeight)
        // Rows first: what lies between is newWidth × height.
        var narrow = [Float](repeating: 0, count: newWidth * height * 3)
        for y in 0..<height {
            for x in 0..<newWidth {
                let at = (y * newWidth + x) * 3
                for (source, weight) in across.terms(x) {
                    let from = (y * width + source) * 3
                    for channel in 0..<3 {
                        narrow[at + channel] += Float(pixels[from + channel]) * weight
                    }
                }
            }
        }
        var scaled = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
        let rowSize = newWidth * 3
        var row = [Float](repeating: 0, count: rowSize)
        for y in 0..<newHeight {
            for at in 0..<rowSize { row[at] = 0.5 }
            for (source, weight) in down.terms(y) {
                for at in 0..<rowSize { row[at] += narrow[source * rowSize + at] * weight }
            }
            for at in 0..<rowSize { scaled[y * rowSize + at] = UInt8(min(max(row[at], 0), 255)) }
        }
        return Picture(checkedWidth: newWidth, height: newHeight, pixels: scaled)
    }

    /// The picture as large as it can be inside a frame, without growing.
    ///
    /// - Throws: `VisionError` `badPicture` for a frame of nothing.
    public func fitted(width maximumWidth: Int, height maximumHeight: Int) throws -> Picture {
        let share = min(
            Double(maximumWidth) / Double(width),
            Double(maximumHeight) / Double(height),
            1
        )
        return try scaled(
            width: max(1, Int((Double(width) * share).rounded())),
            height: max(1, Int((Double(height) * share).rounded()))
        )
    }
}

/// Which old pixels make a new one, and by how much, along one side.
private struct Weights {
    private var starts: [Int] = []
    private var weights: [[Float]] = []

    init(from old: Int, to new: Int) {
        let step = Double(old) / Double(new)
        // Half the width of the triangle that is laid over the old pixels.
        let reach = max(step, 1)
        for index in 0..<new {
            let middle = (Double(index) + 0.5) * step - 0.5
            let first = max(0, Int((middle - reach).rounded(.up)))
            let last = min(old - 1, Int((middle + reach).rounded(.down)))
            var terms: [Float] = []
            for source in first...max(first, last) {
                terms.append(Float(max(0, 1 - abs(Double(source) - middle) / reach)))
            }
            let sum = terms.reduce(0, +)
            starts.append(first)
            weights.append(sum > 0 ? terms.map { $0 / sum } : [1])
        }
    }

    func terms(_ index: Int) -> some Sequence<(Int, Float)> {
        zip(starts[index]..., weights[index])
    }
}
