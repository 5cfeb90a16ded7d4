import Basics

/// The fields and files of a submitted form.
public struct FormFields: Sendable {
    /// A file a person chose.
    public struct File: Sendable {
        /// The name of the form field.
        public let field: String
        /// The file's name as the person's machine calls it, its folders removed.
        public let fileName: String
        /// The content.
        public let bytes: [UInt8]
    }

    /// The text fields, in order.
    public let items: QueryItems
    /// The files, in order; a file field left empty is not among them.
    public let files: [File]

    /// How many parts of a multipart form are read; more is refused.
    public static let maximumPartCount = 500

    /// Creates fields from values, for tests and redisplayed forms.
    public init(items: QueryItems, files: [File] = []) {
        self.items = items
        self.files = files
    }

    init(urlEncoded bytes: [UInt8]) {
        self.init(items: QueryItems(urlEncoded: String(decoding: bytes, as: UTF8.self)))
    }

    /// The first value of a field.
    public subscript(name: String) -> String? { items[name] }

    /// The value of a field without white space at its ends, or nothing where it is empty.
    public func text(_ name: String) -> String? { items.text(name) }

    /// Every value of a field.
    public func all(_ name: String) -> [String] { items.all(name) }

    /// The first file of a field.
    public func file(_ field: String) -> File? { files.first { $0.field == field } }
}

extension FormFields {
    /// Reads `multipart/form-data` (RFC 7578).
    init(multipart bytes: [UInt8], contentType: String) throws {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty,
            boundary.utf8.count <= 70
        else { throw Self.unreadable("no boundary in \(contentType)") }
        var pairs: [(name: String, value: String)] = []
        var files: [File] = []
        var reader = MultipartReader(bytes: bytes, boundary: Array(boundary.utf8))
        var partCount = 0
        while let part = try reader.nextPart() {
            partCount += 1
            guard partCount <= Self.maximumPartCount else {
                throw Self.unreadable("more than \(Self.maximumPartCount) parts")
            }
            guard let name = Self.parameter("name", of: part.disposition) else {
                throw Self.unreadable("a part without a name")
            }
            if let fileName = Self.parameter("filename", of: part.disposition) {
                guard !fileName.isEmpty || !part.content.isEmpty else { continue }
                let last = fileName.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
                files.append(
                    File(field: name, fileName: last, bytes: Array(bytes[part.content]))
                )
            } else {
                pairs.append((name, String(decoding: bytes[part.content], as: UTF8.self)))
            }
        }
        self.init(items: QueryItems(pairs), files: files)
    }

    static func unreadable(_ context: String) -> Problem {
        .badRequest(
            Bilingual(
                "보낸 양식을 끝까지 읽지 못했습니다. 연결을 확인하고 다시 보내 주세요.",
                "The form did not arrive whole. Check the connection and send it again."
            ),
            context: context
        )
    }

    /// A parameter of a header value such as `form-data; name="file"; filename="a.csv"`.
    static func parameter(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2,
                String(parts[0]).trimmingWhitespace().lowercased() == name
            else { continue }
            let value = String(parts[1]).trimmingWhitespace()
            guard value.hasPrefix("\""), value.hasSuffix("\""), value.utf8.count >= 2 else {
                return value
            }
            return percentDecodedQuotes(String(value.dropFirst().dropLast()))
        }
        return nil
    }

    /// Browsers write a quote in a file name as `%22` (HTML Living Standard, multipart encoding).
    private static func percentDecodedQuotes(_ value: String) -> String {
        guard value.contains("%") else { return value }
        return percentDecoded(value, plusIsSpace: false)
    }
}

/// Walks the parts of a multipart body without copying their content (RFC 2046 §5.1).
struct MultipartReader {
    struct Part {
        var disposition: String
        var content: Range<Int>
    }

    static let maximumHeaderByteCount = 8192

    let bytes: [UInt8]
    let delimiter: [UInt8]
    private var position = 0
    private var isStarted = false

    init(bytes: [UInt8], boundary: [UInt8]) {
        self.bytes = bytes
        delimiter = [0x0D, 0x0A, 0x2D, 0x2D] + boundary
    }

    mutating func nextPart() throws -> Part? {
        if !isStarted {
            isStarted = true
            // The first delimiter may stand at the very start, without its CRLF.
            if bytes.starts(with: delimiter.dropFirst(2)) {
                position = delimiter.count - 2
            } else if let found = find(delimiter, from: 0) {
                position = found + delimiter.count
            } else {
                throw FormFields.unreadable("no delimiter")
            }
        }
        if bytes[position...].starts(with: [0x2D, 0x2D]) { return nil }
        guard let lineEnd = find([0x0D, 0x0A], from: position) else {
            throw FormFields.unreadable("the body ends inside a delimiter")
        }
        let headStart = lineEnd + 2
        guard let headEnd = find([0x0D, 0x0A, 0x0D, 0x0A], from: lineEnd),
            headEnd - headStart <= Self.maximumHeaderByteCount
        else { throw FormFields.unreadable("the header of a part does not end") }
        let contentStart = headEnd + 4
        guard let contentEnd = find(delimiter, from: headEnd + 2) else {
            throw FormFields.unreadable("the body ends inside a part")
        }
        position = contentEnd + delimiter.count
        let head = headStart < headEnd ? bytes[headStart..<headEnd] : []
        return Part(
            disposition: disposition(String(decoding: head, as: UTF8.self)),
            content: min(contentStart, contentEnd)..<contentEnd
        )
    }

    private func disposition(_ head: String) -> String {
        for line in head.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "content-disposition" {
                return String(parts[1])
            }
        }
        return ""
    }

    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= pattern.count, start <= bytes.count - pattern.count else { return nil }
        let first = pattern[0]
        return bytes.withUnsafeBufferPointer { buffer in
            var index = start
            let last = buffer.count - pattern.count
            while index <= last {
                if buffer[index] == first {
                    var offset = 1
                    while offset < pattern.count, buffer[index + offset] == pattern[offset] {
                        offset += 1
                    }
                    if offset == pattern.count { return index }
                }
                index += 1
            }
            return nil
        }
    }
}
