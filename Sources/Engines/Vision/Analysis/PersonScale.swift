/// How high a person appears, by where the feet are: from the ground's four points, or learnt from those
/// who walk by.
struct PersonScale: Sendable {
    /// The height of a grown-up person, in metres.
    static let metres = 1.68

    private let camera: CalibratedCamera?
    private let pictureHeight: Double
    /// Sums of a straight line through heights over foot points, with old ones fading.
    private var weight = 0.0
    private var sumY = 0.0
    private var sumHeight = 0.0
    private var sumYY = 0.0
    private var sumYHeight = 0.0
    private static let fading = 0.998

    init(_ ground: GroundPlane?, width: Int, height: Int) {
        camera = ground.flatMap { CalibratedCamera($0, width: width, height: height) }
        pictureHeight = Double(height)
    }

    /// The height of a person in pixels, whose feet are at a pixel.
    func height(atFoot foot: (x: Double, y: Double)) -> Double {
        if let camera, let head = camera.head(ofFoot: foot, heightMetres: Self.metres) {
            return max(4, foot.y - head.y)
        }
        guard weight >= 8 else { return pictureHeight * 0.22 }
        let spread = sumYY / weight - (sumY / weight) * (sumY / weight)
        let mean = sumHeight / weight
        guard spread > (pictureHeight * 0.04) * (pictureHeight * 0.04) else { return mean }
        let slope = (sumYHeight / weight - sumY / weight * mean) / spread
        let height = mean + min(1.2, max(0, slope)) * (foot.y - sumY / weight)
        return max(mean * 0.3, min(mean * 3, height))
    }

    /// The width of a person in pixels.
    func width(atFoot foot: (x: Double, y: Double)) -> Double {
        if let camera, let scale = camera.pixelsPerMetre(atFoot: foot) { return 0.5 * scale }
        return 0.36 * height(atFoot: foot)
    }

    /// Pixels that a metre along the ground takes from left to right.
    func pixelsPerMetre(atFoot foot: (x: Double, y: Double)) -> Double {
        camera?.pixelsPerMetre(atFoot: foot) ?? height(atFoot: foot) / Self.metres
    }

    /// Learns from the box of somebody who walks upright and alone.
    mutating func learn(from box: BoundingBox) {
        let ratio = box.height / max(1, box.width)
        guard camera == nil, (1.5...4.5).contains(ratio) else { return }
        let y = box.y + box.height
        // Once there is a line, a box far off it is a group or a half of somebody.
        if weight > 40 {
            let expected = height(atFoot: box.foot)
            guard (0.6...1.6).contains(box.height / expected) else { return }
        }
        weight = weight * Self.fading + 1
        sumY = sumY * Self.fading + y
        sumHeight = sumHeight * Self.fading + box.height
        sumYY = sumYY * Self.fading + y * y
        sumYHeight = sumYHeight * Self.fading + y * box.height
    }
}
