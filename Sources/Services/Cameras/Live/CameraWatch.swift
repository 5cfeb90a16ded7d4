import Basics
import City
import Dispatch
import Footage
import Hosting
import Identity
import Logging
import ServiceLifecycle
import Store
import Synchronization
import Vision

/// Watches the cameras that have a picture: a thread for every few of them, on a budget of time.
///
/// The analysis never runs on the cooperative pool. A camera somebody looks at gets its full rate, the
/// others so much as the budget leaves; an idle city stays cheap.
struct CameraWatch: Service {
    /// Cameras of one thread.
    static let camerasPerThread = 8
    /// The most cameras of one process; a city runs more processes for more.
    static let maximumCameraCount = 64
    /// The share of one processor that all cameras take where nobody looks.
    static let idleShare = 0.12
    /// The share that they take where somebody looks.
    static let watchedShare = 0.5
    /// Milliseconds between two pictures of a camera that somebody looks at.
    static let watchedMilliseconds = 200.0
    /// Milliseconds between two pictures of a camera where nobody looks.
    static let idleMilliseconds = 1_000.0
    /// Looks that wait to be written; the oldest goes where more come.
    static let maximumWaitingCount = 64
    /// How often cameras and rules are read again, in seconds.
    static let reloadSeconds = 30

    let desk: CamerasDesk
    let logger: Logger

    func run() async throws {
        let intake = try EventIntake(desk)
        let (looks, continuation) = AsyncStream.makeStream(
            of: (CameraLook, Camera).self,
            bufferingPolicy: .bufferingNewest(Self.maximumWaitingCount)
        )
        let outlet = LookOutlet(board: desk.board, time: desk.platform.time) {
            continuation.yield(($0, $1))
        }
        let crew = CameraCrew(outlet)
        let streams = CameraStreams(outlet)
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await keepCrew(crew, streams, intake) }
                group.addTask {
                    for await (look, camera) in looks {
                        await intake.takeOrTell(look, of: camera, logger)
                    }
                }
                group.addTask { await stepWalls() }
            }
        }
        crew.stop()
        streams.stop()
        continuation.finish()
    }

    /// Hands the threads the cameras, rules and addresses there are, again and again.
    private func keepCrew(
        _ crew: CameraCrew,
        _ streams: CameraStreams,
        _ intake: EventIntake
    ) async {
        let secrets = desk.platform.secrets
        while !Task.isCancelled {
            do {
                let (posts, real) = try await desk.store.read {
                    try (CameraPost.all(in: $0), StreamPost.all(secrets, in: $0))
                }
                for changed in crew.set(posts) + streams.set(real) {
                    await intake.forget(changed.camera.number, steps: changed.steps)
                }
            } catch {
                logger.error("cameras were not read", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(Self.reloadSeconds))
        }
    }

    /// Lets the walls go round, and ends the waiting of what nobody looked at.
    private func stepWalls() async {
        var turn = 0
        while !Task.isCancelled {
            do {
                try await desk.step()
                turn += 1
                if turn.isMultiple(of: 100) { try await desk.endWaiting() }
            } catch {
                logger.error("the wall stands still", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .milliseconds(WallScheduler.maximumStepMilliseconds))
        }
    }
}

/// A camera to watch, with its rules.
struct CameraPost: Sendable, Hashable {
    var camera: Camera
    /// Nothing where nobody wrote any: a drawn scene then brings its own.
    var rules: SceneRules?
    var steps: [EventKind: Int]

    /// The cameras that play a drawn scene.
    static func all(in db: ReadTransaction) throws -> [CameraPost] {
        try all(in: db) { $0.scene != nil && !$0.hasStream }
    }

    /// The cameras in use that somebody asks for, with their rules.
    static func all(
        in db: ReadTransaction,
        where isAsked: (Camera) -> Bool
    ) throws -> [CameraPost] {
        let rules = Dictionary(
            try RuleSets.all(in: db).map { ($0.cameraNumber, $0.rules.value) },
            uniquingKeysWith: { $1 }
        )
        return try CameraRegister.all(in: db)
            .filter { $0.isInUse && isAsked($0) }
            .prefix(CameraWatch.maximumCameraCount)
            .map { camera in
                CameraPost(
                    camera: camera,
                    rules: rules[Int64(camera.number)],
                    steps: try Thresholds.steps(camera: camera.number, in: db)
                )
            }
    }
}

extension StreamPost {
    /// The cameras with the address of a real picture; one whose seal does not open is left out, which
    /// the list of cameras shows.
    static func all(_ secrets: SecretBox, in db: ReadTransaction) throws -> [StreamPost] {
        try CameraPost.all(in: db) { $0.hasStream }.compactMap { post in
            let number = post.camera.number
            guard let sealed = try CameraRegister.sealedStream(of: number, in: db),
                let address = try? CameraSecrets.open(sealed, of: number, secrets)
            else { return nil }
            return StreamPost(post: post, address: address)
        }
    }
}
