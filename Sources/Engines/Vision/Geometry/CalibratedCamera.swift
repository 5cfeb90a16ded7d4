/// A camera whose place over the ground follows from four points of it, with square pixels and the middle
/// of the picture on its axis.
///
/// The columns of the map from the ground to the picture are two directions at right angles and of one
/// length, which gives the focal length (Zhang, "A Flexible New Technique for Camera Calibration", 2000).
struct CalibratedCamera: Sendable, Hashable {
    private let ground: GroundPlane
    private let width: Double
    private let height: Double
    /// The columns of the map from metres to pixels around the middle.
    private let columns: [[Double]]
    /// What a metre upwards adds.
    private let up: [Double]

    /// Nil where the points do not tell, as when the camera looks straight down.
    init?(_ ground: GroundPlane, width: Int, height: Int) {
        self.ground = ground
        self.width = Double(width)
        self.height = Double(height)
        guard let inverse = ground.inverse else { return nil }
        // Shares of the picture become pixels around the middle.
        let columns = (0..<3).map { column in
            let x = inverse[column]
            let y = inverse[3 + column]
            let w = inverse[6 + column]
            return [
                (x - w / 2) * Double(width), (y - w / 2) * Double(height), w,
            ]
        }
        self.columns = columns
        guard let focal = Self.focalLength(columns[0], columns[1]) else { return nil }
        func ray(_ column: [Double]) -> [Double] {
            [column[0] / focal, column[1] / focal, column[2]]
        }
        let right = ray(columns[0])
        let ahead = ray(columns[1])
        let length = right.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else { return nil }
        // At right angles to both, and as long as they are.
        var normal = [
            (right[1] * ahead[2] - right[2] * ahead[1]) / length,
            (right[2] * ahead[0] - right[0] * ahead[2]) / length,
            (right[0] * ahead[1] - right[1] * ahead[0]) / length,
        ]
        // Towards the camera, which stands above the ground.
        let origin = ray(columns[2])
        let away = (0..<3).reduce(0.0) { $0 + normal[$1] * origin[$1] }
        if away > 0 { normal = normal.map { -$0 } }
        up = [normal[0] * focal, normal[1] * focal, normal[2]]
    }

    private static func focalLength(_ first: [Double], _ second: [Double]) -> Double? {
        let acrossBottom = first[2] * second[2]
        let across = -(first[0] * second[0] + first[1] * second[1])
        let evenBottom = second[2] * second[2] - first[2] * first[2]
        let even =
            first[0] * first[0] + first[1] * first[1] - second[0] * second[0]
            - second[1] * second[1]
        let isAcross = abs(acrossBottom) > abs(evenBottom)
        let bottom = isAcross ? acrossBottom : evenBottom
        guard abs(bottom) > 1e-12 else { return nil }
        let square = (isAcross ? across : even) / bottom
        guard square.isFinite, square > 1 else { return nil }
        return square.squareRoot()
    }

    private func pixel(_ place: (x: Double, y: Double), up height: Double) -> (
        x: Double, y: Double
    )? {
        let point = (0..<3).map {
            columns[0][$0] * place.x + columns[1][$0] * place.y + columns[2][$0] + up[$0] * height
        }
        guard abs(point[2]) > 1e-9 else { return nil }
        return (point[0] / point[2] + width / 2, point[1] / point[2] + self.height / 2)
    }

    private func place(_ foot: (x: Double, y: Double)) -> (x: Double, y: Double)? {
        ground.metres(SceneRules.Point(x: foot.x / width, y: foot.y / height))
    }

    /// The pixel of the head above a foot.
    func head(
        ofFoot foot: (x: Double, y: Double),
        heightMetres: Double
    ) -> (x: Double, y: Double)? {
        guard let place = place(foot), let head = pixel(place, up: heightMetres),
            head.y < foot.y, foot.y - head.y < 3 * height
        else { return nil }
        return head
    }

    /// Pixels a metre across takes at a foot.
    func pixelsPerMetre(atFoot foot: (x: Double, y: Double)) -> Double? {
        guard let left = place((foot.x - 4, foot.y)), let right = place((foot.x + 4, foot.y))
        else { return nil }
        let x = right.x - left.x
        let y = right.y - left.y
        let metres = (x * x + y * y).squareRoot()
        guard metres > 1e-4 else { return nil }
        return 8 / metres
    }
}
