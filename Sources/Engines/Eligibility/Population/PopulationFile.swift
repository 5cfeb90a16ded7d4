import Basics
import Glibc

/// A file of numbers where it lies.
final class MappedFile: Sendable {
    private let memory: FlatMemory

    var count: Int { memory.bytes.count }

    init(_ path: String) throws {
        guard let memory = FlatMemory(mapping: path) else { throw Self.unreadable(path) }
        self.memory = memory
    }

    /// The bytes from an offset; the caller stays inside `count`.
    func pointer<Value>(_ offset: Int, _: Value.Type) -> UnsafePointer<Value>? {
        memory.bytes.baseAddress.map { ($0 + offset).assumingMemoryBound(to: Value.self) }
    }

    static func unreadable(_ path: String) -> EligibilityError {
        EligibilityError(
            .unreadable,
            Bilingual("파일을 읽을 수 없습니다: \(path)", "The file cannot be read: \(path)"),
            context: path
        )
    }
}

/// A file being written: bytes in order, and at places kept free.
struct OutputFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private(set) var count = 0

    /// Makes the file anew, or goes on at the end of one that is there.
    init(_ path: String, appending: Bool = false) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | (appending ? 0 : O_TRUNC), 0o600)
        guard descriptor >= 0 else {
            throw Self.unwritable(path)
        }
        if appending { count = Int(lseek(descriptor, 0, SEEK_END)) }
    }

    deinit { close(descriptor) }

    /// Keeps room at the end and says where it begins.
    mutating func reserve(_ byteCount: Int) -> Int {
        defer { count += byteCount }
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            guard let base = bytes.baseAddress else { return }
            let written = pwrite(descriptor, base + done, bytes.count - done, off_t(offset + done))
            guard written > 0 else { throw Self.unwritable(path) }
            done += written
        }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        try write(bytes, at: reserve(bytes.count))
    }

    mutating func append<Value: BitwiseCopyable>(_ values: [Value]) throws {
        let offset = reserve(values.count * MemoryLayout<Value>.stride)
        try values.withUnsafeBytes { try write($0, at: offset) }
    }

    private static func unwritable(_ path: String) -> EligibilityError {
        EligibilityError(
            .unwritable,
            Bilingual("파일에 쓸 수 없습니다: \(path)", "The file cannot be written: \(path)"),
            context: path
        )
    }
}

extension [Int] {
    /// Adds a text as its length and whole words of its bytes, for `HeaderReader`.
    mutating func append(text: String) {
        var bytes = Array<UInt8>(text.utf8)
        append(bytes.count)
        while bytes.count % 8 != 0 { bytes.append(0) }
        for start in stride(from: 0, to: bytes.count, by: 8) {
            let word = bytes[start..<start + 8].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            }
            append(Int(bitPattern: UInt(word)))
        }
    }
}
