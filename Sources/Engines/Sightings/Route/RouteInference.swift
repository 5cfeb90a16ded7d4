import Basics

/// Finds the most likely way of a person past the cameras.
///
/// A hidden Markov model whose states are the sightings (Viterbi 1967; the form that L. Newson and
/// J. Krumm, "Hidden Markov Map Matching Through Noise and Sparseness", ACM GIS 2009, gave it for
/// traces): a sighting speaks for itself by its likeness, a step from one to the next by how well
/// the time between fits the walk. Sightings that are left out are somebody else's. A step that is
/// too fast for any walker, after both clocks' tolerance, is impossible.
public struct RouteInference: Sendable {
    /// How people walk and how cameras see.
    public var settings: RouteSettings

    let cameras: [UInt32: CameraPlace]
    private let walk: @Sendable (UInt32, UInt32) -> Double

    /// Candidates of one inference at most.
    public static let maximumCandidates = 2_000

    /// Creates an inference over cameras.
    ///
    /// - Parameters:
    ///   - cameras: The places of the cameras.
    ///   - settings: How people walk and how cameras see.
    ///   - walkSeconds: Seconds from one camera to another at the usual pace; infinite where there
    ///     is no way.
    public init(
        cameras: [CameraPlace],
        settings: RouteSettings = RouteSettings(),
        walkSeconds: @escaping @Sendable (_ from: UInt32, _ to: UInt32) -> Double
    ) {
        self.cameras = Dictionary(
            cameras.map { ($0.number, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.settings = settings
        walk = walkSeconds
    }

    /// An inference that takes walks as the crow flies, where no network of streets is at hand.
    ///
    /// - Parameters:
    ///   - cameras: The places of the cameras.
    ///   - settings: How people walk and how cameras see.
    ///   - detour: How much longer streets are than the crow flies, about 1.3 in a city.
    /// - Returns: The inference.
    public static func straight(
        cameras: [CameraPlace],
        settings: RouteSettings = RouteSettings(),
        detour: Double = 1.3
    ) -> RouteInference {
        let places = Dictionary(
            cameras.map { ($0.number, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let secondsPerMeter = max(detour, 1) / settings.metersPerSecond
        return RouteInference(cameras: cameras, settings: settings) { from, to in
            guard let from = places[from], let to = places[to] else { return .infinity }
            return from.meters(to: to) * secondsPerMeter
        }
    }

    /// The most likely way through candidates, and the cameras to watch from its end.
    ///
    /// - Parameters:
    ///   - candidates: Sightings in any order; those of unknown cameras are refused.
    ///   - presentMilliseconds: Now, in milliseconds since 1970: how long nobody has seen the person
    ///     counts. Where it is nothing, the moment of the last sighting.
    /// - Returns: The way, empty where no sighting speaks for the person.
    /// - Throws: `tooMany`, or `badValue` for a sighting of an unknown camera.
    public func mostLikelyPath(
        _ candidates: [RouteCandidate],
        presentMilliseconds: Int64? = nil
    ) throws(SightingsError) -> InferredRoute {
        try check(candidates)
        let observations = observations(of: candidates)
        var walks = WalkTimes(walk)
        let lattice = RouteLattice(
            observations: observations,
            transition: { transition($0, $1, &walks) },
            evidence: { evidence($0.candidate) }
        )
        let chain = lattice.bestChain()
        let shares = lattice.probabilities()
        let steps = chain.map { index in
            InferredRoute.Step(
                candidate: observations[index].candidate,
                timeMilliseconds: Int64((observations[index].seconds * 1000).rounded()),
                probability: shares[index]
            )
        }
        let gaps = zip(chain, chain.dropFirst()).map {
            gap(observations[$0], observations[$1], &walks)
        }
        return InferredRoute(
            steps: steps,
            gaps: gaps,
            next: nextCameras(
                after: chain.map { observations[$0] },
                presentSeconds: presentMilliseconds.map { Double($0) / 1000 },
                &walks
            ),
            breaks: lattice.breaks.map { observations[$0].candidate.id }.sorted()
        )
    }

    private func check(_ candidates: [RouteCandidate]) throws(SightingsError) {
        guard candidates.count <= Self.maximumCandidates else {
            throw SightingsError(
                .tooMany,
                Bilingual(
                    "동선에 쓸 목격이 너무 많습니다(최대 \(Self.maximumCandidates)건).",
                    "There are too many sightings for a route (at most \(Self.maximumCandidates))."
                )
            )
        }
        for candidate in candidates {
            guard cameras[candidate.camera] != nil, candidate.score.isFinite else {
                throw SightingsError(
                    .badValue,
                    Bilingual(
                        "위치를 모르는 카메라입니다: \(candidate.camera)",
                        "The place of camera \(candidate.camera) is not known."
                    ),
                    context: "\(candidate.id)"
                )
            }
        }
    }

    /// The candidates by right clocks, in order of time.
    private func observations(of candidates: [RouteCandidate]) -> [RouteObservation] {
        candidates.compactMap { candidate in
            cameras[candidate.camera].map { camera in
                RouteObservation(
                    candidate: candidate,
                    camera: camera,
                    seconds: Double(candidate.timeMilliseconds) / 1000 - camera.clockAheadSeconds
                )
            }
        }.sorted { ($0.seconds, $0.candidate.id) < ($1.seconds, $1.candidate.id) }
    }

    /// How much a likeness speaks for the person, in nats.
    private func evidence(_ candidate: RouteCandidate) -> Double {
        let nats = (Double(candidate.score) - settings.neutralScore) / settings.scorePerNat
        let most = settings.maximumNatsPerScore
        return candidate.isConfirmed ? max(most, nats) : min(max(nats, -most), most)
    }

    /// How well one sighting follows from another, in nats; nothing where nobody can walk so fast.
    private func transition(
        _ from: RouteObservation,
        _ to: RouteObservation,
        _ walks: inout WalkTimes
    ) -> Double? {
        let elapsed = to.seconds - from.seconds
        let tolerance = from.camera.clockToleranceSeconds + to.camera.clockToleranceSeconds
        let usual = walks.seconds(from.camera.number, to.camera.number)
        guard usual.isFinite, elapsed + tolerance >= usual / settings.fastestPace else {
            return nil
        }
        let spread = settings.paceSpread * usual + tolerance + 1
        let deviation = (elapsed - usual) / spread
        let timing = -0.5 * deviation * deviation
        guard elapsed > usual else { return timing }
        // Somebody who is late may have stayed: the longer, the less likely, but never impossible.
        return max(timing, -1 - (elapsed - usual) / settings.staySeconds)
    }

    private func gap(
        _ from: RouteObservation,
        _ to: RouteObservation,
        _ walks: inout WalkTimes
    ) -> InferredRoute.Gap {
        let elapsed = to.seconds - from.seconds
        let usual = walks.seconds(from.camera.number, to.camera.number)
        let reach = max(0, elapsed * settings.fastestPace) * settings.metersPerSecond
        let straight = usual * settings.metersPerSecond
        // Whoever walks `reach` metres between two points stays within an ellipse around them: its
        // half minor axis is the farthest from the line between.
        let aside =
            reach > straight ? (reach * reach - straight * straight).squareRoot() / 2 : 0
        return InferredRoute.Gap(
            elapsedSeconds: elapsed,
            walkSeconds: usual,
            unseenAt: camerasBetween(from.camera, to.camera, &walks),
            unknownSeconds: max(0, elapsed - usual),
            uncertaintyMeters: aside
        )
    }
}

/// A candidate at a place and a right time.
struct RouteObservation {
    var candidate: RouteCandidate
    var camera: CameraPlace
    var seconds: Double
}

/// Walking times, each asked for once.
struct WalkTimes {
    private var known: [UInt64: Double] = [:]
    private let walk: (UInt32, UInt32) -> Double

    init(_ walk: @escaping (UInt32, UInt32) -> Double) {
        self.walk = walk
    }

    mutating func seconds(_ from: UInt32, _ to: UInt32) -> Double {
        guard from != to else { return 0 }
        let pair = UInt64(from) << 32 | UInt64(to)
        if let found = known[pair] { return found }
        let seconds = walk(from, to)
        known[pair] = seconds
        return seconds
    }
}
