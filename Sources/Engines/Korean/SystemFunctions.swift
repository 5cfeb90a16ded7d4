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
