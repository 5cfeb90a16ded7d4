import Basics
import Sightings

/// A picture of a camera with the people in it, so that the others can be masked.
struct Still: Sendable {
    /// The most people that one picture remembers.
    static let maximumPersonCount = 500

    var people: [SightingBox]
    var jpeg: [UInt8]

    init(people: [SightingBox], jpeg: [UInt8]) {
        self.people = Array(people.prefix(Still.maximumPersonCount))
        self.jpeg = jpeg
    }

    /// The count of people, each as four numbers of two bytes, and the picture.
    var bytes: [UInt8] {
        var bytes = StillFile.littleEndian(UInt16(people.count))
        for box in people {
            for number in [box.x, box.y, box.width, box.height] {
                bytes += StillFile.littleEndian(number)
            }
        }
        return bytes + jpeg
    }

    init(bytes: [UInt8]) throws {
        func number(_ at: Int) -> UInt16 { UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8 }
        guard bytes.count >= 2, bytes.count >= 2 + Int(number(0)) * 8 else {
            throw FootageError.archive("a still of \(bytes.count) bytes")
        }
        let count = Int(number(0))
        people = (0..<count).map { index in
            let at = 2 + index * 8
            return SightingBox(
                x: number(at),
                y: number(at + 2),
                width: number(at + 4),
                height: number(at + 6)
            )
        }
        jpeg = Array(bytes[(2 + count * 8)...])
    }
}

/// What one camera's pictures of one day are kept in: sealed records, one after another.
///
/// A record is its time in milliseconds (8 bytes), its length (4 bytes), both little-endian, and the
/// sealed picture. A record that a crash cut off is not there, and the next one takes its place.
struct StillFile: Sendable {
    private static let headerByteCount = 12
    /// The largest picture kept, in bytes.
    static let maximumStillByteCount = 8 << 20

    let path: String
    private var places: [Int64: Range<Int>] = [:]
    private var length = 0

    var count: Int { places.count }

    init(path: String) throws {
        self.path = path
        let size = ArchiveFiles.size(path) ?? 0
        while length + Self.headerByteCount <= size {
            let header = try ArchiveFiles.read(path, at: length, count: Self.headerByteCount)
            let time = Self.integer(header[..<8])
            let count = Int(Self.integer(header[8...]))
            let start = length + Self.headerByteCount
            guard count > 0, count <= Self.maximumStillByteCount + 4_096, start + count <= size
            else {
                return
            }
            places[time] = start..<(start + count)
            length = start + count
        }
    }

    mutating func append(_ sealed: [UInt8], atMilliseconds time: Int64) throws {
        let header = Self.littleEndian(time) + Self.littleEndian(UInt32(sealed.count))
        try ArchiveFiles.append(header + sealed, to: path, after: length)
        let start = length + Self.headerByteCount
        places[time] = start..<(start + sealed.count)
        length = start + sealed.count
    }

    func sealed(atMilliseconds time: Int64) throws -> [UInt8]? {
        guard let place = places[time] else { return nil }
        return try ArchiveFiles.read(path, at: place.lowerBound, count: place.count)
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reversed().reduce(0) { $0 << 8 | Int64($1) }
    }

    static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
