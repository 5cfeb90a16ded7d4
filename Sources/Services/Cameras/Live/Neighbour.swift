import Basics
import City
import CityMap
import Footage
import Hosting
import Routing
import Store
import Web

/// A camera near another, by the way somebody walks.
struct Neighbour: Sendable {
    /// Neighbours that are shown.
    static let maximumCount = 5
    /// Cameras whose way is measured, the nearest through the air first.
    static let maximumMeasuredCount = 10
    /// How far through the air a neighbour may be, in metres.
    static let reachMeters = 1_500.0

    var camera: Camera
    /// The way on foot, in metres; nothing where no way is known, which puts it behind the others.
    var walkMeters: Double?
    /// The distance through the air, in metres.
    var airMeters: Double

    /// The views of neighbours side by side.
    static func views(_ neighbours: [Neighbour], _ context: PageContext) -> HTML {
        guard !neighbours.isEmpty else {
            return
                "<p>\(context.text("가까운 카메라가 없습니다.", "There is no camera nearby."))</p>"
        }
        let items = HTML(each: neighbours) { one in
            let way =
                one.walkMeters.map {
                    let meters = Int($0.rounded()).grouped
                    return context.text("걸어서 \(meters)m", "\(meters) m on foot")
                } ?? context.text("걷는 길 모름", "No known way")
            return """
                <li><a href="\(Ways.camera(one.camera.number))"><img \
                src="\(Ways.still(one.camera.number))" width="480" height="270" loading="lazy" \
                alt="\(context.text("\(one.camera.name)의 화면", "\(one.camera.name)"))"></a>\
                <small>\(one.camera.name) · \(way)</small></li>
                """
        }
        return "<ol class=\"film\">\(items)</ol>"
    }
}

extension CamerasDesk {
    /// The cameras nearest to one, by the way on foot.
    func neighbours(of camera: Camera) async throws -> [Neighbour] {
        guard let place = camera.place else { return [] }
        let near = try await store.read {
            try CameraRegister.near(place, withinMeters: Neighbour.reachMeters, in: $0)
        }
        .filter { $0.camera.number != camera.number && $0.camera.isInUse }
        .filter { $0.camera.asset.organizationID == camera.asset.organizationID }
        .prefix(Neighbour.maximumMeasuredCount)
        let walking = try Walking.of(platform)
        let measured = near.map { camera, meters in
            Neighbour(
                camera: camera,
                walkMeters: camera.place.flatMap { walking.meters(from: place, to: $0) },
                airMeters: meters
            )
        }
        return Array(
            measured.sorted {
                ($0.walkMeters ?? .infinity, $0.airMeters)
                    < ($1.walkMeters ?? .infinity, $1.airMeters)
            }
            .prefix(Neighbour.maximumCount)
        )
    }
}

/// The ways on foot between cameras, on the city's map.
struct Walking: Sendable {
    private let planner: RoutePlanner
    private let metric: ProfileMetric

    /// The ways of a city, prepared once.
    static func of(_ platform: Platform) throws -> Walking {
        let planner = try CityMap.of(platform).planner
        return try platform.shared.value(Walking.self) {
            Walking(planner: planner, metric: try planner.metric(.foot))
        }
    }

    /// The way from one place to another, in metres; nothing where there is none, as for a camera far
    /// from every street.
    func meters(from: CameraPlace, to: CameraPlace) -> Double? {
        var query = ContractionQuery(planner.topology)
        guard let start = try? GeoPoint(latitude: from.latitude, longitude: from.longitude),
            let end = try? GeoPoint(latitude: to.latitude, longitude: to.longitude)
        else { return nil }
        return try? planner.route(from: start, to: end, metric, &query).metres
    }
}
