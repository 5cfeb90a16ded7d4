public import Basics

/// What a file is by its first bytes, whatever its name says.
public enum FileKind: Sendable, Hashable {
    /// No byte at all, or nothing but a byte order mark.
    case empty
    /// Anything that is not one of the others; maybe text.
    case text
    /// A web page or another document of marks that begins like one.
    case markup
    /// A ZIP archive, as the office documents of today are; `ZipArchive.kind` tells which.
    case zip
    /// PDF (ISO 32000).
    case pdf
    /// An OLE compound file that an office program has put under a password.
    case encryptedOffice
    /// An old Excel workbook (.xls) or any other OLE compound file.
    case oldOffice
    /// An old Word document (.doc).
    case oldWord
    /// One of the kinds that nothing here reads, by its name.
    case other(Bilingual)

    /// How many bytes from the beginning are looked at.
    public static let headBytes = 4_096

    /// Tells what a file is.
    ///
    /// - Parameters:
    ///   - head: The first bytes of the file, `headBytes` of them where it has so many.
    ///   - all: The whole file, to look into the directory of a compound file.
    /// - Returns: The kind.
    /// - Throws: What reading the whole file throws.
    public static func detect(
        _ head: [UInt8],
        all: (any RandomAccessBytes)? = nil
    ) throws -> FileKind {
        if head.isEmpty { return .empty }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            return .zip
        }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return try compoundFile(head, all)
        }
        for (magic, kind) in signatures where head.starts(with: magic) { return kind }
        return isMarkup(head) ? .markup : .text
    }

    /// The Hangul word processor's documents (.hwp).
    public static let hangul = FileKind.other(Bilingual("한글(.hwp)", "a Hangul document (.hwp)"))

    private static let signatures: [([UInt8], FileKind)] = [
        ([0x25, 0x50, 0x44, 0x46, 0x2D], .pdf),
        ([0x89, 0x50, 0x4E, 0x47], .other(Bilingual("그림(PNG)", "a picture (PNG)"))),
        ([0xFF, 0xD8, 0xFF], .other(Bilingual("그림(JPEG)", "a picture (JPEG)"))),
        ([0x47, 0x49, 0x46, 0x38], .other(Bilingual("그림(GIF)", "a picture (GIF)"))),
        ([0x1F, 0x8B, 0x08], .other(Bilingual("압축(gzip)", "a gzip archive"))),
        ([0x37, 0x7A, 0xBC, 0xAF], .other(Bilingual("압축(7z)", "a 7z archive"))),
        ([0x7F, 0x45, 0x4C, 0x46], .other(Bilingual("실행(ELF)", "a program (ELF)"))),
        (Array("{\\rtf".utf8), .other(Bilingual("서식 있는 텍스트(.rtf)", "rich text (.rtf)"))),
        (Array("HWP Document File".utf8), hangul),
    ]

    private static func isMarkup(_ head: [UInt8]) -> Bool {
        let start = String(decoding: head.prefix(512), as: UTF8.self)
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
        return ["<!doctype", "<html", "<table", "<?xml", "<head", "<body", "<meta"].contains(
            where: start.hasPrefix
        )
    }

    /// Tells apart the users of the OLE compound file by the names in its directory.
    private static func compoundFile(
        _ head: [UInt8],
        _ all: (any RandomAccessBytes)?
    ) throws -> FileKind {
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
        if names("EncryptedPackage") { return .encryptedOffice }
        if names("HwpSummaryInformation") { return hangul }
        return names("WordDocument") ? .oldWord : .oldOffice
    }
}

/// What a ZIP archive holds, by the names of its parts.
public enum PackageKind: Sendable, Hashable {
    /// An Excel workbook (.xlsx).
    case workbook
    /// A Word document (.docx).
    case word
    /// One of the kinds that nothing here reads, by its name.
    case other(Bilingual)
}

extension ZipArchive {
    /// What the archive holds.
    public var kind: PackageKind {
        if contains("[Content_Types].xml") {
            if contains("xl/workbook.bin") {
                return .other(Bilingual("엑셀 바이너리(.xlsb)", "an Excel binary workbook (.xlsb)"))
            }
            if contains("word/document.xml") { return .word }
            if contains("ppt/presentation.xml") {
                return .other(Bilingual("파워포인트(.pptx)", "a PowerPoint file (.pptx)"))
            }
            return .workbook
        }
        if contains("Contents/content.hpf") {
            return .other(Bilingual("한글(.hwpx)", "a Hangul document (.hwpx)"))
        }
        if contains("content.xml") {
            return .other(Bilingual("오픈도큐먼트", "an OpenDocument file"))
        }
        return .other(Bilingual("압축(.zip)", "a ZIP archive"))
    }
}
