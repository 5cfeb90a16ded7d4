import Basics
import CityMap
import Footage
import Hosting
import Routing
import Sightings

/// The walking times between cameras over the city's map; read once.
final class CameraWalks: Sendable {
    /// How much longer a way is than the line, where the map knows none.
    static let detour = 1.3
    /// The usual pace, in metres a second.
    static let metersPerSecond = RouteSettings().metersPerSecond

    private let planner: RoutePlanner
    private let metric: ProfileMetric

    static func of(_ platform: Platform) throws -> CameraWalks {
        let map = try CityMap.of(platform)
        return try platform.shared.value(CameraWalks.self) { try CameraWalks(map.planner) }
    }

    private init(_ planner: RoutePlanner) throws {
        self.planner = planner
        metric = try planner.metric(.foot)
    }

    /// The way between two places, or nothing where the map has none.
    func way(
        from start: Footage.CameraPlace,
        to end: Footage.CameraPlace
    ) -> [MapPoint]? {
        guard let route = route(from: start, to: end) else { return nil }
        return route.steps.flatMap(\.shape).map {
            MapPoint(latitude: $0.latitude, longitude: $0.longitude)
        }
    }

    /// Seconds on foot.
    func seconds(
        from start: Footage.CameraPlace,
        to end: Footage.CameraPlace
    ) -> Double {
        if let route = route(from: start, to: end) {
            return route.steps.reduce(0) { $0 + $1.seconds }
        }
        return start.meters(to: end) * Self.detour / Self.metersPerSecond
    }

    private func route(from start: Footage.CameraPlace, to end: Footage.CameraPlace) -> Route? {
        guard let first = try? GeoPoint(latitude: start.latitude, longitude: start.longitude),
            let last = try? GeoPoint(latitude: end.latitude, longitude: end.longitude)
        else { return nil }
        var query = ContractionQuery(planner.topology)
        return try? planner.route(from: first, to: last, metric, &query)
    }
}

/// A place on the way.
struct MapPoint: Sendable, Hashable {
    var latitude: Double
    var longitude: Double
}

/// The way that the confirmed sightings of a case tell, with what is not known of it.
struct CaseRoute: Sendable {
    /// A sighting on the way.
    struct Step: Sendable {
        var mark: SightingMark
        var camera: Camera
        var probability: Double
    }
    /// What lies between a step and the next one.
    struct Gap: Sendable {
        var elapsedSeconds: Double
        var walkSeconds: Double
        var unknownSeconds: Double
        var uncertaintyMeters: Double
        var unseenAt: [Camera]
        /// The straightest way, where the map has one.
        var way: [MapPoint]
    }
    /// A camera that may see the person next.
    struct Next: Sendable {
        var camera: Camera
        var probability: Double
        var likelyAt: Instant
    }
    /// Cameras that are named as the next ones.
    static let nextCount = 5

    var steps: [Step]
    var gaps: [Gap]
    var next: [Next]
    /// Whether a confirmed sighting cannot have been reached on foot from the one before.
    var isBroken: Bool

    /// Infers the way.
    ///
    /// - Throws: `SightingsError` where there are too many sightings.
    init(_ marks: [SightingMark], cameras: [UInt32: Camera], walks: CameraWalks, now: Instant)
        throws
    {
        let placed = cameras.filter { $0.value.place != nil }
        let confirmed = marks.filter {
            $0.verdict == .confirmed && placed[UInt32($0.camera)] != nil
        }
        let inference = RouteInference(
            cameras: placed.values.compactMap { camera in
                camera.place.map {
                    Sightings.CameraPlace(
                        number: camera.number,
                        latitude: $0.latitude,
                        longitude: $0.longitude
                    )
                }
            }.sorted { $0.number < $1.number },
            walkSeconds: { from, to in
                guard let start = placed[from]?.place, let end = placed[to]?.place else {
                    return .infinity
                }
                return walks.seconds(from: start, to: end)
            }
        )
        // The archive's own identifiers stay in the archive: here a place in the list is enough.
        let candidates = confirmed.enumerated().map { index, mark in
            RouteCandidate(
                id: SightingID(day: mark.seenAt.date, segment: 1, arrival: UInt32(index)),
                camera: UInt32(mark.camera),
                timeMilliseconds: mark.seenAt.millisecondsSinceEpoch,
                score: 1,
                isConfirmed: true
            )
        }
        let inferred = try inference.mostLikelyPath(
            candidates,
            presentMilliseconds: now.millisecondsSinceEpoch
        )
        var steps: [Step] = []
        for step in inferred.steps {
            let mark = confirmed[Int(step.candidate.id.arrival)]
            guard let camera = placed[UInt32(mark.camera)] else { continue }
            steps.append(Step(mark: mark, camera: camera, probability: step.probability))
        }
        self.steps = steps
        gaps = zip(inferred.gaps, zip(steps, steps.dropFirst())).map { gap, ends in
            Gap(
                elapsedSeconds: gap.elapsedSeconds,
                walkSeconds: gap.walkSeconds,
                unknownSeconds: gap.unknownSeconds,
                uncertaintyMeters: gap.uncertaintyMeters,
                unseenAt: gap.unseenAt.compactMap { placed[$0] },
                way: ends.0.camera.place.flatMap { start in
                    ends.1.camera.place.flatMap { walks.way(from: start, to: $0) }
                } ?? []
            )
        }
        next = inferred.next.prefix(Self.nextCount).compactMap { next in
            placed[next.camera].map {
                Next(
                    camera: $0,
                    probability: next.probability,
                    likelyAt: Instant(millisecondsSinceEpoch: next.likelyMilliseconds)
                )
            }
        }
        isBroken = !inferred.breaks.isEmpty
    }
}
