import Basics

/// A text stream of any of the encodings, handed on as checked UTF-8 without its byte order mark.
///
/// The encoding is decided at the first byte that is not ASCII, from the whole block it lies in:
/// a table whose first 100,000 rows are digits is still read as what its Korean text turns out to
/// be. Memory stays at one block.
public struct UTF8Source: ByteSource {
    /// The bytes of one block.
    public static let blockBytes = 65_536

    private enum Mode {
        case unread
        case ascii
        case utf8
        case converting(EncodingConverter, TextEncoding)
    }

    private var base: any ByteSource
    private var mode = Mode.unread
    private var forced: TextEncoding?
    /// Bytes that were read from the base and not yet handed on.
    private var pending: [UInt8] = []
    private var isBaseAtEnd = false
    /// The offset, in the base, of the next byte to hand on; for error reports.
    private var offset = 0

    /// Creates a stream over another; without an encoding it is found from the bytes.
    public init(_ base: any ByteSource, encoding: TextEncoding? = nil) {
        self.base = base
        forced = encoding
    }

    /// The encoding found so far; text of ASCII alone counts as UTF-8.
    public var encoding: TextEncoding {
        if case .converting(_, let encoding) = mode { return encoding }
        return .utf8
    }

    /// Reads the next bytes of UTF-8.
    ///
    /// - Throws: `PackagingError` `unknownEncoding` or `invalidEncoding`, or what the base throws.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if case .unread = mode { try start() }
        if case .converting(let converter, let encoding) = mode {
            return try convert(converter, encoding, into: buffer)
        }
        let kept = Swift.min(pending.count, buffer.count)
        pending.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<kept]))
        }
        pending.removeFirst(kept)
        let count = try kept + readBase(UnsafeMutableRawBufferPointer(rebasing: buffer[kept...]))
        guard count > 0 else { return 0 }
        let block = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        switch UTF8Validation.check(block) {
        case .complete:
            decide(by: block)
            offset += count
            return count
        case .cutOff(let valid):
            if isBaseAtEnd { return try leaveUTF8(block, at: valid, into: buffer) }
            return try keep(block, from: valid, into: buffer)
        case .invalid(let valid):
            return try leaveUTF8(block, at: valid, into: buffer)
        }
    }

    /// Reads the beginning and decides by its byte order mark.
    private mutating func start() throws {
        mode = .ascii
        pending = [UInt8](repeating: 0, count: UTF8Source.blockBytes)
        let count = try pending.withUnsafeMutableBytes { try base.fill($0) }
        pending.removeLast(pending.count - count)
        isBaseAtEnd = count < UTF8Source.blockBytes
        let mark = TextEncoding.byteOrderMark(pending)
        if let mark {
            pending.removeFirst(mark.length)
            offset = mark.length
        }
        switch forced ?? mark?.0 {
        case nil:
            if pending.contains(0) { throw unknownEncoding("a NUL byte") }
        case .utf8:
            mode = .utf8
        case let encoding?:
            mode = .converting(try EncodingConverter(from: encoding), encoding)
        }
    }

    /// Fills the buffer from the base.
    private mutating func readBase(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard !isBaseAtEnd else { return 0 }
        let count = try base.fill(buffer)
        if count < buffer.count { isBaseAtEnd = true }
        return count
    }

    /// Settles on UTF-8 where valid text has more than ASCII.
    private mutating func decide(by valid: UnsafeRawBufferPointer) {
        if case .ascii = mode, valid.contains(where: { $0 >= 0x80 }) { mode = .utf8 }
    }

    /// Hands on the complete sequences and keeps the one that the block cuts off.
    private mutating func keep(
        _ block: UnsafeRawBufferPointer,
        from valid: Int,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        decide(by: UnsafeRawBufferPointer(rebasing: block[..<valid]))
        pending.insert(contentsOf: block[valid...], at: 0)
        offset += valid
        // A buffer smaller than one character would otherwise look like the end of the text.
        return valid > 0 ? valid : try read(into: buffer)
    }

    /// Falls back on CP949 where only ASCII was seen before, else reports the fault.
    private mutating func leaveUTF8(
        _ block: UnsafeRawBufferPointer,
        at invalid: Int,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        guard case .ascii = mode else {
            throw invalidEncoding(.utf8, at: offset + invalid)
        }
        let converter = try EncodingConverter(from: .cp949)
        let fits = UTF8Source.isConvertible(block, converter, isWhole: isBaseAtEnd)
        guard fits else { throw unknownEncoding("byte \(offset + invalid)") }
        pending.insert(contentsOf: block, at: 0)
        mode = .converting(try EncodingConverter(from: .cp949), .cp949)
        return try read(into: buffer)
    }

    /// Whether a block is wholly of a converter's encoding.
    private static func isConvertible(
        _ block: UnsafeRawBufferPointer,
        _ converter: EncodingConverter,
        isWhole: Bool
    ) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: blockBytes, alignment: 8) { scratch in
            var at = 0
            while true {
                let rest = UnsafeRawBufferPointer(rebasing: block[at...])
                let (taken, _, stop) = converter.convert(rest, into: scratch)
                at += taken
                switch stop {
                case .inputTaken: return true
                case .inputCutOff: return !isWhole
                case .outputFull: continue
                case .invalid: return false
                }
            }
        }
    }

    private mutating func convert(
        _ converter: EncodingConverter,
        _ encoding: TextEncoding,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        while true {
            if pending.count < 8, !isBaseAtEnd {
                let old = pending.count
                pending.append(contentsOf: repeatElement(0, count: UTF8Source.blockBytes))
                let got = try pending.withUnsafeMutableBytes {
                    try base.fill(UnsafeMutableRawBufferPointer(rebasing: $0[old...]))
                }
                if got < UTF8Source.blockBytes { isBaseAtEnd = true }
                pending.removeLast(UTF8Source.blockBytes - got)
            }
            if pending.isEmpty { return 0 }
            let (taken, given, stop) = pending.withUnsafeBytes {
                converter.convert($0, into: buffer)
            }
            pending.removeFirst(taken)
            offset += taken
            if given > 0 { return given }
            if stop == .invalid || (stop == .inputCutOff && isBaseAtEnd) {
                throw invalidEncoding(encoding, at: offset)
            }
        }
    }

    private func unknownEncoding(_ context: String) -> PackagingError {
        PackagingError(
            .unknownEncoding,
            Bilingual(
                "글자 인코딩을 알 수 없는 파일입니다. UTF-8 또는 CP949(EUC-KR)로 저장해 주십시오.",
                "The text encoding is unknown; save the file in UTF-8 or CP949 (EUC-KR)."
            ),
            context: context
        )
    }

    private func invalidEncoding(_ encoding: TextEncoding, at offset: Int) -> PackagingError {
        PackagingError(
            .invalidEncoding,
            Bilingual(
                "파일의 \((offset + 1).grouped)번째 바이트부터 \(encoding.rawValue)로 읽을 수 없습니다. "
                    + "서로 다른 인코딩이 섞였는지 확인해 주십시오.",
                "From byte \((offset + 1).grouped) on, the file is not \(encoding.rawValue); "
                    + "check whether encodings are mixed."
            ),
            context: "offset \(offset)"
        )
    }
}

extension TextEncoding {
    /// The text of bytes of any of the encodings, without its byte order mark.
    ///
    /// - Parameters:
    ///   - bytes: The whole text.
    ///   - encoding: The encoding where something outside of the text names it.
    ///   - maximumByteCount: The most bytes of UTF-8 that the text may have.
    /// - Returns: The text.
    /// - Throws: `PackagingError` `unknownEncoding`, `invalidEncoding` or `tooMuchText`.
    public static func text(
        of bytes: [UInt8],
        encoding: TextEncoding? = nil,
        maximumByteCount: Int
    ) throws -> String {
        var source = UTF8Source(SequentialSource(bytes), encoding: encoding)
        let utf8 = try source.collect(maximumByteCount: maximumByteCount)
        return String(decoding: utf8, as: UTF8.self)
    }
}
