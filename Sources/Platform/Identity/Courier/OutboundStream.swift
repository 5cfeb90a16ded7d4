import Synchronization

/// A piece of an answer that is read while it comes.
public enum OutboundPart: Sendable, Hashable {
    /// Status and fields, once and first.
    case head(status: Int, fields: [HeaderField])
    /// Content, cut where the network cut it.
    case bytes([UInt8])
}

/// How long and how large an answer may be that is read while it comes.
public struct StreamLimits: Sendable, Hashable {
    /// Seconds until the whole answer has to be there.
    public var totalSeconds: Int
    /// Seconds in which something has to come.
    public var silenceSeconds: Int
    /// The most bytes of content.
    public var maximumByteCount: Int

    /// Sets limits.
    public init(totalSeconds: Int, silenceSeconds: Int, maximumByteCount: Int) {
        self.totalSeconds = totalSeconds
        self.silenceSeconds = silenceSeconds
        self.maximumByteCount = maximumByteCount
    }
}

/// Where a transfer puts what it receives, and hears that nobody wants more.
final class TransferSink: Sendable {
    private let receive: @Sendable (OutboundPart) -> Void
    private let isClosed = Atomic(false)

    init(_ receive: @escaping @Sendable (OutboundPart) -> Void) {
        self.receive = receive
    }

    var isOpen: Bool { !isClosed.load(ordering: .acquiring) }

    func take(_ part: OutboundPart) { receive(part) }

    func close() { isClosed.store(true, ordering: .releasing) }
}
