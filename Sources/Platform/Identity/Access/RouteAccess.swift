public import Basics

/// Who may enter a route, decided before any record is read.
public enum RouteAccess: Sendable, Hashable {
    /// Everyone, signed in or not.
    case everyone
    /// Every account.
    case signedIn
    /// Accounts of these kinds.
    case kind(Set<AccountKind>)
    /// Accounts that hold the role anywhere; the record behind the route asks again for its own place.
    case role(Role)
    /// Accounts that hold one of the roles anywhere.
    case anyRole(Set<Role>)
    /// The inner rule, for a session at least this sure.
    indirect case assured(Assurance, RouteAccess)

    /// Decides for one actor.
    public func allows(_ actor: Actor) -> AccessDecision {
        if self == .everyone { return .allowed }
        guard let account = actor.account else { return .needsSignIn }
        switch self {
        case .everyone, .signedIn: return .allowed
        case .kind(let kinds): return kinds.contains(account.kind) ? .allowed : .refused
        case .role(let role): return actor.holds(role) ? .allowed : .refused
        case .anyRole(let roles): return roles.contains(where: actor.holds) ? .allowed : .refused
        case .assured(let least, let inner):
            let decision = inner.allows(actor)
            guard decision == .allowed, account.assurance < least else { return decision }
            return .needsStrongerSignIn
        }
    }
}

/// The answer of an access rule.
public enum AccessDecision: Sendable, Hashable {
    /// The actor may enter.
    case allowed
    /// Nobody is signed in: answer 401, or lead to the sign-in page.
    case needsSignIn
    /// The session is not sure enough: answer 401 and ask for the second factor (RFC 9470).
    case needsStrongerSignIn
    /// The actor is known and may not: answer 403.
    case refused
}

/// An access rule refused the actor.
///
/// One policy for the whole house (RFC 9110 §15.5):
/// - 401: nobody is signed in, or the session is not sure enough; signing in may help.
/// - 403: the actor is known, knows that the thing is there, and may not do this to it.
/// - 404: the thing is not there, or the actor may not know that it is. Both answers are the same to
///   the byte, so that nobody can count records by asking for them.
public struct AccessError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// Nobody is signed in.
        case signInRequired
        /// The session is not sure enough.
        case strongerSignInRequired
        /// The actor may not do this.
        case refused
        /// There is no such thing for this actor.
        case notFound

        /// The status of RFC 9110 that the policy gives it.
        public var httpStatus: Int {
            switch self {
            case .signInRequired, .strongerSignInRequired: 401
            case .refused: 403
            case .notFound: 404
            }
        }
    }

    /// The kind of refusal.
    public let code: Code
    /// What to do, for the person.
    public let message: Bilingual
    /// Who asked for what, for the log.
    public let context: String

    /// Creates a refusal in the policy's words.
    public init(_ code: Code, context: String) {
        self.code = code
        self.context = context
        message =
            switch code {
            case .signInRequired:
                Bilingual("로그인이 필요합니다.", "Please sign in.")
            case .strongerSignInRequired:
                Bilingual(
                    "일회용 비밀번호(OTP)로 한 번 더 확인해야 합니다.",
                    "Please confirm with your one-time code."
                )
            case .refused:
                Bilingual("이 작업을 할 권한이 없습니다.", "You are not allowed to do this.")
            case .notFound:
                Bilingual("찾으시는 내용이 없습니다.", "There is nothing here.")
            }
    }
}

extension Actor {
    /// Passes a route's rule or throws the refusal it stands for.
    public func require(_ access: RouteAccess) throws(AccessError) {
        switch access.allows(self) {
        case .allowed: return
        case .needsSignIn: throw AccessError(.signInRequired, context: "\(access)")
        case .needsStrongerSignIn:
            throw AccessError(.strongerSignInRequired, context: "\(auditName): \(access)")
        case .refused: throw AccessError(.refused, context: "\(auditName): \(access)")
        }
    }

    /// Passes where the actor holds the role for this organization and service, or throws 401 or 403.
    public func require(
        _ role: Role,
        in organization: String,
        service: String? = nil
    ) throws(AccessError) {
        guard account != nil else {
            throw AccessError(.signInRequired, context: "\(role.rawValue) of \(organization)")
        }
        guard may(role, in: organization, service: service) else {
            throw AccessError(
                .refused,
                context: "\(auditName): \(role.rawValue) of \(organization), \(service ?? "any")"
            )
        }
    }
}
