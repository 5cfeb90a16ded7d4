/// The `_xHHHH_` escapes of workbook texts (ECMA-376, 22.9.2.19 ST_Xstring), by which characters
/// that XML 1.0 forbids are kept.
enum EscapedText {
    /// The text of bytes of UTF-8, escapes resolved.
    static func decode(_ bytes: [UInt8]) -> String {
        guard var at = escape(in: bytes, from: 0) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        var from = 0
        while true {
            let unit = UInt32(hex(bytes[at + 2..<at + 6]))
            decoded.append(contentsOf: bytes[from..<at])
            from = at + 7
            // A lone surrogate is not a character; it stays as written.
            if let scalar = Unicode.Scalar(unit), let utf8 = UTF8.encode(scalar) {
                decoded.append(contentsOf: utf8)
            } else {
                decoded.append(contentsOf: bytes[at..<from])
            }
            guard let next = escape(in: bytes, from: from) else { break }
            at = next
        }
        decoded.append(contentsOf: bytes[from...])
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Whether an escape stands at an index.
    static func isEscape(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        let seven = bytes.prefix(7)
        guard seven.count == 7, seven.first == UInt8(ascii: "_"),
            seven.dropFirst().first == UInt8(ascii: "x"), seven.last == UInt8(ascii: "_")
        else { return false }
        return seven.dropFirst(2).dropLast().allSatisfy { digit($0) != nil }
    }

    private static func escape(in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count - start >= 7 else { return nil }
        for at in start...bytes.count - 7
        where bytes[at] == UInt8(ascii: "_") && isEscape(bytes[at...]) {
            return at
        }
        return nil
    }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 * 16 + (digit($1) ?? 0) }
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 55
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 87
        default: nil
        }
    }
}
