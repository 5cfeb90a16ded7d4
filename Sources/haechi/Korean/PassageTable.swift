import Basics
import FoundationEssentials
import Hosting
import Korean

/// Where the documents of an index stand in a folder: the file beside an index file.
struct PassageTable: Codable {
    /// What follows an index file's name.
    static let suffix = ".passages"
    private static let version = 1
    /// Where the checksum stands in an index file.
    private static let checksumBytes = 16..<24

    /// One passage, a document of the index by its position.
    struct Passage: Codable {
        /// The file, by its position among `files`.
        var file: Int
        var heading: String
        var byteOffset: Int
        var byteCount: Int
        /// A fingerprint of the bytes (64-bit FNV-1a), which tells a file that has changed.
        var fingerprint: UInt64
    }

    private let version: Int
    /// The checksum in the index file's header, which tells two files that do not belong together.
    private let indexChecksum: [UInt8]
    let folder: String
    let files: [String]
    let passages: [Passage]

    /// Describes the passages that an index was made of.
    init(_ texts: TextFolder, of index: TextIndex) {
        version = Self.version
        indexChecksum = Array(index.snapshot[Self.checksumBytes])
        folder = URL(fileURLWithPath: texts.path).standardizedFileURL.path
        files = texts.files
        passages = texts.passages.map { passage in
            Passage(
                file: passage.file,
                heading: passage.heading,
                byteOffset: passage.utf8Range.lowerBound,
                byteCount: passage.utf8Range.count,
                fingerprint: Self.fingerprint(texts.bytes(of: passage))
            )
        }
    }

    /// Writes the table beside its index file.
    func write(beside path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let file = try CommandFile(path + Self.suffix)
        try file.write(Array(try encoder.encode(self)))
        try file.close()
    }

    /// Reads the table beside an index file and holds it against the index.
    static func read(beside path: String, of index: TextIndex) async throws -> PassageTable {
        var header: [UInt8] = []
        for try await piece in try CommandInput.pieces(path) {
            header += piece
            if header.count >= checksumBytes.upperBound { break }
        }
        let bytes = try CommandInput.bytes(path + suffix)
        let table: PassageTable
        do {
            table = try JSONDecoder().decode(PassageTable.self, from: Data(bytes))
        } catch is DecodingError {
            throw unreadable(path)
        }
        guard table.version == version, header.count >= checksumBytes.upperBound,
            table.indexChecksum == Array(header[checksumBytes]),
            table.passages.count == Int(index.nextNumber),
            table.passages.allSatisfy({ table.files.indices.contains($0.file) })
        else { throw unreadable(path) }
        return table
    }

    /// The text of a passage, or nothing where its file is gone or has changed.
    func text(of passage: Passage, in folder: String?) -> String? {
        let path = "\(folder ?? self.folder)/\(files[passage.file])"
        guard let bytes = try? CommandInput.bytes(path), passage.byteOffset >= 0,
            passage.byteCount >= 0, passage.byteCount <= bytes.count,
            passage.byteOffset <= bytes.count - passage.byteCount
        else { return nil }
        let part = bytes[passage.byteOffset..<(passage.byteOffset + passage.byteCount)]
        return Self.fingerprint(part) == passage.fingerprint
            ? String(decoding: part, as: UTF8.self) : nil
    }

    private static func fingerprint(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static func unreadable(_ path: String) -> CommandOutcome {
        .refused(
            Bilingual(
                "\(path + suffix) 파일이 상했거나 이 색인의 것이 아닙니다. 색인을 다시 만들어 주세요.",
                "\(path + suffix) is damaged or belongs to another index. Please index again."
            )
        )
    }
}
