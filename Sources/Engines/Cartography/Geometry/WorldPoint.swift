public import Routing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A place on the square world map of web tiles (EPSG:3857) in 2³² units a side, from the north-west:
/// a unit is under a centimetre, and a tile of any zoom level begins at a whole number of units.
public struct WorldPoint: Sendable, Hashable {
    /// The count of units a side as a power of two.
    public static let sideBits = 32
    /// The map ends here, where it is as high as wide.
    static let maximumLatitude = 85.051_128_779_806_6
    private static let side = 4_294_967_296.0

    /// Units east of the date line.
    public let x: UInt32
    /// Units south of the northern edge.
    public let y: UInt32

    /// Creates a place from units.
    public init(x: UInt32, y: UInt32) {
        self.x = x
        self.y = y
    }

    /// The place of a latitude and longitude; what lies beyond the map's edges lies on them.
    public init(_ point: GeoPoint) {
        let latitude = min(
            max(point.latitude, -WorldPoint.maximumLatitude),
            WorldPoint.maximumLatitude
        )
        let north = log(tan(.pi / 4 + latitude * .pi / 360)) / (2 * .pi)
        x = WorldPoint.units((point.longitude + 180) / 360)
        y = WorldPoint.units(0.5 - north)
    }

    private static func units(_ share: Double) -> UInt32 {
        UInt32(min(max(share * side, 0), side - 1))
    }

    /// Latitude and longitude in degrees.
    public var degrees: (latitude: Double, longitude: Double) {
        let north = (0.5 - Double(y) / WorldPoint.side) * 2 * .pi
        return (
            atan(sinh(north)) * 180 / .pi, Double(x) / WorldPoint.side * 360 - 180
        )
    }
}

/// A rectangle of the world map, both corners in it.
public struct WorldBox: Sendable, Hashable {
    /// The western edge.
    public var west: UInt32
    /// The northern edge.
    public var north: UInt32
    /// The eastern edge.
    public var east: UInt32
    /// The southern edge.
    public var south: UInt32

    /// Creates a rectangle.
    public init(west: UInt32, north: UInt32, east: UInt32, south: UInt32) {
        self.west = west
        self.north = north
        self.east = east
        self.south = south
    }

    /// The smallest rectangle around points; nothing around none.
    init?(_ points: some Sequence<WorldPoint>) {
        var iterator = points.makeIterator()
        guard let first = iterator.next() else { return nil }
        self.init(west: first.x, north: first.y, east: first.x, south: first.y)
        while let point = iterator.next() {
            self = union(
                WorldBox(west: point.x, north: point.y, east: point.x, south: point.y)
            )
        }
    }

    /// The smallest rectangle around both.
    func union(_ other: WorldBox) -> WorldBox {
        WorldBox(
            west: min(west, other.west),
            north: min(north, other.north),
            east: max(east, other.east),
            south: max(south, other.south)
        )
    }

    /// Whether they share a point.
    @inline(__always)
    func meets(_ other: WorldBox) -> Bool {
        west <= other.east && other.west <= east && north <= other.south && other.north <= south
    }

    /// The middle.
    public var middle: WorldPoint {
        WorldPoint(x: west + (east - west) / 2, y: north + (south - north) / 2)
    }
}
