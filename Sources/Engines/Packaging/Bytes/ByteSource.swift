#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
public import Basics

/// A stream of bytes that is read once, from its beginning to its end.
public protocol ByteSource {
    /// Fills the buffer as far as bytes are at hand and returns their count; 0 means the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteSource {
    /// Fills the buffer completely unless the stream ends before, and returns the count of bytes.
    public mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Reads everything that is left.
    ///
    /// - Throws: `PackagingError` `tooMuchText` past the limit, or what the stream throws.
    public mutating func collect(maximumByteCount: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try block.withUnsafeMutableBytes { try read(into: $0) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: block[..<count])
            guard bytes.count <= maximumByteCount else {
                throw PackagingError(
                    .tooMuchText,
                    Bilingual(
                        "내용이 너무 많습니다. 나누어 올려 주십시오.",
                        "There is too much in the file; divide it."
                    ),
                    context: "over \(maximumByteCount) bytes"
                )
            }
        }
    }
}

/// Bytes that can be read at any place, as a ZIP archive needs.
public protocol RandomAccessBytes: Sendable {
    /// The count of bytes.
    var size: Int { get }
    /// Copies bytes from an offset on into the buffer and returns how many there were.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension RandomAccessBytes {
    /// The bytes from an offset on; fewer than `count` only at the end.
    public func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        let count = Swift.max(0, Swift.min(count, size - offset))
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let part = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count]
                )
                let got = try read(at: offset + filled, into: part)
                if got == 0 { break }
                filled += got
            }
        }
    }
}

/// Bytes held in memory.
public struct MemoryBytes: RandomAccessBytes {
    private let bytes: [UInt8]

    /// Creates from an array.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The count of bytes.
    public var size: Int { bytes.count }

    /// Copies bytes from an offset on.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let count = Swift.min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
        }
        return count
    }
}

/// A regular file, read at any place without loading it.
public final class FileBytes: RandomAccessBytes {
    private let descriptor: Int32
    private let path: String
    /// The size of the file when it was opened, in bytes.
    public let size: Int

    /// Opens a file for reading.
    ///
    /// - Throws: `PackagingError` `directory` or `unreadable`.
    public init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileBytes.unreadable(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let number = errno
            close(descriptor)
            throw FileBytes.unreadable(path, number)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw PackagingError(
                .directory,
                Bilingual(
                    "파일이 아니라 폴더이거나 특수 파일입니다. 파일을 골라 주십시오.",
                    "This is a folder or a special file; choose a file."
                ),
                context: path
            )
        }
        self.descriptor = descriptor
        self.path = path
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// Copies bytes from an offset on.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard offset >= 0, !buffer.isEmpty else { return 0 }
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw FileBytes.unreadable(path, errno) }
        }
    }

    /// The whole file where it lies.
    ///
    /// - Throws: `PackagingError` `unreadable`, for an empty file too.
    public func mapped() throws -> FlatMemory {
        guard let memory = FlatMemory(mapping: descriptor, count: size) else {
            throw FileBytes.unreadable(path, errno)
        }
        return memory
    }

    static func unreadable(_ path: String, _ number: Int32) -> PackagingError {
        PackagingError(
            .unreadable,
            Bilingual(
                "파일을 열거나 읽을 수 없습니다. 경로와 권한을 확인해 주십시오.",
                "The file cannot be opened or read; check its path and permissions."
            ),
            context: "\(path): \(String(cString: strerror(number)))"
        )
    }
}

/// A part of random-access bytes, read as a stream.
public struct SequentialSource: ByteSource {
    private let bytes: any RandomAccessBytes
    private var offset: Int
    private let end: Int

    /// Creates a stream of all the bytes.
    public init(_ bytes: any RandomAccessBytes) {
        self.init(bytes, range: 0..<bytes.size)
    }

    /// Creates a stream of the bytes of an array.
    public init(_ bytes: [UInt8]) {
        self.init(MemoryBytes(bytes))
    }

    init(_ bytes: any RandomAccessBytes, range: Range<Int>) {
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
    }

    /// Reads the next bytes.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = Swift.min(buffer.count, end - offset)
        guard count > 0 else { return 0 }
        let got = try bytes.read(
            at: offset,
            into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        )
        offset += got
        return got
    }
}

/// A file descriptor such as standard input, read as a stream; it stays open afterwards.
public struct FileDescriptorSource: ByteSource {
    private let descriptor: Int32

    /// Creates a stream of a descriptor that the caller opened and will close.
    public init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Reads the next bytes.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            if errno != EINTR { throw FileBytes.unreadable("descriptor \(descriptor)", errno) }
        }
    }
}
