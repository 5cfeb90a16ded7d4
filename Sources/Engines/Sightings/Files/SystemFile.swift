import Basics
import Glibc

/// Files and folders by the calls of the system, without Foundation.
enum SystemFile {
    static func unreadable(_ path: String, _ number: Int32 = errno) -> SightingsError {
        SightingsError(
            .unreadable,
            Bilingual("파일을 읽을 수 없습니다: \(path)", "The file cannot be read: \(path)"),
            context: "\(path): errno \(number)"
        )
    }

    static func unwritable(_ path: String, _ number: Int32 = errno) -> SightingsError {
        let isFull = number == ENOSPC || number == EDQUOT
        return SightingsError(
            .unwritable,
            isFull
                ? Bilingual("저장 공간이 가득 찼습니다: \(path)", "The disk is full: \(path)")
                : Bilingual("파일에 쓸 수 없습니다: \(path)", "The file cannot be written: \(path)"),
            context: "\(path): errno \(number)"
        )
    }

    /// The names in a folder, in order.
    static func names(in folder: String) throws -> [String] {
        do {
            return try SystemFolder.names(in: folder)
        } catch {
            throw unreadable(folder, error.number)
        }
    }

    /// Makes a folder, and those above it that are missing, for its owner only.
    static func makeFolder(_ path: String) throws {
        do { try SystemFolder.make(path) } catch { throw unwritable(error.path, error.number) }
    }

    /// Removes a folder and the files in it; there are no folders within.
    static func removeFolder(_ path: String) throws {
        for name in try names(in: path) {
            guard unlink("\(path)/\(name)") == 0 else { throw unwritable("\(path)/\(name)") }
        }
        guard rmdir(path) == 0 else { throw unwritable(path) }
    }

    /// Makes the names in a folder safe against a power cut.
    static func synchronizeFolder(_ path: String) throws {
        do { try SystemFolder.synchronize(path) } catch { throw unwritable(path, error.number) }
    }

    /// The length of a file; nothing where there is none.
    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}

/// A file open for reading or writing at any place, closed with this value.
struct OpenFile: ~Copyable {
    let path: String
    let descriptor: Int32

    enum Mode { case reading, writing, creating }

    init(_ path: String, _ mode: Mode) throws {
        self.path = path
        let flags =
            switch mode {
            case .reading: O_RDONLY
            case .writing: O_RDWR
            case .creating: O_RDWR | O_CREAT | O_TRUNC
            }
        descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw mode == .reading
                ? SystemFile.unreadable(path) : SystemFile.unwritable(path)
        }
    }

    deinit { close(descriptor) }

    var count: Int {
        get throws {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw SystemFile.unreadable(path) }
            return Int(status.st_size)
        }
    }

    /// Reads as many bytes as there are, up to the buffer's length.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        var done = 0
        while done < buffer.count {
            guard let base = buffer.baseAddress else { break }
            let count = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SystemFile.unreadable(path) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The bytes from an offset; fewer than asked for at the end of the file.
    func bytes(_ count: Int, at offset: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = try bytes.withUnsafeMutableBytes { try read(into: $0, at: offset) }
        bytes.removeLast(count - done)
        return bytes
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            guard let base = bytes.baseAddress else { break }
            let count = pwrite(descriptor, base + done, bytes.count - done, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SystemFile.unwritable(path) }
            done += count
        }
    }

    func truncate(to count: Int) throws {
        guard ftruncate(descriptor, off_t(count)) == 0 else { throw SystemFile.unwritable(path) }
    }

    /// Makes what was written safe against a power cut.
    func synchronize() throws {
        guard fdatasync(descriptor) == 0 else { throw SystemFile.unwritable(path) }
    }

    /// Tells the kernel that nobody will read the file soon: its pages would only stand in the way
    /// of removing it.
    func forgetPages() { posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }
}
