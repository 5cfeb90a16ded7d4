import Packaging

/// One pass over the body of a Word document.
struct WordBody {
    private struct Paragraph {
        var run: WordRun
        var role: WordStyles.Role?
        var isItem: Bool?
        var notes: [String] = []
        var isInProperties = false
    }

    private struct Table {
        var builder = TableBuilder()
        /// The paragraphs of the cell so far.
        var cell: [String] = []
        var columnCount = 1
        var continuesAbove = false
        var isRowDeleted = false
        var isInRowProperties = false
    }

    private let scanner: XMLScanner
    private let styles: WordStyles
    private let notes: [WordNotes.Kind: WordNotes]
    private let limits: DocumentLimits
    private var builder: OutlineBuilder
    /// The paragraphs that are open: more than one where a text box stands in one.
    private var paragraphs: [Paragraph] = []
    /// What stands between paragraphs; it only knows whether that is left out.
    private var outer = WordRun()
    private var tables: [Table] = []
    /// What text boxes say, until the paragraph that they stand in is over.
    private var boxed: [DocumentOutline.Content] = []
    private var noteCount = 0
    private var title: String?
    private var firstHeading: String?

    init(
        _ scanner: XMLScanner,
        styles: WordStyles,
        notes: [WordNotes.Kind: WordNotes],
        limits: DocumentLimits
    ) {
        self.scanner = scanner
        self.styles = styles
        self.notes = notes
        self.limits = limits
        builder = OutlineBuilder(limits: limits)
    }

    mutating func read() throws {
        var isDocument = false
        while case let token = try scanner.next(), token != .finish {
            if token == .start, scanner.isNamed("document") { isDocument = true }
            switch token {
            case .start where scanner.isNamed("p"): try open()
            case .end where scanner.isNamed("p"): try close()
            case .start, .end:
                if isTableMark { try takeTableMark(token) } else { try takeMark(token) }
            case .text: try take(token)
            case .finish: break
            }
        }
        guard isDocument, paragraphs.isEmpty, tables.isEmpty else {
            throw DocumentsError.damaged("the document is not closed")
        }
    }

    consuming func finished() throws -> DocumentOutline {
        if let title = title ?? firstHeading { builder.setTitle(title) }
        return builder.outline
    }

    private mutating func open() throws {
        guard paragraphs.count < limits.maximumDepth else {
            throw DocumentsError.damaged("paragraphs \(paragraphs.count) deep")
        }
        let isLeftOut = (paragraphs.last?.run ?? outer).isLeftOut
        paragraphs.append(Paragraph(run: WordRun(isLeftOut: isLeftOut)))
    }

    private mutating func take(_ token: XMLScanner.Token) throws {
        guard let last = paragraphs.indices.last else { return }
        try paragraphs[last].run.take(token, from: scanner)
        guard paragraphs[last].run.byteCount <= limits.maximumTextByteCount else {
            throw DocumentsError.tooLarge("a paragraph")
        }
    }

    /// Takes an element of a paragraph: its properties, a reference to a note, a part of a run.
    private mutating func takeMark(_ token: XMLScanner.Token) throws {
        guard let last = paragraphs.indices.last else {
            return try outer.take(token, from: scanner)
        }
        try take(token)
        if scanner.isNamed("pPr") { paragraphs[last].isInProperties = token == .start }
        guard token == .start, !paragraphs[last].run.isLeftOut else { return }
        if paragraphs[last].isInProperties {
            try takeProperty(of: last)
        } else if scanner.isNamed("footnoteReference") {
            try takeNote(.footnotes, of: last)
        } else if scanner.isNamed("endnoteReference") {
            try takeNote(.endnotes, of: last)
        }
    }

    private mutating func takeProperty(of paragraph: Int) throws {
        if scanner.isNamed("pStyle") {
            guard let style = try scanner.attribute("val") else { return }
            paragraphs[paragraph].role = styles.role(style)
        } else if scanner.isNamed("outlineLvl") {
            guard let level = try scanner.attribute("val").flatMap({ Int($0) }),
                (0...8).contains(level)
            else { return }
            paragraphs[paragraph].role = .heading(level + 1)
        } else if scanner.isNamed("numId") {
            paragraphs[paragraph].isItem = try scanner.attribute("val") != "0"
        }
    }

    private mutating func takeNote(_ kind: WordNotes.Kind, of paragraph: Int) throws {
        guard let note = try scanner.attribute("id").flatMap({ notes[kind]?.texts[$0] }),
            !note.isEmpty
        else { return }
        noteCount += 1
        paragraphs[paragraph].notes.append("주 \(noteCount)) \(note)")
    }

    /// Ends a paragraph: it goes to its cell, to the text boxes, or to the outline.
    private mutating func close() throws {
        guard var paragraph = paragraphs.popLast() else { throw DocumentsError.damaged("</p>") }
        let text = paragraph.run.take().collapsed(keepsLines: true)
        guard paragraphs.isEmpty else {
            boxed.append(.paragraph(text))
            boxed += paragraph.notes.map { .paragraph($0) }
            return
        }
        var contents = [content(text, paragraph)].compactMap(\.self) + boxed
        contents += paragraph.notes.map { .paragraph($0) }
        boxed = []
        guard tables.isEmpty else {
            tables[tables.count - 1].cell += contents.map(\.plainText).filter { !$0.isEmpty }
            return
        }
        for content in contents { try builder.add(content) }
    }

    private mutating func content(
        _ text: String,
        _ paragraph: Paragraph
    ) -> DocumentOutline.Content? {
        guard !text.isEmpty else { return nil }
        switch paragraph.role {
        case .contents: return nil
        case .title where tables.isEmpty:
            if title == nil { title = text.collapsed() }
            return .heading(level: 1, text.collapsed())
        case .heading(let level) where tables.isEmpty:
            if firstHeading == nil, level == 1 { firstHeading = text.collapsed() }
            return .heading(level: level, text.collapsed())
        case .item, .heading, .title, nil:
            let isItem = paragraph.isItem ?? (paragraph.role == .item)
            return isItem ? .item(text.collapsed()) : .paragraph(text)
        }
    }

    private var isTableMark: Bool {
        scanner.isNamed("tbl") || scanner.isNamed("tr") || scanner.isNamed("tc")
            || scanner.isNamed("trPr") || scanner.isNamed("gridSpan") || scanner.isNamed("vMerge")
            || (scanner.isNamed("del") && tables.last?.isInRowProperties == true)
    }

    private mutating func takeTableMark(_ token: XMLScanner.Token) throws {
        if scanner.isNamed("tbl") {
            if token == .end { return try endTable() }
            guard tables.count < limits.maximumDepth else {
                throw DocumentsError.damaged("tables \(tables.count) deep")
            }
            tables.append(Table())
            return
        }
        guard let last = tables.indices.last else { return }
        if scanner.isNamed("tr") {
            if token == .start {
                tables[last].builder.beginRow()
                tables[last].isRowDeleted = false
            } else if !tables[last].isRowDeleted {
                try tables[last].builder.endRow()
            }
        } else if scanner.isNamed("tc") {
            try takeCell(token, of: last)
        } else if scanner.isNamed("trPr") {
            tables[last].isInRowProperties = token == .start
        } else if token == .start, scanner.isNamed("gridSpan") {
            tables[last].columnCount = try scanner.attribute("val").flatMap { Int($0) } ?? 1
        } else if token == .start, scanner.isNamed("vMerge") {
            tables[last].continuesAbove = try scanner.attribute("val") != "restart"
        } else if token == .start, scanner.isNamed("del") {
            tables[last].isRowDeleted = true
        }
    }

    private mutating func takeCell(_ token: XMLScanner.Token, of table: Int) throws {
        if token == .start {
            tables[table].cell = []
            tables[table].columnCount = 1
            tables[table].continuesAbove = false
            return
        }
        let text = tables[table].cell.joined(separator: " ").collapsed()
        tables[table].builder.add(
            tables[table].continuesAbove && text.isEmpty ? nil : text,
            columns: tables[table].columnCount
        )
        // What a row of a hundred thousand cells would hold is let go as it comes.
        tables[table].cell = []
    }

    private mutating func endTable() throws {
        guard let table = tables.popLast() else { throw DocumentsError.damaged("</tbl>") }
        let rows = table.builder.squared
        if let outer = tables.indices.last {
            // A table in a cell becomes words of the cell.
            tables[outer].cell += rows.joined().filter { !$0.isEmpty }
        } else if rows.count == 1, rows[0].count == 1 {
            // One cell alone is a frame around a paragraph.
            try builder.add(.paragraph(rows[0][0]))
        } else {
            try builder.add(.table(rows))
        }
    }
}

extension DocumentOutline.Content {
    /// The words of a piece, for a cell of a table.
    fileprivate var plainText: String {
        switch self {
        case .heading(_, let text), .paragraph(let text), .item(let text): text
        case .table(let rows): rows.joined().joined(separator: " ")
        }
    }
}
