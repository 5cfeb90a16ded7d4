#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import Basics

/// A pull scanner of the XML that office programs write: elements, attributes, text, CDATA, the five
/// entities and character references (XML 1.0).
///
/// It refuses document type definitions, so there are no entities to expand and nothing to fetch.
/// Names are compared by their local part, since some programs write `<x:row>` for `<row>`.
public final class XMLScanner {
    /// What was found last.
    public enum Token {
        /// A start tag; an empty-element tag gives `start` and then `end`.
        case start
        /// An end tag.
        case end
        /// Text, maybe only a part of it.
        case text
        /// The end of the document.
        case finish
    }

    private static let maximumTagBytes = 1_048_576

    private var source: any ByteSource
    private let context: String
    private var block: UnsafeMutableBufferPointer<UInt8>
    private var position = 0
    private var limit = 0
    private var name = 0..<0
    private var attributes = 0..<0
    private var text = 0..<0
    private var isLiteral = false
    private var owesEnd = false

    /// Creates a scanner of a part; the context names it in errors.
    public init(_ source: any ByteSource, context: String) {
        self.source = UTF8Source(source)
        self.context = context
        block = .allocate(capacity: UTF8Source.blockBytes * 2)
        block.initialize(repeating: 0)
    }

    deinit {
        block.deallocate()
    }

    /// Moves on to the next token.
    ///
    /// - Throws: `PackagingError` `damagedXML` or `forbiddenXML`, or what the source throws.
    public func next() throws -> Token {
        if owesEnd {
            owesEnd = false
            return .end
        }
        while true {
            if position == limit, try !refill() { return .finish }
            if block[position] != UInt8(ascii: "<") {
                if try scanText() { return .text }
                continue
            }
            guard position + 1 < limit else {
                try require()
                continue
            }
            switch block[position + 1] {
            case UInt8(ascii: "?"):
                position = try end(of: "?>", from: position + 2)
            case UInt8(ascii: "!"):
                if try scanDeclaration() { return .text }
            case UInt8(ascii: "/"):
                let end = try tagEnd()
                setName(from: position + 2, to: end)
                position = end + 1
                return .end
            default:
                let end = try tagEnd()
                owesEnd = block[end - 1] == UInt8(ascii: "/")
                let last = owesEnd ? end - 1 : end
                setName(from: position + 1, to: last)
                attributes = name.upperBound..<last
                position = end + 1
                return .start
            }
        }
    }

    /// Whether the element found last has this local name.
    @inline(__always)
    public func isNamed(_ other: StaticString) -> Bool {
        equals(name, other)
    }

    /// Hands each attribute of the start tag found last to a closure: the ranges of its local name
    /// and of its value.
    public func forEachAttribute(_ body: (_ name: Range<Int>, _ value: Range<Int>) throws -> Void)
        throws
    {
        var at = attributes.lowerBound
        let end = attributes.upperBound
        while true {
            while at < end, block[at] <= 0x20 { at += 1 }
            if at == end { return }
            var start = at
            while at < end, block[at] != UInt8(ascii: "="), block[at] > 0x20 {
                if block[at] == UInt8(ascii: ":") { start = at + 1 }
                at += 1
            }
            let name = start..<max(at, start)
            while at < end, block[at] <= 0x20 { at += 1 }
            guard at < end, block[at] == UInt8(ascii: "=") else { throw damaged("attribute") }
            at += 1
            while at < end, block[at] <= 0x20 { at += 1 }
            guard at < end, block[at] == UInt8(ascii: "\"") || block[at] == UInt8(ascii: "'") else {
                throw damaged("attribute without quotes")
            }
            let quote = block[at]
            let valueStart = at + 1
            at = valueStart
            while at < end, block[at] != quote { at += 1 }
            guard at < end else { throw damaged("attribute not closed") }
            try body(name, valueStart..<at)
            at += 1
        }
    }

    /// The decoded value of an attribute of the start tag found last.
    public func attribute(_ wanted: StaticString) throws -> String? {
        var found: String?
        try forEachAttribute { name, value in
            guard equals(name, wanted) else { return }
            var bytes: [UInt8] = []
            try decode(value, into: &bytes)
            found = String(decoding: bytes, as: UTF8.self)
        }
        return found
    }

    /// Whether a range of the block reads as a name.
    public func equals(_ range: Range<Int>, _ other: StaticString) -> Bool {
        guard range.count == other.utf8CodeUnitCount, let base = block.baseAddress else {
            return false
        }
        return memcmp(base + range.lowerBound, other.utf8Start, range.count) == 0
    }

    /// A byte of the block, for the values of attributes.
    public subscript(index: Int) -> UInt8 { block[index] }

    /// Hands out bytes of the block, for the values of attributes.
    public func withBytes<Result>(
        _ range: Range<Int>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    )
        -> Result
    {
        body(UnsafeBufferPointer(rebasing: block[range]))
    }

    /// Appends the text found last, its references resolved.
    public func appendText(to bytes: inout [UInt8]) throws {
        if isLiteral {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: block[text]))
        } else {
            try decode(text, into: &bytes)
        }
    }

    private func setName(from start: Int, to end: Int) {
        var at = start
        var local = start
        while at < end, block[at] > 0x20 {
            if block[at] == UInt8(ascii: ":") { local = at + 1 }
            at += 1
        }
        name = local..<max(at, local)
    }

    /// Takes the text up to the next tag, or what of it is in the block.
    private func scanText() throws -> Bool {
        isLiteral = false
        if let tag = find(UInt8(ascii: "<"), from: position) {
            text = position..<tag
            position = tag
            return true
        }
        // A reference must not be cut in two: keep a tail that begins one.
        var end = limit
        var at = limit - 1
        while at >= position, limit - at < 12 {
            if block[at] == UInt8(ascii: ";") { break }
            if block[at] == UInt8(ascii: "&") { end = at }
            at -= 1
        }
        if end > position {
            text = position..<end
            position = end
            return true
        }
        try require()
        return false
    }

    /// Passes over a comment, takes a CDATA section as text (true), refuses anything else.
    private func scanDeclaration() throws -> Bool {
        while limit - position < 9 {
            if try !refill(more: true) { throw damaged("declaration cut off") }
        }
        if starts(with: "<!--") {
            position = try end(of: "-->", from: position + 4)
            return false
        }
        guard starts(with: "<![CDATA[") else {
            throw PackagingError(
                .forbiddenXML,
                Bilingual(
                    "오피스 프로그램이 쓰지 않는 선언(DOCTYPE)이 들어 있어 안전을 위해 읽지 않았습니다.",
                    "The file was refused: it has a declaration (DOCTYPE) that no office program writes."
                ),
                context: context
            )
        }
        let end = try end(of: "]]>", from: position + 9)
        text = position + 9..<end - 3
        isLiteral = true
        position = end
        return true
    }

    private func starts(with other: StaticString) -> Bool {
        equals(position..<min(limit, position + other.utf8CodeUnitCount), other)
    }

    /// The index after a terminator; reads more as needed.
    private func end(of terminator: StaticString, from start: Int) throws -> Int {
        let length = terminator.utf8CodeUnitCount
        var offset = start - position
        while true {
            while position + offset + length <= limit {
                if equals(position + offset..<position + offset + length, terminator) {
                    return position + offset + length
                }
                offset += 1
            }
            try require()
        }
    }

    /// The index of the `>` that ends the tag at `position`, outside quoted values.
    private func tagEnd() throws -> Int {
        var offset = 1
        var quote: UInt8 = 0
        while true {
            while position + offset < limit {
                let byte = block[position + offset]
                if quote != 0 {
                    if byte == quote { quote = 0 }
                } else if byte == UInt8(ascii: ">") {
                    return position + offset
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: "<") {
                    throw damaged("< within a tag")
                }
                offset += 1
            }
            try require()
        }
    }

    private func find(_ byte: UInt8, from start: Int) -> Int? {
        guard let base = block.baseAddress, start < limit,
            let found = memchr(base + start, Int32(byte), limit - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private func require() throws {
        if try !refill(more: true) { throw damaged("cut off") }
    }

    /// Moves the unread bytes to the front and reads more; false where nothing more comes.
    private func refill(more: Bool = false) throws -> Bool {
        let unread = limit - position
        if unread > block.count / 2 {
            guard block.count < Self.maximumTagBytes else { throw damaged("a tag too long") }
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: block.count * 2)
            larger.initialize(repeating: 0)
            _ = larger.update(fromContentsOf: block[position..<limit])
            block.deallocate()
            block = larger
        } else if position > 0, unread > 0, let base = block.baseAddress {
            memmove(base, base + position, unread)
        }
        position = 0
        limit = unread
        let space = UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: block[unread...])
        )
        do {
            let count = try source.read(into: space)
            limit += count
            return count > 0
        } catch let error as PackagingError
            where error.code == .unknownEncoding || error.code == .invalidEncoding
        {
            // The advice for text files would not help anyone with an office document.
            throw damaged("encoding, \(error.context)")
        }
    }

    private func damaged(_ reason: String) -> PackagingError {
        .damagedXML("\(context): \(reason)")
    }

    /// Appends characters, resolving `&amp;`, `&#10;` and `&#xA;`.
    private func decode(_ range: Range<Int>, into bytes: inout [UInt8]) throws {
        var at = range.lowerBound
        while at < range.upperBound {
            var reference = at
            while reference < range.upperBound, block[reference] != UInt8(ascii: "&") {
                reference += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: block[at..<reference]))
            guard reference < range.upperBound else { return }
            at = try decodeReference(reference + 1, range.upperBound, into: &bytes)
        }
    }

    private func decodeReference(_ start: Int, _ end: Int, into bytes: inout [UInt8]) throws
        -> Int
    {
        var semicolon = start
        while semicolon < end, semicolon - start < 11, block[semicolon] != UInt8(ascii: ";") {
            semicolon += 1
        }
        guard semicolon < end, block[semicolon] == UInt8(ascii: ";") else {
            throw damaged("& without ;")
        }
        let name = String(decoding: block[start..<semicolon], as: UTF8.self)
        switch name {
        case "amp": bytes.append(UInt8(ascii: "&"))
        case "lt": bytes.append(UInt8(ascii: "<"))
        case "gt": bytes.append(UInt8(ascii: ">"))
        case "quot": bytes.append(UInt8(ascii: "\""))
        case "apos": bytes.append(UInt8(ascii: "'"))
        default:
            let digits = name.dropFirst()
            let number =
                digits.first == "x"
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
            guard name.first == "#", let number, let scalar = Unicode.Scalar(number) else {
                throw damaged("unknown reference &\(name);")
            }
            bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        }
        return semicolon + 1
    }
}
