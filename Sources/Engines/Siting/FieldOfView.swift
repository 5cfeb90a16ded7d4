import Basics
import Glibc

/// What a camera can see: a sector of a circle, cut by what stands in the way.
public struct FieldOfView: Sendable, Hashable {
    /// Where it stands.
    public var position: PlanePoint
    /// Where its middle looks, in degrees clockwise from north; of no meaning at 360 degrees.
    public var bearingDegrees: Double
    /// How wide it sees, in degrees; 360 for a dome.
    public var angleDegrees: Double
    /// How far it sees, in metres.
    public var rangeMeters: Double

    /// The farthest a camera may be said to see, in metres.
    public static let maximumRangeMeters = 2_000.0

    /// Creates a field of view.
    ///
    /// - Throws: `SitingError` `badValue`.
    public init(
        position: PlanePoint,
        bearingDegrees: Double = 0,
        angleDegrees: Double = 360,
        rangeMeters: Double
    ) throws {
        guard position.eastMeters.isFinite, position.northMeters.isFinite,
            bearingDegrees.isFinite, angleDegrees > 0, angleDegrees <= 360, rangeMeters > 0,
            rangeMeters <= Self.maximumRangeMeters
        else {
            throw SitingError(
                .badValue,
                Bilingual(
                    "카메라의 방향, 화각, 거리를 확인하세요.",
                    "Check the bearing, the angle and the range of the camera."
                )
            )
        }
        self.position = position
        self.bearingDegrees = bearingDegrees
        self.angleDegrees = angleDegrees
        self.rangeMeters = rangeMeters
    }

    /// Whether a point lies in the sector, whatever stands in the way.
    public func reaches(_ point: PlanePoint) -> Bool {
        let distance = position.distanceMeters(to: point)
        guard distance <= rangeMeters else { return false }
        guard angleDegrees < 360, distance > 0 else { return true }
        let east = point.eastMeters - position.eastMeters
        let north = point.northMeters - position.northMeters
        let direction = atan2(east, north) * 180 / .pi
        let turn = abs(remainder(direction - bearingDegrees, 360))
        return turn <= angleDegrees / 2 + 1e-9
    }

    /// Degrees between two rays of an outline.
    private static let rayDegrees = 3.0
    /// Halvings of the search along a ray: a two-thousandth of the range.
    private static let halvingCount = 11

    /// The outline of what is seen, corner after corner around it.
    ///
    /// - Parameter obstacles: What stands in the way.
    /// - Returns: A ring that begins at the camera, or a closed one around it where it sees all around.
    public func outline(behind obstacles: Obstacles? = nil) -> [PlanePoint] {
        let rayCount = max(2, Int((angleDegrees / Self.rayDegrees).rounded(.up)) + 1)
        let first = bearingDegrees - angleDegrees / 2
        let rays = (0..<rayCount).map { ray in
            let degrees = first + angleDegrees * Double(ray) / Double(rayCount - 1)
            return end(ofRay: degrees * .pi / 180, obstacles)
        }
        return angleDegrees < 360 ? [position] + rays : rays
    }

    /// The farthest point of a ray that is in sight; sight ends where it first is hidden.
    private func end(ofRay radians: Double, _ obstacles: Obstacles?) -> PlanePoint {
        func point(_ meters: Double) -> PlanePoint {
            PlanePoint(
                eastMeters: position.eastMeters + sin(radians) * meters,
                northMeters: position.northMeters + cos(radians) * meters
            )
        }
        guard let obstacles, !obstacles.areInSight(position, point(rangeMeters)) else {
            return point(rangeMeters)
        }
        var (seen, hidden) = (0.0, rangeMeters)
        for _ in 0..<Self.halvingCount {
            let middle = (seen + hidden) / 2
            if obstacles.areInSight(position, point(middle)) {
                seen = middle
            } else {
                hidden = middle
            }
        }
        return point(seen)
    }
}

/// The walls of buildings, by squares of the map.
public struct Obstacles: Sendable {
    /// A wall from corner to corner.
    private struct Wall: Sendable {
        var from: PlanePoint
        var to: PlanePoint
    }

    /// The largest number of walls.
    public static let maximumWallCount = 5_000_000
    private static let sideMeters = 50.0
    private var walls: [Wall] = []
    private var cells: [Cell: [Int32]] = [:]

    private struct Cell: Hashable {
        var column: Int
        var row: Int
    }

    /// Takes in the outlines of buildings; the last corner joins the first.
    ///
    /// - Throws: `SitingError` `badShape` for an outline of fewer than three corners, `tooMany`.
    public init(_ outlines: [[PlanePoint]]) throws {
        for outline in outlines {
            guard outline.count >= 3 else {
                throw SitingError(
                    .badShape,
                    Bilingual(
                        "건물의 윤곽에는 꼭짓점이 셋 이상 있어야 합니다.",
                        "The outline of a building needs three corners or more."
                    )
                )
            }
            guard walls.count + outline.count <= Self.maximumWallCount else {
                throw SitingError.tooMany(
                    Bilingual("벽이", "walls"),
                    maximum: Self.maximumWallCount
                )
            }
            for (index, corner) in outline.enumerated() {
                add(Wall(from: corner, to: outline[(index + 1) % outline.count]))
            }
        }
    }

    private mutating func add(_ wall: Wall) {
        let number = Int32(walls.count)
        walls.append(wall)
        Self.forEachCell(from: wall.from, to: wall.to) { cells[$0, default: []].append(number) }
    }

    /// Whether nothing stands between two points; a wall that is only touched hides nothing.
    public func areInSight(_ from: PlanePoint, _ to: PlanePoint) -> Bool {
        var isFree = true
        Self.forEachCell(from: from, to: to) { cell in
            guard isFree, let numbers = cells[cell] else { return }
            isFree = !numbers.contains { number in
                let wall = walls[Int(number)]
                return Self.cross(from, to, wall.from, wall.to)
            }
        }
        return isFree
    }

    /// Whether two stretches cross inside of both.
    private static func cross(
        _ from: PlanePoint,
        _ to: PlanePoint,
        _ left: PlanePoint,
        _ right: PlanePoint
    ) -> Bool {
        func side(_ start: PlanePoint, _ end: PlanePoint, _ point: PlanePoint) -> Double {
            (end.eastMeters - start.eastMeters) * (point.northMeters - start.northMeters)
                - (end.northMeters - start.northMeters) * (point.eastMeters - start.eastMeters)
        }
        return side(from, to, left) * side(from, to, right) < 0
            && side(left, right, from) * side(left, right, to) < 0
    }

    /// Calls with every square that the box around a stretch touches, column by column, as far as the
    /// stretch itself comes near.
    private static func forEachCell(
        from: PlanePoint,
        to: PlanePoint,
        _ body: (Cell) -> Void
    ) {
        func index(_ meters: Double) -> Int { Int((meters / sideMeters).rounded(.down)) }
        let west = min(from.eastMeters, to.eastMeters)
        let east = max(from.eastMeters, to.eastMeters)
        let slope =
            east > west
            ? (to.northMeters - from.northMeters) / (to.eastMeters - from.eastMeters) : 0
        for column in index(west)...index(east) {
            var low = min(from.northMeters, to.northMeters)
            var high = max(from.northMeters, to.northMeters)
            if east > west {
                let left = max(west, Double(column) * sideMeters)
                let right = min(east, Double(column + 1) * sideMeters)
                let atLeft = from.northMeters + (left - from.eastMeters) * slope
                let atRight = from.northMeters + (right - from.eastMeters) * slope
                low = max(low, min(atLeft, atRight))
                high = min(high, max(atLeft, atRight))
            }
            guard low <= high else { continue }
            for row in index(low)...index(high) { body(Cell(column: column, row: row)) }
        }
    }
}
