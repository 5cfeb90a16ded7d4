import Basics
import Documents
import Web

/// A text of a catalogue as people should read it, and what was repaired or lost on the way.
struct ListingText: Sendable, Hashable {
    /// The text, with the repairs that change no meaning.
    var text: String
    /// Whether markup was taken off.
    var hadMarkup = false
    /// Whether entities were read.
    var hadEntities = false
    /// The places where a character was lost: `?` between what belongs together.
    var lostCharacters: [String] = []

    /// Reads a raw text.
    init(_ raw: String) {
        var text = raw.trimmingWhitespace()
        // A lone full stop is how one catalogue writes "nothing".
        if text == "." || text == "-" { text = "" }
        hadMarkup = text.contains(Self.tag)
        hadEntities = text.contains(Self.entity)
        if hadMarkup || hadEntities { text = Self.withoutMarkup(text) }
        self.text = Self.tidied(text)
        lostCharacters = Self.lost(in: self.text)
    }

    private static var tag: Regex<Substring> { /<\/?[A-Za-z][^<>]{0,400}>/ }
    private static var entity: Regex<Substring> {
        /&(?:[A-Za-z]{2,12}|#[0-9]{2,6}|#x[0-9A-Fa-f]{2,5});/
    }

    /// The text of a piece of HTML, a block a line, table rows with bars.
    private static func withoutMarkup(_ text: String) -> String {
        // ‘<지원대상>’ is a heading in brackets, no tag: only Latin names are.
        var kept = ""
        var rest = Substring(text)
        while let found = rest.firstMatch(of: tag) {
            kept += escapedBrackets(rest[..<found.range.lowerBound]) + found.output
            rest = rest[found.range.upperBound...]
        }
        kept += escapedBrackets(rest)
        guard let outline = try? HTMLReader.read(Array("<body>\(kept)</body>".utf8)) else {
            return text.replacing(tag, with: " ")
        }
        return outline.blocks.map { block in
            switch block.content {
            case .heading(_, let text), .paragraph(let text): text
            case .item(let text): "- \(text)"
            case .table(let rows):
                rows.map { $0.filter { !$0.isEmpty }.joined(separator: " | ") }
                    .joined(separator: "\n")
            }
        }.joined(separator: "\n")
    }

    private static func escapedBrackets(_ text: Substring) -> String {
        String(text).replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// Runs of spaces as one; runs of three or more were line breaks before the source lost them.
    private static func tidied(_ text: String) -> String {
        var lines: [String] = []
        for line in text.replacing(/[ ]{3,}/, with: "\n").split(whereSeparator: \.isNewline) {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
            if !words.isEmpty { lines.append(words.joined(separator: " ")) }
        }
        return lines.joined(separator: "\n")
    }

    /// Each `?` that ends no question, with the letters around it.
    private static func lost(in text: String) -> [String] {
        let letters = Array(text)
        var isInAddress = false
        return letters.indices.compactMap { index in
            if letters[index].isWhitespace { isInAddress = false }
            if letters[index...].starts(with: "://") { isInAddress = true }
            guard letters[index] == "?", !isInAddress else { return nil }
            let before = index > 0 ? letters[index - 1] : " "
            let after = index + 1 < letters.count ? letters[index + 1] : "\n"
            let endsSentence = after.isWhitespace || "”\"’')!?".contains(after)
            if endsSentence, questionEndings.contains(before) { return nil }
            let start = max(0, index - 6)
            return String(letters[start..<min(letters.count, index + 7)])
                .replacing("\n", with: " ")
        }
    }

    private static let questionEndings: Set<Character> = [
        "까", "요", "나", "니", "가", "죠", "지", "냐", "란", "?", "!",
    ]
}
