/// The pace of a stream: no faster than its own clock, and no more pictures than are analysed.
///
/// A recording, and a camera that sends without a pause, would else take a whole processor.
struct StreamPace {
    /// Seconds that a stream's clock may be ahead; where it is further, the clock has jumped.
    static let maximumLeadSeconds = 5.0

    private let period: Duration
    private var began: (at: ContinuousClock.Instant, seconds: Double)?
    private var tookAt: ContinuousClock.Instant?

    init(picturesPerSecond: Double) {
        // A picture that comes a little early is the one that is due.
        period = .seconds(0.9 / picturesPerSecond)
    }

    /// How long to wait with a picture of a time of the stream.
    mutating func delayMicroseconds(of seconds: Double, at now: ContinuousClock.Instant) -> UInt32 {
        guard let began else {
            self.began = (now, seconds)
            return 0
        }
        let ahead = seconds - began.seconds - (now - began.at) / .seconds(1)
        if ahead > Self.maximumLeadSeconds { self.began = (now, seconds) }
        return ahead > 0 && ahead <= Self.maximumLeadSeconds ? UInt32(ahead * 1e6) : 0
    }

    /// Whether the picture is to be analysed.
    mutating func takes(at now: ContinuousClock.Instant) -> Bool {
        if let tookAt, now - tookAt < period { return false }
        tookAt = now
        return true
    }
}
