import Packaging
import Routing

/// RoutingKit's Luxembourg: little-endian vectors of 32 bits.
struct Luxembourg {
    let graph: DirectedGraph
    let order: [UInt32]
    let x: [Float]
    let y: [Float]
    let sources: [UInt32]
    let targets: [UInt32]
    private let folder: String

    init(_ folder: String) throws {
        self.folder = folder
        graph = try DirectedGraph(
            firstOut: try Luxembourg.vector(folder, "first_out"),
            head: try Luxembourg.vector(folder, "head")
        )
        order = try Luxembourg.vector(folder, "cch_order")
        x = try Luxembourg.vector(folder, "longitude").map { Float(bitPattern: $0) }
        y = try Luxembourg.vector(folder, "latitude").map { Float(bitPattern: $0) }
        sources = try Luxembourg.vector(folder, "source_node")
        targets = try Luxembourg.vector(folder, "target_node")
    }

    func weights(_ metric: String) throws -> [UInt32] { try Luxembourg.vector(folder, metric) }

    func answers(_ metric: String) throws -> [UInt32] {
        try Luxembourg.vector(folder, "query_reference_\(metric)_length")
    }

    private static func vector(_ folder: String, _ name: String) throws -> [UInt32] {
        var source = SequentialSource(
            try FileBytes(path: "\(folder)/luxembourg_\(name)")
        )
        let bytes = try source.collect(maximumByteCount: 1 << 30)
        return stride(from: 0, to: bytes.count, by: 4).map { at in
            (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
        }
    }
}

/// All reference answers with one order, and how long they took.
func measure(_ data: Luxembourg, _ name: String, _ order: [UInt32]) throws {
    let (topology, building) = try timed { try ContractionTopology(data.graph, order: order) }
    report("\(name): contraction", [building])
    report("\(name): arcs of the hierarchy", count: topology.arcCount)
    var query = ContractionQuery(topology)
    for metricName in ["travel_time", "geo_distance"] {
        let weights = try data.weights(metricName)
        let answers = try data.answers(metricName)
        var customisations: [Double] = []
        var metric = try ContractionMetric(topology, weights: weights)
        for _ in 0..<15 {
            let (next, time) = try timed { try ContractionMetric(topology, weights: weights) }
            customisations.append(time)
            metric = next
        }
        report("\(name), \(metricName): customisation", customisations)
        var times: [Double] = []
        var agreements = 0
        for _ in 0..<2 {
            times.removeAll(keepingCapacity: true)
            agreements = 0
            for at in data.sources.indices {
                let (source, target) = (Int(data.sources[at]), Int(data.targets[at]))
                let (found, time) = timed { query.distance(from: source, to: target, metric) }
                times.append(time)
                if found == answers[at] { agreements += 1 }
            }
        }
        report("\(name), \(metricName): distance", times)
        report(
            "\(name), \(metricName): answers equal to the reference",
            count: agreements,
            of: answers.count
        )
        try measurePaths(data, name, metricName, &query, metric, answers)
    }
}

func measurePaths(
    _ data: Luxembourg,
    _ name: String,
    _ metricName: String,
    _ query: inout ContractionQuery,
    _ metric: ContractionMetric,
    _ answers: [UInt32]
) throws {
    var times: [Double] = []
    var sound = 0
    for at in 0..<20_000 {
        let (source, target) = (Int(data.sources[at]), Int(data.targets[at]))
        let (path, time) = timed { query.path(from: source, to: target, metric) }
        times.append(time)
        let sum = path.map { $0.arcs.reduce(UInt32(0)) { $0 + metric.input[Int($1)] } }
        if sum ?? ContractionMetric.unreachable == answers[at] { sound += 1 }
    }
    report("\(name), \(metricName): path", times)
    report(
        "\(name), \(metricName): paths whose arcs sum to the reference",
        count: sound,
        of: times.count
    )
}

/// Both orders, both metrics.
func measureLuxembourg(_ folder: String) throws {
    let data = try Luxembourg(folder)
    try measure(data, "given order", data.order)
    let (own, time) = try timed { try NestedDissection.order(data.graph, x: data.x, y: data.y) }
    report("own order", [time])
    try measure(data, "own order", own)
    try measureClosures(data)
}

/// One arc closed and opened again, 2,000 times, on its own.
func measureClosures(_ data: Luxembourg) throws {
    let topology = try ContractionTopology(data.graph, order: data.order)
    let weights = try data.weights("travel_time")
    var metric = try ContractionMetric(topology, weights: weights)
    var times: [Double] = []
    for at in 0..<2_000 {
        let arc = at * 7_919 % weights.count
        for weight in [ContractionMetric.unreachable, weights[arc]] {
            times.append(timed { metric.update([(arc: arc, weight: weight)], in: topology) }.1)
        }
    }
    report("given order, travel_time: partial update", times)
}
