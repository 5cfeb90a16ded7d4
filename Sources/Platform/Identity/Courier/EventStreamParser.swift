/// One event of a stream of server-sent events (HTML Living Standard §9.2).
public struct ServerSentEvent: Sendable, Hashable {
    /// The event's type, `message` where the stream names none.
    public var name: String
    /// The lines of its data, with line feeds between them.
    public var data: String

    /// Creates an event.
    public init(name: String = "message", data: String) {
        self.name = name
        self.data = data
    }
}

/// Reads `text/event-stream` from pieces that are cut anywhere, within a character too.
///
/// Bytes become text a whole line at a time. Identifiers and reconnection times are of no use to a
/// request that is never repeated, and are passed over like comments.
public struct EventStreamParser: Sendable {
    /// The most bytes of one event, unfinished lines included.
    public static let maximumEventByteCount = 256 << 10

    private var line: [UInt8] = []
    private var name = ""
    private var data: [String] = []
    private var eventByteCount = 0
    private var skipsLineFeed = false
    private var isAtStart = true

    /// Creates a parser at the start of a stream.
    public init() {}

    /// Takes the next piece and gives the events that it finishes.
    ///
    /// An event that the stream does not finish with an empty line is none. Throws `CourierError`
    /// where an event passes `maximumEventByteCount`.
    public mutating func events(in bytes: [UInt8]) throws(CourierError) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let followsReturn = skipsLineFeed
            skipsLineFeed = byte == 0x0D
            switch byte {
            case 0x0A where followsReturn: continue
            case 0x0A, 0x0D:
                if let event = endLine() { events.append(event) }
            default:
                eventByteCount += 1
                guard eventByteCount <= Self.maximumEventByteCount else {
                    throw CourierError(
                        .tooLarge,
                        context: "an event of more than \(Self.maximumEventByteCount) bytes"
                    )
                }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        if isAtStart, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isAtStart = false
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: 0x3A) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data": data.append(String(decoding: value, as: UTF8.self))
        case "event": name = String(decoding: value, as: UTF8.self)
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            name = ""
            data = []
            eventByteCount = 0
        }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(
            name: name.isEmpty ? "message" : name,
            data: data.joined(separator: "\n")
        )
    }
}
