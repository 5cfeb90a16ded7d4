import Basics

/// Finds the texts that answer a question: an inverted index in memory, ranked by BM25.
///
/// The index keeps terms of two streams (`TermStream`), never the texts. It is an immutable value:
/// `appending`, `removing` and `replacing` return a new index that shares what did not change, so
/// that searches may run on one while the next is made; its statistics are at all times those of an
/// index built anew from the remaining documents, and so are its scores. A document's number is the
/// order of insertion and never changes.
///
/// Segments are joined when the last are of like size (P. O'Neil et al., "The log-structured
/// merge-tree", Acta Informatica 33, 1996), so that single additions stay cheap.
public struct TextIndex: Sendable {
    /// The most documents, removed ones included.
    public static let maximumDocumentCount = 1 << 24
    /// The longest text, its fields together, in bytes of UTF-8.
    public static let maximumTextByteCount = 1 << 24

    /// How the index weighs what it finds.
    public let configuration: Configuration
    /// The number that the next document gets; every number is below it.
    public let nextNumber: UInt32
    /// The number of documents.
    public let documentCount: Int

    let segments: [PostingSegment]
    /// The lengths of all documents together, by stream.
    private let stemLength: UInt64
    private let bigramLength: UInt64

    /// Creates an index without documents; a configuration out of its ranges counts as the default.
    public init(configuration: Configuration = Configuration()) {
        self.init(
            configuration.isValid ? configuration : Configuration(),
            segments: [],
            nextNumber: 0
        )
    }

    /// Builds an index of texts; their numbers are their positions.
    public init(
        _ texts: some Sequence<IndexedText>,
        configuration: Configuration = Configuration()
    ) throws(KoreanError) {
        self = try TextIndex(configuration: configuration).appending(texts)
    }

    init(_ configuration: Configuration, segments: [PostingSegment], nextNumber: UInt32) {
        self.configuration = configuration
        self.segments = segments
        self.nextNumber = nextNumber
        documentCount = segments.reduce(0) { $0 + $1.documentCount }
        stemLength = segments.reduce(0) { $1.stemLengths.reduce($0) { $0 + UInt64($1) } }
        bigramLength = segments.reduce(0) { $1.bigramLengths.reduce($0) { $0 + UInt64($1) } }
    }

    /// The memory that the index keeps, in bytes.
    public var byteCount: Int { segments.reduce(0) { $0 + $1.storage.bytes.count } }

    /// Whether the index has a document.
    public func contains(_ number: UInt32) -> Bool {
        segments.contains { $0.position(ofNumber: number) != nil }
    }

    /// The average length of a document in a stream, fields counted by their weights.
    func averageLength(_ stream: TermStream) -> Double {
        guard documentCount > 0 else { return 0 }
        return Double(stream == .stem ? stemLength : bigramLength) / Double(documentCount)
    }

    /// An index with more texts; their numbers begin at `nextNumber`.
    public func appending(_ texts: some Sequence<IndexedText>) throws(KoreanError) -> TextIndex {
        try replacing(removed: [], added: texts)
    }

    /// An index without some documents; to remove a document twice changes nothing.
    public func removing(_ numbers: some Sequence<UInt32>) throws(KoreanError) -> TextIndex {
        try replacing(removed: numbers, added: EmptyCollection())
    }

    /// An index without some documents and with more texts: what a new edition of a law needs.
    public func replacing(
        removed: some Sequence<UInt32>,
        added: some Sequence<IndexedText>
    ) throws(KoreanError) -> TextIndex {
        let removed = Set(removed)
        if let unknown = removed.first(where: { $0 >= nextNumber }) {
            throw KoreanError(
                .unknownRow,
                Bilingual("검색 색인에 없는 문서입니다.", "The search index has no such document."),
                context: "document \(unknown) of \(nextNumber)"
            )
        }
        var next = nextNumber
        var segments = removed.isEmpty ? segments : removing(removed)
        var builder = SegmentBuilder(configuration)
        for text in added {
            try Self.check(text, number: next)
            builder.append(text, number: next)
            next += 1
            if builder.isFull {
                if let segment = builder.finish() { segments.append(segment) }
                builder = SegmentBuilder(configuration)
            }
        }
        if let segment = builder.finish() { segments.append(segment) }
        return TextIndex(configuration, segments: Self.joined(segments), nextNumber: next)
    }

    private func removing(_ removed: Set<UInt32>) -> [PostingSegment] {
        segments.compactMap { segment in
            let isTouched = removed.contains { segment.position(ofNumber: $0) != nil }
            guard isTouched else { return segment }
            return PostingSegment.merge([segment], keeping: { !removed.contains($0) })
        }
    }

    /// Joins the last segments while they are of like size and fit one.
    private static func joined(_ segments: [PostingSegment]) -> [PostingSegment] {
        var segments = segments
        while segments.count > 1 {
            let last = segments[segments.count - 1]
            let previous = segments[segments.count - 2]
            let count = last.documentCount + previous.documentCount
            guard count <= PostingSegment.maximumDocumentCount,
                previous.documentCount < last.documentCount * 2,
                let merged = PostingSegment.merge([previous, last], keeping: { _ in true })
            else { break }
            segments.replaceSubrange((segments.count - 2)..., with: [merged])
        }
        return segments
    }

    private static func check(_ text: IndexedText, number: UInt32) throws(KoreanError) {
        guard text.byteCount <= maximumTextByteCount else {
            throw KoreanError(
                .textTooLong,
                Bilingual(
                    "글이 너무 깁니다. \(maximumTextByteCount.grouped)바이트 이하로 나누어 주세요.",
                    "The text is too long: please divide it into parts of \(maximumTextByteCount.grouped) bytes."
                ),
                context: "\(text.byteCount) bytes in document \(number)"
            )
        }
        guard number < UInt32(maximumDocumentCount) else {
            throw KoreanError(
                .tooManyRows,
                Bilingual(
                    "검색 색인에는 문서를 \(maximumDocumentCount.grouped)건까지 담을 수 있습니다.",
                    "A search index holds at most \(maximumDocumentCount.grouped) documents."
                ),
                context: "document \(number)"
            )
        }
    }
}
