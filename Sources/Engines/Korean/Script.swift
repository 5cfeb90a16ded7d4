/// The script of a unit of a folded text; in a byte beside the unit, with a bit for white space.
enum Script: UInt8 {
    case sign, hangul, latin, digits, other

    /// The bit that tells that white space stands before the unit.
    static let afterSpace: UInt8 = 0x80

    @inline(__always)
    init(of unit: UInt16) {
        switch unit {
        case Hangul.syllables: self = .hangul
        case 0x30...0x39: self = .digits
        case 0x61...0x7A: self = .latin
        case 0..<0x80: self = .sign
        case 0xDF...0x24F where unit != 0xF7, 0x1E00...0x1EFF: self = .latin
        case 0x4E00...0x9FFF: self = .other
        // General punctuation, arrows, mathematics, boxes, enclosed signs, CJK punctuation.
        case 0x80..<0xA9, 0xAB..<0xB5, 0xB6..<0xBA, 0x2010...0x2070, 0x2190...0x245F,
            0x2460...0x24B5, 0x2500...0x2BFF, 0x3000...0x3004, 0x3008...0x3020:
            self = .sign
        default: self = Self.uncommon(unit)
        }
    }

    /// The scripts outside the fast cases; half of a surrogate pair counts as a letter of another
    /// script only where `init(first:second:)` says so.
    private static func uncommon(_ unit: UInt16) -> Script {
        guard let scalar = Unicode.Scalar(unit) else { return .sign }
        return scalar.properties.isAlphabetic ? .other : .sign
    }

    /// The script of a surrogate pair.
    init(first: UInt16, second: UInt16) {
        let scalar = UTF16.decode(UTF16.EncodedScalar([first, second]))
        self = scalar.properties.isAlphabetic ? .other : .sign
    }
}

/// Folded units with their scripts: what a scanner reads.
struct ScannedUnits: FoldedUnitSink {
    private(set) var units: [UInt16] = []
    /// The raw value of each unit's `Script`, with `Script.afterSpace`.
    private(set) var scripts: [UInt8] = []

    init() {}

    init(_ text: FoldedText) {
        reserve(text.count)
        for index in 0..<text.count {
            append(text.units[index], afterSpace: text.isAfterSpace[index])
        }
    }

    mutating func reserve(_ count: Int) {
        units.reserveCapacity(count)
        scripts.reserveCapacity(count)
    }

    mutating func removeAll() {
        units.removeAll(keepingCapacity: true)
        scripts.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    mutating func append(_ unit: UInt16, source: Range<Int>, afterSpace: Bool) {
        append(unit, afterSpace: afterSpace)
    }

    @inline(__always)
    private mutating func append(_ unit: UInt16, afterSpace: Bool) {
        var script = Script(of: unit)
        if UTF16.isTrailSurrogate(unit), let first = units.last, UTF16.isLeadSurrogate(first) {
            script = Script(first: first, second: unit)
            scripts[scripts.count - 1] =
                scripts[scripts.count - 1] & Script.afterSpace | script.rawValue
        }
        units.append(unit)
        scripts.append(afterSpace ? script.rawValue | Script.afterSpace : script.rawValue)
    }

    mutating func replaceLast(with unit: UInt16, sourceEnd: Int) {
        units[units.count - 1] = unit
        scripts[scripts.count - 1] =
            scripts[scripts.count - 1] & Script.afterSpace | Script(of: unit).rawValue
    }
}
