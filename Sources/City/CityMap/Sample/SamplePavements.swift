/// The pavements of the two busy roads, and where walkers cross them.
extension SampleBuilder {
    /// A crossing of a busy road.
    struct Crossing {
        var along: Double
        var isOnAvenue: Bool
        var kind: String
        var sound: Bool?
        var kerb: String
    }

    /// Between the junctions; at the junction itself all four arms have signals.
    static let crossings: [Crossing] = [
        Crossing(
            along: -480,
            isOnAvenue: true,
            kind: "traffic_signals",
            sound: false,
            kerb: "lowered"
        ),
        Crossing(
            along: -240,
            isOnAvenue: true,
            kind: "traffic_signals",
            sound: true,
            kerb: "flush"
        ),
        Crossing(along: -120, isOnAvenue: true, kind: "marked", sound: nil, kerb: "raised"),
        Crossing(along: 240, isOnAvenue: true, kind: "traffic_signals", sound: true, kerb: "flush"),
        Crossing(along: 480, isOnAvenue: true, kind: "unmarked", sound: nil, kerb: "raised"),
        Crossing(along: -500, isOnAvenue: false, kind: "marked", sound: nil, kerb: "lowered"),
        Crossing(
            along: -300,
            isOnAvenue: false,
            kind: "traffic_signals",
            sound: true,
            kerb: "lowered"
        ),
        Crossing(along: -160, isOnAvenue: false, kind: "marked", sound: nil, kerb: "raised"),
        Crossing(
            along: 150,
            isOnAvenue: false,
            kind: "traffic_signals",
            sound: true,
            kerb: "flush"
        ),
        Crossing(along: 270, isOnAvenue: false, kind: "unmarked", sound: nil, kerb: "raised"),
        Crossing(
            along: 390,
            isOnAvenue: false,
            kind: "traffic_signals",
            sound: false,
            kerb: "lowered"
        ),
    ]

    mutating func makePavements() {
        for side in [-Self.pavementOffset, Self.pavementOffset] {
            pave(isOnAvenue: true, Self.avenue + side, Self.northward, Self.boulevard)
            pave(isOnAvenue: false, Self.boulevard + side, Self.eastward, Self.avenue)
        }
        for crossing in Self.crossings {
            let middle = crossing.isOnAvenue ? Self.avenue : Self.boulevard
            cross(crossing, middle - Self.pavementOffset, middle, middle + Self.pavementOffset)
        }
        for side in [-Self.pavementOffset, Self.pavementOffset] {
            for isOnAvenue in [true, false] {
                let along = (isOnAvenue ? Self.boulevard : Self.avenue) + side
                let middle = isOnAvenue ? Self.avenue : Self.boulevard
                let arm = Crossing(
                    along: along,
                    isOnAvenue: isOnAvenue,
                    kind: "traffic_signals",
                    sound: isOnAvenue || side > 0,
                    kerb: side > 0 ? "flush" : "lowered"
                )
                cross(arm, middle - Self.pavementOffset, middle, middle + Self.pavementOffset)
            }
        }
    }

    private static func place(_ isOnAvenue: Bool, _ along: Double, _ across: Double) -> LocalPlace {
        isOnAvenue ? LocalPlace(along, across) : LocalPlace(across, along)
    }

    /// A pavement along a busy road, over the mouths of the side streets.
    private mutating func pave(
        isOnAvenue: Bool,
        _ across: Double,
        _ streets: [Street],
        _ busy: Double
    ) {
        let mouthHalf = 4.0
        let mouths = streets.map(\.line).filter { $0 != busy }
        // The other busy road is crossed by the arms of the junction.
        let ends = [busy - Self.pavementOffset, busy + Self.pavementOffset]
        var stops = mouths.flatMap { [$0 - mouthHalf, $0, $0 + mouthHalf] } + ends
        stops += [-Self.edge, Self.edge]
        stops += Self.crossings.filter { $0.isOnAvenue == isOnAvenue }.map(\.along)
        stops += isOnAvenue ? Self.doorsOnAvenue : []
        stops = Set(stops).sorted()
        for (from, to) in zip(stops, stops.dropFirst()) where from != ends[0] {
            let places = [from, to].map { Self.place(isOnAvenue, $0, across) }
            if mouths.contains(where: { from >= $0 - mouthHalf && to <= $0 + mouthHalf }) {
                let isOuter = mouths.contains { from == $0 - mouthHalf }
                kerb(isOuter ? places[0] : places[1])
                elements.way(
                    places,
                    [
                        ("highway", "footway"), ("footway", "crossing"), ("crossing", "unmarked"),
                        ("surface", "asphalt"),
                    ]
                )
            } else {
                elements.way(places, pavement(places, isOnAvenue ? "까치대로" : "솔향로"))
            }
        }
    }

    /// Doors of buildings and exits where a pavement needs a node.
    static let doorsOnAvenue = [110.0, 10, 130, -20, 150, 170, 60]

    private mutating func kerb(_ place: LocalPlace) {
        let kind = one(of: ["lowered", "lowered", "lowered", "flush", "flush", "raised"])
        var tags: SampleElements.Tags = [("barrier", "kerb"), ("kerb", kind)]
        if kind == "raised" { tags.append(("kerb:height", one(of: ["0.08", "0.12", "0.15"]))) }
        if chance(0.7) { tags.append(("tactile_paving", "yes")) }
        _ = elements.node(place, tags)
    }

    private mutating func pavement(_ places: [LocalPlace], _ name: String) -> SampleElements.Tags {
        let permille = min(max(SampleTerrain.permille(places[0], places[1]), -75), 75)
        var tags: SampleElements.Tags = [
            ("highway", "footway"), ("footway", "sidewalk"), ("name", name),
            ("surface", "paving_stones"), ("incline", Self.incline(permille)),
        ]
        tags.append(("width", one(of: ["3.5", "3", "3", "2.5", "2", "1.1"])))
        if chance(0.8) { tags.append(("tactile_paving", "yes")) }
        if chance(0.6) { tags.append(("smoothness", one(of: ["good", "good", "intermediate"]))) }
        return tags
    }

    private mutating func cross(
        _ crossing: Crossing,
        _ near: Double,
        _ middle: Double,
        _ far: Double
    ) {
        let kerbs = [near, far].map { across in
            var tags: SampleElements.Tags = [("barrier", "kerb"), ("kerb", crossing.kerb)]
            if crossing.kerb != "raised" { tags.append(("tactile_paving", "yes")) }
            let inset = across < middle ? 2.0 : -2
            return elements.node(
                Self.place(crossing.isOnAvenue, crossing.along, across + inset),
                tags
            )
        }
        var tags: SampleElements.Tags = [("crossing", crossing.kind)]
        if crossing.kind == "traffic_signals" {
            tags.append(("traffic_signals:sound", crossing.sound == true ? "yes" : "no"))
        }
        let node = elements.node(
            Self.place(crossing.isOnAvenue, crossing.along, middle),
            [("highway", "crossing")] + tags
        )
        let ends = [near, far].map {
            elements.node(Self.place(crossing.isOnAvenue, crossing.along, $0))
        }
        let surface: SampleElements.Tags = [
            ("highway", "footway"), ("surface", "paving_stones"), ("width", "3"),
        ]
        elements.way([ends[0], kerbs[0]], surface + [("footway", "sidewalk")])
        elements.way([kerbs[1], ends[1]], surface + [("footway", "sidewalk")])
        elements.way(
            [kerbs[0], node, kerbs[1]],
            [
                ("highway", "footway"), ("footway", "crossing"), ("surface", "asphalt"),
                ("width", "6"),
            ] + tags
        )
    }
}
