/// Alleys, the park and the stream.
extension SampleBuilder {
    /// Steeper alleys are stairs.
    private static let stairPermille = 100.0
    private static let riserMetres = 0.16

    mutating func makeAlleys() {
        let hill: [(String, LocalPlace, LocalPlace)] = [
            ("느티로1길", LocalPlace(-360, 210), LocalPlace(-360, 330)),
            ("느티로2길", LocalPlace(-360, 330), LocalPlace(-360, 450)),
            ("느티로3길", LocalPlace(-240, 90), LocalPlace(-240, 330)),
            ("느티로4길", LocalPlace(-240, 330), LocalPlace(-240, 450)),
            ("느티로5길", LocalPlace(-420, 270), LocalPlace(-180, 270)),
            ("느티로6길", LocalPlace(-420, 390), LocalPlace(-180, 390)),
        ]
        // Short cuts, as only feet know them.
        let short: [(String, LocalPlace, LocalPlace)] = [
            ("솔마루길", LocalPlace(-180, 210), LocalPlace(-240, 270)),
            ("솔마루길", LocalPlace(-240, 270), LocalPlace(-300, 330)),
            ("솔마루길", LocalPlace(-300, 330), LocalPlace(-360, 390)),
            ("솔마루길", LocalPlace(-360, 390), LocalPlace(-420, 450)),
            ("솔향로5가길", LocalPlace(-60, 90), LocalPlace(-120, 150)),
            ("솔향로5가길", LocalPlace(-120, 150), LocalPlace(-180, 210)),
            ("솔향로2가길", LocalPlace(300, -440), LocalPlace(420, -540)),
        ]
        let plain: [(String, LocalPlace, LocalPlace)] = [
            ("솔향로7가길", LocalPlace(-120, 90), LocalPlace(-120, 210)),
            ("솔향로9가길", LocalPlace(-120, 210), LocalPlace(-120, 330)),
            ("솔향로8가길", LocalPlace(120, 90), LocalPlace(120, 210)),
            ("솔향로10가길", LocalPlace(120, 210), LocalPlace(120, 330)),
            ("까치대로15가길", LocalPlace(480, 90), LocalPlace(480, 210)),
            ("까치대로1가길", LocalPlace(-480, 90), LocalPlace(-480, 210)),
            ("까치대로1나길", LocalPlace(-480, 210), LocalPlace(-480, 330)),
        ]
        for (name, from, to) in hill + short + plain { alley(name, from, to) }
    }

    /// An alley in pieces of thirty metres; what is too steep to walk up evenly has stairs.
    private mutating func alley(_ name: String, _ from: LocalPlace, _ to: LocalPlace) {
        let pieces = Int((max(abs(to.x - from.x), abs(to.y - from.y)) / 30).rounded())
        // Half of the alleys of this hill are too narrow for a wheelchair.
        let width = one(of: ["1.0", "1.1", "1.5", "1.8", "2.5"])
        for piece in 0..<pieces {
            let a = from.moved(to: to, fraction: Double(piece) / Double(pieces))
            let b = from.moved(to: to, fraction: Double(piece + 1) / Double(pieces))
            let permille = SampleTerrain.permille(a, b)
            var tags: SampleElements.Tags = [("name", name), ("width", width)]
            if abs(permille) > Self.stairPermille {
                let rise = abs(SampleTerrain.metres(b) - SampleTerrain.metres(a))
                tags += [
                    ("highway", "steps"), ("step_count", "\(Int(rise / Self.riserMetres))"),
                    ("incline", permille > 0 ? "up" : "down"), ("surface", "concrete"),
                ]
                if chance(0.7) { tags.append(("handrail", chance(0.6) ? "yes" : "no")) }
            } else {
                tags += [("highway", "footway"), ("incline", Self.incline(permille))]
                tags.append(
                    ("surface", one(of: ["concrete", "concrete", "paving_stones", "sett"]))
                )
            }
            elements.way([a, b], tags)
            keptFree.append((a, b, 2))
        }
    }

    mutating func makePark() {
        let corners = [
            LocalPlace(188, 98), LocalPlace(412, 98), LocalPlace(412, 322), LocalPlace(188, 322),
        ]
        elements.area(corners, [("leisure", "park"), ("name", "해치근린공원")])
        let loop = [
            LocalPlace(210, 150), LocalPlace(240, 120), LocalPlace(300, 110), LocalPlace(380, 140),
            LocalPlace(390, 220), LocalPlace(360, 300), LocalPlace(300, 310), LocalPlace(230, 290),
            LocalPlace(210, 150),
        ]
        parkPath(loop, "fine_gravel", width: "2.5")
        parkPath([LocalPlace(180, 150), LocalPlace(210, 150)], "paving_stones", width: "4")
        parkPath([LocalPlace(420, 220), LocalPlace(390, 220)], "paving_stones", width: "3")
        parkPath([LocalPlace(300, 330), LocalPlace(300, 310)], "paving_stones", width: "3")
        let knoll = [LocalPlace(390, 220), LocalPlace(350, 252), LocalPlace(300, 242)]
        parkPath(knoll + [LocalPlace(300, 215)], "ground", width: "1.5")
        elements.way(
            [LocalPlace(300, 110), LocalPlace(300, 165), LocalPlace(300, 215)],
            [
                ("highway", "steps"), ("step_count", "88"), ("handrail", "yes"),
                ("surface", "wood"),
                ("incline", "up"), ("name", "팔각정 계단"),
            ]
        )
        _ = elements.node(
            LocalPlace(300, 90),
            [("barrier", "bollard"), ("maxwidth:physical", "1.1")]
        )
        parkPath([LocalPlace(300, 90), LocalPlace(300, 110)], "paving_stones", width: "3")
        elements.area(
            [
                LocalPlace(225, 130), LocalPlace(250, 134), LocalPlace(252, 156),
                LocalPlace(228, 152),
            ],
            [("leisure", "playground"), ("name", "해치놀이터")]
        )
        elements.area(
            [
                LocalPlace(250, 250), LocalPlace(275, 262), LocalPlace(262, 286),
                LocalPlace(240, 276),
            ],
            [("natural", "water"), ("water", "pond"), ("name", "해치연못")]
        )
    }

    private mutating func parkPath(_ line: [LocalPlace], _ surface: String, width: String) {
        for (a, b) in zip(line, line.dropFirst()) {
            elements.way(
                [a, b],
                [
                    ("highway", "path"), ("surface", surface), ("width", width),
                    ("incline", Self.incline(SampleTerrain.permille(a, b))),
                ]
            )
        }
    }

    mutating func makeStream() {
        let line = stride(from: -Self.edge, through: Self.edge, by: 20).map {
            LocalPlace($0, SampleTerrain.streamNorthing($0))
        }
        elements.way(
            line.map { elements.node($0, level: -9) },
            [("waterway", "stream"), ("name", "버들천")]
        )
        let north = line.map { LocalPlace($0.x, $0.y + 5) }
        let south = line.reversed().map { LocalPlace($0.x, $0.y - 5) }
        elements.area(north + south, [("natural", "water"), ("water", "stream")])
        let walk = line.map { LocalPlace($0.x, $0.y + Self.walkOffset) }
        for (a, b) in zip(walk, walk.dropFirst()) {
            elements.way(
                [a, b].map { elements.node($0, level: -9) },
                [
                    ("highway", "footway"), ("name", "버들천 산책로"), ("surface", "compacted"),
                    ("width", "3"), ("incline", "0%"), ("layer", "-1"),
                ]
            )
            keptFree.append((a, b, 24))
        }
        for x in [-420.0, 60, -180, 300] { goDown(x, hasStairs: x == -180 || x == 300) }
    }

    /// From the end of a bridge down to the walk: by a ramp, or by stairs.
    private mutating func goDown(_ x: Double, hasStairs: Bool) {
        let down = LocalPlace(x + 20, SampleTerrain.streamNorthing(x + 20) + Self.walkOffset)
        let head = LocalPlace(x, Self.bridgeHead)
        let turn = LocalPlace(x + 20, Self.bridgeHead - 6)
        let nodes = [
            elements.node(head), elements.node(turn),
            elements.node(Self.onWalk(down), level: -9),
        ]
        let tags: SampleElements.Tags =
            hasStairs
            ? [
                ("highway", "steps"), ("step_count", "22"), ("handrail", "yes"),
                ("incline", "down"), ("surface", "concrete"), ("width", "2"),
            ]
            : [
                ("highway", "footway"), ("incline", "-6.0%"), ("handrail", "yes"),
                ("surface", "asphalt"), ("width", "2"), ("smoothness", "good"),
            ]
        elements.way(nodes, tags)
    }

    /// The node of the walk next to a place: it has one every twenty metres.
    private static func onWalk(_ place: LocalPlace) -> LocalPlace {
        let x = -edge + ((place.x + edge) / 20).rounded() * 20
        return LocalPlace(x, SampleTerrain.streamNorthing(x) + walkOffset)
    }
}
