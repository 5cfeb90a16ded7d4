import Glibc

/// Bytes that never change and stay where they are for as long as this lives: a mapped file, whose
/// pages the kernel fetches and drops, or a copy.
///
/// A file that others cut short while it is mapped stops the process when the missing part is read:
/// only files that are replaced by renaming a new one over them, or grow, are mapped.
public final class FlatMemory: Sendable {
    /// What a copy begins at, in bytes: a line of a processor's cache.
    public static let alignment = 64

    /// The bytes; they are there as long as this is.
    public nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// Copies bytes.
    public init(copying source: UnsafeRawBufferPointer) {
        let copy = UnsafeMutableRawBufferPointer.allocate(
            byteCount: source.count,
            alignment: FlatMemory.alignment
        )
        copy.copyMemory(from: source)
        bytes = UnsafeRawBufferPointer(copy)
        isMapped = false
    }

    /// Maps a file, read-only; nothing, with the reason in `errno`, where it cannot be read or is empty.
    public convenience init?(mapping path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(mapping: descriptor, count: Int(status.st_size))
    }

    /// Maps an open file of a size, read-only; nothing, with the reason in `errno`, where that fails.
    public init?(mapping descriptor: Int32, count: Int) {
        // An empty region cannot be mapped: EINVAL.
        guard let base = mmap(nil, max(count, 0), PROT_READ, MAP_SHARED, descriptor, 0),
            base != MAP_FAILED
        else { return nil }
        bytes = UnsafeRawBufferPointer(start: base, count: count)
        isMapped = true
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        } else {
            bytes.deallocate()
        }
    }
}
