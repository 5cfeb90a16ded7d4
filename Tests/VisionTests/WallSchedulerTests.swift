import Basics
import Testing

@testable import Vision

@Suite struct `A wall of cameras` {
    private static func wall(
        cameras: Int = 16,
        tiles: Int = 4,
        unseen: Int = 60
    ) -> WallScheduler {
        WallScheduler(
            cameraCount: cameras,
            tileCount: tiles,
            maximumUnseenSeconds: unseen,
            atMilliseconds: 0
        )
    }

    private static func request(
        _ event: Int64,
        camera: Int,
        weight: Double,
        at seconds: Double = 0
    ) -> WatchRequest {
        WatchRequest(
            event: event,
            camera: camera,
            weight: weight,
            raisedMilliseconds: Int64(seconds * 1000)
        )
    }

    @Test func `shows what weighs most first, and keeps it while it is looked at`() {
        var wall = Self.wall(tiles: 3, unseen: 600)
        #expect(wall.eventTileCount == 2)
        wall.report(Self.request(1, camera: 3, weight: 2))
        wall.report(Self.request(2, camera: 7, weight: 8))
        wall.report(Self.request(3, camera: 9, weight: 4))
        #expect(wall.step(atMilliseconds: 100).map(\.request.event) == [2, 3])
        #expect(wall.waitingCount == 1)
        wall.settle(camera: 7, atMilliseconds: 200)
        #expect(wall.step(atMilliseconds: 200).map(\.request.event) == [1])
        // A stronger one takes the weakest place, but not before it was shown for a while.
        wall.report(Self.request(4, camera: 1, weight: 64, at: 0.3))
        #expect(wall.step(atMilliseconds: 300).isEmpty)
        #expect(wall.step(atMilliseconds: 6_000).map(\.request.event) == [4])
        #expect(wall.tiles.compactMap(\.request?.event).sorted() == [3, 4])
    }

    @Test func `lets what waits grow, so that nothing is passed over for ever`() {
        var wall = Self.wall(tiles: 2, unseen: 600)
        wall.report(Self.request(1, camera: 0, weight: 1))
        var stronger: Int64 = 100
        var surfacedAt: Int?
        for second in stride(from: 0, to: 600, by: 6) {
            stronger += 1
            wall.report(
                Self.request(stronger, camera: 1 + second % 9, weight: 6, at: Double(second))
            )
            let surfaced = wall.step(atMilliseconds: Int64(second * 1000))
            if surfaced.contains(where: { $0.request.event == 1 }) { surfacedAt = second }
            if surfacedAt != nil { break }
            for tile in wall.tiles {
                if let camera = tile.camera, tile.request != nil {
                    wall.settle(camera: camera, atMilliseconds: Int64(second * 1000 + 1))
                }
            }
        }
        // log2(6) doublings of sixty seconds make it as strong as a new one.
        #expect(surfacedAt.map { (150...170).contains($0) } == true)
    }

    @Test func `shows one camera once, with the stronger of its events`() {
        var wall = Self.wall(tiles: 4, unseen: 600)
        wall.report(Self.request(1, camera: 5, weight: 1))
        wall.step(atMilliseconds: 0)
        wall.report(Self.request(2, camera: 5, weight: 9))
        wall.report(Self.request(3, camera: 5, weight: 2))
        wall.step(atMilliseconds: 100)
        #expect(wall.tiles.filter { $0.camera == 5 }.map(\.request?.event) == [2])
    }

    @Test func `says the longest time it can promise where it has too few tiles`() {
        let wall = Self.wall(cameras: 6_685, tiles: 16, unseen: 60)
        #expect(wall.eventTileCount == 1)
        #expect(wall.promisedSeconds > 60)
        let roomy = Self.wall(cameras: 6_685, tiles: 16, unseen: 3_600 * 2)
        #expect(roomy.promisedSeconds <= 7_200)
        #expect(roomy.eventTileCount >= 10)
    }

    @Test(arguments: 1...12)
    func `never leaves a camera unseen longer than it promised`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let cameras = Int.random(in: 1...60, using: &random)
        let tiles = Int.random(in: 1...12, using: &random)
        var wall = WallScheduler(
            cameraCount: cameras,
            tileCount: tiles,
            maximumUnseenSeconds: Int.random(in: 20...200, using: &random),
            shownSeconds: Int.random(in: 1...6, using: &random),
            atMilliseconds: 0
        )
        var lastSeen = [Int64](repeating: 0, count: cameras)
        var worst: Int64 = 0
        var now: Int64 = 0
        var event: Int64 = 0
        while now < 900_000 {
            now += Int64.random(
                in: 1...WallScheduler.maximumStepMilliseconds,
                using: &random
            )
            // A storm: more events than anybody could settle, most of them at a few cameras.
            if random.unit() < 0.5 {
                event += 1
                wall.report(
                    WatchRequest(
                        event: event,
                        camera: Int(Double(cameras) * random.unit() * random.unit()),
                        weight: random.unit() * 10,
                        raisedMilliseconds: now
                    )
                )
            }
            if random.unit() < 0.05, let camera = wall.tiles.randomElement(using: &random)?.camera {
                wall.settle(camera: camera, atMilliseconds: now)
            }
            wall.step(atMilliseconds: now)
            let shown = wall.tiles.compactMap(\.camera)
            #expect(Set(shown).count == shown.count)
            for camera in shown { lastSeen[camera] = now }
            worst = max(worst, now - (lastSeen.min() ?? 0))
        }
        #expect(worst <= Int64(wall.promisedSeconds) * 1000)
    }

    @Test func `takes weights that are no numbers for the least`() {
        var wall = Self.wall(tiles: 2, unseen: 600)
        wall.report(Self.request(1, camera: 0, weight: .nan))
        wall.report(Self.request(2, camera: 1, weight: -3))
        wall.report(Self.request(3, camera: 2, weight: 0.5))
        #expect(wall.step(atMilliseconds: 0).map(\.request.event) == [3])
    }
}
