import Glibc

/// Measures how many people stand on the ground of crowd zones, also where they hide each other.
///
/// People stand more or less at random, so the share of the picture that they cover grows like
/// 1 - exp(-people × area of one): the coverage of a Boolean model (Chiu, Stoyan, Kendall and Mecke,
/// "Stochastic Geometry and its Applications", 2013, §3). Read backwards it gives the number.
struct CrowdWatch: Sendable {
    /// What was measured.
    struct Finding: Sendable {
        var personCount: Double
        var density: Double?
        var level: CrowdLevel
    }

    /// A crowd zone.
    private struct Zone: Sendable {
        var number: Int
        var polygon: Polygon
        var squareMetres: Double
        /// The cells in which the bodies of those who stand in the zone are seen.
        var cells: [Int] = []
        /// The share of a square metre's cells that one person covers.
        var personShare = 1.0
        var density = 0.0
        /// The densities of the last seconds: a level holds when all of them say so.
        var recent: [(seconds: Double, density: Double)] = []
        var level = CrowdLevel.calm
        var since = 0.0
    }

    /// The share of its box that a person fills.
    private static let fill = 0.7
    /// People keep their distance and cover more than points at random would: by this share, and by this
    /// more for every person on a square metre (fitted to generated squares).
    private static let distance = (1.2, 0.1)
    /// The largest density that covering tells; beyond it everything is covered.
    private static let maximumDensity = 9.0
    /// Seconds for which a density holds before the level follows it.
    private static let sustainedSeconds = 4.0
    /// Seconds over which the density is smoothed.
    private static let smoothingSeconds = 1.5

    private let rules: SceneRules
    private var zones: [Zone]
    private var lastSeconds: Double?
    private var measuredSeconds = -Double.infinity

    init(_ rules: SceneRules, _ ground: GroundPlane?) {
        self.rules = rules
        zones = rules.zones.enumerated().compactMap { number, zone in
            let area = zone.squareMetres ?? ground?.squareMetres(zone.polygon)
            guard zone.kind == .crowd, let area, area > 0 else { return nil }
            return Zone(number: number, polygon: Polygon(zone.polygon), squareMetres: area)
        }
    }

    /// Judges a frame.
    mutating func judge(
        _ scene: FrameScene,
        _ ledger: inout EventLedger,
        detections: [Detection]?
    ) -> Finding {
        let passed = min(2, max(0, scene.seconds - (lastSeconds ?? scene.seconds)))
        lastSeconds = scene.seconds
        if scene.seconds - measuredSeconds > 20 {
            measuredSeconds = scene.seconds
            zones = zones.map { laidOut($0, scene) }
        }
        let share = 1 - exp(-max(passed, 0.05) / Self.smoothingSeconds)
        for at in zones.indices {
            var zone = zones[at]
            zone.density += (density(zone, scene, detections) - zone.density) * share
            grade(&zone, at: scene.seconds)
            if zone.level > .calm { hold(zone, scene, &ledger) }
            zones[at] = zone
        }
        let count =
            detections.map { Double($0.count) }
            ?? scene.regions.reduce(0) { $0 + people(in: $1, scene) }
        return Finding(
            personCount: count,
            density: zones.map(\.density).max(),
            level: zones.map(\.level).max() ?? .calm
        )
    }

    private func grade(_ zone: inout Zone, at seconds: Double) {
        zone.recent.append((seconds, zone.density))
        zone.recent.removeAll { seconds - $0.seconds > Self.sustainedSeconds }
        let least = zone.recent.map(\.density).min() ?? 0
        let most = zone.recent.map(\.density).max() ?? 0
        let limits = rules.crowd.ascending
        let reached = limits.filter { $0 <= least }.count
        let kept = limits.filter { $0 * (1 - rules.crowd.hysteresis) <= most }.count
        let old = zone.level.rawValue
        let level = reached > old ? reached : min(old, kept)
        if old == 0, level > 0 { zone.since = seconds }
        zone.level = CrowdLevel(rawValue: level) ?? .serious
    }

    private func hold(_ zone: Zone, _ scene: FrameScene, _ ledger: inout EventLedger) {
        let corners = zone.polygon.corners
        let xs = corners.map { $0.x * Double(scene.picture.width) }
        let ys = corners.map { $0.y * Double(scene.picture.height) }
        let left = xs.min() ?? 0
        let top = ys.min() ?? 0
        ledger.hold(
            EventLedger.Sign(
                kind: .crowd,
                subject: zone.number,
                zone: rules.zones[zone.number].name,
                level: zone.level,
                since: zone.since,
                box: BoundingBox(
                    x: left,
                    y: top,
                    width: (xs.max() ?? 0) - left,
                    height: (ys.max() ?? 0) - top
                ),
                confidence: 0.8
            ),
            at: scene.seconds
        )
    }

    private func density(
        _ zone: Zone,
        _ scene: FrameScene,
        _ detections: [Detection]?
    ) -> Double {
        if let detections {
            let inside = detections.filter { zone.polygon.contains(scene.share($0.box.foot)) }
            return Double(inside.count) / zone.squareMetres
        }
        guard !zone.cells.isEmpty else { return 0 }
        let covered = zone.cells.reduce(0) { $0 + (scene.mask.cells[$1] ? 1 : 0) }
        let share = min(0.999, Double(covered) / Double(zone.cells.count))
        let covering = -log(1 - share) / zone.personShare
        let root = (Self.distance.0 * Self.distance.0 + 4 * Self.distance.1 * covering).squareRoot()
        return min(Self.maximumDensity, (root - Self.distance.0) / (2 * Self.distance.1))
    }

    /// Finds the cells of a zone: those half a person above its ground.
    private func laidOut(_ known: Zone, _ scene: FrameScene) -> Zone {
        var zone = known
        let grid = scene.grid
        zone.cells = []
        var bodies = 0.0
        var groundCount = 0
        for y in 0..<grid.height {
            for x in 0..<grid.width {
                let pixel = (
                    x: (Double(x) + 0.5) * Double(grid.factor),
                    y: (Double(y) + 0.5) * Double(grid.factor)
                )
                if zone.polygon.contains(scene.share(pixel)) {
                    groundCount += 1
                    bodies += scene.scale.height(atFoot: pixel) * scene.scale.width(atFoot: pixel)
                }
                // The foot of somebody whose middle is here.
                var foot = pixel
                for _ in 0..<3 { foot.y = pixel.y + 0.5 * scene.scale.height(atFoot: foot) }
                if zone.polygon.contains(scene.share(foot)) {
                    zone.cells.append(y * grid.width + x)
                }
            }
        }
        guard groundCount > 0 else { return zone }
        let body = bodies / Double(groundCount) * Self.fill
        let groundPixels = Double(groundCount * grid.factor * grid.factor)
        zone.personShare = body / (groundPixels / zone.squareMetres)
        return zone
    }

    /// How many people a region is.
    private func people(in region: MotionRegion, _ scene: FrameScene) -> Double {
        let box = scene.box(region)
        let height = scene.scale.height(atFoot: box.foot)
        let one = Self.fill * height * scene.scale.width(atFoot: box.foot)
        let area = Double(region.cellCount * scene.grid.factor * scene.grid.factor)
        let bodies = area / max(1, one)
        guard box.height > 0.5 * height || box.width > 0.55 * height, bodies > 0.2 else { return 0 }
        return max(1, bodies)
    }
}
