/// The map from a place in the picture to a place on flat ground, in metres.
///
/// Hartley and Zisserman, "Multiple View Geometry in Computer Vision", 2004, §4.1: four pairs of points,
/// no three on a line, determine the eight ratios of the matrix.
struct GroundPlane: Sendable, Hashable {
    /// The matrix row by row; the last element is 1.
    private var matrix: [Double]

    /// Nil where the points do not determine a ground.
    init?(_ homography: SceneRules.Homography) {
        guard homography.picture.count == 4, homography.groundMetres.count == 4 else { return nil }
        var rows: [[Double]] = []
        for (place, ground) in zip(homography.picture, homography.groundMetres) {
            guard ground.x.magnitude < 1e5, ground.y.magnitude < 1e5 else { return nil }
            let (x, y) = (place.x, place.y)
            rows.append([x, y, 1, 0, 0, 0, -ground.x * x, -ground.x * y, ground.x])
            rows.append([0, 0, 0, x, y, 1, -ground.y * x, -ground.y * y, ground.y])
        }
        guard let solution = solved(rows) else { return nil }
        matrix = solution + [1]
        // A ground that is turned inside out between its own corners is none.
        let depths = homography.picture.map(depth)
        guard depths.allSatisfy({ $0 > 1e-6 }) || depths.allSatisfy({ $0 < -1e-6 }),
            abs(Polygon(homography.groundMetres).signedArea) > 0.01
        else { return nil }
    }

    private func depth(_ point: SceneRules.Point) -> Double {
        matrix[6] * point.x + matrix[7] * point.y + matrix[8]
    }

    /// The place on the ground, in metres; nil above the horizon.
    func metres(_ point: SceneRules.Point) -> (x: Double, y: Double)? {
        let depth = depth(point)
        guard abs(depth) > 1e-6 else { return nil }
        return (
            (matrix[0] * point.x + matrix[1] * point.y + matrix[2]) / depth,
            (matrix[3] * point.x + matrix[4] * point.y + matrix[5]) / depth
        )
    }

    /// The map from metres to shares of the picture, row by row; nil where there is none.
    var inverse: [Double]? {
        let m = matrix
        let cofactors = [
            m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
        ]
        let determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6]
        guard abs(determinant) > 1e-15 else { return nil }
        // The sign of the depth is made that of the place the points are at.
        return cofactors.map { $0 / determinant }
    }

    /// The area of a zone on the ground, in square metres.
    func squareMetres(_ polygon: [SceneRules.Point]) -> Double? {
        let corners = polygon.compactMap { metres($0).map { SceneRules.Point(x: $0.x, y: $0.y) } }
        guard corners.count == polygon.count else { return nil }
        return abs(Polygon(corners).signedArea)
    }
}

/// Solves linear equations, each row with its right side last; nil where they have no single solution.
private func solved(_ equations: [[Double]]) -> [Double]? {
    var rows = equations
    let count = rows.count
    for column in 0..<count {
        let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
        guard abs(rows[pivot][column]) > 1e-10 else { return nil }
        rows.swapAt(column, pivot)
        for row in 0..<count where row != column {
            let factor = rows[row][column] / rows[column][column]
            for at in column...count { rows[row][at] -= factor * rows[column][at] }
        }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
}
