import Basics
import FoundationEssentials
import Glibc

/// Asks a running server through its admin socket.
enum AdminClient {
    /// The longest answer read, in bytes.
    static let maximumAnswerByteCount = 1 << 20

    /// What the server answered, or nil where none is running on the folder.
    static func ask(
        _ verb: StoreWork.Verb,
        argument: String,
        folder: String
    ) throws -> StoreWork.Result? {
        guard let descriptor = connect(to: AdminSocket.path(in: folder)) else { return nil }
        defer { close(descriptor) }
        let body = Array(argument.utf8)
        let head =
            "POST /\(verb.rawValue) HTTP/1.1\r\nHost: admin\r\nConnection: close\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        guard send(Array(head.utf8) + body, to: descriptor) else { return nil }
        let answer = receive(from: descriptor)
        guard let start = bodyStart(of: answer) else { return nil }
        return try JSONDecoder().decode(StoreWork.Result.self, from: Data(answer[start...]))
    }

    /// Whether a server listens in a data folder.
    static func isServerRunning(on folder: String) -> Bool {
        guard let descriptor = connect(to: AdminSocket.path(in: folder)) else { return false }
        close(descriptor)
        return true
    }

    private static func connect(to path: String) -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }

    private static func receive(from descriptor: Int32) -> [UInt8] {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while answer.count < maximumAnswerByteCount {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }

    private static func bodyStart(of answer: [UInt8]) -> Int? {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        return answer.indices.first { answer[$0...].starts(with: end) }.map { $0 + end.count }
    }
}
