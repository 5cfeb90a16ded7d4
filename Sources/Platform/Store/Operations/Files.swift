import Basics
internal import Glibc

/// The few calls to the file system that the store needs, each with a clear error.
enum Files {
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func makeFolder(_ path: String) throws {
        do {
            try SystemFolder.make(path)
        } catch {
            throw StoreError.system(error.number, path: error.path)
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// The size of a file in bytes, or nothing where there is none.
    static func size(_ path: String) -> Int? {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        return Int(information.st_size)
    }

    /// The bytes of all files in a folder and the folders in it.
    static func treeSize(_ path: String) -> Int {
        var information = stat()
        guard lstat(path, &information) == 0 else { return 0 }
        guard information.st_mode & S_IFMT == S_IFDIR else { return Int(information.st_size) }
        return names(in: path).reduce(0) { $0 + treeSize("\(path)/\($1)") }
    }

    /// The names in a folder, sorted; nothing where there is no such folder.
    static func names(in folder: String) -> [String] {
        (try? SystemFolder.names(in: folder)) ?? []
    }

    /// Makes a rename in a folder durable.
    static func syncFolder(_ path: String) throws {
        do {
            try SystemFolder.synchronize(path)
        } catch {
            throw StoreError.system(error.number, path: error.path)
        }
    }

    static func rename(_ from: String, _ to: String) throws {
        guard Glibc.rename(from, to) == 0 else { throw StoreError.system(errno, path: to) }
    }

    static func remove(_ path: String) {
        _ = unlink(path)
    }
}

/// An open file, closed with its last user.
final class FileHandle: Sendable {
    let path: String
    private let descriptor: Int32

    static func reading(_ path: String) throws -> FileHandle {
        try FileHandle(path, O_RDONLY)
    }

    /// A new file; an existing one is an error.
    static func creating(_ path: String) throws -> FileHandle {
        try FileHandle(path, O_WRONLY | O_CREAT | O_EXCL)
    }

    private init(_ path: String, _ flags: Int32) throws {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.system(errno, path: path) }
    }

    deinit {
        close(descriptor)
    }

    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = Glibc.write(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    buffer.count - written
                )
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw StoreError.system(errno, path: path) }
                written += count
            }
        }
    }

    /// Reads up to a number of bytes; empty at the end of the file.
    func read(at offset: Int, maximumCount: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: maximumCount) { buffer, count in
            count = 0
            while count < maximumCount {
                let got = pread(
                    descriptor,
                    buffer.baseAddress?.advanced(by: count),
                    maximumCount - count,
                    off_t(offset + count)
                )
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw StoreError.system(errno, path: path) }
                if got == 0 { break }
                count += got
            }
        }
    }

    func sync() throws {
        guard fsync(descriptor) == 0 else { throw StoreError.system(errno, path: path) }
    }
}

extension Files {
    /// Removes a folder with all that is in it; nothing happens where there is none.
    static func removeTree(_ path: String) throws {
        var information = stat()
        guard lstat(path, &information) == 0 else { return }
        guard information.st_mode & S_IFMT == S_IFDIR else { return remove(path) }
        for name in names(in: path) { try removeTree(path + "/" + name) }
        guard rmdir(path) == 0 else { throw StoreError.system(errno, path: path) }
    }
}
