import Basics
import City
import CityTesting
import Footage
import Hosting
import Logging
import Store
import Testing
import Web

@testable import Cameras
@testable import Vision

@Suite struct `A disk that is full` {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Lets the store's file grow no further; SQLite then answers as it does on a full disk.
    private static func limitPages(_ count: Int, _ store: Store) async throws {
        try await store.write {
            _ = try $0.value(SQL(trusted: "PRAGMA max_page_count = \(count)"), as: Int.self)
        }
    }

    private static func look(_ event: VisionEvent) -> CameraLook {
        CameraLook(
            masked: [],
            still: nil,
            sightings: [],
            findings: FrameFindings(
                seconds: event.startSeconds,
                tracks: [],
                events: [event],
                health: .good,
                personCount: 1,
                crowdLevel: .calm
            ),
            pixelWidth: 480
        )
    }

    private static func eventCount(_ store: Store) async throws -> Int {
        try await store.read {
            try $0.value("SELECT COUNT(*) FROM cameras_event", as: Int.self) ?? 0
        }
    }

    @Test func `keeps no event by halves; the wall goes on, says so and catches up`() async throws {
        try await CityClient.with(ControlRoom.composition) { client in
            let platform = client.city.platform
            let desk = CamerasDesk(platform: platform, board: LiveBoard(), hub: WallHub())
            try await desk.refresh()
            let intake = try EventIntake(desk)
            let camera = try #require(
                try await platform.store.read { try CameraRegister.find(3, in: $0) }
            )
            // A clip that the spare pages of the file have no room for.
            let jpeg = [UInt8](repeating: 0xFF, count: Clips.maximumFrameByteCount)
            for second in 0..<Clips.maximumFrameCount {
                let at = platform.time.now().adding(seconds: second)
                desk.board.show(jpeg, of: 3, peopleCount: 1, at: at)
            }
            let fall = VisionEvent(
                id: 1,
                kind: .fall,
                startSeconds: 10,
                endSeconds: 12,
                confidence: 0.9,
                evidence: [11]
            )
            let before = try await Self.eventCount(platform.store)
            try await Self.limitPages(1, platform.store)
            await intake.takeOrTell(Self.look(fall), of: camera, Self.logger)
            #expect(try await Self.eventCount(platform.store) == before)
            let fault = try #require(desk.board.recordingFault)
            #expect(fault.since == platform.time.now())
            let content = try await desk.wall(of: camera.asset.organizationID)
            #expect(!content.tiles.isEmpty)
            let page = PageContext(language: .korean, now: platform.time.now())
            #expect(WallPage.waiting(content, page).markup.contains("저장되지 않습니다"))
            #expect(WallPage.waiting(content, page).markup.contains(fault.message.korean))

            try await Self.limitPages(1 << 30, platform.store)
            var walk = fall
            walk.id = 2
            walk.kind = .loitering
            await intake.takeOrTell(Self.look(walk), of: camera, Self.logger)
            #expect(desk.board.recordingFault == nil)
            #expect(try await Self.eventCount(platform.store) == before + 2)
            let after = try await desk.wall(of: camera.asset.organizationID)
            #expect(!WallPage.waiting(after, page).markup.contains("저장되지 않습니다"))
        }
    }

    @Test func `of which the store cannot tell when an event came onto the wall stops no wall`()
        async throws
    {
        let hub = WallHub()
        let now = Instant(millisecondsSinceEpoch: 1_674_572_400_000)
        hub.putBack([7, 9])
        #expect(hub.step(at: now) == [7, 9])
        #expect(hub.step(at: now).isEmpty)
    }
}
