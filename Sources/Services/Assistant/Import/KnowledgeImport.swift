import Basics
import Documents
import Foundation
import Packaging
import Programs
import Tabular
import Web

/// A document as it was read: a title and passages fit to be quoted.
struct ImportedDocument: Sendable {
    var title: String
    /// What the file says of itself in its front matter.
    var facts: FrontMatter
    var passages: [PassageCutter.Passage]
}

/// Reads the files people bring: Markdown, HTML, plain text, DOCX, PDF, tables of questions and
/// answers.
enum KnowledgeImport {
    /// The endings of the names that are offered.
    static let acceptedTypes = [
        ".md", ".txt", ".html", ".htm", ".docx", ".pdf", ".csv", ".xlsx",
    ]
    /// The longest passage, in characters; a longer one is cut between its paragraphs.
    static let maximumPassageLength = 1_600

    /// Reads a file; its content decides what it is, and only for text its name.
    ///
    /// Throws an explained error where it cannot be read, or holds no text.
    static func read(_ bytes: [UInt8], fileName: String) async throws -> ImportedDocument {
        let name = fileName.lowercased()
        let head = Array(bytes.prefix(FileKind.headBytes))
        let document: ImportedDocument
        switch try FileKind.detect(head, all: MemoryBytes(bytes)) {
        case .text where [".csv", ".xlsx"].contains(where: name.hasSuffix):
            document = try pairs(bytes, fileName: fileName)
        case .text where [".html", ".htm"].contains(where: name.hasSuffix):
            document = try await outline(bytes, fileName: fileName)
        case .text: document = try markdown(bytes, fileName: fileName)
        case .zip where try ZipArchive(MemoryBytes(bytes)).kind == .workbook:
            document = try pairs(bytes, fileName: fileName)
        default: document = try await outline(bytes, fileName: fileName)
        }
        return try checked(document.composed, fileName: fileName)
    }

    /// Reads a text in Markdown, or plain.
    static func markdown(_ bytes: [UInt8], fileName: String) throws -> ImportedDocument {
        let text = try TextEncoding.text(
            of: bytes,
            maximumByteCount: DocumentLimits().maximumTextByteCount
        )
        let (facts, lines) = try FrontMatter.read(text)
        var outline = Outline()
        for line in lines { outline.add(line) }
        let title = facts["제목"] ?? outline.title ?? baseName(fileName)
        return ImportedDocument(title: title, facts: facts, passages: outline.finished())
    }

    /// Reads a document of headings, paragraphs, lists and tables.
    private static func outline(
        _ bytes: [UInt8],
        fileName: String
    ) async throws -> ImportedDocument {
        let outline = try await OutlineReader.read(bytes, fileName: fileName)
        let title = outline.title
        var cutter = PassageCutter(title: title)
        for block in outline.blocks {
            switch block.content {
            case .heading(let level, let text): cutter.add(heading: text, level: level)
            case .paragraph(let text): cutter.add(text, page: block.page)
            case .item(let text): cutter.add("- \(text)", page: block.page)
            case .table(let rows):
                for lines in tables(rows) { cutter.add(lines, page: block.page) }
            }
        }
        return ImportedDocument(
            title: title ?? baseName(fileName),
            facts: FrontMatter(),
            passages: cutter.finished()
        )
    }

    /// A table as the lines of one, in parts that fit a passage; each part repeats the header.
    private static func tables(_ rows: [[String]]) -> [String] {
        guard let header = rows.first else { return [] }
        var parts: [[[String]]] = [[header]]
        var length = 0
        for row in rows.dropFirst() {
            let size = row.reduce(0) { $0 + $1.count + 3 }
            if length + size > maximumPassageLength / 2, length > 0 {
                parts.append([header])
                length = 0
            }
            parts[parts.count - 1].append(row)
            length += size
        }
        return parts.map { DocumentOutline.table($0).joined(separator: "\n") }
    }

    /// A table with the columns 질문 and 답변 (or question and answer).
    private static func pairs(_ bytes: [UInt8], fileName: String) throws -> ImportedDocument {
        var reader = try TabularReader.open(bytes, fileName: fileName)
        let finder = HeaderFinder([
            "question": ["질문", "question", "Q"], "answer": ["답변", "답", "answer", "A"],
        ])
        let head = try reader.rows(upTo: HeaderFinder.maximumRowCount)
        guard let header = finder.find(in: head), let question = header.columns["question"],
            let answer = header.columns["answer"]
        else {
            throw ImportRefusal(
                Bilingual(
                    "‘질문’ 열과 ‘답변’ 열이 있어야 합니다.",
                    "The table needs a column 질문 (question) and a column 답변 (answer)."
                ),
                context: fileName
            )
        }
        var passages: [PassageCutter.Passage] = []
        func take(_ row: TabularRow) {
            let asked = row[question].text.trimmingWhitespace()
            let said = row[answer].text.trimmingWhitespace()
            if !asked.isEmpty && !said.isEmpty { passages.append((asked, asked, said)) }
        }
        for row in head.dropFirst(header.rowsBeforeData) { take(row) }
        var row = TabularRow()
        while try reader.next(&row) { take(row) }
        return ImportedDocument(
            title: baseName(fileName),
            facts: FrontMatter(),
            passages: passages
        )
    }

    private static func checked(
        _ document: ImportedDocument,
        fileName: String
    ) throws(ImportRefusal) -> ImportedDocument {
        guard !document.passages.isEmpty else {
            throw ImportRefusal(
                Bilingual("파일에 글이 없습니다.", "The file has no text."),
                context: fileName
            )
        }
        guard document.passages.count <= Knowledge.maximumPassageCount else {
            throw ImportRefusal(
                Bilingual(
                    "문서가 너무 깁니다. 나누어 올려 주세요.",
                    "The document is too long. Divide it."
                ),
                context: "\(fileName): \(document.passages.count) passages"
            )
        }
        return document
    }

    /// The name of a file without its folder and its ending.
    private static func baseName(_ fileName: String) -> String {
        let name = fileName.split(separator: "/").last.map(String.init) ?? fileName
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}

extension ImportedDocument {
    /// The document in composed characters (NFC), with a title of a length that fits.
    ///
    /// What comes from a Macintosh, PDFs too, is often in decomposed ones, which look the same and
    /// are found by nobody.
    fileprivate var composed: ImportedDocument {
        func composed(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }
        let title = composed(title).trimmingWhitespace()
        return ImportedDocument(
            title: String(title.prefix(KnowledgeDocument.maximumTitleLength)),
            facts: facts,
            passages: passages.map {
                (composed($0.heading), composed($0.locator), composed($0.body))
            }
        )
    }
}

/// A file that cannot be a document.
struct ImportRefusal: ExplainedError, Hashable {
    /// What is wrong and what to do.
    let message: Bilingual
    /// Which file, for the log.
    let context: String

    init(_ message: Bilingual, context: String) {
        self.message = message
        self.context = context
    }
}
