import Basics
import Synchronization

/// The newest picture of every camera, people masked, and how each camera is doing.
///
/// Nothing else of a picture reaches a page: the analysis masks people before it hands a frame here.
final class LiveBoard: Sendable {
    /// Streams of pictures at one time; whoever comes later sees stills.
    static let maximumViewerCount = 24
    /// Pictures kept of each camera for the clip of an event.
    static let recentFrameCount = 12
    /// Seconds between two pictures of a clip.
    static let recentSpacingSeconds = 1
    /// A camera counts as watched for so long after somebody asked for its picture.
    static let watchedSeconds = 5.0

    struct Frame: Sendable {
        var jpeg: [UInt8]
        var at: Instant
        /// Grows with every picture of the camera.
        var serial: Int
    }

    /// How a camera's picture is doing.
    enum Condition: String, Sendable, Hashable, CaseIterable {
        /// There is nothing to take a picture from.
        case noSource
        /// It is being reached.
        case starting
        /// Pictures come.
        case running
        /// No picture came for a while.
        case stalled
        /// What comes is no picture.
        case unreadable
        /// The picture has another size than before; its zones have to be looked at.
        case resized

        var title: Bilingual {
            switch self {
            case .noSource: Bilingual("영상 없음", "No picture")
            case .starting: Bilingual("연결 중", "Connecting")
            case .running: Bilingual("정상", "Running")
            case .stalled: Bilingual("영상 끊김", "Stalled")
            case .unreadable: Bilingual("읽을 수 없는 영상", "Unreadable")
            case .resized: Bilingual("화면 크기 바뀜", "Size changed")
            }
        }

        var isFault: Bool { [.stalled, .unreadable, .resized].contains(self) }
    }

    /// How a camera is doing, and since when.
    struct Status: Sendable {
        var condition: Condition
        var since: Instant
        /// People in the last picture.
        var peopleCount = 0
        /// People on a square metre of its crowd zone, where it has one.
        var density: Double?
    }

    /// That what cameras see is shown and not kept, why, and since when.
    struct RecordingFault: Sendable, Hashable {
        var message: Bilingual
        var since: Instant
    }

    private struct Entry {
        var frame: Frame?
        var recent: [Frame] = []
        var status: Status
        var askedAt: ContinuousClock.Instant?
    }

    private struct State {
        var entries: [UInt32: Entry] = [:]
        var viewerCount = 0
        var recordingFault: RecordingFault?
    }

    private let state = Mutex(State())

    /// Puts up a picture.
    func show(
        _ jpeg: [UInt8],
        of camera: UInt32,
        peopleCount: Int,
        density: Double? = nil,
        at now: Instant
    ) {
        state.withLock { state in
            var entry = state.entries[camera] ?? Self.entry(.running, now)
            let frame = Frame(jpeg: jpeg, at: now, serial: (entry.frame?.serial ?? 0) + 1)
            entry.frame = frame
            entry.status.peopleCount = peopleCount
            entry.status.density = density
            let spacing = Int64(Self.recentSpacingSeconds) * 1000
            let last = entry.recent.last?.at.millisecondsSinceEpoch
            if last.map({ now.millisecondsSinceEpoch - $0 >= spacing }) ?? true {
                entry.recent.append(frame)
                if entry.recent.count > Self.recentFrameCount { entry.recent.removeFirst() }
            }
            state.entries[camera] = entry
        }
    }

    /// Notes how a camera is doing.
    ///
    /// - Returns: Whether that is new.
    @discardableResult
    func note(_ condition: Condition, of camera: UInt32, at now: Instant) -> Bool {
        state.withLock { state in
            var entry = state.entries[camera] ?? Self.entry(.noSource, now)
            guard entry.status.condition != condition else { return false }
            entry.status.condition = condition
            entry.status.since = now
            state.entries[camera] = entry
            return true
        }
    }

    private static func entry(_ condition: Condition, _ now: Instant) -> Entry {
        Entry(status: Status(condition: condition, since: now))
    }

    /// The newest picture of a camera; asking makes the camera a watched one.
    func frame(of camera: UInt32) -> Frame? {
        state.withLock { state in
            state.entries[camera]?.askedAt = .now
            return state.entries[camera]?.frame
        }
    }

    /// The last pictures of a camera, about one a second.
    func recent(of camera: UInt32) -> [Frame] {
        state.withLock { $0.entries[camera]?.recent ?? [] }
    }

    /// How a camera is doing; nothing where no analysis ever looked at it.
    func status(of camera: UInt32) -> Status? {
        state.withLock { $0.entries[camera]?.status }
    }

    /// Why nothing is kept now; nothing where all is well.
    var recordingFault: RecordingFault? { state.withLock { $0.recordingFault } }

    /// Notes that something could not be kept.
    func noteNotKept(_ message: Bilingual, at now: Instant) {
        state.withLock { state in
            let since = state.recordingFault?.since ?? now
            state.recordingFault = RecordingFault(message: message, since: since)
        }
    }

    /// Notes that something was kept.
    func noteKept() { state.withLock { $0.recordingFault = nil } }

    /// How each of some cameras is doing.
    func conditions(of cameras: [UInt32]) -> [Condition] {
        state.withLock { state in
            cameras.map { state.entries[$0]?.status.condition ?? .noSource }
        }
    }

    /// Whether somebody looks at a camera now.
    func isWatched(_ camera: UInt32) -> Bool {
        state.withLock { state in
            guard let asked = state.entries[camera]?.askedAt else { return false }
            return ContinuousClock.now - asked < .seconds(Self.watchedSeconds)
        }
    }

    /// Begins a stream of pictures; false where as many run as may.
    func beginViewing() -> Bool {
        state.withLock { state in
            guard state.viewerCount < Self.maximumViewerCount else { return false }
            state.viewerCount += 1
            return true
        }
    }

    /// Ends a stream of pictures.
    func endViewing() { state.withLock { $0.viewerCount -= 1 } }
}
