/// Where a person stands in a picture, in pixels from its upper left corner.
public struct SightingBox: Sendable, Hashable, Codable {
    /// The left edge.
    public var x: UInt16
    /// The upper edge.
    public var y: UInt16
    /// The width.
    public var width: UInt16
    /// The height.
    public var height: UInt16

    /// Creates a box.
    public init(x: UInt16, y: UInt16, width: UInt16, height: UInt16) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// One appearance of a person before a camera: where, when, and how they looked.
///
/// Never who.
public struct Sighting: Sendable, Hashable {
    /// The number of the camera.
    public var camera: UInt32
    /// Milliseconds since 1970-01-01T00:00:00Z, by the camera's clock.
    public var timeMilliseconds: Int64
    /// Where in the picture.
    public var box: SightingBox
    /// The code of the colour of the upper clothes; the caller's own code table.
    public var upper: UInt8
    /// The code of the colour of the lower clothes.
    public var lower: UInt8
    /// How well the person could be seen, 0 to 255.
    public var quality: UInt8
    /// The appearance; stored at unit length, so only its direction counts.
    public var vector: [Float]

    /// Creates a sighting.
    public init(
        camera: UInt32,
        timeMilliseconds: Int64,
        box: SightingBox,
        upper: UInt8,
        lower: UInt8,
        quality: UInt8,
        vector: [Float]
    ) {
        self.camera = camera
        self.timeMilliseconds = timeMilliseconds
        self.box = box
        self.upper = upper
        self.lower = lower
        self.quality = quality
        self.vector = vector
    }
}
