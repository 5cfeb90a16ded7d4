/// How far bytes are well-formed UTF-8 (RFC 3629).
enum UTF8Validation: Equatable {
    /// Every byte belongs to a complete sequence.
    case complete
    /// The bytes from this offset on are the beginning of a sequence that is cut off.
    case cutOff(at: Int)
    /// The sequence at this offset is not UTF-8.
    case invalid(at: Int)

    /// Checks bytes, eight at a time while they are ASCII; Hangul and Hanja take one comparison of
    /// a word each.
    static func check(_ bytes: UnsafeRawBufferPointer) -> UTF8Validation {
        guard let base = bytes.baseAddress else { return .complete }
        let count = bytes.count
        var at = 0
        while at < count {
            while at + 8 <= count,
                base.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                at += 8
            }
            while at + 4 <= count {
                let word = UInt32(
                    littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                )
                let lead = UInt8(truncatingIfNeeded: word)
                // E1…EC: three bytes with no exception for overlong forms or surrogates.
                guard word & 0x00C0_C000 == 0x0080_8000, lead &- 0xE1 <= 0xEC - 0xE1 else { break }
                at += 3
            }
            guard at < count else { return .complete }
            let first = base.load(fromByteOffset: at, as: UInt8.self)
            if first < 0x80 {
                at += 1
                continue
            }
            let (length, second) = sequence(first)
            guard length > 0 else { return .invalid(at: at) }
            for offset in 1..<length {
                guard at + offset < count else { return .cutOff(at: at) }
                let byte = base.load(fromByteOffset: at + offset, as: UInt8.self)
                guard (offset == 1 ? second : 0x80...0xBF).contains(byte) else {
                    return .invalid(at: at)
                }
            }
            at += length
        }
        return .complete
    }

    /// The length of a sequence by its first byte and the range of its second (RFC 3629, §4).
    private static func sequence(_ first: UInt8) -> (length: Int, second: ClosedRange<UInt8>) {
        switch first {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (0, 0x80...0xBF)
        }
    }
}
