import Basics
import Footage
import Store
import Synchronization
import Vision

/// How the wall of an organization is set up.
struct WallSettings: Sendable, Hashable, Codable {
    /// Tiles that can be picked by a number key, and that fit a screen.
    static let tileCounts = 1...9
    /// How long a camera may stay unseen, in minutes.
    static let unseenMinutes = 1...240
    /// How long a camera of the rounds is shown, in seconds.
    static let shownSeconds = 1...60

    var tileCount = 9
    var maximumUnseenMinutes = 5
    var shownSeconds = 6

    static func find(_ organizationID: String, in db: ReadTransaction) throws -> WallSettings {
        try db.first(
            "SELECT * FROM cameras_wall WHERE organization_id = \(organizationID)",
            as: WallSettings.self
        ) ?? WallSettings()
    }

    func save(_ organizationID: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO cameras_wall (organization_id, tile_count, maximum_unseen_minutes,
                shown_seconds)
            VALUES (\(organizationID), \(tileCount), \(maximumUnseenMinutes), \(shownSeconds))
            ON CONFLICT (organization_id) DO UPDATE SET tile_count = excluded.tile_count,
                maximum_unseen_minutes = excluded.maximum_unseen_minutes,
                shown_seconds = excluded.shown_seconds
            """
        )
    }
}

/// What a wall shows at a moment.
struct WallView: Sendable, Hashable {
    struct Tile: Sendable, Hashable {
        /// The camera's number; nothing where there are fewer cameras than tiles.
        var camera: UInt32?
        /// The event the tile shows.
        var event: Int64?
    }

    var tiles: [Tile]
    var eventTileCount: Int
    var waitingCount: Int
    var promisedSeconds: Int
}

/// The walls of the city, one an organization that has cameras: each a scheduler over its cameras.
final class WallHub: Sendable {
    private struct Wall {
        var settings: WallSettings
        /// The numbers of the cameras, by their places in the scheduler.
        var cameras: [UInt32]
        var places: [UInt32: Int]
        var scheduler: WallScheduler
    }

    private struct State {
        var walls: [String: Wall] = [:]
        /// The register's version the walls were set up by.
        var version: [Int64]?
        /// The last event that was read from the store.
        var lastEvent: Int64 = 0
        /// Events that came onto a wall, which the store could not be told of.
        var untold: [Int64] = []
    }

    private let state = Mutex(State())

    /// Whether the register changed since it was last asked; it is then taken for read.
    func takes(_ version: [Int64]) -> Bool {
        state.withLock { state in
            defer { state.version = version }
            return state.version != version
        }
    }

    /// Has the register read again.
    func forgetVersion() { state.withLock { $0.version = nil } }

    /// The events on any wall.
    var shownEvents: [Int64] {
        state.withLock { state in
            state.walls.values.flatMap { $0.scheduler.tiles.compactMap(\.request?.event) }
        }
    }

    /// Sets up the walls for the cameras there are; one whose cameras and settings did not change goes
    /// on.
    func set(
        _ cameras: [String: [UInt32]],
        settings: [String: WallSettings],
        at now: Instant
    ) {
        state.withLock { state in
            for id in state.walls.keys where cameras[id] == nil { state.walls[id] = nil }
            var isNew = false
            for (id, numbers) in cameras {
                let wanted = settings[id] ?? WallSettings()
                if let wall = state.walls[id], wall.cameras == numbers, wall.settings == wanted {
                    continue
                }
                isNew = true
                state.walls[id] = Self.wall(numbers, wanted, at: now)
            }
            // A wall that was set up anew takes in again whatever still waits.
            if isNew { state.lastEvent = 0 }
        }
    }

    private static func wall(
        _ cameras: [UInt32],
        _ settings: WallSettings,
        at now: Instant
    ) -> Wall {
        Wall(
            settings: settings,
            cameras: cameras,
            places: Dictionary(
                cameras.enumerated().map { ($1, $0) },
                uniquingKeysWith: { first, _ in first }
            ),
            scheduler: WallScheduler(
                cameraCount: cameras.count,
                tileCount: settings.tileCount,
                maximumUnseenSeconds: settings.maximumUnseenMinutes * 60,
                shownSeconds: settings.shownSeconds,
                atMilliseconds: now.millisecondsSinceEpoch
            )
        )
    }

    /// The event after which nothing was read yet.
    var lastEvent: Int64 { state.withLock { $0.lastEvent } }

    /// Takes in an event that waits for somebody.
    func report(_ event: CameraEvent) {
        state.withLock { state in
            state.lastEvent = max(state.lastEvent, event.id)
            guard let place = state.walls[event.organizationID]?.places[event.camera] else {
                return
            }
            state.walls[event.organizationID]?.scheduler.report(
                WatchRequest(
                    event: event.id,
                    camera: place,
                    weight: event.weight,
                    raisedMilliseconds: event.raisedAt.millisecondsSinceEpoch
                )
            )
        }
    }

    /// Takes an event of a camera away that somebody settled.
    func settle(camera: UInt32, of organizationID: String, at now: Instant) {
        state.withLock { state in
            guard let place = state.walls[organizationID]?.places[camera] else { return }
            state.walls[organizationID]?.scheduler.settle(
                camera: place,
                atMilliseconds: now.millisecondsSinceEpoch
            )
        }
    }

    /// Brings every wall up to a moment.
    ///
    /// - Returns: The events that came onto a wall, with those that were put back.
    func step(at now: Instant) -> [Int64] {
        state.withLock { state in
            var surfaced = state.untold
            state.untold = []
            for id in state.walls.keys {
                surfaced +=
                    state.walls[id]?.scheduler.step(atMilliseconds: now.millisecondsSinceEpoch)
                    .map(\.request.event) ?? []
            }
            return surfaced
        }
    }

    /// Takes back events that the store could not be told of; the next step returns them again.
    func putBack(_ surfaced: [Int64]) { state.withLock { $0.untold += surfaced } }

    /// What the wall of an organization shows, or nothing where it has no cameras.
    func view(of organizationID: String) -> WallView? {
        state.withLock { state in
            guard let wall = state.walls[organizationID] else { return nil }
            return WallView(
                tiles: wall.scheduler.tiles.map { tile in
                    WallView.Tile(
                        camera: tile.camera.flatMap {
                            wall.cameras.indices.contains($0) ? wall.cameras[$0] : nil
                        },
                        event: tile.request?.event
                    )
                },
                eventTileCount: wall.scheduler.eventTileCount,
                waitingCount: wall.scheduler.waitingCount,
                promisedSeconds: wall.scheduler.promisedSeconds
            )
        }
    }
}
