import Basics
import CityMap
import Packaging
import Routing
import Testing

@testable import Wayfinding

/// A short way over node 2 from west to east, and a longer one around it.
private func crossing(node: String = "", way: String = "") throws -> CityMap {
    let text = """
        <osm version="0.6">
        <node id="1" lat="37.4500" lon="126.3000"/>
        <node id="2" lat="37.4500" lon="126.3010">\(node)</node>
        <node id="3" lat="37.4500" lon="126.3020"/>
        <node id="4" lat="37.4510" lon="126.3010"/>
        <node id="5" lat="37.4500" lon="126.2990"/>
        <node id="6" lat="37.4500" lon="126.3030"/>
        <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/>\(way)</way>
        <way id="11"><nd ref="1"/><nd ref="4"/><nd ref="3"/><tag k="highway" v="footway"/></way>
        <way id="12"><nd ref="5"/><nd ref="1"/><tag k="highway" v="footway"/></way>
        <way id="13"><nd ref="3"/><nd ref="6"/><tag k="highway" v="footway"/></way>
        </osm>
        """
    return try CityMap(OSMFile(MemoryBytes(Array(text.utf8))))
}

private let hours = #"<tag k="opening_hours" v="Mo-Fr 09:00-18:00"/>"#
private let lift = #"<tag k="highway" v="elevator"/>"#
private let exit = #"<tag k="railway" v="subway_entrance"/>"#
private let friday = LocalDate(daysSinceEpoch: 20_000)

/// The ends of the question, before and behind the two ways.
private let start = try? GeoPoint(latitude: 37.45, longitude: 126.2992)
private let end = try? GeoPoint(latitude: 37.45, longitude: 126.3028)
/// Over node 2 it is 318 metres, around it 425.
private let between = 370.0

@Suite struct `Opening hours` {
    private func routes(
        _ live: LivePlanner,
        _ profile: Profile = .foot,
        at moment: Instant? = nil
    ) throws -> FoundRoute {
        let (start, end) = (try #require(start), try #require(end))
        return try #require(
            try live.routes(from: start, to: end, profile, at: moment).first
        )
    }

    @Test(arguments: [("", hours), (lift + hours, ""), (exit + hours, "")])
    func `of a passage, a lift or a station's exit count at the asked time`(
        _ node: String,
        _ way: String
    ) throws {
        let map = try crossing(node: node, way: way)
        let live = LivePlanner(map.planner, time: .fixed(Instant(friday, hour: 12)))
        for profile in Profile.standard {
            // Noon is now; the evening is asked for, and then noon again.
            #expect(try routes(live, profile).route.metres < between)
            let evening = try routes(live, profile, at: Instant(friday, hour: 20))
            #expect(evening.route.metres > between && evening.barriers.isEmpty)
            let again = try routes(live, profile, at: Instant(friday, hour: 17, minute: 59))
            #expect(again.route.metres < between)
            let sunday = Instant(friday.adding(days: 2), hour: 12)
            #expect(try routes(live, profile, at: sunday).route.metres > between)
        }
    }

    @Test func `that close the only way are named with it, beside what was reported`() throws {
        let map = try crossing(way: hours)
        let live = LivePlanner(map.planner, time: .fixed(Instant(friday, hour: 20)))
        let around = map.network.segments.indices.filter { map.network.segments[$0].way == 11 }
        let closure = Closure(
            id: "1",
            kind: .construction,
            text: Bilingual("공사", "Works"),
            position: map.network.nodePositions[0],
            segments: around,
            isConfirmed: true
        )
        live.setClosures([closure])
        let found = try routes(live)
        #expect(found.barriers.map(\.text.korean) == ["운영 시간이 아님(Mo-Fr 09:00-18:00)"])
        #expect(found.barriers.allSatisfy { $0.isConfirmed && $0.kind == .closed })
        let spoken = found.instructions.filter { $0.kind == .warning }.map(\.text.korean)
        #expect(spoken == ["주의: 운영 시간이 아님(Mo-Fr 09:00-18:00)"])
        live.setClosures([])
        #expect(try routes(live).barriers.isEmpty)
    }

    @Test func `that nobody can read close nothing and are told`() throws {
        let map = try crossing(way: #"<tag k="opening_hours" v="sunrise-sunset"/>"#)
        let live = LivePlanner(map.planner, time: .fixed(Instant(friday, hour: 3)))
        let found = try routes(live)
        #expect(found.route.metres < between)
        #expect(live.unreadableHours(on: found.route) == ["sunrise-sunset"])
    }

    @Test func `of a kiosk beside the way close nothing`() throws {
        let map = try crossing(node: #"<tag k="shop" v="kiosk"/>"# + hours)
        let live = LivePlanner(map.planner, time: .fixed(Instant(friday, hour: 3)))
        #expect(try routes(live).route.metres < between)
    }
}

@Suite struct `A lift that is one node of the map` {
    @Test(arguments: Profile.standard)
    func `is in the register, and routes go around it while it stands still`(
        _ profile: Profile
    ) throws {
        let map = try crossing(node: lift)
        let register = LiftRegister(map)
        let only = try #require(register.all.first)
        #expect(register.all.count == 1 && only.segments == [0, 1])
        let live = LivePlanner(map.planner, time: .fixed(Instant(friday, hour: 12)))
        let (start, end) = (try #require(start), try #require(end))
        live.setClosures([
            Closure(
                id: "lift:\(only.id)",
                kind: .outOfService,
                text: Bilingual("고장", "Out of service"),
                position: only.position,
                segments: only.segments,
                isConfirmed: true
            )
        ])
        let found = try live.routes(from: start, to: end, profile)
        #expect(found.first?.barriers.isEmpty == true)
        #expect(found.first.map { !$0.route.steps.map(\.segment).contains(0) } == true)
    }
}
