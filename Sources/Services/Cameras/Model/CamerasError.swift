import Basics

/// Something of the control room that cannot be done.
struct CamerasError: ExplainedError, Hashable {
    /// The kinds of refusal.
    enum Code: String, Sendable, Hashable {
        /// There is no such record.
        case notFound
        /// The state cannot follow.
        case impossibleState
        /// What was sent cannot be used.
        case badInput
        /// Somebody else changed it meanwhile.
        case outdated
    }

    let code: Code
    let message: Bilingual
    let context: String

    init(_ code: Code, _ message: Bilingual, context: String = "") {
        self.code = code
        self.message = message
        self.context = context
    }

    static func notFound(_ context: String) -> CamerasError {
        CamerasError(
            .notFound,
            Bilingual("찾을 수 없습니다.", "It cannot be found."),
            context: context
        )
    }

    static func badInput(_ korean: String, _ english: String) -> CamerasError {
        CamerasError(.badInput, Bilingual(korean, english))
    }
}
