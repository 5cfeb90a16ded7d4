import Basics
import Glibc

/// The few calls to the file system that the archive needs; what is written is on the disk before it
/// counts.
enum ArchiveFiles {
    static func makeFolder(_ path: String) throws {
        do { try SystemFolder.make(path) } catch { throw failure(error.path, error.number) }
    }

    /// The names in a folder, sorted; nothing where there is none.
    static func names(in folder: String) -> [String] {
        (try? SystemFolder.names(in: folder)) ?? []
    }

    static func size(_ path: String) -> Int? {
        var information = stat()
        return stat(path, &information) == 0 ? Int(information.st_size) : nil
    }

    /// Writes a small file whole, or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = path + ".partial"
        unlink(partial)
        let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        try put(bytes, into: file, path)
        guard fsync(file) == 0, rename(partial, path) == 0 else { throw failure(path) }
        try syncFolder(of: path)
    }

    static func read(_ path: String, at offset: Int = 0, count: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let start = buffer.baseAddress?.advanced(by: filled)
                let got = pread(file, start, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw failure(path) }
                if got == 0 { return }
                filled += got
            }
        }
    }

    /// Adds to a file after its first `length` bytes; what stood behind them was never finished.
    static func append(_ bytes: [UInt8], to path: String, after length: Int) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var information = stat()
        let isWhole = fstat(file, &information) == 0 && Int(information.st_size) == length
        guard isWhole || ftruncate(file, off_t(length)) == 0, lseek(file, 0, SEEK_END) >= 0 else {
            throw failure(path)
        }
        do {
            try put(bytes, into: file, path)
        } catch {
            // A full disk leaves no half of a picture behind.
            _ = ftruncate(file, off_t(length))
            throw error
        }
    }

    /// Overwrites a key and removes it: what it sealed is unreadable from here on.
    static func shred(_ path: String) throws {
        guard let size = size(path) else { return }
        let file = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        try put([UInt8](repeating: 0, count: size), into: file, path)
        guard fsync(file) == 0, unlink(path) == 0 else { throw failure(path) }
        try syncFolder(of: path)
    }

    /// Removes a folder of files.
    static func removeFolder(_ path: String) throws {
        for name in names(in: path) { unlink("\(path)/\(name)") }
        guard rmdir(path) == 0 || errno == ENOENT else { throw failure(path) }
        try syncFolder(of: path)
    }

    private static func put(_ bytes: [UInt8], into file: Int32, _ path: String) throws {
        try bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let start = buffer.baseAddress?.advanced(by: written)
                let count = Glibc.write(file, start, buffer.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure(path) }
                written += count
            }
        }
    }

    private static func syncFolder(of path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        do { try SystemFolder.synchronize(folder) } catch { throw failure(folder, error.number) }
    }

    private static func failure(_ path: String, _ number: Int32 = errno) -> FootageError {
        let context = "\(path): \(String(cString: strerror(number)))"
        return [ENOSPC, EDQUOT].contains(number) ? .diskFull(context) : .archive(context)
    }
}
