import Basics
import Identity
import Synchronization

/// How many reports one address sends: a person who walks a quarter and notes everything is let
/// through, a program is not.
final class ReportThrottle: Sendable {
    /// Reports of one address in a day.
    static let maximumPerAddressAndDay = 30

    private let limiter = Mutex(
        RateLimiter(
            limit: RateLimit(
                intervalMilliseconds: 86_400_000 / Int64(maximumPerAddressAndDay),
                burstCount: maximumPerAddressAndDay
            )
        )
    )

    /// Counts a report.
    ///
    /// - Throws: `WayfindingError` `tooMany`.
    func admit(_ address: String, at now: Instant) throws {
        let network = LoginThrottle.network(of: address)
        guard case .refused = limiter.withLock({ $0.admit(network, at: now) }) else { return }
        throw WayfindingError(
            .tooMany,
            "한 곳에서 하루에 \(Self.maximumPerAddressAndDay)건까지 신고할 수 있습니다. 내일 다시 신고해 주세요.",
            "One address may send \(Self.maximumPerAddressAndDay) reports a day. Try again tomorrow.",
            context: network
        )
    }
}
