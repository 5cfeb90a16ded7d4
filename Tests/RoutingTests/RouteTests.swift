import Basics
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

/// A planner with what its routes need.
struct Town {
    let planner: RoutePlanner
    var query: ContractionQuery

    init(_ map: TownMap) throws {
        planner = try RoutePlanner(try map.network())
        query = ContractionQuery(planner.topology)
    }

    /// The route between two places in metres east and north.
    mutating func route(
        _ profile: Profile,
        _ from: (Double, Double),
        _ to: (Double, Double),
        isConfirmedOnly: Bool = false
    ) throws -> Route {
        try planner.route(
            from: try TownMap.place(from.0, from.1),
            to: try TownMap.place(to.0, to.1),
            try planner.metric(profile, isConfirmedOnly: isConfirmedOnly),
            &query
        )
    }
}

@Suite struct `Routes for everybody` {
    /// From (0, 0) to (100, 0): straight over the way under test, or round by (0, 40) and (100, 40).
    static func fork(_ straight: [String: String], kerb: [String: String] = [:]) -> TownMap {
        var map = TownMap()
        map.node(1, 0, 0)
        map.node(2, 50, 0, kerb)
        map.node(3, 100, 0)
        map.node(4, 0, 40)
        map.node(5, 100, 40)
        map.node(6, -30, 0)
        map.node(7, 130, 0)
        var tags = straight
        tags["highway"] = straight["highway"] ?? "footway"
        map.way(1, [1, 2, 3], tags)
        map.way(2, [1, 4, 5, 3], ["highway": "footway", "surface": "asphalt", "width": "3"])
        map.way(3, [6, 1], ["highway": "footway"])
        map.way(4, [3, 7], ["highway": "footway"])
        return map
    }

    @Test(
        arguments: [
            (
                ["highway": "steps"], [:],
                ["manualWheelchair", "poweredWheelchair", "stroller", "elderly"]
            ),
            (["incline": "13%"], [:], ["manualWheelchair", "poweredWheelchair", "elderly"]),
            (["incline": "-13%"], [:], ["manualWheelchair", "poweredWheelchair", "elderly"]),
            (["width": "1.2"], [:], ["manualWheelchair", "poweredWheelchair"]),
            ([:], ["kerb": "raised"], ["manualWheelchair", "poweredWheelchair"]),
            (
                [:], ["barrier": "kerb", "kerb:height": "0.02"],
                ["manualWheelchair", "poweredWheelchair"]
            ),
            ([:], ["highway": "crossing", "crossing": "unmarked"], ["blind", "lowVision"]),
        ] as [([String: String], [String: String], [String])]
    )
    func `a profile goes round what it cannot pass, and the others do not`(
        _ straight: [String: String],
        _ node: [String: String],
        _ avoiders: [String]
    ) throws {
        var town = try Town(Self.fork(straight, kerb: node))
        for name in ["foot"] + avoiders {
            let profile = try #require(Profile.named(name))
            let route = try town.route(profile, (-30, 0), (130, 0))
            #expect((route.metres > 200) == avoiders.contains(name), "\(name)")
            #expect(route.obstacles.isEmpty, "\(name)")
        }
    }

    @Test(
        arguments: [
            (["width": "1.25"], [:]), (["incline": "12%"], [:]), ([:], ["kerb": "flush"]),
            ([:], ["barrier": "kerb", "kerb:height": "1 cm"]),
        ] as [([String: String], [String: String])]
    )
    func `a wheelchair passes what is just within Seoul's thresholds`(
        _ straight: [String: String],
        _ node: [String: String]
    ) throws {
        var town = try Town(Self.fork(straight, kerb: node))
        #expect(try town.route(.poweredWheelchair, (-30, 0), (130, 0)).metres < 170)
    }

    @Test func `the blind seek tactile paving and wheelchairs avoid it`() throws {
        var map = TownMap()
        for (id, place) in [(0.0, 0.0), (100, 0), (0, 20), (100, 20), (-10, 0), (110, 0)]
            .enumerated()
        {
            map.node(Int64(id + 1), place.0, place.1)
        }
        map.way(1, [1, 2], ["highway": "footway"])
        map.way(2, [1, 3, 4, 2], ["highway": "footway", "tactile_paving": "yes"])
        map.way(3, [5, 1], ["highway": "footway"])
        map.way(4, [2, 6], ["highway": "footway"])
        var town = try Town(map)
        var seeker = Profile.blind
        seeker.tactilePavingFactor = 0.5
        #expect(try town.route(seeker, (-10, 0), (110, 0)).metres > 150)
        #expect(try town.route(.manualWheelchair, (-10, 0), (110, 0)).metres < 130)
        #expect(Profile.blind.tactilePavingFactor < 1)
        #expect(Profile.manualWheelchair.tactilePavingFactor > 1)
    }

    @Test func `where there is no other way the wheelchair is led and every violation is named`()
        throws
    {
        var map = TownMap()
        map.node(1, 0, 0)
        map.node(2, 50, 0, ["barrier": "kerb", "kerb:height": "4 cm"])
        map.node(3, 100, 0)
        map.node(4, 110, 0)
        map.node(5, 200, 0)
        map.way(1, [1, 2, 3], ["highway": "footway", "surface": "asphalt"])
        map.way(2, [3, 4], ["highway": "steps", "step_count": "12"])
        map.way(3, [4, 5], ["highway": "footway", "width": "0.9"])
        var town = try Town(map)
        let route = try town.route(.manualWheelchair, (0, 0), (200, 0))
        let texts = route.obstacles.map(\.violation.text.korean)
        #expect(texts == ["단차 4 cm", "계단 12단", "좁은 보도 90 cm"])
        #expect(route.obstacles.map { $0.metresFromStart.rounded() } == [50, 100, 110])
        #expect(abs(route.metres - 200) < 0.5)
        #expect(abs(route.violatingMetres - 100) < 0.5)
        #expect(abs(route.unknownMetres - 100) < 0.5)
        let foot = try town.route(.foot, (0, 0), (200, 0))
        #expect(foot.obstacles.isEmpty)
        #expect(abs(foot.confirmedMetres - 200) < 0.5)
        let back = try town.route(.manualWheelchair, (200, 0), (0, 0))
        #expect(back.obstacles.map(\.violation) == route.obstacles.map(\.violation).reversed())
    }

    @Test func `confirmed only goes round what nobody knows`() throws {
        var map = Self.fork([:])
        map.node(8, 0, 50)
        map.node(9, 100, 50)
        let known = ["highway": "footway", "surface": "asphalt", "width": "2", "incline": "0"]
        map.way(5, [1, 8, 9, 3], known)
        var town = try Town(map)
        let free = try town.route(.manualWheelchair, (-30, 0), (130, 0))
        let sure = try town.route(.manualWheelchair, (-30, 0), (130, 0), isConfirmedOnly: true)
        #expect(free.metres < 170)
        #expect(sure.metres > 230)
        #expect(sure.confirmedMetres > 190)
        #expect(sure.obstacles.allSatisfy { $0.violation.kind == .unconfirmed })
    }

    @Test func `a closure takes effect at once and can be undone`() throws {
        let town = try Town(Self.fork([:]))
        var query = town.query
        let (from, to) = (try TownMap.place(-30, 0), try TownMap.place(130, 0))
        for profile in Profile.standard {
            var metric = try town.planner.metric(profile)
            let before = try town.planner.route(from: from, to: to, metric, &query)
            let straight = try #require(before.steps.first { $0.metres > 45 }).segment
            metric.close([straight], in: town.planner)
            let closed = try town.planner.route(from: from, to: to, metric, &query)
            #expect(!closed.steps.map(\.segment).contains(straight))
            metric.open([straight], in: town.planner)
            #expect(try town.planner.route(from: from, to: to, metric, &query) == before)
        }
    }

    @Test func `what cannot be asked is answered clearly`() throws {
        var map = Self.fork([:])
        map.node(20, 3_000, 0)
        map.node(21, 3_050, 0)
        map.way(9, [20, 21], ["highway": "footway"])
        var town = try Town(map)
        #expect(errorCode { _ = try town.route(.foot, (0, 0), (0, 50_000)) } == .tooFarFromNetwork)
        #expect(errorCode { _ = try town.route(.foot, (0, 0), (3_020, 0)) } == .notConnected)
        let still = try town.route(.foot, (20, 5), (20, 5))
        #expect(still.metres == 0)
        #expect(still.shape.count == 1)
        let short = try town.route(.foot, (10, 0), (30, 0))
        #expect(abs(short.metres - 20) < 0.5)
        let inBuilding = try town.route(.foot, (20, 15), (80, 15))
        #expect(abs(inBuilding.start.metresAway - 15) < 0.1)
        var profile = Profile.foot
        profile.metresPerSecond = .nan
        #expect(errorCode { _ = try town.route(profile, (0, 0), (1, 0)) } == .badProfile)
    }

    @Test func `alternatives differ and are no better than the best`() throws {
        var map = TownMap()
        for (id, place) in [
            (0.0, 0.0), (100, 0), (0, 20), (100, 20), (-30, 0), (130, 0), (50, 20), (50, 60),
        ].enumerated() {
            map.node(Int64(id + 1), place.0, place.1)
        }
        map.way(1, [5, 1, 2, 6], ["highway": "footway"])
        map.way(2, [1, 3, 7, 4, 2], ["highway": "footway"])
        map.way(3, [7, 8], ["highway": "footway"])
        let town = try Town(map)
        var query = town.query
        let routes = try town.planner.alternatives(
            from: try TownMap.place(-30, 0),
            to: try TownMap.place(130, 0),
            try town.planner.metric(.foot),
            &query,
            count: 3
        )
        #expect(routes.map { $0.metres.rounded() } == [160, 200])
    }

    @Test func `one reaches as far as the time allows`() throws {
        let town = try Town(Self.fork([:]))
        let metric = try town.planner.metric(.foot)
        let reach = try town.planner.reach(from: try TownMap.place(-30, 0), seconds: 10, metric)
        let metres = reach.pieces.flatMap { zip($0.shape, $0.shape.dropFirst()) }
            .reduce(0) { $0 + $1.0.metres(to: $1.1) }
        #expect(abs(metres - 13) < 0.5)
    }

    @Test func `a profile is read from and written to JSON`() throws {
        for profile in Profile.standard {
            #expect(try profile.checked() == profile)
            #expect(try profile.copiedThroughJSON() == profile)
        }
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `on a real station every profile's answers equal Dijkstra's`() throws {
        let planner = try RoutePlanner(WalkingNetwork(SharedData.map("da_hbf.osm")))
        var query = ContractionQuery(planner.topology)
        var sweep = ContractionSweep(planner.topology)
        let some = stride(from: 0, to: planner.network.nodeCount, by: 9).map(\.self)
        var pinned = ContractionSweep(planner.topology, targets: some)
        for profile in Profile.standard {
            let metric = try planner.metric(profile).metric
            for source in [0, planner.network.nodeCount / 2] {
                let oracle = Dijkstra(graph: planner.walking.graph, weights: metric.input)
                    .distances(from: source)
                let found = oracle.indices.map { query.distance(from: source, to: $0, metric) }
                #expect(found == oracle)
                #expect(sweep.distances(from: source, metric) == oracle)
                #expect(pinned.distances(from: source, metric) == some.map { oracle[$0] })
            }
        }
    }
}
