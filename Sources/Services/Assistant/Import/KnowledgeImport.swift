import Basics
import Tabular
import Web

/// A document as it was read: a title and passages fit to be quoted.
struct ImportedDocument: Sendable {
    var title: String
    /// What the file says of itself in its front matter.
    var facts: FrontMatter
    var passages: [(heading: String, locator: String, body: String)]
}

/// Reads the files people bring: Markdown, plain text, tables of questions and answers.
enum KnowledgeImport {
    /// The endings of the names that are offered.
    static let acceptedTypes = [".md", ".txt", ".csv", ".xlsx"]
    /// The longest passage, in characters; a longer one is cut between its paragraphs.
    static let maximumPassageLength = 1_600

    /// Reads a file; its content decides more than its name.
    ///
    /// Throws an explained error where it is no text, or has none.
    static func read(_ bytes: [UInt8], fileName: String) throws -> ImportedDocument {
        let name = fileName.lowercased()
        let document =
            name.hasSuffix(".csv") || name.hasSuffix(".xlsx")
            ? try pairs(bytes, fileName: fileName) : try markdown(bytes, fileName: fileName)
        guard !document.passages.isEmpty else {
            throw ImportRefusal(
                Bilingual("파일에 글이 없습니다.", "The file has no text."),
                context: fileName
            )
        }
        return document
    }

    private static func markdown(_ bytes: [UInt8], fileName: String) throws -> ImportedDocument {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw ImportRefusal(
                Bilingual(
                    "UTF-8로 쓴 글이 아닙니다. Markdown이나 텍스트 파일을 올려 주세요.",
                    "This is no text in UTF-8. Bring a Markdown or text file."
                ),
                context: fileName
            )
        }
        let (facts, lines) = try FrontMatter.read(text)
        var outline = Outline()
        for line in lines { outline.add(line) }
        let base = fileName.split(separator: "/").last.map(String.init) ?? fileName
        let title = facts["제목"] ?? outline.title ?? String(base.prefix { $0 != "." })
        return ImportedDocument(
            title: String(title.prefix(KnowledgeDocument.maximumTitleLength)),
            facts: facts,
            passages: outline.finished(title: title)
        )
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
        var passages: [(heading: String, locator: String, body: String)] = []
        func take(_ row: TabularRow) {
            let asked = row[question].text.trimmingWhitespace()
            let said = row[answer].text.trimmingWhitespace()
            if !asked.isEmpty && !said.isEmpty { passages.append((asked, asked, said)) }
        }
        for row in head.dropFirst(header.rowsBeforeData) { take(row) }
        var row = TabularRow()
        while try reader.next(&row) { take(row) }
        let base = fileName.split(separator: "/").last.map(String.init) ?? fileName
        return ImportedDocument(
            title: String(base.prefix { $0 != "." }),
            facts: FrontMatter(),
            passages: passages
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
