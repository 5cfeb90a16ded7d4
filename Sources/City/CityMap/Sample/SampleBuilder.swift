import Basics

/// Makes the elements of the sample neighbourhood, part by part; the seed decides what varies.
struct SampleBuilder {
    /// How far the walk lies north of the middle of the stream.
    static let walkOffset = 11.0
    /// The two busy roads cross here.
    static let avenue = -60.0
    static let boulevard = 60.0
    /// The pavements of the busy roads lie so far from their middle.
    static let pavementOffset = 14.0
    static let edge = SampleNeighbourhood.halfWidthMetres

    var elements = SampleElements()
    var random = SeededRandom(seed: 20_261_125)
    /// Where nothing is built: ways with half of their width, and grounds.
    var keptFree: [(from: LocalPlace, to: LocalPlace, halfWidth: Double)] = []

    static func elements() -> SampleElements {
        var builder = SampleBuilder()
        builder.makeStreets()
        builder.makePavements()
        builder.makeAlleys()
        builder.makePark()
        builder.makeStream()
        builder.makeStation()
        builder.makeGrounds()
        builder.makeBuildings()
        builder.makePlaces()
        return builder.elements
    }

    mutating func chance(_ share: Double) -> Bool { random.unit() < share }

    mutating func one<Value>(of values: [Value]) -> Value {
        values[Int(random.unit() * Double(values.count))]
    }

    /// A slope as mappers write it.
    static func incline(_ permille: Double) -> String {
        let tenths = Int(permille.rounded())
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)%"
    }
}

/// The streets between the blocks.
extension SampleBuilder {
    /// A street of the grid: its middle line, its name, how it is used.
    struct Street {
        var line: Double
        var kind: String
        var width: Double
        /// The name before and after the busy road that it crosses.
        var names: (String, String)
    }

    static let northward: [Street] = [
        local(-540, "까치대로", 1), main(-420, "버들로"), local(-300, "까치대로", 3),
        local(-180, "까치대로", 5), local(-60, "까치대로", 7), busy(boulevard, "솔향로"),
        local(180, "까치대로", 9), local(300, "까치대로", 11), local(420, "까치대로", 13),
        local(540, "까치대로", 15),
    ]
    static let eastward: [Street] = [
        local(-540, "솔향로", 1), local(-440, "솔향로", 3), local(-220, "솔향로", 5),
        busy(avenue, "까치대로"), local(90, "솔향로", 7), local(210, "솔향로", 9),
        main(330, "느티로"), local(450, "솔향로", 11), local(560, "솔향로", 13),
    ]
    /// Streets with a bridge over the stream.
    static let bridges: Set<Double> = [-420, -180, boulevard, 300]
    static let bridgeHead = -262.0

    private static func local(_ line: Double, _ root: String, _ number: Int) -> Street {
        Street(
            line: line,
            kind: "residential",
            width: 6,
            names: ("\(root)\(number + 1)길", "\(root)\(number)길")
        )
    }

    private static func main(_ line: Double, _ name: String) -> Street {
        Street(line: line, kind: "tertiary", width: 9, names: (name, name))
    }

    private static func busy(_ line: Double, _ name: String) -> Street {
        Street(line: line, kind: "secondary", width: 22, names: (name, name))
    }

    mutating func makeStreets() {
        for street in Self.northward {
            let cuts = Self.cuts(Self.eastward, Self.avenue, Self.avenueCuts)
            let more = [Self.bridgeHead] + (street.line == 180 ? [150] : [])
            lay(street, cuts + more + (street.line == 420 ? [220] : []), isNorthward: true)
        }
        for street in Self.eastward {
            let alleys = street.line >= 210 && street.line <= 450 ? [-360.0, -240] : [-240]
            let cuts = Self.cuts(Self.northward, Self.boulevard, Self.boulevardCuts)
            lay(street, cuts + alleys + [-120, 120, 480, -480], isNorthward: false)
        }
    }

    /// Where the middle lines of busy roads are crossed by walkers.
    private static let avenueCuts = [avenue - pavementOffset, avenue + pavementOffset]
    private static let boulevardCuts = [boulevard - pavementOffset, boulevard + pavementOffset]

    private static func cuts(_ streets: [Street], _ busy: Double, _ pavements: [Double])
        -> [Double]
    {
        [-edge] + streets.map(\.line) + pavements + [edge]
    }

    private mutating func lay(_ street: Street, _ cuts: [Double], isNorthward: Bool) {
        func place(_ along: Double) -> LocalPlace {
            isNorthward ? LocalPlace(street.line, along) : LocalPlace(along, street.line)
        }
        let crossings = Self.crossings.filter { $0.isOnAvenue != isNorthward }
            .filter { _ in street.kind == "secondary" }.map(\.along)
        let ordered = Set(cuts + crossings).sorted()
        let busy = isNorthward ? Self.avenue : Self.boulevard
        for (from, to) in zip(ordered, ordered.dropFirst()) {
            guard Self.isLaid(street, from, to, isNorthward) else { continue }
            var tags: SampleElements.Tags = [
                ("highway", street.kind), ("surface", "asphalt"),
                ("name", from < busy ? street.names.0 : street.names.1),
                ("width", "\(Int(street.width))"),
            ]
            if street.kind == "secondary" { tags += [("sidewalk", "separate"), ("lanes", "6")] }
            if street.kind == "tertiary" { tags += [("sidewalk", "both"), ("lit", "yes")] }
            let isBridge = isNorthward && from == -440 && Self.bridges.contains(street.line)
            if isBridge { tags += [("bridge", "yes"), ("layer", "1")] }
            tags += ground(place(from), place(to), street.kind, isBridge: isBridge)
            elements.way([place(from), place(to)], tags)
            keptFree.append((place(from), place(to), street.width / 2 + 2))
        }
    }

    /// The park has no streets, and most streets end at the stream.
    private static func isLaid(
        _ street: Street,
        _ from: Double,
        _ to: Double,
        _ isNorthward: Bool
    ) -> Bool {
        guard isNorthward else { return !(street.line == 210 && from >= 180 && to <= 420) }
        if street.line == 300, from >= 90, to <= 330 { return false }
        return bridges.contains(street.line) || from < -440 || from >= -220 || to <= -440
            || street.line == 60
    }

    /// Slope and evenness; somebody measured most of the streets, not all.
    private mutating func ground(
        _ from: LocalPlace,
        _ to: LocalPlace,
        _ kind: String,
        isBridge: Bool
    ) -> SampleElements.Tags {
        var tags: SampleElements.Tags = []
        var permille = isBridge ? 0 : SampleTerrain.permille(from, to)
        // A bus climbs these: they were cut into the slope.
        if kind != "residential" { permille = min(max(permille, -75), 75) }
        if chance(0.88) { tags.append(("incline", Self.incline(permille))) }
        if kind == "residential", chance(0.5) {
            tags.append(("smoothness", one(of: ["good", "intermediate", "intermediate", "bad"])))
        }
        return tags
    }
}
