import Basics
public import HTTPTypes

/// An answer.
public struct Outgoing: Sendable {
    /// What the answer carries.
    public enum Body: Sendable {
        /// Bytes in memory.
        case bytes([UInt8])
        /// Bytes written one piece after another, for downloads of any size.
        case stream(
            @Sendable (_ write: (sending [UInt8]) async throws -> Void) async throws -> Void
        )
    }

    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields.
    public var headers: HTTPFields
    /// The content.
    public var body: Body
    /// How long a shared cache may keep the answer; nil where it is the person's own.
    public var cache: CachePolicy

    /// How an answer may be kept by browsers and caches (RFC 9111).
    public enum CachePolicy: Sendable, Hashable {
        /// Kept, but checked with the server by its ETag each time.
        case revalidate
        /// Never kept: it shows a person's data.
        case never
        /// Kept for ever: its address changes with its content.
        case immutable
    }

    /// Creates an answer.
    public init(
        _ status: HTTPResponse.Status = .ok,
        contentType: String,
        body: Body,
        cache: CachePolicy = .revalidate
    ) {
        self.status = status
        headers = [.contentType: contentType]
        self.body = body
        self.cache = cache
    }

    /// An answer of text.
    public static func text(
        _ text: String,
        contentType: String = "text/plain; charset=utf-8",
        status: HTTPResponse.Status = .ok
    ) -> Outgoing {
        Outgoing(status, contentType: contentType, body: .bytes(Array(text.utf8)))
    }

    /// A value as JSON with sorted keys.
    public static func json(_ value: some Encodable) throws -> Outgoing {
        Outgoing(contentType: "application/json", body: .bytes(try JSONText.bytes(value)))
    }

    /// A stream of server-sent events (HTML Living Standard §9.2), each handed on as it is written.
    public static func events(
        _ write:
            @escaping @Sendable (_ send: (EventText) async throws -> Void) async throws ->
            Void
    ) -> Outgoing {
        var outgoing = Outgoing(
            contentType: "text/event-stream; charset=utf-8",
            body: .stream { output in
                try await write { try await output(Array($0.text.utf8)) }
            },
            cache: .never
        )
        // A proxy that collects the answer would hold every event back to the end.
        outgoing.headers[.accelBuffering] = "no"
        return outgoing
    }

    /// Sends the browser to another page after a form was taken (RFC 9110 §15.4.4).
    public static func seeOther(_ link: Link) -> Outgoing {
        var outgoing = Outgoing(
            .seeOther,
            contentType: "text/plain; charset=utf-8",
            body: .bytes([]),
            cache: .never
        )
        outgoing.headers[.location] = link.target
        return outgoing
    }

    /// Sends the browser to a sign-in provider whose address the program built itself.
    public static func redirect(toProvider address: String) -> Outgoing {
        var outgoing = Outgoing(
            .seeOther,
            contentType: "text/plain; charset=utf-8",
            body: .bytes([]),
            cache: .never
        )
        outgoing.headers[.location] = address
        return outgoing
    }

    /// A file to keep, under a name that may be Korean (RFC 6266 §4.3).
    public static func download(fileName: String, contentType: String, body: Body) -> Outgoing {
        var outgoing = Outgoing(contentType: contentType, body: body)
        let plain = String(
            fileName.unicodeScalars.map { scalar in
                scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
                    ? Character(scalar) : "_"
            }
        )
        outgoing.headers[.contentDisposition] =
            "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Link.encoded(fileName))"
        return outgoing
    }

    /// The answer with a cookie set.
    public func settingCookie(_ cookie: SetCookie) -> Outgoing {
        var copy = self
        copy.headers.append(HTTPField(name: .setCookie, value: cookie.value))
        return copy
    }
}

/// One event of a stream, as it is written (HTML Living Standard §9.2).
public struct EventText: Sendable, Hashable {
    /// The text of the event with the empty line that ends it.
    public let text: String

    /// An event with a name, or of the type `message`; its data may have several lines.
    public init(_ name: String? = nil, data: String) {
        let lines = data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        text =
            (name.map { "event: \($0)\n" } ?? "") + lines.map { "data: \($0)\n" }.joined() + "\n"
    }

    private init(text: String) {
        self.text = text
    }

    /// Says nothing, and keeps the connection from being taken for a dead one.
    public static let heartbeat = EventText(text: ":\n\n")
}

/// A cookie to set (RFC 6265).
public struct SetCookie: Sendable, Hashable {
    /// The value of the `Set-Cookie` field.
    public let value: String

    /// A cookie of this whole site that scripts cannot read.
    ///
    /// - Parameters:
    ///   - name: The name; `__Host-` where the connection is secure.
    ///   - content: The content; the caller keeps it to RFC 6265 octets.
    ///   - maximumAgeSeconds: How long it lives; nil for this browser session, 0 to remove it.
    ///   - isSecure: Whether it is sent over TLS only.
    public init(name: String, content: String, maximumAgeSeconds: Int?, isSecure: Bool) {
        var text = "\(name)=\(content); Path=/; HttpOnly; SameSite=Lax"
        if let maximumAgeSeconds { text += "; Max-Age=\(maximumAgeSeconds)" }
        if isSecure { text += "; Secure" }
        value = text
    }
}
