import Basics
import Routing
import Synchronization

/// What the opening hours of the map close at a moment.
final class HoursBoard: Sendable {
    /// The places that are closed at a moment.
    struct Closed: Sendable, Hashable {
        /// Their numbers: two moments of one list have the same ways open.
        var places: [Int] = []
        var segments: Set<Int> = []
        var closures: [Int: [Closure]] = [:]

        static func == (left: Closed, right: Closed) -> Bool { left.places == right.places }
        func hash(into hasher: inout Hasher) { hasher.combine(places) }
    }

    private struct Answer {
        var minute: Int64
        var closed: Closed
    }

    private let times: OpeningTimes
    private let unreadable: [Int: [String]]
    /// Mostly the present minute is asked for.
    private let last = Mutex<Answer?>(nil)

    init(_ network: WalkingNetwork) {
        times = OpeningTimes(network)
        var unreadable: [Int: [String]] = [:]
        for number in times.unreadable {
            let place = times.places[number]
            for segment in place.segments { unreadable[segment, default: []].append(place.text) }
        }
        self.unreadable = unreadable
    }

    /// What is closed at a moment, in the city's time.
    func closed(at moment: Instant) -> Closed {
        guard !times.places.isEmpty else { return Closed() }
        let minute = moment.millisecondsSinceEpoch / 60_000
        if let known = last.withLock({ $0 }), known.minute == minute { return known.closed }
        let time = moment.timeOfDay
        let closed = closed(times.closed(moment.date, minute: time.hour * 60 + time.minute))
        last.withLock { $0 = Answer(minute: minute, closed: closed) }
        return closed
    }

    private func closed(_ numbers: [Int]) -> Closed {
        var closed = Closed(places: numbers)
        for number in numbers {
            let place = times.places[number]
            let closure = Closure(
                id: "hours:\(number)",
                kind: .closed,
                text: Bilingual(
                    "운영 시간이 아님(\(place.text))",
                    "Closed at this time (\(place.text))"
                ),
                position: place.position,
                segments: place.segments,
                isConfirmed: true
            )
            closed.segments.formUnion(place.segments)
            for segment in place.segments { closed.closures[segment, default: []].append(closure) }
        }
        return closed
    }

    /// The hours on a way that nobody can read.
    func unreadable(on route: Route?) -> [String] {
        guard let route, !unreadable.isEmpty else { return [] }
        return Set(route.steps.flatMap { unreadable[$0.segment] ?? [] }).sorted()
    }
}
