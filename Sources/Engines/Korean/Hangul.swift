/// The arithmetic of Hangul syllables and jamo (The Unicode Standard, section 3.12).
///
/// Values are UTF-16 code units: every jamo and syllable lies in the basic plane.
enum Hangul {
    static let syllables: ClosedRange<UInt16> = 0xAC00...0xD7A3
    static let leadingJamo: ClosedRange<UInt16> = 0x1100...0x1112
    static let vowelJamo: ClosedRange<UInt16> = 0x1161...0x1175
    static let trailingJamo: ClosedRange<UInt16> = 0x11A8...0x11C2

    private static let vowelCount: UInt16 = 21
    private static let trailingCount: UInt16 = 28

    /// The code of the final consonant ㄹ in `finalConsonant(of:)`.
    static let finalRieul: UInt16 = 8

    /// The syllable that a unit and the jamo after it make, or nothing where they stay apart.
    static func compose(_ first: UInt16, _ second: UInt16) -> UInt16? {
        if leadingJamo.contains(first), vowelJamo.contains(second) {
            let leading = first - leadingJamo.lowerBound
            let vowel = second - vowelJamo.lowerBound
            return syllables.lowerBound + (leading * vowelCount + vowel) * trailingCount
        }
        if syllables.contains(first), trailingJamo.contains(second),
            (first - syllables.lowerBound) % trailingCount == 0
        {
            // Code 0 is "no final consonant", so that the first trailing jamo counts 1.
            return first + second - trailingJamo.lowerBound + 1
        }
        return nil
    }

    /// The final consonant of a syllable, 1 (ㄱ) to 27 (ㅎ), 0 for none; nothing for other units.
    static func finalConsonant(of unit: UInt16) -> UInt16? {
        syllables.contains(unit) ? (unit - syllables.lowerBound) % trailingCount : nil
    }
}
