import Basics
import City
import CityMap
import Footage
import Routing
import Siting

/// Where cameras could go and what they should see, taken from the city's map and register.
///
/// Candidates are places along the streets, demand points too: a camera is there for people, and people
/// are on streets. A point weighs what lies around it: the ground of buildings in hundreds of square
/// metres, which stands for the people who live and work there, and schools, parks and stations.
struct PlacementInput {
    /// Metres between two demand points.
    static let pointSpacingMeters = 20.0
    /// Metres between two candidates.
    static let candidateSpacingMeters = 40.0
    /// How far a building or a place weighs, in metres.
    static let weighingMeters = 60.0
    /// What a school, a park or a station adds at its weight of 1, in the unit of homes.
    static let placeWeight = 4.0
    /// The most demand points of a plan.
    static let maximumPointCount = 200_000

    let views: CityViews
    let cameras: [Camera]
    let request: PlanRequest

    /// A place on a street.
    struct Spot: Sendable, Hashable {
        var position: PlanePoint
        var street: String
    }

    /// The problem, with where each of its new sites would stand.
    func problem(_ map: CityMap) throws -> (problem: CoverageProblem, spots: [Spot]) {
        let points = spots(map, spacing: Self.pointSpacingMeters)
        guard points.count <= Self.maximumPointCount else {
            throw CamerasError.badInput(
                "지도가 너무 큽니다. 수요 지점은 \(Self.maximumPointCount.grouped)곳까지입니다.",
                "The map is too large: at most \(Self.maximumPointCount.grouped) demand points."
            )
        }
        let weights = Weighing(map, views, request)
        let candidates = spots(map, spacing: Self.candidateSpacingMeters)
        var areas = Areas(cameras, views)
        let fixed = cameras.compactMap { camera in
            views.view(of: camera).map { (camera, $0) }
        }
        var sites = fixed.map { camera, view in
            (
                CandidateSite(
                    id: camera.asset.id,
                    cost: Won(0),
                    district: camera.area,
                    isFixed: true
                ), view
            )
        }
        for (place, spot) in candidates.enumerated() {
            let site = CandidateSite(
                id: String(place),
                cost: request.unitCost,
                district: areas.name(at: spot.position)
            )
            let view = try FieldOfView(
                position: spot.position,
                rangeMeters: Double(request.rangeMeters)
            )
            sites.append((site, view))
        }
        let problem = try CoverageProblem(
            sites: sites,
            points: points.map { spot in
                let point = DemandPoint(
                    weight: weights.weight(at: spot.position),
                    district: areas.name(at: spot.position)
                )
                return (point, spot.position)
            },
            obstacles: views.obstacles
        )
        return (problem, candidates)
    }

    /// Places along the streets, about so many metres apart, each square of the map once.
    private func spots(_ map: CityMap, spacing: Double) -> [Spot] {
        struct Cell: Hashable {
            var column: Int
            var row: Int
        }
        var seen: Set<Cell> = []
        var spots: [Spot] = []
        let network = map.network
        for segment in network.segments.indices {
            let shape = network.shape(of: segment).map {
                views.projection.point(longitude: $0.longitude, latitude: $0.latitude)
            }
            for (from, to) in zip(shape, shape.dropFirst()) {
                let length = from.distanceMeters(to: to)
                let count = max(1, Int((length / spacing * 2).rounded(.up)))
                for step in 0...count {
                    let share = Double(step) / Double(count)
                    let point = PlanePoint(
                        eastMeters: from.eastMeters + (to.eastMeters - from.eastMeters) * share,
                        northMeters: from.northMeters + (to.northMeters - from.northMeters) * share
                    )
                    let cell = Cell(
                        column: Int((point.eastMeters / spacing).rounded(.down)),
                        row: Int((point.northMeters / spacing).rounded(.down))
                    )
                    guard seen.insert(cell).inserted else { continue }
                    spots.append(Spot(position: point, street: network.name(of: segment)))
                }
            }
        }
        return spots
    }
}

/// What lies around a point of the map, weighed.
private struct Weighing {
    private struct Cell: Hashable {
        var column: Int
        var row: Int
    }

    private var cells: [Cell: [(position: PlanePoint, weight: Double)]] = [:]

    init(_ map: CityMap, _ views: CityViews, _ request: PlanRequest) {
        for ring in map.buildings where ring.count >= 3 {
            let corners = ring.map {
                views.projection.point(longitude: $0.longitude, latitude: $0.latitude)
            }
            let homes = Self.squareMeters(corners) / 100 * Double(request.homeWeight)
            add(Self.middle(corners), homes)
        }
        for place in map.places {
            let weight =
                switch place.kind {
                case .school: request.schoolWeight
                case .leisure: request.parkWeight
                case .station: request.stationWeight
                default: 0
                }
            guard weight > 0 else { continue }
            let point = views.projection.point(
                longitude: place.position.longitude,
                latitude: place.position.latitude
            )
            add(point, Double(weight) * PlacementInput.placeWeight)
        }
    }

    func weight(at point: PlanePoint) -> Double {
        let middle = Self.cell(point)
        var sum = 0.0
        for column in (middle.column - 1)...(middle.column + 1) {
            for row in (middle.row - 1)...(middle.row + 1) {
                for item in cells[Cell(column: column, row: row)] ?? []
                where item.position.distanceMeters(to: point) <= PlacementInput.weighingMeters {
                    sum += item.weight
                }
            }
        }
        return sum
    }

    private mutating func add(_ point: PlanePoint, _ weight: Double) {
        cells[Self.cell(point), default: []].append((point, weight))
    }

    private static func cell(_ point: PlanePoint) -> Cell {
        Cell(
            column: Int((point.eastMeters / PlacementInput.weighingMeters).rounded(.down)),
            row: Int((point.northMeters / PlacementInput.weighingMeters).rounded(.down))
        )
    }

    private static func middle(_ corners: [PlanePoint]) -> PlanePoint {
        let count = Double(corners.count)
        return PlanePoint(
            eastMeters: corners.reduce(0) { $0 + $1.eastMeters } / count,
            northMeters: corners.reduce(0) { $0 + $1.northMeters } / count
        )
    }

    /// The area of an outline (the surveyor's formula).
    private static func squareMeters(_ corners: [PlanePoint]) -> Double {
        let doubled = zip(corners, corners.dropFirst() + corners.prefix(1)).reduce(0) {
            $0 + $1.0.eastMeters * $1.1.northMeters - $1.1.eastMeters * $1.0.northMeters
        }
        return abs(doubled) / 2
    }
}

/// The neighbourhood of a point: that of the nearest camera, found once for each square of the map.
private struct Areas {
    private struct Cell: Hashable {
        var column: Int
        var row: Int
    }

    private static let sideMeters = 100.0
    private let known: [(name: String, position: PlanePoint)]
    private var cells: [Cell: String] = [:]

    init(_ cameras: [Camera], _ views: CityViews) {
        known = cameras.filter { !$0.area.isEmpty }.compactMap { camera in
            views.view(of: camera).map { (camera.area, $0.position) }
        }
    }

    mutating func name(at point: PlanePoint) -> String {
        let cell = Cell(
            column: Int((point.eastMeters / Self.sideMeters).rounded(.down)),
            row: Int((point.northMeters / Self.sideMeters).rounded(.down))
        )
        if let name = cells[cell] { return name }
        let nearest = known.min {
            $0.position.distanceMeters(to: point) < $1.position.distanceMeters(to: point)
        }
        cells[cell] = nearest?.name ?? ""
        return nearest?.name ?? ""
    }
}
