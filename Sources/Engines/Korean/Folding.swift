/// Receives the units of a folded text, one after the other.
protocol FoldedUnitSink {
    /// Takes one UTF-16 unit and the bytes of the source it stands for.
    mutating func append(_ unit: UInt16, source: Range<Int>, afterSpace: Bool)
    /// Changes the unit taken last: a jamo or a mark joined it.
    mutating func replaceLast(with unit: UInt16, sourceEnd: Int)
}

/// Brings texts that people read as equal to equal UTF-16 units, without white space.
///
/// Composes to NFC (Hangul by arithmetic; a base letter and its mark by table, one mark at a time),
/// turns full-width ASCII into ASCII and capital letters into small ones, and leaves white space,
/// controls, zero-width spaces and variation selectors out: `afterSpace` tells where white space
/// stood. Compatibility jamo (ㄱ, ㅏ) stay as they are.
struct Folding {
    /// The last unit that something may still join, 0 where nothing may.
    private var joinable: UInt16 = 0
    private var isAfterSpace = false

    /// Folds the bytes of a text, UTF-8; a byte that is not UTF-8 becomes U+FFFD.
    static func fold(
        _ bytes: UnsafeBufferPointer<UInt8>,
        into sink: inout some FoldedUnitSink
    ) {
        var folding = Folding()
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                folding.takeASCII(UInt16(byte), source: index..<(index + 1), into: &sink)
                index += 1
                continue
            }
            if let unit = syllable(bytes, at: index) {
                folding.emit(unit, source: index..<(index + 3), into: &sink)
                index += 3
                continue
            }
            let (scalar, length) = decode(bytes, at: index)
            folding.take(scalar, source: index..<(index + length), into: &sink)
            index += length
        }
    }

    private init() {}

    /// The Hangul syllable of three bytes, or nothing where they are anything else.
    @inline(__always)
    private static func syllable(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
        guard index + 2 < bytes.count else { return nil }
        let (lead, second, third) = (bytes[index], bytes[index + 1], bytes[index + 2])
        guard lead & 0xF0 == 0xE0, second & 0xC0 == 0x80, third & 0xC0 == 0x80 else { return nil }
        let unit = UInt16(lead & 0x0F) << 12 | UInt16(second & 0x3F) << 6 | UInt16(third & 0x3F)
        return Hangul.syllables.contains(unit) ? unit : nil
    }

    private mutating func takeASCII(
        _ unit: UInt16,
        source: Range<Int>,
        into sink: inout some FoldedUnitSink
    ) {
        switch unit {
        case 0...0x20, 0x7F:
            isAfterSpace = true
            joinable = 0
        case 0x41...0x5A: emit(unit | 0x20, source: source, into: &sink)
        default: emit(unit, source: source, into: &sink)
        }
    }

    private mutating func emit(
        _ unit: UInt16,
        source: Range<Int>,
        into sink: inout some FoldedUnitSink
    ) {
        sink.append(unit, source: source, afterSpace: isAfterSpace)
        isAfterSpace = false
        joinable = unit
    }

    private mutating func take(
        _ value: UInt32,
        source: Range<Int>,
        into sink: inout some FoldedUnitSink
    ) {
        if value <= 0xFFFF, join(UInt16(value), sourceEnd: source.upperBound, in: &sink) { return }
        switch value {
        case 0xFF01...0xFF5E: return takeASCII(UInt16(value - 0xFEE0), source: source, into: &sink)
        // The dot of Korean lists (운영·유지관리) needs no look at Unicode's tables.
        case 0xB7: return emit(UInt16(value), source: source, into: &sink)
        case 0x200B, 0xFEFF, 0xAD, 0xFE00...0xFE0F: return
        case 0xF900...0xFAFF:
            if let unified = CanonicalPairs.unifiedIdeographs[Self.text(value)] {
                return emit(unified, source: source, into: &sink)
            }
        default: break
        }
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
            isAfterSpace = true
            joinable = 0
        } else if scalar.properties.changesWhenLowercased {
            for unit in scalar.properties.lowercaseMapping.utf16 {
                emit(unit, source: source, into: &sink)
            }
        } else {
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                emit(unit, source: source, into: &sink)
            }
        }
    }

    /// Joins a jamo or a combining mark to the unit before it; whether it did.
    private mutating func join(
        _ unit: UInt16,
        sourceEnd: Int,
        in sink: inout some FoldedUnitSink
    ) -> Bool {
        guard joinable != 0, !isAfterSpace else { return false }
        let composed: UInt16?
        switch unit {
        case 0x1161...0x11C2: composed = Hangul.compose(joinable, unit)
        case 0x0300...0x036F, 0x3099, 0x309A:
            composed =
                CanonicalPairs.composed[Self.text(UInt32(joinable)) + Self.text(UInt32(unit))]
        default: return false
        }
        guard let composed else { return false }
        sink.replaceLast(with: composed, sourceEnd: sourceEnd)
        joinable = composed
        return true
    }

    private static func text(_ value: UInt32) -> String {
        Unicode.Scalar(value).map { String($0) } ?? ""
    }

    /// The scalar at a position and its length in bytes; U+FFFD and 1 where the bytes are no UTF-8.
    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at index: Int
    ) -> (scalar: UInt32, length: Int) {
        let lead = UInt32(bytes[index])
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead <= 0xF4, index + length <= bytes.count else { return (0xFFFD, 1) }
        var scalar = lead & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = UInt32(bytes[index + offset])
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            scalar = scalar << 6 | (byte & 0x3F)
        }
        let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
        guard scalar >= least, Unicode.Scalar(scalar) != nil else { return (0xFFFD, 1) }
        return (scalar, length)
    }
}

/// Canonical equivalents outside Hangul.
///
/// The standard library has no public normalisation, but its strings compare and hash by canonical
/// equivalence: a dictionary keyed by the composed letter therefore finds it by its parts.
private enum CanonicalPairs {
    /// Small letters with one mark, and voiced kana, by their parts.
    static let composed = table([
        0x00E0...0x024F, 0x0390...0x045F, 0x0476...0x04FF, 0x1E00...0x1FFF, 0x3041...0x30FF,
    ])

    /// Unified ideographs by the compatibility ideographs that are the same character (KS X 1001
    /// lists hanja once for each reading).
    static let unifiedIdeographs = table([0x4E00...0x9FFF])

    private static func table(_ ranges: [ClosedRange<UInt16>]) -> [String: UInt16] {
        var table: [String: UInt16] = [:]
        for unit in ranges.joined() {
            guard let scalar = Unicode.Scalar(unit), table[String(scalar)] == nil else { continue }
            table[String(scalar)] = unit
        }
        return table
    }
}

/// A folded text with the place of every unit in its source.
struct FoldedText: FoldedUnitSink {
    private(set) var units: [UInt16] = []
    private(set) var isAfterSpace: [Bool] = []
    private var starts: [Int] = []
    private var ends: [Int] = []

    private init() {}

    init(_ text: String) {
        var text = text
        var folded = FoldedText()
        text.withUTF8 { Folding.fold($0, into: &folded) }
        self = folded
    }

    var count: Int { units.count }

    /// The bytes of the source that a range of units, not empty, stands for.
    func source(of range: Range<Int>) -> Range<Int> {
        starts[range.lowerBound]..<ends[range.upperBound - 1]
    }

    func text(_ range: Range<Int>) -> String {
        String(units: units[range])
    }

    mutating func append(_ unit: UInt16, source: Range<Int>, afterSpace: Bool) {
        units.append(unit)
        isAfterSpace.append(afterSpace)
        starts.append(source.lowerBound)
        ends.append(source.upperBound)
    }

    mutating func replaceLast(with unit: UInt16, sourceEnd: Int) {
        units[units.count - 1] = unit
        ends[ends.count - 1] = sourceEnd
    }
}

extension String {
    /// The text of UTF-16 units; without surrogates, which most texts have none of, several times
    /// as fast as decoding.
    init(units: ArraySlice<UInt16>) {
        guard !units.contains(where: { UTF16.isSurrogate($0) }) else {
            self = String(decoding: units, as: UTF16.self)
            return
        }
        self.init(unsafeUninitializedCapacity: units.count * 3) { bytes in
            var count = 0
            for unit in units {
                if unit < 0x80 {
                    bytes[count] = UInt8(unit)
                    count += 1
                    continue
                }
                if unit < 0x800 {
                    bytes[count] = 0xC0 | UInt8(unit >> 6)
                } else {
                    bytes[count] = 0xE0 | UInt8(unit >> 12)
                    count += 1
                    bytes[count] = 0x80 | UInt8(unit >> 6 & 0x3F)
                }
                bytes[count + 1] = 0x80 | UInt8(unit & 0x3F)
                count += 2
            }
            return count
        }
    }
}
