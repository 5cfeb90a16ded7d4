import Basics
import CityTesting
import Testing

@testable import Identity

private let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

/// Reads a whole stream of a courier: the status and the content.
private func read(
    _ server: LocalServer,
    totalSeconds: Int = 10,
    silenceSeconds: Int = 10,
    maximumByteCount: Int = 1 << 20
) async throws -> (status: Int, pieces: [[UInt8]]) {
    let limits = StreamLimits(
        totalSeconds: totalSeconds,
        silenceSeconds: silenceSeconds,
        maximumByteCount: maximumByteCount
    )
    let courier = Courier(settings: server.settings)
    var status = 0
    var pieces: [[UInt8]] = []
    for try await part in courier.stream(
        OutboundRequest("POST", server.url, body: [65]),
        limits: limits
    ) {
        switch part {
        case .head(let found, _): status = found
        case .bytes(let bytes): pieces.append(bytes)
        }
    }
    return (status, pieces)
}

@Suite struct `An answer that is read while it comes` {
    @Test func `has its status first and its content as it was sent`() async throws {
        let server = try LocalServer { _ in [.text(head), .text("data: 안"), .text("녕\n\n")] }
        let answer = try await read(server)
        #expect(answer.status == 200)
        #expect(String(decoding: answer.pieces.joined(), as: UTF8.self) == "data: 안녕\n\n")
    }

    @Test func `keeps a status that is no success`() async throws {
        let server = try LocalServer { _ in
            [.text(LocalServer.answer(429, ["Retry-After: 7"], "slow"))]
        }
        #expect(try await read(server).status == 429)
    }

    @Test func `ends where the time runs out`() async throws {
        let server = try LocalServer { _ in [.text(head), .silence] }
        let error = await #expect(throws: CourierError.self) {
            try await read(server, totalSeconds: 1)
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `ends at its limit of bytes, though the other end goes on`() async throws {
        let server = try LocalServer { _ in
            [.text(head), .endless(Array("data: 끝없이\n\n".utf8))]
        }
        let error = await #expect(throws: CourierError.self) {
            try await read(server, maximumByteCount: 50_000)
        }
        #expect(error?.code == .tooLarge)
    }

    @Test func `ends when nobody listens any more`() async throws {
        let server = try LocalServer { _ in [.text(head), .endless(Array("data: x\n\n".utf8))] }
        let courier = Courier(settings: server.settings)
        let limits = StreamLimits(
            totalSeconds: 60,
            silenceSeconds: 60,
            maximumByteCount: Int.max / 2
        )
        for try await part in courier.stream(OutboundRequest("GET", server.url), limits: limits) {
            if case .bytes = part { break }
        }
        // The server takes the next connection only once the first has ended.
        for try await part in courier.stream(OutboundRequest("GET", server.url), limits: limits) {
            if case .bytes = part { break }
        }
        #expect(server.requests.count == 2)
    }

    @Test func `leads nowhere inside that the settings do not allow`() async throws {
        let limits = StreamLimits(totalSeconds: 1, silenceSeconds: 1, maximumByteCount: 1)
        let stream = Courier().stream(OutboundRequest("GET", "http://127.0.0.1:9/"), limits: limits)
        let error = await #expect(throws: CourierError.self) { for try await _ in stream {} }
        #expect(error?.code == .addressRefused)
    }
}

@Suite struct `Server-sent events` {
    @Test(arguments: [
        ("data: 가\n\n", [ServerSentEvent(data: "가")]),
        ("data:가\r\n\r\ndata: 나\r\r", [ServerSentEvent(data: "가"), ServerSentEvent(data: "나")]),
        ("event: a\ndata: 1\ndata: 2\n\n", [ServerSentEvent(name: "a", data: "1\n2")]),
        (": comment\nid: 3\nretry: 9\ndata\n\n", [ServerSentEvent(data: "")]),
        ("\u{FEFF}data: x\n\n", [ServerSentEvent(data: "x")]),
        ("event: lonely\n\ndata: x\n\n", [ServerSentEvent(data: "x")]),
        ("data: never ended\n", []), ("data:  two\n\n", [ServerSentEvent(data: " two")]),
        ("\n\n\n", []), ("", []),
    ])
    func `are read as the standard says, however they are cut`(
        _ text: String,
        _ expected: [ServerSentEvent]
    ) throws {
        let bytes = Array(text.utf8)
        for size in 1...max(bytes.count, 1) {
            var parser = EventStreamParser()
            var events: [ServerSentEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += try parser.events(in: Array(bytes[start...].prefix(size)))
            }
            #expect(events == expected, "pieces of \(size)")
        }
    }

    @Test func `of any bytes are read or refused`() throws {
        var random = SeededRandom(seed: 5)
        let alphabet = Array("data: \n\r:x".utf8) + [0xEA, 0xB0, 0x80, 0xFF, 0]
        for _ in 0..<500 {
            var parser = EventStreamParser()
            let bytes = (0..<200).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            let whole = try parser.events(in: bytes)
            var other = EventStreamParser()
            #expect(try bytes.flatMap { try other.events(in: [$0]) } == whole)
        }
    }

    @Test func `that never end are refused at the limit`() {
        var parser = EventStreamParser()
        let piece = [UInt8](repeating: 65, count: 64 << 10)
        #expect(throws: CourierError.self) {
            for _ in 0..<10 { _ = try parser.events(in: piece) }
        }
    }
}
