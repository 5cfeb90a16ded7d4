import Basics
import Routing
import Synchronization

/// The city's planner with one metric a profile, each with what is closed at the moment.
///
/// A closure changes the metrics in place, by the arcs that depend on it: no metric is made again. What the
/// map's opening hours close at the asked time is closed in the same way, for that search.
final class LivePlanner: Sendable {
    /// Metrics of profiles that somebody edited and that are kept; the ones of the house stay.
    static let maximumEditedMetricCount = 16
    /// Closures that are in force at once; more are not taken.
    static let maximumClosureCount = 10_000

    let planner: RoutePlanner
    private let time: TimeSource
    private let hours: HoursBoard
    private let board = Mutex(Board())

    fileprivate struct Key: Hashable {
        var profile: Profile
        var isConfirmedOnly: Bool
    }

    /// A metric and the searcher that runs over it, for one at a time.
    fileprivate final class Slot: Sendable {
        let searcher: Mutex<Searcher>

        init(_ searcher: Searcher) {
            self.searcher = Mutex(searcher)
        }
    }

    fileprivate struct Searcher {
        var metric: ProfileMetric
        var query: ContractionQuery
        /// What reports and lifts close.
        var reported: Set<Int>
        /// What opening hours close.
        var hours = HoursBoard.Closed()

        /// Makes the metric's closed segments those of the reports and of the hours.
        mutating func apply(in planner: RoutePlanner) {
            let closed = hours.segments.isEmpty ? reported : reported.union(hours.segments)
            let before = metric.closed
            metric.close(closed.subtracting(before), in: planner)
            metric.open(before.subtracting(closed), in: planner)
        }
    }

    fileprivate struct Board {
        var slots: [Key: Slot] = [:]
        /// Edited profiles in the order of their last use.
        var edited: [Key] = []
        var closures: [Closure] = []
        var bySegment: [Int: [Closure]] = [:]
        var revision = 0

        func closed(for profile: Profile) -> Set<Int> {
            Set(closures.lazy.filter { $0.concerns(profile) }.flatMap(\.segments))
        }
    }

    /// Creates the planner of a network, with nothing reported closed.
    init(_ planner: RoutePlanner, time: TimeSource) {
        self.planner = planner
        self.time = time
        hours = HoursBoard(planner.network)
    }

    /// A number that changes whenever something is closed or opened.
    var revision: Int { board.withLock { $0.revision } }

    /// What is closed at the moment.
    var closures: [Closure] { board.withLock { $0.closures } }

    /// The hours on a way that nobody can read.
    func unreadableHours(on route: Route?) -> [String] { hours.unreadable(on: route) }

    /// The best way and others that really differ; without a moment as of now.
    ///
    /// - Throws: `RoutingError`.
    func routes(
        from start: GeoPoint,
        to end: GeoPoint,
        _ profile: Profile,
        isConfirmedOnly: Bool = false,
        at moment: Instant? = nil,
        count: Int = 1
    ) throws -> [FoundRoute] {
        try search(profile, isConfirmedOnly, at: moment) { searcher in
            count > 1
                ? try planner.alternatives(
                    from: start,
                    to: end,
                    searcher.metric,
                    &searcher.query,
                    count: count
                )
                : [try planner.route(from: start, to: end, searcher.metric, &searcher.query)]
        }
    }

    /// The best way between places on ways, and others.
    ///
    /// - Throws: `RoutingError`.
    func routes(
        from start: Snap,
        to end: Snap,
        _ profile: Profile,
        isConfirmedOnly: Bool = false,
        count: Int = 1
    ) throws -> [FoundRoute] {
        try search(profile, isConfirmedOnly) { searcher in
            try planner.alternatives(
                from: start,
                to: end,
                searcher.metric,
                &searcher.query,
                count: count
            )
        }
    }

    /// What was walked between the fixes of a trace, a way for each leg.
    func routes(along piece: MatchedTrace.Piece, _ profile: Profile) throws -> [FoundRoute] {
        try search(profile, false) { searcher in
            zip(piece.legs, zip(piece.places, piece.places.dropFirst())).map { leg, ends in
                planner.route(along: leg, from: ends.0, to: ends.1, searcher.metric)
            }
        }
    }

    private func search(
        _ profile: Profile,
        _ isConfirmedOnly: Bool,
        at moment: Instant? = nil,
        _ find: (inout Searcher) throws -> [Route]
    ) throws -> [FoundRoute] {
        let slot = try slot(profile, isConfirmedOnly: isConfirmedOnly)
        let closed = hours.closed(at: moment ?? time.now())
        let found = try slot.searcher.withLock { searcher in
            if searcher.hours != closed {
                searcher.hours = closed
                searcher.apply(in: planner)
            }
            return try find(&searcher)
        }
        var closures = board.withLock { $0.bySegment }
        closures.merge(closed.closures) { $0 + $1 }
        return found.map { FoundRoute($0, planner, profile, closures: closures) }
    }

    /// Closes what is in the list and opens everything else, in every metric at once.
    func setClosures(_ closures: [Closure]) {
        board.withLock { board in
            board.closures = Array(closures.prefix(Self.maximumClosureCount))
            board.bySegment = [:]
            for closure in board.closures {
                for segment in closure.segments {
                    board.bySegment[segment, default: []] += [closure]
                }
            }
            board.revision += 1
            for (key, slot) in board.slots {
                let closed = board.closed(for: key.profile)
                slot.searcher.withLock { searcher in
                    searcher.reported = closed
                    searcher.apply(in: planner)
                }
            }
        }
    }

    private func slot(_ profile: Profile, isConfirmedOnly: Bool) throws -> Slot {
        let key = Key(profile: profile, isConfirmedOnly: isConfirmedOnly)
        let isEdited = !Profile.standard.contains(profile)
        if let known = board.withLock({ $0.used(key, isEdited: isEdited) }) { return known }
        // Made outside the lock, so that nobody waits for somebody else's own thresholds.
        let metric = try planner.metric(profile, isConfirmedOnly: isConfirmedOnly)
        let query = ContractionQuery(planner.topology)
        return board.withLock { board in
            if let other = board.slots[key] { return other }
            let reported = board.closed(for: profile)
            var searcher = Searcher(metric: metric, query: query, reported: reported)
            searcher.apply(in: planner)
            let slot = Slot(searcher)
            board.slots[key] = slot
            if isEdited { board.keep(key) }
            return slot
        }
    }
}

extension LivePlanner.Board {
    /// A slot that is there, marked as used.
    fileprivate mutating func used(_ key: LivePlanner.Key, isEdited: Bool) -> LivePlanner.Slot? {
        guard let slot = slots[key] else { return nil }
        if isEdited, edited.last != key {
            edited.removeAll { $0 == key }
            edited.append(key)
        }
        return slot
    }

    /// Remembers an edited profile and forgets the one that was not used for the longest time.
    fileprivate mutating func keep(_ key: LivePlanner.Key) {
        edited.append(key)
        guard edited.count > LivePlanner.maximumEditedMetricCount else { return }
        slots[edited.removeFirst()] = nil
    }
}
