import Basics
import Routing

/// A way as the interfaces of other programs cut it: one line of points with metres and seconds, and
/// the manoeuvres that divide it.
struct GuidedLine: Sendable {
    /// A piece between two points.
    struct Piece: Sendable, Hashable {
        var segment: Int
        var isForward: Bool
    }

    /// A manoeuvre and the way on to the next.
    struct Manoeuvre: Sendable {
        var instruction: Instruction
        /// The points of the line from here to the next manoeuvre; the last one has one point.
        var points: ClosedRange<Int>
        var metres: Double
        var seconds: Double
        var name: String
        /// Warnings on the way to the next manoeuvre.
        var warnings: [Instruction]
        /// The directions before and after, clockwise from north.
        var bearings: (before: Int, after: Int)
    }

    private(set) var points: [GeoPoint] = []
    /// Metres from the start to each point.
    private(set) var metres: [Double] = []
    /// Seconds from the start to each point.
    private(set) var seconds: [Double] = []
    /// What lies between each point and the next.
    private(set) var pieces: [Piece] = []
    private(set) var manoeuvres: [Manoeuvre] = []

    /// Cuts a way.
    init(_ found: FoundRoute, _ network: WalkingNetwork) {
        for step in found.route.steps { append(step) }
        if points.isEmpty {
            points = [found.route.start.position]
            (metres, seconds) = ([0], [0])
        }
        cut(found.instructions, network)
    }

    private mutating func append(_ step: Route.Step) {
        let lengths = zip(step.shape, step.shape.dropFirst()).map { $0.metres(to: $1) }
        let total = lengths.reduce(0, +)
        let from = (metres: metres.last ?? 0, seconds: seconds.last ?? 0)
        if points.isEmpty, let first = step.shape.first {
            points.append(first)
            metres.append(0)
            seconds.append(0)
        }
        var along = 0.0
        for (point, length) in zip(step.shape.dropFirst(), lengths) {
            along += length
            // The drawn length and the length of the network differ by roundings.
            let share = total > 0 ? along / total : 1
            points.append(point)
            metres.append(from.metres + step.metres * share)
            seconds.append(from.seconds + step.seconds * share)
            pieces.append(Piece(segment: step.segment, isForward: step.isForward))
        }
    }

    private mutating func cut(_ instructions: [Instruction], _ network: WalkingNetwork) {
        let marks = instructions.filter { $0.kind != .warning }
        for (number, instruction) in marks.enumerated() {
            let first = point(at: instruction.metresFromStart)
            let isLast = number == marks.count - 1
            let last = isLast ? first : max(first, point(at: marks[number + 1].metresFromStart))
            let end = isLast ? Double.infinity : marks[number + 1].metresFromStart
            manoeuvres.append(
                Manoeuvre(
                    instruction: instruction,
                    points: first...last,
                    metres: metres[last] - metres[first],
                    seconds: seconds[last] - seconds[first],
                    name: first < pieces.count ? network.name(of: pieces[first].segment) : "",
                    warnings: instructions.filter {
                        $0.kind == .warning && $0.metresFromStart >= instruction.metresFromStart
                            && $0.metresFromStart < end
                    },
                    bearings: bearings(at: first)
                )
            )
        }
    }

    /// The point of the line nearest to so many metres.
    private func point(at wanted: Double) -> Int {
        var range = 0..<metres.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                metres[middle] < wanted
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        let after = min(range.lowerBound, metres.count - 1)
        guard after > 0, wanted - metres[after - 1] < metres[after] - wanted else { return after }
        return after - 1
    }

    private func bearings(at point: Int) -> (before: Int, after: Int) {
        func bearing(_ from: Int, _ to: Int) -> Int {
            guard from >= 0, to < points.count else { return 0 }
            return Int(points[from].bearing(to: points[to]).rounded()) % 360
        }
        return (bearing(point - 1, point), bearing(point, point + 1))
    }
}
