import Korean

/// Whether a passage supports a sentence: the check that every drafted sentence has to pass.
///
/// It looks for one sentence of the passage, or two beside each other, that has every content word of
/// the drafted one (or a synonym), its numbers with their units in the same order and with the same
/// words, denies what it denies, and obliges where it obliges. It knows no meaning, so it refuses
/// much that is true; what it lets through is in the words of the passage.
struct SupportCheck: Sendable {
    /// Why a sentence is not supported.
    enum Fault: String, Sendable, Hashable {
        /// It says nothing that could be looked for.
        case empty
        /// A word that the passage does not have.
        case word
        /// A number that the passage does not have, or not there.
        case figure
        /// It denies what the passage says, or says what the passage denies.
        case negation
        /// It obliges where the passage does not.
        case obligation
    }

    private let context: AnalyzedSentence
    private let windows: [AnalyzedSentence]
    private let synonyms: SynonymTable

    /// Reads a passage.
    init(_ quotation: Answer.Quotation, synonyms: SynonymTable = SynonymTable()) {
        let units = quotation.sentences.flatMap(Self.units)
        let header = units.first { $0.hasPrefix("|") } ?? ""
        context = AnalyzedSentence("\(quotation.citation)\n\(header)")
        windows =
            units.map { AnalyzedSentence($0) }
            + zip(units, units.dropFirst()).map { AnalyzedSentence($0, $1) }
        self.synonyms = synonyms
    }

    /// What is wrong with a sentence, or nothing: the fault of the window that comes closest.
    func fault(in text: String) -> Fault? {
        let sentence = AnalyzedSentence(text)
        guard !sentence.words.isEmpty else { return .empty }
        var closest = Fault.word
        for window in windows {
            guard let fault = fault(in: sentence, by: window) else { return nil }
            if fault != .word { closest = fault }
        }
        return closest
    }

    private static func units(of line: String) -> [String] {
        let bytes = Array(line.utf8)
        return SentenceSplitter().ranges(in: line).map {
            String(decoding: bytes[$0], as: UTF8.self)
        }
    }

    private func fault(in sentence: AnalyzedSentence, by window: AnalyzedSentence) -> Fault? {
        guard sentence.words.allSatisfy({ isCovered($0.text, by: window) }) else { return .word }
        guard hasFigures(of: sentence, window) else { return .figure }
        let contested = window.denied.intersection(window.affirmed)
        let named = sentence.denied.union(sentence.affirmed)
        guard sentence.denied.isSubset(of: window.denied),
            sentence.affirmed.isDisjoint(with: window.denied),
            named.isDisjoint(with: contested)
        else { return .negation }
        return sentence.obliges && !window.obliges ? .obligation : nil
    }

    private func isCovered(_ word: String, by window: AnalyzedSentence) -> Bool {
        if window.covers(word) || context.covers(word) { return true }
        return synonyms.alternatives(for: word).contains { alternative in
            let words = AnalyzedSentence(alternative).words
            return !words.isEmpty
                && words.allSatisfy { window.covers($0.text) || context.covers($0.text) }
        }
    }

    /// Whether a window has the figures of a sentence one after another, each with the word before it.
    private func hasFigures(of sentence: AnalyzedSentence, _ window: AnalyzedSentence) -> Bool {
        let known = Set(window.figures.map(\.text))
        let named = Set(context.figures.map(\.text))
        // The number of an article in a sentence is the one of the citation.
        let figures = sentence.figures.filter {
            known.contains($0.text) || !named.contains($0.text)
        }
        guard !figures.isEmpty else { return true }
        guard figures.count <= window.figures.count else { return false }
        return (0...(window.figures.count - figures.count)).contains { start in
            zip(figures, window.figures[start...]).allSatisfy { figure, found in
                figure.text == found.text && isAbout(figure, found, window)
            }
        }
    }

    /// Whether a figure stands in the passage with the word it has before it in the sentence.
    private func isAbout(
        _ figure: AnalyzedSentence.Figure,
        _ found: AnalyzedSentence.Figure,
        _ window: AnalyzedSentence
    ) -> Bool {
        let word = figure.before.last { window.covers($0) }
        guard let word else { return true }
        let beside = found.before.isEmpty ? found.after : found.before
        return beside.contains { AnalyzedSentence.isSame(word, $0) }
    }
}
