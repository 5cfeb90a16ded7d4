/// Divides a text into its sentences: Korean, English, and the articles of a law.
///
/// A sentence ends with a full stop, an exclamation or question mark and the white space after it,
/// closing quotes and brackets included, and where a paragraph or an item of a list begins. It does
/// not end inside brackets, after an initial (`E. Lee`) or a common abbreviation, within a date
/// (`2025. 7. 22.`) or after the number of an item. The paragraphs (항 ①), subparagraphs (호 1.) and
/// items (목 가.) of a law each begin a sentence, in plain text and in Markdown.
public struct SentenceSplitter: Sendable {
    /// The longest part in brackets in which no sentence ends, in scalars.
    static let maximumBracketLength = 400

    /// Creates a splitter.
    public init() {}

    /// Where the sentences of a text are: bytes of UTF-8, ascending, apart, without white space around.
    ///
    /// A part without a letter or digit is no sentence.
    public func ranges(in text: String) -> [Range<Int>] {
        let scan = SentenceScan(text)
        var ranges: [Range<Int>] = []
        var start = 0
        for end in scan.boundaries {
            if let range = scan.trimmed(start..<end) { ranges.append(range) }
            start = end
        }
        return ranges
    }
}

/// The scalars of a text, and where its sentences end.
private struct SentenceScan {
    private var values: [UInt32] = []
    /// Where each scalar begins in UTF-8, and the end of the text.
    private var offsets: [Int] = []

    init(_ text: String) {
        var offset = 0
        for scalar in text.unicodeScalars {
            values.append(scalar.value)
            offsets.append(offset)
            offset += UTF8.width(scalar)
        }
        offsets.append(offset)
    }

    /// The scalar positions at which sentences end, the end of the text last.
    var boundaries: [Int] {
        var boundaries: [Int] = []
        var openBracket: Int?
        var position = 0
        while position < values.count {
            let value = values[position]
            position += 1
            switch value {
            case 0x0A, 0x0D, 0x2028, 0x2029:
                if endsAtLineBreak(position) {
                    boundaries.append(position)
                    openBracket = nil
                }
            case 0x28, 0x5B, 0xFF08: openBracket = position
            case 0x29, 0x5D, 0xFF09: openBracket = nil
            case 0x2E, 0x21, 0x3F, 0x3002, 0xFF0E, 0xFF01, 0xFF1F:
                let isInBrackets =
                    openBracket.map { position - $0 <= SentenceSplitter.maximumBracketLength }
                    ?? false
                guard !isInBrackets, let end = endOfSentence(after: position - 1) else { break }
                boundaries.append(end)
                position = end
            default: break
            }
        }
        boundaries.append(values.count)
        return boundaries
    }

    /// Where a sentence ends that has a closing mark at a position; nothing where none ends.
    private func endOfSentence(after mark: Int) -> Int? {
        var end = mark + 1
        while end < values.count, Marks.closing.contains(values[end]) { end += 1 }
        let isSpaced = end == values.count || isSpace(end)
        guard values[mark] == 0x2E else { return isSpaced || values[mark] > 0xFF ? end : nil }
        guard mark > 0 else { return nil }
        let before = values[mark - 1]
        if !isSpaced {
            // 했다.그러나: the space is missing.
            let isEnding = Marks.finalSyllables.contains(before) && end == mark + 1
            return isEnding && (0xAC00...0xD7A3).contains(values[end]) ? end : nil
        }
        if isItemNumber(endingAt: mark) { return nil }
        if isDigit(before) { return endsAfterDigit(mark, end) ? end : nil }
        return isAbbreviation(endingAt: mark) ? nil : end
    }

    /// Whether a sentence ends at a full stop after a digit: not within `2025. 7. 22.`, nor after it
    /// unless the line ends.
    private func endsAfterDigit(_ mark: Int, _ end: Int) -> Bool {
        var next = end
        while next < values.count, values[next] == 0x20 { next += 1 }
        guard next < values.count, values[next] != 0x0A else { return true }
        if isDigit(values[next]) { return false }
        var before = mark - 1
        while before >= 0, isDigit(values[before]) { before -= 1 }
        while before >= 0, values[before] == 0x20 { before -= 1 }
        return !(before > 0 && values[before] == 0x2E && isDigit(values[before - 1]))
    }

    /// Whether what stands before a full stop is an initial or an abbreviation.
    private func isAbbreviation(endingAt mark: Int) -> Bool {
        var start = mark
        while start > 0, isLatin(values[start - 1]) { start -= 1 }
        guard start < mark else { return false }
        let isCapital = (0x41...0x5A).contains(values[start])
        if mark - start == 1, isCapital { return true }
        var word = String.UnicodeScalarView()
        for value in values[start..<mark] {
            guard let scalar = Unicode.Scalar(value | 0x20) else { return false }
            word.append(scalar)
        }
        return Marks.abbreviations.contains(String(word))
    }

    /// Whether a line holds nothing but the number of an item before a full stop: `1.`, `1\.`, `가.`.
    private func isItemNumber(endingAt mark: Int) -> Bool {
        var start = mark
        while start > 0, !isLineBreak(start - 1) { start -= 1 }
        var line = values[start..<mark].filter { $0 != 0x20 && $0 != 0x5C && $0 != 0x2A }
        if line.first == 0x2D { line.removeFirst() }
        if line.count == 1, (0xAC00...0xD7A3).contains(line[0]) { return true }
        return !line.isEmpty && line.count <= 3 && line.allSatisfy { isDigit($0) }
    }

    /// Whether a sentence ends before a line: an empty one, an item, or after a finished sentence or
    /// a heading.
    private func endsAtLineBreak(_ line: Int) -> Bool {
        var start = line
        while start < values.count, isSpace(start), !isLineBreak(start) { start += 1 }
        guard start < values.count, !isLineBreak(start) else { return true }
        var last = line - 1
        while last >= 0, isSpace(last) { last -= 1 }
        guard last >= 0 else { return true }
        if Marks.terminal.contains(values[last]) || Marks.closing.contains(values[last]) {
            return true
        }
        var lineStart = last
        while lineStart > 0, !isLineBreak(lineStart - 1) { lineStart -= 1 }
        return values[lineStart] == 0x23 || beginsItem(start)
    }

    /// Whether an item of a list or a part of a law begins at a position.
    private func beginsItem(_ start: Int) -> Bool {
        var start = start
        while start < values.count, values[start] == 0x2A { start += 1 }
        guard start < values.count else { return true }
        let value = values[start]
        if (0x2460...0x24FF).contains(value) || Marks.bullets.contains(value) { return true }
        if value == 0xC81C, start + 1 < values.count, isDigit(values[start + 1]) { return true }
        var end = start
        while end < values.count, isDigit(values[end]) { end += 1 }
        if end == start, (0xAC00...0xD7A3).contains(value) { end += 1 }
        if end < values.count, values[end] == 0x5C { end += 1 }
        return end > start && end < values.count && (values[end] == 0x2E || values[end] == 0x29)
    }

    /// A range of scalars as bytes, without white space around; nothing without a letter or digit.
    func trimmed(_ range: Range<Int>) -> Range<Int>? {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high, isSpace(low) { low += 1 }
        while high > low, isSpace(high - 1) { high -= 1 }
        let hasWord = values[low..<high].contains { value in
            (0xAC00...0xD7A3).contains(value) || isDigit(value) || isLatin(value)
                || (value > 0x7F && Unicode.Scalar(value)?.properties.isAlphabetic == true)
        }
        return hasWord ? offsets[low]..<offsets[high] : nil
    }

    private func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }

    private func isLatin(_ value: UInt32) -> Bool { (0x61...0x7A).contains(value | 0x20) }

    private func isLineBreak(_ index: Int) -> Bool {
        [0x0A, 0x0D, 0x2028, 0x2029].contains(values[index])
    }

    private func isSpace(_ index: Int) -> Bool {
        let value = values[index]
        if value < 0x80 { return value == 0x20 || (0x09...0x0D).contains(value) }
        return Unicode.Scalar(value)?.properties.isWhitespace == true
    }
}

/// The marks and words that decide where sentences end.
private enum Marks {
    static let terminal = set(".!?。．！？…:")
    static let closing = set("\"'”’」』)]）】〉》")
    static let bullets = set("#-•·○●□■◦▪▶※>|")
    static let finalSyllables = set("다요오까죠음함임됨")
    static let abbreviations: Set<String> = Set(
        "mr mrs ms dr prof rev st jr sr no nos vs fig figs vol ed eds al cf ca pp inc co ltd corp dept"
            .split(separator: " ").map { String($0) }
    )

    private static func set(_ text: String) -> Set<UInt32> {
        Set(text.unicodeScalars.map(\.value))
    }
}
