#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The natural logarithm.
func naturalLogarithm(_ value: Double) -> Double {
    log(value)
}

/// e to a power.
func exponential(_ value: Double) -> Double {
    exp(value)
}

/// Files as bytes, without Foundation.
enum SystemFile {
    /// Maps a file into memory, read-only; nothing where it cannot be opened, an empty region never.
    static func map(_ path: String) -> UnsafeRawBufferPointer? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
        let count = Int(status.st_size)
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            start != UnsafeMutableRawPointer(bitPattern: -1)
        else { return nil }
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    /// Gives a mapped region back.
    static func unmap(_ region: UnsafeRawBufferPointer) {
        guard let start = region.baseAddress else { return }
        munmap(UnsafeMutableRawPointer(mutating: start), region.count)
    }

    /// Writes bytes beside a path, then renames: a reader sees the old file or the new one, whole.
    static func replace(_ path: String, with bytes: [UInt8]) -> Bool {
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { return false }
        var written = 0
        let isWhole = bytes.withUnsafeBytes { bytes in
            while written < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                let count = write(descriptor, rest.baseAddress, rest.count)
                guard count > 0 else { return false }
                written += count
            }
            return fsync(descriptor) == 0
        }
        guard close(descriptor) == 0, isWhole, rename(temporary, path) == 0 else {
            unlink(temporary)
            return false
        }
        return true
    }
}
