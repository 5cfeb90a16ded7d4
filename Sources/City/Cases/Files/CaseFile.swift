import Basics
import Packaging

/// A file that was sent: what it is by its content, and why it is not taken.
struct CaseFile: Sendable {
    /// The longest file name that is kept, in characters; the end with the ending stays.
    static let maximumNameCharacterCount = 120
    /// The largest part of a package that is looked through for the test virus, in bytes.
    static let maximumScannedPartByteCount = 1 << 20
    /// The most that is looked through of one package, in bytes.
    static let maximumScannedByteCount = 64 << 20
    /// Random bytes before the content in the blob, so that no two documents share one: erasing a
    /// document's blob then never takes another's.
    static let saltByteCount = 32

    /// The endings that are taken, with what the content must be.
    static let endings: [String: Kind] = [
        "pdf": .pdf, "png": .png, "jpg": .jpeg, "jpeg": .jpeg, "docx": .docx, "xlsx": .xlsx,
        "hwpx": .hwpx, "hwp": .hwp,
    ]

    /// What a file is.
    enum Kind: String, Sendable, CaseIterable {
        case pdf = "application/pdf"
        case png = "image/png"
        case jpeg = "image/jpeg"
        case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case hwpx = "application/hwp+zip"
        case hwp = "application/x-hwp"
    }

    let name: String
    let kind: Kind
    let bytes: [UInt8]

    /// Looks at a file.
    ///
    /// - Throws: `CaseError` with `.unusableFile`, in the words of whoever sent it.
    init(name: String, bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { throw Self.refusal(name, Self.empty) }
        guard bytes.count <= CaseDocument.maximumByteCount else {
            throw Self.refusal(name, Self.tooLarge)
        }
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let claimed = Self.endings[ending] else { throw Self.refusal(name, Self.notTaken) }
        guard !Self.isTestVirus(bytes) else { throw Self.refusal(name, Self.virus) }
        let archive = try? ZipArchive(MemoryBytes(bytes))
        if let archive, Self.holdsTestVirus(archive) { throw Self.refusal(name, Self.virus) }
        guard Self.kind(of: bytes, archive) == claimed else {
            throw Self.refusal(name, Self.otherContent)
        }
        self.name = String(name.suffix(Self.maximumNameCharacterCount))
        kind = claimed
        self.bytes = bytes
    }

    /// The bytes as the blob has them.
    func salted() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltByteCount).map { _ in UInt8.random(in: 0...255, using: &generator)
        }
        return salt + bytes
    }

    private static func kind(of bytes: [UInt8], _ archive: ZipArchive?) -> Kind? {
        if bytes.starts(with: Array("%PDF-".utf8)) { return .pdf }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        // HWP 5 is a compound file (MS-CFB §2.2).
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .hwp }
        guard let archive else { return nil }
        if archive.contains("word/document.xml") { return .docx }
        if archive.contains("xl/workbook.xml") { return .xlsx }
        return archive.contains("Contents/header.xml") ? .hwpx : nil
    }

    // MARK: The test virus

    /// The text of the EICAR test file, in two halves so that no scanner takes the program for it.
    static let testVirus = Array(
        ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD" + "-ANTIVIRUS-TEST-FILE!$H+H*").utf8
    )

    private static func isTestVirus(_ bytes: [UInt8]) -> Bool {
        let first = testVirus[0]
        var start = bytes.startIndex
        while let found = bytes[start...].firstIndex(of: first) {
            if bytes[found...].starts(with: testVirus) { return true }
            start = found + 1
        }
        return false
    }

    /// Whether a part of a package is the test file.
    private static func holdsTestVirus(_ archive: ZipArchive) -> Bool {
        var left = maximumScannedByteCount
        for name in archive.names where left > 0 {
            guard var part = try? archive.part(name) else { continue }
            var buffer = [UInt8](repeating: 0, count: min(maximumScannedPartByteCount, left))
            let count = buffer.withUnsafeMutableBytes { (try? part.fill($0)) ?? 0 }
            if isTestVirus(Array(buffer.prefix(count))) { return true }
            left -= count
        }
        return false
    }

    // MARK: Refusals

    private static let empty = Bilingual("빈 파일입니다.", "The file is empty.")
    private static let tooLarge = Bilingual(
        "파일 하나는 \(CaseDocument.maximumByteCount >> 20) MB까지입니다.",
        "A file has at most \(CaseDocument.maximumByteCount >> 20) MB."
    )
    private static let notTaken = Bilingual(
        "PDF, 사진(JPG·PNG), 한글(HWP·HWPX), 워드(DOCX), 엑셀(XLSX) 파일만 받습니다.",
        "PDF, photos (JPG, PNG), HWP, HWPX, DOCX and XLSX are taken."
    )
    private static let virus = Bilingual(
        "악성 코드 검사에 걸린 파일이라 받지 않았습니다. 다른 파일을 올려 주세요.",
        "The file did not pass the malware check and was not taken. Send another."
    )
    private static let otherContent = Bilingual(
        "파일 이름의 형식과 실제 내용이 다릅니다. 원본을 다시 저장해 올려 주세요.",
        "The content is not what the name says. Save the original again and send that."
    )

    private static func refusal(_ name: String, _ message: Bilingual) -> CaseError {
        let shown = String(name.suffix(maximumNameCharacterCount))
        return CaseError(
            .unusableFile,
            Bilingual("\(shown): \(message.korean)", "\(shown): \(message.english)"),
            context: message.english
        )
    }
}
