/// A box in a picture: the left upper corner and the extent, in pixels, y downwards.
public struct BoundingBox: Sendable, Hashable, Codable {
    /// The left edge.
    public var x: Double
    /// The upper edge.
    public var y: Double
    /// The width.
    public var width: Double
    /// The height.
    public var height: Double

    /// Creates a box.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The area in square pixels.
    public var area: Double { max(0, width) * max(0, height) }
    /// The middle, from left to right.
    public var centerX: Double { x + width / 2 }
    /// The middle, from top to bottom.
    public var centerY: Double { y + height / 2 }
    /// Where the person stands: the middle of the lower edge.
    public var foot: (x: Double, y: Double) { (centerX, y + height) }

    /// Intersection over union, 0 for boxes apart and 1 for equal ones.
    public func overlap(_ other: BoundingBox) -> Double {
        let shared =
            max(0, min(x + width, other.x + other.width) - max(x, other.x))
            * max(0, min(y + height, other.y + other.height) - max(y, other.y))
        guard shared > 0 else { return 0 }
        return shared / (area + other.area - shared)
    }

    /// The smallest box around this and another.
    public func joined(_ other: BoundingBox) -> BoundingBox {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return BoundingBox(
            x: left,
            y: top,
            width: max(x + width, other.x + other.width) - left,
            height: max(y + height, other.y + other.height) - top
        )
    }

    /// The box between this and another: 0 gives this one, 1 the other.
    public func between(_ other: BoundingBox, at share: Double) -> BoundingBox {
        func mix(_ from: Double, _ to: Double) -> Double { from + (to - from) * share }
        return BoundingBox(
            x: mix(x, other.x),
            y: mix(y, other.y),
            width: mix(width, other.width),
            height: mix(height, other.height)
        )
    }
}
