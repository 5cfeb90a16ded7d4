/// How the values of a TIFF file are packed.
enum TIFFCompression: Int {
    case none = 1
    case lzw = 5
    case deflate = 8
    /// The number that deflate had before it was registered.
    case oldDeflate = 32_946

    /// Unpacks a piece to a length that is known.
    func unpacked(_ packed: ArraySlice<UInt8>, byteCount: Int) throws(RoutingError) -> [UInt8] {
        switch self {
        case .none:
            guard packed.count >= byteCount else { throw .badElevation("a piece ends") }
            return Array(packed.prefix(byteCount))
        case .lzw:
            var decoder = TIFFLZWDecoder(packed, byteCount: byteCount)
            return try decoder.unpacked()
        case .deflate, .oldDeflate:
            do {
                return try PBFReader.inflate(
                    Array(packed),
                    0..<packed.count,
                    size: byteCount
                )
            } catch {
                throw .badElevation(error.context)
            }
        }
    }
}

/// LZW as TIFF 6.0 has it (section 13): codes of 9 to 12 bits, the highest bit first.
struct TIFFLZWDecoder {
    private static let clear = 256
    private static let end = 257

    private let packed: ArraySlice<UInt8>
    private let byteCount: Int
    private var position: Int
    private var buffer: UInt32 = 0
    private var bitCount = 0
    /// For each code the one before its last byte, that byte, and how long it is.
    private var prefixes = [UInt16](repeating: 0, count: 4_096)
    private var lastBytes = [UInt8](repeating: 0, count: 4_096)
    private var lengths = [Int](repeating: 1, count: 4_096)
    private var output: [UInt8] = []

    init(_ packed: ArraySlice<UInt8>, byteCount: Int) {
        self.packed = packed
        self.byteCount = byteCount
        position = packed.startIndex
        for code in 0..<256 { lastBytes[code] = UInt8(code) }
        output.reserveCapacity(byteCount)
    }

    mutating func unpacked() throws(RoutingError) -> [UInt8] {
        var width = 9
        var next = 258
        var previous: Int?
        while output.count < byteCount, let code = nextCode(width) {
            if code == Self.end { break }
            if code == Self.clear {
                (width, next, previous) = (9, 258, nil)
                continue
            }
            guard let before = previous else {
                guard code < 256 else { throw .badElevation("LZW begins with \(code)") }
                output.append(UInt8(code))
                previous = code
                continue
            }
            guard code < next || code == next && next < 4_096 else {
                throw .badElevation("LZW code \(code)")
            }
            if next < 4_096 {
                prefixes[next] = UInt16(before)
                lengths[next] = lengths[before] + 1
                lastBytes[next] = firstByte(of: code == next ? before : code)
                next += 1
            }
            write(code)
            // The width grows one code before it is needed.
            if next >= 1 << width - 1, width < 12 { width += 1 }
            previous = code
        }
        guard output.count >= byteCount else { throw .badElevation("LZW ends") }
        return Array(output.prefix(byteCount))
    }

    private mutating func nextCode(_ width: Int) -> Int? {
        while bitCount < width {
            guard position < packed.endIndex else { return nil }
            buffer = buffer << 8 | UInt32(packed[position])
            position += 1
            bitCount += 8
        }
        bitCount -= width
        return Int(buffer >> UInt32(bitCount)) & (1 << width - 1)
    }

    private func firstByte(of code: Int) -> UInt8 {
        var code = code
        while code >= 258 { code = Int(prefixes[code]) }
        return lastBytes[code]
    }

    private mutating func write(_ code: Int) {
        let start = output.count
        let length = lengths[code]
        output.append(contentsOf: repeatElement(0, count: length))
        var code = code
        for place in (start..<start + length).reversed() {
            output[place] = lastBytes[code]
            code = Int(prefixes[code])
        }
    }
}

/// How the bytes of a value stand for a number.
enum TIFFSample: Hashable {
    case unsigned(byteCount: Int)
    case signed(byteCount: Int)
    case float32

    /// From the fields bits per sample and sample format.
    init?(bits: Int, format: Int) {
        switch (format, bits) {
        case (1, 8), (1, 16), (1, 32): self = .unsigned(byteCount: bits / 8)
        case (2, 8), (2, 16), (2, 32): self = .signed(byteCount: bits / 8)
        case (3, 32): self = .float32
        default: return nil
        }
    }

    var byteCount: Int {
        switch self {
        case .unsigned(let count), .signed(let count): count
        case .float32: 4
        }
    }

    /// The number of the bits of a value.
    func metres(_ bits: UInt64) -> Float {
        switch self {
        case .unsigned: Float(bits)
        case .signed(let count):
            Float(Int64(bitPattern: bits << UInt64(64 - 8 * count)) >> Int64(64 - 8 * count))
        case .float32: Float(bitPattern: UInt32(truncatingIfNeeded: bits))
        }
    }
}

/// Rows of values out of one piece of a file, a strip or a tile.
struct TIFFRows {
    let sample: TIFFSample
    let width: Int
    let isLittleEndian: Bool

    /// The values of a row, of which the file keeps what the predictor leaves.
    func values(_ bytes: ArraySlice<UInt8>, predictor: Int) -> [Float] {
        if predictor == 3 { return floats(bytes) }
        let count = sample.byteCount
        let mask = UInt64.max >> UInt64(64 - 8 * count)
        var before: UInt64 = 0
        return (0..<width).map { column in
            var bits: UInt64 = 0
            for index in 0..<count {
                let place = isLittleEndian ? count - 1 - index : index
                bits = bits << 8 | UInt64(bytes[bytes.startIndex + column * count + place])
            }
            if predictor == 2 {
                bits = (bits &+ before) & mask
                before = bits
            }
            return sample.metres(bits)
        }
    }

    /// The floating-point predictor (Adobe Photoshop TIFF Technical Note 3): differences of bytes, all
    /// highest bytes of a row first.
    private func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        var sum: UInt8 = 0
        let whole = bytes.map { byte in
            sum &+= byte
            return sum
        }
        return (0..<width).map { column in
            let bits = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(whole[$1 * width + column]) }
            return Float(bitPattern: bits)
        }
    }
}
