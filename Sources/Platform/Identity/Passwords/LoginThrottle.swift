public import Basics
import Synchronization

/// A rate: one attempt every so often, with some to spend at once.
public struct RateLimit: Sendable, Hashable {
    /// Milliseconds until one more attempt is earned.
    public var intervalMilliseconds: Int64
    /// The attempts that may come at once.
    public var burstCount: Int

    /// Creates a rate.
    public init(intervalMilliseconds: Int64, burstCount: Int) {
        precondition(intervalMilliseconds > 0 && burstCount > 0)
        self.intervalMilliseconds = intervalMilliseconds
        self.burstCount = burstCount
    }

    /// Ten attempts at once for one account, then one every thirty seconds.
    public static let signInPerAccount = RateLimit(intervalMilliseconds: 30_000, burstCount: 10)
    /// Sixty attempts at once from one address (an office shares one), then one every three seconds.
    public static let signInPerAddress = RateLimit(intervalMilliseconds: 3_000, burstCount: 60)
}

/// Admits events by key at a limited rate, in a table of limited size.
///
/// The generic cell rate algorithm (ITU-T I.371, virtual scheduling): one number a key, the time at
/// which the key's allowance would be whole again. A pure value: the time is handed in.
public struct RateLimiter: Sendable {
    /// The answer to an attempt.
    public enum Admission: Sendable, Hashable {
        /// The attempt counts.
        case admitted
        /// The attempt comes too early; after this many milliseconds the next is admitted.
        case refused(retryAfterMilliseconds: Int64)
    }

    /// The rate.
    public let limit: RateLimit
    /// The most keys that are remembered.
    public let maximumKeyCount: Int
    private var wholeAgainAt: [String: Int64] = [:]

    /// Creates a limiter.
    public init(limit: RateLimit, maximumKeyCount: Int = 10_000) {
        precondition(maximumKeyCount > 0)
        self.limit = limit
        self.maximumKeyCount = maximumKeyCount
    }

    /// The keys that are remembered now.
    public var keyCount: Int { wholeAgainAt.count }

    /// Counts an attempt, or refuses it without counting.
    public mutating func admit(_ key: String, at now: Instant) -> Admission {
        let time = now.millisecondsSinceEpoch
        let known = wholeAgainAt[key]
        let whole = max(known ?? time, time)
        let tolerance = limit.intervalMilliseconds * Int64(limit.burstCount - 1)
        guard whole - tolerance <= time else {
            return .refused(retryAfterMilliseconds: whole - tolerance - time)
        }
        if known == nil, wholeAgainAt.count >= maximumKeyCount { makeRoom(at: time) }
        wholeAgainAt[key] = whole + limit.intervalMilliseconds
        return .admitted
    }

    /// Gives a key its whole allowance back.
    public mutating func forget(_ key: String) {
        wholeAgainAt[key] = nil
    }

    /// Gives a key one attempt back.
    public mutating func refund(_ key: String) {
        guard let whole = wholeAgainAt[key] else { return }
        wholeAgainAt[key] = whole - limit.intervalMilliseconds
    }

    /// Drops the keys that are whole again, which changes no answer; under a flood of live keys also
    /// the eighth of them that used the least, so that one flood costs a sort only now and then.
    private mutating func makeRoom(at time: Int64) {
        wholeAgainAt = wholeAgainAt.filter { $0.value > time }
        let excess = wholeAgainAt.count - maximumKeyCount * 7 / 8
        guard excess > 0 else { return }
        for entry in wholeAgainAt.sorted(by: { $0.value < $1.value }).prefix(max(excess, 1)) {
            wholeAgainAt[entry.key] = nil
        }
    }
}

/// The two limits of signing in: by account against guessing one password, by address against trying
/// one password on many accounts (OWASP ASVS 5.0 §6.3.1).
public struct LoginThrottle: Sendable {
    private var accounts: RateLimiter
    private var addresses: RateLimiter

    /// Creates a throttle.
    public init(
        account: RateLimit = .signInPerAccount,
        address: RateLimit = .signInPerAddress,
        maximumKeyCount: Int = 10_000
    ) {
        accounts = RateLimiter(limit: account, maximumKeyCount: maximumKeyCount)
        addresses = RateLimiter(limit: address, maximumKeyCount: maximumKeyCount)
    }

    /// Counts an attempt against both limits, or throws `tooManyAttempts`.
    ///
    /// The attempt counts before the password is checked, so that attempts side by side cannot slip
    /// past the limit together; `succeeded` gives back what an honest one used.
    public mutating func attempt(
        account: String,
        address: String,
        at now: Instant
    ) throws(IdentityError) {
        try pass(addresses.admit(LoginThrottle.network(of: address), at: now), what: "address")
        try pass(accounts.admit(account, at: now), what: "account")
    }

    /// Forgets the account's attempts, and this one of the address: a thousand people of one office may
    /// well sign in at nine o'clock.
    public mutating func succeeded(account: String, address: String) {
        accounts.forget(account)
        addresses.refund(LoginThrottle.network(of: address))
    }

    /// The part of an address that one subscriber holds: all of IPv4, the first 64 bits of IPv6.
    public static func network(of address: String) -> String {
        guard let bytes = IPAddress(address)?.bytes, bytes.count == 16 else { return address }
        return Encodings.hex(bytes.prefix(8))
    }

    private func pass(_ admission: RateLimiter.Admission, what: String) throws(IdentityError) {
        guard case .refused(let milliseconds) = admission else { return }
        let seconds = Int((milliseconds + 999) / 1000)
        throw .tooManyAttempts(
            Bilingual(
                "로그인 시도가 너무 많습니다. \(seconds)초 뒤에 다시 시도해 주세요.",
                "Too many sign-in attempts. Please try again in \(seconds) seconds."
            ),
            by: what,
            retryAfterSeconds: seconds
        )
    }
}

extension IdentityError {
    static func tooManyAttempts(
        _ message: Bilingual,
        by what: String,
        retryAfterSeconds: Int
    ) -> IdentityError {
        IdentityError(
            .tooManyAttempts,
            message,
            context: "by \(what)",
            retryAfterSeconds: retryAfterSeconds
        )
    }
}

/// The throttle of one house, shared by everything that checks a password or a code or makes an
/// account.
final class LoginGate: Sendable {
    private let time: TimeSource
    private let throttle = Mutex(LoginThrottle())
    private let signUps = Mutex(SignUpThrottle())

    init(time: TimeSource) {
        self.time = time
    }

    /// Counts an attempt, or throws `tooManyAttempts`.
    func admit(_ key: String, _ origin: SessionOrigin) throws(IdentityError) {
        let now = time.now()
        try throttle.withLock { throttle throws(IdentityError) in
            try throttle.attempt(account: key, address: origin.address, at: now)
        }
    }

    /// Gives back what an honest attempt used.
    func succeeded(_ key: String, _ origin: SessionOrigin) {
        throttle.withLock { $0.succeeded(account: key, address: origin.address) }
    }

    /// Counts a sign-up, or throws `tooManyAttempts`.
    func admitSignUp(_ origin: SessionOrigin) throws(IdentityError) {
        let now = time.now()
        try signUps.withLock { throttle throws(IdentityError) in
            try throttle.attempt(address: origin.address, at: now)
        }
    }

    /// Gives back what the end of a sign-up does not use.
    func signUpEnded(made isMade: Bool, _ origin: SessionOrigin) {
        signUps.withLock { $0.ended(made: isMade, address: origin.address) }
    }
}
