/// Somebody whom the analyzer follows, with what the rules ask about.
struct WatchedPerson: Sendable {
    /// A place at a time.
    struct Step: Sendable {
        var seconds: Double
        var box: BoundingBox
    }

    /// Seconds for which steps are remembered.
    static let rememberedSeconds = 6.0

    /// The number of the track.
    var id: Int
    var sinceSeconds: Double
    var lastSeconds: Double
    /// The steps of the last seconds.
    var steps: [Step]
    /// The colours of the clothes, to know the person again.
    var clothes: ClothesColours?
    /// Since when the person has been in a zone, by the number of the zone.
    var enteredSeconds: [Int: Double] = [:]
    /// When the person was last in a zone.
    var insideSeconds: [Int: Double] = [:]

    init(id: Int, box: BoundingBox, at seconds: Double) {
        self.id = id
        sinceSeconds = seconds
        lastSeconds = seconds
        steps = [Step(seconds: seconds, box: box)]
    }

    var box: BoundingBox { steps[steps.count - 1].box }

    mutating func step(to box: BoundingBox, at seconds: Double) {
        lastSeconds = seconds
        steps.append(Step(seconds: seconds, box: box))
        let old = steps.prefix { seconds - $0.seconds > Self.rememberedSeconds }.count
        steps.removeFirst(min(old, steps.count - 1))
    }

    /// The step nearest to a time before the last one; nil where the person was not yet seen.
    func step(before seconds: Double) -> Step? {
        steps.last { $0.seconds <= seconds }
    }
}
