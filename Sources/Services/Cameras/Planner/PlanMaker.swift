import Basics
import City
import CityMap
import Dispatch
import Footage
import Hosting
import Routing
import Siting
import Store

/// Computes plans.
enum PlanMaker {
    /// Pairs of candidate and point up to which a plan is computed at once; a larger one is a job.
    static let maximumDirectSiteCount = 2_000

    /// Whether a plan is large enough to be a job of its own.
    static func isLarge(_ map: CityMap) -> Bool {
        map.network.segments.count > maximumDirectSiteCount
    }

    /// Where new cameras go.
    static func placement(
        _ request: PlanRequest,
        cameras: [Camera],
        on platform: Platform
    ) throws -> PlanResult {
        let map = try CityMap.of(platform)
        let views = try CityViews.of(platform)
        let input = PlacementInput(views: views, cameras: cameras, request: request)
        let (problem, spots) = try input.problem(map)
        let candidates = problem.sites.filter { !$0.isFixed }
        let floors = Set(candidates.map(\.district)).map { ($0, request.floor) }
        let plan = try CoverageSolver(
            budget: request.budget,
            minimumNewSites: Dictionary(floors, uniquingKeysWith: { $1 })
        ).plan(problem)
        let sites = plan.choices.compactMap { choice -> PlanResult.Site? in
            let site = problem.sites[choice.site]
            guard let number = Int(site.id), spots.indices.contains(number) else { return nil }
            let place = views.projection.place(of: spots[number].position)
            let name = spots[number].street
            return PlanResult.Site(
                name: name.isEmpty ? "\(number)" : name,
                area: site.district,
                longitude: place.longitude,
                latitude: place.latitude,
                gain: choice.gain
            )
        }
        return PlanResult(
            sites: sites,
            areas: plan.districts.map {
                PlanResult.Area(
                    name: $0.district,
                    weight: $0.weight,
                    before: $0.servedBefore,
                    after: $0.servedAfter,
                    count: $0.newSiteCount
                )
            },
            cost: plan.cost,
            served: plan.servedWeight,
            servedBefore: plan.districts.reduce(0) { $0 + $1.servedBefore },
            weight: problem.points.reduce(0) { $0 + $1.weight },
            upperBound: plan.upperBound,
            pointCount: problem.points.count,
            candidateCount: candidates.count
        )
    }

    /// Which cameras are replaced: the city's rule of seven years or less than 1.3 million pixels.
    static func replacement(
        _ request: PlanRequest,
        cameras: [Camera],
        on day: LocalDate
    ) -> PlanResult {
        let rule = ReplacementRule()
        let dated = cameras.compactMap { camera in
            camera.installedOn.map { (camera, $0) }
        }
        let ageing = dated.map { camera, installed in
            AgeingCamera(
                id: camera.asset.id,
                district: camera.area,
                installedOn: installed,
                // Where the resolution is not known, age alone decides.
                hundredthMegapixels: Int(((camera.megapixels ?? 100) * 100).rounded()),
                cost: request.unitCost
            )
        }
        let plan = ReplacementPlan(
            ageing,
            on: day,
            budget: request.budget,
            equity: Double(request.equityPercent) / 100,
            rule: rule
        )
        let dueCount = plan.districts.reduce(0) { $0 + $1.dueCount }
        let payable = Int(request.budget.amount / max(request.unitCost.amount, 1))
        return PlanResult(
            sites: plan.chosen.map { index in
                let camera = dated[index].0
                return PlanResult.Site(
                    name: camera.name,
                    area: camera.area,
                    longitude: camera.place?.longitude ?? 0,
                    latitude: camera.place?.latitude ?? 0,
                    gain: Double(day.daysSinceEpoch - dated[index].1.daysSinceEpoch) / 365.25,
                    camera: camera.number
                )
            },
            areas: plan.districts.map {
                PlanResult.Area(
                    name: $0.name,
                    weight: Double($0.dueCount),
                    before: Double($0.dueCount),
                    after: Double($0.dueCount - $0.replacedCount),
                    count: $0.replacedCount
                )
            },
            cost: plan.cost,
            served: Double(plan.chosen.count),
            servedBefore: 0,
            weight: Double(dueCount),
            // All replacements cost the same, so no other choice replaces more.
            upperBound: Double(min(dueCount, payable)),
            pointCount: dated.count,
            candidateCount: cameras.count
        )
    }

    /// Computes a plan and writes what came of it.
    static func make(_ id: String, _ desk: CamerasDesk) async throws {
        guard let plan = try await desk.store.read({ try Plans.find(id, in: $0) }),
            plan.state == .waiting
        else { return }
        let cameras = try await desk.store.read { try CameraRegister.all(in: $0) }
            .filter { $0.asset.organizationID == plan.organizationID && $0.isInUse }
        let now = desk.platform.time.now()
        var made = plan
        do {
            made.result = JSONColumn(try await computed(plan, cameras, desk.platform))
            made.state = .done
        } catch let error as any ExplainedError where !(error is StoreError) {
            made.fault = JSONColumn(error.message)
            made.state = .failed
        }
        made.finishedAt = now
        let kept = made
        try await desk.store.write { try Plans.save(kept, in: $0) }
    }

    private static func computed(
        _ plan: Plan,
        _ cameras: [Camera],
        _ platform: Platform
    ) async throws -> PlanResult {
        let request = plan.request.value
        let day = platform.time.today
        // A plan takes seconds of one processor: not on the threads that answer requests.
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .utility).async {
                continuation.resume(
                    with: Result {
                        switch plan.kind {
                        case .placement:
                            try placement(request, cameras: cameras, on: platform)
                        case .replacement: replacement(request, cameras: cameras, on: day)
                        }
                    }
                )
            }
        }
    }
}

/// A plan over a map that takes its time.
struct PlanJob: Job {
    static let name = "cameras.plan"
    static let maximumAttempts = 2

    var plan: String

    static func handler(_ desk: CamerasDesk) -> JobHandler {
        JobHandler(PlanJob.self) { try await PlanMaker.make($0.plan, desk) }
    }
}
