import Basics
import CityMap
import Packaging
import Routing
import Testing

@Suite struct SampleNeighbourhoodTests {
    static let map = Result {
        let xml = SampleNeighbourhood.openStreetMapXML()
        return try CityMap(OSMFile(MemoryBytes(Array(xml.utf8))), isSample: true)
    }
    let map: CityMap

    init() throws {
        map = try Self.map.get()
    }

    private func route(
        _ from: SampleNeighbourhood.Landmark,
        _ to: SampleNeighbourhood.Landmark,
        _ profile: Profile
    ) throws -> Route {
        var query = ContractionQuery(map.planner.topology)
        let metric = try map.planner.metric(profile)
        return try map.planner.route(from: from.position, to: to.position, metric, &query)
    }

    private func kinds(_ route: Route) -> Set<PathKind> {
        Set(
            route.steps.compactMap {
                map.network.attributes(of: $0.segment)[.kind]?.value
            }
        )
    }

    @Test func `the same neighbourhood comes out every time`() {
        #expect(
            SampleNeighbourhood.openStreetMapXML() == SampleNeighbourhood.openStreetMapXML()
        )
        #expect(map.network.missingNodeCount == 0)
        #expect((500...2_000).contains(map.network.segments.count))
    }

    @Test(arguments: SampleNeighbourhood.Landmark.allCases)
    func `every landmark lies on a way`(_ landmark: SampleNeighbourhood.Landmark) throws {
        #expect(try map.planner.snap(landmark.position).metresAway < 6)
    }

    @Test func `feet take the stairs where wheels take the lift and the street`() throws {
        let feet = try route(.platform, .welfareCentre, .foot)
        let wheels = try route(.platform, .welfareCentre, .manualWheelchair)
        #expect(kinds(feet).contains(.steps))
        #expect(!kinds(wheels).contains(.steps))
        #expect(wheels.obstacles.isEmpty)
        #expect(wheels.metres > feet.metres * 1.3)
    }

    @Test func `whoever looks for a place finds it by name, kind and address`() throws {
        for (words, name) in [
            ("까치역", "까치역"), ("1번 출구", "까치역 1번 출구"), ("약국", "까치약국"),
            ("까치대로 61", "까치약국"), ("해치도서관", "해치도서관"), ("버들천", "버들천"),
        ] {
            let found = try map.places(matching: words)
            #expect(found.contains { $0.name == name }, "\(words)")
        }
        #expect(try map.places(matching: "해치도서관").filter { $0.name == "해치도서관" }.count == 1)
        #expect(try map.places(matching: "없는곳이름").isEmpty)
    }

    @Test func `a spot is named after what is near`() {
        let library = SampleNeighbourhood.Landmark.library
        #expect(map.place(near: library.position)?.name == library.name.korean)
        let sea = SampleNeighbourhood.position(metresEast: 5_000, metresNorth: 0)
        #expect(map.place(near: sea) == nil)
        #expect(!map.contains(sea))
    }
}
