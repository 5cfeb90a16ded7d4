import Basics

/// Measures an index, its answers and its confidence on questions whose passage and answer are known.
///
/// Works on plain values: who decodes a file of questions (KorQuAD's form: articles, paragraphs,
/// questions with answers) hands in the passages and the questions. Tune on the questions for which
/// `isHeldOut(article:)` is false, report the others.
public struct RetrievalEvaluation: Sendable {
    /// The share of syllables that `Variant.mistyped` changes.
    public static let mistypedShare = 0.08
    /// How many hits are looked at.
    public static let depth = 10

    /// A question with its gold passage.
    public struct Question: Sendable, Hashable {
        /// The question.
        public var text: String
        /// The place of its passage.
        public var passage: Int
        /// The answers, each right, word for word in the passage.
        public var answers: [String]

        /// Creates a question.
        public init(text: String, passage: Int, answers: [String]) {
            self.text = text
            self.passage = passage
            self.answers = answers
        }
    }

    /// How the questions are written.
    public enum Variant: String, Sendable, Hashable, CaseIterable {
        /// As they are.
        case plain
        /// With all white space removed.
        case withoutSpaces
        /// With the vowel of 8% of the syllables moved by +1, −1 or +4 of 21.
        case mistyped
    }

    /// The measures of one variant, shares of the questions from 0 to 1.
    public struct Report: Sendable, Hashable {
        /// The number of questions.
        public internal(set) var questionCount = 0
        /// The gold passage is the first hit.
        public internal(set) var recallAt1 = 0.0
        /// The gold passage is among the first five hits.
        public internal(set) var recallAt5 = 0.0
        /// The gold passage is among the first ten hits.
        public internal(set) var recallAt10 = 0.0
        /// The mean of 1 / rank of the gold passage among the first ten hits.
        public internal(set) var meanReciprocalRank = 0.0
        /// An answer stands word for word in the two sentences quoted.
        public internal(set) var answerInTwoSentences = 0.0
        /// The mean length of what is quoted, in characters.
        public internal(set) var meanAnswerLength = 0.0
        /// The probability that the confidence is higher with the gold passage in the index than
        /// with it taken out, everything else left in: the area under the ROC curve.
        public internal(set) var abstentionAUROC = 0.0
    }

    /// The passages.
    public let passages: [String]
    /// The index of the passages, by their places.
    public let index: TextIndex

    /// Indexes passages.
    ///
    /// - Throws: `KoreanError` where a passage is beyond the limits of `TextIndex`.
    public init(
        passages: [String],
        configuration: TextIndex.Configuration = TextIndex.Configuration()
    ) throws(KoreanError) {
        self.passages = passages
        index = try TextIndex(
            passages.lazy.map { IndexedText(body: $0) },
            configuration: configuration
        )
    }

    /// Whether the questions of an article are kept for the report: about half of all articles, by
    /// the seventh bit of a hash (FNV-1a, 64 bits) of the article's name.
    public static func isHeldOut(article: String) -> Bool {
        let hash: UInt64 = article.utf8.reduce(0xCBF2_9CE4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
        }
        return hash >> 7 & 1 == 1
    }

    /// Measures the questions in one variant.
    public func report(on questions: [Question], variant: Variant = .plain) -> Report {
        var random = SeededRandom(seed: 3)
        var report = Report()
        var present: [Double] = []
        var absent: [Double] = []
        for question in questions {
            let query = TextQuery(Self.text(of: question.text, variant, &random))
            let hits = index.search(query, options: SearchOptions(limit: Self.depth + 1))
            let gold = UInt32(question.passage)
            report.count(rank: hits.prefix(Self.depth).firstIndex { $0.document == gold })
            let answer = self.answer(to: query, from: hits)
            present.append(answer.confidence)
            absent.append(
                self.answer(to: query, from: hits.filter { $0.document != gold }).confidence
            )
            let quoted = answer.sentences.map(\.text).joined(separator: " ")
            report.answerInTwoSentences += question.answers.contains { quoted.contains($0) } ? 1 : 0
            report.meanAnswerLength += Double(quoted.count)
        }
        report.finish(present, absent)
        return report
    }

    /// The signals of a question with its passage in the index and with it taken out.
    public func signals(
        of question: Question
    ) -> (present: AnswerSignals, absent: AnswerSignals) {
        let query = TextQuery(question.text)
        let hits = index.search(query, options: SearchOptions(limit: Self.depth + 1))
        let others = hits.filter { $0.document != UInt32(question.passage) }
        return (answer(to: query, from: hits).signals, answer(to: query, from: others).signals)
    }

    private func answer(to query: TextQuery, from hits: [SearchHit]) -> ExtractedAnswer {
        AnswerReader(index: index).answer(
            to: query,
            from: hits.prefix(AnswerReader.maximumPassageCount).map {
                let text = passages[Int($0.document)]
                return FoundPassage(document: $0.document, text: text, score: $0.score)
            }
        )
    }

    /// A question as a variant writes it.
    static func text(
        of question: String,
        _ variant: Variant,
        _ random: inout SeededRandom
    ) -> String {
        switch variant {
        case .plain: return question
        case .withoutSpaces: return question.filter { !$0.isWhitespace }
        case .mistyped:
            let units = question.utf16.map { unit in
                guard Hangul.syllables.contains(unit), random.unit() < mistypedShare else {
                    return unit
                }
                let index = unit - Hangul.syllables.lowerBound
                let step = [UInt16](arrayLiteral: 1, 20, 4).randomElement(using: &random) ?? 1
                let vowel = (index / 28 % 21 + step) % 21
                return Hangul.syllables.lowerBound + index / 588 * 588 + vowel * 28 + index % 28
            }
            return String(decoding: units, as: UTF16.self)
        }
    }
}

extension RetrievalEvaluation.Report {
    fileprivate mutating func count(rank: Int?) {
        questionCount += 1
        guard let rank else { return }
        recallAt1 += rank == 0 ? 1 : 0
        recallAt5 += rank < 5 ? 1 : 0
        recallAt10 += 1
        meanReciprocalRank += 1 / Double(rank + 1)
    }

    fileprivate mutating func finish(_ present: [Double], _ absent: [Double]) {
        guard questionCount > 0 else { return }
        let count = Double(questionCount)
        for share in [
            \Self.recallAt1, \.recallAt5, \.recallAt10, \.meanReciprocalRank,
            \.answerInTwoSentences, \.meanAnswerLength,
        ] {
            self[keyPath: share] /= count
        }
        abstentionAUROC = Self.areaUnderCurve(positive: present, negative: absent)
    }

    /// The probability that a positive value is above a negative one, ties counting half: the
    /// Mann–Whitney statistic.
    static func areaUnderCurve(positive: [Double], negative: [Double]) -> Double {
        guard !positive.isEmpty, !negative.isEmpty else { return 0 }
        let sorted = negative.sorted()
        let wins = positive.reduce(0.0) { wins, value in
            let below = sorted.partitioningIndex { $0 >= value }
            let notAbove = sorted.partitioningIndex { $0 > value }
            return wins + Double(below) + Double(notAbove - below) / 2
        }
        return wins / (Double(positive.count) * Double(negative.count))
    }
}

extension [Double] {
    /// The first place from which on a condition holds, in a list divided by it.
    fileprivate func partitioningIndex(_ condition: (Double) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
