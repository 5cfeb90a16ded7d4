import Basics
import Packaging

/// What a table is stored as, with an explanation for each kind that is often mistaken for a table.
enum TabularFileType {
    case text
    case zip

    /// Tells text from archives and refuses everything else.
    static func detect(
        _ head: [UInt8],
        all: (any RandomAccessBytes)? = nil
    ) throws -> TabularFileType {
        switch try FileKind.detect(head, all: all) {
        case .empty: throw TabularError.emptyFile
        case .text: return .text
        case .zip: return .zip
        case .pdf: throw notTabular(Bilingual(same: "PDF"))
        case .other(let name): throw notTabular(name)
        case .oldWord: throw notTabular(Bilingual("워드(.doc)", "an old Word document (.doc)"))
        case .markup: throw isMarkup(head)
        case .encryptedOffice:
            throw TabularError(
                .encrypted,
                Bilingual(
                    "암호가 걸린 엑셀 파일입니다. 엑셀에서 암호를 해제하고 다시 저장해 주십시오.",
                    "The workbook is under a password; remove it in Excel and save it again."
                )
            )
        case .oldOffice:
            throw TabularError(
                .oldExcel,
                Bilingual(
                    "이 파일은 구형 .xls입니다. 엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주십시오.",
                    "This is an old .xls file; open it in Excel and save it as a workbook (.xlsx)."
                )
            )
        }
    }

    /// Refuses archives that hold something other than an XLSX workbook.
    static func checkIsWorkbook(_ archive: ZipArchive) throws {
        switch archive.kind {
        case .workbook: return
        case .word: throw notTabular(Bilingual("워드(.docx)", "a Word document (.docx)"))
        case .other(let name): throw notTabular(name)
        }
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

    private static func isMarkup(_ head: [UInt8]) -> TabularError {
        TabularError(
            .notTabular,
            Bilingual(
                "이름은 엑셀이지만 내용은 웹 문서(HTML·XML)입니다. "
                    + "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주십시오.",
                "The content is a web document (HTML or XML); open it in Excel and save it "
                    + "as a workbook (.xlsx)."
            ),
            context: String(decoding: head.prefix(64), as: UTF8.self)
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
}
