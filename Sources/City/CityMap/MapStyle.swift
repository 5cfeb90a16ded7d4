import Basics
import Routing

/// How the city's map looks: a style of MapLibre (https://maplibre.org/maplibre-style-spec/), ink on
/// paper in the house's colours.
struct MapStyle {
    /// Light or dark, as the page is.
    enum Theme: String, Sendable, CaseIterable, Codable {
        /// Ink on paper.
        case light
        /// Paper on ink.
        case dark
    }

    /// How far colours stand apart.
    enum Contrast: String, Sendable, CaseIterable, Codable {
        /// Calm: the map stays behind what is shown on it.
        case standard
        /// Every line and outline at least 3:1 against its ground, every word 7:1 (WCAG 2.2 §1.4.6, §1.4.11).
        case high
    }

    /// The colours of a theme.
    struct Palette {
        var ground, built, green, water, building, outline, casing, road, main, path: String
        var stairs, rail, accent, ink, faint, halo: String
    }

    private let map: CityMap
    private let name: String
    private let colours: Palette

    init(_ map: CityMap, _ theme: Theme, _ contrast: Contrast) {
        self.map = map
        name = "haechi-\(theme.rawValue)-\(contrast.rawValue)"
        colours = MapStyle.palette(theme, contrast)
    }

    static func palette(_ theme: Theme, _ contrast: Contrast) -> Palette {
        switch (theme, contrast) {
        case (.light, .standard): light
        case (.dark, .standard): dark
        case (.light, .high): blackOnWhite
        case (.dark, .high): whiteOnBlack
        }
    }

    private static let light = Palette(
        ground: "#f6f4ee",
        built: "#efece3",
        green: "#dde9d5",
        water: "#bfdbe3",
        building: "#e4dfd3",
        outline: "#cfc8b8",
        casing: "#d3cdbf",
        road: "#ffffff",
        main: "#fbeecb",
        path: "#8a8471",
        stairs: "#9a3a22",
        rail: "#8d928f",
        accent: "#0b625d",
        ink: "#1a1f20",
        faint: "#535b5a",
        halo: "#fcfbf8"
    )
    private static let dark = Palette(
        ground: "#161c1d",
        built: "#1a2122",
        green: "#1c2b22",
        water: "#17323b",
        building: "#262f30",
        outline: "#374242",
        casing: "#0e1314",
        road: "#3a4546",
        main: "#575240",
        path: "#9aa39c",
        stairs: "#f2a083",
        rail: "#6f7a78",
        accent: "#7cd0c4",
        ink: "#e9ebe6",
        faint: "#a9b3b0",
        halo: "#131819"
    )

    private static let blackOnWhite = Palette(
        ground: "#ffffff",
        built: "#ffffff",
        green: "#d3ecc2",
        water: "#a9dcf2",
        building: "#ebebeb",
        outline: "#5c5c5c",
        casing: "#333333",
        road: "#ffffff",
        main: "#ffe08a",
        path: "#3d3a30",
        stairs: "#8a1c00",
        rail: "#4a4a4a",
        accent: "#004d48",
        ink: "#000000",
        faint: "#262626",
        halo: "#ffffff"
    )
    private static let whiteOnBlack = Palette(
        ground: "#000000",
        built: "#000000",
        green: "#0d2912",
        water: "#06303d",
        building: "#1c1c1c",
        outline: "#a3a3a3",
        casing: "#c8c8c8",
        road: "#1a1a1a",
        main: "#4a3d00",
        path: "#e0ddd2",
        stairs: "#ffb59c",
        rail: "#b5b5b5",
        accent: "#9af0e4",
        ink: "#ffffff",
        faint: "#e6e6e6",
        halo: "#000000"
    )

    /// The style as JSON; its addresses begin with a slash.
    var json: JSONValue {
        let (southWest, northEast) = map.bounds
        let bounds = JSONValue.array(
            [southWest.longitude, southWest.latitude, northEast.longitude, northEast.latitude]
                .map(JSONValue.number)
        )
        return [
            "version": 8,
            "name": .string(name),
            "metadata": ["haechi:bounds": bounds, "haechi:sample": .boolean(map.isSample)],
            "glyphs": "haechi-glyphs://{fontstack}/{range}",
            "sources": [
                "city": [
                    "type": "vector",
                    "tiles": [.string("/map/tiles/{z}/{x}/{y}.mvt?v=\(map.version)")],
                    "minzoom": .integer(MapStyle.minimumZoom),
                    "maxzoom": .integer(MapStyle.maximumZoom), "bounds": bounds,
                    "attribution": .string(map.attribution.korean),
                ]
            ],
            "layers": .array(surfaces + lines + spots + words),
        ]
    }

    /// Below this a city is a dot.
    static let minimumZoom = 9
    /// Deeper zooms draw these tiles larger: every point is in them.
    static let maximumZoom = 17

    private func layer(
        _ id: String,
        _ type: String,
        _ source: String,
        filter: JSONValue? = nil,
        from zoom: Int = 0,
        paint: [String: JSONValue] = [:],
        layout: [String: JSONValue] = [:]
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id), "type": .string(type), "source": "city",
            "source-layer": .string(source), "paint": .object(paint), "layout": .object(layout),
        ]
        if zoom > 0 { members["minzoom"] = .integer(zoom) }
        if let filter { members["filter"] = filter }
        return .object(members)
    }

    private func isOne(of classes: [String]) -> JSONValue {
        ["in", ["get", "class"], ["literal", .array(classes.map(JSONValue.string))]]
    }

    private func shape(_ name: String) -> JSONValue { ["==", ["geometry-type"], .string(name)] }

    /// A width that grows with the zoom: at 12, 16 and 19.
    private func width(_ far: Double, _ near: Double, _ close: Double) -> JSONValue {
        [
            "interpolate", ["exponential", .number(1.5)], ["zoom"], 12, .number(far), 16,
            .number(near), 19,
            .number(close),
        ]
    }

    private var surfaces: [JSONValue] {
        func fill(_ colour: String) -> [String: JSONValue] { ["fill-color": .string(colour)] }
        return [
            [
                "id": "paper", "type": "background",
                "paint": ["background-color": .string(colours.ground)],
            ],
            layer("ground", "fill", "ground", filter: shape("Polygon"), paint: fill(colours.built)),
            layer("green", "fill", "green", filter: shape("Polygon"), paint: fill(colours.green)),
            layer("water", "fill", "water", filter: shape("Polygon"), paint: fill(colours.water)),
            layer(
                "waterways",
                "line",
                "water",
                filter: shape("LineString"),
                paint: ["line-color": .string(colours.water), "line-width": width(1, 4, 12)]
            ),
            layer(
                "platforms",
                "fill",
                "stations",
                filter: shape("Polygon"),
                paint: fill(colours.outline)
            ),
            layer(
                "buildings",
                "fill",
                "buildings",
                paint: [
                    "fill-color": .string(colours.building),
                    "fill-outline-color": .string(colours.outline),
                ]
            ),
        ]
    }

    private static let main = [
        "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary",
        "secondary_link",
    ]

    private var lines: [JSONValue] {
        let main = isOne(of: MapStyle.main)
        let round: [String: JSONValue] = ["line-cap": "round", "line-join": "round"]
        func road(_ id: String, _ isMain: Bool, _ colour: String, _ width: JSONValue) -> JSONValue {
            layer(
                id,
                "line",
                "roads",
                filter: isMain ? main : ["!", main],
                paint: ["line-color": .string(colour), "line-width": width],
                layout: round
            )
        }
        func line(
            _ id: String,
            _ source: String,
            _ colour: String,
            _ width: JSONValue,
            dashes: [JSONValue]? = nil,
            filter: JSONValue? = nil,
            from zoom: Int = 0
        ) -> JSONValue {
            var paint: [String: JSONValue] = ["line-color": .string(colour), "line-width": width]
            if let dashes { paint["line-dasharray"] = .array(dashes) }
            return layer(id, "line", source, filter: filter, from: zoom, paint: paint)
        }
        let isInside: JSONValue = ["==", ["get", "indoor"], true]
        return [
            road("streets-casing", false, colours.casing, width(1.5, 9, 34)),
            road("mains-casing", true, colours.casing, width(3, 16, 60)),
            road("streets", false, colours.road, width(0.8, 7, 30)),
            road("mains", true, colours.main, width(2, 14, 56)),
            line(
                "paths",
                "paths",
                colours.path,
                width(0.5, 1.5, 5),
                filter: ["!=", ["get", "indoor"], true]
            ),
            line(
                "corridors",
                "paths",
                colours.path,
                width(0.5, 1, 3),
                dashes: [2, 2],
                filter: isInside,
                from: 15
            ),
            line(
                "crossings",
                "crossings",
                colours.accent,
                width(1, 3, 12),
                dashes: [.number(0.5), .number(0.5)]
            ),
            line(
                "steps",
                "steps",
                colours.stairs,
                width(1, 4, 16),
                dashes: [.number(0.4), .number(0.3)]
            ),
            line("rails", "railways", colours.rail, width(1, 2, 4), dashes: [4, 2]),
            line("walls", "barriers", colours.rail, width(0.5, 1, 2), filter: shape("LineString")),
        ]
    }

    private var spots: [JSONValue] {
        func spot(
            _ id: String,
            _ source: String,
            _ colour: String,
            _ radius: Double,
            filter: JSONValue,
            from zoom: Int
        ) -> JSONValue {
            layer(
                id,
                "circle",
                source,
                filter: filter,
                from: zoom,
                paint: [
                    "circle-color": .string(colour), "circle-radius": .number(radius),
                    "circle-stroke-color": .string(colours.halo),
                    "circle-stroke-width": .number(1.5),
                ]
            )
        }
        let point = shape("Point")
        return [
            spot("trees", "green", colours.path, 2.5, filter: point, from: 18),
            spot("kerbs", "barriers", colours.stairs, 3, filter: point, from: 18),
            spot("places-spots", "places", colours.faint, 3, filter: named, from: 16),
            spot("lifts", "lifts", colours.accent, 6, filter: point, from: 15),
            spot("exits", "stations", colours.accent, 5, filter: point, from: 15),
        ]
    }

    private let named: JSONValue = [
        "all", ["has", "name"], ["!", ["in", ["get", "class"], ["literal", .array(quarters)]]],
    ]
    private static let quarters = [
        "city", "town", "village", "hamlet", "suburb", "borough", "quarter", "neighbourhood",
        "locality",
    ].map(JSONValue.string)

    private var words: [JSONValue] {
        func label(
            _ id: String,
            _ source: String,
            _ field: String,
            size: Double,
            colour: String,
            filter: JSONValue? = nil,
            from zoom: Int,
            layout: [String: JSONValue] = [:]
        ) -> JSONValue {
            let own: [String: JSONValue] = [
                "text-field": ["get", .string(field)], "text-font": ["Haechi"],
                "text-size": .number(size), "text-max-width": 8,
            ]
            return layer(
                id,
                "symbol",
                source,
                filter: filter,
                from: zoom,
                paint: [
                    "text-color": .string(colour), "text-halo-color": .string(colours.halo),
                    "text-halo-width": .number(1.5),
                ],
                layout: own.merging(layout) { $1 }
            )
        }
        let along: [String: JSONValue] = ["symbol-placement": "line", "symbol-spacing": 320]
        let below: [String: JSONValue] = ["text-anchor": "top", "text-offset": [0, .number(0.6)]]
        let isQuarter: JSONValue = [
            "in", ["get", "class"], ["literal", .array(MapStyle.quarters)],
        ]
        return [
            label("numbers", "addresses", "number", size: 11, colour: colours.faint, from: 18),
            label(
                "path-names",
                "paths",
                "name",
                size: 11,
                colour: colours.faint,
                from: 17,
                layout: along
            ),
            label(
                "street-names",
                "roads",
                "name",
                size: 12,
                colour: colours.ink,
                from: 14,
                layout: along
            ),
            label("water-names", "water", "name", size: 12, colour: colours.accent, from: 14),
            label(
                "place-names",
                "places",
                "name",
                size: 12,
                colour: colours.ink,
                filter: named,
                from: 16,
                layout: below
            ),
            label(
                "lift-names",
                "lifts",
                "name",
                size: 11,
                colour: colours.accent,
                from: 18,
                layout: below
            ),
            label(
                "station-names",
                "stations",
                "name",
                size: 13,
                colour: colours.accent,
                filter: shape("Point"),
                from: 14,
                layout: below
            ),
            label(
                "quarters",
                "places",
                "name",
                size: 15,
                colour: colours.faint,
                filter: isQuarter,
                from: 11
            ),
        ]
    }
}
