/// One report of a receiver: where it believes to be, and what else it measured.
public struct PositionFix: Sendable, Hashable {
    /// Where the receiver believes to be.
    public var position: GeoPoint
    /// When, in seconds of any clock; nil in a trace without times.
    public var timeSeconds: Double?
    /// The radius in metres that holds the true place in 95 of 100 cases, as the W3C Geolocation API
    /// (https://www.w3.org/TR/geolocation/) defines it.
    public var accuracyMetres: Double?
    /// The speed in metres a second.
    public var metresPerSecond: Double?
    /// The direction of movement, clockwise from north.
    public var headingDegrees: Double?

    /// Creates a fix.
    public init(
        _ position: GeoPoint,
        timeSeconds: Double? = nil,
        accuracyMetres: Double? = nil,
        metresPerSecond: Double? = nil,
        headingDegrees: Double? = nil
    ) {
        self.position = position
        self.timeSeconds = timeSeconds
        self.accuracyMetres = accuracyMetres
        self.metresPerSecond = metresPerSecond
        self.headingDegrees = headingDegrees
    }
}
