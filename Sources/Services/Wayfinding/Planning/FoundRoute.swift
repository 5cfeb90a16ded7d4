import Basics
import Routing

/// A way with its words: what to do on it, and every barrier with what was reported of it.
struct FoundRoute: Sendable {
    /// A barrier on the way.
    struct Barrier: Sendable, Hashable {
        var kind: ViolationKind
        var text: Bilingual
        var measure: Int?
        var isConfirmed: Bool
        /// The report that it follows from.
        var report: String?
        var metresFromStart: Double
        var lengthMetres: Double
        var position: GeoPoint
    }

    let route: Route
    let barriers: [Barrier]
    let instructions: [Instruction]

    /// Puts words to a route: what is closed is named by why it is.
    init(
        _ route: Route,
        _ planner: RoutePlanner,
        _ profile: Profile,
        closures: [Int: [Closure]]
    ) {
        self.route = route
        let mapped = route.obstacles.filter { $0.violation.kind != .closed }.map { obstacle in
            Barrier(
                kind: obstacle.violation.kind,
                text: obstacle.violation.text,
                measure: obstacle.violation.measure,
                isConfirmed: obstacle.violation.isConfirmed,
                report: nil,
                metresFromStart: obstacle.metresFromStart,
                lengthMetres: obstacle.lengthMetres,
                position: obstacle.position
            )
        }
        let live = FoundRoute.live(route, profile, closures)
        barriers = (mapped + live).enumerated().sorted {
            ($0.element.metresFromStart, $0.offset) < ($1.element.metresFromStart, $1.offset)
        }.map(\.element)
        let plain = planner.instructions(for: route)
        instructions = FoundRoute.merged(plain.filter { !$0.isGenericClosure }, live)
    }

    /// What is closed on the way, each closure once, where the way comes nearest to it.
    private static func live(_ route: Route, _ profile: Profile, _ closures: [Int: [Closure]])
        -> [Barrier]
    {
        guard !closures.isEmpty else { return [] }
        var barriers: [Barrier] = []
        var seen: Set<String> = []
        var metres = 0.0
        for step in route.steps {
            for closure in closures[step.segment] ?? []
            where closure.concerns(profile) && seen.insert(closure.id).inserted {
                let place = step.nearest(to: closure.position)
                barriers.append(
                    Barrier(
                        kind: closure.kind,
                        text: closure.text,
                        measure: nil,
                        isConfirmed: closure.isConfirmed,
                        report: closure.report,
                        metresFromStart: metres + place.metres,
                        lengthMetres: 0,
                        position: place.position
                    )
                )
            }
            metres += step.metres
        }
        return barriers
    }

    /// The instructions with a warning for each closure, before what is done at the same place.
    private static func merged(_ plain: [Instruction], _ live: [Barrier]) -> [Instruction] {
        guard !live.isEmpty, let end = plain.last?.metresFromStart else { return plain }
        let warnings = live.map { barrier in
            Instruction(
                kind: .warning,
                text: barrier.warning,
                metresFromStart: barrier.metresFromStart,
                metresToNext: (plain.first {
                    $0.kind != .warning && $0.metresFromStart > barrier.metresFromStart
                }?.metresFromStart ?? end) - barrier.metresFromStart,
                position: barrier.position
            )
        }
        return (warnings + plain).enumerated().sorted {
            ($0.element.metresFromStart, $0.offset) < ($1.element.metresFromStart, $1.offset)
        }.map(\.element)
    }
}

extension FoundRoute.Barrier {
    /// What is said before it.
    fileprivate var warning: Bilingual {
        let doubt = isConfirmed ? Bilingual(same: "") : Bilingual(" (확인되지 않음)", " (unconfirmed)")
        return Bilingual(
            "주의: \(text.korean)\(doubt.korean)",
            "Beware: \(text.english)\(doubt.english)"
        )
    }
}

extension Instruction {
    /// The engine only knows that something is closed; the closure itself says what.
    fileprivate var isGenericClosure: Bool {
        kind == .warning && text.korean.contains(ViolationKind.closed.title.korean)
    }
}

extension Route.Step {
    /// The point of the step's line nearest to a place, and how far along the step it is.
    fileprivate func nearest(to place: GeoPoint) -> (metres: Double, position: GeoPoint) {
        var best = (away: Double.infinity, metres: 0.0, position: place)
        var along = 0.0
        var before: GeoPoint?
        for point in shape {
            if let before { along += before.metres(to: point) }
            let away = point.metres(to: place)
            if away < best.away { best = (away, along, point) }
            before = point
        }
        return (min(best.metres, metres), best.position)
    }
}
