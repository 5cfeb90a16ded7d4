#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Follows a walker over the ways around a route, from fixes that are noisy and, between tall
/// buildings, all wrong in the same direction for a while.
///
/// A Bayes filter over the directed network: hypotheses "at this place of this way, walking in this
/// direction" with their probabilities, each with its own Kalman filter for the common error of the
/// receiver (a Rao-Blackwellised filter: A. Doucet, N. de Freitas, K. Murphy, S. Russell, UAI 2000).
/// Hypotheses that share a cell of a way are merged by their moments instead of drawn at random, so
/// the same fixes always give the same answer, here and in `positioning.js`, which is this filter in
/// JavaScript. A turn shows what the error along the way was: the filter remembers it.
public struct PositionFilter: Sendable {
    /// What is assumed about receivers and walkers.
    public struct Settings: Sendable, Hashable {
        /// The standard deviation of a fix along one axis, in metres.
        public var noiseMetres = 8.0
        /// The standard deviation of the common error along one axis, in metres.
        public var biasMetres = 7.0
        /// How long the common error lasts: after so many seconds 37 % of it is left.
        public var biasSeconds = 150.0
        /// The standard deviation of a speed, in metres a second.
        public var speedNoise = 0.5
        /// The standard deviation of a direction of movement, in degrees.
        public var headingNoise = 30.0
        /// The speed of a walker who does not say it, in metres a second.
        public var usualSpeed = 1.1
        /// The standard deviation of the speed of a walker who does not say it.
        public var usualSpeedNoise = 0.6

        /// Creates the settings that were found good on simulated walks.
        public init() {}
    }

    /// Less probable hypotheses are dropped beyond so many: the work of a fix is bounded.
    public static let maximumHypothesisCount = 1_024
    /// A movement goes over so many nodes at most.
    static let maximumHopCount = 6
    /// After a longer silence the filter begins anew.
    static let maximumGapSeconds = 60.0
    /// A place farther from the first fix than this is not considered.
    static let maximumSeedMetres = 60.0
    /// Who is slower, in metres a second, stands.
    static let standingSpeed = 0.3
    /// The length of a cell in metres.
    static let cellMetres = 2.0
    /// Ways on the route are so much more probable at a fork than all others together.
    static let routeShare = 0.7
    /// How probable it is that a walker turns round, in a second and at a node.
    static let turnRoundShare = 0.01
    /// A cell that is so near the route is on it, whatever way it belongs to.
    static let routeCorridorMetres = 6.0
    /// The alarm is given from this probability on, heard twice in a row, or from certainty at once.
    static let alarmProbability = 0.75
    static let alarmCertainty = 0.95
    /// Fixes that fit no way so badly, so many times in a row, mean that no way is walked.
    static let lostInnovation = 6.0
    static let lostFixCount = 5

    /// One possibility.
    struct Hypothesis: Sendable {
        var arc: Int
        /// Metres from the beginning of the arc.
        var offset: Double
        /// The variance of the metres within a cell.
        var offsetVariance: Double
        var weight: Double
        var biasEast: Double
        var biasNorth: Double
        /// The variance of each component of the error.
        var biasVariance: Double
    }

    let map: LocalMap
    private let settings: Settings
    private var hypotheses: [Hypothesis] = []
    private var lastSeconds: Double?
    private var misfitCount = 0
    private var alarmCount = 0

    /// Creates a filter that has heard nothing yet.
    public init(_ network: LocalNetwork, _ settings: Settings = Settings()) {
        map = LocalMap(network)
        self.settings = settings
    }

    /// How many possibilities are followed at the moment.
    var hypothesisCount: Int { hypotheses.count }

    /// Takes a fix and says where the walker is; fixes come in the order of their times.
    public mutating func update(_ fix: PositionFix) -> PositionEstimate {
        let place = map.metres(fix.position)
        let seconds = fix.timeSeconds ?? (lastSeconds ?? 0) + 1
        let gap = seconds - (lastSeconds ?? seconds)
        let noise = noiseVariance(fix)
        if hypotheses.isEmpty || gap < 0 || gap > PositionFilter.maximumGapSeconds {
            seed(place, noise)
        } else {
            move(gap, fix.metresPerSecond)
            weigh(place, noise, fix)
        }
        lastSeconds = seconds
        prune()
        return estimate(place, noise)
    }

    /// The accuracy of a receiver covers its common error too; what is left is noise.
    private func noiseVariance(_ fix: PositionFix) -> Double {
        guard let accuracy = fix.accuracyMetres, accuracy > 0 else {
            return settings.noiseMetres * settings.noiseMetres
        }
        let deviation = accuracy / 2.45
        let left = deviation * deviation - settings.biasMetres * settings.biasMetres
        return max(left, 9)
    }

    private mutating func seed(_ place: (east: Double, north: Double), _ noise: Double) {
        let bias = settings.biasMetres * settings.biasMetres
        let variance = noise + bias
        let reach = min(3.5 * variance.squareRoot(), PositionFilter.maximumSeedMetres)
        hypotheses = []
        for arc in map.arcs.indices where map.arcs[arc].isWalkable {
            var offset = PositionFilter.cellMetres / 2
            let length = map.arcs[arc].length
            while offset < length || offset == PositionFilter.cellMetres / 2 {
                let at = map.place(arc, min(offset, length))
                let (east, north) = (place.east - at.east, place.north - at.north)
                let squared = east * east + north * north
                if squared <= reach * reach {
                    hypotheses.append(
                        Hypothesis(
                            arc: arc,
                            offset: min(offset, length),
                            offsetVariance: PositionFilter.cellMetres * PositionFilter.cellMetres
                                / 12,
                            weight: exp(-squared / (2 * variance)),
                            biasEast: east * bias / variance,
                            biasNorth: north * bias / variance,
                            biasVariance: bias * noise / variance
                        )
                    )
                }
                offset += PositionFilter.cellMetres
            }
        }
        misfitCount = 0
        alarmCount = 0
    }

    // MARK: Movement

    private mutating func move(_ seconds: Double, _ measured: Double?) {
        let speed = measured ?? settings.usualSpeed
        let deviation = measured == nil ? settings.usualSpeedNoise : settings.speedNoise
        let isStanding = measured.map { $0 < PositionFilter.standingSpeed } ?? false
        let fog = isStanding ? 0 : deviation * deviation * seconds
        let kept = exp(-seconds / settings.biasSeconds)
        let fresh = (1 - kept * kept) * settings.biasMetres * settings.biasMetres
        let turns = min(PositionFilter.turnRoundShare * seconds, 0.5)
        var moved: [Hypothesis] = []
        for var hypothesis in hypotheses {
            hypothesis.biasEast *= kept
            hypothesis.biasNorth *= kept
            hypothesis.biasVariance = hypothesis.biasVariance * kept * kept + fresh
            let reverse = hypothesis.arc ^ 1
            if map.arcs[reverse].isWalkable {
                var turned = hypothesis
                turned.arc = reverse
                turned.offset = map.arcs[reverse].length - hypothesis.offset
                turned.weight *= turns
                moved.append(turned)
                hypothesis.weight *= 1 - turns
            }
            // Three points with the mean and the variance of the distance (an unscented transform).
            let spread = (3 * (fog + hypothesis.offsetVariance)).squareRoot()
            hypothesis.offsetVariance = 0
            let metres = isStanding ? 0 : speed * seconds
            for (distance, share) in [
                (metres - spread, 1.0 / 6), (metres, 2.0 / 3), (metres + spread, 1.0 / 6),
            ] {
                var ahead = hypothesis
                ahead.weight *= share
                advance(ahead, distance, hops: 0, into: &moved)
            }
        }
        hypotheses = merged(moved)
    }

    /// Walks on, and at a node into every way that leads on.
    private func advance(
        _ hypothesis: Hypothesis,
        _ metres: Double,
        hops: Int,
        into moved: inout [Hypothesis]
    ) {
        guard hypothesis.weight > 1e-9 else { return }
        var hypothesis = hypothesis
        let left = map.arcs[hypothesis.arc].length - hypothesis.offset
        if metres <= left || hops == PositionFilter.maximumHopCount {
            hypothesis.offset = max(hypothesis.offset + min(metres, left), 0)
            moved.append(hypothesis)
            return
        }
        let arc = map.arcs[hypothesis.arc]
        let weight = hypothesis.weight
        let back = map.arcs[hypothesis.arc ^ 1].isWalkable
        let turnShare = !back ? 0 : arc.next.isEmpty ? 1 : PositionFilter.turnRoundShare
        let routeCount = arc.next.count { map.arcs[$0].isRoute }
        let otherCount = arc.next.count - routeCount
        for next in arc.next {
            let isRoute = map.arcs[next].isRoute
            let share: Double =
                switch (routeCount, otherCount) {
                case (0, _), (_, 0): 1 / Double(arc.next.count)
                default:
                    isRoute
                        ? PositionFilter.routeShare / Double(routeCount)
                        : (1 - PositionFilter.routeShare) / Double(otherCount)
                }
            hypothesis.arc = next
            hypothesis.offset = 0
            hypothesis.weight = weight * (1 - turnShare) * share
            advance(hypothesis, metres - left, hops: hops + 1, into: &moved)
        }
        if turnShare > 0 {
            hypothesis.arc = arc.reverse
            hypothesis.offset = 0
            hypothesis.weight = weight * turnShare
            advance(hypothesis, metres - left, hops: hops + 1, into: &moved)
        }
    }

    /// One hypothesis for each cell, with the mean and the spread of those that came together.
    private func merged(_ moved: [Hypothesis]) -> [Hypothesis] {
        let keys = moved.map {
            $0.arc << 20 | min(Int($0.offset / PositionFilter.cellMetres), 1 << 20 - 1)
        }
        let order = moved.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        var result: [Hypothesis] = []
        var lastKey = -1
        for at in order {
            let other = moved[at]
            guard keys[at] == lastKey, let last = result.last else {
                result.append(other)
                lastKey = keys[at]
                continue
            }
            let weight = last.weight + other.weight
            let (mine, theirs) = (last.weight / weight, other.weight / weight)
            let east = last.biasEast - other.biasEast
            let north = last.biasNorth - other.biasNorth
            let along = last.offset - other.offset
            result[result.count - 1] = Hypothesis(
                arc: last.arc,
                offset: last.offset * mine + other.offset * theirs,
                offsetVariance: last.offsetVariance * mine + other.offsetVariance * theirs
                    + mine * theirs * along * along,
                weight: weight,
                biasEast: last.biasEast * mine + other.biasEast * theirs,
                biasNorth: last.biasNorth * mine + other.biasNorth * theirs,
                biasVariance: last.biasVariance * mine + other.biasVariance * theirs
                    + mine * theirs * (east * east + north * north) / 2
            )
        }
        return result
    }

    // MARK: Evidence

    private mutating func weigh(
        _ place: (east: Double, north: Double),
        _ noise: Double,
        _ fix: PositionFix
    ) {
        var least = Double.infinity
        let isMoving = (fix.metresPerSecond ?? settings.usualSpeed) > 0.4
        for at in hypotheses.indices {
            let here = map.place(hypotheses[at].arc, hypotheses[at].offset)
            let east = place.east - here.east - hypotheses[at].biasEast
            let north = place.north - here.north - hypotheses[at].biasNorth
            let variance = hypotheses[at].biasVariance + noise
            let innovation = (east * east + north * north) / variance
            least = min(least, innovation)
            // One wild fix must not decide alone.
            var logarithm = -min(innovation / 2, 12)
            if isMoving, let heading = fix.headingDegrees {
                let deviations = turn(here.bearing, heading) / settings.headingNoise
                logarithm -= min(deviations * deviations / 2, 4)
            }
            hypotheses[at].weight *= exp(logarithm) / variance
            let gain = hypotheses[at].biasVariance / variance
            hypotheses[at].biasEast += gain * east
            hypotheses[at].biasNorth += gain * north
            hypotheses[at].biasVariance *= 1 - gain
        }
        misfitCount = least > PositionFilter.lostInnovation ? misfitCount + 1 : 0
        if misfitCount >= PositionFilter.lostFixCount { seed(place, noise) }
    }

    private func turn(_ from: Double, _ to: Double) -> Double {
        let angle = (to - from).truncatingRemainder(dividingBy: 360)
        return angle > 180 ? angle - 360 : angle < -180 ? angle + 360 : angle
    }

    private mutating func prune() {
        let total = hypotheses.reduce(0) { $0 + $1.weight }
        guard total > 0 else {
            hypotheses = []
            return
        }
        for at in hypotheses.indices { hypotheses[at].weight /= total }
        hypotheses.removeAll { $0.weight < 1e-6 }
        let maximum = PositionFilter.maximumHypothesisCount
        guard hypotheses.count > maximum else { return }
        let order = hypotheses.indices.sorted {
            (-hypotheses[$0].weight, $0) < (-hypotheses[$1].weight, $1)
        }
        hypotheses = order.prefix(maximum).sorted().map { hypotheses[$0] }
    }

    // MARK: Answer

    private mutating func estimate(_ place: (east: Double, north: Double), _ noise: Double)
        -> PositionEstimate
    {
        guard let mode = PositionMode(hypotheses, map) else {
            return unmatched(place, noise)
        }
        let best = hypotheses[mode.best]
        let off = hypotheses.reduce(0) {
            map.isOffRoute($1.arc, $1.offset) ? $0 + $1.weight : $0
        }
        alarmCount =
            off >= PositionFilter.alarmCertainty
            ? 2 : off >= PositionFilter.alarmProbability ? alarmCount + 1 : 0
        return PositionEstimate(
            eastMetres: mode.east,
            northMetres: mode.north,
            radiusMetres: mode.radius,
            segment: best.arc >> 1,
            isForward: best.arc & 1 == 0,
            headingDegrees: map.place(best.arc, best.offset).bearing,
            lineProbability: mode.lineProbability,
            offRouteProbability: off,
            routeMetres: map.routeMetres(best.arc, best.offset),
            isOffRoute: alarmCount >= 2
        )
    }

    /// Where no way is near, the fix itself is all that is known.
    private mutating func unmatched(_ place: (east: Double, north: Double), _ noise: Double)
        -> PositionEstimate
    {
        alarmCount += 1
        let bias = settings.biasMetres * settings.biasMetres
        return PositionEstimate(
            eastMetres: place.east,
            northMetres: place.north,
            radiusMetres: 2.45 * (noise + bias).squareRoot(),
            segment: nil,
            isForward: true,
            headingDegrees: nil,
            lineProbability: 0,
            offRouteProbability: map.hasRoute ? 1 : 0,
            routeMetres: nil,
            isOffRoute: map.hasRoute && alarmCount >= 2
        )
    }
}
