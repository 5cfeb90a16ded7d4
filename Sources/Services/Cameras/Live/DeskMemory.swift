import Basics
import City
import Footage
import Hosting
import Store
import Vision

extension CamerasDesk {
    /// Events read from the store at once.
    private static let maximumReadCount = 1_000

    /// Brings the walls up to the store: cameras, settings, events that another process raised or settled.
    func refresh() async throws {
        let hub = hub
        let version = try await store.read { try CameraRegister.version(in: $0) }
        if hub.takes(version) {
            let cameras = try await store.read { try CameraRegister.all(in: $0) }
                .filter { $0.asset.state != .retired }
            let groups = Dictionary(grouping: cameras) { $0.asset.organizationID }
                .mapValues { $0.map(\.number) }
            let settings = try await store.read { db in
                try groups.keys.reduce(into: [String: WallSettings]()) {
                    $0[$1] = try WallSettings.find($1, in: db)
                }
            }
            hub.set(groups, settings: settings, at: platform.time.now())
        }
        try await takeNewEvents()
        let shown = hub.shownEvents
        let now = platform.time.now()
        for event in try await store.read({ db in
            try shown.compactMap { try CameraEvents.find($0, in: db) }
        }) where event.state != .open {
            hub.settle(camera: event.camera, of: event.organizationID, at: now)
        }
        try await step()
    }

    /// Sets the walls up anew, as after a change of their settings.
    func setUpWalls() async throws {
        hub.forgetVersion()
        try await refresh()
    }

    /// Takes in what was raised since, by this process or another.
    func takeNewEvents() async throws {
        while true {
            let last = hub.lastEvent
            let events = try await store.read {
                try CameraEvents.open(after: last, limit: Self.maximumReadCount, in: $0)
            }
            for event in events { hub.report(event) }
            guard events.count == Self.maximumReadCount else { return }
        }
    }

    /// Lets the walls go on to this moment, and notes which events came onto one.
    func step() async throws {
        let now = platform.time.now()
        let surfaced = hub.step(at: now)
        guard !surfaced.isEmpty else { return }
        do {
            try await store.write { try CameraEvents.markSurfaced(surfaced, at: now, in: $0) }
        } catch let error as StoreError {
            // The wall goes on over a disk that takes nothing; the note is made with the next step.
            hub.putBack(surfaced)
            board.noteNotKept(error.message, at: now)
        }
    }

    /// Marks what nobody looked at before it left the wall.
    func endWaiting() async throws {
        let before = platform.time.now().adding(seconds: -WallScheduler.maximumWaitSeconds)
        _ = try await store.write { try CameraEvents.markMissed(before: before, in: $0) }
    }

    /// What the wall of an organization shows now.
    func wall(of organizationID: String) async throws -> WallContent {
        let view =
            hub.view(of: organizationID)
            ?? WallView(tiles: [], eventTileCount: 0, waitingCount: 0, promisedSeconds: 0)
        let board = board
        return try await store.read {
            try WallContent.load(view, of: organizationID, board: board, in: $0)
        }
    }

    /// Takes an event on and tells the wall.
    func settled(_ event: CameraEvent) async throws {
        let now = platform.time.now()
        hub.settle(camera: event.camera, of: event.organizationID, at: now)
        let next = try await store.read {
            try CameraEvents.strongestOpen(camera: event.camera, in: $0)
        }
        if let next { hub.report(next) }
        try await step()
    }
}
