import Crypto

/// A key of the archive: what it seals is gone when the key is.
///
/// AES-256-GCM (NIST SP 800-38D). What a value is for is authenticated with it, so that nothing sealed
/// for one record opens as another's.
struct ArchiveKey: Sendable {
    static let byteCount = 32
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func random() -> ArchiveKey {
        ArchiveKey(bytes: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    func seal(_ plain: [UInt8], for label: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            plain,
            using: SymmetricKey(data: bytes),
            authenticating: Array(label.utf8)
        )
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    func open(_ sealed: some Collection<UInt8>, for label: String) throws -> [UInt8] {
        do {
            return Array(
                try AES.GCM.open(
                    try AES.GCM.SealedBox(combined: Array(sealed)),
                    using: SymmetricKey(data: bytes),
                    authenticating: Array(label.utf8)
                )
            )
        } catch {
            throw FootageError.archive("\(label): \(error)")
        }
    }

    /// The bytes of a key for one use that follows from this one (HKDF, RFC 5869).
    func derived(for label: String) -> [UInt8] {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes),
            info: Array(label.utf8),
            outputByteCount: Self.byteCount
        ).withUnsafeBytes { Array($0) }
    }

    /// A code that tells nothing of the message and is another under another key (HMAC-SHA256).
    func code(of message: String) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(
                for: Array(message.utf8),
                using: SymmetricKey(data: bytes)
            )
        )
    }
}
