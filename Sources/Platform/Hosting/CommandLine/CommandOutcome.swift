public import ArgumentParser
public import Basics
import FoundationEssentials
import Glibc

/// How a command ended, beyond "done" (0).
public enum CommandOutcome: Error, Sendable, Hashable {
    /// Done, and the input had faults that the output names: exit 1.
    case doneWithFaults
    /// Could not be done: exit 2, with the message on standard error.
    case refused(Bilingual)
}

/// The form of a command's output.
public enum OutputFormat: String, ExpressibleByArgument, Sendable, CaseIterable {
    /// For people.
    case text
    /// For programs: stable lowerCamelCase keys.
    case json
}

extension Language: ExpressibleByArgument {}

extension LocalDate: ExpressibleByArgument {
    /// Reads a day as `2026-11-02`.
    public init?(argument: String) {
        guard let date = LocalDate(iso: argument) else { return nil }
        self = date
    }
}

/// Options that every verb takes.
public struct CommonOptions: ParsableArguments {
    /// The language of the output; by the locale where not given.
    @Option(name: .customLong("lang"), help: "Language of the output: ko or en.")
    public var chosenLanguage: Language?

    /// Creates the options as nobody gave them.
    public init() {}

    /// The language of the output.
    public var language: Language { chosenLanguage ?? Terminal.localeLanguage }
}

/// The terminal a command talks to.
public enum Terminal {
    /// Korean where the locale says so, English elsewhere.
    public static var localeLanguage: Language {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }
            .first { !$0.isEmpty }
        return locale?.hasPrefix("ko") == true ? .korean : .english
    }

    /// Writes to standard output, whole; a closed pipe ends the program quietly.
    public static func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Writes bytes to standard output.
    public static func write(_ bytes: [UInt8]) {
        write(bytes, to: STDOUT_FILENO)
    }

    /// Writes a line to standard error.
    public static func complain(_ line: String) {
        write(Array((line + "\n").utf8), to: STDERR_FILENO)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                return
            }
            start += count
        }
    }
}

/// Files a command reads; `-` is standard input.
public enum CommandInput {
    /// The largest file a command reads whole, in bytes.
    public static let maximumByteCount = 4 << 30

    /// Bytes that are read at once.
    public static let pieceByteCount = 1 << 20

    /// The bytes of a file or of standard input.
    public static func bytes(_ path: String) throws -> [UInt8] {
        let source = try Source(path)
        var bytes: [UInt8] = []
        while true {
            let piece = try source.piece()
            if piece.isEmpty { return bytes }
            guard bytes.count + piece.count <= maximumByteCount else {
                throw CommandOutcome.refused(
                    Bilingual("파일이 너무 큽니다: \(path)", "The file is too large: \(path)")
                )
            }
            bytes += piece
        }
    }

    /// The bytes of a file or of standard input, piece by piece.
    public static func pieces(_ path: String) throws -> AsyncThrowingStream<[UInt8], any Error> {
        let source = try Source(path)
        return AsyncThrowingStream {
            let piece = try source.piece()
            return piece.isEmpty ? nil : piece
        }
    }

    /// A file that is open for as long as this lives, or standard input.
    public final class Source: Sendable {
        /// What it is read by.
        public let descriptor: Int32
        private let path: String

        /// Opens a file; `-` is standard input.
        ///
        /// - Throws: `CommandOutcome.refused` where it cannot be read.
        public init(_ path: String) throws {
            self.path = path
            descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Self.unreadable(path) }
        }

        deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

        /// The next bytes; none at the end.
        func piece() throws -> [UInt8] {
            try [UInt8](unsafeUninitializedCapacity: CommandInput.pieceByteCount) {
                buffer,
                filled in
                while true {
                    let count = read(descriptor, buffer.baseAddress, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    guard count >= 0 else { throw Self.unreadable(path) }
                    filled = count
                    return
                }
            }
        }

        private static func unreadable(_ path: String) -> CommandOutcome {
            let reason = String(cString: strerror(errno))
            return .refused(
                Bilingual(
                    "읽을 수 없습니다: \(path) (\(reason))",
                    "Cannot be read: \(path) (\(reason))"
                )
            )
        }
    }
}
