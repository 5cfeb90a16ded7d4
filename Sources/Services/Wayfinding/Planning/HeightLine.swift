import Routing

/// How a way goes up and down, from the slopes of its parts; where a slope is unknown, so is the
/// height beyond which nothing is drawn but a bridge.
struct HeightLine: Sendable, Hashable {
    /// Points in the drawing: enough for the shape, few enough for their labels on a telephone.
    static let pointCount = 5

    /// A point of the line.
    struct Point: Sendable, Hashable {
        var metres: Double
        /// Above the lowest point; nothing where the slope around it is unknown.
        var height: Double?
    }

    let points: [Point]
    let climbMetres: Double
    let descentMetres: Double

    /// Adds up the slopes of a route; nothing where too little is known to draw.
    init?(_ route: Route, _ network: WalkingNetwork) {
        var ends: [(metres: Double, height: Double, isKnown: Bool)] = [(0, 0, true)]
        var (metres, height, climb, descent, known) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for step in route.steps {
            let incline = network.attributes(of: step.segment)[.inclinePermille]?.value
            if let incline {
                let rise = step.metres * Double(step.isForward ? incline : -incline) / 1_000
                height += rise
                climb += max(rise, 0)
                descent += max(-rise, 0)
                known += step.metres
            }
            metres += step.metres
            ends.append((metres, height, incline != nil))
        }
        guard metres >= 20, known >= metres / 2, climb + descent >= 1 else { return nil }
        let lowest = ends.map(\.height).min() ?? 0
        points = (0..<Self.pointCount).map { number in
            let at = metres * Double(number) / Double(Self.pointCount - 1)
            let next = ends.firstIndex { $0.metres >= at } ?? ends.count - 1
            let (after, before) = (ends[next], ends[max(next - 1, 0)])
            let span = after.metres - before.metres
            let share = span > 0 ? (at - before.metres) / span : 1
            let height = before.height + (after.height - before.height) * share - lowest
            return Point(metres: at, height: after.isKnown ? max(height, 0) : nil)
        }
        climbMetres = climb
        descentMetres = descent
    }
}
