import Basics
import Packaging

/// Reads a Word document (ISO/IEC 29500, WordprocessingML): its body with headings by its styles,
/// lists, tables and notes.
///
/// Deleted and moved-away text, hidden text, field codes and tables of contents are left out.
public enum WordReader {
    /// Reads a document.
    ///
    /// - Throws: `DocumentsError` where it is damaged, hostile, under a password or too large.
    public static func read(
        _ bytes: [UInt8],
        limits: DocumentLimits = DocumentLimits()
    ) throws(DocumentsError) -> DocumentOutline {
        if bytes.isEmpty { throw .empty }
        if bytes.count > limits.maximumByteCount { throw .tooLarge("\(bytes.count) bytes") }
        do {
            var zip = ZipLimits()
            zip.maximumUncompressedBytes = limits.maximumPartByteCount
            return try read(ZipArchive(MemoryBytes(bytes), limits: zip), limits: limits)
        } catch let error as PackagingError {
            throw DocumentsError(error)
        } catch let error as DocumentsError {
            throw error
        } catch {
            throw .damaged("\(error)")
        }
    }

    private static func read(
        _ archive: ZipArchive,
        limits: DocumentLimits
    ) throws -> DocumentOutline {
        guard archive.kind == .word else {
            if case .other(let name) = archive.kind { throw DocumentsError.notDocument(name) }
            throw DocumentsError.notDocument(Bilingual("엑셀(.xlsx)", "an Excel workbook (.xlsx)"))
        }
        let root = try archive.relationships(of: "")
        let name = root.first { $0.kind == "officeDocument" }?.target ?? "word/document.xml"
        let parts = Dictionary(
            try archive.relationships(of: name).filter { !$0.isExternal }.map {
                ($0.kind, $0.target)
            },
            uniquingKeysWith: { first, _ in first }
        )
        guard let source = try archive.part(name) else { throw DocumentsError.damaged(name) }
        let styles = try parts["styles"].flatMap { try WordStyles(archive, part: $0) }
        var notes: [WordNotes.Kind: WordNotes] = [:]
        for kind in WordNotes.Kind.allCases {
            notes[kind] = try parts[kind.rawValue].flatMap {
                try WordNotes(archive, part: $0, kind: kind, limits: limits)
            }
        }
        var body = WordBody(
            XMLScanner(source, context: name),
            styles: styles ?? WordStyles(),
            notes: notes,
            limits: limits
        )
        try body.read()
        var outline = try body.finished()
        if let properties = root.first(where: { $0.kind == "core-properties" && !$0.isExternal }),
            let title = try title(archive, part: properties.target)
        {
            outline.title = title
        }
        return outline
    }

    /// The title among the core properties (ISO/IEC 29500-2, 11); what programs put there by
    /// themselves does not count.
    private static func title(_ archive: ZipArchive, part: String) throws -> String? {
        guard let source = try archive.metadata(part) else { return nil }
        let scanner = XMLScanner(source, context: part)
        var bytes: [UInt8] = []
        var isInTitle = false
        while case let token = try scanner.next(), token != .finish {
            if token == .text {
                if isInTitle { try scanner.appendText(to: &bytes) }
            } else if scanner.isNamed("title") {
                isInTitle = token == .start
            }
        }
        let title = String(decoding: bytes, as: UTF8.self).collapsed()
        return title.isEmpty || placeholders.contains(title.lowercased()) ? nil : title
    }

    private static let placeholders: Set<String> = [
        "powerpoint 프레젠테이션", "word 문서", "제목 없음", "untitled", "document1", "문서1", "문서 1",
    ]
}

/// What the styles of a document mean for its outline (ISO/IEC 29500-1, 17.7).
struct WordStyles {
    /// What paragraphs of a style are.
    enum Role: Hashable {
        case heading(Int)
        case title
        case item
        /// A line of a table of contents, which only repeats headings.
        case contents
    }

    private struct Style {
        var name = ""
        var base: String?
        var outlineLevel: Int?
        var isItem: Bool?
    }

    private var styles: [String: Style] = [:]

    /// No styles at all.
    init() {}

    init?(_ archive: ZipArchive, part: String) throws {
        guard let source = try archive.metadata(part) else { return nil }
        let scanner = XMLScanner(source, context: part)
        var identifier: String?
        while case let token = try scanner.next(), token != .finish {
            if scanner.isNamed("style"), token != .text {
                identifier = token == .start ? try scanner.attribute("styleId") : nil
                if let identifier { styles[identifier] = Style() }
            }
            guard token == .start, let identifier else { continue }
            if scanner.isNamed("name") {
                styles[identifier]?.name = try scanner.attribute("val")?.lowercased() ?? ""
            } else if scanner.isNamed("basedOn") {
                styles[identifier]?.base = try scanner.attribute("val")
            } else if scanner.isNamed("outlineLvl") {
                styles[identifier]?.outlineLevel = try scanner.attribute("val").flatMap { Int($0) }
            } else if scanner.isNamed("numId") {
                styles[identifier]?.isItem = try scanner.attribute("val") != "0"
            }
        }
    }

    /// What paragraphs of a style are; nothing where they are plain paragraphs.
    func role(_ identifier: String) -> Role? {
        var current: String? = identifier
        var isItem: Bool?
        for _ in 0..<Self.maximumBaseCount {
            guard let style = current.flatMap({ styles[$0] }) else { break }
            if let role = Self.role(named: style.name) { return role }
            if let level = style.outlineLevel {
                return (0...8).contains(level) ? .heading(level + 1) : nil
            }
            isItem = isItem ?? style.isItem
            current = style.base
        }
        return isItem == true ? .item : nil
    }

    /// How many styles may stand on one another.
    private static let maximumBaseCount = 32

    /// What a style is by the name that Word gives it, in English or in Korean.
    private static func role(named name: String) -> Role? {
        if name == "title" || name == "제목" { return .title }
        if name.hasPrefix("toc ") || name.hasPrefix("목차 ") || name == "toc heading" {
            return .contents
        }
        for prefix in ["heading ", "제목 ", "개요 "] where name.hasPrefix(prefix) {
            if let level = Int(name.dropFirst(prefix.count)), (1...9).contains(level) {
                return .heading(level)
            }
        }
        return nil
    }
}

/// The footnotes or endnotes of a document, by their identifiers.
struct WordNotes {
    /// The kinds of notes, by the kind of the relationship that names their part.
    enum Kind: String, CaseIterable {
        case footnotes, endnotes
    }

    private(set) var texts: [String: String] = [:]

    init?(_ archive: ZipArchive, part: String, kind: Kind, limits: DocumentLimits) throws {
        guard let source = try archive.part(part) else { return nil }
        let scanner = XMLScanner(source, context: part)
        var identifier: String?
        var run = WordRun()
        var byteCount = 0
        while case let token = try scanner.next(), token != .finish {
            let isNote =
                kind == .footnotes ? scanner.isNamed("footnote") : scanner.isNamed("endnote")
            if isNote, token == .start {
                // The lines that separate notes from the text are notes of a type of their own.
                let isText = try scanner.attribute("type").map { $0 == "normal" } ?? true
                identifier = isText ? try scanner.attribute("id") : nil
            } else if isNote, token == .end, let note = identifier {
                byteCount += run.byteCount
                texts[note] = run.take().collapsed()
                identifier = nil
            } else if identifier != nil {
                try run.take(token, from: scanner)
                if token == .end, scanner.isNamed("p") { run.append(" ") }
            }
            guard byteCount + run.byteCount <= limits.maximumTextByteCount else {
                throw DocumentsError.tooLarge(part)
            }
        }
    }
}

/// The text of runs: what stands in `<w:t>`, with tabs and line breaks, without what was deleted,
/// moved away or is hidden.
struct WordRun {
    private var bytes: [UInt8] = []
    private var isInText = false
    private var isHidden = false
    /// How many elements are open whose contents are left out.
    private var leftOutDepth = 0
    private var propertiesDepth = 0

    /// Creates a run; one that is left out as a whole takes no text.
    init(isLeftOut: Bool = false) {
        leftOutDepth = isLeftOut ? 1 : 0
    }

    /// How many bytes of text wait to be taken.
    var byteCount: Int { bytes.count }

    /// Whether the place is within something that is left out.
    var isLeftOut: Bool { leftOutDepth > 0 }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Gives out the text and starts anew.
    mutating func take() -> String {
        defer { bytes = [] }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func take(_ token: XMLScanner.Token, from scanner: XMLScanner) throws {
        switch token {
        case .text:
            if isInText, !isHidden, leftOutDepth == 0 { try scanner.appendText(to: &bytes) }
        case .start, .end:
            let step = token == .start ? 1 : -1
            if Self.isLeftOut(scanner) {
                leftOutDepth += step
            } else if scanner.isNamed("pPr") || scanner.isNamed("rPr") {
                propertiesDepth += step
            } else if scanner.isNamed("r") {
                isHidden = false
            } else if scanner.isNamed("t") {
                isInText = token == .start
            } else if token == .start {
                try takeMark(scanner)
            }
        case .finish: break
        }
    }

    private mutating func takeMark(_ scanner: XMLScanner) throws {
        if propertiesDepth > 0 {
            guard scanner.isNamed("vanish") else { return }
            let value = try scanner.attribute("val")
            isHidden = value != "0" && value != "false"
        } else if isHidden || leftOutDepth > 0 {
            return
        } else if scanner.isNamed("tab") {
            append(" ")
        } else if scanner.isNamed("br") || scanner.isNamed("cr") {
            append("\n")
        } else if scanner.isNamed("noBreakHyphen") {
            append("-")
        }
    }

    /// Tracked deletions, the old places of what was moved, old formatting, readings over
    /// characters, and the second telling of a text box for old programs.
    private static func isLeftOut(_ scanner: XMLScanner) -> Bool {
        scanner.isNamed("del") || scanner.isNamed("moveFrom") || scanner.isNamed("rt")
            || scanner.isNamed("Fallback") || scanner.isNamed("pPrChange")
            || scanner.isNamed("rPrChange")
    }
}
