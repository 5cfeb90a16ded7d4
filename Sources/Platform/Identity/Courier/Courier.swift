import CCurl

/// How the courier leaves the house.
public struct CourierSettings: Sendable, Hashable {
    /// Hosts (`host` or `host:port`) that may be contacted although they lie in a private network.
    ///
    /// The city's own sign-in server, say; everything else inside is refused.
    public var allowedPrivateHosts: Set<String> = []
    /// Seconds until a connection has to stand.
    public var connectTimeoutSeconds = 5
    /// Seconds until the whole transfer has to be over.
    public var totalTimeoutSeconds = 20
    /// The largest answer that is taken.
    public var maximumBodyByteCount = 4 * 1024 * 1024
    /// The relay that takes the house's mail; nothing sends none.
    public var mailRelay: MailRelay?

    /// Creates settings that allow the public internet and no mail.
    public init() {}
}

/// The mail relay of the house (RFC 5321).
public struct MailRelay: Sendable, Hashable {
    /// `smtp://host:port` (STARTTLS where the relay offers it) or `smtps://host:port`.
    public var url: String
    /// The name to sign in with, where the relay asks for one.
    public var username: String?
    /// The password to it.
    public var password: String?
    /// Whether an `smtp` relay that offers no TLS is refused.
    public var requiresTLS: Bool

    /// Creates a relay.
    public init(
        url: String,
        username: String? = nil,
        password: String? = nil,
        requiresTLS: Bool = false
    ) {
        self.url = url
        self.username = username
        self.password = password
        self.requiresTLS = requiresTLS
    }
}

/// The one outbound door of the house: every HTTP request and every mail goes through here.
///
/// libcurl does the work on threads of its own, with a time-out, a size limit and a limit on how much
/// runs at once; redirects are off unless a request asks for them, proxies of the environment are not
/// used, and `AddressGuard` keeps requests out of the house.
public final class Courier: HTTPFetcher {
    /// The transfers that run at once.
    public static let maximumRunningCount = 16
    /// The transfers that wait for their turn.
    public static let maximumWaitingCount = 256

    private let settings: CourierSettings
    private let addressGuard: AddressGuard
    private let streamWorkers = BoundedWorkers(
        label: "haechi.courier.streams",
        maximumRunningCount: Courier.maximumStreamCount,
        maximumWaitingCount: 0
    )
    private let workers = BoundedWorkers(
        label: "haechi.courier",
        maximumRunningCount: Courier.maximumRunningCount,
        maximumWaitingCount: Courier.maximumWaitingCount
    )

    /// The answers that are read while they come, at once; one more is refused.
    public static let maximumStreamCount = 32

    /// Creates a courier.
    public init(settings: CourierSettings = CourierSettings()) {
        self.settings = settings
        addressGuard = AddressGuard(
            allowedPrivateHosts: Set(settings.allowedPrivateHosts.map { $0.lowercased() })
        )
    }

    /// Makes a request, or throws `CourierError`; an answer of any status is an answer.
    public func fetch(_ request: OutboundRequest) async throws -> OutboundResponse {
        try await workers.run { try self.follow(request) }
    }

    /// Makes a request and hands on its answer while it comes: first the head, then the content.
    ///
    /// Redirects are handed back. The stream ends with a `CourierError` where the time or the bytes
    /// run out or the connection breaks, and with `IdentityError` where too many are read already;
    /// leaving it ends the transfer.
    public func stream(
        _ request: OutboundRequest,
        limits: StreamLimits
    ) -> AsyncThrowingStream<OutboundPart, any Error> {
        AsyncThrowingStream { continuation in
            let sink = TransferSink { continuation.yield($0) }
            continuation.onTermination = { _ in sink.close() }
            streamWorkers.start({
                let address = try OutboundAddress(request.url)
                _ = try self.transfer(request, to: address, streaming: (sink, limits))
            }) { result in
                switch result {
                case .success: continuation.finish()
                case .failure(let error): continuation.finish(throwing: error)
                }
            }
        }
    }

    /// Hands a message to the relay; returning means that the relay took it.
    public func send(_ message: MailMessage) async throws {
        guard let relay = settings.mailRelay else { throw CourierError(.noMailRelay, context: "") }
        let rendered = try message.rendered()
        try await workers.run { try self.deliver(message, rendered, to: relay) }
    }

    private func follow(_ request: OutboundRequest) throws(CourierError) -> OutboundResponse {
        var request = request
        var address = try OutboundAddress(request.url)
        var redirectCount = 0
        while true {
            let response = try transfer(request, to: address)
            guard request.maximumRedirectCount > 0, (300..<400).contains(response.status),
                let location = response["location"], ["GET", "HEAD"].contains(request.method)
            else { return response }
            redirectCount += 1
            let next = try OutboundAddress(location, relativeTo: address)
            guard redirectCount <= request.maximumRedirectCount,
                next.scheme == "https" || address.scheme == "http"
            else {
                throw CourierError(.redirectRefused, context: "\(address.origin) to \(next.origin)")
            }
            if next.origin != address.origin {
                // What was meant for one origin is not shown to another.
                request.fields.removeAll {
                    ["authorization", "cookie"].contains($0.name.lowercased())
                }
            }
            address = next
        }
    }

    private func transfer(
        _ request: OutboundRequest,
        to address: OutboundAddress,
        streaming: (sink: TransferSink, limits: StreamLimits)? = nil
    ) throws(CourierError) -> OutboundResponse {
        let pinned = try addressGuard.addresses(of: address)
        let transfer = try Transfer(
            maximumBodyByteCount: streaming?.limits.maximumByteCount
                ?? settings.maximumBodyByteCount,
            sink: streaming?.sink
        )
        try configure(transfer, url: address.url, protocols: "http,https")
        if let limits = streaming?.limits {
            try transfer.set(CURLOPT_TIMEOUT, limits.totalSeconds)
            // Less than a byte a second for so long is silence.
            try transfer.set(CURLOPT_LOW_SPEED_LIMIT, 1)
            try transfer.set(CURLOPT_LOW_SPEED_TIME, limits.silenceSeconds)
        }
        if IPAddress(address.host) == nil {
            let list = pinned.map { $0.bytes.count == 4 ? $0.text : "[\($0.text)]" }
            try transfer.set(
                CURLOPT_RESOLVE,
                ["\(address.host):\(address.port):\(list.joined(separator: ","))"]
            )
        }
        try transfer.set(CURLOPT_FOLLOWLOCATION, 0)
        try transfer.set(
            CURLOPT_HTTPHEADER,
            ["Expect:"] + (try request.fields.map(Courier.line))
        )
        if let body = request.body { try transfer.setContent(body) }
        if request.method == "HEAD" {
            try transfer.set(CURLOPT_NOBODY, 1)
        } else {
            guard !request.method.isEmpty,
                request.method.utf8.allSatisfy({ (65...90).contains($0) })
            else { throw CourierError(.malformed, context: "method") }
            try transfer.set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        let status = try transfer.perform(allowsPrivate: addressGuard.allowsPrivate(address))
        return OutboundResponse(status: status, fields: transfer.fields, body: transfer.body)
    }

    private func deliver(
        _ message: MailMessage,
        _ rendered: [UInt8],
        to relay: MailRelay
    ) throws(CourierError) {
        let transfer = try Transfer(maximumBodyByteCount: settings.maximumBodyByteCount)
        try configure(transfer, url: relay.url, protocols: "smtp,smtps")
        let security = relay.requiresTLS ? CURLUSESSL_ALL : CURLUSESSL_TRY
        try transfer.set(CURLOPT_USE_SSL, Int(security.rawValue))
        if let username = relay.username {
            try transfer.set(CURLOPT_USERNAME, username)
            try transfer.set(CURLOPT_PASSWORD, relay.password ?? "")
        }
        try transfer.set(CURLOPT_MAIL_FROM, "<\(message.from.address)>")
        try transfer.set(CURLOPT_MAIL_RCPT, message.to.map { "<\($0.address)>" })
        try transfer.setUpload(rendered)
        // The relay is the administrator's choice, not a visitor's: it may well stand in the house.
        do {
            _ = try transfer.perform(allowsPrivate: true)
        } catch {
            let status = transfer.lastStatus
            // 53x is about the house's own sign-in at the relay (RFC 4954 §6), not about the message.
            let isRefusal = (500..<600).contains(status) && !(530..<540).contains(status)
            guard error.code == .transferFailed, isRefusal else { throw error }
            throw CourierError(.refusedByRelay, context: "\(status)")
        }
    }

    private func configure(
        _ transfer: Transfer,
        url: String,
        protocols: String
    ) throws(CourierError) {
        try transfer.set(CURLOPT_URL, url)
        try transfer.set(CURLOPT_PROTOCOLS_STR, protocols)
        try transfer.set(CURLOPT_NOSIGNAL, 1)
        try transfer.set(CURLOPT_PROXY, "")
        try transfer.set(CURLOPT_USERAGENT, "haechi")
        try transfer.set(CURLOPT_CONNECTTIMEOUT, settings.connectTimeoutSeconds)
        try transfer.set(CURLOPT_TIMEOUT, settings.totalTimeoutSeconds)
    }

    private static func line(_ field: HeaderField) throws(CourierError) -> String {
        let isName =
            !field.name.isEmpty
            && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        guard isName else { throw CourierError(.malformed, context: "field name") }
        // libcurl leaves out a field without a value, unless it ends in a semicolon.
        return field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
    }
}
