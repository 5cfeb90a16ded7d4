/// Says from which zoom level on each point of a line is drawn, computed once so that a tile only has
/// to leave points out.
///
/// D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points required to represent
/// a digitized line" (1973).
enum Simplification {
    /// From this level on every point is drawn.
    static let fullZoom: UInt8 = 16
    /// What is closer than half a pixel to the line without it is left out: a tile has 4,096 units,
    /// and is shown 512 pixels wide.
    private static let toleranceUnits = 4.0

    /// The lowest zoom level of each point; ends are drawn at all of them.
    static func zooms(_ points: ArraySlice<WorldPoint>) -> [UInt8] {
        var zooms = [UInt8](repeating: 0, count: points.count)
        let start = points.startIndex
        guard points.count > 2 else { return zooms }
        var open: [(first: Int, last: Int, least: UInt8)] = []
        if points.first == points.last {
            // A ring has no ends: its farthest point is the other one.
            let farthest = points.indices.max {
                distance(points[$0], points[start]) < distance(points[$1], points[start])
            }
            let middle = (farthest ?? start) - start
            guard middle > 0 else { return zooms }
            open = [(0, middle, 0), (middle, points.count - 1, 0)]
        } else {
            open = [(0, points.count - 1, 0)]
        }
        while let (first, last, least) = open.popLast() {
            guard last - first > 1 else { continue }
            let (a, b) = (points[start + first], points[start + last])
            var (at, most) = (first + 1, -1.0)
            for middle in first + 1..<last {
                let away = distance(points[start + middle], a, b)
                if away > most { (at, most) = (middle, away) }
            }
            // What hangs on a point is never drawn before it.
            zooms[at] = max(least, zoom(most))
            open.append((first, at, zooms[at]))
            open.append((at, last, zooms[at]))
        }
        return zooms
    }

    /// The level at which so many units of the world are as much as the tolerance.
    private static func zoom(_ units: Double) -> UInt8 {
        var zoom: UInt8 = 0
        while zoom < fullZoom,
            units < toleranceUnits * Double(UInt32(1) << (20 - UInt32(zoom)))
        {
            zoom += 1
        }
        return zoom
    }

    private static func distance(_ a: WorldPoint, _ b: WorldPoint) -> Double {
        let (dx, dy) = (Double(a.x) - Double(b.x), Double(a.y) - Double(b.y))
        return (dx * dx + dy * dy).squareRoot()
    }

    private static func distance(_ p: WorldPoint, _ a: WorldPoint, _ b: WorldPoint) -> Double {
        let (dx, dy) = (Double(b.x) - Double(a.x), Double(b.y) - Double(a.y))
        let (px, py) = (Double(p.x) - Double(a.x), Double(p.y) - Double(a.y))
        let squared = dx * dx + dy * dy
        let along = squared > 0 ? min(max((px * dx + py * dy) / squared, 0), 1) : 0
        let (ex, ey) = (px - along * dx, py - along * dy)
        return (ex * ex + ey * ey).squareRoot()
    }
}
