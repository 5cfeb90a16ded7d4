public import Basics

extension RoutePlanner {
    /// A matched trace as a GeoJSON feature collection (RFC 7946): each piece as a line, each matched
    /// fix as a point with how far it was moved.
    public func geoJSON(_ trace: MatchedTrace) -> JSONValue {
        let lines = trace.pieces.map { piece -> JSONValue in
            let shape = shape(of: piece)
            let metres = zip(shape, shape.dropFirst()).reduce(0.0) { $0 + $1.0.metres(to: $1.1) }
            return feature(
                // A line has two points at least, also where somebody stood.
                "LineString",
                .array((shape.count == 1 ? shape + shape : shape).map(coordinates)),
                [
                    "kind": "piece", "metres": .number((metres * 10).rounded() / 10),
                    "confidence": .number((piece.confidence * 1_000).rounded() / 1_000),
                    "firstFix": .integer(piece.fixes.first ?? 0),
                    "lastFix": .integer(piece.fixes.last ?? 0),
                ]
            )
        }
        let points = trace.places.enumerated().compactMap { number, place -> JSONValue? in
            guard let place else { return nil }
            let segment = network.segments[place.segment]
            return feature(
                "Point",
                coordinates(place.position),
                [
                    "kind": "fix", "number": .integer(number), "way": .integer(Int(segment.way)),
                    "name": .string(network.name(of: place.segment)),
                    "metresAway": .number((place.metresAway * 10).rounded() / 10),
                ]
            )
        }
        return ["type": "FeatureCollection", "features": .array(lines + points)]
    }

    private func coordinates(_ point: GeoPoint) -> JSONValue {
        .array([.number(point.longitude), .number(point.latitude)])
    }

    private func feature(
        _ type: String,
        _ coordinates: JSONValue,
        _ properties: [String: JSONValue]
    ) -> JSONValue {
        [
            "type": "Feature", "properties": .object(properties),
            "geometry": ["type": .string(type), "coordinates": coordinates],
        ]
    }
}
