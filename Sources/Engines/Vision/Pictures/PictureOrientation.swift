/// How the rows and columns of a stored picture lie, as a camera wrote it beside the picture.
///
/// The tag Orientation of Exif (CIPA DC-008, 4.6.4): a telephone that was held upright stores the picture
/// lying down and says so.
enum PictureOrientation: UInt16 {
    case upright = 1
    case mirrored
    case upsideDown
    case flipped
    case transposed
    case turnedLeft
    case transversed
    case turnedRight

    private static let tag: UInt16 = 0x0112
    /// Entries of a directory that are looked at.
    private static let maximumEntryCount = 512

    /// What a JPEG file says; upright where it says nothing that can be read.
    init(jpeg bytes: [UInt8]) {
        self = Self.exif(in: bytes).flatMap(Self.init(exif:)) ?? .upright
    }

    /// The bytes of the Exif segment, which stands among the first segments of a JPEG file.
    private static func exif(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var at = 2
        while at + 4 <= bytes.count, bytes[at] == 0xFF {
            let marker = bytes[at + 1]
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            // The pixels begin: nothing of the kind comes after them.
            guard marker != 0xDA, length >= 2, at + 2 + length <= bytes.count else { return nil }
            let content = bytes[(at + 4)..<(at + 2 + length)]
            if marker == 0xE1, content.starts(with: [0x45, 0x78, 0x69, 0x66, 0, 0]) {
                return content.dropFirst(6)
            }
            at += 2 + length
        }
        return nil
    }

    /// Reads the first directory of a TIFF structure.
    private init?(exif: ArraySlice<UInt8>) {
        let bytes = Array(exif)
        let isBigEndian = bytes.starts(with: [0x4D, 0x4D, 0, 42])
        guard isBigEndian || bytes.starts(with: [0x49, 0x49, 42, 0]) else { return nil }
        func number(_ at: Int, _ count: Int) -> Int? {
            guard at >= 0, at + count <= bytes.count else { return nil }
            let part = bytes[at..<at + count]
            return (isBigEndian ? Array(part) : part.reversed()).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let start = number(4, 4), let count = number(start, 2) else { return nil }
        for entry in 0..<min(count, Self.maximumEntryCount) {
            let at = start + 2 + entry * 12
            guard let tag = number(at, 2) else { return nil }
            if tag == Int(Self.tag) {
                self.init(rawValue: UInt16(truncatingIfNeeded: number(at + 8, 2) ?? 0))
                return
            }
        }
        return nil
    }

    /// Whether width and height change places.
    var isLying: Bool { rawValue >= 5 }

    /// The stored pixel that belongs at a place of the upright picture.
    func stored(_ x: Int, _ y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
        switch self {
        case .upright: (x, y)
        case .mirrored: (width - 1 - x, y)
        case .upsideDown: (width - 1 - x, height - 1 - y)
        case .flipped: (x, height - 1 - y)
        case .transposed: (y, x)
        case .turnedLeft: (y, height - 1 - x)
        case .transversed: (width - 1 - y, height - 1 - x)
        case .turnedRight: (width - 1 - y, x)
        }
    }
}

extension Picture {
    /// The picture as it is meant to be looked at.
    func upright(_ orientation: PictureOrientation) -> Picture {
        guard orientation != .upright else { return self }
        let (across, down) = orientation.isLying ? (height, width) : (width, height)
        let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { buffer, filled in
            var at = 0
            pixels.withUnsafeBufferPointer { pixels in
                for y in 0..<down {
                    for x in 0..<across {
                        let from = orientation.stored(x, y, width: width, height: height)
                        let start = (from.y * width + from.x) * 3
                        for channel in 0..<3 { buffer[at + channel] = pixels[start + channel] }
                        at += 3
                    }
                }
            }
            filled = at
        }
        return Picture(checkedWidth: across, height: down, pixels: turned)
    }
}
