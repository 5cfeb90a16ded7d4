/// Why bytes are not JSON, before anyone has put it in words.
struct JSONFailure: Error {
    enum Kind: Hashable {
        case truncated, unexpectedByte, notUTF8, badEscape, badNumber, tooDeep
    }

    var kind: Kind
    /// The index into the scanner's bytes.
    var index: Int
    /// The steps down to the failure, the innermost first: each level adds its own while the error
    /// passes, so that good input pays nothing for paths.
    var reversedPath: [JSONPath.Component] = []
}

/// Reads JSON values (RFC 8259) from bytes that may still be arriving.
///
/// The scanner owns a window of the input. Where a value runs past the window it fails with
/// `truncated`; the owner then adds bytes and scans the value again from its beginning.
struct JSONScanner {
    /// The window of the input, in UTF-8.
    var bytes: [UInt8]
    /// The next byte to read.
    var index = 0
    /// Whether no more bytes will arrive: only then is a number at the window's end complete.
    var isFinal: Bool
    /// How deeply arrays and objects may nest.
    let maximumDepth: Int

    init(bytes: [UInt8] = [], isFinal: Bool = false, maximumDepth: Int) {
        self.bytes = bytes
        self.isFinal = isFinal
        self.maximumDepth = maximumDepth
    }

    /// The next byte that is not white space, not consumed; fails at the end of the window.
    mutating func peek() throws(JSONFailure) -> UInt8 {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            index += 1
        }
        throw failure(.truncated)
    }

    /// Consumes a byte that has to come next, after white space.
    mutating func expect(_ byte: UInt8) throws(JSONFailure) {
        guard try peek() == byte else { throw failure(.unexpectedByte) }
        index += 1
    }

    /// Reads the value that comes next; `depth` counts the containers around it.
    mutating func value(depth: Int) throws(JSONFailure) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(text: try number())
        default: throw failure(.unexpectedByte)
        }
    }

    /// Reads the name of a member and the colon after it.
    mutating func name() throws(JSONFailure) -> String {
        guard try peek() == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
        let name = try string()
        try expect(UInt8(ascii: ":"))
        return name
    }

    private mutating func object(depth: Int) throws(JSONFailure) -> JSONObject {
        guard depth < maximumDepth else { throw failure(.tooDeep) }
        index += 1
        var object = JSONObject()
        if try peek() == UInt8(ascii: "}") {
            index += 1
            return object
        }
        object.members.reserveCapacity(8)
        while true {
            let name = try name()
            do throws(JSONFailure) {
                object.members.append(.init(name: name, value: try value(depth: depth + 1)))
            } catch {
                throw error.inside(.member(name))
            }
            guard try continues(until: UInt8(ascii: "}")) else { return object }
        }
    }

    private mutating func array(depth: Int) throws(JSONFailure) -> [JSONValue] {
        guard depth < maximumDepth else { throw failure(.tooDeep) }
        index += 1
        var elements: [JSONValue] = []
        if try peek() == UInt8(ascii: "]") {
            index += 1
            return elements
        }
        while true {
            do throws(JSONFailure) {
                elements.append(try value(depth: depth + 1))
            } catch {
                throw error.inside(.element(elements.count))
            }
            guard try continues(until: UInt8(ascii: "]")) else { return elements }
        }
    }

    /// Consumes a comma (true) or the end of the container (false).
    mutating func continues(until end: UInt8) throws(JSONFailure) -> Bool {
        let byte = try peek()
        guard byte == UInt8(ascii: ",") || byte == end else { throw failure(.unexpectedByte) }
        index += 1
        return byte != end
    }

    private mutating func literal(
        _ word: StaticString,
        _ value: JSONValue
    ) throws(JSONFailure) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count else { throw failure(.truncated) }
            guard bytes[index] == word.utf8Start[offset] else { throw failure(.unexpectedByte) }
            index += 1
        }
        return value
    }

    private func failure(_ kind: JSONFailure.Kind) -> JSONFailure {
        JSONFailure(kind: kind, index: index)
    }
}

extension JSONFailure {
    /// The failure as the container around it sees it.
    func inside(_ component: JSONPath.Component) -> JSONFailure {
        var outer = self
        outer.reversedPath.append(component)
        return outer
    }
}

// Numbers.
extension JSONScanner {
    /// Reads a number and keeps its text.
    private mutating func number() throws(JSONFailure) -> String {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let integerStart = index
        try digits()
        if bytes[integerStart] == UInt8(ascii: "0"), index > integerStart + 1 {
            index = integerStart
            throw failure(.badNumber)
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count,
                bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
            {
                index += 1
            }
            try digits()
        }
        // More digits may be on their way.
        if index == bytes.count, !isFinal { throw failure(.truncated) }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() throws(JSONFailure) {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
            index += 1
        }
        guard index > start else {
            throw failure(index < bytes.count ? .badNumber : .truncated)
        }
    }
}

// Strings.
extension JSONScanner {
    /// Reads a string; `index` is at its opening quotation mark.
    private mutating func string() throws(JSONFailure) -> String {
        let start = index + 1
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") { return try escapedString() }
            if byte < 0x20 {
                index = end
                throw failure(.unexpectedByte)
            }
            end += 1
        }
        guard end < bytes.count else {
            index = end
            throw failure(.truncated)
        }
        guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
            throw failure(.notUTF8)
        }
        index = end + 1
        return text
    }

    /// Reads a string that has escapes: the slower way.
    private mutating func escapedString() throws(JSONFailure) -> String {
        let opening = index
        index += 1
        var content: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    index = opening
                    throw failure(.notUTF8)
                }
                index += 1
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &content)
            case 0..<0x20:
                throw failure(.unexpectedByte)
            default:
                content.append(byte)
                index += 1
            }
        }
        throw failure(.truncated)
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONFailure) {
        guard index + 1 < bytes.count else { throw failure(.truncated) }
        let code = bytes[index + 1]
        switch code {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(code)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            content.append(contentsOf: String(try unicodeEscape()).utf8)
            return
        default: throw failure(.badEscape)
        }
        index += 2
    }

    /// Reads `\uXXXX`, or two of them that form a surrogate pair.
    private mutating func unicodeEscape() throws(JSONFailure) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Only a high surrogate may stand first, and a low one has to follow it.
        guard first < 0xDC00 else { throw failure(.badEscape) }
        guard index + 1 < bytes.count else { throw failure(.truncated) }
        guard bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            throw failure(.badEscape)
        }
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure(.badEscape) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONFailure) -> UInt32 {
        guard index + 6 <= bytes.count else { throw failure(.truncated) }
        var unit: UInt32 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw failure(.badEscape)
            }
            unit = unit << 4 | UInt32(digit)
        }
        index += 6
        return unit
    }
}
