public import Documents

/// Takes the text layer out of a PDF (ISO 32000) with poppler's `pdftotext`, in a process of its own.
public enum PDFText {
    /// Whether the machine has the program; Debian has it in poppler-utils.
    public static var isAvailable: Bool {
        get async { await Program("pdftotext").isInstalled }
    }

    /// The outline of a PDF's text.
    ///
    /// - Throws: `DocumentsError` where it has no text, is under a password or damaged;
    ///   `ProgramError` where poppler is missing or passes its limits.
    public static func outline(
        of bytes: [UInt8],
        limits: DocumentLimits = DocumentLimits()
    ) async throws -> DocumentOutline {
        guard bytes.count <= limits.maximumByteCount else {
            throw DocumentsError.tooLarge("\(bytes.count) bytes")
        }
        var allowance = ProgramLimits()
        allowance.maximumOutputByteCount = limits.maximumTextByteCount
        let result = try await Program("pdftotext", limits: allowance).run(
            ["-enc", "UTF-8", "-eol", "unix", "-", "-"],
            input: bytes
        )
        guard result.status == 0 else {
            if result.complaint.contains("Incorrect password") {
                throw DocumentsError.encrypted("pdftotext")
            }
            throw DocumentsError.damaged(
                "pdftotext \(result.status): \(result.complaint.prefix(200))"
            )
        }
        let text = String(decoding: result.output, as: UTF8.self)
        let facts = try await Program("pdfinfo", limits: allowance).run(
            ["-enc", "UTF-8", "-"],
            input: bytes
        )
        return try PrintedText.outline(
            of: text,
            statedTitle: title(String(decoding: facts.output, as: UTF8.self)),
            limits: limits
        )
    }

    /// The title among the lines that `pdfinfo` prints.
    private static func title(_ facts: String) -> String? {
        let line = facts.split(separator: "\n").first { $0.hasPrefix("Title:") }
        return line.map { String($0.dropFirst("Title:".count)) }
    }
}
