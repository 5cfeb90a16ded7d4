import Basics
import Identity
import Korean
import Store
import Web

/// Answers questions in the words of the documents, or says that it does not know.
struct Answerer: Sendable {
    /// Below this confidence the assistant says that it does not know; from the table that
    /// `Benchmarks/assistant/fit-confidence.py` prints, where about one of ten absurd
    /// questions passes.
    static let minimumConfidence = 0.45
    /// Articles that are looked at.
    static let articleCount = 10
    /// A passage up to this length, in characters, is quoted whole.
    static let wholePassageLength = 400
    /// Documents quoted in one answer.
    static let maximumQuotationCount = 2
    /// The second article is quoted where it fits at least so well beside the first.
    static let quotedCloseness = 0.85
    /// Sentences quoted of one article.
    static let sentenceCount = 3
    /// The longest question, in characters; what is past it is left out.
    static let maximumQuestionLength = 2_000
    /// Choices offered where a question is unclear.
    static let maximumChoiceCount = 4

    let knowledge: KnowledgeIndex.Snapshot

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: What the person asks, personal data already masked.
    ///   - earlier: The person's question before, which a follow-up leans on.
    ///   - actor: Who asks: only what they may read is quoted.
    ///   - day: Today, for what is in force.
    /// - Returns: The answer, ready to be kept.
    func answer(
        _ question: String,
        after earlier: String? = nil,
        by actor: Actor,
        on day: LocalDate
    ) -> Answer {
        let text = FollowUp(question, after: earlier).searchText
        return consideration(of: text, in: knowledge.readable(by: actor, on: day)).answer
    }

    /// What is known of the answer to a question, and the answer.
    func consideration(
        of question: String,
        in readable: DocumentSet
    ) -> (answer: Answer, found: [FoundArticle], confidence: AnswerConfidence) {
        let query = TextQuery(question, synonyms: knowledge.synonyms)
        let found = knowledge.articles(for: query, in: readable, limit: Self.articleCount)
        let confidence = AnswerConfidence(found)
        var answer = Answer(kind: .unknown, quotations: [])
        answer.alternatives = query.alternatives.map {
            "\($0.typed) → \($0.searched.joined(separator: ", "))"
        }
        guard let first = found.first else { return (answer, found, confidence) }
        answer.confidence = confidence.likelihood
        let choices = Ambiguity(question: question, query: query, found: found).choices
        if !choices.isEmpty {
            answer.kind = .unclear
            answer.choices = Array(choices.prefix(Self.maximumChoiceCount))
        } else if confidence.likelihood >= Self.minimumConfidence {
            answer.kind = .quoted
            answer.quotations = quotations(for: query, of: found)
            answer.contact = first.document.contact
        }
        return (answer, found, confidence)
    }

    /// What is quoted: of the best article, and of the next where it is almost as good, the sentences
    /// that fit best.
    private func quotations(
        for query: TextQuery,
        of found: [FoundArticle]
    ) -> [Answer.Quotation] {
        let reader = AnswerReader(index: knowledge.index)
        let close = found.prefix(Self.maximumQuotationCount).filter { article in
            article.score >= (found.first?.score ?? 0) * Self.quotedCloseness
        }
        return close.map { article in
            let passage = article.passage
            guard passage.body.count > Self.wholePassageLength else {
                let lines = passage.body.split(whereSeparator: \.isNewline).map(String.init)
                return Self.quotation(lines, passage, article.document)
            }
            let text = FoundPassage(
                document: article.number,
                text: passage.fullText,
                score: article.score
            )
            // One more, as one may be of the headings.
            let read = reader.answer(to: query, from: [text], count: Self.sentenceCount + 1)
            let sentences = read.sentences.filter { sentence in
                sentence.utf8Range.lowerBound >= passage.headingByteCount
            }.prefix(Self.sentenceCount).sorted {
                $0.utf8Range.lowerBound < $1.utf8Range.lowerBound
            }
            return Self.quotation(sentences.map(\.text), passage, article.document)
        }
    }

    private static func quotation(
        _ sentences: [String],
        _ passage: KnowledgePassage,
        _ document: KnowledgeDocument
    ) -> Answer.Quotation {
        Answer.Quotation(
            documentID: document.id,
            passageID: passage.id,
            documentTitle: document.title,
            locator: passage.locator,
            sentences: sentences,
            effectiveFrom: document.effectiveFrom,
            attachments: document.attachments.value
        )
    }
}

/// A question that may lean on the one before it: "그럼 병가는?", "며칠인가요?".
struct FollowUp: Sendable {
    /// Words with which a follow-up begins.
    private static let openings = [
        "그럼", "그러면", "그건", "그것", "그거", "그때", "그 경우", "이 경우", "이건", "거기", "그리고", "또", "반대로",
    ]
    /// Words that ask and say nothing of what is asked about.
    private static let interrogatives = [
        "어디", "언제", "누가", "누구", "무엇", "뭐", "뭘", "어떻게", "어떤", "얼마", "며칠", "몇",
    ]
    /// A question of fewer stems than this says too little alone.
    private static let minimumStemCount = 2

    /// What to search for.
    let searchText: String

    /// Joins a follow-up with the question it leans on.
    init(_ question: String, after earlier: String?) {
        guard let earlier, !earlier.isEmpty else {
            searchText = question
            return
        }
        searchText = Self.leans(question) ? "\(question)\n\(earlier)" : question
    }

    /// Whether a question says too little alone: it begins like a follow-up, or has next to no words
    /// beside those that every question has ("신청은 어디서?").
    static func leans(_ question: String) -> Bool {
        let trimmed = question.drop { $0.isWhitespace }
        if openings.contains(where: { trimmed.hasPrefix($0) }) { return true }
        let stems = TextQuery(question).terms.filter { term in
            term.kind != .bigram && !interrogatives.contains(where: term.text.hasPrefix)
        }
        return stems.count < minimumStemCount
    }
}

/// Whether a question has several meanings among what was found: "휴가" alone is every kind of leave,
/// and a question of two or three words may fit two articles alike.
struct Ambiguity: Sendable {
    /// A second passage this close to the first competes with it, by the stems of the question.
    private static func closeness(stemCount: Int) -> Double? {
        switch stemCount {
        case ...1: 0.6
        case 2...3: 0.98
        default: nil
        }
    }
    /// A longer word is a question written without spaces, in letters.
    private static let maximumStemLength = 6

    /// What to ask instead; nothing where the question is clear.
    let choices: [String]

    /// Looks at the best articles.
    init(question: String, query: TextQuery, found: [FoundArticle]) {
        let stems = query.terms.filter { $0.kind != .bigram && $0.origin == .typed }
        guard let closeness = Self.closeness(stemCount: stems.count),
            stems.allSatisfy({ $0.text.count <= Self.maximumStemLength }), let best = found.first
        else {
            choices = []
            return
        }
        let close = found.filter { $0.score >= best.score * closeness && !$0.passage.topic.isEmpty }
        // Whoever asks in the words of one heading has chosen, by a button or alone.
        guard close.count(where: { $0.passage.topic == question }) != 1 else {
            choices = []
            return
        }
        let topics = Dictionary(grouping: close, by: \.passage.topic)
        var seen: Set<String> = []
        let named = close.map { hit in
            let titles = Set((topics[hit.passage.topic] ?? []).map(\.document.title))
            return titles.count > 1
                ? "\(hit.document.title): \(hit.passage.topic)" : hit.passage.topic
        }.filter { seen.insert($0).inserted }
        choices = named.count > 1 ? named : []
    }
}

extension KnowledgePassage {
    /// The headings and the text: a question is often answered under the words it is asked with.
    var fullText: String { heading.isEmpty ? body : "\(heading)\n\n\(body)" }
    /// The bytes of the headings in `fullText`; no sentence is quoted from them.
    var headingByteCount: Int { heading.isEmpty ? 0 : heading.utf8.count + 2 }
    /// What the passage is about: the innermost of its headings.
    var topic: String { String(heading.split(separator: ">").last ?? "").trimmingWhitespace() }
}
