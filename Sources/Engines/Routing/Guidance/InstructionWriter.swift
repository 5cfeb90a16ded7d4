import Basics

/// Turns a route into instructions.
struct InstructionWriter {
    /// A bend below this many degrees is no turn.
    static let straightDegrees = 35.0
    /// The direction of a step is taken over so much of it: junctions are drawn with short corners.
    static let bearingMetres = 8.0
    /// A landmark helps if it is so near.
    static let landmarkMetres = 25.0

    let network: WalkingNetwork
    let route: Route
    private let graph: DirectedGraph
    private let landmarks: LandmarkIndex
    private var instructions: [Instruction] = []

    init(_ planner: RoutePlanner, _ route: Route) {
        network = planner.network
        graph = planner.walking.graph
        landmarks = planner.landmarks
        self.route = route
    }

    consuming func written() -> [Instruction] {
        var metres = 0.0
        for (at, step) in route.steps.enumerated() {
            if at == 0 { depart(step) } else { join(route.steps[at - 1], step, metres) }
            metres += step.metres
        }
        let end = route.shape.last ?? route.end.position
        append(.arrive, GuidanceText.arrive, metres, end)
        for obstacle in route.obstacles {
            append(
                .warning,
                GuidanceText.warning(obstacle),
                obstacle.metresFromStart,
                obstacle.position
            )
        }
        // What to beware of is said before what is done at the same place.
        var ordered = instructions.enumerated().sorted {
            ($0.element.metresFromStart, $0.element.kind == .warning ? 0 : 1, $0.offset)
                < ($1.element.metresFromStart, $1.element.kind == .warning ? 0 : 1, $1.offset)
        }.map(\.element)
        var next = metres
        for at in ordered.indices.reversed() {
            ordered[at].metresToNext = next - ordered[at].metresFromStart
            if ordered[at].kind != .warning { next = ordered[at].metresFromStart }
        }
        return ordered
    }

    private mutating func append(
        _ kind: Instruction.Kind,
        _ text: Bilingual,
        _ metres: Double,
        _ position: GeoPoint
    ) {
        instructions.append(
            .init(
                kind: kind,
                text: text,
                metresFromStart: metres,
                metresToNext: 0,
                position: position
            )
        )
    }

    private mutating func depart(_ step: Route.Step) {
        guard let place = step.shape.first else { return }
        let direction = Int((step.bearingOut / 45).rounded()) % 8
        let text = GuidanceText.depart(direction: direction, name: network.name(of: step.segment))
        append(.depart, text, 0, place)
        if let special = special(step) { append(special.kind, special.text, 0, place) }
    }

    /// What to do between two steps.
    private mutating func join(_ before: Route.Step, _ step: Route.Step, _ metres: Double) {
        guard let place = step.shape.first else { return }
        let node = network.startNode(of: step)
        let attributes = network.attributes(ofNode: node)
        let isContinued = isSpecial(before) && special(before)?.text == special(step)?.text
        if attributes[.kind]?.value == .lift {
            let text = GuidanceText.lift(from: level(before), to: level(step))
            append(.lift, text, metres, place)
            return
        }
        if attributes[.crossing] != nil, network.isAcross(network.segments[step.segment]),
            network.attributes(of: before.segment)[.kind]?.value != .crossing
        {
            append(.crossing, GuidanceText.crossing(attributes), metres, place)
            return
        }
        if let special = special(step) {
            if !isContinued { append(special.kind, special.text, metres, place) }
            return
        }
        turn(before, step, metres, place, isDecision: graph.arcs(of: node).count > 2)
    }

    private mutating func turn(
        _ before: Route.Step,
        _ step: Route.Step,
        _ metres: Double,
        _ place: GeoPoint,
        isDecision: Bool
    ) {
        let name = network.name(of: step.segment)
        let isRenamed = !name.isEmpty && name != network.name(of: before.segment)
        let kind = InstructionWriter.turn(from: before.bearingIn, to: step.bearingOut)
        // Where there is only one way on, its bends need no words.
        guard isDecision && kind != .goOn || isRenamed else { return }
        var text = GuidanceText.turn(isDecision ? kind : .goOn)
        if isRenamed { text = GuidanceText.onto(text, name) }
        if kind != .goOn {
            let landmark = landmarks.nearest(
                to: place,
                within: InstructionWriter.landmarkMetres,
                in: network
            )
            text = GuidanceText.near(text, landmark)
        }
        append(isDecision ? kind : .goOn, text, metres, place)
    }

    /// The turn between two directions, clockwise from north.
    static func turn(from: Double, to: Double) -> Instruction.Kind {
        var angle = to - from
        if angle > 180 { angle -= 360 }
        if angle < -180 { angle += 360 }
        switch angle {
        case ..<(-165), 165...: return .turnRound
        case ..<(-120): return .sharpLeft
        case ..<(-60): return .left
        case ..<(-straightDegrees): return .slightLeft
        case ...straightDegrees: return .goOn
        case ...60: return .slightRight
        case ...120: return .right
        default: return .sharpRight
        }
    }

    private func isSpecial(_ step: Route.Step) -> Bool { special(step) != nil }

    /// Crossings, steps and escalators that are ways of their own.
    private func special(_ step: Route.Step) -> (kind: Instruction.Kind, text: Bilingual)? {
        let attributes = network.attributes(of: step.segment)
        switch attributes[.kind]?.value {
        case .crossing:
            // The node in the middle of the street mostly knows more than the way.
            let ends = network.segments[step.segment]
            let known = [ends.tail, ends.head].map { network.attributes(ofNode: Int($0)) }
                .first { $0[.crossing] != nil }
            return (.crossing, GuidanceText.crossing(known ?? attributes))
        case .steps:
            let text = GuidanceText.steps(
                count: attributes[.stepCount]?.value,
                isUp: isUp(step, attributes),
                handrail: attributes[.handrail]?.value
            )
            return (.steps, text)
        case .escalator: return (.escalator, GuidanceText.escalator(isUp: isUp(step, attributes)))
        case .lift: return (.lift, GuidanceText.lift(from: nil, to: nil))
        default: return nil
        }
    }

    private func isUp(_ step: Route.Step, _ attributes: Attributes) -> Bool? {
        let isUpForward: Bool? =
            switch attributes[.slope]?.value {
            case .up: true
            case .down: false
            default: attributes[.inclinePermille].map { $0.value > 0 }
            }
        return isUpForward.map { $0 == step.isForward }
    }

    private func level(_ step: Route.Step) -> Int? {
        let attributes = network.attributes(of: step.segment)
        guard let low = attributes[.lowestLevelTenths]?.value,
            low == attributes[.highestLevelTenths]?.value
        else { return nil }
        return low
    }
}

extension Route.Step {
    /// The direction at its beginning.
    fileprivate var bearingOut: Double { Route.Step.bearing(shape) }
    /// The direction at its end.
    fileprivate var bearingIn: Double {
        (Route.Step.bearing(shape.reversed()) + 180).truncatingRemainder(dividingBy: 360)
    }

    /// The direction of the first metres of a line.
    private static func bearing(_ shape: [GeoPoint]) -> Double {
        guard let first = shape.first else { return 0 }
        let far = shape.first { first.metres(to: $0) >= InstructionWriter.bearingMetres }
        return first.bearing(to: far ?? shape[shape.count - 1])
    }
}

extension WalkingNetwork {
    /// The node where a step begins, if it begins at one.
    fileprivate func startNode(of step: Route.Step) -> Int {
        let segment = segments[step.segment]
        return Int(step.isForward ? segment.tail : segment.head)
    }
}
