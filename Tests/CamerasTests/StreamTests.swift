import Basics
import CityTesting
import Dispatch
import Footage
import Foundation
import Hosting
import Store
import Synchronization
import Testing
import Vision

@testable import Cameras

@Suite struct `A stream of a camera` {
    /// What a server sends, and what has to be said of its camera in the end.
    enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case stalls, ends, garbage, changesSize, isNoPicture

        var expected: Set<LiveBoard.Condition> {
            switch self {
            case .stalls: [.stalled]
            // A part that is cut off reads as an end or as something that cannot be read.
            case .ends: [.stalled, .unreadable]
            case .garbage, .isNoPicture: [.unreadable]
            case .changesSize: [.resized]
            }
        }

        var testDescription: String { rawValue }
    }

    private static func picture(_ width: Int, _ height: Int, _ number: Int) throws -> [UInt8] {
        let shade = UInt8(100 + number % 50)
        return try Picture(width: width, height: height, filledWith: RGB(shade, 120, 90)).jpeg()
    }

    /// A server that sends good pictures without end, as fast as they are taken.
    private static func goodServer(
        whenLost: @escaping @Sendable () -> Void = {}
    ) throws -> PictureServer {
        let jpegs = try (0..<50).map { try picture(160, 120, $0) }
        return try PictureServer(whenLost: whenLost) { number in
            .picture(jpegs[number % jpegs.count])
        }
    }

    private static func server(_ kind: Kind) throws -> PictureServer {
        let small = try picture(160, 120, 0)
        let large = try picture(240, 180, 1)
        var random = SeededRandom(seed: 7)
        let noise = (0..<65_536).map { _ in UInt8.random(in: 0...255, using: &random) }
        return try PictureServer { number in
            switch kind {
            case .stalls: number < 3 ? .picture(small) : .silence
            case .ends: number < 40 ? .picture(small) : .end
            case .garbage: .bytes(noise)
            case .changesSize: .picture(number < 3 ? small : large)
            case .isNoPicture: .picture(Array("<html>login</html>".utf8))
            }
        }
    }

    private static func post(_ number: UInt32, _ server: PictureServer, in client: CityClient)
        async throws -> StreamPost
    {
        let camera = try #require(
            try await client.city.platform.store.read { try CameraRegister.find(number, in: $0) }
        )
        return StreamPost(
            post: CameraPost(camera: camera, rules: nil, steps: [:]),
            address: try StreamAddress(server.address)
        )
    }

    @Test(
        .enabled("built without FFmpeg") { VideoReader.isAvailable },
        .timeLimit(.minutes(1)),
        arguments: Kind.allCases
    )
    func `that is bad is said to be so, and the good one beside it goes on`(_ kind: Kind)
        async throws
    {
        try await CityClient.with(ControlRoom.composition) { client in
            let good = try Self.goodServer()
            let bad = try Self.server(kind)
            defer {
                good.stop()
                bad.stop()
            }
            let (board, beats) = (LiveBoard(), Beats())
            let streams = CameraStreams(
                LookOutlet(board: board, time: beats.clock(client.city.platform.time)) { _, _ in },
                timeoutSeconds: 0.5,
                retrySeconds: 1
            )
            _ = streams.set([
                try await Self.post(1, good, in: client), try await Self.post(2, bad, in: client),
            ])
            let told = await beats.bring {
                board.status(of: 2).map { kind.expected.contains($0.condition) } ?? false
            }
            #expect(told, "\(String(describing: board.status(of: 2)))")
            let serial = board.frame(of: 1)?.serial ?? 0
            #expect(await beats.bring { board.frame(of: 1)?.serial ?? 0 > serial })
            #expect(board.status(of: 1)?.condition == .running)
            streams.stop()
        }
    }

    @Test(.enabled("built without FFmpeg") { VideoReader.isAvailable }, .timeLimit(.minutes(1)))
    func `that never ends and never pauses takes no more pictures than are analysed`() async throws
    {
        try await CityClient.with(ControlRoom.composition) { client in
            let (board, beats) = (LiveBoard(), Beats())
            let good = try Self.goodServer { beats.beat() }
            defer { good.stop() }
            let streams = CameraStreams(
                LookOutlet(board: board, time: beats.clock(client.city.platform.time)) { _, _ in }
            )
            let began = ContinuousClock.now
            _ = streams.set([try await Self.post(1, good, in: client)])
            #expect(await beats.bring { board.frame(of: 1)?.serial ?? 0 >= 6 })
            // Five pictures after the first at five a second, each at most a tenth early.
            #expect(ContinuousClock.now - began > .milliseconds(850))
            streams.stop()
            #expect(await beats.bring { good.hasLostItsReader })
        }
    }

    @Test func `is followed no faster than its own clock, which may jump`() {
        var pace = StreamPace(picturesPerSecond: 5)
        let start = ContinuousClock.now
        let steps: [(seconds: Double, after: Duration)] = [
            (10, .zero), (11, .zero), (11, .seconds(2)),
            // An hour ahead is a clock that was set, and begins anew.
            (3_600, .seconds(2)), (3_600.5, .seconds(2)),
        ]
        let delays = steps.map { pace.delayMicroseconds(of: $0.seconds, at: start + $0.after) }
        #expect(delays == [0, 1_000_000, 0, 0, 500_000])
        let taken = [0, 120, 190].map { pace.takes(at: start + .milliseconds($0)) }
        #expect(taken == [true, false, true])
    }
}

/// The beats of what goes on in threads of its own: the clock is asked at every look at a camera, and a
/// server tells when its reader has gone.
final class Beats: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func beat() { continuation.yield() }

    /// A clock that beats when it is asked.
    func clock(_ time: TimeSource) -> TimeSource {
        TimeSource {
            self.beat()
            return time.now()
        }
    }

    /// Whether something comes true at one of the beats of a time that no test machine is too slow for.
    func bring(_ holds: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(30)
        if holds() { return true }
        for await _ in stream {
            if holds() { return true }
            guard ContinuousClock.now < end else { return false }
        }
        return false
    }
}

/// A camera in small: an HTTP server on the loopback that sends pictures one after another
/// (`multipart/x-mixed-replace`) to each who asks, on threads of its own.
final class PictureServer: Sendable {
    enum Step: Sendable {
        case picture([UInt8])
        case bytes([UInt8])
        case silence
        case end
    }

    private let door: Int32
    private let port: UInt16
    private let step: @Sendable (Int) -> Step
    private let whenLost: @Sendable () -> Void
    private let state = Mutex((isStopped: false, lostCount: 0))

    var address: String { "http://127.0.0.1:\(port)/stream" }
    var hasLostItsReader: Bool { state.withLock { $0.lostCount > 0 } }
    private var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Starts a server; `step` says what comes at each place of a stream.
    init(
        whenLost: @escaping @Sendable () -> Void = {},
        _ step: @escaping @Sendable (Int) -> Step
    ) throws {
        self.step = step
        self.whenLost = whenLost
        door = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let door = door
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(door, generic, length) == 0 && listen(door, 8) == 0
                    && getsockname(door, generic, &length) == 0
            }
        }
        try #require(isOpen)
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.serve() }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        shutdown(door, Int32(SHUT_RDWR))
        close(door)
    }

    private func serve() {
        while !isStopped {
            let reader = accept(door, nil, nil)
            guard reader >= 0 else { return }
            Thread.detachNewThread { self.send(to: reader) }
        }
    }

    private func send(to reader: Int32) {
        defer { close(reader) }
        var request = [UInt8](repeating: 0, count: 4_096)
        _ = recv(reader, &request, request.count, 0)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"
        guard put(Array(head.utf8), reader) else { return }
        for number in 0... {
            guard !isStopped else { return }
            switch step(number) {
            case .picture(let bytes):
                let head =
                    "--b\r\nContent-Type: image/jpeg\r\nContent-Length: \(bytes.count)\r\n\r\n"
                guard put(Array(head.utf8) + bytes + [0x0D, 0x0A], reader) else { return lost() }
            case .bytes(let bytes): guard put(bytes, reader) else { return lost() }
            case .silence:
                // Nothing more until the reader gives up.
                _ = recv(reader, &request, request.count, 0)
                return
            case .end: return
            }
        }
    }

    private func lost() {
        state.withLock { $0.lostCount += 1 }
        whenLost()
    }

    private func put(_ bytes: [UInt8], _ reader: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    reader,
                    $0.baseAddress?.advanced(by: sent),
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
