import Basics
import CSodium

/// The cost of one password hash: Argon2id with one lane (RFC 9106; libsodium fixes p = 1).
public struct PasswordHashCost: Sendable, Hashable {
    /// The memory, in bytes.
    public var memoryByteCount: Int
    /// The passes over the memory.
    public var passCount: Int

    /// Creates a cost.
    public init(memoryByteCount: Int, passCount: Int) {
        self.memoryByteCount = memoryByteCount
        self.passCount = passCount
    }

    /// 19 MiB and two passes, the cost OWASP's password storage guide recommends.
    public static let recommended = PasswordHashCost(
        memoryByteCount: 19 * 1024 * 1024,
        passCount: 2
    )
    /// As little as libsodium accepts: for tests, never for people.
    public static let minimal = PasswordHashCost(memoryByteCount: 8192, passCount: 1)
}

/// Hashes passwords with Argon2id on threads of its own, two at a time.
///
/// A hash holds 19 MiB and a core for some 30 ms: without a limit a flood of sign-ins would take the
/// memory and the processor of the whole city. Past `maximumWaitingCount` it throws `busy`.
public final class PasswordHasher: Sendable {
    /// The hashes that run at once.
    public static let maximumRunningCount = 2
    /// The hashes that wait for their turn.
    public static let maximumWaitingCount = 64

    /// The outcome of checking a password.
    public enum Verdict: Sendable, Hashable {
        /// The password is another one.
        case wrong
        /// The password is right.
        case right
        /// The password is right and its hash has an old cost: keep the fresh one instead.
        case rightAndRehashed(String)
    }

    private let cost: PasswordHashCost
    private let workers: BoundedWorkers
    private let hashOfNobody: String

    /// Creates a hasher; throws where the cost is outside libsodium's limits.
    public init(cost: PasswordHashCost = .recommended) throws(IdentityError) {
        // Safe to call again and from any thread; below 0 the library cannot be used at all.
        guard sodium_init() >= 0 else { throw PasswordHasher.failure("sodium_init") }
        self.cost = cost
        workers = BoundedWorkers(
            label: "haechi.passwords",
            maximumRunningCount: PasswordHasher.maximumRunningCount,
            maximumWaitingCount: PasswordHasher.maximumWaitingCount
        )
        hashOfNobody = try PasswordHasher.hash(
            Encodings.base64URL(Secrets.random(byteCount: 24)),
            cost: cost
        )
    }

    /// The PHC string (`$argon2id$v=19$m=…`) of a password, with a salt of its own.
    public func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await workers.run { try PasswordHasher.hash(password, cost: cost) }
    }

    /// Checks a password against a kept hash.
    ///
    /// Without a hash (there is no such account) the same work is done against a hash nobody knows the
    /// password of, so that the time taken does not tell which accounts exist.
    public func verify(_ password: String, against hash: String?) async throws -> Verdict {
        let cost = cost
        let kept = hash ?? hashOfNobody
        return try await workers.run {
            let isRight =
                password.utf8.count <= PasswordPolicy.maximumCharacterCount * 4
                && crypto_pwhash_str_verify(kept, password, UInt64(password.utf8.count)) == 0
            guard isRight, hash != nil else { return .wrong }
            let isOld = crypto_pwhash_str_needs_rehash(
                kept,
                UInt64(cost.passCount),
                cost.memoryByteCount
            )
            return isOld == 0
                ? .right : .rightAndRehashed(try PasswordHasher.hash(password, cost: cost))
        }
    }

    private static func hash(
        _ password: String,
        cost: PasswordHashCost
    ) throws(IdentityError) -> String {
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let status = crypto_pwhash_str_alg(
            &text,
            password,
            UInt64(password.utf8.count),
            UInt64(cost.passCount),
            cost.memoryByteCount,
            crypto_pwhash_ALG_ARGON2ID13
        )
        guard status == 0 else { throw failure("crypto_pwhash_str_alg, \(cost)") }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }

    private static func failure(_ call: String) -> IdentityError {
        IdentityError(
            .busy,
            Bilingual(
                "비밀번호를 처리할 수 없습니다. 잠시 뒤에 다시 시도해 주세요.",
                "The password could not be processed. Please try again in a moment."
            ),
            context: "\(call) failed",
            retryAfterSeconds: 1
        )
    }
}
