import Basics
import Foundation
import Testing

@testable import Vision

/// A scene small enough for a debug build.
private func small(_ kind: GeneratedScene.Kind, _ seed: UInt64) throws -> GeneratedScene {
    try GeneratedScene(kind, seed: seed, width: 240, height: 135)
}

@Suite struct `Generated scenes` {
    @Test func `the same seed gives the same frames, another one others`() throws {
        let scene = try small(.walkers, 4)
        #expect(scene.frame(70) == (try small(.walkers, 4)).frame(70))
        #expect(scene.frame(70) != (try small(.walkers, 5)).frame(70))
        #expect(scene.frame(370) == scene.frame(70), "the scene begins again")
        #expect(scene.frame(-230) == scene.frame(70))
    }

    @Test(arguments: GeneratedScene.Kind.allCases)
    func `everybody in the truth is in the picture, and nobody jumps`(
        _ kind: GeneratedScene.Kind
    ) throws {
        let scene = try small(kind, 9)
        let length = GeneratedScene.periodSeconds * scene.framesPerSecond
        var last: [Int: BoundingBox] = [:]
        for index in 0..<length {
            var now: [Int: BoundingBox] = [:]
            for actor in scene.truth(index) {
                #expect(actor.box.x >= 0 && actor.box.x + actor.box.width <= 240.001)
                #expect(actor.box.y >= 0 && actor.box.y + actor.box.height <= 135.001)
                if let before = last[actor.id], scene.events.first?.kind.isCameraFault != true,
                    actor.doing != .lying
                {
                    #expect(abs(before.centerX - actor.box.centerX) < 20, "\(kind) \(index)")
                }
                now[actor.id] = actor.box
            }
            last = now
        }
        #expect(scene.truth(length - 1).isEmpty || kind == .crowd, "the street empties at the end")
        try scene.rules.check()
        #expect(scene.events.allSatisfy { $0.startSeconds < $0.endSeconds })
    }

    @Test func `sizes that no camera has are refused`() {
        for size in [(0, 0), (50, 50), (480, 20), (5000, 3000)] {
            #expect(throws: VisionError.self) {
                try GeneratedScene(.quiet, seed: 1, width: size.0, height: size.1)
            }
        }
    }
}

@Suite struct `Events of a scene` {
    /// One period of each kind with a seed that was not used while the analyzer was written.
    @Test(arguments: GeneratedScene.Kind.allCases.filter { $0 != .crowd })
    func `what happens is found, and nothing else`(_ kind: GeneratedScene.Kind) throws {
        let scene = try small(kind, 2_001)
        var trial = SceneTrial()
        let events = try trial.play(scene)
        let expected = Set(scene.events.map(\.kind))
        #expect(Set(events.map(\.kind)) == expected)
        for score in trial.scores.values {
            #expect(score.f1 == 1, "\(events.map { "\($0.kind) \($0.startSeconds)" })")
        }
        for event in events {
            #expect(!event.evidence.isEmpty)
            #expect(event.evidence.count <= VisionEvent.maximumEvidenceCount)
            #expect(event.evidence.allSatisfy { $0 <= event.endSeconds })
        }
    }

    @Test func `a crowd is graded by its density`() throws {
        let scene = try small(.crowd, 2_002)
        var trial = SceneTrial()
        let events = try trial.play(scene)
        #expect(trial.scores[.crowd]?.found == 1, "\(events)")
        #expect(events.first { $0.kind == .crowd }?.zone == scene.rules.zones[0].name)
    }

    @Test func `a stream that changes its size or jumps in time goes on`() throws {
        var analyzer = try SceneAnalyzer(rules: SceneRules())
        let small = try small(.walkers, 3)
        let other = try GeneratedScene(.walkers, seed: 3, width: 128, height: 72)
        for index in 0..<60 {
            let picture = index / 20 == 1 ? other.frame(index) : small.frame(index)
            let seconds = index == 30 ? -100 : Double(index) / 5
            let found = try analyzer.analyze(picture, atSeconds: seconds)
            #expect(!found.events.contains { !$0.kind.isCameraFault })
        }
        let dot = try Picture(width: 1, height: 1, filledWith: RGB(0, 0, 0))
        _ = try analyzer.analyze(dot, atSeconds: 100)
    }
}

@Suite struct `Rules of a camera` {
    private func zone(_ polygon: [(Double, Double)]) -> SceneRules {
        SceneRules(zones: [
            .init(
                name: "z",
                kind: .forbidden,
                polygon: polygon.map { SceneRules.Point(x: $0.0, y: $0.1) }
            )
        ])
    }

    @Test func `what cannot be followed is refused with its reason`() {
        let wrong: [(SceneRules, String)] = [
            (zone([(0, 0), (1, 1)]), "2 corners"),
            (zone([(0, 0), (1, 1), (0.5, 0.5)]), "no area"),
            (zone([(0, 0), (1, 1), (1, 0), (0, 0.9)]), "cross"),
            (zone([(0, 0), (2, 0), (1, 1)]), "outside"),
            (zone([(0, 0), (.nan, 0), (1, 1)]), "outside"),
            (
                SceneRules(lines: [.init(name: "l", from: .init(x: 0, y: 0), to: .init(x: 0, y: 0))]
                ),
                "same place"
            ),
            (
                SceneRules(
                    homography: .init(
                        picture: (0..<4).map { .init(x: Double($0) / 4, y: 0.5) },
                        groundMetres: (0..<4).map { .init(x: Double($0), y: 0) }
                    )
                ),
                "one line"
            ),
            (SceneRules(crowd: .init(attention: 3, caution: 2)), "grow"),
        ]
        for (rules, reason) in wrong {
            let error = #expect(throws: VisionError.self) { try SceneAnalyzer(rules: rules) }
            #expect(error?.code == .badRules)
            #expect(
                error?.message.english.contains(reason) == true,
                "\(error?.message.english ?? "")"
            )
        }
    }

    @Test func `rules come back from JSON, and what is missing is as if not given`() throws {
        let scene = try small(.intrusion, 1)
        let bytes = try JSONEncoder().encode(scene.rules)
        #expect(try JSONDecoder().decode(SceneRules.self, from: bytes) == scene.rules)
        #expect(try JSONDecoder().decode(SceneRules.self, from: Data("{}".utf8)) == SceneRules())
    }

    @Test func `hours past midnight belong to the day on which they begin`() {
        // 2026-11-27 is a Friday.
        let friday = Double(
            Instant(millisecondsSinceEpoch: 1_795_705_200_000).millisecondsSinceEpoch
        )
        let midnight = friday / 1000
        let night = SceneRules.Schedule(weekdays: [5], fromMinute: 22 * 60, untilMinute: 6 * 60)
        #expect(night.contains(unixSeconds: midnight + 23 * 3600))
        #expect(night.contains(unixSeconds: midnight + 27 * 3600))
        #expect(!night.contains(unixSeconds: midnight + 3 * 3600))
        #expect(!night.contains(unixSeconds: midnight + 31 * 3600))
    }

    @Test func `a ground of four points gives back metres and the height of people`() throws {
        let script = SceneScript(.walkers, seed: 1, aspect: 16.0 / 9)
        let camera = script.camera(width: 480, height: 270)
        let ground = try #require(script.rules.homography.flatMap(GroundPlane.init))
        let calibrated = try #require(CalibratedCamera(ground, width: 480, height: 270))
        for (right, ahead) in [(-3.0, 10.0), (0, 14), (4, 18)] {
            let foot = try #require(camera.pixel(right: right, ahead: ahead, up: 0))
            let place = try #require(ground.metres(.init(x: foot.x / 480, y: foot.y / 270)))
            #expect(abs(place.x - right) < 0.01 && abs(place.y - ahead) < 0.01)
            let head = try #require(camera.pixel(right: right, ahead: ahead, up: 1.7))
            let found = try #require(calibrated.head(ofFoot: foot, heightMetres: 1.7))
            #expect(abs(found.x - head.x) < 0.1 && abs(found.y - head.y) < 0.1)
        }
    }
}

@Suite struct `Colours of clothes` {
    @Test func `every swatch is named as itself`() {
        for name in ColourName.named { #expect(HSV(name.swatch).name == name) }
    }

    @Test func `the clothes of people in scenes are named right`() throws {
        var asked = 0
        var right = 0
        for seed in UInt64(300)..<306 {
            let scene = try GeneratedScene(.walkers, seed: seed)
            for index in stride(from: 10, to: 290, by: 20) {
                let picture = scene.frame(index)
                let actors = scene.truth(index)
                for actor in actors where actor.box.x > 1 && actor.box.x + actor.box.width < 479 {
                    let isHidden = actors.contains {
                        $0.id != actor.id && $0.box.overlap(actor.box) > 0
                    }
                    guard !isHidden, let clothes = ClothesColours(picture, box: actor.box)
                    else { continue }
                    asked += 2
                    right += (clothes.upper == actor.upper ? 1 : 0)
                    right += (clothes.lower == actor.lower ? 1 : 0)
                }
            }
        }
        #expect(asked > 100)
        #expect(Double(right) >= 0.9 * Double(asked), "\(right) of \(asked)")
    }

    @Test func `a vector has the length of one, and a box of nothing has none`() throws {
        let scene = try small(.walkers, 8)
        let picture = scene.frame(100)
        let box = BoundingBox(x: 40, y: 40, width: 20, height: 50)
        let clothes = try #require(ClothesColours(picture, box: box))
        #expect(clothes.vector.count == ClothesColours.dimension)
        #expect(abs(clothes.vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
        #expect(
            ClothesColours(picture, box: BoundingBox(x: 900, y: 0, width: 9, height: 90)) == nil
        )
        #expect(ClothesColours(picture, box: BoundingBox(x: 0, y: 0, width: 2, height: 3)) == nil)
    }
}

@Suite struct `Video` {
    @Test func `what is no video is refused with its reason`() throws {
        let garbage = FileManager.default.temporaryDirectory
            .appending(path: "haechi-\(UUID().uuidString).mp4")
        try Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: garbage)
        defer { try? FileManager.default.removeItem(at: garbage) }
        let wanted: VisionError.Code = VideoReader.isAvailable ? .badVideo : .noVideo
        for address in [garbage.path(), "/nowhere/at/all.mp4"] {
            let error = #expect(throws: VisionError.self) { try VideoReader(address) }
            #expect(error?.code == wanted)
        }
        for address in ["gopher://a/b", "concat://a|b", ""] {
            #expect(throws: VisionError.self) { try VideoReader(address) }
        }
    }

    @Test func `a stream that sends nothing is given up in time`() throws {
        guard VideoReader.isAvailable else {
            print("skipped: built without FFmpeg")
            return
        }
        // A door that nobody opens: connections are accepted by the system and never answered.
        let door = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(door) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(door, generic, length) == 0 && listen(door, 1) == 0
                    && getsockname(door, generic, &length) == 0
                    ? Int(
                        UInt16(
                            bigEndian: UnsafeMutableRawPointer(generic)
                                .assumingMemoryBound(to: sockaddr_in.self).pointee.sin_port
                        )
                    ) : 0
            }
        }
        try #require(port > 0)
        let error = #expect(throws: VisionError.self) {
            try VideoReader("rtsp://127.0.0.1:\(port)/live", timeoutSeconds: 0.3)
        }
        #expect(error?.code == .videoStalled)
    }
}
