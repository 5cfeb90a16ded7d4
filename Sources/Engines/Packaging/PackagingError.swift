public import Basics

/// Why the bytes of a file could not be taken apart or put together.
public struct PackagingError: ExplainedError, Hashable {
    /// The kind of the fault, stable for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The path is a directory.
        case directory
        /// The operating system refused to open or read the file.
        case unreadable
        /// The text is neither UTF-8, UTF-16 with a byte order mark, nor CP949.
        case unknownEncoding
        /// The text stops being what its beginning was.
        case invalidEncoding
        /// An archive under a password.
        case encrypted
        /// The ZIP container is cut off or damaged.
        case damagedArchive
        /// The file unpacks to more than the limits allow (a "zip bomb").
        case compressionBomb
        /// A part is not well-formed XML.
        case damagedXML
        /// A part has a document type definition, which no office program writes.
        case forbiddenXML
        /// The archive is larger than its format allows.
        case notWritable
        /// More text than the caller allows.
        case tooMuchText
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

extension PackagingError {
    static func damagedArchive(_ context: String) -> PackagingError {
        PackagingError(
            .damagedArchive,
            Bilingual(
                "파일이 중간에 잘렸거나 손상되었습니다. 다시 내려받거나 원래 프로그램에서 다시 저장해 주십시오.",
                "The file is cut off or damaged; download it again or save it again in its program."
            ),
            context: context
        )
    }

    static func compressionBomb(_ context: String) -> PackagingError {
        PackagingError(
            .compressionBomb,
            Bilingual(
                "압축을 풀면 허용된 크기를 넘는 파일이라 읽지 않았습니다.",
                "The file was refused: unpacked, it exceeds the allowed size."
            ),
            context: context
        )
    }

    static func damagedXML(_ context: String) -> PackagingError {
        PackagingError(
            .damagedXML,
            Bilingual(
                "파일의 내용이 손상되었습니다. 원래 프로그램에서 열어 다시 저장해 주십시오.",
                "The contents of the file are damaged; open it in its program and save it again."
            ),
            context: context
        )
    }
}
