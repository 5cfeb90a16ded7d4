import Basics
import Crypto
import FoundationEssentials
import Glibc

/// Keeps small secrets sealed at rest: AES-256-GCM (NIST SP 800-38D) under a key with an id.
///
/// A sealed value is `1 | key id (8) | nonce (12) | ciphertext | tag (16)`. What the value is for (the
/// table, the row) is authenticated with it, so that a value copied into another row does not open.
/// Old keys open old values; only the first key seals.
public struct SecretBox: Sendable {
    /// The bytes of a key.
    public static let keyByteCount = 32
    private static let version: UInt8 = 1
    private static let keyIDByteCount = 8

    private struct Key: Sendable {
        let key: SymmetricKey
        let id: [UInt8]

        init(_ bytes: [UInt8]) {
            key = SymmetricKey(data: bytes)
            id = Array(
                SHA256.hash(data: Array("haechi key id".utf8) + bytes).prefix(keyIDByteCount)
            )
        }
    }

    private let keys: [Key]

    /// Creates a box whose `previous` keys only open; throws where a key is not 32 bytes.
    public init(key: [UInt8], previous: [[UInt8]] = []) throws(IdentityError) {
        for bytes in [key] + previous where bytes.count != SecretBox.keyByteCount {
            throw SecretBox.keyError("a key has \(bytes.count) bytes")
        }
        keys = ([key] + previous).map(Key.init)
    }

    /// A box with a random key: for tests and for secrets that need not outlive the program.
    public static func ephemeral() throws(IdentityError) -> SecretBox {
        try SecretBox(key: Secrets.random(byteCount: keyByteCount))
    }

    /// The id of the key that seals, in hexadecimal; safe to print.
    public var keyID: String { Encodings.hex(keys[0].id) }

    /// Seals a secret for one purpose.
    public func seal(_ secret: [UInt8], for purpose: String) throws(IdentityError) -> [UInt8] {
        let header = [SecretBox.version] + keys[0].id
        do {
            let sealed = try AES.GCM.seal(
                secret,
                using: keys[0].key,
                authenticating: header + Array(purpose.utf8)
            )
            return header + Array(sealed.nonce) + Array(sealed.ciphertext) + Array(sealed.tag)
        } catch {
            throw SecretBox.broken("sealing failed: \(error)")
        }
    }

    /// Opens what was sealed for the same purpose, or throws `sealBroken`.
    public func open(_ sealed: [UInt8], for purpose: String) throws(IdentityError) -> [UInt8] {
        let headerByteCount = 1 + SecretBox.keyIDByteCount
        guard sealed.count >= headerByteCount + 28, sealed[0] == SecretBox.version else {
            throw SecretBox.broken("not a sealed value")
        }
        let header = Array(sealed[..<headerByteCount])
        guard let key = keys.first(where: { $0.id == Array(header.dropFirst()) }) else {
            throw SecretBox.broken("unknown key \(Encodings.hex(header.dropFirst()))")
        }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed[headerByteCount...])
            return Array(
                try AES.GCM.open(
                    box,
                    using: key.key,
                    authenticating: header + Array(purpose.utf8)
                )
            )
        } catch {
            throw SecretBox.broken("\(purpose): \(error)")
        }
    }

    /// A code over a message under a key derived for one purpose (HKDF, RFC 5869; HMAC-SHA256).
    func authenticationCode(for message: [UInt8], purpose: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: keys[0].key,
            info: Array(purpose.utf8),
            outputByteCount: SecretBox.keyByteCount
        )
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }
}

extension SecretBox {
    /// The name of the setting that holds the key.
    public static let settingName = "HAECHI_SECRET_KEY"

    /// The box of the house: under the setting's key (64 hexadecimal digits) or the key file's.
    ///
    /// Several keys are separated by commas or lines, the sealing one first. Without a setting the key
    /// file is made at the first start, for its owner alone; a file that others can read is refused.
    public static func load(setting: String?, keyFile path: String) throws(IdentityError)
        -> SecretBox
    {
        if let setting, !setting.isEmpty { return try parse(setting, from: settingName) }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor < 0, errno == ENOENT {
            let key = Secrets.random(byteCount: keyByteCount)
            try create(path, text: Encodings.hex(key) + "\n")
            return try SecretBox(key: key)
        }
        guard descriptor >= 0 else { throw keyError("\(path): \(errorText)") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw keyError("\(path): \(errorText)") }
        guard status.st_mode & 0o077 == 0 else {
            throw keyError("\(path): others can read it; chmod 600 it")
        }
        var bytes = [UInt8](repeating: 0, count: maximumKeyFileByteCount)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { throw keyError("\(path): empty or unreadable") }
        return try parse(String(decoding: bytes.prefix(count), as: UTF8.self), from: path)
    }

    private static let maximumKeyFileByteCount = 4096

    private static func parse(_ text: String, from source: String) throws(IdentityError)
        -> SecretBox
    {
        var keys: [[UInt8]] = []
        for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            guard let key = Encodings.bytes(hex: part), key.count == keyByteCount else {
                throw keyError("\(source): key \(keys.count + 1) is not 64 hexadecimal digits")
            }
            keys.append(key)
        }
        guard let first = keys.first else { throw keyError("\(source): no key") }
        return try SecretBox(key: first, previous: Array(keys.dropFirst()))
    }

    private static func create(_ path: String, text: String) throws(IdentityError) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw keyError("\(path): \(errorText)") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw keyError("\(path): \(errorText)")
        }
    }

    private static var errorText: String { String(cString: strerror(errno)) }

    private static func keyError(_ context: String) -> IdentityError {
        IdentityError(
            .secretKey,
            Bilingual(
                "비밀키를 쓸 수 없습니다. \(settingName) 설정이나 키 파일을 확인하세요.",
                "The secret key cannot be used. Check \(settingName) or the key file."
            ),
            context: context
        )
    }

    private static func broken(_ context: String) -> IdentityError {
        IdentityError(
            .sealBroken,
            Bilingual(
                "저장된 비밀 값을 열 수 없습니다. 관리자에게 문의해 주세요.",
                "A kept secret cannot be opened. Please ask the administrator."
            ),
            context: context
        )
    }
}
