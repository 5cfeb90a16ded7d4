public import Basics

/// What the facet engine refuses, and why.
public struct FacetsError: ExplainedError, Hashable {
    /// The kind of refusal.
    public enum Code: String, Sendable, Hashable {
        /// A schema names a dimension or a number twice, or a band without its number.
        case invalidSchema
        /// A query names a dimension or a number that the schema does not have.
        case unknownName
        /// A row does not have the schema's shape.
        case invalidRow
        /// A dimension would have more values than `FacetIndex` can count.
        case tooManyValues
        /// An index would hold more rows than `FacetIndex.maximumRowCount`.
        case tooManyRows
        /// The sum of a number over all rows would not fit 64 bits.
        case sumTooLarge
        /// A row number does not belong to the index.
        case unknownRow
        /// A page begins before the first row or is longer than `FacetIndex.maximumPageRowCount`.
        case invalidPage
        /// The bytes of a snapshot are of another kind or version, or damaged.
        case unreadableSnapshot
    }

    /// The kind of refusal.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// What the log needs.
    public let context: String

    init(_ code: Code, _ korean: String, _ english: String, context: String) {
        self.code = code
        message = Bilingual(korean, english)
        self.context = context
    }

    static func unknownName(_ name: String) -> FacetsError {
        FacetsError(
            .unknownName,
            "없는 검색 조건입니다: \(name)",
            "There is no such search condition: \(name)",
            context: name
        )
    }

    static func unreadableSnapshot(_ context: String) -> FacetsError {
        FacetsError(
            .unreadableSnapshot,
            "저장된 집계 색인을 읽을 수 없습니다. 색인을 다시 만들어 주세요.",
            "The stored facet index cannot be read. Please build it again.",
            context: context
        )
    }
}
