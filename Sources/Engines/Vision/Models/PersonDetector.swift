import Glibc

/// Finds people with a model: YOLOX or the light person detector.
///
/// Ge et al., "YOLOX: Exceeding YOLO Series in 2021", 2021: no anchors, one answer a cell of three grids.
public final class PersonDetector {
    /// Scores below this are left out.
    public static let minimumScore = 0.3
    /// Boxes of one person share at most this.
    public static let maximumOverlap = 0.45
    /// People a picture may have.
    public static let maximumCount = 300

    private static let strides = [8, 16, 32]

    private let model: Model
    private let side: Int
    private let classCount: Int

    /// Reads a model.
    ///
    /// - Throws: `VisionError` `badModel` where the file is unknown or not of the shape it should have.
    public convenience init(_ bytes: [UInt8], _ runtime: ModelRuntime) throws {
        guard try KnownModel(of: bytes).purpose != .appearance else {
            throw VisionError.badModel("an appearance model detects nobody")
        }
        try self.init(unchecked: bytes, runtime)
    }

    init(unchecked bytes: [UInt8], _ runtime: ModelRuntime) throws {
        model = try Model(bytes, runtime)
        let input = model.inputSizes
        let output = model.outputSizes
        guard input.count == 4, input[1] == 3, input[2] == input[3], (32...1280).contains(input[2]),
            input[2] % 32 == 0, output.count == 3, output[2] >= 6,
            output[1] == Self.strides.reduce(0, { $0 + (input[2] / $1) * (input[2] / $1) })
        else { throw VisionError.badModel("input \(input), output \(output)") }
        side = input[2]
        classCount = output[2] - 5
    }

    /// The people in a picture, the surest first.
    ///
    /// - Returns: Boxes in pixels of the picture with their scores.
    /// - Throws: `VisionError` `badModel`.
    public func detect(in picture: Picture) throws -> [Detection] {
        let share = min(
            Double(side) / Double(picture.width),
            Double(side) / Double(picture.height)
        )
        var input = try letterbox(picture, share)
        let count = Self.strides.reduce(0) { $0 + (side / $1) * (side / $1) }
        let width = 5 + classCount
        let output = try model.run(
            &input,
            sizes: [1, 3, side, side],
            outputCount: count * width
        )
        var found: [Detection] = []
        var row = 0
        for stride in Self.strides {
            let cells = side / stride
            for cell in 0..<cells * cells {
                let values = output[row * width..<(row + 1) * width]
                row += 1
                if let detection = detection(Array(values.prefix(6)), cell, cells, stride, share) {
                    found.append(detection)
                }
            }
        }
        return suppressed(found)
    }

    /// One cell's answer: middle and extent of a box, how sure it is of a thing, and of a person.
    private func detection(
        _ values: [Float],
        _ cell: Int,
        _ cells: Int,
        _ stride: Int,
        _ share: Double
    ) -> Detection? {
        let score = Double(values[4] * values[5])
        guard score >= Self.minimumScore, values.allSatisfy(\.isFinite) else { return nil }
        let middleX = (Double(values[0]) + Double(cell % cells)) * Double(stride)
        let middleY = (Double(values[1]) + Double(cell / cells)) * Double(stride)
        let width = exp(Double(values[2])) * Double(stride)
        let height = exp(Double(values[3])) * Double(stride)
        guard width.isFinite, height.isFinite else { return nil }
        let box = BoundingBox(
            x: (middleX - width / 2) / share,
            y: (middleY - height / 2) / share,
            width: width / share,
            height: height / share
        )
        return Detection(box: box, score: min(1, score))
    }

    /// The picture in the upper left corner of a grey square, blue first, plane by plane.
    private func letterbox(_ picture: Picture, _ share: Double) throws -> [Float] {
        let width = max(1, min(side, Int(Double(picture.width) * share)))
        let height = max(1, min(side, Int(Double(picture.height) * share)))
        let small = picture.bilinear(width: width, height: height)
        let plane = side * side
        var input = [Float](repeating: 114, count: 3 * plane)
        for y in 0..<height {
            for x in 0..<width {
                let from = (y * width + x) * 3
                let at = y * side + x
                input[at] = Float(small[from + 2])
                input[plane + at] = Float(small[from + 1])
                input[2 * plane + at] = Float(small[from])
            }
        }
        return input
    }

    /// Greedy suppression of what overlaps something surer.
    private func suppressed(_ found: [Detection]) -> [Detection] {
        var kept: [Detection] = []
        for detection in found.sorted(by: { $0.score > $1.score }) {
            guard kept.count < Self.maximumCount else { break }
            if !kept.contains(where: { $0.box.overlap(detection.box) > Self.maximumOverlap }) {
                kept.append(detection)
            }
        }
        return kept
    }
}

extension Picture {
    /// The pixels at another size, each between its four neighbours, without averaging: what the models
    /// were trained with.
    func bilinear(width newWidth: Int, height newHeight: Int) -> [UInt8] {
        func places(_ old: Int, _ new: Int) -> [(low: Int, high: Int, share: Float)] {
            (0..<new).map { index in
                let place = (Float(index) + 0.5) * Float(old) / Float(new) - 0.5
                let low = max(0, Int(place.rounded(.down)))
                let share = min(1, max(0, place - Float(low)))
                return (min(low, old - 1), min(low + 1, old - 1), share)
            }
        }
        let columns = places(width, newWidth)
        let rows = places(height, newHeight)
        var output = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
        var at = 0
        for row in rows {
            for column in columns {
                for channel in 0..<3 {
                    func value(_ y: Int, _ x: Int) -> Float {
                        Float(pixels[(y * width + x) * 3 + channel])
                    }
                    let upper =
                        value(row.low, column.low) * (1 - column.share)
                        + value(row.low, column.high) * column.share
                    let lower =
                        value(row.high, column.low) * (1 - column.share)
                        + value(row.high, column.high) * column.share
                    output[at] = UInt8((upper + (lower - upper) * row.share).rounded())
                    at += 1
                }
            }
        }
        return output
    }
}
