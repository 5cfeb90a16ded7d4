import Basics
import Glibc

func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

func report(_ name: String, _ samples: [Double], unit: String) {
    let sorted = samples.sorted()
    let mean = samples.reduce(0, +) / Double(samples.count)
    let p50 = sorted[sorted.count / 2]
    let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    print(
        "{\"measure\":\"\(name)\",\"unit\":\"\(unit)\",\"mean\":\(mean),\"p50\":\(p50),"
            + "\"p99\":\(p99),\"count\":\(samples.count)}"
    )
}

func timed(_ body: () throws -> Void) rethrows -> Double {
    let start = nanoseconds()
    try body()
    return Double(nanoseconds() - start) / 1_000
}

/// The time of a whole step: by the clock, and of all threads together.
func stepTime<Result>(_ body: () async throws -> Result) async rethrows -> (
    result: Result, wall: Double, processor: Double
) {
    let clock = ContinuousClock()
    let (start, began) = (nanoseconds(), clock.now)
    let result = try await body()
    let wall = clock.now - began
    return (
        result, Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18,
        Double(nanoseconds() - start) / 1e9
    )
}

/// The most memory the process had so far.
func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}
