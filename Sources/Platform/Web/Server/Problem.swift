public import Basics
public import HTTPTypes
import Identity
import Store

/// What went wrong with a request, told to the person (RFC 9457).
///
/// Pages show it as an error page; the API sends it as `application/problem+json`. The context goes
/// to the log and nowhere else.
public struct Problem: ExplainedError, Hashable {
    /// A fault of one named field or parameter.
    public struct Fault: Sendable, Hashable, Codable {
        /// The field or parameter.
        public var field: String
        /// What is wrong with it and what to do.
        public var message: Bilingual

        /// Creates a fault of a field.
        public init(field: String, message: Bilingual) {
            self.field = field
            self.message = message
        }
    }

    /// The HTTP status.
    public var status: HTTPResponse.Status
    /// The stable name of the kind of problem; the last part of its `type` URI.
    public var kind: String
    /// What went wrong, in a few words.
    public var title: Bilingual
    /// What went wrong and what to do.
    public var message: Bilingual
    /// The fields at fault.
    public var faults: [Fault]
    /// What the log needs.
    public var context: String
    /// Seconds after which trying again makes sense (RFC 9110 §10.2.3).
    public var retryAfterSeconds: Int?
    /// The methods the address takes, where the request used another.
    var allowedMethods: [String] = []
    /// What a 401 or 403 asks a program for (RFC 6750 §3).
    var challenge: String?

    /// Creates a problem.
    public init(
        _ status: HTTPResponse.Status,
        kind: String,
        title: Bilingual,
        message: Bilingual,
        faults: [Fault] = [],
        context: String = "",
        retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.kind = kind
        self.title = title
        self.message = message
        self.faults = faults
        self.context = context
        self.retryAfterSeconds = retryAfterSeconds
    }
}

extension Problem {
    /// Nothing stands at this address, or not for this person.
    public static let notFound = Problem(
        .notFound,
        kind: "not-found",
        title: Bilingual("찾을 수 없습니다", "Not found"),
        message: Bilingual(
            "주소가 바뀌었거나 없는 페이지입니다. 주소를 확인하거나 처음 화면에서 찾아 주세요.",
            "The address has changed or never existed. Check it, or start from the front page."
        )
    )

    /// The person has to sign in first.
    public static let needsSignIn = Problem(
        .unauthorized,
        kind: "sign-in-needed",
        title: Bilingual("로그인이 필요합니다", "Sign in first"),
        message: Bilingual(
            "이 화면은 로그인한 뒤에 볼 수 있습니다.",
            "This page is for people who have signed in."
        )
    )

    /// A key is made up, has expired, was revoked, or its account is suspended; which is not told.
    static let wrongKey = {
        var problem = Problem(
            .unauthorized,
            kind: "wrong-key",
            title: Bilingual("열쇠가 맞지 않습니다", "The key does not fit"),
            message: Bilingual(
                "이 접근 열쇠는 쓸 수 없습니다. ‘내 계정’에서 새로 만들어 주세요.",
                "This access key does not work. Make a new one under “My account”."
            )
        )
        problem.challenge = "Bearer error=\"invalid_token\""
        return problem
    }()

    /// A key was made for something else.
    static func keyOfOtherPurpose(_ purpose: KeyPurpose) -> Problem {
        var problem = Problem(
            .forbidden,
            kind: "key-of-other-purpose",
            title: Bilingual("다른 용도의 열쇠입니다", "The key is for something else"),
            message: Bilingual(
                "이 접근 열쇠는 여기에 쓰도록 만들지 않았습니다.",
                "This access key was not made for this."
            )
        )
        problem.challenge =
            "Bearer error=\"insufficient_scope\", scope=\"\(purpose.rawValue)\""
        return problem
    }

    /// The person may not do this.
    public static let refused = Problem(
        .forbidden,
        kind: "refused",
        title: Bilingual("권한이 없습니다", "Not permitted"),
        message: Bilingual(
            "이 일을 할 권한이 없습니다. 필요하면 소속 기관의 관리자에게 요청해 주세요.",
            "You may not do this. Ask the administrator of your organization if you need to."
        )
    )

    /// The account has a password that somebody else gave it.
    static let passwordFirst = Problem(
        .forbidden,
        kind: "password-first",
        title: Bilingual("비밀번호를 먼저 바꿔 주세요", "Change the password first"),
        message: Bilingual(
            "받은 비밀번호로는 아무것도 할 수 없습니다. 로그인하여 새 비밀번호로 바꿔 주세요.",
            "Nothing can be done with a password that was handed to you. Sign in and replace it."
        )
    )

    /// The request came from another site or from an expired form.
    public static let staleForm = Problem(
        .forbidden,
        kind: "stale-form",
        title: Bilingual("양식을 다시 열어 주세요", "Open the form again"),
        message: Bilingual(
            "이 양식은 다른 곳에서 보냈거나 오래되었습니다. 뒤로 가서 새로 고친 뒤 다시 보내 주세요.",
            "This form came from elsewhere or is too old. Go back, reload it and send it again."
        )
    )

    /// More was sent than the route takes.
    public static func tooLarge(maximumByteCount: Int) -> Problem {
        let size = "\((maximumByteCount >> 10).grouped) KiB"
        return Problem(
            .contentTooLarge,
            kind: "too-large",
            title: Bilingual("너무 큽니다", "Too large"),
            message: Bilingual(
                "보낼 수 있는 크기는 \(size)까지입니다. 나누어 보내 주세요.",
                "At most \(size) can be sent. Send it in parts."
            )
        )
    }

    /// Something in the request cannot be read.
    public static func badRequest(_ message: Bilingual, faults: [Fault] = [], context: String = "")
        -> Problem
    {
        Problem(
            .badRequest,
            kind: "bad-request",
            title: Bilingual("요청을 읽을 수 없습니다", "The request cannot be read"),
            message: message,
            faults: faults,
            context: context
        )
    }

    /// Parameters are outside what the endpoint takes.
    public static func invalid(_ faults: [Fault]) -> Problem {
        badRequest(
            Bilingual(
                "아래 항목을 고쳐서 다시 보내 주세요.",
                "Correct the parameters named below."
            ),
            faults: faults
        )
    }

    /// Too many requests from one place.
    public static func tooMany(retryAfterSeconds: Int) -> Problem {
        Problem(
            .tooManyRequests,
            kind: "too-many-requests",
            title: Bilingual("요청이 너무 많습니다", "Too many requests"),
            message: Bilingual(
                "\(retryAfterSeconds)초 뒤에 다시 시도해 주세요.",
                "Try again in \(retryAfterSeconds) seconds."
            ),
            retryAfterSeconds: retryAfterSeconds
        )
    }

    /// Two changes met, and this one lost.
    public static func conflict(_ message: Bilingual, context: String = "") -> Problem {
        Problem(
            .conflict,
            kind: "conflict",
            title: Bilingual("먼저 바뀐 내용이 있습니다", "Conflict"),
            message: message,
            context: context
        )
    }

    /// A fault of ours.
    public static func failure(context: String) -> Problem {
        Problem(
            .internalServerError,
            kind: "failure",
            title: Bilingual("처리하지 못했습니다", "Something failed here"),
            message: Bilingual(
                "저희 쪽 문제로 처리하지 못했습니다. 보내신 내용은 바뀌지 않았습니다. 잠시 뒤 다시 시도해 주세요.",
                "A fault on our side stopped this. Nothing you sent has changed anything. "
                    + "Try again in a moment."
            ),
            context: context
        )
    }

    /// The store cannot take the request now.
    static func unavailable(_ message: Bilingual, context: String) -> Problem {
        Problem(
            .serviceUnavailable,
            kind: "unavailable",
            title: Bilingual("잠시 처리할 수 없습니다", "Unavailable for a moment"),
            message: message,
            context: context,
            retryAfterSeconds: 5
        )
    }

    /// Any error as a problem: the one place where errors meet HTTP.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as AccessError: self = Problem(access: error)
        case let error as StoreError: self = Problem(store: error)
        case let error as any ExplainedError:
            self = .badRequest(error.message, context: error.context)
        default: self = .failure(context: String(reflecting: error))
        }
    }
}
