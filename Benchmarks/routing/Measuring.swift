import Glibc

/// The processor time that this program has used: it works on one thread, and the machine may be
/// busy.
func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Microseconds of a piece of work, and its result.
func timed<Result>(_ body: () throws -> Result) rethrows -> (Result, Double) {
    let start = nanoseconds()
    let result = try body()
    return (result, Double(nanoseconds() - start) / 1_000)
}

/// One line of figures in microseconds.
func report(_ name: String, _ samples: [Double]) {
    let sorted = samples.sorted()
    let p50 = sorted[sorted.count / 2]
    let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    print(
        "{\"measure\":\"\(name)\",\"unit\":\"us\",\"p50\":\(p50),\"p99\":\(p99),"
            + "\"count\":\(samples.count)}"
    )
}

/// One line with a count.
func report(_ name: String, count: Int, of total: Int? = nil) {
    let total = total.map { ",\"of\":\($0)" } ?? ""
    print("{\"measure\":\"\(name)\",\"count\":\(count)\(total)}")
}

/// The most memory that the process has had, in bytes.
func peakMemoryByteCount() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1_024
}
