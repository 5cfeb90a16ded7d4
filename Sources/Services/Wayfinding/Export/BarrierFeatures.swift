import Basics
import Routing

/// The reported barriers and the lifts as GeoJSON (RFC 7946): no words of reporters, no photos.
struct BarrierFeatures {
    let reports: [BarrierReport]
    let lifts: [CityLift]
    let statuses: [String: [LiftStatus]]

    func geoJSON(language: Language) -> JSONValue {
        let points = reports.compactMap { report -> JSONValue? in
            guard let position = report.position else { return nil }
            return .feature(
                .point(position),
                [
                    "kind": "barrier", "number": .string(report.number),
                    "barrier": .string(report.kind.rawValue),
                    "title": .string(report.kind.title[language]),
                    "state": .string(report.state.rawValue),
                    "reportedAt": .string(report.createdAt.rfc3339),
                    "area": .string(report.area),
                ]
            )
        }
        let stops = lifts.map { lift in
            let standing = LiftStanding(statuses[lift.id] ?? [])
            return JSONValue.feature(
                .point(lift.position),
                [
                    "kind": "lift", "id": .string(lift.id), "name": .string(lift.name),
                    "standing": .string(standing.rawValue),
                    "title": .string(standing.title[language]),
                ]
            )
        }
        return .features(points + stops)
    }
}
