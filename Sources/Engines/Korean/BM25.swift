/// The parameters of the ranking function BM25 for one stream of terms.
///
/// A term adds idf · tf / (tf + k1 · (1 − b + b · length / average length)) to a document's score, with
/// idf = ln(1 + (N − df + 0.5) / (df + 0.5)): S. Robertson, H. Zaragoza, "The Probabilistic Relevance
/// Framework: BM25 and Beyond" (Foundations and Trends in Information Retrieval 3, 2009), without the
/// factor k1 + 1, which changes no rank.
public struct BM25: Sendable, Hashable {
    /// How fast repeated occurrences stop counting; 0 counts only whether a term occurs.
    public var k1: Float
    /// How much longer documents count less, 0 (not at all) to 1.
    public var b: Float

    /// Creates parameters.
    public init(k1: Float, b: Float) {
        self.k1 = k1
        self.b = b
    }

    /// Whether both parameters are in their ranges.
    var isValid: Bool { k1.isFinite && (0...100).contains(k1) && (0...1).contains(b) }

    /// The inverse document frequency of a term, in nats.
    static func inverseDocumentFrequency(_ frequency: Int, of documentCount: Int) -> Float {
        let frequency = Double(frequency) + 0.5
        return Float(naturalLogarithm(1 + (Double(documentCount) + 1 - frequency) / frequency))
    }
}

/// BM25 for one term and one collection, in whole numbers of 1/65,536.
///
/// Whole numbers add up to the same sum in any order, so that skipping, merging and rebuilding never
/// change a score or a tie.
struct TermScorer: Sendable {
    static let scale: Float = 65_536
    private static let rounding: Float = 8_388_608
    private static let roundingBits: Int32 = 0x4B00_0000

    let weight: Float
    private let base: Float
    private let perLength: Float

    init(weight: Float, parameters: BM25, averageLength: Double) {
        self.weight = weight * Self.scale
        base = parameters.k1 * (1 - parameters.b)
        perLength = averageLength > 0 ? parameters.k1 * parameters.b / Float(averageLength) : 0
    }

    /// What a term adds: grows with its frequency, falls with the document's length.
    @inline(__always)
    func contribution(frequency: UInt8, length: UInt32) -> Int32 {
        let frequency = Float(frequency)
        let added = weight * (frequency / (frequency + base + perLength * Float(length)))
        // Adding 2^23 leaves the whole number in the lowest bits: a conversion without a check.
        return Int32(truncatingIfNeeded: (added + Self.rounding).bitPattern) &- Self.roundingBits
    }
}

/// A text to be found, in fields of different weight, a document of a `TextIndex`.
public struct IndexedText: Sendable, Hashable {
    /// What the text is called: the name of a law, the question of a pair.
    public var title: String
    /// Where in the whole it stands: the heading of a section or an article.
    public var heading: String
    /// The text itself.
    public var body: String

    /// Creates a text from its fields.
    public init(title: String = "", heading: String = "", body: String) {
        self.title = title
        self.heading = heading
        self.body = body
    }

    var byteCount: Int { title.utf8.count + heading.utf8.count + body.utf8.count }
}

extension TextIndex {
    /// How an index weighs what it finds; fixed when the index is made, kept in its snapshot.
    ///
    /// An occurrence in a field counts as often as the field's weight says, in frequencies and in
    /// lengths: S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 extension to multiple weighted
    /// fields" (CIKM 2004).
    public struct Configuration: Sendable, Hashable {
        /// The parameters for stems.
        public var stems = BM25(k1: 0.9, b: 0.75)
        /// The parameters for bigrams.
        public var bigrams = BM25(k1: 0.6, b: 0.8)
        /// What a bigram counts beside a stem, 0 to 2.
        public var bigramWeight: Float = 0.7
        /// How often an occurrence in the title counts, 0 to 16.
        public var titleWeight: UInt8 = 3
        /// How often an occurrence in the heading counts, 0 to 16.
        public var headingWeight: UInt8 = 2
        /// How often an occurrence in the body counts, 0 to 16.
        public var bodyWeight: UInt8 = 1

        /// Creates the measured configuration.
        public init() {}

        var isValid: Bool {
            stems.isValid && bigrams.isValid && (0...2).contains(bigramWeight)
                && max(titleWeight, headingWeight, bodyWeight) <= 16
        }

        func parameters(_ stream: TermStream) -> BM25 { stream == .stem ? stems : bigrams }

        func weight(_ stream: TermStream) -> Float { stream == .stem ? 1 : bigramWeight }
    }
}
