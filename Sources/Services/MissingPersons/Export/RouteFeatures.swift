import Basics
import Footage

/// A route as GeoJSON (RFC 7946): the sightings, the ways between them, what is not known, the cameras
/// to watch next.
struct RouteFeatures: Sendable {
    let route: CaseRoute

    init(_ route: CaseRoute) { self.route = route }

    private struct Collection: Encodable {
        var type = "FeatureCollection"
        var features: [Feature]
    }

    private struct Feature: Encodable {
        var type = "Feature"
        var geometry: Geometry
        var properties: [String: String]
    }

    private enum Geometry: Encodable {
        case point([Double])
        case line([[Double]])
        case polygon([[[Double]]])

        private enum Key: String, CodingKey {
            case type
            case coordinates
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            switch self {
            case .point(let position):
                try container.encode("Point", forKey: .type)
                try container.encode(position, forKey: .coordinates)
            case .line(let positions):
                try container.encode("LineString", forKey: .type)
                try container.encode(positions, forKey: .coordinates)
            case .polygon(let rings):
                try container.encode("Polygon", forKey: .type)
                try container.encode(rings, forKey: .coordinates)
            }
        }
    }

    func geoJSON() throws -> [UInt8] {
        var features = zip(route.gaps, zip(route.steps, route.steps.dropFirst()))
            .flatMap { gap, ends in between(gap, ends.0, ends.1) }
        features += route.steps.enumerated().compactMap { index, step in
            step.camera.place.map { place in
                Feature(
                    geometry: .point([place.longitude, place.latitude]),
                    properties: [
                        "kind": "sighting", "number": String(index + 1),
                        "name": step.camera.name, "at": step.mark.seenAt.rfc3339,
                    ]
                )
            }
        }
        features += route.next.compactMap { next in
            next.camera.place.map { place in
                Feature(
                    geometry: .point([place.longitude, place.latitude]),
                    properties: [
                        "kind": "next", "name": next.camera.name,
                        "probability": percent(next.probability), "at": next.likelyAt.rfc3339,
                    ]
                )
            }
        }
        return try PolicePacket.json(Collection(features: features))
    }

    private func between(
        _ gap: CaseRoute.Gap,
        _ first: CaseRoute.Step,
        _ last: CaseRoute.Step
    ) -> [Feature] {
        guard let start = first.camera.place, let end = last.camera.place else { return [] }
        let ring = UncertaintyShape.ring(start, end, asideMeters: gap.uncertaintyMeters)
        // The right-hand rule of RFC 7946 §3.1.6: the ring runs against the clock already.
        let area = Feature(
            geometry: .polygon([ring.map { [$0.longitude, $0.latitude] }]),
            properties: [
                "kind": "uncertainty", "metres": String(Int(gap.uncertaintyMeters)),
                "seconds": String(Int(gap.elapsedSeconds)),
            ]
        )
        let line =
            gap.way.isEmpty
            ? [[start.longitude, start.latitude], [end.longitude, end.latitude]]
            : gap.way.map { [$0.longitude, $0.latitude] }
        guard line.count > 1 else { return [area] }
        let way = Feature(
            geometry: .line(line),
            properties: ["kind": "way", "seconds": String(Int(gap.walkSeconds))]
        )
        return [area, way]
    }
}
