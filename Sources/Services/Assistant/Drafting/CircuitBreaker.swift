import Basics
import Synchronization

/// Keeps a dead endpoint from making every question wait.
///
/// The pattern is of Nygard's "Release It!" (2007). After some failures in a row nothing is tried for a while; then one request is let through, and
/// what comes of it decides.
final class CircuitBreaker: Sendable {
    /// Failures in a row after which nothing is tried.
    static let maximumFailureCount = 3
    /// Seconds for which nothing is tried then.
    static let pauseSeconds = 30
    /// The longest pause that an endpoint may ask for.
    static let maximumPauseSeconds = 600

    private struct State {
        var failureCount = 0
        var pausedUntil: Instant?
        /// Whether the one request after a pause is under way.
        var isTrying = false
    }

    private let state = Mutex(State())

    /// Whether nothing is tried at a moment.
    func isOpen(at now: Instant) -> Bool {
        state.withLock { $0.pausedUntil.map { now < $0 } ?? false }
    }

    /// Whether a request may go out; who is let through has to tell how it ended.
    func admits(at now: Instant) -> Bool {
        state.withLock { state in
            guard let until = state.pausedUntil else { return true }
            guard now >= until, !state.isTrying else { return false }
            state.isTrying = true
            return true
        }
    }

    /// The endpoint answered.
    func succeeded() {
        state.withLock { $0 = State() }
    }

    /// The endpoint did not answer as it should, or asked for a pause (RFC 9110 §10.2.3).
    func failed(at now: Instant, retryAfterSeconds: Int? = nil) {
        state.withLock { state in
            state.failureCount += 1
            state.isTrying = false
            let pause = retryAfterSeconds.map { min(max($0, 1), Self.maximumPauseSeconds) }
            guard pause != nil || state.failureCount >= Self.maximumFailureCount else { return }
            state.pausedUntil = now.adding(seconds: pause ?? Self.pauseSeconds)
        }
    }

    /// Whoever was let through left before anything was known.
    func abandoned() {
        state.withLock { $0.isTrying = false }
    }
}
