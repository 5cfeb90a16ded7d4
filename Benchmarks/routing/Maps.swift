import Basics
import Packaging
import Routing
import RoutingTesting

/// From the file to eight profiles, and routes with their instructions between random places.
func measureImport(_ map: String) throws {
    let (network, reading) = try timed { try WalkingNetwork(OSMFile(FileBytes(path: map))) }
    let (planner, preparing) = try timed { try RoutePlanner(network) }
    let (metrics, customising) = try timed {
        try Profile.standard.map { try planner.metric($0) }
    }
    report("map to network", [reading])
    report("network to hierarchy", [preparing])
    report("eight profiles", [customising])
    report("map to eight profiles", [reading + preparing + customising])
    report("peak memory in bytes", count: peakMemoryByteCount())
    report("nodes", count: network.nodeCount)
    report("segments", count: network.segments.count)
    report("arcs of the hierarchy", count: planner.topology.arcCount)
    var random = SeededRandom(seed: 1)
    var query = ContractionQuery(planner.topology)
    for metric in metrics {
        try measureRoutes(planner, metric, &query, &random)
    }
}

/// A thousand random pairs of one profile; a pair without an answer is counted with its reason.
func measureRoutes(
    _ planner: RoutePlanner,
    _ metric: ProfileMetric,
    _ query: inout ContractionQuery,
    _ random: inout SeededRandom
) throws {
    var times: [Double] = []
    var unanswered: [RoutingError.Code: Int] = [:]
    var obstacles = 0
    for _ in 0..<1_000 {
        let from = planner.network.nodePositions.randomElement(using: &random)
        let to = planner.network.nodePositions.randomElement(using: &random)
        guard let from, let to else { return }
        let (route, time) = timed { () -> Route? in
            do {
                let route = try planner.route(from: from, to: to, metric, &query)
                _ = planner.instructions(for: route)
                return route
            } catch let error as RoutingError {
                unanswered[error.code, default: 0] += 1
            } catch {}
            return nil
        }
        times.append(time)
        if route?.obstacles.isEmpty == false { obstacles += 1 }
    }
    let name = metric.costs.profile.name
    report("\(name): route with instructions", times)
    report("\(name): routes with obstacles named", count: obstacles, of: times.count)
    for (code, count) in unanswered {
        report("\(name): refused as \(code.rawValue)", count: count, of: times.count)
    }
}

/// Ten thousand random pairs of every profile against Dijkstra's answers.
func measureExactness(_ map: String) throws {
    let planner = try RoutePlanner(WalkingNetwork(OSMFile(FileBytes(path: map))))
    var query = ContractionQuery(planner.topology)
    var random = SeededRandom(seed: 1)
    for profile in Profile.standard {
        let metric = try planner.metric(profile).metric
        let oracle = Dijkstra(graph: planner.walking.graph, weights: metric.input)
        var agreements = 0
        for _ in 0..<100 {
            let source = Int.random(in: 0..<planner.network.nodeCount, using: &random)
            let distances = oracle.distances(from: source)
            for _ in 0..<100 {
                let target = Int.random(in: 0..<planner.network.nodeCount, using: &random)
                let found = query.distance(from: source, to: target, metric)
                if found == distances[target] { agreements += 1 }
            }
        }
        report("\(profile.name): answers equal to Dijkstra's", count: agreements, of: 10_000)
    }
}
