import Basics
import Dispatch
import Footage
import Synchronization
import Vision

/// The threads that look at cameras, each at a few of them, one after another.
final class CameraCrew: Sendable {
    /// A camera while it is watched.
    private struct Watched {
        var post: CameraPost
        var scene: GeneratedScene
        var analysis: CameraAnalysis
        /// The next picture of the scene.
        var index = 0
        /// The Unix time of the scene's first picture, in seconds.
        var beganAt: Double
        var dueAt: DispatchTime
    }

    private struct State {
        /// What is to be watched; a camera that is being looked at is not among `watched`.
        var posts: [UInt32: CameraPost] = [:]
        var watched: [UInt32: Watched] = [:]
        var isStopped = false
        var threadCount = 0
    }

    private let outlet: LookOutlet
    private let state = Mutex(State())

    init(_ outlet: LookOutlet) { self.outlet = outlet }

    /// Sets the cameras; one whose rules did not change goes on where it was.
    ///
    /// - Returns: The cameras whose analysis begins anew.
    func set(_ posts: [CameraPost]) -> [CameraPost] {
        let now = outlet.time.now()
        return state.withLock { state in
            let numbers = Set(posts.map(\.camera.number))
            state.watched = state.watched.filter { numbers.contains($0.key) }
            let known = state.posts
            state.posts = Dictionary(posts.map { ($0.camera.number, $0) }, uniquingKeysWith: { $1 })
            var changed: [CameraPost] = []
            for post in posts where known[post.camera.number] != post {
                guard let watched = Self.watched(post, at: now) else {
                    outlet.note(.unreadable, of: post.camera.number)
                    continue
                }
                state.watched[post.camera.number] = watched
                outlet.note(.starting, of: post.camera.number)
                changed.append(post)
            }
            let wanted =
                (posts.count + CameraWatch.camerasPerThread - 1) / CameraWatch.camerasPerThread
            while state.threadCount < wanted {
                start(state.threadCount)
                state.threadCount += 1
            }
            return changed
        }
    }

    /// Ends every thread after what it is at.
    func stop() { state.withLock { $0.isStopped = true } }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private static func watched(_ post: CameraPost, at now: Instant) -> Watched? {
        guard let kind = post.camera.scene,
            let scene = try? GeneratedScene(kind, seed: UInt64(post.camera.number)),
            let analysis = try? CameraAnalysis(post.camera, rules: post.rules ?? scene.rules)
        else { return nil }
        return Watched(
            post: post,
            scene: scene,
            analysis: analysis,
            beganAt: Double(now.millisecondsSinceEpoch) / 1000,
            dueAt: .now()
        )
    }

    private func start(_ thread: Int) {
        let queue = DispatchQueue(label: "haechi.cameras.\(thread)", qos: .utility)
        queue.async { self.turn(thread, queue) }
    }

    /// One turn of a thread: a look at the camera that is due, then a rest that keeps the budget.
    private func turn(_ thread: Int, _ queue: DispatchQueue) {
        let next = state.withLock { state -> (watched: Watched, threads: Int, isDue: Bool)? in
            let due = state.watched.values
                .filter { Int($0.post.camera.number) % state.threadCount == thread }
                .min { $0.dueAt < $1.dueAt }
            // Taken out, so that its background model is changed in place and not copied.
            let isDue = due.map { $0.dueAt <= .now() } ?? false
            if let due, isDue { state.watched[due.post.camera.number] = nil }
            return due.map { ($0, state.threadCount, isDue) }
        }
        guard !isStopped else { return }
        guard var watched = next?.watched, let threads = next?.threads else {
            return queue.asyncAfter(deadline: .now() + 1) { self.turn(thread, queue) }
        }
        guard next?.isDue == true else {
            return queue.asyncAfter(deadline: watched.dueAt) { self.turn(thread, queue) }
        }
        let camera = watched.post.camera
        let isWatched = outlet.board.isWatched(camera.number)
        let began = DispatchTime.now()
        look(&watched)
        let spent = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
        let period =
            (isWatched ? CameraWatch.watchedMilliseconds : CameraWatch.idleMilliseconds) / 1000
        watched.dueAt = began + period
        let kept = watched
        state.withLock { state in
            // Rules that were changed meanwhile began a new analysis, which stays.
            if state.posts[camera.number] == kept.post, state.watched[camera.number] == nil {
                state.watched[camera.number] = kept
            }
        }
        let share =
            (isWatched ? CameraWatch.watchedShare : CameraWatch.idleShare) / Double(threads)
        queue.asyncAfter(deadline: .now() + spent * (1 / share - 1)) { self.turn(thread, queue) }
    }

    private func look(_ watched: inout Watched) {
        let camera = watched.post.camera
        let index = watched.index
        watched.index += 1
        let seconds = watched.beganAt + Double(index) / Double(watched.scene.framesPerSecond)
        let people = watched.scene.truth(index).map(\.box)
        do {
            let look = try watched.analysis.look(
                at: watched.scene.frame(index),
                seconds: seconds,
                known: people
            )
            outlet.show(look, of: camera, at: outlet.time.now())
            outlet.note(.running, of: camera.number)
        } catch {
            outlet.note(.unreadable, of: camera.number)
        }
    }
}
