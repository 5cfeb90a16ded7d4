/// Watches what lies still: somebody who fell, a thing that was left, and places where somebody stood
/// while the background was learnt.
struct ThingWatch: Sendable {
    /// Something that lies still.
    private struct Still: Sendable {
        var number: Int
        var isPerson: Bool
        var box: BoundingBox
        var since: Double
        var lastSeconds: Double
        /// Seconds with nobody beside it.
        var aloneSeconds = 0.0
        /// The frames in which the person was still upright.
        var evidence: [Double] = []
        var trackIDs: [Int] = []
    }

    /// Things that are watched at once.
    static let maximumCount = 100
    /// Seconds after which anything that stands still becomes background.
    static let absorptionSeconds = 600.0
    /// Seconds for which something may be hidden by somebody who passes.
    static let hiddenSeconds = 4.0

    /// The least area of a thing, in squares of the height of a person.
    private static let leastThing = 0.035
    /// The least area of somebody who lies.
    private static let leastBody = 0.11

    private let settings: SceneAnalyzer.Settings
    private var stills: [Still] = []
    private var nextNumber = 1
    private var lastSeconds: Double?

    init(_ settings: SceneAnalyzer.Settings) {
        self.settings = settings
    }

    /// Judges a frame.
    mutating func judge(
        _ scene: FrameScene,
        _ people: PeopleWatch,
        _ background: inout BackgroundModel,
        _ ledger: inout EventLedger
    ) {
        let passed = min(2, max(0, scene.seconds - (lastSeconds ?? scene.seconds)))
        lastSeconds = scene.seconds
        for region in scene.regions where region.stillShare > 0.5 {
            if isGhost(region, scene, background) {
                background.absorb(scene.grid, columns: region.columns, rows: region.rows)
                let box = scene.box(region)
                stills.removeAll { $0.box.overlap(box) > 0.1 }
            } else {
                see(region, scene, people)
            }
        }
        stills.removeAll { scene.seconds - $0.lastSeconds > Self.hiddenSeconds }
        for at in stills.indices {
            let isAttended = people.visible(at: scene.seconds).contains {
                isBeside($0, stills[at], scene)
            }
            if !isAttended { stills[at].aloneSeconds += passed }
            report(stills[at], scene, &ledger)
        }
    }

    private func report(_ still: Still, _ scene: FrameScene, _ ledger: inout EventLedger) {
        let lies = scene.seconds - still.since
        let isFall = still.isPerson && lies >= settings.fallSeconds
        let isLeft = !still.isPerson && still.aloneSeconds >= settings.abandonedSeconds
        guard isFall || isLeft else { return }
        ledger.hold(
            EventLedger.Sign(
                kind: isFall ? .fall : .abandonedObject,
                subject: still.number,
                since: still.since,
                trackIDs: still.trackIDs,
                box: still.box,
                confidence: min(0.98, 0.7 + 0.02 * lies),
                evidence: still.evidence + [still.since]
            ),
            at: scene.seconds
        )
    }

    private mutating func see(_ region: MotionRegion, _ scene: FrameScene, _ people: PeopleWatch) {
        let box = scene.box(region)
        let height = scene.scale.height(atFoot: box.foot)
        let isFlat = box.height < 0.62 * height
        let area = Double(region.cellCount * scene.grid.factor * scene.grid.factor)
        guard isFlat, area > Self.leastThing * height * height else { return }
        let isLong = box.width > 0.55 * height
        if let at = stills.firstIndex(where: { $0.box.overlap(box) > 0.25 }) {
            stills[at].lastSeconds = scene.seconds
            stills[at].box = stills[at].box.between(box, at: 0.3)
            return
        }
        guard stills.count < Self.maximumCount, box.width < 1.4 * height else { return }
        var still = Still(
            number: nextNumber,
            isPerson: false,
            box: box,
            since: scene.seconds - min(region.stillSeconds, 10),
            lastSeconds: scene.seconds
        )
        if isLong {
            // Long things are people only where somebody stood before, and not in a throng.
            let neighbours = people.visible(at: scene.seconds).filter {
                abs($0.box.centerX - box.centerX) < 1.5 * height
                    && abs($0.box.foot.y - box.foot.y) < height
            }
            guard area > Self.leastBody * height * height, neighbours.count < 4,
                let faller = faller(box, height: height, scene, people)
            else { return }
            still.isPerson = true
            still.trackIDs = [faller.id]
            still.evidence = faller.steps.filter { $0.box.height > 0.7 * height }.map(\.seconds)
        }
        nextNumber += 1
        stills.append(still)
    }

    /// Who stood upright where now something long lies.
    private func faller(
        _ box: BoundingBox,
        height: Double,
        _ scene: FrameScene,
        _ people: PeopleWatch
    ) -> WatchedPerson? {
        people.everybody.first { person in
            // Who goes on upright elsewhere did not fall here.
            let isGone = scene.seconds - person.lastSeconds > 0.5
            guard isGone || person.box.overlap(box) > 0.2 else { return false }
            return person.steps.contains { step in
                step.box.height > 0.7 * height && step.box.width < 0.7 * step.box.height
                    && abs(step.box.foot.x - box.centerX) < height
                    && abs(step.box.foot.y - box.foot.y) < 0.5 * height
            }
        }
    }

    /// Whether somebody upright stands by a thing.
    private func isBeside(_ person: WatchedPerson, _ still: Still, _ scene: FrameScene) -> Bool {
        let height = scene.scale.height(atFoot: still.box.foot)
        let before = person.step(before: scene.seconds - 0.9) ?? person.steps[0]
        let walked = abs(before.box.centerX - person.box.centerX)
        return person.box.height > 0.62 * height && walked < 0.25 * height
            && abs(person.box.foot.x - still.box.foot.x) < 0.9 * height
            && abs(person.box.foot.y - still.box.foot.y) < 0.45 * height
    }

    /// Whether what stands still is a hole in the background: its outline is seen there and not in the
    /// picture.
    private func isGhost(
        _ region: MotionRegion,
        _ scene: FrameScene,
        _ background: BackgroundModel
    ) -> Bool {
        guard region.stillSeconds > Double(MotionRegions.stillSeconds) else { return false }
        if region.stillSeconds > Self.absorptionSeconds { return true }
        let width = scene.grid.width
        var seen = 0.0
        var known = 0.0
        for y in region.rows.dropLast() {
            for x in region.columns.dropLast() {
                let at = y * width + x
                for other in [at + 1, at + width]
                where scene.mask.cells[at] != scene.mask.cells[other] {
                    seen += abs(Double(scene.grid.luma[at]) - Double(scene.grid.luma[other]))
                    known += abs(background.brightness(at) - background.brightness(other))
                }
            }
        }
        return known > 1.6 * seen && known > 60
    }
}
