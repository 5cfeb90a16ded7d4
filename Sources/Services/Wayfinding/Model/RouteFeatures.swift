import Basics
import Routing

extension FoundRoute {
    /// The way as a GeoJSON feature collection (RFC 7946): its line, its barriers and instructions as
    /// points.
    func geoJSON(language: Language) -> JSONValue {
        var shape = route.shape
        // A line has two points at least (RFC 7946 §3.1.4).
        if shape.count == 1 { shape += shape }
        let line = JSONValue.feature(
            ["type": "LineString", "coordinates": .array(shape.map(\.json))],
            [
                "kind": "route", "metres": .number(route.metres.hundredths),
                "seconds": .number(route.seconds.hundredths),
                "confirmedMetres": .number(route.confirmedMetres.hundredths),
                "unknownMetres": .number(route.unknownMetres.hundredths),
                "violatingMetres": .number(route.violatingMetres.hundredths),
            ]
        )
        let barriers = barriers.map { barrier in
            JSONValue.feature(
                .point(barrier.position),
                [
                    "kind": "barrier", "violation": .string(barrier.kind.rawValue),
                    "text": .string(barrier.text[language]),
                    "measure": barrier.measure.map(JSONValue.integer) ?? .null,
                    "isConfirmed": .boolean(barrier.isConfirmed),
                    "metresFromStart": .number(barrier.metresFromStart.hundredths),
                ]
            )
        }
        let spoken = instructions.map { instruction in
            JSONValue.feature(
                .point(instruction.position),
                [
                    "kind": "instruction", "manoeuvre": .string(instruction.kind.rawValue),
                    "text": .string(instruction.text[language]),
                    "metresFromStart": .number(instruction.metresFromStart.hundredths),
                ]
            )
        }
        return .features([line] + barriers + spoken)
    }
}

extension JSONValue {
    /// A feature of GeoJSON (RFC 7946 §3.2).
    static func feature(_ geometry: JSONValue, _ properties: [String: JSONValue]) -> JSONValue {
        ["type": "Feature", "geometry": geometry, "properties": .object(properties)]
    }

    /// A feature collection (RFC 7946 §3.3).
    static func features(_ features: [JSONValue]) -> JSONValue {
        ["type": "FeatureCollection", "features": .array(features)]
    }

    /// A point (RFC 7946 §3.1.2).
    static func point(_ place: GeoPoint) -> JSONValue {
        ["type": "Point", "coordinates": place.json]
    }
}

extension GeoPoint {
    /// Longitude and latitude, as GeoJSON has them.
    var json: JSONValue { .array([.number(longitude), .number(latitude)]) }
}
