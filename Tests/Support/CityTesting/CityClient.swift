public import Basics
public import Hosting
import HTTPTypes
public import Hummingbird
public import Identity
import Store
import Logging
import NIOCore
import NIOEmbedded
import Web
import Foundation

/// A city in this process, on its own temporary store, asked without a socket.
public struct CityClient: Sendable {
    /// An answer.
    public struct Answer: Sendable {
        /// The status.
        public let status: Int
        /// The header fields.
        public let headers: HTTPFields
        /// The content.
        public let body: String

        /// The value of a hidden form field, such as `_token`.
        public func hidden(_ name: String) -> String? {
            let marker = "name=\"\(name)\" value=\""
            guard let start = body.range(of: marker) else { return nil }
            return String(body[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    /// The city.
    public let city: City
    /// The password of every sample account.
    public static let password = SampleSignIn.password
    private let cookies: [String: String]
    private let responder: AnyResponder

    private struct AnyResponder: Sendable {
        let respond: @Sendable (Request, CityRequestContext) async throws -> Response
    }

    private init(city: City, cookies: [String: String], responder: AnyResponder) {
        self.city = city
        self.cookies = cookies
        self.responder = responder
    }

    static let silentLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func settings(of folder: URL, _ more: [String: String]) async throws -> Settings {
        try await Settings.load(
            flags: ["data": folder.path, "requestsPerSecond": "0"].merging(more) { $1 },
            environment: [:],
            file: nil
        )
    }

    /// Opens a city of these rooms on a new temporary store, gives it to a body and removes it.
    public static func with<Value>(
        _ composition: CityComposition,
        sample: Bool = true,
        now: Instant = Instant(millisecondsSinceEpoch: 1_674_572_400_000),
        time: TimeSource? = nil,
        settings more: [String: String] = [:],
        providerFetcher: (any HTTPFetcher)? = nil,
        _ body: (CityClient) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "haechi-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let time = time ?? .fixed(now)
        if sample {
            try await SampleTemplates.shared.copy(
                composition,
                now: time.now(),
                settings: more,
                to: folder
            )
        }
        let city = try await composition.open(
            settings: try await settings(of: folder, more),
            wantsSample: sample,
            time: time,
            logger: silentLogger,
            providerFetcher: providerFetcher
        )
        let responder = city.responder()
        let client = CityClient(
            city: city,
            cookies: [:],
            responder: AnyResponder { try await responder.respond(to: $0, context: $1) }
        )
        do {
            let value = try await body(client)
            try await city.platform.store.close()
            return value
        } catch {
            try? await city.platform.store.close()
            throw error
        }
    }

    /// The cookie of the session, where the client has signed in.
    public var sessionCookie: String? { cookies["haechi-session"] }

    /// The same city with a cookie.
    public func with(cookie name: String, _ value: String) -> CityClient {
        var cookies = cookies
        cookies[name] = value
        return CityClient(city: city, cookies: cookies, responder: responder)
    }

    /// The same city as a person who signed in.
    public func signedIn(as login: String) async throws -> CityClient {
        let answer = try await post(
            "/sign-in",
            ["login": login, "password": CityClient.password]
        )
        let cookie = answer.headers[.setCookie]?.prefix { $0 != ";" } ?? ""
        let parts = cookie.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { throw NotSignedIn(login: login, status: answer.status) }
        return with(cookie: String(parts[0]), String(parts[1]))
    }

    /// Asks for a page.
    public func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await ask(.get, path, headers: headers, body: [])
    }

    /// Sends a form.
    public func post(
        _ path: String,
        _ fields: KeyValuePairs<String, String>,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        let body = fields.map { "\(encoded($0.key))=\(encoded($0.value))" }
            .joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await ask(.post, path, headers: headers, body: Array(body.utf8))
    }

    /// Sends a form with the token of a page of this session.
    public func submit(
        _ path: String,
        from page: String,
        _ fields: KeyValuePairs<String, String>
    ) async throws -> Answer {
        let token = try await get(page).hidden("_token") ?? ""
        let all = fields.map { ($0.key, $0.value) } + [("_token", token)]
        let body = all.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return try await ask(
            .post,
            path,
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: Array(body.utf8)
        )
    }

    /// Sends a form with one file and the token of a page of this session (RFC 7578).
    public func upload(
        _ path: String,
        from page: String,
        _ fields: KeyValuePairs<String, String>,
        file: (name: String, content: String)
    ) async throws -> Answer {
        try await upload(path, from: page, fields, file: (file.name, Array(file.content.utf8)))
    }

    /// Submits a form with a file of any bytes, with the token of the page it stands on.
    public func upload(
        _ path: String,
        from page: String,
        _ fields: KeyValuePairs<String, String>,
        file: (name: String, bytes: [UInt8])
    ) async throws -> Answer {
        let token = try await get(page).hidden("_token") ?? ""
        let boundary = "city-testing-boundary"
        var body = ""
        for (name, value) in fields.map({ ($0.key, $0.value) }) + [("_token", token)] {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
            body += "\(value)\r\n"
        }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; "
        body += "filename=\"\(file.name)\"\r\n\r\n"
        return try await ask(
            .post,
            path,
            headers: [.contentType: "multipart/form-data; boundary=\(boundary)"],
            body: Array(body.utf8) + file.bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        )
    }

    /// Sends a request.
    public func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields,
        body: [UInt8]
    ) async throws -> Answer {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted()
                .joined(separator: "; ")
        }
        if !body.isEmpty { headers[.contentLength] = "\(body.count)" }
        let request = Request(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: "localhost",
                path: path,
                headerFields: headers
            ),
            body: .init(buffer: ByteBuffer(bytes: body))
        )
        let context = CityRequestContext(
            source: ApplicationRequestContextSource(
                channel: EmbeddedChannel(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        let response = try await responder.respond(request, context)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(
            status: response.status.code,
            headers: response.headers,
            body: String(buffer: collector.buffer)
        )
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

/// Collects what a response writes.
private final class Collector: ResponseBodyWriter {
    var buffer = ByteBuffer()
    func write(_ part: ByteBuffer) async throws {
        var part = part
        buffer.writeBuffer(&part)
    }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// A sample person who could not sign in, so that a test says who.
private struct NotSignedIn: Error {
    let login: String
    let status: Int
}
