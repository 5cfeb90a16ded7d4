import Basics
public import Documents
import Packaging

/// Reads a document of any kind that has an outline: HTML, DOCX, plain text and, by way of poppler,
/// PDF.
public enum OutlineReader {
    /// Reads a document; its content tells what it is, and its name only whether text is HTML.
    ///
    /// - Throws: `DocumentsError`, and `ProgramError` where the program that a PDF needs is missing
    ///   or gives up.
    public static func read(
        _ bytes: [UInt8],
        fileName: String,
        limits: DocumentLimits = DocumentLimits()
    ) async throws -> DocumentOutline {
        let head = Array(bytes.prefix(FileKind.headBytes))
        switch try FileKind.detect(head, all: MemoryBytes(bytes)) {
        case .empty: throw DocumentsError.empty
        case .markup: return try HTMLReader.read(bytes, limits: limits)
        case .text where isNamedHTML(fileName): return try HTMLReader.read(bytes, limits: limits)
        case .text: return try PrintedText.outline(of: bytes, limits: limits)
        case .zip: return try WordReader.read(bytes, limits: limits)
        case .pdf: return try await PDFText.outline(of: bytes, limits: limits)
        case .encryptedOffice: throw DocumentsError.encrypted("OLE compound file")
        case .oldWord:
            throw DocumentsError.notDocument(
                Bilingual("구형 워드(.doc)", "an old Word document (.doc)")
            )
        case .oldOffice:
            throw DocumentsError.notDocument(Bilingual("구형 오피스", "an old office document"))
        case .other(let name): throw DocumentsError.notDocument(name)
        }
    }

    private static func isNamedHTML(_ fileName: String) -> Bool {
        let name = fileName.lowercased()
        return name.hasSuffix(".html") || name.hasSuffix(".htm")
    }
}
