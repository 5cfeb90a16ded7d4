import Basics
import Glibc

/// A point on a flat map of the city, in metres east and north of its middle.
public struct PlanePoint: Sendable, Hashable {
    /// Metres to the east.
    public var eastMeters: Double
    /// Metres to the north.
    public var northMeters: Double

    /// Creates a point.
    public init(eastMeters: Double, northMeters: Double) {
        self.eastMeters = eastMeters
        self.northMeters = northMeters
    }

    /// The distance to another point, in metres.
    public func distanceMeters(to other: PlanePoint) -> Double {
        let east = other.eastMeters - eastMeters
        let north = other.northMeters - northMeters
        return (east * east + north * north).squareRoot()
    }
}

/// Lays a city flat around its middle: right to a thousandth within thirty kilometres.
public struct LocalProjection: Sendable, Hashable {
    private let longitude: Double
    private let latitude: Double
    private let metersPerLongitude: Double
    /// Metres a degree of latitude (WGS 84, mean of the meridian).
    private static let metersPerLatitude = 111_195.0

    /// Creates a projection around a place in degrees.
    public init(aroundLongitude longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
        metersPerLongitude = Self.metersPerLatitude * cos(latitude * .pi / 180)
    }

    /// The point of a place in degrees.
    public func point(longitude: Double, latitude: Double) -> PlanePoint {
        PlanePoint(
            eastMeters: (longitude - self.longitude) * metersPerLongitude,
            northMeters: (latitude - self.latitude) * Self.metersPerLatitude
        )
    }

    /// The place of a point, in degrees.
    public func place(of point: PlanePoint) -> (longitude: Double, latitude: Double) {
        (
            longitude + point.eastMeters / metersPerLongitude,
            latitude + point.northMeters / Self.metersPerLatitude
        )
    }
}

/// Points by squares of the map, so that what lies near is found without looking at all.
struct PointGrid: Sendable {
    private let side: Double
    private var cells: [Cell: [Int32]] = [:]

    private struct Cell: Hashable {
        var column: Int32
        var row: Int32
    }

    init(_ points: [PlanePoint], sideMeters: Double) {
        side = max(sideMeters, 1)
        for (index, point) in points.enumerated() {
            cells[cell(point), default: []].append(Int32(index))
        }
    }

    private func cell(_ point: PlanePoint) -> Cell {
        Cell(
            column: Int32((point.eastMeters / side).rounded(.down)),
            row: Int32((point.northMeters / side).rounded(.down))
        )
    }

    /// Calls with every point that may lie within a distance; the caller measures.
    func forEach(near point: PlanePoint, withinMeters reach: Double, _ body: (Int) -> Void) {
        let low = cell(
            PlanePoint(
                eastMeters: point.eastMeters - reach,
                northMeters: point.northMeters - reach
            )
        )
        let high = cell(
            PlanePoint(
                eastMeters: point.eastMeters + reach,
                northMeters: point.northMeters + reach
            )
        )
        for column in low.column...high.column {
            for row in low.row...high.row {
                for index in cells[Cell(column: column, row: row)] ?? [] { body(Int(index)) }
            }
        }
    }
}
