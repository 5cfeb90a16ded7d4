import Basics

/// What a file is by its first bytes, with an explanation for each kind that is often mistaken for
/// a table.
enum TabularFileType {
    case text
    case zip

    /// How many bytes from the beginning are looked at.
    static let headBytes = 4_096

    /// Tells text from archives and refuses everything else.
    static func detect(_ head: [UInt8], all: (any RandomAccessBytes)? = nil) throws
        -> TabularFileType
    {
        guard !head.isEmpty else { throw TabularError.emptyFile }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            return .zip
        }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            throw try compoundFile(head, all)
        }
        for (magic, name) in otherMagic where head.starts(with: magic) {
            throw notTabular(name)
        }
        let start = String(decoding: head.prefix(512), as: UTF8.self)
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
        let isMarkup =
            ["<!doctype", "<html", "<table", "<?xml", "<head", "<meta"].contains(
                where: start.hasPrefix
            )
        if isMarkup {
            throw TabularError(
                .notTabular,
                Bilingual(
                    "이름은 엑셀이지만 내용은 웹 문서(HTML·XML)입니다. "
                        + "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주십시오.",
                    "The content is a web document (HTML or XML); open it in Excel and save it "
                        + "as a workbook (.xlsx)."
                ),
                context: String(start.prefix(64))
            )
        }
        return .text
    }

    /// Refuses archives that hold something other than an XLSX workbook.
    static func checkIsWorkbook(_ archive: ZipArchive) throws {
        if archive.contains("[Content_Types].xml") {
            if archive.contains("xl/workbook.bin") {
                throw notTabular(Bilingual("엑셀 바이너리(.xlsb)", "an Excel binary workbook (.xlsb)"))
            }
            if archive.contains("word/document.xml") {
                throw notTabular(Bilingual("워드(.docx)", "a Word document (.docx)"))
            }
            if archive.contains("ppt/presentation.xml") {
                throw notTabular(Bilingual("파워포인트(.pptx)", "a PowerPoint file (.pptx)"))
            }
            return
        }
        if archive.contains("Contents/content.hpf") {
            throw notTabular(Bilingual("한글(.hwpx)", "a Hangul document (.hwpx)"))
        }
        if archive.contains("content.xml") {
            throw notTabular(Bilingual("오픈도큐먼트(.ods)", "an OpenDocument file (.ods)"))
        }
        throw notTabular(Bilingual("압축(.zip)", "a ZIP archive"))
    }

    /// The warning where a file's name promises something other than its content.
    static func nameWarning(_ fileName: String, isWorkbook: Bool) -> Bilingual? {
        let name = lastComponent(of: fileName)
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let suffix = name[dot...].lowercased()
        let expected = isWorkbook ? [".xlsx", ".xlsm", ".xltx"] : [".csv", ".tsv", ".txt", ".tab"]
        guard !expected.contains(suffix) else { return nil }
        return isWorkbook
            ? Bilingual(
                "파일 이름은 \(suffix)이지만 내용은 엑셀 통합 문서라 엑셀로 읽었습니다.",
                "The file is named \(suffix) but holds an Excel workbook; it was read as one."
            )
            : Bilingual(
                "파일 이름은 \(suffix)이지만 내용은 텍스트라 CSV로 읽었습니다.",
                "The file is named \(suffix) but holds text; it was read as CSV."
            )
    }

    static func lastComponent(of path: String) -> String {
        String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }

    private static let otherMagic: [([UInt8], Bilingual)] = [
        ([0x25, 0x50, 0x44, 0x46, 0x2D], Bilingual(same: "PDF")),
        ([0x89, 0x50, 0x4E, 0x47], Bilingual("그림(PNG)", "a picture (PNG)")),
        ([0xFF, 0xD8, 0xFF], Bilingual("그림(JPEG)", "a picture (JPEG)")),
        ([0x1F, 0x8B, 0x08], Bilingual("압축(gzip)", "a gzip archive")),
        ([0x37, 0x7A, 0xBC, 0xAF], Bilingual("압축(7z)", "a 7z archive")),
        (Array("HWP Document File".utf8), Bilingual("한글(.hwp)", "a Hangul document (.hwp)")),
    ]

    private static func notTabular(_ name: Bilingual) -> TabularError {
        TabularError(
            .notTabular,
            Bilingual(
                "표 파일이 아니라 \(name.korean) 파일입니다. 엑셀(.xlsx) 또는 CSV로 저장해 주십시오.",
                "This is not a table but \(name.english); save it as a workbook (.xlsx) or CSV."
            ),
            context: name.english
        )
    }

    /// Tells apart the users of the OLE compound file by the names in its directory: old Excel,
    /// encrypted OOXML and HWP 5.
    private static func compoundFile(_ head: [UInt8], _ all: (any RandomAccessBytes)?) throws
        -> TabularError
    {
        var directory = head
        if head.count >= 52, let all {
            let header = LittleEndianBytes(head)
            let sectorBytes = 1 << min(header.u16(30), 12)
            directory = try all.bytes(at: (header.u32(48) + 1) * sectorBytes, count: headBytes)
        }
        func names(_ name: String) -> Bool {
            let utf16 = name.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            return directory.indices.contains { directory[$0...].starts(with: utf16) }
        }
        if names("EncryptedPackage") {
            return TabularError(
                .encrypted,
                Bilingual(
                    "암호가 걸린 엑셀 파일입니다. 엑셀에서 암호를 해제하고 다시 저장해 주십시오.",
                    "The workbook is under a password; remove it in Excel and save it again."
                )
            )
        }
        if names("HwpSummaryInformation") {
            return notTabular(Bilingual("한글(.hwp)", "a Hangul document (.hwp)"))
        }
        return TabularError(
            .oldExcel,
            Bilingual(
                "이 파일은 구형 .xls입니다. 엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주십시오.",
                "This is an old .xls file; open it in Excel and save it as a workbook (.xlsx)."
            )
        )
    }
}

/// Bytes already read from a stream, followed by the rest of the stream.
struct PrefixedSource: ByteSource {
    private var prefix: SequentialSource
    private var rest: any ByteSource

    init(_ prefix: [UInt8], then rest: any ByteSource) {
        self.prefix = SequentialSource(prefix)
        self.rest = rest
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try prefix.read(into: buffer)
        return count > 0 ? count : try rest.read(into: buffer)
    }

    /// Reads everything into memory, up to a limit.
    consuming func collect(limit: Int) throws -> [UInt8] {
        var source = self
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try block.withUnsafeMutableBytes { try source.read(into: $0) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: block[..<count])
            if bytes.count > limit { throw TabularError.fileTooLarge(bytes.count, limit: limit) }
        }
    }
}
