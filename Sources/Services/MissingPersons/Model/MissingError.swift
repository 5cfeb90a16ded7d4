import Basics

/// Something of a search that cannot be done.
struct MissingError: ExplainedError, Hashable {
    /// The kinds of refusal.
    enum Code: String, Sendable, Hashable {
        case badInput
        case impossibleState
        case ownApproval
        case badPhoto
        case tooMany
        case badPacket
    }

    let code: Code
    let message: Bilingual
    let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }

    static func badInput(_ korean: String, _ english: String) -> MissingError {
        MissingError(.badInput, Bilingual(korean, english), context: english)
    }
}
