public import Basics

/// Why identity could not do what was asked.
public struct IdentityError: ExplainedError, Hashable {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// Login name, password or code do not fit; which of them is never told.
        case wrongCredentials
        /// Too many attempts; `retryAfterSeconds` says when the next one is heard.
        case tooManyAttempts
        /// More work is waiting than the house accepts.
        case busy
        /// The password breaks a rule of the policy.
        case unacceptablePassword
        /// The login name is not one, or taken.
        case unacceptableLoginName
        /// Another field is empty, too long, or holds what it must not.
        case unacceptableField
        /// A one-time code, set-up or challenge has run out or was used.
        case expired
        /// The account is suspended.
        case suspended
        /// A sealed value cannot be opened: another key, another place, or tampering.
        case sealBroken
        /// The secret key is missing, malformed, or readable by others.
        case secretKey
        /// The OpenID Connect provider's answer breaks a rule of the protocol.
        case providerRefused
        /// The provider knows the person, and the city's settings do not let them in.
        case notInvited
        /// The account has as many access keys as it may have.
        case tooManyKeys
        /// The request would leave the city without anybody to administrate it.
        case lastAdministrator
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// What the log needs; never a password, a code or a token.
    public let context: String
    /// For `tooManyAttempts` and `busy`: the seconds after which to try again.
    public let retryAfterSeconds: Int?

    /// Creates an error.
    public init(
        _ code: Code,
        _ message: Bilingual,
        context: String = "",
        retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.context = context
        self.retryAfterSeconds = retryAfterSeconds
    }
}

extension IdentityError {
    static func wrongCredentials(_ context: String) -> IdentityError {
        IdentityError(
            .wrongCredentials,
            Bilingual(
                "로그인 정보가 맞지 않습니다. 다시 확인해 주세요.",
                "The sign-in details do not match. Please check them."
            ),
            context: context
        )
    }

    static func expired(_ context: String) -> IdentityError {
        IdentityError(
            .expired,
            Bilingual(
                "시간이 지났거나 이미 사용된 요청입니다. 처음부터 다시 시도해 주세요.",
                "This has expired or was already used. Please start again."
            ),
            context: context
        )
    }

    static func providerRefused(_ context: String) -> IdentityError {
        IdentityError(
            .providerRefused,
            Bilingual(
                "외부 로그인을 확인하지 못했습니다. 다시 시도해 주세요.",
                "The external sign-in could not be verified. Please try again."
            ),
            context: context
        )
    }
}
