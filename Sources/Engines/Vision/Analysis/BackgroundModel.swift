/// What a camera sees when nobody is there, cell by cell, as it changes with the light.
///
/// A mean and a deviation a cell, learnt from the cells that look as they are expected to (Wren et al.,
/// "Pfinder: Real-Time Tracking of the Human Body", 1997). The light of the whole picture is taken out
/// first; a cell that only grew darker and kept its colour is a shadow (Horprasert et al., "A
/// Statistical Approach for Real-Time Robust Background Subtraction and Shadow Detection", 1999).
struct BackgroundModel: Sendable {
    let width: Int
    let height: Int
    /// Red, green and blue of every cell.
    private(set) var means: [Float]
    /// The mean deviation of a cell.
    private var deviations: [Float]
    /// Seconds for which a cell has been foreground of the same colour.
    private(set) var stillSeconds: [Float]
    /// The colour that a still cell has.
    private var stillColours: [UInt8]
    private var shades: [Shade]
    /// The share of cells that are foreground.
    private(set) var foregroundShare = 0.0
    /// By how much the light of the picture differs from the model's.
    private(set) var gain: Float = 1
    private var learntSeconds = 0.0
    private var frameCount = 0

    /// What a cell is.
    private enum Shade: UInt8, Sendable {
        case background
        case shadow
        case foreground
    }

    /// By how much slower the model follows where a shadow lies: somebody's goes with them, a house's
    /// stays.
    private static let shadowShare: Float = 0.1
    /// Seconds the background takes to be learnt.
    static let learningSeconds = 1.6
    /// Frames it takes at least.
    private static let learningFrameCount = 6
    /// Seconds after which the model has followed a slow change to two thirds.
    private static let followingSeconds: Float = 9
    /// The least difference of foreground, in steps of 256.
    private static let minimumDifference: Float = 17
    /// Deviations that foreground differs by.
    private static let deviationCount: Float = 4.5
    /// How dark a shadow may make a cell, as a share of its light.
    private static let shadow: ClosedRange<Float> = 0.5...0.97
    /// By how much a shadow may change the share of a colour.
    private static let shadowTint: Float = 0.028

    init(_ grid: AnalysisGrid) {
        width = grid.width
        height = grid.height
        means = grid.cells.map(Float.init)
        deviations = [Float](repeating: 4, count: width * height)
        stillSeconds = [Float](repeating: 0, count: width * height)
        stillColours = grid.cells
        shades = [Shade](repeating: .background, count: width * height)
    }

    /// Whether the background is known.
    var isLearnt: Bool {
        learntSeconds >= Self.learningSeconds && frameCount >= Self.learningFrameCount
    }

    /// Takes a frame in and tells what is not background.
    mutating func update(_ grid: AnalysisGrid, after seconds: Double) {
        frameCount += 1
        learntSeconds += seconds
        gain = light(of: grid)
        let isLearning = !isLearnt
        let early = max(0.06, 1 / Float(frameCount + 1))
        let share =
            isLearning
            ? early : min(early, max(0.004, Float(seconds) / Self.followingSeconds))
        classify(grid)
        learn(grid, share: share, seconds: Float(seconds), everything: isLearning)
    }

    /// The median of how much brighter cells are than expected, over a few of those that look alike.
    private func light(of grid: AnalysisGrid) -> Float {
        var ratios: [Float] = []
        for at in stride(from: 0, to: width * height, by: 61) where stillSeconds[at] == 0 {
            let expected = means[at * 3] + means[at * 3 + 1] + means[at * 3 + 2]
            let seen =
                Float(grid.cells[at * 3]) + Float(grid.cells[at * 3 + 1])
                + Float(grid.cells[at * 3 + 2])
            if expected > 60, seen > 30, seen < 740 { ratios.append(seen / expected) }
        }
        guard ratios.count >= 20 else { return 1 }
        ratios.sort()
        return min(2.5, max(0.4, ratios[ratios.count / 2]))
    }

    private mutating func classify(_ grid: AnalysisGrid) {
        let scale = 1 / gain
        var count = 0
        shades.withUnsafeMutableBufferPointer { output in
            grid.cells.withUnsafeBufferPointer { cells in
                means.withUnsafeBufferPointer { means in
                    deviations.withUnsafeBufferPointer { deviations in
                        for at in 0..<output.count {
                            let seen = (
                                Float(cells[at * 3]) * scale, Float(cells[at * 3 + 1]) * scale,
                                Float(cells[at * 3 + 2]) * scale
                            )
                            let known = (means[at * 3], means[at * 3 + 1], means[at * 3 + 2])
                            let difference = max(
                                abs(seen.0 - known.0),
                                abs(seen.1 - known.1),
                                abs(seen.2 - known.2)
                            )
                            let limit = max(
                                Self.minimumDifference,
                                Self.deviationCount * deviations[at]
                            )
                            if difference <= limit {
                                output[at] = .background
                            } else if Self.isShadow(seen, of: known) {
                                output[at] = .shadow
                            } else {
                                output[at] = .foreground
                                count += 1
                            }
                        }
                    }
                }
            }
        }
        foregroundShare = Double(count) / Double(max(1, width * height))
    }

    /// What is neither background nor a shadow on it.
    var mask: ForegroundMask {
        var mask = ForegroundMask(width: width, height: height)
        for at in shades.indices { mask.cells[at] = shades[at] == .foreground }
        return mask
    }

    @inline(__always)
    private static func isShadow(
        _ seen: (Float, Float, Float),
        of expected: (Float, Float, Float)
    ) -> Bool {
        let sum = seen.0 + seen.1 + seen.2
        let expectedSum = expected.0 + expected.1 + expected.2
        guard expectedSum > 30, sum > 12 else { return false }
        guard shadow.contains(sum / expectedSum) else { return false }
        return abs(seen.0 / sum - expected.0 / expectedSum) < shadowTint
            && abs(seen.2 / sum - expected.2 / expectedSum) < shadowTint
    }

    /// Follows the light where the cell is background, and counts for how long a cell stands still.
    private mutating func learn(
        _ grid: AnalysisGrid,
        share: Float,
        seconds: Float,
        everything: Bool
    ) {
        let tolerance: Int = 18
        for at in 0..<width * height {
            let isForeground = shades[at] == .foreground && !everything
            if isForeground {
                var moved = 0
                for channel in at * 3..<at * 3 + 3 {
                    moved = max(moved, abs(Int(grid.cells[channel]) - Int(stillColours[channel])))
                }
                if moved < tolerance {
                    stillSeconds[at] += seconds
                    // The light drifts over what stands still as well.
                    for channel in at * 3..<at * 3 + 3 where moved > 4 {
                        if grid.cells[channel] > stillColours[channel] {
                            stillColours[channel] += 1
                        }
                        if grid.cells[channel] < stillColours[channel] {
                            stillColours[channel] -= 1
                        }
                    }
                } else {
                    stillSeconds[at] = seconds
                    for channel in at * 3..<at * 3 + 3 {
                        stillColours[channel] = grid.cells[channel]
                    }
                }
                continue
            }
            stillSeconds[at] = 0
            let share = shades[at] == .shadow && !everything ? share * Self.shadowShare : share
            var difference: Float = 0
            for channel in at * 3..<at * 3 + 3 {
                let change = Float(grid.cells[channel]) / gain - means[channel]
                difference = max(difference, abs(change))
                // The light itself is followed as well, or the gain would only ever grow.
                means[channel] += (change + means[channel] * (gain - 1)) * share
                stillColours[channel] = grid.cells[channel]
            }
            if difference < 40 { deviations[at] += (difference - deviations[at]) * min(0.1, share) }
        }
    }

    /// Takes cells into the background as they are now.
    mutating func absorb(_ grid: AnalysisGrid, columns: Range<Int>, rows: Range<Int>) {
        for y in rows {
            for at in y * width + columns.lowerBound..<y * width + columns.upperBound {
                for channel in at * 3..<at * 3 + 3 {
                    means[channel] = Float(grid.cells[channel])
                }
                stillSeconds[at] = 0
                shades[at] = .background
            }
        }
    }

    /// Tells what is not background without learning from the frame.
    mutating func compare(_ grid: AnalysisGrid) {
        gain = light(of: grid)
        classify(grid)
    }

    /// The brightness of one cell.
    func brightness(_ at: Int) -> Double {
        Double(means[at * 3] * 77 + means[at * 3 + 1] * 150 + means[at * 3 + 2] * 29) / 256
    }

    /// The brightness of the background.
    var luma: [UInt8] {
        (0..<width * height).map { at in
            UInt8(min(255, max(0, brightness(at))))
        }
    }
}
