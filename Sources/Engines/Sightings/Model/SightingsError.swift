public import Basics

/// Why sightings could not be kept or searched.
public struct SightingsError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// A file of the store is damaged.
        case damaged
        /// A file cannot be read.
        case unreadable
        /// A file cannot be written: the disk is full, or the folder is not ours.
        case unwritable
        /// Another process has the store open.
        case inUse
        /// A vector has a wrong length, no direction, or a value that is not a number.
        case badVector
        /// A sighting or a query has a value out of range.
        case badValue
        /// More was asked for than the limit.
        case tooMany
        /// The key of the day is gone or does not fit: what it locked cannot be read any more.
        case noKey
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String

    init(_ code: Code, _ message: Bilingual, context: String = "") {
        self.code = code
        self.message = message
        self.context = context
    }

    static func badVector(_ korean: String, _ english: String) -> SightingsError {
        SightingsError(.badVector, Bilingual(korean, english))
    }

    /// What is wrong with a vector that cannot be stored or searched for.
    static func badVector(_ vector: [Float], dimension: Int) -> SightingsError {
        if vector.count != dimension {
            return badVector(
                "외형 벡터의 길이가 \(dimension)이 아니라 \(vector.count)입니다.",
                "The appearance vector has \(vector.count) values instead of \(dimension)."
            )
        }
        if vector.contains(where: { !$0.isFinite }) {
            return badVector(
                "외형 벡터에 숫자가 아닌 값이 있습니다.",
                "The appearance vector has a value that is not a number."
            )
        }
        return badVector(
            "외형 벡터가 0이거나 너무 커서 방향이 없습니다.",
            "The appearance vector is zero, or too large: it has no direction."
        )
    }
}
