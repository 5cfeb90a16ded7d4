import Dispatch
import Glibc
public import Identity
import Synchronization

/// A server on the loopback interface with a scripted answer to each request or line.
public final class LocalServer: Sendable {
    /// A step of an answer.
    public enum Step: Sendable, Hashable {
        /// Sends bytes.
        case bytes([UInt8])
        /// Sends the same bytes for as long as they are taken.
        case endless([UInt8])
        /// Says nothing until the other end leaves.
        case silence

        /// Sends text.
        public static func text(_ text: String) -> Step { .bytes(Array(text.utf8)) }
    }

    /// The server could not be set up.
    public struct Failure: Error {}

    /// Where it listens.
    public let port: Int
    private let socket: Int32
    private let log = Log()

    private final class Log: Sendable {
        let requests = Mutex<[String]>([])
    }

    /// What it was asked, in its order.
    public var requests: [String] { log.requests.withLock { $0 } }
    /// Its address.
    public var url: String { "http://127.0.0.1:\(port)" }
    /// Settings of a courier that may reach it.
    public var settings: CourierSettings {
        var settings = CourierSettings()
        settings.allowedPrivateHosts = ["127.0.0.1:\(port)"]
        return settings
    }

    /// A web server; with a greeting, a server that speaks line by line until a QUIT.
    public convenience init(
        greeting: String? = nil,
        answer: @escaping @Sendable (String) -> String
    ) throws {
        try self.init(greeting, { [.text(answer($0))] })
    }

    /// A web server that answers step by step.
    public convenience init(steps: @escaping @Sendable (String) -> [Step]) throws {
        try self.init(nil, steps)
    }

    private init(_ greeting: String?, _ answer: @escaping @Sendable (String) -> [Step]) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = socket
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound, listen(socket, 8) == 0 else { throw Failure() }
        port = Int(UInt16(bigEndian: address.sin_port))
        // The thread holds the descriptor and the log, not the server, so that it ends with the test.
        DispatchQueue(label: "server").async { [log] in
            while case let connection = accept(descriptor, nil, nil), connection >= 0 {
                LocalServer.serve(connection, greeting, answer, log)
                close(connection)
            }
            close(descriptor)
        }
    }

    deinit { shutdown(socket, Int32(SHUT_RDWR)) }

    /// A whole answer.
    public static func answer(_ status: Int, _ fields: [String], _ body: String) -> String {
        (["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)", "Connection: close"]
            + fields)
            .joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    private static func serve(
        _ connection: Int32,
        _ greeting: String?,
        _ answer: (String) -> [Step],
        _ log: Log
    ) {
        func say(_ bytes: [UInt8]) -> Bool {
            send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }
        func take(_ step: Step) {
            switch step {
            case .bytes(let bytes): _ = say(bytes)
            case .endless(let bytes): while say(bytes) {}
            case .silence:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
            }
        }
        if let greeting { take(.text(greeting)) }
        var text = ""
        var isMail = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(connection, &buffer, buffer.count, 0), count > 0 {
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
            let isWhole = greeting == nil || text.hasSuffix(isMail ? "\r\n.\r\n" : "\r\n")
            guard isWhole, greeting != nil || LocalServer.isWhole(text) else { continue }
            log.requests.withLock { $0.append(text) }
            for step in answer(isMail ? "." : text) { take(step) }
            if greeting == nil || text.uppercased().hasPrefix("QUIT") { return }
            isMail = text.hasPrefix("DATA")
            text = ""
        }
    }

    private static func isWhole(_ request: String) -> Bool {
        guard let end = request.firstRange(of: "\r\n\r\n")?.upperBound else { return false }
        let length = request.lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) }
        return request[end...].utf8.count >= length ?? 0
    }
}
