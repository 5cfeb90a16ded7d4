import Basics

/// Why no draft came.
struct DraftingError: ExplainedError, Hashable {
    /// The kinds of failure.
    enum Code: String, Sendable, Hashable {
        /// The settings name an address and no model, or an address that is none.
        case misconfigured
        /// The endpoint answered with another status than 200.
        case refused
        /// The answer is no stream of chat completion chunks.
        case unreadable
        /// The stream ended before the draft did.
        case cutShort
        /// The draft is longer than an answer may be.
        case tooLong
    }

    let code: Code
    let message: Bilingual
    let context: String
    /// When the endpoint wants to be asked again.
    let retryAfterSeconds: Int?

    init(_ code: Code, context: String, retryAfterSeconds: Int? = nil) {
        self.code = code
        self.context = context
        self.retryAfterSeconds = retryAfterSeconds
        message =
            switch code {
            case .misconfigured:
                Bilingual(
                    "draftingURL에는 http(s) 주소를, draftingModel에는 모델 이름을 적어 주세요.",
                    "Set draftingURL to an http(s) address and draftingModel to a model's name."
                )
            case .refused, .unreadable, .cutShort, .tooLong:
                Bilingual(
                    "초안 작성 서비스에 연결하지 못했습니다.",
                    "The drafting service could not be reached."
                )
            }
    }
}
