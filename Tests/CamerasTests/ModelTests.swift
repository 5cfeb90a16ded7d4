import Basics
import City
import Footage
import Store
import Testing
import Vision
import Web

@testable import Cameras

@Suite struct `What is typed into the control room` {
    private static func form(_ fields: [(name: String, value: String)]) -> FormFields {
        let crowd = ["attention": "1", "caution": "2", "alert": "3", "serious": "5"]
        let rest = crowd.map { (name: "crowd.\($0.key)", value: $0.value) }
            .filter { one in !fields.contains { $0.name == one.name } }
        return FormFields(items: QueryItems(fields + rest))
    }

    @Test func `becomes rules, and reads back the same`() throws {
        let form = Self.form([
            ("zone.0.name", "담장"), ("zone.0.kind", "forbidden"),
            ("zone.0.corners", "0.1 0.1, 0.5 0.1, 0.5 0.6"), ("zone.0.hours", "22:00-06:00"),
            ("zone.1.name", ""), ("zone.1.corners", ""), ("line.0.name", "일방통행"),
            ("line.0.ends", "0.2 0.8, 0.8 0.8"),
        ])
        let rules = try RuleReader(form: form).rules(over: SceneRules())
        #expect(rules.zones.count == 1)
        #expect(rules.lines.count == 1)
        #expect(rules.zones[0].schedule.map { RuleReader.text($0) } == "22:00-06:00")
        #expect(RuleReader.text(rules.zones[0].polygon) == "0.1 0.1, 0.5 0.1, 0.5 0.6")
    }

    @Test(arguments: [
        [("zone.0.name", "ㄱ"), ("zone.0.kind", "forbidden"), ("zone.0.corners", "0 0, 1 1")],
        [("zone.0.name", "ㄱ"), ("zone.0.kind", "forbidden"), ("zone.0.corners", "0 0, 1 x, 0 1")],
        [("zone.0.name", "ㄱ"), ("zone.0.kind", "forbidden"), ("zone.0.corners", "0 0, 2 0, 0 1")],
        [("zone.0.name", "ㄱ"), ("zone.0.kind", "없음"), ("zone.0.corners", "0 0, 1 0, 0 1")],
        [("zone.0.name", "ㄱ"), ("zone.0.kind", "crowd"), ("zone.0.corners", "0 0, 1 0, 0 1")],
        [("line.0.name", "ㄱ"), ("line.0.ends", "0.5 0.5")],
        [("line.0.name", "ㄱ"), ("line.0.ends", "nan 0, 1 1")],
        [("crowd.caution", "0.5")], [("crowd.alert", "")],
        [
            ("zone.0.name", "ㄱ"), ("zone.0.kind", "forbidden"),
            ("zone.0.corners", "0 0, 1 0, 0 1"), ("zone.0.hours", "아침부터"),
        ],
    ])
    func `is refused in words where it is no rule`(_ fields: [(String, String)]) {
        #expect(throws: (any Error).self) {
            try RuleReader(form: Self.form(fields.map { (name: $0.0, value: $0.1) }))
                .rules(over: SceneRules())
        }
    }

    @Test(arguments: [
        "", "rtsp://", "file:///etc/passwd", "rtsp://a b", "http://\u{1}", "영상",
        "rtsp://" + String(repeating: "a", count: 600),
    ])
    func `is no address of a picture`(_ text: String) {
        #expect(throws: CamerasError.self) { try StreamAddress(text) }
    }

    @Test(arguments: ["", " \n ", "ㄱ\nㄱ", String(repeating: "ㄱ", count: 121)])
    func `is no procedure`(_ text: String) {
        #expect(throws: CamerasError.self) { try Procedure.steps(of: text) }
    }

    @Test func `is a plan only within its limits`() {
        let form = FormFields(
            items: QueryItems([
                ("placement.title", ""), ("placement.budget", "-5"), ("placement.unitCost", "1e9"),
                ("placement.range", "50"), ("placement.floor", "99999"), ("placement.homes", "1"),
                ("placement.schools", "3"), ("placement.parks", "2"), ("placement.stations", "2"),
            ])
        )
        var reader = PlanReader(form: form, kind: .placement)
        _ = reader.request()
        _ = reader.title()
        #expect(Set(reader.refusals.keys) == ["title", "budget", "unitCost", "floor"])
    }
}

@Suite struct `The weight of an event` {
    private static func camera(_ purpose: CameraPurpose) -> Camera {
        let asset = Asset(
            id: "c",
            kind: .camera,
            name: "카메라",
            organizationID: "11000",
            facts: ["purpose": purpose.rawValue],
            at: Instant(millisecondsSinceEpoch: 0)
        )
        return Camera(number: 1, asset: asset)
    }

    private static func weight(
        _ kind: EventKind,
        level: Int? = nil,
        dwell: Double = 0,
        zone: Bool = false,
        confidence: Double = 1,
        _ purpose: CameraPurpose = .crimePrevention,
        hour: Int = 12
    ) -> Double {
        WatchWeights.factors(
            of: kind,
            level: level,
            dwellSeconds: dwell,
            hasZone: zone,
            confidence: confidence,
            camera: camera(purpose),
            at: Instant(LocalDate(daysSinceEpoch: 20_000), hour: hour)
        ).reduce(1) { $0 * $1.value }
    }

    @Test func `grows with what happened, how long, where, when and to whom`() {
        #expect(Self.weight(.fall) > Self.weight(.loitering))
        #expect(Self.weight(.crowd, level: 4) > Self.weight(.crowd, level: 3))
        #expect(Self.weight(.loitering, dwell: 300) > Self.weight(.loitering))
        #expect(Self.weight(.intrusion, zone: true) > Self.weight(.intrusion))
        #expect(Self.weight(.fall, hour: 23) > Self.weight(.fall))
        #expect(
            Self.weight(.fall, .childProtection, hour: 8) > Self.weight(.fall, .childProtection)
        )
        #expect(Self.weight(.fall, confidence: 0.4) < Self.weight(.fall))
    }

    @Test func `stays within bounds whatever the analysis says`() {
        for value in [Double.infinity, -1, 1e300] {
            let weight = Self.weight(.fall, dwell: value, confidence: value)
            #expect(weight.isFinite && weight > 0)
        }
    }
}

@Suite struct `The board of pictures` {
    private let now = Instant(millisecondsSinceEpoch: 1_000_000)

    @Test func `keeps a few pictures a camera, about a second apart`() {
        let board = LiveBoard()
        for turn in 0..<100 {
            let at = Instant(millisecondsSinceEpoch: Int64(turn) * 250)
            board.show([UInt8(turn)], of: 3, peopleCount: 0, at: at)
        }
        let recent = board.recent(of: 3)
        #expect(recent.count == LiveBoard.recentFrameCount)
        let gaps = zip(recent, recent.dropFirst()).map {
            $1.at.millisecondsSinceEpoch - $0.at.millisecondsSinceEpoch
        }
        #expect(gaps.allSatisfy { $0 >= 1000 })
        #expect(board.frame(of: 3)?.serial == 100)
        #expect(board.frame(of: 4) == nil)
    }

    @Test func `lets only so many look at moving pictures`() {
        let board = LiveBoard()
        let begun = (0..<100).filter { _ in board.beginViewing() }
        #expect(begun.count == LiveBoard.maximumViewerCount)
        board.endViewing()
        #expect(board.beginViewing())
    }

    @Test func `tells once that a camera stalls`() {
        let board = LiveBoard()
        #expect(board.note(.stalled, of: 1, at: now))
        #expect(!board.note(.stalled, of: 1, at: now.adding(seconds: 5)))
        #expect(board.status(of: 1)?.since == now)
        #expect(board.note(.running, of: 1, at: now.adding(seconds: 9)))
    }
}

@Suite struct `A look at a camera` {
    private static func looks(_ seed: UInt64, count: Int) throws -> [CameraLook] {
        let scene = try GeneratedScene(.walkers, seed: seed, width: 96, height: 54)
        let asset = Asset(
            id: "c",
            kind: .camera,
            name: "카메라",
            organizationID: "11000",
            at: Instant(millisecondsSinceEpoch: 0)
        )
        var analysis = try CameraAnalysis(Camera(number: 9, asset: asset), rules: scene.rules)
        return try (0..<count).map { index in
            try analysis.look(
                at: scene.frame(index),
                seconds: Double(index) / 5,
                known: scene.truth(index).map(\.box)
            )
        }
    }

    @Test func `finds the same again in the same scene`() throws {
        let (first, second) = (try Self.looks(4, count: 12), try Self.looks(4, count: 12))
        #expect(first.map(\.masked) == second.map(\.masked))
        #expect(first.map(\.findings) == second.map(\.findings))
    }

    @Test func `shows nothing clearly before the background is learnt`() throws {
        let scene = try GeneratedScene(.walkers, seed: 2, width: 96, height: 54)
        let asset = Asset(
            id: "c",
            kind: .camera,
            name: "카메라",
            organizationID: "11000",
            at: Instant(millisecondsSinceEpoch: 0)
        )
        var analysis = try CameraAnalysis(Camera(number: 9, asset: asset), rules: scene.rules)
        let picture = scene.frame(0)
        let look = try analysis.look(at: picture, seconds: 0)
        let whole = BoundingBox(x: 0, y: 0, width: 96, height: 54)
        let masked = try picture.masked(people: [whole]).jpeg(quality: CameraAnalysis.shownQuality)
        #expect(look.findings.health == .learning)
        #expect(look.masked == masked)
    }
}
