public import Basics

/// Why a picture, a file of detections or a stream could not be used.
public struct VisionError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// A line of a MOTChallenge file is not one.
        case badLine
        /// A file or a frame has more than the engine takes.
        case tooMany
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String

    static func badLine(_ number: Int, _ reason: Bilingual) -> VisionError {
        VisionError(
            code: .badLine,
            message: Bilingual(
                "\(number)번째 줄을 읽을 수 없습니다: \(reason.korean)",
                "Line \(number) cannot be read: \(reason.english)"
            ),
            context: "line \(number)"
        )
    }

    static func tooMany(_ what: Bilingual, maximum: Int) -> VisionError {
        VisionError(
            code: .tooMany,
            message: Bilingual(
                "\(what.korean) 너무 많습니다(최대 \(maximum)).",
                "There are too many \(what.english) (at most \(maximum))."
            ),
            context: what.english
        )
    }
}
