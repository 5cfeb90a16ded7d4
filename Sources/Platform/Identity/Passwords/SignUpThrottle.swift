public import Basics

extension RateLimit {
    /// A hundred accounts at once from one address, then one every ten seconds: a whole office or
    /// class signs up in one morning, and a program makes 360 accounts an hour, not thousands.
    public static let accountPerAddress = RateLimit(intervalMilliseconds: 10_000, burstCount: 100)
    /// Twenty refused sign-ups at once from one address, then one every thirty seconds: enough for
    /// every slip of the finger, too few to try out whose address has an account here.
    public static let refusedSignUpPerAddress = RateLimit(
        intervalMilliseconds: 30_000,
        burstCount: 20
    )
}

/// The two limits of signing up, both by address: accounts made, and sign-ups that were refused.
///
/// A sign-up counts against both before it is tried, so that attempts side by side cannot slip past;
/// when it ends, the limit it does not belong to gets it back.
public struct SignUpThrottle: Sendable {
    private var made: RateLimiter
    private var refused: RateLimiter

    /// Creates a throttle.
    public init(
        made: RateLimit = .accountPerAddress,
        refused: RateLimit = .refusedSignUpPerAddress,
        maximumKeyCount: Int = 10_000
    ) {
        self.made = RateLimiter(limit: made, maximumKeyCount: maximumKeyCount)
        self.refused = RateLimiter(limit: refused, maximumKeyCount: maximumKeyCount)
    }

    /// Counts an attempt against both limits, or throws `tooManyAttempts` and counts nothing.
    public mutating func attempt(address: String, at now: Instant) throws(IdentityError) {
        let network = LoginThrottle.network(of: address)
        try pass(made.admit(network, at: now), what: "accounts made")
        do throws(IdentityError) {
            try pass(refused.admit(network, at: now), what: "refused sign-ups")
        } catch {
            made.refund(network)
            throw error
        }
    }

    /// Gives back what the end of an attempt does not use.
    public mutating func ended(made isMade: Bool, address: String) {
        let network = LoginThrottle.network(of: address)
        if isMade { refused.refund(network) } else { made.refund(network) }
    }

    private func pass(_ admission: RateLimiter.Admission, what: String) throws(IdentityError) {
        guard case .refused(let milliseconds) = admission else { return }
        let seconds = Int((milliseconds + 999) / 1000)
        throw .tooManyAttempts(
            Bilingual(
                "이 인터넷 주소에서 가입이 한꺼번에 많았습니다. \(seconds)초 뒤에 다시 시도해 주세요.",
                "Many sign-ups came from this internet address at once. "
                    + "Please try again in \(seconds) seconds."
            ),
            by: what,
            retryAfterSeconds: seconds
        )
    }
}
