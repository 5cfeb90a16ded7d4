import Basics
import CityMap
import Packaging
import Routing
import Testing

@testable import Wayfinding

/// The sample neighbourhood, read once for all tests.
let sampleMap = Result {
    let bytes = MemoryBytes(Array(SampleNeighbourhood.openStreetMapXML().utf8))
    return try CityMap(OSMFile(bytes), isSample: true)
}

/// A Wednesday.
private let noon = Instant(LocalDate(daysSinceEpoch: 20_000), hour: 12)

@Suite struct `What is closed` {
    private let start = SampleNeighbourhood.Landmark.market.position
    private let end = SampleNeighbourhood.Landmark.welfareCentre.position

    private func closure(_ segment: Int, _ planner: RoutePlanner, _ id: String = "1") -> Closure {
        let shape = Array(planner.network.shape(of: segment))
        return Closure(
            id: id,
            kind: .closed,
            text: Bilingual("보도 파손", "Broken pavement"),
            position: shape[shape.count / 2],
            segments: [segment],
            isConfirmed: false,
            report: id
        )
    }

    @Test(arguments: Profile.standard)
    func `is avoided by every profile at once, and walked again when it opens`(
        _ profile: Profile
    ) throws {
        let map = try sampleMap.get()
        let live = LivePlanner(map.planner, time: .fixed(noon))
        let before = try #require(try live.routes(from: start, to: end, profile).first)
        let middle = before.route.steps[before.route.steps.count / 2].segment
        live.setClosures([closure(middle, map.planner)])
        let around = try #require(try live.routes(from: start, to: end, profile).first)
        #expect(!around.route.steps.contains { $0.segment == middle })
        #expect(around.route.costCentiseconds >= before.route.costCentiseconds)
        // A planner that never knew the way open answers the same.
        let fresh = LivePlanner(map.planner, time: .fixed(noon))
        fresh.setClosures([closure(middle, map.planner)])
        #expect(try fresh.routes(from: start, to: end, profile).first?.route == around.route)
        live.setClosures([])
        #expect(try live.routes(from: start, to: end, profile).first?.route == before.route)
    }

    @Test func `and cannot be avoided is named with its report and its distance`() throws {
        let map = try sampleMap.get()
        let live = LivePlanner(map.planner, time: .fixed(noon))
        let before = try #require(try live.routes(from: start, to: end, .foot).first)
        live.setClosures(
            before.route.steps.map { closure($0.segment, map.planner, "가\($0.segment)") }
        )
        live.setClosures(map.network.segments.indices.map { closure($0, map.planner, "가\($0)") })
        let after = try #require(try live.routes(from: start, to: end, .foot).first)
        let reported = after.barriers.filter { $0.report != nil }
        #expect(reported.count == Set(after.route.steps.map(\.segment)).count)
        #expect(reported.allSatisfy { !$0.isConfirmed && $0.text.korean == "보도 파손" })
        #expect(reported.map(\.metresFromStart) == reported.map(\.metresFromStart).sorted())
        #expect(after.instructions.filter { $0.kind == .warning }.count >= reported.count)
        #expect(!after.barriers.contains { $0.text == ViolationKind.closed.title })
    }

    @Test func `for the blind alone does not turn a wheelchair back`() throws {
        let map = try sampleMap.get()
        let live = LivePlanner(map.planner, time: .fixed(noon))
        let before = try #require(try live.routes(from: start, to: end, .manualWheelchair).first)
        var closed = closure(before.route.steps[1].segment, map.planner)
        closed.requirement = .tactilePaving
        live.setClosures([closed])
        let wheels = try live.routes(from: start, to: end, .manualWheelchair).first
        #expect(wheels?.route == before.route)
        #expect(wheels?.barriers == before.barriers)
        let blind = try #require(try live.routes(from: start, to: end, .blind).first)
        #expect(!blind.barriers.contains { $0.report == "1" })
    }

    @Test func `reaches edited profiles, of which only the last used are kept`() throws {
        let map = try sampleMap.get()
        let live = LivePlanner(map.planner, time: .fixed(noon))
        var answers: [Route] = []
        for step in 1...LivePlanner.maximumEditedMetricCount + 3 {
            let choice = ProfileChoice(base: .stroller, stepCentimetres: Double(step) / 2)
            let found = try #require(try live.routes(from: start, to: end, choice.profile).first)
            answers.append(found.route)
        }
        let segment = answers[0].steps[answers[0].steps.count / 2].segment
        live.setClosures([closure(segment, map.planner)])
        let choice = ProfileChoice(base: .stroller, stepCentimetres: 0.5)
        let around = try live.routes(from: start, to: end, choice.profile).first
        #expect(around?.route.steps.contains { $0.segment == segment } == false)
    }
}
