import Basics
import Foundation
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

/// Walks over a real town, made from a seed.
struct HeidelbergWalks {
    let planner: RoutePlanner
    let metric: ProfileMetric

    static let shared = Result { try HeidelbergWalks() }

    private init() throws {
        planner = try RoutePlanner(WalkingNetwork(SharedData.map("heidelberg.test.pbf")))
        metric = try planner.metric(.foot)
    }

    /// Routes of 300 to 700 m between places drawn at random.
    func routes(_ count: Int, seed: UInt64) throws -> [Route] {
        var random = SeededRandom(seed: seed)
        var query = ContractionQuery(planner.topology)
        var routes: [Route] = []
        while routes.count < count {
            let from = planner.network.nodePositions.randomElement(using: &random)
            let start = try #require(from)
            let end = LocalFrame(at: start).place(
                east: (random.unit() - 0.5) * 1_400,
                north: (random.unit() - 0.5) * 1_400
            )
            guard let route = try? planner.route(from: start, to: end, metric, &query),
                (300...700).contains(route.metres)
            else { continue }
            routes.append(route)
        }
        return routes
    }
}

/// What a filter made of some walks.
struct WalkResults {
    var raw: [Double] = []
    var filtered: [Double] = []
    var insideCount = 0
    var sides: [Bool] = []
    var alarmCount = 0

    var insideShare: Double { Double(insideCount) / Double(filtered.count) }
    var sideShare: Double { Double(sides.count { $0 }) / Double(sides.count) }

    /// The receiver needs no longer to be understood.
    static let settlingSeconds = 20.0

    mutating func add(_ route: Route, _ town: HeidelbergWalks, seed: UInt64, withRoute: Bool) throws
    {
        let walk = try SimulatedWalk(along: route.shape, seed: seed)
        var network = LocalNetwork(around: route, of: town.planner)
        if !withRoute { network.route = [] }
        var filter = PositionFilter(network)
        var wasOff = false
        for step in walk.steps {
            let estimate = filter.update(step.fix)
            if estimate.isOffRoute, !wasOff { alarmCount += 1 }
            wasOff = estimate.isOffRoute
            guard step.seconds >= WalkResults.settlingSeconds else { continue }
            let truth = filter.map.metres(step.truth)
            let (x, y) = (estimate.eastMetres - truth.east, estimate.northMetres - truth.north)
            let error = (x * x + y * y).squareRoot()
            raw.append(step.fix.position.metres(to: step.truth))
            filtered.append(error)
            if error <= estimate.radiusMetres { insideCount += 1 }
            if let side = town.side(step.truth, x, y) { sides.append(side) }
        }
    }
}

@Suite struct `Positioning` {
    /// The seeds of these walks were not used when the filter's numbers were chosen.
    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `walks through Heidelberg are followed with half the error of the receiver`() throws {
        let town = try HeidelbergWalks.shared.get()
        var results = WalkResults()
        for (number, route) in try town.routes(6, seed: 20_261_125).enumerated() {
            try results.add(route, town, seed: 7_100 + UInt64(number), withRoute: true)
        }
        #expect(results.filtered.quantile(0.5) <= results.raw.quantile(0.5) / 2)
        #expect(results.filtered.quantile(0.9) <= results.raw.quantile(0.9) / 2)
        #expect(results.insideShare >= 0.9)
        #expect(results.sides.count > 100)
        #expect(results.sideShare >= 0.9)
        // Nobody leaves a route here; an alarm in ten minutes is the most that people bear.
        #expect(Double(results.alarmCount) <= Double(results.filtered.count) / 600)
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `walks without a route are followed on the right side of the street`() throws {
        let town = try HeidelbergWalks.shared.get()
        var results = WalkResults()
        for (number, route) in try town.routes(3, seed: 20_261_126).enumerated() {
            try results.add(route, town, seed: 7_200 + UInt64(number), withRoute: false)
        }
        #expect(results.filtered.quantile(0.5) <= results.raw.quantile(0.5) / 2)
        #expect(results.insideShare >= 0.9)
        #expect(results.sideShare >= 0.9)
        #expect(results.alarmCount == 0)
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `who leaves the route is told within five seconds`() throws {
        let town = try HeidelbergWalks.shared.get()
        var delays: [Double] = []
        for (number, route) in try town.routes(16, seed: 20_261_127).enumerated() {
            guard let line = town.departure(from: route) else { continue }
            let walk = try SimulatedWalk(along: line, seed: 7_300 + UInt64(number))
            if let delay = Self.alarmDelay(walk, route, town) { delays.append(delay) }
        }
        #expect(delays.count >= 12)
        #expect(delays.quantile(0.5) <= 3)
        #expect(delays.quantile(0.9) < 5)
    }

    /// The seconds from where the walker is beyond the corridor of the route to the alarm.
    private static func alarmDelay(_ walk: SimulatedWalk, _ route: Route, _ town: HeidelbergWalks)
        -> Double?
    {
        var filter = PositionFilter(LocalNetwork(around: route, of: town.planner))
        var left: Double?
        for step in walk.steps {
            let estimate = filter.update(step.fix)
            if left == nil, route.metres(to: step.truth) > PositionFilter.routeCorridorMetres {
                left = step.seconds
            }
            if let left, estimate.isOffRoute { return step.seconds - left }
        }
        return left.map { _ in .infinity }
    }

    @Test func `what no way explains is said, and so is a silence`() throws {
        let planner = try RoutePlanner(`Matching a trace`.street().network())
        let network = try Self.network(planner)
        var filter = PositionFilter(network)
        let far = filter.update(PositionFix(try TownMap.place(5_000, 0), timeSeconds: 0))
        #expect(far.segment == nil)
        #expect(far.radiusMetres > 20)
        #expect(far.offRouteProbability == 1)
        let near = filter.update(PositionFix(try TownMap.place(20, 0), timeSeconds: 1))
        #expect(near.segment != nil)
        // After an hour the filter begins anew instead of walking on in its mind.
        let later = filter.update(PositionFix(try TownMap.place(290, 6), timeSeconds: 3_601))
        #expect(abs(later.eastMetres - 290) < 20)
        let vague = filter.update(
            PositionFix(try TownMap.place(290, 6), timeSeconds: 3_602, accuracyMetres: 400)
        )
        #expect(vague.radiusMetres >= later.radiusMetres / 2)
    }

    @Test func `the work of a fix is bounded`() throws {
        let planner = try RoutePlanner(`Matching a trace`.street().network())
        var filter = PositionFilter(try Self.network(planner))
        var random = SeededRandom(seed: 5)
        for second in 0..<200 {
            let place = try TownMap.place(random.unit() * 300, random.unit() * 160)
            _ = filter.update(PositionFix(place, timeSeconds: Double(second), accuracyMetres: 90))
            #expect(filter.hypothesisCount <= PositionFilter.maximumHypothesisCount)
        }
    }

    /// From the beginning of the first pavement to the north.
    private static func network(_ planner: RoutePlanner) throws -> LocalNetwork {
        var query = ContractionQuery(planner.topology)
        let route = try planner.route(
            from: try TownMap.place(0, 0),
            to: try TownMap.place(300, 160),
            try planner.metric(.foot),
            &query
        )
        return LocalNetwork(around: route, of: planner)
    }

    /// The script `positioning.js` gives the same answers to the same fixes, which walking.py asks it.
    ///
    /// With `HAECHI_RECORD` set the test writes the fixture anew.
    @Test func `the filter answers as the fixture that the script is held to says`() throws {
        let planner = try RoutePlanner(`Matching a trace`.street().network())
        let network = try Self.network(planner)
        let route = [(150.0, 0.0), (300, 0), (300, 40), (200, 40)]
        let line = try route.map { try TownMap.place($0.0, $0.1) }
        let walk = try SimulatedWalk(along: line, seed: 31)
        let recorded = PositioningFixture(network, walk.steps.map(\.fix))
        if ProcessInfo.processInfo.environment["HAECHI_RECORD"] != nil {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            try encoder.encode(recorded).write(to: PositioningFixture.file)
        }
        let kept = try JSONDecoder().decode(
            PositioningFixture.self,
            from: Data(contentsOf: PositioningFixture.file)
        )
        #expect(kept.network == recorded.network)
        #expect(kept.answers.count == recorded.answers.count)
        for (kept, now) in zip(kept.answers, recorded.answers) {
            #expect(abs(kept.eastMetres - now.eastMetres) < 0.01)
            #expect(abs(kept.northMetres - now.northMetres) < 0.01)
            #expect(abs(kept.radiusMetres - now.radiusMetres) < 0.01)
            #expect(abs(kept.offRouteProbability - now.offRouteProbability) < 0.001)
            #expect(kept.isOffRoute == now.isOffRoute)
        }
        #expect(recorded.answers.contains { $0.isOffRoute })
    }
}

extension Double {
    fileprivate var thousandths: Double { (self * 1_000).rounded() / 1_000 }
}

/// What the filter and its port to the browser are both held to.
struct PositioningFixture: Codable {
    struct Fix: Codable {
        var latitude: Double
        var longitude: Double
        var seconds: Double
        var metresPerSecond: Double?
        var headingDegrees: Double?
    }

    struct Answer: Codable {
        var eastMetres: Double
        var northMetres: Double
        var radiusMetres: Double
        var segment: Int?
        var lineProbability: Double
        var offRouteProbability: Double
        var routeMetres: Double?
        var isOffRoute: Bool
    }

    static let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Browser/positioning.json")

    var network: LocalNetwork
    var fixes: [Fix]
    var answers: [Answer]

    init(_ network: LocalNetwork, _ fixes: [PositionFix]) {
        self.network = network
        self.fixes = fixes.map {
            Fix(
                latitude: $0.position.latitude,
                longitude: $0.position.longitude,
                seconds: $0.timeSeconds ?? 0,
                metresPerSecond: $0.metresPerSecond?.thousandths,
                headingDegrees: $0.headingDegrees?.thousandths
            )
        }
        var filter = PositionFilter(network)
        answers = fixes.map { fix in
            var fix = fix
            fix.metresPerSecond = fix.metresPerSecond?.thousandths
            fix.headingDegrees = fix.headingDegrees?.thousandths
            let answer = filter.update(fix)
            return Answer(
                eastMetres: answer.eastMetres.thousandths,
                northMetres: answer.northMetres.thousandths,
                radiusMetres: answer.radiusMetres.thousandths,
                segment: answer.segment,
                lineProbability: answer.lineProbability.thousandths,
                offRouteProbability: answer.offRouteProbability.thousandths,
                routeMetres: answer.routeMetres?.thousandths,
                isOffRoute: answer.isOffRoute
            )
        }
    }
}

extension Route {
    /// How far a place is from the route.
    func metres(to place: GeoPoint) -> Double {
        let frame = LocalFrame(at: place)
        return steps.map { Snap(place, frame, $0.segment, $0.shape[...]).metresAway }.min()
            ?? .infinity
    }
}

extension HeidelbergWalks {
    /// A walk along a route that leaves it at a fork near the middle and goes on for 60 m.
    func departure(from route: Route) -> [GeoPoint]? {
        let onRoute = Set(route.steps.map(\.segment))
        for at in route.steps.indices.dropFirst(route.steps.count / 3) {
            var line = route.steps[...at].flatMap(\.shape)
            let step = route.steps[at]
            let segment = planner.network.segments[step.segment]
            var node = step.isForward ? segment.head : segment.tail
            var used = onRoute
            var metres = 0.0
            while metres < 60 {
                let arcs = planner.walking.graph.arcs(of: Int(node))
                let next = arcs.first {
                    let place = planner.walking.places[$0]
                    let other = planner.network.segments[Int(place >> 1)]
                    return !used.contains(Int(place >> 1))
                        && (place & 1 == 0 ? other.isForward : other.isBackward)
                }
                guard let next else { break }
                let place = planner.walking.places[next]
                used.insert(Int(place >> 1))
                let shape = Array(planner.network.shape(of: Int(place >> 1)))
                line += place & 1 == 0 ? shape : shape.reversed()
                metres += planner.network.segments[Int(place >> 1)].metres
                node = planner.walking.graph.head[next]
            }
            if metres >= 60, let end = line.last, route.metres(to: end) > 30 { return line }
        }
        return nil
    }

    /// Whether an estimate so far east and north of the truth is on the truth's side of the street;
    /// nil where no pavement of its own runs there, or nothing runs beside it.
    func side(_ truth: GeoPoint, _ east: Double, _ north: Double) -> Bool? {
        let near = planner.index.near(truth, within: 30, in: planner.network, maximumCount: 40)
        guard let own = near.first,
            [.sidewalk, .footway].contains(
                planner.network.attributes(of: own.segment)[.kind]?.value
            )
        else { return nil }
        let frame = LocalFrame(at: truth)
        func direction(_ snap: Snap) -> (x: Double, y: Double)? {
            let ends = planner.network.shape(of: snap.segment).map(frame.metres)
            let pieces = zip(ends, ends.dropFirst()).map { a, b in
                (x: b.east - a.east, y: b.north - a.north)
            }
            let longest = pieces.max { $0.x * $0.x + $0.y * $0.y < $1.x * $1.x + $1.y * $1.y }
            guard let longest else { return nil }
            let length = (longest.x * longest.x + longest.y * longest.y).squareRoot()
            return length < 10 ? nil : (longest.x / length, longest.y / length)
        }
        guard let along = direction(own) else { return nil }
        let beside = near.dropFirst().compactMap { other -> Double? in
            guard other.metresAway >= 6, let theirs = direction(other),
                abs(along.x * theirs.x + along.y * theirs.y) > 0.94
            else { return nil }
            let (x, y) = frame.metres(to: other.position)
            // Beside means across, not ahead.
            let across = x * along.y - y * along.x
            return abs(across) > 0.9 * other.metresAway ? across : nil
        }.min { abs($0) < abs($1) }
        guard let beside else { return nil }
        let across = east * along.y - north * along.x
        return abs(across) < abs(across - beside)
    }
}
