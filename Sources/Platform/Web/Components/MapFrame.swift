import Basics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Places and areas on a map, with the same places in a table beside it.
public struct MapFrame: Sendable, Hashable {
    /// A point on the earth, in degrees (WGS 84).
    public struct Position: Sendable, Hashable {
        /// Degrees east.
        public var longitude: Double
        /// Degrees north.
        public var latitude: Double

        /// Creates a point.
        public init(longitude: Double, latitude: Double) {
            self.longitude = longitude
            self.latitude = latitude
        }
    }

    /// A place, marked by its number in the table.
    public struct Place: Sendable, Hashable {
        /// What stands there.
        public var name: String
        /// Where it is.
        public var position: Position
        /// Its page.
        public var link: Link?
        /// What the table says about it.
        public var note: HTML

        /// Creates a place.
        public init(name: String, position: Position, link: Link? = nil, note: HTML = .empty) {
            self.name = name
            self.position = position
            self.link = link
            self.note = note
        }
    }

    /// An area, filled by its level.
    public struct Area: Sendable, Hashable {
        /// What it is called.
        public var name: String
        /// Its outline, one ring a part, in order around it.
        public var rings: [[Position]]
        /// How strongly it is filled, 0 the strongest of four.
        public var level: Int
        /// Its page.
        public var link: Link?
        /// What the table says about it.
        public var note: HTML

        /// Creates an area.
        public init(
            name: String,
            rings: [[Position]],
            level: Int,
            link: Link? = nil,
            note: HTML = .empty
        ) {
            self.name = name
            self.rings = rings
            self.level = level
            self.link = link
            self.note = note
        }
    }

    /// What the map says about itself.
    public var caption: ChartCaption
    /// What the table calls the places.
    public var nameTitle: String
    /// What the table calls the notes.
    public var noteTitle: String
    /// The places.
    public var places: [Place]
    /// The areas.
    public var areas: [Area]
    /// The words for the levels, strongest first.
    public var levels: [String]
    /// Where the same features stand as GeoJSON (RFC 7946), for the moving map that scripts make
    /// of this one.
    public var featuresLink: Link?

    /// Creates a map.
    public init(
        caption: ChartCaption,
        nameTitle: String,
        noteTitle: String,
        places: [Place] = [],
        areas: [Area] = [],
        levels: [String] = [],
        featuresLink: Link? = nil
    ) {
        self.caption = caption
        self.nameTitle = nameTitle
        self.noteTitle = noteTitle
        self.places = places
        self.areas = areas
        self.levels = levels
        self.featuresLink = featuresLink
    }
}

/// Degrees to the units of the drawing; good for a city, where the earth is flat enough.
private struct Projection {
    static let width = 400.0
    static let margin = 18.0
    private(set) var west = Double.infinity
    private(set) var south = Double.infinity
    private(set) var east = -Double.infinity
    private(set) var north = -Double.infinity

    init(_ positions: [MapFrame.Position]) {
        for position in positions {
            west = min(west, position.longitude)
            east = max(east, position.longitude)
            south = min(south, position.latitude)
            north = max(north, position.latitude)
        }
        // A single place still gets a frame of about a kilometre.
        let least = 0.01
        if east - west < least { (west, east) = (west - least / 2, east + least / 2) }
        if north - south < least { (south, north) = (south - least / 2, north + least / 2) }
    }

    private var narrowing: Double { cos((south + north) / 2 * .pi / 180) }
    private var scale: Double {
        let across = (Projection.width - 2 * Projection.margin) / ((east - west) * narrowing)
        return min(across, Projection.width * 1.2 / (north - south))
    }

    var height: Double { (north - south) * scale + 2 * Projection.margin }

    func point(_ position: MapFrame.Position) -> (x: Double, y: Double) {
        let used = (east - west) * narrowing * scale
        let left = (Projection.width - used) / 2
        return (
            left + (position.longitude - west) * narrowing * scale,
            Projection.margin + (north - position.latitude) * scale
        )
    }
}

/// A map, with its places in a table beside it.
///
/// `data-map` and the bounds are the hook of the moving map; until a script takes it, this drawing
/// is the map.
public func mapFrame(_ map: MapFrame, in context: PageContext) -> HTML {
    let positions = map.places.map(\.position) + map.areas.flatMap { $0.rings.flatMap { $0 } }
    guard !positions.isEmpty else {
        return emptyState(
            title: map.caption.title,
            text: context.text("지도에 그릴 곳이 없습니다.", "There is nothing to draw.")
        )
    }
    let projection = Projection(positions)
    let id = map.caption.id
    let bounds: Attributes = [
        "data-features": map.featuresLink?.target, "data-west": "\(projection.west)",
        "data-south": "\(projection.south)", "data-east": "\(projection.east)",
        "data-north": "\(projection.north)",
    ]
    let legend = map.levels.isEmpty ? HTML.empty : ChartFill.legend(id, map.levels)
    let figure: HTML = """
        <figure class="map" id="\(id)"><figcaption><strong>\(map.caption.title)</strong>\
        <span>\(map.caption.summary)</span></figcaption><div class="mapgrid">\
        <div class="mapview" data-map\(bounds)><svg viewBox="0 0 400 \
        \(length(projection.height, ""))" role="img" aria-labelledby="\(id)-title \(id)-desc">\
        <title id="\(id)-title">\(map.caption.title)</title>\
        <desc id="\(id)-desc">\(map.caption.summary)</desc>\(ChartFill.definitions(id))\
        \(HTML(each: map.areas) { area($0, id, projection) })\
        \(HTML(each: map.places.enumerated()) { marker($0, $1, projection) })</svg>\(legend)</div>\
        \(table(mapTable(map, in: context), in: context))</div></figure>
        """
    return figure.needing(.map)
}

private func area(_ area: MapFrame.Area, _ id: String, _ projection: Projection) -> HTML {
    var path = ""
    for ring in area.rings where !ring.isEmpty {
        let points = ring.map { position in
            let point = projection.point(position)
            return "\(length(point.x, "").markup) \(length(point.y, "").markup)"
        }
        path += "M" + points.joined(separator: "L") + "Z"
    }
    let outline = area.rings.first ?? []
    guard !outline.isEmpty else { return .empty }
    let middle = projection.point(
        MapFrame.Position(
            longitude: outline.reduce(0) { $0 + $1.longitude } / Double(outline.count),
            latitude: outline.reduce(0) { $0 + $1.latitude } / Double(outline.count)
        )
    )
    return """
        <path d="\(path)" \(ChartFill.attribute(id, area.level))/><text class="inside" \
        x="\(length(middle.x, ""))" y="\(length(middle.y, ""))" text-anchor="middle" dy=".35em">\
        \(area.name)</text>
        """
}

private func marker(_ index: Int, _ place: MapFrame.Place, _ projection: Projection) -> HTML {
    let point = projection.point(place.position)
    let (x, y) = (length(point.x, ""), length(point.y, ""))
    // What the moving map makes its own mark of.
    let place: Attributes = [
        "data-longitude": "\(place.position.longitude)",
        "data-latitude": "\(place.position.latitude)", "data-name": place.name,
        "data-label": "\(index + 1)", "data-href": place.link?.target,
    ]
    return """
        <circle class="pin" cx="\(x)" cy="\(y)" r="11"\(place)/><text class="pinned" x="\(x)" y="\(y)" \
        dy=".35em" text-anchor="middle">\(index + 1)</text>
        """
}

private func mapTable(_ map: MapFrame, in context: PageContext) -> DataTable {
    func name(_ name: String, _ link: Link?) -> HTML {
        link.map { "<a href=\"\($0)\">\(name)</a>" } ?? HTML(text: name)
    }
    let places = map.places.enumerated().map { index, place in
        ["<span class=\"pinmark\">\(index + 1)</span> \(name(place.name, place.link))", place.note]
    }
    return DataTable(
        caption: map.caption.title,
        hidesCaption: true,
        columns: [.init(map.nameTitle, isRowHeader: true), .init(map.noteTitle)],
        rows: places + map.areas.map { [name($0.name, $0.link), $0.note] },
        phoneLayout: .scroll
    )
}

extension MapFrame {
    static let examples = [
        ComponentExample("map", Bilingual("지도", "Map")) { context in
            func box(_ west: Double, _ south: Double) -> [[Position]] {
                let corners = [(0.0, 0.0), (0.05, 0.005), (0.055, 0.03), (0.02, 0.036), (0, 0.025)]
                return [
                    corners.map { Position(longitude: west + $0.0, latitude: south + $0.1) }
                ]
            }
            return mapFrame(
                MapFrame(
                    caption: ChartCaption(
                        id: "example-map",
                        title: context.text("스마트경로당", "Senior centres"),
                        summary: context.text(
                            "네 구역에 세 곳이 있습니다.",
                            "Three centres in four quarters."
                        )
                    ),
                    nameTitle: context.text("이름", "Name"),
                    noteTitle: context.text("내용", "Notes"),
                    places: [
                        Place(
                            name: context.text("솔향 경로당", "Solhyang"),
                            position: Position(longitude: 126.985, latitude: 37.605),
                            link: Link("/example/1"),
                            note: "09:00–18:00"
                        ),
                        Place(
                            name: context.text("한빛 경로당", "Hanbit"),
                            position: Position(longitude: 127.035, latitude: 37.553)
                        ),
                        Place(
                            name: context.text("새봄 경로당", "Saebom"),
                            position: Position(longitude: 126.972, latitude: 37.549)
                        ),
                    ],
                    areas: [
                        Area(name: "가람", rings: box(126.95, 37.575), level: 0, note: "42"),
                        Area(name: "나래", rings: box(127.008, 37.58), level: 1, note: "31"),
                        Area(name: "다솜", rings: box(126.955, 37.54), level: 2, note: "17"),
                        Area(name: "라온", rings: box(127.012, 37.543), level: 3, note: "6"),
                    ],
                    levels: [
                        context.text("40명 이상", "40 or more"), context.text("30명", "30"),
                        context.text("10명", "10"), context.text("10명 미만", "fewer"),
                    ]
                ),
                in: context
            )
        }
    ]
}
