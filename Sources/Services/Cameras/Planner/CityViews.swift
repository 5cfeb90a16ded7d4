import Basics
import CityMap
import Footage
import Hosting
import Routing
import Siting
import Web

/// The city laid flat, with its buildings: what cameras see of it.
struct CityViews: Sendable {
    let projection: LocalProjection
    let obstacles: Obstacles

    /// The views of a city, prepared once.
    static func of(_ platform: Platform) throws -> CityViews {
        let map = try CityMap.of(platform)
        return try platform.shared.value(CityViews.self) { try CityViews(map) }
    }

    private init(_ map: CityMap) throws {
        let (south, north) = (map.bounds.southWest, map.bounds.northEast)
        let projection = LocalProjection(
            aroundLongitude: (south.longitude + north.longitude) / 2,
            latitude: (south.latitude + north.latitude) / 2
        )
        self.projection = projection
        obstacles = try Obstacles(
            map.buildings.filter { $0.count >= 3 }.map { ring in
                ring.map { projection.point(longitude: $0.longitude, latitude: $0.latitude) }
            }
        )
    }

    /// What a camera can see; nothing where its place is not known.
    func view(of camera: Camera) -> FieldOfView? {
        guard let place = camera.place else { return nil }
        return try? FieldOfView(
            position: projection.point(longitude: place.longitude, latitude: place.latitude),
            bearingDegrees: camera.bearingDegrees,
            angleDegrees: camera.fieldOfViewDegrees,
            rangeMeters: camera.rangeMeters
        )
    }

    /// The outline of what a view sees behind the buildings, as a ring of a map.
    func ring(of view: FieldOfView) -> [MapFrame.Position] {
        view.outline(behind: obstacles).map { corner in
            let place = projection.place(of: corner)
            return MapFrame.Position(longitude: place.longitude, latitude: place.latitude)
        }
    }
}
