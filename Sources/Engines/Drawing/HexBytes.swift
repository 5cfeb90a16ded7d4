/// A byte string that is written as lowercase hexadecimal (RFC 4648 §8): a hash, a key, a proof.
public struct HexBytes: Sendable, Hashable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Creates the value from bytes.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads lowercase hexadecimal; a capital is refused, so that one value has one spelling.
    public init?(hex text: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            guard let digit = HexBytes.value(of: character) else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { return nil }
        self.bytes = bytes
    }

    /// The lowercase hexadecimal text.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension HexBytes: Codable {
    /// Reads lowercase hexadecimal.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = HexBytes(hex: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not lowercase hex")
            )
        }
        self = value
    }

    /// Writes lowercase hexadecimal.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

extension HexBytes: CustomStringConvertible {
    /// The lowercase hexadecimal text.
    public var description: String { hex }
}
