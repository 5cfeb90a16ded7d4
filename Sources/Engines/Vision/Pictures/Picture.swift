/// A picture: red, green and blue of every pixel, row by row from the top.
public struct Picture: Sendable, Hashable {
    /// Pixels a picture may have; one of 100 megapixels is refused.
    public static let maximumPixelCount = 64_000_000
    /// Pixels a side may have.
    public static let maximumSide = 32_768
    /// Bytes a JPEG or PNG file may have.
    public static let maximumFileSize = 64 << 20

    /// Pixels from left to right.
    public let width: Int
    /// Pixels from top to bottom.
    public let height: Int
    /// Red, green and blue of every pixel, row by row: width × height × 3 bytes.
    public internal(set) var pixels: [UInt8]

    /// Creates a picture from its pixels.
    ///
    /// - Throws: `VisionError` `badPicture` where the sizes do not fit, `pictureTooLarge`.
    public init(width: Int, height: Int, pixels: [UInt8]) throws {
        try Self.check(width: width, height: height)
        guard pixels.count == width * height * 3 else {
            throw VisionError.badPicture("\(pixels.count) bytes for \(width)x\(height)")
        }
        self.init(checkedWidth: width, height: height, pixels: pixels)
    }

    /// A picture of one colour.
    ///
    /// - Throws: `VisionError` `badPicture` for a size of nothing, `pictureTooLarge`.
    public init(width: Int, height: Int, filledWith colour: RGB) throws {
        try Self.check(width: width, height: height)
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        for at in stride(from: 0, to: pixels.count, by: 3) {
            pixels[at] = colour.red
            pixels[at + 1] = colour.green
            pixels[at + 2] = colour.blue
        }
        self.init(checkedWidth: width, height: height, pixels: pixels)
    }

    init(checkedWidth width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    static func check(width: Int, height: Int) throws {
        guard width > 0, height > 0 else {
            throw VisionError.badPicture("\(width)x\(height)")
        }
        guard width <= maximumSide, height <= maximumSide, width * height <= maximumPixelCount
        else { throw VisionError.pictureTooLarge(width: width, height: height) }
    }

    /// The colour of a pixel.
    public subscript(x: Int, y: Int) -> RGB {
        let at = (y * width + x) * 3
        return RGB(pixels[at], pixels[at + 1], pixels[at + 2])
    }

    /// The part of the picture inside a box, which is cut off at the edges.
    ///
    /// - Throws: `VisionError` `badPicture` where nothing of the box lies in the picture.
    public func cropped(_ box: BoundingBox) throws -> Picture {
        guard let area = PixelArea(box, width: width, height: height) else {
            throw VisionError.badPicture("box \(box) outside \(width)x\(height)")
        }
        var cut: [UInt8] = []
        cut.reserveCapacity(area.width * area.height * 3)
        for y in area.rows {
            let start = (y * width + area.columns.lowerBound) * 3
            cut += pixels[start..<(start + area.width * 3)]
        }
        return Picture(checkedWidth: area.width, height: area.height, pixels: cut)
    }
}

/// A colour: red, green and blue, each from 0 to 255.
public struct RGB: Sendable, Hashable, Codable {
    /// Red.
    public var red: UInt8
    /// Green.
    public var green: UInt8
    /// Blue.
    public var blue: UInt8

    /// Creates a colour.
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }
}

/// The whole pixels that a box covers in a picture.
struct PixelArea: Sendable, Hashable {
    var columns: Range<Int>
    var rows: Range<Int>

    var width: Int { columns.count }
    var height: Int { rows.count }

    /// Nil where the box lies outside or is not one.
    init?(_ box: BoundingBox, width: Int, height: Int) {
        let edges = [box.x, box.y, box.x + box.width, box.y + box.height]
        guard edges.allSatisfy(\.isFinite), box.width > 0, box.height > 0 else { return nil }
        func pixel(_ value: Double, _ limit: Int, up: Bool) -> Int {
            Int(min(max(value.rounded(up ? .up : .down), 0), Double(limit)))
        }
        let left = pixel(edges[0], width, up: false)
        let right = pixel(edges[2], width, up: true)
        let top = pixel(edges[1], height, up: false)
        let bottom = pixel(edges[3], height, up: true)
        guard left < right, top < bottom else { return nil }
        columns = left..<right
        rows = top..<bottom
    }
}
