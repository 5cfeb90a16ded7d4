import Basics
import Dispatch
import Footage
import Synchronization
import Vision

/// A camera with a real picture, and where that comes from.
struct StreamPost: Sendable, Hashable {
    var post: CameraPost
    var address: StreamAddress
}

/// The threads that read real pictures of cameras, one each: a stream that stalls holds up no other.
final class CameraStreams: Sendable {
    /// Streams of one process.
    static let maximumCount = 16
    /// Pictures that are analysed in a second; the others are skipped unread.
    static let picturesPerSecond = 5.0
    /// Seconds before a stream that failed is tried again.
    static let retrySeconds = 10

    private let board: LiveBoard
    private let time: TimeSource
    private let hand: @Sendable (CameraLook, Camera) -> Void
    /// What each camera is to be read from; a thread ends when its own is gone from here.
    private let posts = Mutex<[UInt32: StreamPost]>([:])

    init(
        board: LiveBoard,
        time: TimeSource,
        hand: @escaping @Sendable (CameraLook, Camera) -> Void
    ) {
        self.board = board
        self.time = time
        self.hand = hand
    }

    /// Sets the streams; one whose address and rules did not change goes on.
    ///
    /// - Returns: The cameras whose analysis begins anew.
    func set(_ wanted: [StreamPost]) -> [CameraPost] {
        let new = posts.withLock { posts in
            let known = posts
            posts = Dictionary(
                wanted.prefix(Self.maximumCount).map { ($0.post.camera.number, $0) },
                uniquingKeysWith: { $1 }
            )
            return posts.values.filter { known[$0.post.camera.number] != $0 }
        }
        for one in new {
            board.note(.starting, of: one.post.camera.number, at: time.now())
            let queue = DispatchQueue(label: "haechi.stream.\(one.post.camera.number)")
            queue.async { self.read(one, queue) }
        }
        return new.map(\.post)
    }

    /// Ends every thread after what it is at.
    func stop() { posts.withLock { $0 = [:] } }

    private func isWanted(_ one: StreamPost) -> Bool {
        posts.withLock { $0[one.post.camera.number] == one }
    }

    /// Reads a stream until it ends or fails, and tries again after a while.
    private func read(_ one: StreamPost, _ queue: DispatchQueue) {
        let number = one.post.camera.number
        do {
            try follow(one)
            board.note(.stalled, of: number, at: time.now())
        } catch let error as VisionError where error.code == .videoStalled {
            board.note(.stalled, of: number, at: time.now())
        } catch {
            board.note(.unreadable, of: number, at: time.now())
        }
        guard isWanted(one) else { return }
        queue.asyncAfter(deadline: .now() + .seconds(Self.retrySeconds)) { self.read(one, queue) }
    }

    private func follow(_ one: StreamPost) throws {
        let camera = one.post.camera
        let reader = try VideoReader(one.address.text)
        let rate = reader.framesPerSecond ?? Self.picturesPerSecond
        let skipped = max(0, Int((rate / Self.picturesPerSecond).rounded()) - 1)
        var analysis = try CameraAnalysis(camera, rules: one.post.rules ?? SceneRules())
        var size: (width: Int, height: Int)?
        while isWanted(one), let frame = try reader.next() {
            let picture = frame.picture
            if let size, size != (picture.width, picture.height) {
                // Zones are shares of the picture, but another lens or crop shows another place.
                board.note(.resized, of: camera.number, at: time.now())
            } else {
                board.note(.running, of: camera.number, at: time.now())
            }
            size = size ?? (picture.width, picture.height)
            let now = time.now()
            let seconds = Double(now.millisecondsSinceEpoch) / 1000
            let look = try analysis.look(at: picture, seconds: seconds)
            board.show(
                look.masked,
                of: camera.number,
                peopleCount: look.findings.tracks.count,
                density: look.findings.density,
                at: now
            )
            if !look.findings.events.isEmpty || !look.sightings.isEmpty { hand(look, camera) }
            for _ in 0..<skipped { _ = try reader.skip() }
        }
    }
}
