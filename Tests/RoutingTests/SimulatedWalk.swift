import Basics
import Testing

@testable import Routing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A walk along a line with a receiver as it is between tall buildings: every fix has its own error
/// with a standard deviation of 8 m along each axis, and all have a common one of exactly 10 m
/// whose direction drifts.
struct SimulatedWalk {
    struct Step {
        var fix: PositionFix
        var truth: GeoPoint
        var seconds: Double
    }

    static let noiseMetres = 8.0
    static let biasMetres = 10.0
    /// The direction of the common error drifts by so many degrees in a second (standard deviation).
    static let driftDegrees = 3.0
    static let metresPerSecond = 1.2
    static let speedNoise = 0.2
    /// The receiver of a walk measures all speeds too high or too low by a share (standard deviation).
    static let speedScale = 0.05
    static let headingNoise = 20.0

    let steps: [Step]

    init(along line: [GeoPoint], seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let frame = LocalFrame(at: try #require(line.first))
        let metres = line.map(frame.metres)
        var angle = random.unit() * 2 * .pi
        let scale = 1 + random.normal() * SimulatedWalk.speedScale
        var steps: [Step] = []
        var walked = 0.0
        var (at, before) = (1, 0.0)
        while at < metres.count {
            let (a, b) = (metres[at - 1], metres[at])
            let (x, y) = (b.east - a.east, b.north - a.north)
            let length = (x * x + y * y).squareRoot()
            guard walked <= before + length else {
                before += length
                at += 1
                continue
            }
            let share = length > 0 ? (walked - before) / length : 0
            let (east, north) = (a.east + share * x, a.north + share * y)
            angle += random.normal() * SimulatedWalk.driftDegrees * .pi / 180
            let seconds = Double(steps.count)
            let truth = frame.place(east: east, north: north)
            let heading = atan2(x, y) * 180 / .pi + random.normal() * SimulatedWalk.headingNoise
            let fix = PositionFix(
                frame.place(
                    east: east + SimulatedWalk.biasMetres * sin(angle)
                        + SimulatedWalk.noiseMetres * random.normal(),
                    north: north + SimulatedWalk.biasMetres * cos(angle)
                        + SimulatedWalk.noiseMetres * random.normal()
                ),
                timeSeconds: seconds,
                metresPerSecond: max(
                    SimulatedWalk.metresPerSecond * scale + random.normal()
                        * SimulatedWalk.speedNoise,
                    0
                ),
                headingDegrees: heading < 0 ? heading + 360 : heading
            )
            steps.append(Step(fix: fix, truth: truth, seconds: seconds))
            walked += SimulatedWalk.metresPerSecond
        }
        self.steps = steps
    }
}

extension SeededRandom {
    /// A number of the standard normal distribution, by the transform of Box and Muller (1958).
    mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }
}

extension [Double] {
    /// The value below which a share of the values lies.
    func quantile(_ share: Double) -> Double {
        let sorted = sorted()
        return sorted.isEmpty
            ? .nan : sorted[Swift.min(Int(Double(sorted.count) * share), sorted.count - 1)]
    }
}
