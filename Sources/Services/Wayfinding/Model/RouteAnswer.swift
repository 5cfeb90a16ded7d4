import Basics
import Routing

/// Ways for one question, as `/api/wayfinding/routes` answers; the walking and camera pages read it.
struct RouteAnswer: Encodable, Sendable {
    /// Whom the ways are for.
    var profile: ProfileName
    /// The language of every text.
    var language: String
    /// Changes with every report, repair and lift outage: who keeps a route asks again where the
    /// number differs.
    var revision: Int
    /// The moment whose opening hours count (RFC 3339).
    var openAt: String
    /// The best way first, then others that really differ.
    var routes: [RouteBody]

    struct ProfileName: Encodable, Sendable {
        var name: String
        var title: String
    }
}

/// One way, with everything that a page or a program shows of it.
struct RouteBody: Encodable, Sendable {
    /// The length in metres.
    var metres: Double
    /// The time in seconds.
    var seconds: Double
    /// Metres that are known to suit the profile.
    var confirmedMetres: Double
    /// Metres of which something required is unknown or unconfirmed.
    var unknownMetres: Double
    /// Metres with a barrier.
    var violatingMetres: Double
    /// Where it leaves the nearest way to the start.
    var start: End
    /// Where it arrives.
    var end: End
    /// The line, longitude before latitude as in GeoJSON.
    var shape: [[Double]]
    /// The parts of the line in order.
    var parts: [Part]
    /// What to do, in order; warnings among it.
    var instructions: [Spoken]
    /// What is against the profile, in order.
    var barriers: [Barrier]

    struct End: Encodable, Sendable {
        var position: [Double]
        /// From the place asked for to the way.
        var metresAway: Double
    }

    /// A part of the line of one kind.
    struct Part: Encodable, Sendable {
        var metresFromStart: Double
        var metres: Double
        var seconds: Double
        /// The kind of way, such as `footway` (`PathKind`).
        var kind: String
        var name: String
        /// The storey, 0 the ground; none where nobody says.
        var level: Double?
        /// Along the way of walking, in percent; none where unknown.
        var inclinePercent: Double?
        /// The number of the first point of the part in `shape`.
        var firstPoint: Int
    }

    struct Spoken: Encodable, Sendable {
        /// The kind of instruction, such as `left` or `crossing` (`Instruction.Kind`).
        var kind: String
        /// The sentence, to read and to speak.
        var text: String
        var metresFromStart: Double
        /// On to the next instruction that is no warning.
        var metresToNext: Double
        var position: [Double]
    }

    struct Barrier: Encodable, Sendable {
        /// The kind of violation, such as `kerb` (`ViolationKind`).
        var kind: String
        /// What it is: "단차 4 cm".
        var text: String
        /// In the unit of the kind: millimetres, thousandths, centimetres, steps.
        var measure: Int?
        var isConfirmed: Bool
        /// The number of the report that it follows from.
        var report: String?
        var metresFromStart: Double
        var lengthMetres: Double
        var position: [Double]
    }
}

extension RouteBody {
    /// Describes a way that was found.
    init(_ found: FoundRoute, _ planner: RoutePlanner, language: Language) {
        let route = found.route
        metres = route.metres.hundredths
        seconds = route.seconds.hundredths
        confirmedMetres = route.confirmedMetres.hundredths
        unknownMetres = route.unknownMetres.hundredths
        violatingMetres = route.violatingMetres.hundredths
        start = End(route.start)
        end = End(route.end)
        (shape, parts) = RouteBody.line(route, planner.network)
        instructions = found.instructions.map { instruction in
            Spoken(
                kind: instruction.kind.rawValue,
                text: instruction.text[language],
                metresFromStart: instruction.metresFromStart.hundredths,
                metresToNext: instruction.metresToNext.hundredths,
                position: instruction.position.coordinates
            )
        }
        barriers = found.barriers.map { barrier in
            Barrier(
                kind: barrier.kind.rawValue,
                text: barrier.text[language],
                measure: barrier.measure,
                isConfirmed: barrier.isConfirmed,
                report: barrier.report,
                metresFromStart: barrier.metresFromStart.hundredths,
                lengthMetres: barrier.lengthMetres.hundredths,
                position: barrier.position.coordinates
            )
        }
    }

    /// The whole line, and the parts that name their first points in it.
    private static func line(
        _ route: Route,
        _ network: WalkingNetwork
    ) -> (shape: [[Double]], parts: [Part]) {
        var points: [GeoPoint] = []
        var parts: [Part] = []
        var metres = 0.0
        for step in route.steps {
            let first = points.last == step.shape.first ? max(points.count - 1, 0) : points.count
            for point in step.shape where point != points.last { points.append(point) }
            let attributes = network.attributes(of: step.segment)
            let incline = attributes[.inclinePermille]?.value
            parts.append(
                Part(
                    metresFromStart: metres.hundredths,
                    metres: step.metres.hundredths,
                    seconds: step.seconds.hundredths,
                    kind: (attributes[.kind]?.value ?? .path).rawValue,
                    name: network.name(of: step.segment),
                    level: attributes.level,
                    inclinePercent: incline.map { Double(step.isForward ? $0 : -$0) / 10 },
                    firstPoint: first
                )
            )
            metres += step.metres
        }
        if points.isEmpty { points = [route.start.position] }
        // A line has two points at least (RFC 7946 §3.1.4), also where there is nowhere to go.
        if points.count == 1 { points.append(points[0]) }
        return (points.map(\.coordinates), parts)
    }
}

extension RouteBody.End {
    fileprivate init(_ snap: Snap) {
        position = snap.position.coordinates
        metresAway = snap.metresAway.hundredths
    }
}

extension Attributes {
    /// The storey, where the way lies on one.
    var level: Double? {
        guard let low = self[.lowestLevelTenths]?.value, low == self[.highestLevelTenths]?.value
        else { return nil }
        return Double(low) / 10
    }
}

extension GeoPoint {
    /// Longitude and latitude, as GeoJSON has them.
    var coordinates: [Double] { [longitude, latitude] }
}

extension Double {
    /// The number with two digits behind the point.
    var hundredths: Double { (self * 100).rounded() / 100 }
}
