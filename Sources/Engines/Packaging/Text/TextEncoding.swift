import CIconv

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import Basics

/// An encoding in which Korean offices send text files.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// UTF-8 (RFC 3629), with or without a byte order mark.
    case utf8 = "UTF-8"
    /// UTF-16, little end first, as Excel saves "Unicode text".
    case utf16LittleEndian = "UTF-16LE"
    /// UTF-16, big end first.
    case utf16BigEndian = "UTF-16BE"
    /// Microsoft code page 949, the superset of EUC-KR that Korean Excel saves as plain CSV.
    case cp949 = "CP949"

    /// The encoding that a byte order mark names, and the mark's length.
    static func byteOrderMark(_ bytes: some Collection<UInt8>) -> (TextEncoding, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }
}

/// A converter of one encoding to UTF-8: glibc's iconv.
final class EncodingConverter {
    /// What stopped a conversion.
    enum Stop {
        /// All input was taken.
        case inputTaken
        /// The input ends within a character.
        case inputCutOff
        /// The output is full.
        case outputFull
        /// The next input byte begins no character of the encoding.
        case invalid
    }

    private let handle: iconv_t

    /// Creates a converter, or throws where the system's iconv lacks the encoding.
    init(from encoding: TextEncoding) throws {
        let handle = iconv_open("UTF-8", encoding.rawValue)
        guard let handle, handle != iconv_t(bitPattern: -1) else {
            throw PackagingError(
                .unknownEncoding,
                Bilingual(
                    "이 서버에는 \(encoding.rawValue) 변환 기능이 없습니다. UTF-8로 저장해 주십시오.",
                    "This server cannot convert \(encoding.rawValue); save the file as UTF-8."
                ),
                context: "iconv_open(\(encoding.rawValue)) errno \(errno)"
            )
        }
        self.handle = handle
    }

    deinit {
        iconv_close(handle)
    }

    /// Converts as much as fits; returns the bytes taken, the bytes given and why it stopped.
    func convert(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
        -> (taken: Int, given: Int, stop: Stop)
    {
        // iconv's prototype lacks const; it does not write to its input.
        var source = UnsafeMutablePointer<CChar>(
            mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self)
        )
        var sourceLeft = input.count
        var target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var targetLeft = output.count
        let result = iconv(handle, &source, &sourceLeft, &target, &targetLeft)
        let number = errno
        let taken = input.count - sourceLeft
        let given = output.count - targetLeft
        if result != Int(bitPattern: UInt.max) && result != -1 {
            return (taken, given, .inputTaken)
        }
        switch number {
        case E2BIG: return (taken, given, .outputFull)
        case EINVAL: return (taken, given, .inputCutOff)
        default: return (taken, given, .invalid)
        }
    }
}
