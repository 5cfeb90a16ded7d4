/// Asks the rules about everybody who is followed: zones, dwell, lines, falls.
struct PeopleWatch: Sendable {
    /// Seconds for which somebody who left is known again.
    static let memorySeconds = 5.0
    /// People who are remembered at once.
    static let maximumCount = 500
    /// Seconds outside of a zone that do not count as having left it.
    static let absenceSeconds = 2.0

    private let rules: SceneRules
    private let settings: SceneAnalyzer.Settings
    private let polygons: [Polygon]
    private(set) var people: [WatchedPerson] = []
    /// People who were lost lately.
    private var lost: [WatchedPerson] = []

    init(_ rules: SceneRules, _ settings: SceneAnalyzer.Settings) {
        self.rules = rules
        self.settings = settings
        polygons = rules.zones.map { Polygon($0.polygon) }
    }

    /// Who is seen in the frame of a time.
    func visible(at seconds: Double) -> [WatchedPerson] {
        people.filter { $0.lastSeconds == seconds }
    }

    /// Everybody who is followed or was lost lately.
    var everybody: [WatchedPerson] { people + lost }

    /// Takes the tracks of a frame in.
    mutating func follow(
        _ seen: [(id: Int, box: BoundingBox)],
        _ scene: FrameScene,
        _ scale: inout PersonScale
    ) {
        for (id, box) in seen {
            if let at = people.firstIndex(where: { $0.id == id }) {
                people[at].step(to: box, at: scene.seconds)
            } else if people.count < Self.maximumCount {
                people.append(known(id, box, scene))
            }
        }
        for region in scene.regions where region.stillShare < 0.3 {
            let box = scene.box(region)
            let isWhole =
                box.x > 1 && box.y > 1
                && box.x + box.width < Double(scene.picture.width - 1)
                && box.y + box.height < Double(scene.picture.height - 1)
            if isWhole, people.contains(where: { $0.box.overlap(box) > 0.7 }) {
                scale.learn(from: box)
            }
        }
        lost.removeAll { scene.seconds - $0.lastSeconds > Self.memorySeconds }
        lost += people.filter { $0.lastSeconds < scene.seconds - 1.2 }
        people.removeAll { $0.lastSeconds < scene.seconds - 1.2 }
        if lost.count > Self.maximumCount { lost.removeFirst(lost.count - Self.maximumCount) }
    }

    /// A new track: somebody who was lost nearby in the same clothes, or somebody new.
    private mutating func known(_ id: Int, _ box: BoundingBox, _ scene: FrameScene) -> WatchedPerson
    {
        var person = WatchedPerson(id: id, box: box, at: scene.seconds)
        person.clothes = ClothesColours(scene.picture, box: box, foreground: scene.mask)
        let height = scene.scale.height(atFoot: box.foot)
        var best: (at: Int, likeness: Float)?
        for at in lost.indices {
            let old = lost[at]
            let x = old.box.foot.x - box.foot.x
            let y = old.box.foot.y - box.foot.y
            let away = (x * x + y * y).squareRoot() / max(1, height)
            let passed = scene.seconds - old.lastSeconds
            guard away < 0.8 + 0.6 * passed else { continue }
            let likeness = zip(old.clothes?.vector ?? [], person.clothes?.vector ?? [])
                .reduce(0) { $0 + $1.0 * $1.1 }
            if likeness > max(0.5, best?.likeness ?? 0) { best = (at, likeness) }
        }
        if let best {
            let old = lost.remove(at: best.at)
            person.sinceSeconds = old.sinceSeconds
            person.enteredSeconds = old.enteredSeconds
            person.insideSeconds = old.insideSeconds
            person.steps = old.steps + person.steps
        }
        return person
    }

    /// Asks the rules.
    mutating func judge(_ scene: FrameScene, _ ledger: inout EventLedger) {
        for at in people.indices where people[at].lastSeconds == scene.seconds {
            judgeZones(at, scene, &ledger)
            judgeLines(people[at], scene, &ledger)
        }
    }

    private mutating func judgeZones(_ at: Int, _ scene: FrameScene, _ ledger: inout EventLedger) {
        let foot = scene.share(people[at].box.foot)
        for (number, zone) in rules.zones.enumerated() {
            guard zone.kind == .forbidden || zone.kind == .loitering,
                zone.schedule?.contains(unixSeconds: scene.seconds) ?? true
            else { continue }
            guard polygons[number].contains(foot) else {
                let last = people[at].insideSeconds[number] ?? -.infinity
                if scene.seconds - last > Self.absenceSeconds {
                    people[at].enteredSeconds[number] = nil
                }
                continue
            }
            let since = people[at].enteredSeconds[number] ?? scene.seconds
            people[at].enteredSeconds[number] = since
            people[at].insideSeconds[number] = scene.seconds
            let stay = scene.seconds - since
            let limit =
                zone.kind == .forbidden
                ? settings.intrusionSeconds : zone.dwellSeconds ?? settings.dwellSeconds
            guard stay >= limit else { continue }
            ledger.hold(
                EventLedger.Sign(
                    kind: zone.kind == .forbidden ? .intrusion : .loitering,
                    subject: number,
                    zone: zone.name,
                    since: zone.kind == .forbidden ? since : since + limit,
                    trackIDs: [people[at].id],
                    box: people[at].box,
                    confidence: min(0.99, 0.6 + 0.1 * stay / max(1, limit)),
                    evidence: people[at].steps.map(\.seconds).filter { $0 >= since }
                ),
                at: scene.seconds
            )
        }
    }

    private func judgeLines(
        _ person: WatchedPerson,
        _ scene: FrameScene,
        _ ledger: inout EventLedger
    ) {
        guard let before = person.step(before: scene.seconds - 1),
            let middle = person.step(before: scene.seconds - 0.5)
        else { return }
        let way = (scene.share(before.box.foot), scene.share(person.box.foot))
        for (number, line) in rules.lines.enumerated()
        where line.schedule?.contains(unixSeconds: scene.seconds) ?? true {
            let stretch = (line.from, line.to)
            // The right way leads over the line with `from` at the left hand: to the side above it,
            // seen along the line; the wrong way comes back.
            let start = side(of: way.0, along: stretch)
            let end = side(of: way.1, along: stretch)
            guard start < 0, end > 0, crosses(way, stretch),
                side(of: scene.share(middle.box.foot), along: stretch) > start
            else { continue }
            ledger.hold(
                EventLedger.Sign(
                    kind: .wrongWay,
                    subject: number,
                    zone: line.name,
                    since: middle.seconds,
                    trackIDs: [person.id],
                    box: person.box,
                    confidence: 0.85,
                    evidence: [before.seconds, middle.seconds]
                ),
                at: scene.seconds
            )
        }
    }
}
