import Glibc

/// A camera as a place on the way of a walker.
public struct CameraPlace: Sendable, Hashable {
    /// The number of the camera.
    public var number: UInt32
    /// Degrees north.
    public var latitude: Double
    /// Degrees east.
    public var longitude: Double
    /// How far its clock is known to run ahead, in seconds.
    public var clockAheadSeconds: Double
    /// How far its clock may be off beyond that, in seconds.
    public var clockToleranceSeconds: Double

    /// Creates a place.
    public init(
        number: UInt32,
        latitude: Double,
        longitude: Double,
        clockAheadSeconds: Double = 0,
        clockToleranceSeconds: Double = 5
    ) {
        self.number = number
        self.latitude = latitude
        self.longitude = longitude
        self.clockAheadSeconds = clockAheadSeconds
        self.clockToleranceSeconds = clockToleranceSeconds
    }
}

extension CameraPlace {
    /// Metres to another camera as the crow flies.
    func meters(to other: CameraPlace) -> Double {
        let (east, north) = offset(to: other)
        return (north * north + east * east).squareRoot()
    }

    /// Metres east and north to another camera, on a plane around the two: they are in one city.
    func offset(to other: CameraPlace) -> (east: Double, north: Double) {
        let metersPerDegree = 111_195.0
        let middle = (other.latitude + latitude) / 2 * .pi / 180
        return (
            (other.longitude - longitude) * metersPerDegree * cos(middle),
            (other.latitude - latitude) * metersPerDegree
        )
    }
}
