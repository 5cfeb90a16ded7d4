#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A place on the Earth in ten-millionths of a degree (WGS 84), as OpenStreetMap keeps it.
public struct GeoPoint: Sendable, Hashable, BitwiseCopyable {
    /// The mean radius of the Earth in metres (IUGG).
    static let earthRadiusMetres = 6_371_008.8
    static let unitsPerDegree = 10_000_000.0

    /// Latitude × 10⁷.
    public let latitudeE7: Int32
    /// Longitude × 10⁷.
    public let longitudeE7: Int32

    /// Creates a place.
    ///
    /// - Throws: `RoutingError` `coordinateOutsideWorld`.
    public init(latitudeE7: Int64, longitudeE7: Int64) throws(RoutingError) {
        guard GeoPoint.isOnEarth(latitudeE7, longitudeE7) else {
            throw .coordinateOutsideWorld("\(latitudeE7), \(longitudeE7)")
        }
        self.latitudeE7 = Int32(latitudeE7)
        self.longitudeE7 = Int32(longitudeE7)
    }

    private static func isOnEarth(_ latitudeE7: Int64, _ longitudeE7: Int64) -> Bool {
        abs(latitudeE7) <= 900_000_000 && abs(longitudeE7) <= 1_800_000_000
    }

    /// Whether its numbers, which a file may have given, are those of a place.
    var isOnEarth: Bool { GeoPoint.isOnEarth(Int64(latitudeE7), Int64(longitudeE7)) }

    /// Creates a place from degrees.
    ///
    /// - Throws: `RoutingError` `coordinateOutsideWorld`, for numbers that are not finite too.
    public init(latitude: Double, longitude: Double) throws(RoutingError) {
        guard abs(latitude) <= 90, abs(longitude) <= 180 else {
            throw .coordinateOutsideWorld("\(latitude), \(longitude)")
        }
        latitudeE7 = Int32((latitude * GeoPoint.unitsPerDegree).rounded())
        longitudeE7 = Int32((longitude * GeoPoint.unitsPerDegree).rounded())
    }

    init(uncheckedLatitudeE7: Int32, longitudeE7: Int32) {
        latitudeE7 = uncheckedLatitudeE7
        self.longitudeE7 = longitudeE7
    }

    /// Latitude in degrees.
    public var latitude: Double { Double(latitudeE7) / GeoPoint.unitsPerDegree }
    /// Longitude in degrees.
    public var longitude: Double { Double(longitudeE7) / GeoPoint.unitsPerDegree }

    /// The distance to another place in metres: equirectangular, exact to a millimetre over the
    /// length of a street.
    public func metres(to other: GeoPoint) -> Double {
        let (east, north) = LocalFrame(at: self).metres(to: other)
        return (east * east + north * north).squareRoot()
    }

    /// The direction of another place, clockwise from north, in degrees 0..<360.
    public func bearing(to other: GeoPoint) -> Double {
        let (east, north) = LocalFrame(at: self).metres(to: other)
        let degrees = atan2(east, north) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    /// The place a fraction of the way to another, also beyond the two.
    func moved(to other: GeoPoint, fraction: Double) -> GeoPoint {
        func mixed(_ a: Int32, _ b: Int32) -> Int32 {
            Int32((Double(a) + (Double(b) - Double(a)) * fraction).rounded().clamped)
        }
        return GeoPoint(
            uncheckedLatitudeE7: mixed(latitudeE7, other.latitudeE7),
            longitudeE7: mixed(longitudeE7, other.longitudeE7)
        )
    }
}

/// Metres east and north around a place.
struct LocalFrame {
    let origin: GeoPoint
    private let metresPerEast: Double
    private static let metresPerNorth =
        GeoPoint.earthRadiusMetres * .pi / 180 / GeoPoint.unitsPerDegree

    init(at origin: GeoPoint) {
        self.origin = origin
        metresPerEast = LocalFrame.metresPerNorth * cos(origin.latitude * .pi / 180)
    }

    func metres(to point: GeoPoint) -> (east: Double, north: Double) {
        (
            Double(Int64(point.longitudeE7) - Int64(origin.longitudeE7)) * metresPerEast,
            Double(Int64(point.latitudeE7) - Int64(origin.latitudeE7)) * LocalFrame.metresPerNorth
        )
    }

    /// The place so many metres east and north of the origin.
    func place(east: Double, north: Double) -> GeoPoint {
        let latitude = Double(origin.latitudeE7) + north / LocalFrame.metresPerNorth
        // At a pole every longitude is the same place.
        let longitude =
            Double(origin.longitudeE7) + (metresPerEast > 0 ? east / metresPerEast : 0)
        return GeoPoint(
            uncheckedLatitudeE7: Int32(min(max(latitude, -900_000_000), 900_000_000).rounded()),
            longitudeE7: Int32(longitude.rounded().clamped)
        )
    }
}

extension Double {
    /// The nearest number that a coordinate can be.
    fileprivate var clamped: Double { min(max(self, -1_800_000_000), 1_800_000_000) }
}
