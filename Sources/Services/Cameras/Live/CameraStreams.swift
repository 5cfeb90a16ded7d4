import Basics
import Dispatch
import Footage
import Glibc
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

    private let outlet: LookOutlet
    private let timeoutSeconds: Double
    private let retrySeconds: Int
    /// What each camera is to be read from; a thread ends when its own is gone from here.
    private let posts = Mutex<[UInt32: StreamPost]>([:])

    init(
        _ outlet: LookOutlet,
        timeoutSeconds: Double = VideoReader.defaultTimeoutSeconds,
        retrySeconds: Int = CameraStreams.retrySeconds
    ) {
        self.outlet = outlet
        self.timeoutSeconds = timeoutSeconds
        self.retrySeconds = retrySeconds
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
            outlet.note(.starting, of: one.post.camera.number)
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
            outlet.note(.stalled, of: number)
        } catch let error as VisionError where error.code == .videoStalled {
            outlet.note(.stalled, of: number)
        } catch {
            outlet.note(.unreadable, of: number)
        }
        guard isWanted(one) else { return }
        queue.asyncAfter(deadline: .now() + .seconds(retrySeconds)) { self.read(one, queue) }
    }

    private func follow(_ one: StreamPost) throws {
        let camera = one.post.camera
        let reader = try VideoReader(one.address.text, timeoutSeconds: timeoutSeconds)
        var analysis = try CameraAnalysis(camera, rules: one.post.rules ?? SceneRules())
        var pace = StreamPace(picturesPerSecond: Self.picturesPerSecond)
        var size: (width: Int, height: Int)?
        while isWanted(one), let step = try reader.skip() {
            usleep(pace.delayMicroseconds(of: step.seconds, at: .now))
            guard pace.takes(at: .now) else { continue }
            let picture = try reader.picture(width: step.width, height: step.height)
            if let size, size != (picture.width, picture.height) {
                // Zones are shares of the picture, but another lens or crop shows another place.
                outlet.note(.resized, of: camera.number)
            } else {
                outlet.note(.running, of: camera.number)
            }
            size = size ?? (picture.width, picture.height)
            let now = outlet.time.now()
            let look = try analysis.look(
                at: picture,
                seconds: Double(now.millisecondsSinceEpoch) / 1000
            )
            outlet.show(look, of: camera, at: now)
        }
    }
}
