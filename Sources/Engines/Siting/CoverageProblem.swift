public import Basics

/// Where something may be put or stands already, and what it costs.
public struct CandidateSite: Sendable, Hashable {
    /// Its name in the data.
    public var id: String
    /// What it costs to put one there; 0 where one stands.
    public var cost: Won
    /// The district, for floors and for the comparison before and after.
    public var district: String
    /// Whether one stands there already and stays.
    public var isFixed: Bool

    /// Creates a site.
    public init(id: String, cost: Won, district: String = "", isFixed: Bool = false) {
        self.id = id
        self.cost = cost
        self.district = district
        self.isFixed = isFixed
    }
}

/// A place that somebody should see or reach, and how much it counts.
public struct DemandPoint: Sendable, Hashable {
    /// How much it counts: people living alone, crimes, a crowd.
    public var weight: Double
    /// The district.
    public var district: String

    /// Creates a point.
    public init(weight: Double, district: String = "") {
        self.weight = weight
        self.district = district
    }
}

/// Which sites serve which points: the maximal covering location problem with a budget.
///
/// Church and ReVelle, "The maximal covering location problem", 1974: choose sites within the budget so
/// that the points served by at least one of them weigh the most.
public struct CoverageProblem: Sendable {
    /// Sites a problem may have.
    public static let maximumSiteCount = 1_000_000
    /// Points a problem may have.
    public static let maximumPointCount = 5_000_000
    /// Pairs of a site and a point that it serves.
    public static let maximumPairCount = 500_000_000

    /// The sites.
    public let sites: [CandidateSite]
    /// The points.
    public let points: [DemandPoint]
    /// The points of each site, all in one list; `starts` tells where a site's begin.
    let served: [Int32]
    let starts: [Int]

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - sites: The sites.
    ///   - points: The points.
    ///   - serves: The points of a site, by their places in `points`.
    /// - Throws: `SitingError` `badValue` for a weight or cost that is negative or no number, `tooMany`.
    public init(
        sites: [CandidateSite],
        points: [DemandPoint],
        serves: (Int) throws -> [Int]
    ) throws {
        guard sites.count <= Self.maximumSiteCount else {
            throw SitingError.tooMany(
                Bilingual("설치 후보가", "sites"),
                maximum: Self.maximumSiteCount
            )
        }
        guard points.count <= Self.maximumPointCount else {
            throw SitingError.tooMany(
                Bilingual("수요 지점이", "points"),
                maximum: Self.maximumPointCount
            )
        }
        guard points.allSatisfy({ $0.weight >= 0 && $0.weight.isFinite }),
            sites.allSatisfy({ $0.cost.amount >= 0 })
        else {
            throw SitingError(
                .badValue,
                Bilingual(
                    "가중치와 비용은 0 이상이어야 합니다.",
                    "Weights and costs must be zero or more."
                )
            )
        }
        self.sites = sites
        self.points = points
        var served: [Int32] = []
        var starts = [0]
        starts.reserveCapacity(sites.count + 1)
        for site in sites.indices {
            served += try serves(site).map(Int32.init)
            guard served.count <= Self.maximumPairCount else {
                throw SitingError.tooMany(
                    Bilingual("후보와 지점의 쌍이", "pairs of site and point"),
                    maximum: Self.maximumPairCount
                )
            }
            starts.append(served.count)
        }
        self.served = served
        self.starts = starts
    }

    /// Creates a problem in which a site serves whatever its field of view reaches and sees.
    ///
    /// - Parameters:
    ///   - sites: The sites, each with what it would see.
    ///   - points: The points, each with where it lies.
    ///   - obstacles: What stands in the way.
    /// - Throws: `SitingError` as ``init(sites:points:serves:)``.
    public init(
        sites: [(site: CandidateSite, view: FieldOfView)],
        points: [(point: DemandPoint, position: PlanePoint)],
        obstacles: Obstacles? = nil
    ) throws {
        let positions = points.map(\.position)
        let reach = sites.map(\.view.rangeMeters).max() ?? 1
        let grid = PointGrid(positions, sideMeters: reach)
        try self.init(sites: sites.map(\.site), points: points.map(\.point)) { index in
            let view = sites[index].view
            var seen: [Int] = []
            grid.forEach(near: view.position, withinMeters: view.rangeMeters) { point in
                guard view.reaches(positions[point]),
                    obstacles?.areInSight(view.position, positions[point]) ?? true
                else { return }
                seen.append(point)
            }
            return seen
        }
    }

    func range(of site: Int) -> Range<Int> { starts[site]..<starts[site + 1] }
}
