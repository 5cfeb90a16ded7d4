/// How people walk and how cameras see, for the inference of a way.
public struct RouteSettings: Sendable, Hashable {
    /// How much faster than the usual pace somebody can come along; a run is about 2.
    public var fastestPace = 2.0
    /// The spread of walking times, as a share of the usual one.
    public var paceSpread = 0.25
    /// The mean of a stay on the way, in seconds.
    public var staySeconds = 600.0
    /// The probability that a camera sees somebody who passes it.
    public var detectionProbability = 0.8
    /// The likeness at which a sighting speaks neither for nor against.
    public var neutralScore = 0.55
    /// The likeness that makes a sighting e times as likely to be the person.
    public var scorePerNat = 0.05
    /// The most that one likeness can speak for or against, in nats.
    public var maximumNatsPerScore = 6.0
    /// The speed of the usual pace, in metres a second.
    public var metersPerSecond = 1.2
    /// How far ahead the next camera is looked for, in seconds of walking.
    public var horizonSeconds = 900.0

    /// The usual settings.
    public init() {}
}
