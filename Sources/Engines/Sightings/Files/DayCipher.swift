public import Basics
import CSodium
import Glibc

/// Locks and opens what belongs to a day, with the day's key.
///
/// XChaCha20-Poly1305 (the IETF construction, draft-irtf-cfrg-xchacha): a nonce of 24 random bytes
/// never meets itself, and whoever changes a byte is found out. It locks the store's own files; the
/// stills and clips of the same day can hang on the same key, and go with it.
public struct DayCipher: Sendable {
    /// The length of a key, in bytes.
    public static let keyLength = 32
    /// How many bytes a locked text is longer than the open one.
    public static let overhead = nonceLength + tagLength

    static let nonceLength = 24
    static let tagLength = 16

    private let key: [UInt8]

    /// Creates a cipher.
    ///
    /// - Parameter key: The day's key, of 32 bytes.
    /// - Throws: `noKey` where it has another length.
    public init(key: [UInt8]) throws {
        guard key.count == Self.keyLength, sodium_init() >= 0 else {
            throw SightingsError(
                .noKey,
                Bilingual("날짜의 열쇠가 올바르지 않습니다.", "The key of the day is not valid."),
                context: "\(key.count) bytes"
            )
        }
        self.key = key
    }

    /// Locks bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to lock.
    ///   - context: What they are; they open only as that.
    /// - Returns: The nonce, the locked bytes and their tag.
    public func lock(_ bytes: [UInt8], as context: String) -> [UInt8] {
        bytes.withUnsafeBytes { lock($0, as: context) }
    }

    /// Opens locked bytes.
    ///
    /// - Parameters:
    ///   - locked: What `lock` returned.
    ///   - context: What they are.
    /// - Returns: The open bytes.
    /// - Throws: `damaged` where a byte was changed, or the key or the context is another.
    public func open(_ locked: [UInt8], as context: String) throws -> [UInt8] {
        guard locked.count >= Self.overhead else { throw Self.damaged(context) }
        var bytes = [UInt8](repeating: 0, count: locked.count - Self.overhead)
        let isWhole = bytes.withUnsafeMutableBytes { bytes in
            locked.withUnsafeBytes { open($0, as: context, into: bytes.baseAddress) }
        }
        guard isWhole else { throw Self.damaged(context) }
        return bytes
    }

    func lock(_ bytes: UnsafeRawBufferPointer, as context: String) -> [UInt8] {
        let context = Array(context.utf8)
        return [UInt8](unsafeUninitializedCapacity: bytes.count + Self.overhead) { locked, count in
            guard let nonce = locked.baseAddress else { return }
            randombytes_buf(nonce, Self.nonceLength)
            var length: UInt64 = 0
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                nonce + Self.nonceLength,
                &length,
                bytes.bindMemory(to: UInt8.self).baseAddress,
                UInt64(bytes.count),
                context,
                UInt64(context.count),
                nil,
                nonce,
                key
            )
            count = Self.nonceLength + Int(length)
        }
    }

    /// Opens into memory of the locked length less the overhead; false where it does not open.
    func open(
        _ locked: UnsafeRawBufferPointer,
        as context: String,
        into bytes: UnsafeMutableRawPointer?
    ) -> Bool {
        let context = Array(context.utf8)
        guard locked.count >= Self.overhead,
            let nonce = locked.bindMemory(to: UInt8.self).baseAddress
        else { return false }
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes?.assumingMemoryBound(to: UInt8.self),
            nil,
            nil,
            nonce + Self.nonceLength,
            UInt64(locked.count - Self.nonceLength),
            context,
            UInt64(context.count),
            nonce,
            key
        ) == 0
    }

    static func damaged(_ context: String) -> SightingsError {
        SightingsError(
            .damaged,
            Bilingual(
                "파일이 손상되었거나 다른 열쇠로 잠겼습니다.",
                "The file is damaged, or locked with another key."
            ),
            context: context
        )
    }
}

/// Keys in a folder, a file a day, readable by their owner only.
///
/// The folder belongs on another disk than the store, or at least in no backup of it.
public struct KeyFolder: DayKeys {
    private let folder: String

    /// Keeps keys in a folder, which is made where it is missing.
    public init(_ folder: String) throws {
        self.folder = folder
        try SystemFile.makeFolder(folder)
    }

    /// The key of a day; nothing where there is none.
    public func key(of day: LocalDate) throws -> [UInt8]? {
        guard SystemFile.size(of: path(day)) != nil else { return nil }
        let key = try OpenFile(path(day), .reading).bytes(DayCipher.keyLength, at: 0)
        // A power cut can leave a key that was never written whole; nothing was locked with it.
        return key.count == DayCipher.keyLength ? key : nil
    }

    /// Makes the key of a day.
    public func makeKey(of day: LocalDate) throws -> [UInt8] {
        guard sodium_init() >= 0 else { throw SystemFile.unwritable(path(day)) }
        var key = [UInt8](repeating: 0, count: DayCipher.keyLength)
        randombytes_buf(&key, key.count)
        let file = try OpenFile(path(day), .creating)
        try key.withUnsafeBytes { try file.write($0, at: 0) }
        try file.synchronize()
        try SystemFile.synchronizeFolder(folder)
        return key
    }

    /// Overwrites the key of a day, then removes its file.
    public func destroyKey(of day: LocalDate) throws {
        guard SystemFile.size(of: path(day)) != nil else { return }
        do {
            let file = try OpenFile(path(day), .writing)
            let zeros = [UInt8](repeating: 0, count: DayCipher.keyLength)
            try zeros.withUnsafeBytes { try file.write($0, at: 0) }
            try file.synchronize()
        }
        guard unlink(path(day)) == 0 else { throw SystemFile.unwritable(path(day)) }
        try SystemFile.synchronizeFolder(folder)
    }

    private func path(_ day: LocalDate) -> String { "\(folder)/\(day.iso).key" }
}
