import Basics
import Identity
import Korean
import Store
import Web

/// Answers questions in the words of the documents, or says that it does not know.
struct Answerer: Sendable {
    /// Below this confidence the assistant says that it does not know; set from questions of staff.
    static let minimumConfidence = 0.06
    /// Passages that are looked at.
    static let passageCount = 10
    /// A passage up to this length, in characters, is quoted whole.
    static let wholePassageLength = 400
    /// Documents quoted in one answer.
    static let maximumQuotationCount = 2
    /// Sentences quoted in one answer.
    static let sentenceCount = 3
    /// A passage with less of the question's words than this is no answer, however often it has one.
    static let minimumCoverage = 0.25
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
        let query = TextQuery(text, synonyms: knowledge.synonyms)
        let found = hits(query, in: knowledge.readable(by: actor, on: day))
            .filter { coverage(query, of: $0.hit.document) >= Self.minimumCoverage }
        let reading = AnswerReader(index: knowledge.index).answer(
            to: query,
            from: found.map { hit, passage in
                FoundPassage(document: hit.document, text: passage.fullText, score: hit.score)
            },
            count: Self.sentenceCount + 1
        )
        var answer = Answer(kind: .unknown, quotations: [])
        answer.alternatives = query.alternatives.map {
            "\($0.typed) → \($0.searched.joined(separator: ", "))"
        }
        guard !found.isEmpty else { return answer }
        answer.confidence = reading.confidence
        let cited = found.map {
            (hit: $0, passage: $1, document: knowledge.documents[$1.documentID])
        }
        let choices = Ambiguity(
            question: question,
            query: query,
            hits: cited.map { ($0.hit.score, $0.passage, $0.document?.title ?? "") }
        ).choices
        if !choices.isEmpty {
            answer.kind = .unclear
            answer.choices = Array(choices.prefix(Self.maximumChoiceCount))
            return answer
        }
        guard reading.confidence >= Self.minimumConfidence else { return answer }
        answer.kind = .quoted
        for (hit, passage, document) in cited {
            guard let document, answer.quotations.count < Self.maximumQuotationCount else { break }
            let sentences = reading.sentences.filter { sentence in
                sentence.document == hit.document
                    && sentence.utf8Range.lowerBound >= passage.headingByteCount
            }.sorted { $0.utf8Range.lowerBound < $1.utf8Range.lowerBound }
            guard !sentences.isEmpty else { continue }
            let quoted =
                passage.body.count <= Self.wholePassageLength
                ? passage.body.split(whereSeparator: \.isNewline).map(String.init)
                : sentences.map(\.text)
            answer.quotations.append(Self.quotation(quoted, passage, document))
        }
        answer.contact = cited.first?.document?.contact ?? ""
        return answer
    }

    /// The passages that fit a question best, best first.
    func hits(
        _ query: TextQuery,
        in documents: DocumentSet
    ) -> [(hit: SearchHit, passage: KnowledgePassage)] {
        knowledge.index.search(query, options: options(documents))
            .map { ($0, knowledge.passages[Int($0.document)]) }
    }

    private func options(_ documents: DocumentSet) -> SearchOptions {
        SearchOptions(
            limit: Self.passageCount,
            documents: documents,
            preferences: knowledge.preferences,
            correctsWords: true
        )
    }

    /// How much of the question's words a passage has.
    private func coverage(_ query: TextQuery, of document: UInt32) -> Double {
        QuestionCoverage(
            knowledge.index.explanation(of: document, for: query),
            known: Set(query.alternatives.map(\.typed))
        ).share
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

/// How much of a question's words a passage has, each by how rare it is; a word is there too where a
/// synonym of it is.
struct QuestionCoverage: Sendable {
    /// The share, 0 to 1.
    let share: Double

    /// Reads what each term of a query added to a passage's score; a word that has synonyms is known,
    /// so that no correction of it counts.
    init(_ terms: [TermExplanation], known: Set<String>) {
        var weights: [String: Double] = [:]
        var covered: Set<String> = []
        for item in terms where item.term.kind != .bigram {
            let typed: String
            switch item.term.origin {
            case .typed:
                typed = item.term.text
                weights[typed] = item.inverseDocumentFrequency * Double(item.term.weight)
            case .synonym(let word): typed = word
            case .correction(let word):
                if known.contains(word) { continue }
                typed = word
            }
            if item.contribution > 0 { covered.insert(typed) }
        }
        let total = weights.values.reduce(0, +)
        let found = weights.filter { word, _ in
            covered.contains { $0 == word || $0.hasPrefix(word) || word.hasPrefix($0) }
        }.values.reduce(0, +)
        share = total > 0 ? found / total : 0
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
        case ...1: 0.9
        case 2...3: 0.98
        default: nil
        }
    }

    /// What to ask instead; nothing where the question is clear.
    let choices: [String]

    /// Looks at the best passages, each with the title of its document.
    init(
        question: String,
        query: TextQuery,
        hits: [(score: Double, passage: KnowledgePassage, title: String)]
    ) {
        let stems = query.terms.filter { $0.kind != .bigram && $0.origin == .typed }
        guard let closeness = Self.closeness(stemCount: stems.count), let best = hits.first else {
            choices = []
            return
        }
        let close = hits.filter { $0.score >= best.score * closeness && !$0.passage.topic.isEmpty }
        // Whoever asks in the words of a heading has chosen, by a button or alone.
        guard !close.contains(where: { $0.passage.topic == question }) else {
            choices = []
            return
        }
        let topics = Dictionary(grouping: close, by: \.passage.topic)
        var seen: Set<String> = []
        let named = close.map { hit in
            let titles = Set((topics[hit.passage.topic] ?? []).map(\.title))
            return titles.count > 1 ? "\(hit.title): \(hit.passage.topic)" : hit.passage.topic
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
