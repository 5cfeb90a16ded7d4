/// A polygon of places in the picture.
struct Polygon: Sendable, Hashable {
    var corners: [SceneRules.Point]

    init(_ corners: [SceneRules.Point]) {
        self.corners = corners
    }

    private var sides: [(SceneRules.Point, SceneRules.Point)] {
        corners.indices.map { (corners[$0], corners[($0 + 1) % corners.count]) }
    }

    /// The area, positive where the corners run clockwise in the picture.
    var signedArea: Double {
        sides.reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2
    }

    /// Whether a place lies inside (even-odd rule).
    func contains(_ point: SceneRules.Point) -> Bool {
        var isInside = false
        for (from, to) in sides where (from.y > point.y) != (to.y > point.y) {
            let x = from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x)
            if point.x < x { isInside.toggle() }
        }
        return isInside
    }

    /// Whether two sides that are not neighbours cross.
    var crossesItself: Bool {
        let sides = sides
        guard sides.count > 3 else { return false }
        for first in 0..<sides.count - 2 {
            for second in first + 2..<sides.count
            where !(first == 0 && second == sides.count - 1) {
                if crosses(sides[first], sides[second]) { return true }
            }
        }
        return false
    }
}

/// On which side of a line a place lies: positive at its right hand in the picture, 0 on it.
func side(
    of point: SceneRules.Point,
    along line: (SceneRules.Point, SceneRules.Point)
) -> Double {
    (line.1.x - line.0.x) * (point.y - line.0.y) - (line.1.y - line.0.y) * (point.x - line.0.x)
}

/// Whether two stretches cross, each end strictly on another side.
func crosses(
    _ first: (SceneRules.Point, SceneRules.Point),
    _ second: (SceneRules.Point, SceneRules.Point)
) -> Bool {
    side(of: first.0, along: second) * side(of: first.1, along: second) < 0
        && side(of: second.0, along: first) * side(of: second.1, along: first) < 0
}
