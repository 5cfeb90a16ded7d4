public import Basics

/// What the Korean engine refuses, and why.
public struct KoreanError: ExplainedError, Hashable {
    /// The kind of refusal.
    public enum Code: String, Sendable, Hashable {
        /// A query is longer than `SubstringQuery.maximumByteCount`.
        case queryTooLong
        /// A query has more words than `SubstringQuery.maximumTermCount`.
        case tooManyTerms
        /// A text is longer than its index takes.
        case textTooLong
        /// An index would hold more rows or documents than its limit.
        case tooManyRows
        /// A row or document number does not belong to the index.
        case unknownRow
        /// The bytes of a snapshot are of another kind or version, or damaged.
        case unreadableSnapshot
        /// A snapshot could not be written to its file.
        case unwritableSnapshot
        /// A line of a table of synonyms is wrong.
        case invalidSynonyms
    }

    /// The kind of refusal.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// What the log needs.
    public let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }

    static func unreadableSnapshot(_ context: String) -> KoreanError {
        KoreanError(
            .unreadableSnapshot,
            Bilingual(
                "저장된 검색 색인을 읽을 수 없습니다. 색인을 다시 만들어 주세요.",
                "The stored search index cannot be read. Please build it again."
            ),
            context: context
        )
    }
}
