public import Basics

/// A header field; names compare without regard to case (RFC 9110 §5.1).
public struct HeaderField: Sendable, Hashable {
    /// The field's name.
    public var name: String
    /// The field's value.
    public var value: String

    /// Creates a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A request that leaves the house.
public struct OutboundRequest: Sendable, Hashable {
    /// The method of RFC 9110.
    public var method: String
    /// The absolute address, `http` or `https`.
    public var url: String
    /// The header fields.
    public var fields: [HeaderField]
    /// The content; nothing sends none.
    public var body: [UInt8]?
    /// The redirects that are followed, each guarded like the first address; 0 hands a redirect back.
    public var maximumRedirectCount: Int

    /// Creates a request.
    public init(
        _ method: String = "GET",
        _ url: String,
        fields: [HeaderField] = [],
        body: [UInt8]? = nil,
        maximumRedirectCount: Int = 0
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.maximumRedirectCount = maximumRedirectCount
    }
}

/// What came back.
public struct OutboundResponse: Sendable, Hashable {
    /// The status of RFC 9110.
    public var status: Int
    /// The header fields, in their order.
    public var fields: [HeaderField]
    /// The content.
    public var body: [UInt8]

    /// Creates a response.
    public init(status: Int, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The first value of a header field.
    public subscript(field: String) -> String? {
        let wanted = field.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Whatever can make an HTTP request: the `Courier`, or a test's own provider.
public protocol HTTPFetcher: Sendable {
    /// Makes the request; an answer of any status is an answer, not an error.
    func fetch(_ request: OutboundRequest) async throws -> OutboundResponse
}

/// Why the courier came back without having delivered.
public struct CourierError: ExplainedError, Hashable {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// The address is not an `http` or `https` address, or carries a name and password.
        case badAddress
        /// The address leads into the house or the site, and the settings do not allow it.
        case addressRefused
        /// The name has no address.
        case unresolvable
        /// The time ran out.
        case timedOut
        /// The answer is larger than the limit.
        case tooLarge
        /// Whoever asked no longer listens.
        case cancelled
        /// More redirects than the request allows, or one to a less safe place.
        case redirectRefused
        /// A field or a message holds what it must not (a line break in a subject).
        case malformed
        /// No mail relay is set.
        case noMailRelay
        /// The relay will not take the message, now or later (5yz, RFC 5321 §4.2.1).
        case refusedByRelay
        /// The transfer failed: no connection, a certificate that does not fit, a relay that is busy.
        case transferFailed
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong, for the person.
    public let message: Bilingual
    /// Where and why, for the log.
    public let context: String

    /// Whether the same again can only fail again.
    public var isFinal: Bool {
        switch code {
        case .badAddress, .malformed, .refusedByRelay: true
        default: false
        }
    }

    /// Creates an error in the kind's words.
    public init(_ code: Code, context: String) {
        self.code = code
        self.context = context
        message =
            switch code {
            case .badAddress:
                Bilingual("주소가 올바르지 않습니다.", "The address is not valid.")
            case .addressRefused:
                Bilingual(
                    "내부망 주소로는 연결하지 않습니다.",
                    "Addresses of internal networks are not contacted."
                )
            case .unresolvable:
                Bilingual("서버를 찾을 수 없습니다.", "The server could not be found.")
            case .timedOut:
                Bilingual("상대 서버가 제때 응답하지 않았습니다.", "The server did not answer in time.")
            case .tooLarge:
                Bilingual("받은 내용이 너무 큽니다.", "The answer is too large.")
            case .cancelled:
                Bilingual("요청을 그만두었습니다.", "The request was given up.")
            case .redirectRefused:
                Bilingual(
                    "다른 주소로 옮겨 가는 응답을 받아들이지 않았습니다.",
                    "A redirect was not followed."
                )
            case .malformed:
                Bilingual(
                    "보낼 내용에 쓸 수 없는 글자가 있습니다.",
                    "The message contains characters that cannot be sent."
                )
            case .noMailRelay:
                Bilingual("메일 서버가 설정되지 않았습니다.", "No mail relay is configured.")
            case .refusedByRelay:
                Bilingual("메일 서버가 받지 않았습니다.", "The mail relay refused the message.")
            case .transferFailed:
                Bilingual("상대 서버와 통신하지 못했습니다.", "The server could not be reached.")
            }
    }
}
