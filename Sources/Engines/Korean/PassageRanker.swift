/// A passage that a search found, in its fields, to be ranked anew.
public struct RankedPassage: Sendable, Hashable {
    /// What the search found.
    public var hit: SearchHit
    /// What its document is called.
    public var title: String
    /// The heading right above it: the caption of an article, the question of a pair.
    public var caption: String
    /// The passage.
    public var body: String

    /// Creates a passage.
    public init(hit: SearchHit, title: String, caption: String, body: String) {
        self.hit = hit
        self.title = title
        self.caption = caption
        self.body = body
    }
}

/// How a passage fits a question: what a search over single terms does not see.
public struct PassageFeatures: Sendable, Hashable {
    /// The score of the search, as a share of the best.
    public var searchScore = 0.0
    /// The share of the question's words that one place of the passage has, the title and the caption
    /// counted with every place.
    public var proximity = 0.0
    /// The share of the question's pairs of syllables in the caption.
    public var captionPairs = 0.0
    /// The share of the question's words in the passage, its title and caption included.
    public var coverage = 0.0
    /// The share of the question's words that none of the passages has, nor anything that stands for
    /// them.
    public var unknownShare = 0.0

    /// Creates the features of a passage that has nothing of the question.
    public init() {}
}

/// Ranks the passages that a search found anew, by how they have the question's words: together or
/// scattered, in the heading or below.
///
/// A search adds up terms; that several stand in one sentence, or make up the caption of an article, is
/// read from the texts of the best few.
public struct PassageRanker: Sendable {
    /// The passages that are read.
    public static let maximumPassageCount = 100
    /// How far apart words stand together, in letters without spaces: about a clause.
    static let windowLength = 30

    private let index: TextIndex

    /// Creates a ranker over the statistics of an index.
    public init(index: TextIndex) {
        self.index = index
    }

    /// The features of the first `maximumPassageCount` passages, in their order.
    public func features(
        of passages: [RankedPassage],
        for query: TextQuery
    ) -> [PassageFeatures] {
        let question = QuestionConcepts(index.corrected(query), index)
        let best = passages.reduce(0) { max($0, $1.hit.score) }
        var reader = FieldReader(question)
        var found = passages.prefix(Self.maximumPassageCount).map { passage in
            var features = reader.features(of: passage)
            features.searchScore = best > 0 ? passage.hit.score / best : 0
            return features
        }
        // What only others may read is as unknown as what nobody wrote: only the passages count.
        let unknownShare = reader.unknownShare
        for place in found.indices { found[place].unknownShare = unknownShare }
        return found
    }
}

/// Finds the question's terms in the fields of passages, one after the other.
private struct FieldReader: TermSink {
    private static let title: UInt8 = 1
    private static let caption: UInt8 = 2
    private static let body: UInt8 = 4

    private let question: QuestionConcepts
    private var scanned = ScannedUnits()
    private var field: UInt8 = 0
    /// By the term: the fields that have it.
    private var fields: [UInt8]
    /// By the term: whether a passage had it.
    private var isKnown: [Bool]
    /// The terms of the body and where they stand.
    private var finds: [(term: Int, position: Int)] = []

    init(_ question: QuestionConcepts) {
        self.question = question
        fields = [UInt8](repeating: 0, count: question.termCount)
        isKnown = [Bool](repeating: false, count: question.termCount)
    }

    mutating func take(_ kind: Token.Kind, _ key: TermKey, _ units: Range<Int>) {
        guard let term = question.place(of: key) else { return }
        fields[term] |= field
        if field == Self.body { finds.append((term, units.lowerBound)) }
    }

    mutating func features(of passage: RankedPassage) -> PassageFeatures {
        for term in fields.indices { fields[term] = 0 }
        finds.removeAll(keepingCapacity: true)
        read(passage.title, Self.title)
        read(passage.caption, Self.caption)
        read(passage.body, Self.body)
        let fields = fields
        var features = PassageFeatures()
        features.proximity = proximity
        features.captionPairs = question.pairCoverage { fields[$0] & Self.caption != 0 }
        features.coverage = question.coverage { fields[$0] != 0 }
        for term in fields.indices where fields[term] != 0 { isKnown[term] = true }
        return features
    }

    /// The share of the question's words that none of the passages read so far has.
    var unknownShare: Double {
        question.unknownWeight { isKnown[$0] } / question.totalWeight
    }

    private mutating func read(_ text: String, _ field: UInt8) {
        self.field = field
        var text = text
        // Moved out while it is read: the sink is this reader.
        var scanned = ScannedUnits()
        swap(&scanned, &self.scanned)
        scanned.removeAll()
        text.withUTF8 { Folding.fold($0, into: &scanned) }
        TermScanner.scan(scanned, into: &self)
        swap(&scanned, &self.scanned)
    }

    /// The greatest coverage of any window of the body.
    private var proximity: Double {
        var counts = fields.map { $0 & (Self.title | Self.caption) != 0 ? 1 : 0 }
        var best = question.coverage { counts[$0] > 0 }
        var first = 0
        for find in finds {
            while find.position - finds[first].position > PassageRanker.windowLength {
                counts[finds[first].term] -= 1
                first += 1
            }
            counts[find.term] += 1
            // Only a term that was not there raises the coverage.
            if counts[find.term] == 1 { best = max(best, question.coverage { counts[$0] > 0 }) }
        }
        return best
    }
}
