import Basics
import Crypto

/// Time-based one-time passwords (RFC 6238): SHA-1, six digits, steps of thirty seconds.
///
/// The defaults of the RFC, because they are what every authenticator program understands.
public struct OneTimeCode: Sendable, Hashable {
    /// The length of a step.
    public static let stepSeconds: Int64 = 30
    /// The steps before and after the present one whose code is accepted (RFC 6238 §5.2).
    public static let toleratedStepCount: Int64 = 1
    /// The bytes of a new secret: 160 bits (RFC 4226 §4).
    public static let secretByteCount = 20

    /// The shared secret.
    let secret: [UInt8]

    /// Creates the generator of a secret.
    init(secret: [UInt8]) {
        self.secret = secret
    }

    /// The step of an instant.
    static func step(at now: Instant) -> Int64 {
        now.millisecondsSinceEpoch / 1000 / stepSeconds
    }

    /// The code of a step (RFC 4226 §5.3), with leading zeros.
    func code(step: Int64, digitCount: Int = 6) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let hash = Array(
            HMAC<Insecure.SHA1>.authenticationCode(
                for: counter,
                using: SymmetricKey(data: secret)
            )
        )
        let offset = Int(hash[19] & 0xF)
        let truncated = hash[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let modulus = (0..<digitCount).reduce(1) { product, _ in product * 10 }
        let digits = String(truncated % modulus)
        return String(repeating: "0", count: digitCount - digits.count) + digits
    }

    /// The step whose code this is, or nothing.
    ///
    /// Only steps later than the last one used count, so that a code seen over a shoulder is worth
    /// nothing once it was used (RFC 6238 §5.2).
    func matchingStep(_ code: String, at now: Instant, lastUsedStep: Int64?) -> Int64? {
        let present = OneTimeCode.step(at: now)
        let typed = Array(code.utf8.filter { $0 != UInt8(ascii: " ") })
        var match: Int64?
        for step in present - OneTimeCode.toleratedStepCount...present
            + OneTimeCode.toleratedStepCount
        where step > lastUsedStep ?? -1 && Secrets.equal(Array(self.code(step: step).utf8), typed) {
            match = step
        }
        return match
    }

    /// The address that authenticator programs read, also from a QR code (Key URI Format).
    func uri(issuer: String, account: String) -> String {
        let label = PercentEncoding.component(issuer) + ":" + PercentEncoding.component(account)
        return "otpauth://totp/\(label)?secret=\(Encodings.base32(secret))"
            + "&issuer=\(PercentEncoding.component(issuer))&algorithm=SHA1&digits=6"
            + "&period=\(OneTimeCode.stepSeconds)"
    }
}

/// Codes to keep on paper, each good for one sign-in when the authenticator is lost.
enum RecoveryCode {
    /// The codes of one set.
    static let count = 10

    /// A new code of 80 random bits in four groups, `ABCD-EFGH-IJKL-MNOP`.
    static func make() -> String {
        let text = Array(Encodings.base32(Secrets.random(byteCount: 10)))
        return stride(from: 0, to: 16, by: 4).map { String(text[$0..<$0 + 4]) }
            .joined(separator: "-")
    }

    /// The form that is kept.
    ///
    /// With 80 random bits a plain SHA-256 cannot be guessed backwards.
    static func hash(_ code: String) -> [UInt8] {
        let plain = code.uppercased().filter { $0.isLetter || $0.isNumber }
        return Array(SHA256.hash(data: Array("haechi recovery code \(plain)".utf8)))
    }
}
