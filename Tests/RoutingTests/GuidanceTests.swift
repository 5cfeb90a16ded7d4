import Basics
import Packaging
import Testing

@testable import Routing

@Suite struct `Guidance` {
    /// A walk east, left over a crossing, up steps, and into a lift.
    static func map() -> TownMap {
        var map = TownMap()
        map.node(1, 0, 0)
        map.node(2, 100, 0)
        map.node(3, 100, 20)
        map.node(
            4,
            100,
            26,
            ["highway": "crossing", "crossing": "traffic_signals", "traffic_signals:sound": "no"]
        )
        map.node(5, 100, 32)
        map.node(6, 100, 60)
        map.node(7, 100, 70)
        map.node(8, 100, 80, ["highway": "elevator", "level": "0;1"])
        map.node(9, 100, 90)
        map.node(10, 150, 0)
        map.node(11, 105, 5, ["shop": "bakery", "name": "온빵"])
        map.way(1, [1, 2, 10], ["highway": "footway", "name": "돌담길"])
        map.way(2, [2, 3], ["highway": "footway"])
        map.way(3, [3, 4, 5], ["highway": "footway", "footway": "crossing"])
        map.way(4, [5, 6], ["highway": "footway"])
        map.way(
            5,
            [6, 7],
            ["highway": "steps", "step_count": "12", "incline": "up", "handrail": "no"]
        )
        map.way(6, [7, 8], ["highway": "corridor", "level": "0"])
        map.way(7, [8, 9], ["highway": "corridor", "level": "1"])
        return map
    }

    @Test func `a way is told in Korean and English`() throws {
        var town = try Town(Self.map())
        let route = try town.route(.foot, (0, 0), (100, 90))
        let told = town.planner.instructions(for: route)
        #expect(
            told.map(\.text.korean) == [
                "돌담길에서 동쪽으로 출발하세요.", "온빵 근처에서 왼쪽으로 도세요.",
                "음향신호기가 없는 횡단보도를 건너세요.", "계단 12단을 올라가세요. 난간이 없습니다.",
                "승강기를 타고 2층으로 가세요.", "목적지에 도착했습니다.",
            ]
        )
        #expect(
            told.map(\.text.english) == [
                "Set off on 돌담길 to the east.", "Near 온빵: Turn left.",
                "Cross at the signal; it cannot be heard.",
                "Take the 12 steps up. There is no handrail.", "Take the lift to level 1.",
                "You have arrived.",
            ]
        )
        #expect(told.map { $0.metresFromStart.rounded() } == [0, 100, 120, 160, 180, 190])
        #expect(told.map { $0.metresToNext.rounded() } == [100, 20, 40, 20, 10, 0])
    }

    @Test func `warnings stand where the obstacle is`() throws {
        var town = try Town(Self.map())
        let route = try town.route(.manualWheelchair, (100, 90), (0, 0))
        let told = town.planner.instructions(for: route)
        let warning = try #require(told.firstIndex { $0.kind == .warning })
        #expect(told[warning].text.korean == "주의: 계단 12단, 10 m 구간")
        #expect(told[warning + 1].text.korean == "계단 12단을 내려가세요. 난간이 없습니다.")
        #expect(told[warning].metresFromStart.rounded() == 20)
    }

    @Test(
        arguments: [
            (0, 0, .goOn), (350, 10, .goOn), (0, 90, .right), (0, 270, .left),
            (10, 325, .slightLeft),
            (0, 150, .sharpRight), (200, 20, .turnRound), (90, 310, .sharpLeft),
            (90, 135, .slightRight),
        ] as [(Double, Double, Instruction.Kind)]
    )
    func `turns are named by their angle`(_ from: Double, _ to: Double, _ kind: Instruction.Kind) {
        #expect(InstructionWriter.turn(from: from, to: to) == kind)
    }

    @Test(arguments: [(0, "1층"), (10, "2층"), (-10, "지하 1층"), (-30, "지하 3층"), (5, "중간층(0.5)")])
    func `storeys are counted as Koreans count them`(_ tenths: Int, _ name: String) {
        #expect(GuidanceText.storey(tenths: tenths).korean == name)
    }

    @Test func `a route is GeoJSON and GPX`() throws {
        var town = try Town(Self.map())
        let route = try town.route(.manualWheelchair, (0, 0), (100, 90))
        guard case .object(let document) = town.planner.geoJSON(route, language: .korean),
            case .array(let features) = document["features"]
        else {
            Issue.record("no collection")
            return
        }
        let kinds = features.compactMap { feature -> String? in
            guard case .object(let members) = feature,
                case .object(let properties) = members["properties"]
            else { return nil }
            return properties["kind"]?.string
        }
        #expect(kinds.first == "route")
        #expect(kinds.filter { $0 == "obstacle" }.count == route.obstacles.count)
        let gpx = town.planner.gpx(route, language: .korean)
        var tracks = 0
        let scanner = XMLScanner(SequentialSource(Array(gpx.utf8)), context: "gpx")
        while case let token = try scanner.next(), token != .finish {
            if token == .start, scanner.isNamed("trkpt") { tracks += 1 }
        }
        #expect(tracks == route.shape.count)
    }
}
