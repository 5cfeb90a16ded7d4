/// A document in the order in which it is read: what it says, without how it looks.
public struct DocumentOutline: Sendable, Hashable, Encodable {
    /// What one piece of the document is.
    public enum Content: Sendable, Hashable {
        /// A heading; its level counts from 1.
        case heading(level: Int, String)
        /// A paragraph; a line break within it is `\n`.
        case paragraph(String)
        /// An item of a list.
        case item(String)
        /// The rows of a table; every row has as many cells as the widest.
        case table([[String]])
    }

    /// One piece of the document.
    public struct Block: Sendable, Hashable {
        /// What it is.
        public var content: Content
        /// The page on which it begins, from 1; nothing where the document knows no pages.
        public var page: Int?

        /// Creates a piece.
        public init(_ content: Content, page: Int? = nil) {
            self.content = content
            self.page = page
        }
    }

    /// What the document calls itself.
    public var title: String?
    /// Its pieces, in reading order.
    public var blocks: [Block]

    /// Creates an outline.
    public init(title: String? = nil, blocks: [Block] = []) {
        self.title = title
        self.blocks = blocks
    }
}

extension DocumentOutline.Block: Encodable {
    private enum CodingKeys: String, CodingKey {
        case kind, level, text, rows, page
    }

    /// Writes `{"kind", "text"}` with the `level` of a heading, the `rows` of a table, the `page`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch content {
        case .heading(let level, let text):
            try container.encode("heading", forKey: .kind)
            try container.encode(level, forKey: .level)
            try container.encode(text, forKey: .text)
        case .paragraph(let text):
            try container.encode("paragraph", forKey: .kind)
            try container.encode(text, forKey: .text)
        case .item(let text):
            try container.encode("item", forKey: .kind)
            try container.encode(text, forKey: .text)
        case .table(let rows):
            try container.encode("table", forKey: .kind)
            try container.encode(rows, forKey: .rows)
        }
        try container.encodeIfPresent(page, forKey: .page)
    }
}

/// How much a document may hold before it is refused.
public struct DocumentLimits: Sendable, Hashable {
    /// The largest file, in bytes.
    public var maximumByteCount = 64 << 20
    /// The most text of a document, in bytes of UTF-8.
    public var maximumTextByteCount = 16 << 20
    /// The most pieces of a document.
    public var maximumBlockCount = 200_000
    /// The most bytes that a part of a DOCX may unpack to.
    public var maximumPartByteCount = 128 << 20
    /// How deep elements may stand in one another.
    public var maximumDepth = 256

    /// Creates the limits with their default values.
    public init() {}
}

/// Collects the pieces of a document within its limits.
struct OutlineBuilder {
    private(set) var outline = DocumentOutline()
    private let limits: DocumentLimits
    private var textByteCount = 0

    init(limits: DocumentLimits) {
        self.limits = limits
    }

    mutating func setTitle(_ text: String) {
        outline.title = text.isEmpty ? nil : text
    }

    /// Adds a piece; one without any text is none.
    mutating func add(
        _ content: DocumentOutline.Content,
        page: Int? = nil
    ) throws(DocumentsError) {
        let size =
            switch content {
            case .heading(_, let text), .paragraph(let text), .item(let text): text.utf8.count
            case .table(let rows): rows.joined().reduce(0) { $0 + $1.utf8.count }
            }
        guard size > 0 else { return }
        textByteCount += size
        guard textByteCount <= limits.maximumTextByteCount,
            outline.blocks.count < limits.maximumBlockCount
        else {
            throw DocumentsError.tooLarge(
                "\(textByteCount) bytes of text, \(outline.blocks.count) blocks"
            )
        }
        outline.blocks.append(DocumentOutline.Block(content, page: page))
    }
}

/// A table while its cells come in: merged cells are given to every row they span.
struct TableBuilder {
    /// The most columns of a table; what stands to the right of them is left out.
    static let maximumColumnCount = 256
    /// The most cells of a table, counted as if every row were as wide as the widest.
    static let maximumCellCount = 1_000_000

    private(set) var rows: [[String]] = []
    private var row: [String] = []
    private var width = 0
    /// What the columns carry on from the rows above, and for how many rows more.
    private var carried: [Int: (text: String, rowCount: Int)] = [:]

    mutating func beginRow() {
        row = []
    }

    /// Adds a cell; `text` is nothing where the cell above goes on.
    mutating func add(_ text: String?, columns: Int = 1, rows rowCount: Int = 1) {
        takeCarried()
        for offset in 0..<max(1, min(columns, Self.maximumColumnCount)) {
            guard row.count < Self.maximumColumnCount else { return }
            let column = row.count
            let above = rows.last.flatMap { $0.indices.contains(column) ? $0[column] : nil }
            let shown = offset == 0 ? text ?? above ?? "" : ""
            row.append(shown)
            if rowCount > 1 { carried[column] = (shown, rowCount - 1) }
        }
    }

    mutating func endRow() throws(DocumentsError) {
        takeCarried()
        guard row.contains(where: { !$0.isEmpty }) else { return }
        rows.append(row)
        width = max(width, row.count)
        if rows.count * width > Self.maximumCellCount {
            throw .tooLarge("a table of \(rows.count) rows")
        }
    }

    /// The rows, each as wide as the widest.
    var squared: [[String]] {
        rows.map { $0 + Array(repeating: "", count: width - $0.count) }
    }

    private mutating func takeCarried() {
        while let (text, rowCount) = carried[row.count], row.count < Self.maximumColumnCount {
            carried[row.count] = rowCount > 1 ? (text, rowCount - 1) : nil
            row.append(text)
        }
    }
}

extension String {
    /// The text with each run of white space as one space, without the characters that nobody sees.
    ///
    /// Line feeds stay where `keepsLines` says so.
    func collapsed(keepsLines: Bool = false) -> String {
        var result = ""
        var gap: Character?
        for character in self {
            if character == "\u{AD}" || character == "\u{200B}" || character == "\u{FEFF}" {
                continue
            }
            if character.isWhitespace || character == "\u{0}" {
                let isLine = keepsLines && character.isNewline
                gap = isLine || gap == "\n" ? "\n" : " "
                continue
            }
            if let gap, !result.isEmpty { result.append(gap) }
            gap = nil
            result.append(character)
        }
        return result
    }
}
