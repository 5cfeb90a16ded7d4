/// Words that mean the same, as an administrator lists them; applied to queries, never to documents,
/// so that a change counts at once.
///
/// A word may be several words (온라인 원격근무) or an abbreviation (초근). In a query an entry is found
/// where a word begins with it, spaces left out; inside a longer word only from four letters on.
public struct SynonymTable: Sendable, Hashable {
    /// The most rules of a table.
    public static let maximumRuleCount = 20_000
    /// The most words of one rule.
    public static let maximumWordCount = 64
    /// The longest word, in letters without spaces.
    public static let maximumWordLength = 40

    /// Words of which one stands for others.
    public struct Rule: Sendable, Hashable {
        /// The words that a query may have.
        public var words: [String]
        /// What to search for them as well; nothing: the words stand for each other.
        public var replacements: [String]

        /// Creates a rule of words that stand for each other.
        public init(equivalent words: [String]) {
            self.words = words
            replacements = []
        }

        /// Creates a rule of one direction: who types one of the words also searches the
        /// replacements, not the reverse.
        public init(_ words: [String], to replacements: [String]) {
            self.words = words
            self.replacements = replacements
        }
    }

    /// The rules, in their order.
    public let rules: [Rule]
    /// What a synonym counts beside the typed word, above 0 to 1.
    public let weight: Float

    /// The alternatives of every word, by its folded units.
    private let alternatives: [[UInt16]: [String]]
    /// The lengths of the words that begin with a unit, longest first.
    private let lengths: [UInt16: [Int]]

    /// Creates a table of rules; a rule past the limits is left out.
    public init(rules: [Rule] = [], weight: Float = 0.5) {
        self.rules = rules
        self.weight = min(1, max(0.01, weight))
        var alternatives: [[UInt16]: [String]] = [:]
        for rule in rules.prefix(Self.maximumRuleCount) {
            guard rule.words.count + rule.replacements.count <= Self.maximumWordCount else {
                continue
            }
            let keys = rule.words.map { FoldedText($0).units }
            let others = rule.replacements.isEmpty ? rule.words : rule.replacements
            let folded = rule.replacements.isEmpty ? keys : others.map { FoldedText($0).units }
            for key in keys where !key.isEmpty && key.count <= Self.maximumWordLength {
                var found = alternatives[key] ?? []
                for (other, units) in zip(others, folded)
                where units != key && !found.contains(other) {
                    found.append(other)
                }
                if !found.isEmpty { alternatives[key] = found }
            }
        }
        self.alternatives = alternatives
        lengths = Dictionary(grouping: alternatives.keys.filter { !$0.isEmpty }, by: { $0[0] })
            .mapValues { Set($0.map(\.count)).sorted(by: >) }
    }

    /// Whether the table has no rules.
    public var isEmpty: Bool { rules.isEmpty }

    /// What to search beside a word; nothing where the table does not have it.
    public func alternatives(for word: String) -> [String] {
        alternatives[FoldedText(word).units] ?? []
    }

    /// A word of the table in a query.
    struct Match {
        let range: Range<Int>
        let alternatives: [String]
    }

    /// The words of the table in a folded query: from left to right, the longest first, apart.
    func matches(in text: FoldedText) -> [Match] {
        guard !alternatives.isEmpty else { return [] }
        var matches: [Match] = []
        var position = 0
        while position < text.count {
            guard let match = match(at: position, in: text) else {
                position += 1
                continue
            }
            if !matches.contains(where: { $0.alternatives == match.alternatives }) {
                matches.append(match)
            }
            position = match.range.upperBound
        }
        return matches
    }

    private func match(at start: Int, in text: FoldedText) -> Match? {
        for length in lengths[text.units[start]] ?? [] where start + length <= text.count {
            let range = start..<(start + length)
            if let found = alternatives[Array(text.units[range])], isWord(range, in: text) {
                return Match(range: range, alternatives: found)
            }
        }
        return nil
    }

    /// Whether a part of a query is a word rather than a part of another: it begins where a word
    /// begins, so that inflected (까먹었어요) and compound words (초근수당) have it too; one of a single
    /// letter ends where a word ends, but for endings.
    private func isWord(_ range: Range<Int>, in text: FoldedText) -> Bool {
        let begins =
            range.lowerBound == 0 || text.isAfterSpace[range.lowerBound]
            || !text.isSameRun(range.lowerBound - 1, range.lowerBound)
        guard begins || range.count >= 4 else { return false }
        if range.count >= 2 { return true }
        var end = range.upperBound
        while end < text.count, !text.isAfterSpace[end], text.isSameRun(end - 1, end) { end += 1 }
        guard end > range.upperBound else { return true }
        return text.units[range.upperBound..<end].withUnsafeBufferPointer { Endings.isEnding($0) }
    }
}

extension FoldedText {
    /// Whether two neighbouring units are of one script.
    func isSameRun(_ first: Int, _ second: Int) -> Bool {
        Script(of: units[first]) == Script(of: units[second])
    }
}
