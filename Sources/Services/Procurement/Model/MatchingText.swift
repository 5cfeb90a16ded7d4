/// The form of a text under which two spellings of the same words are equal.
///
/// `S/W 개발`, `SW개발` and `Ｓ／Ｗ개발` are one word to an officer. The form drops spaces,
/// punctuation and letter case, and turns full-width letters into ASCII.
enum MatchingText {
    /// The matching form of a text: `정보통신 · 보안` gives `정보통신보안`.
    static func form(of text: some StringProtocol) -> String {
        if let short = shortForm(of: text) { return short }
        var result = String.UnicodeScalarView()
        for scalar in halfWidth(text).unicodeScalars where isKept(scalar) {
            result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
        return String(result)
    }

    /// The form of a text of ASCII and Hangul syllables only, which nearly every cell is: there
    /// the Unicode properties need not be asked.
    private static func shortForm(of text: some StringProtocol) -> String? {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A, 0xAC00...0xD7A3: result.append(scalar)
            case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
            case ..<0x80: continue
            default: return nil
            }
        }
        return String(result)
    }

    /// The text with full-width letters, digits and Roman numerals in their ASCII form.
    static func halfWidth(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                if let ascii = Unicode.Scalar(scalar.value - 0xFEE0) { result.append(ascii) }
            case 0x3000, 0x00A0: result.append(" ")
            case 0x2160...0x2163:
                if let digit = Unicode.Scalar(scalar.value - 0x2160 + 0x31) { result.append(digit) }
            case 0x2018, 0x2019, 0x02BC, 0x0060: result.append("'")
            case 0x200B, 0xFEFF: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The text without white space at either end; line breaks inside stay.
    static func trimmed(_ text: some StringProtocol) -> String {
        // A text that begins and ends with ASCII or Hangul needs no look at Unicode's tables.
        if let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
            isPlainlyVisible(first), isPlainlyVisible(last)
        {
            return String(text)
        }
        let (first, last) = visibleEnds(of: text)
        guard let first, let last else { return "" }
        return String(text[first...last])
    }

    /// The first and the last character that is no white space.
    private static func visibleEnds<Text: StringProtocol>(
        of text: Text
    ) -> (first: Text.Index?, last: Text.Index?) {
        let isSpace = { (character: Character) in
            character.isWhitespace || character == "\u{FEFF}" || character == "\u{200B}"
        }
        return (
            text.firstIndex(where: { !isSpace($0) }), text.lastIndex(where: { !isSpace($0) })
        )
    }

    /// Where the text of `trimmed` lies in the UTF-8 of a text.
    static func trimmedRange(of utf8: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        if isPlainlyTrimmed(utf8) { return 0..<utf8.count }
        let text = String(decoding: utf8, as: UTF8.self)
        let (first, last) = visibleEnds(of: text)
        guard let first, let last else { return 0..<0 }
        let start = text.utf8.distance(from: text.startIndex, to: first)
        return start..<start + text[first...last].utf8.count
    }

    /// Whether the first and the last scalar are visible ASCII or Hangul syllables.
    private static func isPlainlyTrimmed(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = utf8.first, let last = utf8.last else { return true }
        guard (0x21...0x7E).contains(first) || isSyllable(utf8, at: 0) else { return false }
        return (0x21...0x7E).contains(last) || isSyllable(utf8, at: utf8.count - 3)
    }

    /// Whether three bytes are a Hangul syllable; the last few are not taken for one.
    private static func isSyllable(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index >= 0, index + 2 < utf8.count else { return false }
        return switch utf8[index] {
        case 0xEB, 0xEC: true
        case 0xEA: utf8[index + 1] >= 0xB0
        case 0xED: utf8[index + 1] < 0x9E
        default: false
        }
    }

    /// A short stable key made from texts: the 64-bit FNV-1a hash of their matching forms, base 36.
    static func stableKey(of parts: String...) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in form(of: part).utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            }
            // A byte that UTF-8 does not have keeps the parts apart.
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        return String(hash, radix: 36)
    }

    private static func isPlainlyVisible(_ scalar: Unicode.Scalar) -> Bool {
        (0x21...0x7E).contains(scalar.value) || (0xAC00...0xD7A3).contains(scalar.value)
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format,
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol:
            false
        default: scalar.value != 0x318D && scalar.value != 0x119E
        }
    }
}
