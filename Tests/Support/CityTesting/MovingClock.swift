public import Basics
import Synchronization

/// A clock that moves only when a test says so.
public final class MovingClock: Sendable {
    private let instant: Mutex<Instant>

    /// Creates a clock that stands at an instant, noon of 25 January 2023 where none is given.
    public init(_ start: Instant = Instant(millisecondsSinceEpoch: 1_674_615_600_000)) {
        instant = Mutex(start)
    }

    /// What is handed to a city as its time.
    public var source: TimeSource { TimeSource { [self] in instant.withLock { $0 } } }

    /// Moves the clock on.
    public func advance(seconds: Int) {
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
