public import Basics

extension RoutePlanner {
    /// The instructions of a route of this planner.
    public func instructions(for route: Route) -> [Instruction] {
        InstructionWriter(self, route).written()
    }

    /// A route as a GeoJSON feature collection (RFC 7946): the way as a line, its obstacles and
    /// instructions as points.
    public func geoJSON(_ route: Route, language: Language) -> JSONValue {
        let line: JSONValue = [
            "type": "Feature",
            "geometry": ["type": "LineString", "coordinates": .array(route.line.map(\.json))],
            "properties": [
                "kind": "route", "metres": .number(route.metres.hundredths),
                "seconds": .number(route.seconds.hundredths),
                "confirmedMetres": .number(route.confirmedMetres.hundredths),
                "unknownMetres": .number(route.unknownMetres.hundredths),
                "violatingMetres": .number(route.violatingMetres.hundredths),
                "startMetresAway": .number(route.start.metresAway.hundredths),
                "endMetresAway": .number(route.end.metresAway.hundredths),
            ],
        ]
        let obstacles = route.obstacles.map { obstacle in
            RoutePlanner.point(
                obstacle.position,
                [
                    "kind": "obstacle", "violation": .string(obstacle.violation.kind.rawValue),
                    "measure": obstacle.violation.measure.map(JSONValue.integer) ?? .null,
                    "isConfirmed": .boolean(obstacle.violation.isConfirmed),
                    "metresFromStart": .number(obstacle.metresFromStart.hundredths),
                    "lengthMetres": .number(obstacle.lengthMetres.hundredths),
                    "text": .string(obstacle.violation.text[language]),
                ]
            )
        }
        let instructions = instructions(for: route).map { instruction in
            RoutePlanner.point(
                instruction.position,
                [
                    "kind": "instruction", "manoeuvre": .string(instruction.kind.rawValue),
                    "text": .string(instruction.text[language]),
                    "metresFromStart": .number(instruction.metresFromStart.hundredths),
                    "metresToNext": .number(instruction.metresToNext.hundredths),
                ]
            )
        }
        return [
            "type": "FeatureCollection", "features": .array([line] + obstacles + instructions),
        ]
    }

    private static func point(_ position: GeoPoint, _ properties: [String: JSONValue]) -> JSONValue
    {
        [
            "type": "Feature", "properties": .object(properties),
            "geometry": ["type": "Point", "coordinates": position.json],
        ]
    }

    /// A route as GPX 1.1 (https://www.topografix.com/GPX/1/1/): its instructions, or those handed in,
    /// as way points and its shape as a track.
    public func gpx(
        _ route: Route,
        instructions spoken: [Instruction]? = nil,
        language: Language
    ) -> String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx version="1.1" creator="haechi" xmlns="http://www.topografix.com/GPX/1/1">

            """
        for instruction in spoken ?? instructions(for: route) {
            let place = instruction.position.gpxAttributes
            text += "<wpt \(place)><name>\(instruction.text[language].xmlText)</name></wpt>\n"
        }
        text += "<trk><trkseg>\n"
        for point in route.line { text += "<trkpt \(point.gpxAttributes)/>\n" }
        return text + "</trkseg></trk>\n</gpx>\n"
    }
}

extension Route {
    /// A line has two points at least, also where there is nowhere to go.
    fileprivate var line: [GeoPoint] {
        let shape = shape
        return shape.count == 1 ? shape + shape : shape
    }
}

extension GeoPoint {
    fileprivate var json: JSONValue { .array([.number(longitude), .number(latitude)]) }
    fileprivate var gpxAttributes: String { "lat=\"\(latitude)\" lon=\"\(longitude)\"" }
}

extension Double {
    fileprivate var hundredths: Double { (self * 100).rounded() / 100 }
}

extension String {
    fileprivate var xmlText: String {
        var text = ""
        for character in unicodeScalars {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\t", "\n", "\r": text += " "
            // XML 1.0 has no way to write the other control characters.
            case "\0"..<" ", "\u{fffe}", "\u{ffff}": continue
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }
}
