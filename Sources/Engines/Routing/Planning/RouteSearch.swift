extension RoutePlanner {
    /// Alternatives at most this much worse than the best are worth showing.
    static let alternativeStretch = 1.4
    /// An alternative shares at most this part of its length with a better way.
    static let maximumShare = 0.75
    /// No one compares more ways than this.
    public static let maximumAlternativeCount = 5

    /// The best way from one place to another: wherever feet can go there is one, with its violations
    /// named.
    ///
    /// The searcher is one of this planner's hierarchy.
    ///
    /// - Throws: `RoutingError` `tooFarFromNetwork`, or `notConnected`.
    public func route(
        from start: GeoPoint,
        to end: GeoPoint,
        _ metric: ProfileMetric,
        _ query: inout ContractionQuery
    ) throws(RoutingError) -> Route {
        let (first, last) = try snap(from: start, to: end)
        return try route(from: first, to: last, metric, &query)
    }

    /// The best way between two places on ways.
    ///
    /// - Throws: `RoutingError` `notConnected`.
    public func route(
        from first: Snap,
        to last: Snap,
        _ metric: ProfileMetric,
        _ query: inout ContractionQuery
    ) throws(RoutingError) -> Route {
        let ends = RouteEnds(first, last, self, metric)
        let found = query.path(from: ends.sources, to: ends.targets, metric.metric)
        if let direct = ends.direct, direct.cost <= found?.distance ?? ContractionMetric.unreachable
        {
            return RouteBuilder(network, metric).route(
                [direct.part],
                first,
                last,
                cost: direct.cost
            )
        }
        guard let found else { throw .notConnected }
        return build(found, ends, metric)
    }

    /// The best way and others that really differ from it, by ascending cost.
    ///
    /// - Throws: `RoutingError` `tooFarFromNetwork`, or `notConnected`.
    public func alternatives(
        from start: GeoPoint,
        to end: GeoPoint,
        _ metric: ProfileMetric,
        _ query: inout ContractionQuery,
        count: Int
    ) throws(RoutingError) -> [Route] {
        let (first, last) = try snap(from: start, to: end)
        return try alternatives(from: first, to: last, metric, &query, count: count)
    }

    /// The best way between two places on ways, and others.
    ///
    /// - Throws: `RoutingError` `notConnected`.
    public func alternatives(
        from first: Snap,
        to last: Snap,
        _ metric: ProfileMetric,
        _ query: inout ContractionQuery,
        count: Int
    ) throws(RoutingError) -> [Route] {
        let best = try route(from: first, to: last, metric, &query)
        guard count > 1 else { return [best] }
        let ends = RouteEnds(best.start, best.end, self, metric)
        let candidates = query.paths(
            from: ends.sources,
            to: ends.targets,
            metric.metric,
            stretch: RoutePlanner.alternativeStretch,
            maximumCount: 24
        )
        var routes = [best]
        for candidate in candidates {
            guard routes.count < min(count, RoutePlanner.maximumAlternativeCount) else { break }
            let other = build(candidate, ends, metric)
            if routes.allSatisfy({ other.isDistinct(from: $0) }) { routes.append(other) }
        }
        return routes
    }

    private func build(
        _ path: ContractionQuery.SeededPath,
        _ ends: RouteEnds,
        _ metric: ProfileMetric
    ) -> Route {
        var parts: [RouteBuilder.Part] = []
        if let first = ends.firstPart(to: path.source, self) { parts.append(first) }
        parts += path.arcs.map { arc in
            let place = walking.places[Int(arc)]
            return .init(segment: Int(place >> 1), isForward: place & 1 == 0, fractions: 0...1)
        }
        if let last = ends.lastPart(from: path.target, self) { parts.append(last) }
        return RouteBuilder(network, metric).route(
            parts,
            ends.first,
            ends.last,
            cost: path.distance
        )
    }
}

extension Route {
    /// Whether a way goes nowhere twice and shares little with another.
    fileprivate func isDistinct(from other: Route) -> Bool {
        let own = Set(steps.map(\.segment))
        guard own.count == steps.count else { return false }
        let theirs = Set(other.steps.map(\.segment))
        let shared = steps.reduce(0) { theirs.contains($1.segment) ? $0 + $1.metres : $0 }
        return shared <= metres * RoutePlanner.maximumShare
    }
}

/// How a search enters and leaves the segments of its start and its end.
struct RouteEnds {
    let first: Snap
    let last: Snap
    private(set) var sources: [ContractionQuery.Seed] = []
    private(set) var targets: [ContractionQuery.Seed] = []
    private(set) var direct: (part: RouteBuilder.Part, cost: UInt32)?

    init(_ first: Snap, _ last: Snap, _ planner: RoutePlanner, _ metric: ProfileMetric) {
        self.first = first
        self.last = last
        func cost(_ segment: Int, isForward: Bool, share: Double) -> UInt32 {
            let arc = planner.walking.arcs[2 * segment + (isForward ? 0 : 1)]
            let whole = metric.metric.input[Int(arc)]
            guard whole < ContractionMetric.unreachable else { return whole }
            return UInt32((Double(whole) * share).rounded(.up))
        }
        func seed(_ node: UInt32, _ cost: UInt32) -> ContractionQuery.Seed? {
            guard cost < ContractionMetric.unreachable else { return nil }
            return .init(rank: planner.topology.rank[Int(node)], cost: cost)
        }
        let (from, to) = (first.segment, last.segment)
        let (fromEnds, toEnds) = (planner.network.segments[from], planner.network.segments[to])
        sources = [
            seed(fromEnds.tail, cost(from, isForward: false, share: first.fraction)),
            seed(fromEnds.head, cost(from, isForward: true, share: 1 - first.fraction)),
        ].compactMap(\.self)
        targets = [
            seed(toEnds.tail, cost(to, isForward: true, share: last.fraction)),
            seed(toEnds.head, cost(to, isForward: false, share: 1 - last.fraction)),
        ].compactMap(\.self)
        guard from == to else { return }
        let isForward = last.fraction >= first.fraction
        let share = abs(last.fraction - first.fraction)
        let price = cost(from, isForward: isForward, share: share)
        guard price < ContractionMetric.unreachable else { return }
        let low = min(first.fraction, last.fraction)
        let high = max(first.fraction, last.fraction)
        direct = (.init(segment: from, isForward: isForward, fractions: low...high), price)
    }

    /// The part of the first segment that leads to a rank.
    func firstPart(to rank: UInt32, _ planner: RoutePlanner) -> RouteBuilder.Part? {
        let segment = planner.network.segments[first.segment]
        let isForward = rank == planner.topology.rank[Int(segment.head)]
        return .init(
            segment: first.segment,
            isForward: isForward,
            fractions: isForward ? first.fraction...1 : 0...first.fraction
        )
    }

    /// The part of the last segment that leads on from a rank.
    func lastPart(from rank: UInt32, _ planner: RoutePlanner) -> RouteBuilder.Part? {
        let segment = planner.network.segments[last.segment]
        let isForward = rank == planner.topology.rank[Int(segment.tail)]
        return .init(
            segment: last.segment,
            isForward: isForward,
            fractions: isForward ? 0...last.fraction : last.fraction...1
        )
    }
}
