/// Where somebody is by all that was heard so far, and how sure that is.
public struct PositionEstimate: Sendable, Hashable {
    /// Metres east of the origin of the local network.
    public var eastMetres: Double
    /// Metres north of the origin of the local network.
    public var northMetres: Double
    /// The radius in metres that holds the true place in 95 of 100 cases.
    public var radiusMetres: Double
    /// The segment of the local network, nil where the fixes fit no way.
    public var segment: Int?
    /// Whether it is walked from its tail to its head.
    public var isForward: Bool
    /// The direction of the way there, clockwise from north; nil where the fixes fit no way.
    public var headingDegrees: Double?
    /// How probable it is that this line is the right one and not one beside it: the side of a street.
    public var lineProbability: Double
    /// How probable it is that the route was left or is walked backwards.
    public var offRouteProbability: Double
    /// Metres from the start of the route, where the place is on it.
    public var routeMetres: Double?
    /// Whether to say that the route was left.
    public var isOffRoute: Bool
}
