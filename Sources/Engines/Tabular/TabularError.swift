public import Basics
import Packaging

/// Why a table could not be read or written.
///
/// `message` names the file's fault and what to do about it; `row`, `column` and `line` say where,
/// counted from 1 as a spreadsheet counts.
public struct TabularError: ExplainedError, Hashable {
    /// The kind of the fault, stable for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file has no byte.
        case emptyFile
        /// The path is a directory.
        case directory
        /// The operating system refused to open or read the file.
        case unreadable
        /// The file is larger than the caller allows.
        case fileTooLarge
        /// The text is neither UTF-8, UTF-16 with a byte order mark, nor CP949.
        case unknownEncoding
        /// The text stops being what its beginning was.
        case invalidEncoding
        /// A binary Excel 97–2003 workbook (.xls).
        case oldExcel
        /// A workbook or an archive under a password.
        case encrypted
        /// Some other kind of file: HWP, PDF, HTML, ODS, XLSB, an image.
        case notTabular
        /// The ZIP container is cut off or damaged.
        case damagedArchive
        /// The file unpacks to more than the limits allow (a "zip bomb").
        case compressionBomb
        /// A part of the workbook is not well-formed XML.
        case damagedXML
        /// A part of the workbook has a document type definition, which no spreadsheet writes.
        case forbiddenXML
        /// A part of the workbook is missing.
        case missingPart
        /// More rows than the limit.
        case tooManyRows
        /// More columns than the limit.
        case tooManyColumns
        /// More cells than the limit.
        case tooManyCells
        /// A cell longer than the limit.
        case cellTooLarge
        /// A row longer than the limit.
        case rowTooLarge
        /// The workbook has no such sheet.
        case noSuchSheet
        /// The text is not an amount of money.
        case notMoney
        /// The file could not be written as asked.
        case notWritable
    }

    /// The kind of the fault.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// What the log needs.
    public let context: String
    /// The row of the fault, from 1, where it has one.
    public let row: Int?
    /// The column of the fault, from 1, where it has one.
    public let column: Int?
    /// The physical line of the text file where the row starts, from 1.
    public let line: Int?

    /// Creates an error.
    public init(
        _ code: Code,
        _ message: Bilingual,
        context: String = "",
        row: Int? = nil,
        column: Int? = nil,
        line: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.context = context
        self.row = row
        self.column = column
        self.line = line
    }
}

extension TabularError {
    /// Runs what takes a file apart, and tells its faults in the words for tables.
    static func explaining<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as PackagingError { throw TabularError(error) }
    }

    /// The same fault, with the advice that helps with a table.
    private init(_ error: PackagingError) {
        switch error.code {
        case .directory: self.init(.directory, error.message, context: error.context)
        case .unreadable: self.init(.unreadable, error.message, context: error.context)
        case .invalidEncoding: self.init(.invalidEncoding, error.message, context: error.context)
        case .encrypted: self.init(.encrypted, error.message, context: error.context)
        case .forbiddenXML: self.init(.forbiddenXML, error.message, context: error.context)
        case .tooMuchText: self.init(.fileTooLarge, error.message, context: error.context)
        case .damagedArchive: self = .damagedArchive(error.context)
        case .compressionBomb: self = .compressionBomb(error.context)
        case .damagedXML: self = .damagedXML(error.context)
        case .unknownEncoding:
            self.init(
                .unknownEncoding,
                Bilingual(
                    "글자 인코딩을 알 수 없는 파일입니다. UTF-8 또는 CP949(EUC-KR) CSV로 저장해 주십시오.",
                    "The text encoding is unknown; save the file as CSV in UTF-8 or CP949 (EUC-KR)."
                ),
                context: error.context
            )
        case .notWritable:
            self.init(
                .notWritable,
                Bilingual(
                    "엑셀 파일이 4GB를 넘습니다. 조건을 좁히거나 CSV로 내보내 주십시오.",
                    "The workbook exceeds 4 GB; narrow the selection or export CSV."
                ),
                context: error.context
            )
        }
    }

    static let emptyFile = TabularError(
        .emptyFile,
        Bilingual(
            "내용이 없는 빈 파일입니다(0바이트). 파일을 다시 확인해 주십시오.",
            "The file is empty (0 bytes); check the file."
        )
    )

    static func fileTooLarge(_ size: Int, limit: Int) -> TabularError {
        TabularError(
            .fileTooLarge,
            Bilingual(
                "파일이 너무 큽니다. \(limit.megabytes)MB까지 읽을 수 있습니다.",
                "The file is too large; up to \(limit.megabytes) MB can be read."
            ),
            context: "size \(size), limit \(limit)"
        )
    }

    static func damagedArchive(_ context: String) -> TabularError {
        TabularError(
            .damagedArchive,
            Bilingual(
                "파일이 중간에 잘렸거나 손상되었습니다. 다시 내려받거나 엑셀에서 다시 저장해 주십시오.",
                "The file is cut off or damaged; download it again or save it again in Excel."
            ),
            context: context
        )
    }

    static func compressionBomb(_ context: String) -> TabularError {
        TabularError(
            .compressionBomb,
            Bilingual(
                "압축을 풀면 허용된 크기를 넘는 파일이라 읽지 않았습니다.",
                "The file was refused: unpacked, it exceeds the allowed size."
            ),
            context: context
        )
    }

    static func damagedXML(_ context: String) -> TabularError {
        TabularError(
            .damagedXML,
            Bilingual(
                "엑셀 파일의 내용이 손상되었습니다. 엑셀에서 열어 다시 저장해 주십시오.",
                "The contents of the workbook are damaged; open it in Excel and save it again."
            ),
            context: context
        )
    }

    static func tooManyRows(limit: Int, row: Int, line: Int? = nil) -> TabularError {
        TabularError(
            .tooManyRows,
            Bilingual(
                "행이 너무 많습니다. \(limit.grouped)행까지 읽을 수 있습니다.",
                "There are too many rows; up to \(limit.grouped) can be read."
            ),
            context: "limit \(limit)",
            row: row,
            line: line
        )
    }

    static func tooManyColumns(limit: Int, row: Int, line: Int? = nil) -> TabularError {
        TabularError(
            .tooManyColumns,
            Bilingual(
                "\(row.grouped)행의 열이 너무 많습니다. \(limit.grouped)열까지 읽을 수 있습니다.",
                "Row \(row.grouped) has too many columns; up to \(limit.grouped) can be read."
            ),
            context: "limit \(limit)",
            row: row,
            line: line
        )
    }

    static func cellTooLarge(_ limit: String, row: Int, column: Int, line: Int? = nil)
        -> TabularError
    {
        TabularError(
            .cellTooLarge,
            Bilingual(
                "\(row.grouped)행 \(column.grouped)열의 내용이 너무 깁니다(한도 \(limit)). "
                    + "따옴표가 닫히지 않았는지 확인해 주십시오.",
                "The cell at row \(row.grouped), column \(column.grouped) is too long "
                    + "(limit \(limit)); check for a quotation mark that is never closed."
            ),
            context: "limit \(limit)",
            row: row,
            column: column,
            line: line
        )
    }

    static func missingPart(_ name: String) -> TabularError {
        TabularError(
            .missingPart,
            Bilingual(
                "엑셀 파일에 꼭 있어야 할 부분이 없습니다. 엑셀에서 열어 다시 저장해 주십시오.",
                "The workbook lacks a required part; open it in Excel and save it again."
            ),
            context: name
        )
    }
}

extension Int {
    /// A size in whole megabytes, for messages.
    var megabytes: String { Swift.max(1, self / 1_048_576).grouped }

    /// The number with leading zeros.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
