public import Hummingbird
import NIOCore

/// What Hummingbird keeps of a request, and where it came from.
public struct CityRequestContext: RequestContext {
    /// Hummingbird's own part.
    public var coreContext: CoreRequestContextStorage
    /// The address of the other end, without its port.
    public let peerAddress: String

    /// Creates the context of a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}
