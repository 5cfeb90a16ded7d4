import Glibc

/// Folders by the calls of the system, for the rooms that keep files of their own.
public enum SystemFolder {
    /// A call that the system refused.
    public struct Failure: Error, Hashable, Sendable {
        /// The number of the error (`errno`).
        public let number: Int32
        /// The folder.
        public let path: String
    }

    /// The names in a folder, sorted, without `.` and `..`.
    public static func names(in path: String) throws(Failure) -> [String] {
        guard let directory = opendir(path) else { throw Failure(number: errno, path: path) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes a folder, and those above it that are missing, for its owner only.
    public static func make(_ path: String) throws(Failure) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw Failure(number: errno, path: path)
        }
        try make(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw Failure(number: errno, path: path)
        }
    }

    /// Makes the names in a folder safe against a power cut.
    public static func synchronize(_ path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(number: errno, path: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure(number: errno, path: path) }
    }
}
