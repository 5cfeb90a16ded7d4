/// Tells what a node's tags say to people who walk over it: kerbs, crossings, barriers, lifts.
enum NodeClassifier {
    static func classify(_ tags: OSMTags) -> Attributes {
        var attributes = Attributes()
        guard !tags.isEmpty else { return attributes }
        if tags["highway"] == "elevator" {
            attributes.tag(.kind, .lift)
            readLevels(tags, into: &attributes)
        }
        if tags["highway"] == "crossing" || tags["crossing"] != nil {
            readCrossing(tags, into: &attributes)
        } else {
            readKerb(tags, into: &attributes)
        }
        attributes.tag(.tactilePaving, yesOrNo(tags["tactile_paving"]))
        attributes.tag(.wheelchair, wheelchair(tags["wheelchair"]))
        readBarrier(tags, into: &attributes)
        return attributes
    }

    static func readCrossing(_ tags: OSMTags, into attributes: inout Attributes) {
        attributes.tag(.crossing, crossing(tags))
        attributes.tag(.island, yesOrNo(tags["crossing:island"]))
        let sound = tags["traffic_signals:sound"]
        attributes.tag(.soundSignal, sound.map { $0 != "no" })
        attributes.tag(.vibratingSignal, yesOrNo(tags["traffic_signals:vibration"]))
        readKerb(tags, into: &attributes)
    }

    private static func crossing(_ tags: OSMTags) -> CrossingKind? {
        if yesOrNo(tags["crossing:signals"]) == true { return .signals }
        switch tags["crossing"] {
        case "traffic_signals", "pelican", "puffin", "toucan": return .signals
        case "marked", "zebra", "uncontrolled": return .marked
        case "unmarked", "informal": return .unmarked
        default:
            switch tags["crossing:markings"] {
            case nil: return nil
            case "no": return .unmarked
            default: return .marked
            }
        }
    }

    private static func readKerb(_ tags: OSMTags, into attributes: inout Attributes) {
        let kind: KerbKind? =
            switch tags["kerb"] {
            case "flush", "no": .flush
            case "lowered": .lowered
            case "rolled": .rolled
            case "raised", "regular": .raised
            case "yes": .raised
            default: tags["barrier"] == "kerb" && tags["kerb:height"] == nil ? .raised : nil
            }
        if tags["kerb"] == "yes" || tags["kerb"] == nil {
            attributes.infer(.kerb, kind)
        } else {
            attributes.tag(.kerb, kind)
        }
        let height = tags["kerb:height"] ?? (tags["barrier"] == "kerb" ? tags["height"] : nil)
        attributes.tag(
            .kerbMillimetres,
            height.flatMap(TagMeasures.metres).map { Int(($0 * 1_000).rounded()) }
        )
        if kind == .flush {
            attributes.infer(.kerbMillimetres, 0)
        } else {
            attributes.infer(.kerbMillimetres, kind?.usualMillimetres)
        }
    }

    private static func readBarrier(_ tags: OSMTags, into attributes: inout Attributes) {
        switch tags["barrier"] {
        case "bollard", "block", "jersey_barrier", "planter": attributes.tag(.barrier, .bollard)
        case "gate", "lift_gate", "swing_gate", "door", "sliding_gate", "hampshire_gate":
            attributes.tag(.barrier, .gate)
        case "turnstile", "stile", "kissing_gate", "full-height_turnstile", "horse_stile":
            attributes.tag(.barrier, .turnstile)
        case "cycle_barrier", "motorcycle_barrier": attributes.tag(.barrier, .cycleBarrier)
        default: return
        }
        let width = tags["maxwidth:physical"] ?? tags["maxwidth"] ?? tags["width"]
        attributes.tag(
            .widthCentimetres,
            width.flatMap(TagMeasures.metres).map { Int(($0 * 100).rounded()) }
        )
    }

    static func readLevels(_ tags: OSMTags, into attributes: inout Attributes) {
        guard let levels = tags["level"].flatMap(TagMeasures.levelTenths) else { return }
        attributes.tag(.lowestLevelTenths, levels.lowerBound)
        attributes.tag(.highestLevelTenths, levels.upperBound)
    }

    static func yesOrNo(_ value: String?) -> Bool? {
        switch value {
        case "yes", "contrasted", "partial", "1": true
        case "no", "incorrect", "0": false
        default: nil
        }
    }

    static func wheelchair(_ value: String?) -> WheelchairAccess? {
        switch value {
        case "yes", "designated": .yes
        case "limited": .limited
        case "no": .no
        default: nil
        }
    }
}
