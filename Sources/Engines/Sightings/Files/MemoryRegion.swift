import Basics
import Glibc

/// Memory outside of Swift's heap for as long as this lives: a file, or pages of our own.
final class MemoryRegion: Sendable {
    let count: Int
    /// Where it begins, as a number, because a pointer cannot be shared between threads.
    private let address: UInt
    /// The file, where it is one.
    private let file: FlatMemory?

    /// Pages of our own, all zero; the kernel gives each one when it is first written.
    ///
    /// They stay out of core dumps, because they hold what is locked on disk.
    init(byteCount: Int) throws {
        count = max(byteCount, 1)
        guard
            let base = mmap(
                nil,
                count,
                PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                -1,
                0
            ), base != MAP_FAILED
        else { throw SystemFile.unwritable("memory of \(byteCount) bytes") }
        madvise(base, count, MADV_DONTDUMP)
        // Large pages save most of the address translation of a scan.
        madvise(base, count, MADV_HUGEPAGE)
        address = UInt(bitPattern: base)
        file = nil
    }

    /// A file, read-only; the kernel fetches and drops its pages.
    init(mapping path: String) throws {
        guard let file = FlatMemory(mapping: path) else { throw SystemFile.unreadable(path) }
        count = file.bytes.count
        address = UInt(bitPattern: file.bytes.baseAddress)
        self.file = file
    }

    deinit { if file == nil { munmap(UnsafeMutableRawPointer(bitPattern: address), count) } }

    /// The memory from an offset; the caller stays inside `count`.
    func pointer(_ offset: Int) -> UnsafeMutableRawPointer {
        // A mapping is never at address zero.
        UnsafeMutableRawPointer(bitPattern: address + UInt(offset)).unsafelyUnwrapped
    }
}
