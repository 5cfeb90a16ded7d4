import Basics

/// The text form of a table of synonyms, the one that Apache Solr and Lucene read.
///
///     # 초과근무
///     초근, 초과근무, 시간외근무
///     연보비 => 연가보상비
///
/// One rule a line: words apart by commas stand for each other; `=>` gives one direction; `#` begins
/// a comment. White space around words and empty lines do not count.
extension SynonymTable {
    /// Reads a table from its text form.
    ///
    /// - Throws: `KoreanError` of code `invalidSynonyms` with the number of the line, the first that
    ///   is wrong.
    public init(text: String, weight: Float = 0.5) throws(KoreanError) {
        var rules: [Rule] = []
        var first: [[UInt16]: Int] = [:]
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let content = line.utf8.firstIndex(of: UInt8(ascii: "#")).map { line[..<$0] } ?? line
            guard content.contains(where: { !$0.isWhitespace }) else { continue }
            let rule = try Self.rule(content, line: index + 1)
            guard rules.count < Self.maximumRuleCount else {
                throw Self.invalid(
                    index + 1,
                    "규칙은 \(Self.maximumRuleCount.grouped)개까지 쓸 수 있습니다.",
                    "A table holds at most \(Self.maximumRuleCount.grouped) rules."
                )
            }
            for word in rule.words {
                if let earlier = first.updateValue(index + 1, forKey: FoldedText(word).units) {
                    throw Self.invalid(
                        index + 1,
                        "\u{201C}\(word)\u{201D}은(는) \(earlier)번째 줄에 이미 있습니다. 한 줄로 합쳐 주세요.",
                        "“\(word)” is already in line \(earlier). Please join the lines."
                    )
                }
            }
            rules.append(rule)
        }
        self.init(rules: rules, weight: weight)
    }

    /// The text form of the table, without comments.
    public var text: String {
        rules.map { rule in
            let words = rule.words.joined(separator: ", ")
            let replacements = rule.replacements.joined(separator: ", ")
            return replacements.isEmpty ? "\(words)\n" : "\(words) => \(replacements)\n"
        }.joined()
    }

    private static func rule(_ content: Substring, line: Int) throws(KoreanError) -> Rule {
        var sides: [Substring] = []
        var rest = content
        while let arrow = firstArrow(in: rest) {
            sides.append(rest[..<arrow])
            rest = rest[arrow...].dropFirst(2)
        }
        sides.append(rest)
        guard sides.count <= 2 else {
            throw invalid(line, "=>는 한 줄에 한 번만 씁니다.", "A line has at most one =>.")
        }
        let words = try words(sides[0], line: line)
        let replacements = sides.count == 2 ? try Self.words(sides[1], line: line) : []
        guard sides.count == 2 || words.count > 1 else {
            throw invalid(
                line,
                "낱말이 하나뿐입니다. 쉼표나 =>로 다른 낱말을 적어 주세요.",
                "There is only one word. Please add another after a comma or =>."
            )
        }
        guard words.count + replacements.count <= maximumWordCount else {
            throw invalid(
                line,
                "한 줄에 낱말을 \(maximumWordCount)개까지 쓸 수 있습니다.",
                "A line holds at most \(maximumWordCount) words."
            )
        }
        return replacements.isEmpty
            ? Rule(equivalent: words) : Rule(words, to: replacements)
    }

    private static func firstArrow(in text: Substring) -> Substring.Index? {
        let bytes = text.utf8
        return bytes.indices.first { place in
            bytes[place] == UInt8(ascii: "=")
                && bytes[place...].dropFirst().first == UInt8(ascii: ">")
        }
    }

    private static func words(_ side: Substring, line: Int) throws(KoreanError) -> [String] {
        var words: [String] = []
        for part in side.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let units = FoldedText(word).units
            guard units.contains(where: { Script(of: $0) != .sign }) else {
                throw invalid(line, "빈 낱말이 있습니다.", "A word is empty.")
            }
            guard units.count <= maximumWordLength else {
                throw invalid(
                    line,
                    "낱말은 \(maximumWordLength)자까지 쓸 수 있습니다.",
                    "A word has at most \(maximumWordLength) letters."
                )
            }
            words.append(word)
        }
        return words
    }

    private static func invalid(
        _ line: Int,
        _ korean: String,
        _ english: String
    ) -> KoreanError {
        KoreanError(
            .invalidSynonyms,
            Bilingual("\(line)번째 줄: \(korean)", "Line \(line): \(english)"),
            context: "line \(line)"
        )
    }
}
