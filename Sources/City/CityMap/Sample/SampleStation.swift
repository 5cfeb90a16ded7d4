/// 까치역: four exits, a concourse under the street, a platform under the concourse, two lifts.
extension SampleBuilder {
    private static let concourse = -1
    private static let platform = -2

    mutating func makeStation() {
        elements.point(
            LocalPlace(60, -60),
            [
                ("railway", "station"), ("station", "subway"), ("name", "까치역"),
                ("name:en", "Kkachi Station"), ("wheelchair", "yes"),
            ]
        )
        for offset in [-7.0, 7] {
            elements.way(
                [LocalPlace(-Self.edge, -60 + offset), LocalPlace(Self.edge, -60 + offset)],
                level: -3,
                [("railway", "subway"), ("tunnel", "yes"), ("layer", "-2"), ("name", "해치선")]
            )
        }
        makeConcourse()
        makeExits()
        makePlatform()
    }

    /// The hall lies beside the middle of the road above it, so that a place means one of the two.
    private func hall(_ x: Double, _ y: Double = -54) -> LocalPlace { LocalPlace(x, y) }

    private mutating func makeConcourse() {
        let corridor: SampleElements.Tags = [
            ("highway", "corridor"), ("indoor", "yes"), ("level", "-1"), ("width", "6"),
            ("surface", "tiles"), ("tactile_paving", "yes"), ("wheelchair", "yes"),
            ("name", "까치역 대합실"), ("incline", "0%"),
        ]
        let stops = [10.0, 30, 45, 60, 75, 90, 110].map { hall($0) }
        for (a, b) in zip(stops, stops.dropFirst()) {
            elements.way([a, b], level: Self.concourse, corridor)
        }
        // The gates: most are turnstiles, a wide one lies beside them.
        _ = elements.node(hall(45), level: Self.concourse, [("barrier", "turnstile")])
        _ = elements.node(
            hall(45, -51),
            level: Self.concourse,
            [("barrier", "gate"), ("width", "0.9"), ("wheelchair", "yes")]
        )
        elements.way(
            [hall(30), hall(45, -51), hall(60)],
            level: Self.concourse,
            corridor
        )
    }

    private mutating func makeExits() {
        let exits: [(number: Int, x: Double, pavement: Double)] = [
            (1, 110, -46), (2, 10, -46), (3, 10, -74), (4, 110, -74),
        ]
        for exit in exits {
            let street = LocalPlace(exit.x, exit.pavement)
            let door = LocalPlace(exit.x, exit.pavement + (exit.pavement > -60 ? 5 : -5))
            let entrance = elements.node(
                door,
                [
                    ("railway", "subway_entrance"), ("ref", "\(exit.number)"),
                    ("name", "까치역 \(exit.number)번 출구"),
                    ("wheelchair", exit.number == 1 ? "yes" : "no"),
                ]
            )
            elements.way([elements.node(street), entrance], Self.forecourt)
            let below = elements.node(hall(exit.x), level: Self.concourse)
            elements.way(
                [entrance, below],
                [
                    ("highway", "steps"), ("level", "-1;0"), ("step_count", "42"),
                    ("incline", "down"), ("handrail", "yes"), ("tactile_paving", "yes"),
                    ("width", "3"), ("surface", "tiles"),
                    ("name", "까치역 \(exit.number)번 출구 계단"),
                ]
            )
            if exit.number == 3 { makeEscalator(entrance, below) }
        }
        makeLift(
            name: "까치역 외부 엘리베이터(1번 출구)",
            at: LocalPlace(118, -41),
            levels: (0, Self.concourse),
            ends: (LocalPlace(110, -46), hall(110))
        )
    }

    private static let forecourt: SampleElements.Tags = [
        ("highway", "footway"), ("surface", "paving_stones"), ("width", "3"),
        ("tactile_paving", "yes"), ("incline", "0%"),
    ]

    private mutating func makeEscalator(_ top: Int, _ bottom: Int) {
        elements.way(
            [bottom, elements.node(LocalPlace(6, -72), level: Self.concourse), top],
            [
                ("highway", "steps"), ("conveying", "forward"), ("level", "-1;0"),
                ("incline", "up"), ("width", "1"), ("name", "까치역 3번 출구 에스컬레이터"),
            ]
        )
    }

    /// A lift is one node that ways of both floors reach.
    private mutating func makeLift(
        name: String,
        at place: LocalPlace,
        levels: (Int, Int),
        ends: (LocalPlace, LocalPlace)
    ) {
        let cabin = elements.node(
            place,
            level: levels.0,
            [
                ("highway", "elevator"), ("level", "\(levels.1);\(levels.0)"), ("name", name),
                ("wheelchair", "yes"), ("tactile_paving", "yes"), ("opening_hours", "05:30-24:00"),
            ]
        )
        for (level, end) in [(levels.0, ends.0), (levels.1, ends.1)] {
            let tags: SampleElements.Tags =
                level == 0
                ? Self.forecourt
                : [
                    ("highway", "corridor"), ("indoor", "yes"), ("level", "\(level)"),
                    ("width", "2.5"), ("surface", "tiles"), ("tactile_paving", "yes"),
                    ("incline", "0%"),
                ]
            elements.way([elements.node(end, level: level), cabin], tags)
        }
    }

    private mutating func makePlatform() {
        let platform: SampleElements.Tags = [
            ("railway", "platform"), ("public_transport", "platform"), ("level", "-2"),
            ("name", "까치역 승강장"), ("width", "8"), ("surface", "tiles"),
            ("tactile_paving", "yes"), ("wheelchair", "yes"), ("indoor", "yes"), ("incline", "0%"),
        ]
        let stops = [-20.0, 30, 60, 78, 90, 140].map { hall($0) }
        for (a, b) in zip(stops, stops.dropFirst()) {
            elements.way([a, b], level: Self.platform, platform)
        }
        for x in [30.0, 90] {
            elements.way(
                [
                    elements.node(hall(x), level: Self.concourse),
                    elements.node(hall(x), level: Self.platform),
                ].withStep(elements.node(hall(x, -51), level: Self.platform)),
                [
                    ("highway", "steps"), ("level", "-2;-1"), ("step_count", "36"),
                    ("incline", "down"), ("handrail", "yes"), ("tactile_paving", "yes"),
                    ("width", "3"), ("surface", "tiles"),
                ]
            )
        }
        makeLift(
            name: "까치역 내부 엘리베이터(대합실–승강장)",
            at: LocalPlace(80, -51),
            levels: (Self.concourse, Self.platform),
            ends: (hall(75), hall(78))
        )
    }
}

extension [Int] {
    /// The two ends of a way with a node between them, so that stairs have a length on the map.
    fileprivate func withStep(_ node: Int) -> [Int] { prefix(1) + [node] + suffix(1) }
}
