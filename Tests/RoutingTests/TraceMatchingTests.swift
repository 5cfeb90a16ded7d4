import Basics
import Foundation
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

@Suite struct `Matching a trace` {
    /// Two pavements 12 m apart with a crossing at each end, and a street that leads away.
    static func street() -> TownMap {
        var map = TownMap()
        for (id, east, north) in [
            (1, 0.0, 0.0), (2, 150, 0), (3, 300, 0), (4, 0, 12), (5, 150, 12), (6, 300, 12),
            (7, 300, 160), (8, 150, 160),
        ] {
            map.node(Int64(id), east, north)
        }
        map.way(1, [1, 2, 3], ["highway": "footway", "footway": "sidewalk"])
        map.way(2, [4, 5, 6], ["highway": "footway", "footway": "sidewalk"])
        map.way(3, [1, 4], ["highway": "footway", "footway": "crossing"])
        map.way(4, [3, 6, 7], ["highway": "footway"])
        map.way(5, [5, 8], ["highway": "footway"])
        return map
    }

    private static func json(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    static func fixes(_ places: [(Double, Double)]) throws -> [PositionFix] {
        try places.map { PositionFix(try TownMap.place($0.0, $0.1)) }
    }

    @Test func `a trace is laid on the ways that explain all of it`() throws {
        let planner = try RoutePlanner(Self.street().network())
        let trace = try Self.fixes([
            (4, -3), (60, 5), (120, -4), (180, 7), (240, 2), (296, 5), (305, 60), (298, 110),
        ])
        let matched = try TraceMatcher(planner).match(trace)
        let piece = try #require(matched.pieces.first)
        #expect(matched.pieces.count == 1)
        #expect(matched.places.allSatisfy { $0 != nil })
        // Once on the first pavement it stays there: between the two is no way.
        let ways = piece.legs.joined().map { planner.network.segments[$0.segment].way }
        #expect(ways.allSatisfy { [1, 4].contains($0) })
        #expect(piece.confidence > 0.5)
        let metric = try planner.metric(.foot)
        let metres = piece.legs.enumerated().reduce(0.0) { sum, leg in
            let ends = (piece.places[leg.offset], piece.places[leg.offset + 1])
            return sum
                + planner.route(along: leg.element, from: ends.0, to: ends.1, metric).metres
        }
        #expect(abs(metres - 406) < 8)
        #expect(planner.shape(of: piece).count >= 3)
    }

    @Test func `traces are read as GPX and GeoJSON`() throws {
        let gpx = """
            <?xml version="1.0"?><gpx><trk><trkseg>
            <trkpt lat="37.5665" lon="126.978"><time>2026-11-25T09:00:00.5Z</time></trkpt>
            <trkpt lat="37.5666" lon="126.979"><ele>3</ele><time>2026-11-25T18:00:02+09:00</time></trkpt>
            </trkseg></trk></gpx>
            """
        let track = try TraceReader.gpx(SequentialSource(Array(gpx.utf8)))
        #expect(track.map(\.position.longitude) == [126.978, 126.979])
        let times = track.compactMap(\.timeSeconds)
        #expect(times.count == 2)
        #expect(times[1] - times[0] == 1.5)
        let line = try Self.json(
            #"{"type": "LineString", "coordinates": [[126.978, 37.5665], [126.979, 37.5666, 12]]}"#
        )
        #expect(try TraceReader.geoJSON(line).map(\.position) == track.map(\.position))
        let point = try Self.json(
            #"""
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [126.978, 37.5665]},
             "properties": {"time": 12, "accuracy": 15, "speed": 1.2, "heading": 90}}
            """#
        )
        let fix = try #require(try TraceReader.geoJSON(point).first)
        #expect(fix.timeSeconds == 12)
        #expect(fix.headingDegrees == 90)
    }

    @Test(
        arguments: [
            ("<gpx></gpx>", .badTrace), ("<gpx><trkpt lat=\"x\" lon=\"1\"/></gpx>", .badTrace),
            ("<gpx><trkpt lat=\"95\" lon=\"1\"/></gpx>", .coordinateOutsideWorld),
            (
                "<gpx><trkpt lat=\"5\" lon=\"1\"><time>noon</time></trkpt></gpx>", .badTrace
            ),
        ] as [(String, RoutingError.Code)]
    )
    func `a trace that is none is refused`(_ gpx: String, _ code: RoutingError.Code) {
        #expect(
            errorCode { _ = try TraceReader.gpx(SequentialSource(Array(gpx.utf8))) } == code
        )
        #expect(errorCode { _ = try TraceReader.geoJSON(["type": "Polygon"]) } == .badTrace)
    }

    @Test func `a trace that no way explains falls into pieces`() throws {
        var map = Self.street()
        map.node(20, 2_000, 0)
        map.node(21, 2_200, 0)
        map.way(20, [20, 21], ["highway": "footway"])
        let planner = try RoutePlanner(map.network())
        let trace = try Self.fixes([(10, 0), (100, 0), (1_000, 900), (2_020, 0), (2_150, 3)])
        let matched = try TraceMatcher(planner).match(trace)
        #expect(matched.pieces.map(\.fixes) == [[0, 1], [3, 4]])
        #expect(matched.places[2] == nil)
    }

    @Test func `standing still is no walk`() throws {
        let planner = try RoutePlanner(Self.street().network())
        let matched = try TraceMatcher(planner).match(
            try Self.fixes([(50, 1), (53, -2), (49, 3), (51, 0)])
        )
        #expect(matched.pieces.count == 1)
        #expect(matched.places.allSatisfy { $0 != nil })
        let legs = try #require(matched.pieces.first).legs
        let metres = legs.joined().reduce(0.0) {
            $0 + ($1.fractions.upperBound - $1.fractions.lowerBound)
                * planner.network.segments[$1.segment].metres
        }
        #expect(metres < 10)
    }

    @Test func `an empty trace has no piece, and a very long one is refused`() throws {
        let planner = try RoutePlanner(Self.street().network())
        #expect(try TraceMatcher(planner).match([]).pieces.isEmpty)
        let many = try Self.fixes([(0, 0)])
        let trace = Array(repeating: many[0], count: TraceMatcher.maximumFixCount + 1)
        #expect(errorCode { _ = try TraceMatcher(planner).match(trace) } == .traceTooLong)
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `the way that was walked through Heidelberg is found again`() throws {
        let town = try HeidelbergWalks.shared.get()
        var (found, walked, wrong) = (0.0, 0.0, 0.0)
        for (number, route) in try town.routes(10, seed: 20_261_128).enumerated() {
            let walk = try SimulatedWalk(along: route.shape, seed: 7_400 + UInt64(number))
            let matched = try TraceMatcher(town.planner).match(walk.steps.map(\.fix))
            let truth = Set(route.steps.map(\.segment))
            let answer = matched.pieces.flatMap { $0.legs.joined() }
            walked += route.metres
            for step in route.steps where answer.contains(where: { $0.segment == step.segment }) {
                found += step.metres
            }
            for passage in answer where !truth.contains(passage.segment) {
                let share = passage.fractions.upperBound - passage.fractions.lowerBound
                wrong += share * town.planner.network.segments[passage.segment].metres
            }
        }
        #expect(found / walked > 0.85)
        #expect(wrong / walked < 0.15)
    }
}
