#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Lays a noisy trace onto the network: the most probable way that explains all fixes together, by a
/// hidden Markov model.
///
/// P. Newson, J. Krumm, "Hidden Markov Map Matching Through Noise and Sparseness" (ACM SIGSPATIAL GIS
/// 2009): a fix is normally distributed around its true place, and the way walked between two fixes
/// is exponentially close in length to the straight line between them.
public struct TraceMatcher: Sendable {
    /// A longer trace is refused: the work is proportional to it.
    public static let maximumFixCount = 20_000
    /// The most places that are considered for a fix, the nearest first.
    public static let maximumCandidateCount = 12
    /// Places farther from a fix are not considered, however inaccurate it is.
    public static let maximumCandidateMetres = 100.0

    /// The standard deviation of a fix in metres, where it does not say how accurate it is.
    public var sigmaMetres = 8.0
    /// The mean difference between the way and the straight line, in metres.
    public var detourMetres = 10.0

    /// Fixes so many seconds around one are averaged with it: who walks is near it then, and the noise
    /// of a receiver that speaks every second would look like going back and forth.
    static let averagingSeconds = 6.0

    private let planner: RoutePlanner

    /// Creates a matcher on a planner's network.
    public init(_ planner: RoutePlanner) {
        self.planner = planner
    }

    /// The trace on the network.
    ///
    /// Fixes nearer than two standard deviations to the one before say more about the receiver than
    /// about the way (Newson and Krumm, section 4.1): they follow from those around them.
    ///
    /// - Throws: `RoutingError` `traceTooLong`.
    public func match(_ fixes: [PositionFix]) throws(RoutingError) -> MatchedTrace {
        guard fixes.count <= TraceMatcher.maximumFixCount else {
            throw .traceTooLong(count: fixes.count)
        }
        let calm = averaged(fixes)
        var run = Run(matcher: self, fixes: calm, planner: planner)
        for number in telling(calm) { run.advance(to: number) }
        run.finish()
        return MatchedTrace(pieces: run.pieces, places: places(calm, run.pieces))
    }

    /// The fixes with their noise averaged out, where their times are known.
    private func averaged(_ fixes: [PositionFix]) -> [PositionFix] {
        var first = 0
        return fixes.indices.map { number in
            guard let time = fixes[number].timeSeconds else { return fixes[number] }
            func isNear(_ other: Int) -> Bool {
                fixes[other].timeSeconds.map { abs($0 - time) <= TraceMatcher.averagingSeconds }
                    ?? false
            }
            while first < number, !isNear(first) { first += 1 }
            let near = (first..<fixes.count).prefix(while: isNear)
            let frame = LocalFrame(at: fixes[number].position)
            let sum = near.reduce((east: 0.0, north: 0.0)) { sum, other in
                let (east, north) = frame.metres(to: fixes[other].position)
                return (sum.east + east, sum.north + north)
            }
            var fix = fixes[number]
            let count = Double(max(near.count, 1))
            fix.position = frame.place(east: sum.east / count, north: sum.north / count)
            return fix
        }
    }

    /// The fixes that are far enough from each other.
    private func telling(_ fixes: [PositionFix]) -> [Int] {
        var kept: [Int] = []
        for number in fixes.indices {
            let isFar =
                kept.last.map {
                    fixes[$0].position.metres(to: fixes[number].position)
                        > 2 * sigma(of: fixes[number])
                } ?? true
            if isFar || number == fixes.count - 1 { kept.append(number) }
        }
        return kept
    }

    /// The standard deviation of a fix along one axis: of a circular normal distribution the radius
    /// of 95 % is 2.45 of them.
    func sigma(of fix: PositionFix) -> Double {
        guard let accuracy = fix.accuracyMetres, accuracy > 0 else { return sigmaMetres }
        return min(max(accuracy / 2.45, 2), TraceMatcher.maximumCandidateMetres / 2)
    }

    /// A place for each fix: those between two that carry a piece lie on the way between these.
    private func places(_ fixes: [PositionFix], _ pieces: [MatchedTrace.Piece]) -> [Snap?] {
        var places = [Snap?](repeating: nil, count: fixes.count)
        for piece in pieces {
            for (number, place) in zip(piece.fixes, piece.places) { places[number] = place }
            for (at, leg) in piece.legs.enumerated() {
                let between = piece.fixes[at] + 1..<max(piece.fixes[at + 1], piece.fixes[at] + 1)
                for number in between {
                    let point = fixes[number].position
                    let frame = LocalFrame(at: point)
                    // Where the leg goes nowhere the walker stood still.
                    places[number] =
                        leg.map { Snap(point, frame, $0.segment, $0.fractions, planner.network) }
                        .min { $0.metresAway < $1.metresAway } ?? piece.places[at]
                }
            }
        }
        return places
    }
}

extension Snap {
    /// The nearest place on a part of a segment.
    init(
        _ point: GeoPoint,
        _ frame: LocalFrame,
        _ segment: Int,
        _ fractions: ClosedRange<Double>,
        _ network: WalkingNetwork
    ) {
        let part = Snap(point, frame, segment, network.shape(of: segment, fractions)[...])
        let span = fractions.upperBound - fractions.lowerBound
        self.init(
            segment: segment,
            fraction: fractions.lowerBound + part.fraction * span,
            position: part.position,
            metresAway: part.metresAway
        )
    }
}

/// The forward pass of Viterbi's algorithm over a trace.
private struct Run {
    /// A place that a fix may have been at.
    private struct State {
        var place: Snap
        /// The logarithm of the probability of the best way to it.
        var logarithm: Double
        /// The state of the fix before.
        var from: Int
    }

    private struct Column {
        var fix: Int
        var states: [State]
    }

    let matcher: TraceMatcher
    let fixes: [PositionFix]
    let planner: RoutePlanner
    private(set) var pieces: [MatchedTrace.Piece] = []
    private var columns: [Column] = []

    init(matcher: TraceMatcher, fixes: [PositionFix], planner: RoutePlanner) {
        self.matcher = matcher
        self.fixes = fixes
        self.planner = planner
    }

    mutating func advance(to number: Int) {
        let sigma = matcher.sigma(of: fixes[number])
        var states = planner.index.near(
            fixes[number].position,
            within: min(4 * sigma + 10, TraceMatcher.maximumCandidateMetres),
            in: planner.network,
            maximumCount: TraceMatcher.maximumCandidateCount
        ).map { place in
            let deviations = place.metresAway / sigma
            return State(place: place, logarithm: -deviations * deviations / 2, from: -1)
        }
        guard !states.isEmpty else { return }
        if let last = columns.last {
            join(last, &states, number)
            states.removeAll { $0.from < 0 }
            if states.isEmpty {
                // Nothing leads here from there: a new piece begins with this fix.
                finish()
                advance(to: number)
                return
            }
        }
        columns.append(Column(fix: number, states: states))
    }

    /// Finds the best predecessor of each state.
    private func join(_ last: Column, _ states: inout [State], _ number: Int) {
        let straight = fixes[last.fix].position.metres(to: fixes[number].position)
        let bound = straight * 2 + 12 * matcher.detourMetres
        let emissions = states.map(\.logarithm)
        for at in states.indices { states[at].logarithm = -.infinity }
        for (from, before) in last.states.enumerated() {
            var search = LengthSearch(planner, from: before.place, within: bound)
            search.run()
            for at in states.indices {
                guard let metres = search.metres(to: states[at].place) else { continue }
                let logarithm =
                    before.logarithm + emissions[at] - abs(metres - straight) / matcher.detourMetres
                if logarithm > states[at].logarithm {
                    states[at].logarithm = logarithm
                    states[at].from = from
                }
            }
        }
    }

    /// Takes the best way back through the columns.
    mutating func finish() {
        guard let last = columns.last else { return }
        let ranked = last.states.indices.sorted {
            last.states[$0].logarithm > last.states[$1].logarithm
        }
        var state = ranked[0]
        var chosen: [Snap] = []
        for column in columns.reversed() {
            chosen.append(column.states[state].place)
            state = column.states[state].from
        }
        chosen.reverse()
        let margin =
            ranked.count > 1
            ? last.states[ranked[0]].logarithm - last.states[ranked[1]].logarithm : .infinity
        let legs = zip(columns, zip(columns.dropFirst(), zip(chosen, chosen.dropFirst()))).map {
            before,
            rest in
            let straight = fixes[before.fix].position.metres(to: fixes[rest.0.fix].position)
            let bound = straight * 2 + 12 * matcher.detourMetres
            var search = LengthSearch(planner, from: rest.1.0, within: bound)
            search.run()
            return search.passages(to: rest.1.1)
        }
        pieces.append(
            .init(
                fixes: columns.map(\.fix),
                places: chosen,
                legs: legs,
                confidence: 1 / (1 + exp(-margin))
            )
        )
        columns = []
    }
}
