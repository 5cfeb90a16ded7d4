import CSodium

/// The binary-to-text forms of RFC 4648 that identity uses, over plain bytes.
enum Encodings {
    /// Lowercase hexadecimal (RFC 4648 §8).
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(hexDigits[Int(byte >> 4)])
            text.append(hexDigits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads hexadecimal of either case; nothing where it is not.
    static func bytes(hex text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }

    /// Base 64 with padding (RFC 4648 §4).
    static func base64(_ bytes: [UInt8]) -> String {
        var text = encode(bytes, bitsPerDigit: 6, alphabet: base64Digits)
        while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Base 64 in the URL-safe alphabet, without padding (RFC 4648 §5).
    static func base64URL(_ bytes: [UInt8]) -> String {
        String(
            decoding: encode(bytes, bitsPerDigit: 6, alphabet: base64URLDigits),
            as: UTF8.self
        )
    }

    /// Reads URL-safe base 64 without padding; a character or a tail that is not one gives nothing.
    static func bytes(base64URL text: some StringProtocol) -> [UInt8]? {
        decode(text.utf8, bitsPerDigit: 6, values: base64URLValues)
    }

    /// Base 32 in capitals, without padding, as authenticator programs expect (RFC 4648 §6).
    static func base32(_ bytes: [UInt8]) -> String {
        String(decoding: encode(bytes, bitsPerDigit: 5, alphabet: base32Digits), as: UTF8.self)
    }

    private static func encode(
        _ bytes: [UInt8],
        bitsPerDigit: Int,
        alphabet: [UInt8]
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 8 / bitsPerDigit + 4)
        var buffer = 0
        var bitCount = 0
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bitCount += 8
            while bitCount >= bitsPerDigit {
                bitCount -= bitsPerDigit
                text.append(alphabet[buffer >> bitCount & (alphabet.count - 1)])
            }
        }
        if bitCount > 0 {
            text.append(alphabet[buffer << (bitsPerDigit - bitCount) & (alphabet.count - 1)])
        }
        return text
    }

    private static func decode(
        _ text: some Sequence<UInt8>,
        bitsPerDigit: Int,
        values: [UInt8]
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = 0
        var bitCount = 0
        for character in text {
            let value = values[Int(character)]
            guard value != notADigit else { return nil }
            buffer = (buffer << bitsPerDigit | Int(value)) & 0xFFFF
            bitCount += bitsPerDigit
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(buffer >> bitCount & 0xFF))
            }
        }
        // Left-over bits must be zero and fewer than a digit: one value has one spelling.
        guard bitCount < bitsPerDigit, buffer & (1 << bitCount - 1) == 0 else { return nil }
        return bytes
    }

    private static let notADigit: UInt8 = 0xFF
    private static let hexDigits = Array("0123456789abcdef".utf8)
    private static let base32Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    private static let base64Digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let base64URLDigits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )
    private static let base64URLValues: [UInt8] = {
        var values = [UInt8](repeating: notADigit, count: 256)
        for (value, digit) in base64URLDigits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()
}

/// Secret bytes: where they come from and how they are compared.
enum Secrets {
    /// Random bytes of the operating system's generator.
    static func random(byteCount: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        randombytes_buf(&bytes, byteCount)
        return bytes
    }

    /// A random id for a row: 128 bits in URL-safe base 64.
    static func identifier() -> String {
        Encodings.base64URL(random(byteCount: 16))
    }

    /// Whether two byte strings are the same, in a time that tells nothing of their contents.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && sodium_memcmp(left, right, left.count) == 0
    }
}
