import Routing

/// Tells from the tags of an element what of it is drawn: nothing, one feature, or several (a library
/// is a building, a place and an address).
struct FeatureClassifier {
    /// What shape the element has.
    enum Shape {
        case point
        case line
        case ring
        case area
    }

    /// A feature without its place.
    struct Drawn {
        var layer: MapLayer
        /// Whether a point in the middle of the element is drawn instead of its shape.
        var isMiddle = false
        /// Whether the shape is filled.
        var isArea = false
        /// From which zoom level on.
        var zoom: UInt8
        var attributes = MapAttributes()
    }

    private let tags: OSMTags
    private let shape: Shape
    private var drawn: [Drawn] = []

    static func classify(_ tags: OSMTags, _ shape: Shape) -> [Drawn] {
        guard !tags.isEmpty else { return [] }
        var classifier = FeatureClassifier(tags: tags, shape: shape)
        switch shape {
        case .point: classifier.point()
        case .line: classifier.line()
        case .ring: if !classifier.area() { classifier.line() }
        case .area: _ = classifier.area()
        }
        classifier.place()
        classifier.address()
        return classifier.drawn
    }

    private init(tags: OSMTags, shape: Shape) {
        self.tags = tags
        self.shape = shape
    }

    private var name: String? { tags["name:ko"] ?? tags["name"] }

    private mutating func add(
        _ layer: MapLayer,
        _ className: String?,
        zoom: UInt8,
        isArea: Bool = false,
        isMiddle: Bool = false,
        isNamed: Bool = true,
        _ fill: (inout MapAttributes) -> Void = { _ in }
    ) {
        var attributes = MapAttributes()
        attributes.set("class", className)
        if isNamed {
            attributes.set("name", name)
            attributes.set("nameEnglish", tags["name:en"])
        }
        fill(&attributes)
        drawn.append(
            Drawn(
                layer: layer,
                isMiddle: isMiddle,
                isArea: isArea,
                zoom: zoom,
                attributes: attributes
            )
        )
    }
}

/// Points.
extension FeatureClassifier {
    private mutating func point() {
        if tags["highway"] == "elevator" { addLift() }
        if tags["highway"] == "crossing" { addCrossing(Attributes(nodeTags: tags)) }
        if let barrier = tags["barrier"] ?? (tags["kerb"] == nil ? nil : "kerb") {
            addBarrier(barrier)
        }
        if let stop = stop { add(.stations, stop, zoom: stop == "station" ? 11 : 15, fillStation) }
        if tags["natural"] == "tree" { add(.green, "tree", zoom: 17) }
    }

    private var stop: String? {
        switch tags["railway"] {
        case "station", "halt": return "station"
        case "tram_stop": return "stop"
        case "subway_entrance", "train_station_entrance": return "entrance"
        default: break
        }
        if tags["highway"] == "bus_stop" { return "stop" }
        return tags["amenity"] == "bus_station" ? "station" : nil
    }

    private var fillStation: (inout MapAttributes) -> Void {
        { [tags] attributes in
            attributes.set("ref", tags["ref"])
            attributes.set("level", tags["level"])
            attributes.set("wheelchair", tags["wheelchair"])
        }
    }

    private mutating func addLift(isMiddle: Bool = false) {
        add(.lifts, nil, zoom: 15, isMiddle: isMiddle) { [tags] attributes in
            attributes.set("level", tags["level"])
            attributes.set("wheelchair", tags["wheelchair"])
        }
    }

    private mutating func addCrossing(_ known: Attributes) {
        let kind = known[.crossing]?.value.rawValue ?? "unknown"
        add(.crossings, kind, zoom: 16, isNamed: false) { attributes in
            attributes.set("sound", known[.soundSignal]?.value)
            attributes.set("tactile", known[.tactilePaving]?.value)
        }
    }

    private mutating func addBarrier(_ kind: String) {
        let known = Attributes(nodeTags: tags)
        add(.barriers, kind, zoom: shape == .point ? 17 : 16) { attributes in
            attributes.set("kerb", known[.kerb]?.value.rawValue)
            attributes.set("heightMillimetres", known[.kerbMillimetres]?.value)
            attributes.set("widthCentimetres", known[.widthCentimetres]?.value)
            attributes.set("tactile", known[.tactilePaving]?.value)
        }
    }
}

/// Lines.
extension FeatureClassifier {
    /// The streets and the zoom level from which each is drawn.
    private static let roads: [String: UInt8] = [
        "motorway": 6, "motorway_link": 11, "trunk": 7, "trunk_link": 11, "primary": 8,
        "primary_link": 12, "secondary": 10, "secondary_link": 12, "tertiary": 11,
        "tertiary_link": 13, "residential": 12, "living_street": 12, "unclassified": 12,
        "road": 12, "service": 14, "busway": 13,
    ]
    private static let waterways: [String: UInt8] = [
        "river": 8, "canal": 11, "stream": 13, "drain": 14, "ditch": 14,
    ]
    private static let railways: Set<String> = [
        "rail", "subway", "tram", "light_rail", "narrow_gauge", "monorail", "funicular",
    ]

    private mutating func line() {
        if let waterway = tags["waterway"], let zoom = Self.waterways[waterway] {
            add(.water, waterway, zoom: zoom, fillBridge)
        }
        if let railway = tags["railway"], Self.railways.contains(railway) {
            add(.railways, railway, zoom: railway == "rail" ? 9 : 12, fillBridge)
        }
        if isPlatform { add(.stations, "platform", zoom: 15, fillStation) }
        if let barrier = tags["barrier"] { addBarrier(barrier) }
        guard let highway = tags["highway"] ?? (isCorridor ? "corridor" : nil) else { return }
        if let zoom = Self.roads[highway] {
            add(.roads, highway, zoom: zoom, fillBridge)
        } else if let known = Attributes(wayTags: tags), !isPlatform {
            addPath(known, highway)
        } else if !isPlatform {
            // Closed to walkers, under construction, or of a kind nobody foresaw: still on the map.
            add(.roads, highway, zoom: 14, fillBridge)
        }
    }

    private var isCorridor: Bool { tags["indoor"] == "corridor" }

    private var isPlatform: Bool {
        tags["railway"] == "platform" || tags["public_transport"] == "platform"
            || tags["highway"] == "platform"
    }

    private var fillBridge: (inout MapAttributes) -> Void {
        { [tags] attributes in
            attributes.set("ref", tags["ref"])
            if tags["bridge"] ?? "no" != "no" { attributes.set("bridge", true) }
            if tags["tunnel"] ?? "no" != "no" { attributes.set("tunnel", true) }
        }
    }

    private mutating func addPath(_ known: Attributes, _ highway: String) {
        let kind = known[.kind]?.value ?? .footway
        switch kind {
        case .lift: addLift()
        case .crossing: addCrossing(known)
        case .steps, .escalator:
            add(.steps, kind.rawValue, zoom: 14) { [tags] attributes in
                attributes.set("steps", known[.stepCount]?.value)
                attributes.set("handrail", known[.handrail]?.value)
                attributes.set("ramp", known[.wheelchairRamp]?.value)
                attributes.set("level", tags["level"])
            }
        default:
            let zoom: UInt8 = highway == "track" ? 13 : kind == .pedestrian ? 13 : 14
            add(.paths, kind.rawValue, zoom: zoom) { [tags] attributes in
                attributes.set("surface", known[.surface]?.value.rawValue)
                attributes.set("widthCentimetres", known[.widthCentimetres]?.value)
                attributes.set("inclinePermille", known[.inclinePermille]?.value)
                attributes.set("tactile", known[.tactilePaving]?.value)
                attributes.set("indoor", known[.indoor]?.value)
                attributes.set("level", tags["level"])
            }
        }
    }
}

/// Areas.
extension FeatureClassifier {
    private static let greenLeisure: Set<String> = [
        "park", "garden", "pitch", "playground", "golf_course", "nature_reserve", "dog_park",
        "track",
        "common", "recreation_ground",
    ]
    private static let greenUse: Set<String> = [
        "grass", "forest", "meadow", "recreation_ground", "village_green", "cemetery", "allotments",
        "orchard", "vineyard", "farmland", "greenfield", "plant_nursery", "flowerbed",
    ]
    private static let greenNature: Set<String> = [
        "wood", "scrub", "grassland", "heath", "wetland", "tree_row",
    ]
    private static let groundAmenities: Set<String> = [
        "school", "university", "college", "kindergarten", "hospital", "marketplace", "parking",
        "bicycle_parking", "grave_yard",
    ]

    /// Draws the element as an area; nothing where its tags say a line.
    private mutating func area() -> Bool {
        if tags["area"] == "no" { return false }
        if let building = tags["building"], building != "no" {
            add(.buildings, building, zoom: 13, isArea: true) { [tags] attributes in
                attributes.set("address", Self.address(tags))
                attributes.set("levels", tags["building:levels"].flatMap { Int($0) })
            }
        }
        if isWater {
            add(.water, tags["water"] ?? "water", zoom: 6, isArea: true)
        } else if let green = green {
            add(.green, green, zoom: 10, isArea: true)
        } else if let ground = ground {
            add(.ground, ground, zoom: 12, isArea: true)
        }
        if isPlatform { add(.stations, "platform", zoom: 15, isArea: true, fillStation) }
        if tags["highway"] == "elevator" { addLift(isMiddle: true) }
        if let stop = stop {
            add(.stations, stop, zoom: stop == "station" ? 11 : 15, isMiddle: true, fillStation)
        }
        return !drawn.isEmpty
    }

    private var isWater: Bool {
        tags["natural"] == "water" || ["riverbank", "dock"].contains(tags["waterway"] ?? "")
            || ["reservoir", "basin"].contains(tags["landuse"] ?? "")
            || tags["leisure"] == "swimming_pool"
    }

    private var green: String? {
        if let leisure = tags["leisure"], Self.greenLeisure.contains(leisure) { return leisure }
        if let use = tags["landuse"], Self.greenUse.contains(use) { return use }
        if let nature = tags["natural"], Self.greenNature.contains(nature) { return nature }
        return nil
    }

    private var ground: String? {
        if let amenity = tags["amenity"], Self.groundAmenities.contains(amenity) { return amenity }
        if let highway = tags["highway"] {
            return tags["area"] == "yes" || shape == .area ? highway : nil
        }
        if let nature = tags["natural"], ["beach", "sand", "bare_rock", "scree"].contains(nature) {
            return nature
        }
        return tags["landuse"]
    }
}

/// Places and addresses, of whatever shape.
extension FeatureClassifier {
    private static let placeKeys = [
        "amenity", "shop", "tourism", "leisure", "healthcare", "historic", "office", "craft",
    ]
    /// The zoom level of each kind of quarter and town.
    private static let quarters: [String: UInt8] = [
        "city": 4, "town": 8, "suburb": 11, "village": 10, "quarter": 12, "neighbourhood": 13,
        "hamlet": 12, "borough": 11, "city_block": 16, "square": 14, "locality": 14,
    ]
    /// What many people look for is named earlier than what few do.
    private static let sought: Set<String> = [
        "hospital", "library", "townhall", "school", "university", "marketplace", "park", "museum",
        "social_facility", "station", "clinic", "police", "fire_station", "post_office",
        "community_centre", "social_centre",
    ]

    private mutating func place() {
        if let quarter = tags["place"], let zoom = Self.quarters[quarter], name != nil {
            add(.places, quarter, zoom: zoom, isMiddle: true)
        }
        let found = Self.placeKeys.lazy.compactMap { [tags] key in tags[key] }.first { $0 != "no" }
        guard let kind = found else { return }
        let zoom: UInt8 = name == nil ? 17 : Self.sought.contains(kind) ? 14 : 16
        add(.places, kind, zoom: zoom, isMiddle: true) { [tags] attributes in
            attributes.set("address", Self.address(tags))
            attributes.set("wheelchair", tags["wheelchair"])
            attributes.set("level", tags["level"])
        }
    }

    private mutating func address() {
        guard let number = tags["addr:housenumber"] else { return }
        add(.addresses, nil, zoom: 17, isMiddle: true, isNamed: false) { [tags] attributes in
            attributes.set("number", number)
            attributes.set("street", tags["addr:street"])
        }
    }

    /// A road-name address: the road, then the number.
    private static func address(_ tags: OSMTags) -> String? {
        guard let number = tags["addr:housenumber"] else { return nil }
        return tags["addr:street"].map { "\($0) \(number)" } ?? number
    }
}
