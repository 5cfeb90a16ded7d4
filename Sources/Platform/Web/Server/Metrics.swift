import HTTPTypes
import Synchronization

/// Counts of what the server did, in the Prometheus text format
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
public final class Metrics: Sendable {
    /// The upper bounds of the latency buckets, in seconds.
    static let bucketBoundsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

    private struct Key: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    private struct State {
        var requests: [Key: Int] = [:]
        var buckets = [Int](repeating: 0, count: Metrics.bucketBoundsSeconds.count + 1)
        var durationSumSeconds = 0.0
        var inFlight = 0
    }

    private let state = Mutex(State())

    /// Creates counters at zero.
    public init() {}

    func begin() {
        state.withLock { $0.inFlight += 1 }
    }

    /// Counts an answered request.
    ///
    /// The route is its template, so the number of series is bounded.
    func finish(
        route: String,
        method: HTTPRequest.Method,
        status: HTTPResponse.Status,
        seconds: Double
    ) {
        let bucket =
            Self.bucketBoundsSeconds.firstIndex { seconds <= $0 } ?? Self.bucketBoundsSeconds.count
        let name = Self.knownMethods.contains(method) ? method.rawValue : "other"
        state.withLock { state in
            state.inFlight -= 1
            state.requests[Key(route: route, method: name, status: status.code), default: 0] += 1
            state.buckets[bucket] += 1
            state.durationSumSeconds += seconds
        }
    }

    private static let knownMethods: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options,
    ]

    /// The exposition, with gauges the caller adds (store size, pending jobs).
    public func exposition(gauges: [(name: String, help: String, value: Double)] = []) -> String {
        let state = state.withLock { $0 }
        var lines = [
            "# HELP haechi_requests_total Requests answered.",
            "# TYPE haechi_requests_total counter",
        ]
        lines += state.requests.map { key, count in
            "haechi_requests_total{route=\"\(key.route)\",method=\"\(key.method)\","
                + "status=\"\(key.status)\"} \(count)"
        }.sorted()
        lines += [
            "# HELP haechi_request_duration_seconds Time from head to answer.",
            "# TYPE haechi_request_duration_seconds histogram",
        ]
        var total = 0
        for (index, count) in state.buckets.enumerated() {
            total += count
            let bound =
                index < Self.bucketBoundsSeconds.count
                ? "\(Self.bucketBoundsSeconds[index])" : "+Inf"
            lines.append("haechi_request_duration_seconds_bucket{le=\"\(bound)\"} \(total)")
        }
        lines += [
            "haechi_request_duration_seconds_sum \(state.durationSumSeconds)",
            "haechi_request_duration_seconds_count \(total)",
            "# HELP haechi_requests_in_flight Requests being answered.",
            "# TYPE haechi_requests_in_flight gauge",
            "haechi_requests_in_flight \(state.inFlight)",
        ]
        for gauge in gauges {
            lines += [
                "# HELP \(gauge.name) \(gauge.help)", "# TYPE \(gauge.name) gauge",
                "\(gauge.name) \(gauge.value)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
