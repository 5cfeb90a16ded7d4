import Basics
import Glibc

/// Writes the script of a scene from its kind and seed.
struct SceneDirector {
    private(set) var script: SceneScript
    private var random: SeededRandom
    private var nextID = 1

    init(_ script: SceneScript, seed: UInt64) {
        self.script = script
        let kinds = GeneratedScene.Kind.allCases
        let number = UInt64(kinds.firstIndex(of: script.kind) ?? 0)
        random = SeededRandom(seed: seed &* 0x9E37_79B9 &+ number)
    }

    /// Writes the whole period.
    mutating func play() {
        switch script.kind {
        case .walkers: passersBy(count: 4 + pick(4))
        case .quiet: passersBy(count: pick(2))
        case .loiterer: loiter()
        case .fall: fall()
        case .leftBag: leaveBag()
        case .intrusion: intrude()
        case .crowd: gather()
        case .wrongWay: goAgainst()
        case .commotion: runAbout()
        case .black: fault(.blackout)
        case .frozen: fault(.frozen)
        case .blurred: fault(.blurred)
        case .moved: fault(.moved)
        }
    }

    // MARK: - Chance

    private mutating func between(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * random.unit()
    }

    private mutating func pick(_ count: Int) -> Int {
        Int(random.next() % UInt64(count))
    }

    private mutating func direction() -> Double { pick(2) == 0 ? -1 : 1 }

    // MARK: - People

    private static let uppers: [ColourName] = [
        .black, .white, .red, .orange, .yellow, .green, .skyBlue, .blue, .navy, .purple, .pink,
        .brown, .beige,
    ]
    private static let lowers: [ColourName] = [
        .black, .navy, .blue, .white, .beige, .brown, .red, .green,
    ]

    private mutating func person(_ stops: [ScenePath.Stop]) -> ScenePath {
        defer { nextID += 1 }
        let upper = Self.uppers[pick(Self.uppers.count)]
        let lowers = Self.lowers.filter { $0 != upper }
        return ScenePath(
            id: nextID,
            stops: stops,
            heightMetres: between(1.56, 1.82),
            upper: upper,
            lower: lowers[pick(lowers.count)],
            side: direction()
        )
    }

    /// Somebody who crosses the street from edge to edge.
    private mutating func passerBy(
        from start: Double,
        ahead: ClosedRange<Double>,
        towards: Double
    ) -> ScenePath {
        let first = between(ahead.lowerBound, ahead.upperBound)
        let last = min(ahead.upperBound, max(ahead.lowerBound, first + between(-1, 1)))
        let speed = between(1, 1.6)
        let reach = (script.edge(ahead: first), script.edge(ahead: last))
        let end = start + (reach.0 + reach.1) / speed
        return person([
            .init(seconds: start, right: -towards * reach.0, ahead: first),
            .init(seconds: end, right: towards * reach.1, ahead: last),
        ])
    }

    private mutating func passersBy(
        count: Int,
        ahead: ClosedRange<Double> = 9.5...19,
        towards: Double? = nil
    ) {
        let last = Double(GeneratedScene.periodSeconds) - 24
        for index in 0..<count {
            let slot = last / Double(count)
            let start = 1 + Double(index) * slot + between(0, slot)
            let towards = towards ?? direction()
            script.paths.append(passerBy(from: start, ahead: ahead, towards: towards))
        }
    }

    /// Stops that lead from an edge to a place; the last one is the place.
    private mutating func arrival(
        at place: SceneRules.Point,
        from start: Double,
        side: Double,
        speed: Double = 1.3
    ) -> [ScenePath.Stop] {
        let edge = side * script.edge(ahead: place.y)
        let end = start + abs(edge - place.x) / speed
        return [
            .init(seconds: start, right: edge, ahead: place.y),
            .init(seconds: end, right: place.x, ahead: place.y),
        ]
    }

    /// Adds a way, at a speed, to the end of others.
    private func going(
        _ stops: [ScenePath.Stop],
        to place: SceneRules.Point,
        speed: Double,
        resting seconds: Double = 0
    ) -> [ScenePath.Stop] {
        guard let last = stops.last else { return stops }
        let way = hypot(place.x - last.right, place.y - last.ahead)
        let end = last.seconds + max(0.2, way / speed)
        var more = stops + [.init(seconds: end, right: place.x, ahead: place.y)]
        if seconds > 0 {
            more.append(.init(seconds: end + seconds, right: place.x, ahead: place.y))
        }
        return more
    }

    private func leaving(
        _ stops: [ScenePath.Stop],
        side: Double,
        speed: Double = 1.4
    ) -> [ScenePath.Stop] {
        guard let last = stops.last else { return stops }
        let edge = SceneRules.Point(x: side * script.edge(ahead: last.ahead), y: last.ahead)
        return going(stops, to: edge, speed: speed)
    }

    private func rectangle(
        right: ClosedRange<Double>,
        ahead: ClosedRange<Double>
    ) -> [SceneRules.Point] {
        [
            script.place(right: right.lowerBound, ahead: ahead.upperBound),
            script.place(right: right.upperBound, ahead: ahead.upperBound),
            script.place(right: right.upperBound, ahead: ahead.lowerBound),
            script.place(right: right.lowerBound, ahead: ahead.lowerBound),
        ]
    }

    private mutating func happens(
        _ kind: EventKind,
        _ seconds: ClosedRange<Double>,
        level: CrowdLevel? = nil,
        by actor: Int? = nil
    ) {
        script.events.append(
            SceneEvent(
                kind: kind,
                level: level,
                startSeconds: seconds.lowerBound,
                endSeconds: seconds.upperBound,
                actorID: actor
            )
        )
    }

    // MARK: - Scenes

    private mutating func loiter() {
        let dwell = 15.0
        let area = (right: -4.0...4.0, ahead: 9.0...16.5)
        script.zones.append(
            SceneRules.Zone(
                name: "광장",
                kind: .loitering,
                polygon: rectangle(right: area.right, ahead: area.ahead),
                dwellSeconds: dwell
            )
        )
        let side = direction()
        let middle = SceneRules.Point(x: between(-1.5, 1.5), y: between(11, 13.5))
        var stops = arrival(at: middle, from: between(2, 5), side: side)
        let entered = (stops.last?.seconds ?? 0) - (4 - abs(middle.x)) / 1.3
        let until = entered + between(26, 34)
        while let last = stops.last, last.seconds < until - 3 {
            let angle = between(0, 2 * .pi)
            let reach = between(0.6, 1.9)
            let place = SceneRules.Point(
                x: middle.x + reach * cos(angle),
                y: middle.y + reach * sin(angle)
            )
            stops = going(stops, to: place, speed: between(0.5, 0.9), resting: between(0, 2))
        }
        stops = leaving(stops, side: direction())
        let path = person(stops)
        script.paths.append(path)
        let left = path.stops.map(\.seconds).max() ?? until
        let seconds = stride(from: entered, through: left, by: 0.1)
        let inside = seconds.filter { second in
            path.figure(at: second).map {
                area.right.contains($0.right) && area.ahead.contains($0.ahead)
            } ?? false
        }
        happens(.loitering, (entered + dwell)...(inside.last ?? until), by: path.id)
        passersBy(count: 3)
        waitShortly()
    }

    /// Somebody who stops for a moment and goes on, which is no loitering.
    private mutating func waitShortly() {
        let place = SceneRules.Point(x: between(-3, 3), y: between(15, 18))
        var stops = arrival(at: place, from: between(10, 20), side: direction())
        stops = going(stops, to: place, speed: 1, resting: between(2, 4))
        script.paths.append(person(leaving(stops, side: direction())))
    }

    private mutating func fall() {
        let place = SceneRules.Point(x: between(-2.5, 2.5), y: between(10.5, 15))
        let side = direction()
        var stops = arrival(at: place, from: between(4, 12), side: side)
        let start = stops.last?.seconds ?? 0
        let end = start + between(14, 20)
        stops.append(.init(seconds: end, right: place.x, ahead: place.y))
        var path = person(leaving(stops, side: -side, speed: 1))
        path.lies = start...end
        path.side = -side
        script.paths.append(path)
        happens(.fall, start...end, by: path.id)
        passersBy(count: 3)
    }

    private mutating func leaveBag() {
        let place = SceneRules.Point(x: between(-3, 3), y: between(10.5, 14.5))
        let side = direction()
        var owner = arrival(at: place, from: between(3, 9), side: side)
        let dropped = (owner.last?.seconds ?? 0) + 0.6
        owner = going(owner, to: place, speed: 1, resting: 1.2)
        var path = person(leaving(owner, side: -side))
        path.carries = 0...dropped
        script.paths.append(path)
        let taken = dropped + between(20, 25)
        let from = direction()
        let way = abs(from * script.edge(ahead: place.y) - place.x) / 1.3
        var finder = arrival(at: place, from: taken - way - 0.5, side: from)
        finder = going(finder, to: place, speed: 1, resting: 1)
        var taker = person(leaving(finder, side: -from))
        taker.carries = taken...Double(GeneratedScene.periodSeconds)
        script.paths.append(taker)
        var bag = person([
            .init(seconds: dropped, right: place.x + 0.35, ahead: place.y - 0.05),
            .init(seconds: taken, right: place.x + 0.35, ahead: place.y - 0.05),
        ])
        bag.isThing = true
        bag.heightMetres = 0.6
        bag.upper = [.black, .navy, .brown, .red][pick(4)]
        bag.lower = bag.upper
        script.paths.append(bag)
        happens(.abandonedObject, dropped...taken, by: bag.id)
        passersBy(count: 3, ahead: 15.5...19)
    }

    private mutating func intrude() {
        let side = direction()
        let area = (right: side > 0 ? 1.0...6 : -6 ... -1, ahead: 12.5...18)
        script.zones.append(
            SceneRules.Zone(
                name: "화단",
                kind: .forbidden,
                polygon: rectangle(right: area.right, ahead: area.ahead)
            )
        )
        let place = SceneRules.Point(x: -side * between(0.5, 2), y: between(10.5, 11.5))
        var stops = arrival(at: place, from: between(4, 14), side: -side)
        for _ in 0..<2 {
            let inside = SceneRules.Point(
                x: side * between(1.8, 5.2),
                y: between(13.2, 17.2)
            )
            stops = going(stops, to: inside, speed: 1.1, resting: between(1, 3))
        }
        stops = going(stops, to: place, speed: 1.2)
        let path = person(leaving(stops, side: -side))
        script.paths.append(path)
        let seconds = stride(from: 0, through: Double(GeneratedScene.periodSeconds), by: 0.1)
        let inside = seconds.filter { second in
            path.figure(at: second).map {
                area.right.contains($0.right) && area.ahead.contains($0.ahead)
            } ?? false
        }
        if let first = inside.first, let last = inside.last {
            happens(.intrusion, first...last, by: path.id)
        }
        passersBy(count: 3, ahead: 9.3...11.2)
    }

    private mutating func goAgainst() {
        let towards = direction()
        let ends = [
            script.place(right: 0, ahead: 20), script.place(right: 0, ahead: 8.5),
        ]
        script.lines.append(
            SceneRules.Line(
                name: "일방 보행로",
                from: towards > 0 ? ends[0] : ends[1],
                to: towards > 0 ? ends[1] : ends[0]
            )
        )
        passersBy(count: 4, ahead: 10...18, towards: towards)
        let path = passerBy(from: between(8, 30), ahead: 10...17, towards: -towards)
        script.paths.append(path)
        let seconds = stride(from: 0, through: Double(GeneratedScene.periodSeconds), by: 0.1)
        let crossing = seconds.first { second in
            path.figure(at: second).map { $0.right * -towards >= 0 } ?? false
        }
        if let crossing { happens(.wrongWay, crossing...(crossing + 2), by: path.id) }
    }

    private mutating func runAbout() {
        let middle = SceneRules.Point(x: between(-1.5, 1.5), y: between(12, 14))
        let alarm = between(20, 26)
        let end = alarm + between(7, 10)
        let count = 5 + pick(3)
        for index in 0..<count {
            let angle = 2 * Double.pi * Double(index) / Double(count)
            let place = SceneRules.Point(
                x: middle.x + 1.7 * cos(angle),
                y: middle.y + 1.7 * sin(angle)
            )
            var stops = arrival(at: place, from: between(1, 5), side: direction(), speed: 1.5)
            stops = going(stops, to: place, speed: 1, resting: 1)
            stops.append(.init(seconds: alarm + between(0, 0.6), right: place.x, ahead: place.y))
            while let last = stops.last, last.seconds < end - 0.6 {
                let angle = between(0, 2 * .pi)
                let reach = between(1, 3.4)
                let place = SceneRules.Point(
                    x: middle.x + reach * cos(angle),
                    y: middle.y + reach * 0.8 * sin(angle)
                )
                stops = going(stops, to: place, speed: between(2.8, 4))
            }
            script.paths.append(person(leaving(stops, side: direction(), speed: 1.5)))
        }
        happens(.unusualMotion, alarm...end)
        passersBy(count: 1, ahead: 17...19)
    }

    private mutating func gather() {
        let area = (right: -2.0...2.0, ahead: 6.5...9.5)
        let squareMetres = 12.0
        script.zones.append(
            SceneRules.Zone(
                name: "광장 중앙",
                kind: .crowd,
                polygon: rectangle(right: area.right, ahead: area.ahead)
            )
        )
        let peak = [1.5, 2.5, 3.8, 5.8][pick(4)] + between(-0.15, 0.15)
        for place in places(
            count: Int((peak * squareMetres).rounded()),
            right: area.right,
            ahead: area.ahead
        ) {
            let start = between(1, 12)
            var stops = arrival(at: place, from: start, side: direction(), speed: 1.5)
            let leave = between(38, 48)
            while let last = stops.last, last.seconds < leave - 3 {
                let near = SceneRules.Point(
                    x: min(1.95, max(-1.95, place.x + between(-0.1, 0.1))),
                    y: min(9.45, max(6.55, place.y + between(-0.1, 0.1)))
                )
                stops = going(stops, to: near, speed: 0.3, resting: between(1, 2))
            }
            script.paths.append(person(leaving(stops, side: direction(), speed: 1.5)))
        }
        noteCrowd(squareMetres: squareMetres, right: area.right, ahead: area.ahead)
    }

    /// Places in a rectangle that keep a distance from each other, as people do.
    private mutating func places(
        count: Int,
        right: ClosedRange<Double>,
        ahead: ClosedRange<Double>
    ) -> [SceneRules.Point] {
        var places: [SceneRules.Point] = []
        for _ in 0..<count {
            let candidates = (0..<10).map { _ in
                SceneRules.Point(
                    x: between(right.lowerBound + 0.05, right.upperBound - 0.05),
                    y: between(ahead.lowerBound + 0.05, ahead.upperBound - 0.05)
                )
            }
            func distance(_ place: SceneRules.Point) -> Double {
                places.map { hypot($0.x - place.x, $0.y - place.y) }.min() ?? 10
            }
            if let best = candidates.max(by: { distance($0) < distance($1) }) {
                places.append(best)
            }
        }
        return places
    }

    private mutating func noteCrowd(
        squareMetres: Double,
        right: ClosedRange<Double>,
        ahead: ClosedRange<Double>
    ) {
        let limits = SceneRules.CrowdLimits().ascending
        let seconds = stride(from: 0, through: Double(GeneratedScene.periodSeconds), by: 0.2)
        let densities = seconds.map { second in
            let inside = script.paths.compactMap { $0.figure(at: second) }.filter {
                right.contains($0.right) && ahead.contains($0.ahead)
            }
            return (second, Double(inside.count) / squareMetres)
        }
        let dense = densities.filter { $0.1 >= limits[0] }
        guard let first = dense.first, let last = dense.last else { return }
        let peak = dense.map(\.1).max() ?? 0
        let level = CrowdLevel(rawValue: limits.filter { $0 <= peak }.count) ?? .calm
        happens(.crowd, first.0...last.0, level: level)
    }

    private mutating func fault(_ kind: EventKind) {
        passersBy(count: 4)
        let start = between(18, 24)
        let seconds = start...(start + between(12, 18))
        script.fault = SceneScript.Fault(kind: kind, seconds: seconds)
        happens(kind, seconds)
    }
}
