import Glibc

/// A person or a thing at one moment of a generated scene.
struct SceneFigure: Sendable, Hashable {
    var id: Int
    /// Metres to the right of the camera.
    var right: Double
    /// Metres ahead of the camera.
    var ahead: Double
    var heightMetres: Double
    var upper: ColourName
    var lower: ColourName
    var doing: SceneActor.Doing
    /// 0 upright, 1 lying.
    var lean: Double
    /// To which side the figure falls: -1 or 1.
    var side: Double
    /// Where in a step the legs are, from -1 to 1.
    var stride: Double
    /// Whether a bag hangs at the hand.
    var carriesBag: Bool
}

/// Where somebody goes during a period, and what they wear.
struct ScenePath: Sendable, Hashable {
    /// A place at a time; between two the figure goes in a straight line.
    struct Stop: Sendable, Hashable {
        var seconds: Double
        var right: Double
        var ahead: Double
    }

    var id: Int
    var stops: [Stop]
    var heightMetres = 1.7
    var upper: ColourName
    var lower: ColourName
    /// From when until when the figure lies.
    var lies: ClosedRange<Double>?
    var side = 1.0
    /// From when until when a bag hangs at the hand.
    var carries: ClosedRange<Double>?
    var isThing = false

    /// Seconds a fall takes.
    static let fallSeconds = 0.5

    /// The figure at a time; nil before the first stop and after the last.
    func figure(at seconds: Double) -> SceneFigure? {
        guard let first = stops.first, let last = stops.last, seconds >= first.seconds,
            seconds <= last.seconds
        else { return nil }
        let next = stops.firstIndex { $0.seconds >= seconds } ?? stops.count - 1
        let from = stops[max(0, next - 1)]
        let to = stops[next]
        let length = max(1e-9, to.seconds - from.seconds)
        let share = min(1, max(0, (seconds - from.seconds) / length))
        let way = hypot(to.right - from.right, to.ahead - from.ahead)
        let speed = way / length
        let lean = lean(at: seconds)
        let isStill = lean > 0 || speed < 0.1 || next == 0
        return SceneFigure(
            id: id,
            right: from.right + (to.right - from.right) * share,
            ahead: from.ahead + (to.ahead - from.ahead) * share,
            heightMetres: heightMetres,
            upper: upper,
            lower: lower,
            doing: isThing
                ? .thing
                : lean > 0.5 ? .lying : isStill ? .standing : speed > 2.2 ? .running : .walking,
            lean: lean,
            side: side,
            stride: isStill ? 0 : sin(share * way * 2 * .pi / 1.4),
            carriesBag: carries?.contains(seconds) ?? false
        )
    }

    private func lean(at seconds: Double) -> Double {
        guard let lies, lies.contains(seconds) else { return 0 }
        return min(
            1,
            (seconds - lies.lowerBound) / Self.fallSeconds,
            (lies.upperBound - seconds) / (2 * Self.fallSeconds)
        )
    }
}
