import Basics
import Glibc

/// A file a command writes: made beside its place and moved there when it is whole, so that a
/// command that is stopped leaves no half of a file.
public final class CommandFile {
    private let path: String?
    private let descriptor: Int32

    private var temporaryPath: String { (path ?? "") + ".part" }

    /// Opens a file for writing; nil and `-` are standard output.
    public init(_ path: String?) throws {
        guard let path, path != "-" else {
            self.path = nil
            descriptor = STDOUT_FILENO
            return
        }
        self.path = path
        descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.unwritable(path) }
    }

    /// Writes bytes.
    public func write(_ bytes: [UInt8]) throws {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.unwritable(path ?? "-") }
            start += count
        }
    }

    /// Ends the file and puts it in its place.
    public func close() throws {
        guard let path else { return }
        guard fsync(descriptor) == 0, Glibc.close(descriptor) == 0,
            rename(temporaryPath, path) == 0
        else { throw Self.unwritable(path) }
    }

    private static func unwritable(_ path: String) -> CommandOutcome {
        let reason = String(cString: strerror(errno))
        return .refused(
            Bilingual("쓸 수 없습니다: \(path) (\(reason))", "Cannot be written: \(path) (\(reason))")
        )
    }
}
