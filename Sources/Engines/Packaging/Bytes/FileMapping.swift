#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A file that lies in memory for as long as this lives; the kernel fetches and drops its pages.
///
/// A file that others cut short while it is mapped stops the process when the missing part is read:
/// only files that are replaced by renaming a new one over them are mapped.
public final class FileMapping: Sendable {
    /// The bytes of the file; they are there as long as this is.
    public nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    /// Maps a file, read-only.
    ///
    /// - Throws: `PackagingError` `unreadable`, for an empty file too.
    public init(_ file: FileBytes) throws {
        guard file.size > 0 else { throw FileBytes.unreadable(file.path, EINVAL) }
        let base = mmap(nil, file.size, PROT_READ, MAP_PRIVATE, file.descriptor, 0)
        guard let base, base != MAP_FAILED else { throw FileBytes.unreadable(file.path, errno) }
        bytes = UnsafeRawBufferPointer(start: base, count: file.size)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}
