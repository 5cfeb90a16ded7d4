/// Tells from a way's tags whether people walk there, and what is known about it.
enum WayClassifier {
    /// A way to walk on.
    struct Walkable {
        var attributes: Attributes
        var isForward = true
        var isBackward = true
    }

    private static let kinds: [String: PathKind] = [
        "footway": .footway, "path": .path, "pedestrian": .pedestrian, "steps": .steps,
        "elevator": .lift, "corridor": .corridor, "platform": .platform, "track": .track,
        "bridleway": .track, "cycleway": .cycleway, "living_street": .livingStreet,
        "residential": .street, "service": .street, "unclassified": .street, "road": .street,
        "tertiary": .busyStreet, "tertiary_link": .busyStreet, "secondary": .busyStreet,
        "secondary_link": .busyStreet, "primary": .busyStreet, "primary_link": .busyStreet,
    ]
    private static let refusals: Set<String> = ["no", "private", "use_sidepath"]
    private static let sidewalks: Set<String> = ["both", "left", "right", "yes"]

    static func classify(_ tags: OSMTags) -> Walkable? {
        guard var kind = kind(of: tags), isOpenToWalkers(tags, kind) else { return nil }
        if kind == .footway || kind == .path || kind == .cycleway {
            switch tags["footway"] ?? tags["path"] ?? tags["cycleway"] {
            case "crossing": kind = .crossing
            case "sidewalk": kind = .sidewalk
            default: break
            }
        }
        if kind == .steps || kind == .footway, let moving = tags["conveying"], moving != "no" {
            kind = .escalator
        }
        if kind == .street || kind == .busyStreet, hasSidewalk(tags) { kind = .sidewalk }
        var way = Walkable(attributes: Attributes())
        way.attributes.tag(.kind, kind)
        readGround(tags, into: &way.attributes)
        readSteps(tags, kind, into: &way.attributes)
        if kind == .crossing { NodeClassifier.readCrossing(tags, into: &way.attributes) }
        readPlace(tags, into: &way.attributes)
        readDirection(tags, kind, into: &way)
        return way
    }

    private static func kind(of tags: OSMTags) -> PathKind? {
        guard let highway = tags["highway"] else {
            if tags["railway"] == "platform" || tags["public_transport"] == "platform" {
                return .platform
            }
            return tags["indoor"] == "corridor" ? .corridor : nil
        }
        if highway == "construction", let planned = tags["construction"] {
            // A building site is no way, unless the map says that walkers get through.
            return tags["foot"] == "yes" ? kinds[planned] : nil
        }
        if let kind = kinds[highway] { return kind }
        // Roads for cars alone, unless the map says otherwise.
        return ["trunk", "trunk_link"].contains(highway)
            && (["yes", "designated"].contains(tags["foot"] ?? "") || hasSidewalk(tags))
            ? .busyStreet : nil
    }

    private static func isOpenToWalkers(_ tags: OSMTags, _ kind: PathKind) -> Bool {
        if let foot = tags["foot"] { return !refusals.contains(foot) }
        if kind == .cycleway { return false }
        if kind == .busyStreet || kind == .street, tags["sidewalk"] == "separate" {
            // The pavement is drawn beside it; the roadway stays a last resort.
            return true
        }
        return !refusals.contains(tags["access"] ?? "")
    }

    private static func hasSidewalk(_ tags: OSMTags) -> Bool {
        sidewalks.contains(tags["sidewalk"] ?? "") || tags["sidewalk:both"] == "yes"
            || tags["sidewalk:left"] == "yes" || tags["sidewalk:right"] == "yes"
    }

    private static func readGround(_ tags: OSMTags, into attributes: inout Attributes) {
        attributes.tag(.surface, tags["surface"].flatMap(surface))
        attributes.tag(.smoothness, tags["smoothness"].flatMap(smoothness))
        let width = tags["width"] ?? tags["sidewalk:width"]
        attributes.tag(
            .widthCentimetres,
            width.flatMap(TagMeasures.metres).map { Int(($0 * 100).rounded()) }
        )
        attributes.infer(
            .widthCentimetres,
            tags["est_width"].flatMap(TagMeasures.metres).map { Int(($0 * 100).rounded()) }
        )
        switch tags["incline"].flatMap(TagMeasures.incline) {
        case .permille(let permille): attributes.tag(.inclinePermille, permille)
        case .slope(let slope): attributes.tag(.slope, slope)
        case nil: break
        }
        attributes.tag(.tactilePaving, NodeClassifier.yesOrNo(tags["tactile_paving"]))
        attributes.tag(.wheelchair, NodeClassifier.wheelchair(tags["wheelchair"]))
        attributes.tag(.lit, NodeClassifier.yesOrNo(tags["lit"]))
    }

    private static func readSteps(
        _ tags: OSMTags,
        _ kind: PathKind,
        into attributes: inout Attributes
    ) {
        guard kind == .steps || kind == .escalator else { return }
        attributes.tag(
            .stepCount,
            tags["step_count"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
        )
        let rails = [
            tags["handrail"], tags["handrail:left"], tags["handrail:right"],
            tags["handrail:center"],
        ].compactMap(NodeClassifier.yesOrNo)
        if !rails.isEmpty { attributes.tag(.handrail, rails.contains(true)) }
        let ramp = NodeClassifier.yesOrNo(tags["ramp:wheelchair"])
        attributes.tag(.wheelchairRamp, ramp)
        if NodeClassifier.yesOrNo(tags["ramp"]) == false {
            attributes.infer(.wheelchairRamp, false)
        }
    }

    private static func readPlace(_ tags: OSMTags, into attributes: inout Attributes) {
        NodeClassifier.readLevels(tags, into: &attributes)
        let isIndoor = tags["indoor"].map { $0 != "no" } ?? NodeClassifier.yesOrNo(tags["covered"])
        attributes.tag(.indoor, isIndoor)
        if tags["bridge"] ?? "no" != "no" || tags["tunnel"] ?? "no" != "no" {
            attributes.tag(.offGround, true)
        }
        if tags["highway"] == "construction" || tags["construction"] == "minor" {
            attributes.tag(.construction, true)
        }
    }

    private static func readDirection(_ tags: OSMTags, _ kind: PathKind, into way: inout Walkable) {
        if tags["oneway:foot"] == "yes" || tags["foot:backward"] == "no" { way.isBackward = false }
        if tags["foot:forward"] == "no" { way.isForward = false }
        guard kind == .escalator else { return }
        if tags["conveying"] == "forward" { way.isBackward = false }
        if tags["conveying"] == "backward" { way.isForward = false }
    }

    private static func surface(_ value: String) -> Surface? {
        switch value {
        case "paved", "asphalt", "concrete", "concrete:plates", "concrete:lanes", "wood", "metal",
            "metal_grid", "tartan", "rubber", "tiles", "chipseal", "acrylic":
            .paved
        case "paving_stones", "paving_stones:lanes", "bricks", "brick": .slabs
        case "sett", "cobblestone", "unhewn_cobblestone", "cobblestone:flattened", "grass_paver",
            "stone", "rock":
            .cobbles
        case "compacted", "fine_gravel": .compacted
        case "gravel", "pebblestone", "unpaved", "stepping_stones", "woodchips": .gravel
        case "ground", "dirt", "earth", "grass", "clay": .ground
        case "sand", "mud", "snow", "ice", "salt": .loose
        default: nil
        }
    }

    private static func smoothness(_ value: String) -> Smoothness? {
        switch value {
        case "excellent": .excellent
        case "good": .good
        case "intermediate": .intermediate
        case "bad": .bad
        case "very_bad": .veryBad
        case "horrible", "very_horrible": .horrible
        case "impassable": .impassable
        default: nil
        }
    }
}
