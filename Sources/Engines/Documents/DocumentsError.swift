public import Basics
import Packaging

/// Why a document could not be read.
public struct DocumentsError: ExplainedError, Hashable {
    /// The kind of the fault, stable for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file has no byte, or nothing that could be read.
        case empty
        /// Some other kind of file: a table, HWP, a picture.
        case notDocument
        /// A document under a password.
        case encrypted
        /// A PDF of pictures, without any text.
        case noTextLayer
        /// The file is cut off, damaged or hostile.
        case damaged
        /// The document is larger than the limits allow.
        case tooLarge
    }

    /// The kind of the fault.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// What the log needs.
    public let context: String

    /// Creates an error.
    public init(_ code: Code, _ message: Bilingual, context: String = "") {
        self.code = code
        self.message = message
        self.context = context
    }
}

extension DocumentsError {
    /// A file without anything in it.
    public static let empty = DocumentsError(
        .empty,
        Bilingual("내용이 없는 빈 파일입니다.", "The file is empty.")
    )

    /// A PDF whose pages are pictures.
    public static let noTextLayer = DocumentsError(
        .noTextLayer,
        Bilingual(
            "글자가 없는 PDF(스캔본)입니다. 글자 인식(OCR)을 하거나 원본 문서를 올려 주십시오.",
            "This PDF has no text (a scan); run character recognition (OCR) on it "
                + "or bring the original document."
        )
    )

    /// A document that nobody can open without its password.
    public static func encrypted(_ context: String) -> DocumentsError {
        DocumentsError(
            .encrypted,
            Bilingual(
                "암호가 걸린 문서입니다. 암호를 푼 뒤 다시 올려 주십시오.",
                "The document is under a password; remove it and try again."
            ),
            context: context
        )
    }

    /// A file of a kind that is not read.
    public static func notDocument(_ name: Bilingual) -> DocumentsError {
        DocumentsError(
            .notDocument,
            Bilingual(
                "\(name.korean) 파일은 읽지 못합니다. DOCX, PDF, HTML이나 텍스트로 저장해 주십시오.",
                "This is \(name.english), which cannot be read; save it as DOCX, PDF, HTML or text."
            ),
            context: name.english
        )
    }

    /// A file that cannot be taken apart.
    public static func damaged(_ context: String) -> DocumentsError {
        DocumentsError(
            .damaged,
            Bilingual(
                "문서가 손상되었거나 중간에 잘렸습니다. 원래 프로그램에서 다시 저장해 주십시오.",
                "The document is damaged or cut off; save it again in the program it comes from."
            ),
            context: context
        )
    }

    /// A document past one of the limits.
    public static func tooLarge(_ context: String) -> DocumentsError {
        DocumentsError(
            .tooLarge,
            Bilingual(
                "문서가 너무 큽니다. 나누어 올려 주십시오.",
                "The document is too large; divide it."
            ),
            context: context
        )
    }

    /// The same fault of a container, in the words for documents.
    init(_ error: PackagingError) {
        switch error.code {
        case .encrypted: self = .encrypted(error.context)
        case .tooMuchText: self = .tooLarge(error.context)
        case .compressionBomb: self.init(.tooLarge, error.message, context: error.context)
        case .damagedArchive, .damagedXML: self = .damaged(error.context)
        case .directory, .unreadable, .unknownEncoding, .invalidEncoding, .forbiddenXML,
            .notWritable:
            self.init(.damaged, error.message, context: error.context)
        }
    }
}
