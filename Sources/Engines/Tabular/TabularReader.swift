public import Basics
public import Packaging

/// How a table is read.
public struct TabularOptions: Sendable, Hashable {
    /// How text files are read, and the limits of every file.
    public var csv = CSVOptions()
    /// Whether the value of a merged range is given to all of its cells.
    public var fillsMergedCells = false

    /// The limits of the file.
    public var limits: TabularLimits {
        get { csv.limits }
        set { csv.limits = newValue }
    }

    /// Creates the options with their default values.
    public init() {}
}

/// What a table is stored as.
public enum TabularFormat: Sendable, Hashable {
    /// Text with a delimiter (RFC 4180).
    case csv(delimiter: UInt8, TextEncoding)
    /// An Excel workbook (ECMA-376).
    case xlsx
}

/// A streaming reader of a table, whatever its format.
///
/// The format is found from the content; the file's name only serves warnings.
///
///     var table = try TabularReader.open(bytes, fileName: "발주계획.xlsx")
///     var row = TabularRow()
///     while try table.next(&row) { print(row.number, row[0].text) }
public struct TabularReader {
    /// What the table is stored as.
    public var format: TabularFormat {
        guard let csv else { return .xlsx }
        return .csv(delimiter: csv.delimiter, csv.encoding)
    }

    /// The sheets of the workbook; a CSV file counts as one.
    public let sheets: [TabularSheet]
    /// Which of the sheets is being read, from 0.
    public private(set) var sheetIndex = 0
    private let options: TabularOptions
    private let nameWarning: Bilingual?
    private var csv: CSVReader?
    private let isText: Bool
    private var csvRow = CSVRow()
    private var sheetRow = TabularRow()
    private var workbook: XLSXWorkbook?
    private var sheet: XLSXSheetReader?

    /// Opens a table held in memory.
    ///
    /// - Throws: `TabularError`.
    public static func open(
        _ bytes: [UInt8],
        fileName: String,
        options: TabularOptions = TabularOptions()
    ) throws -> TabularReader {
        try TabularReader(MemoryBytes(bytes), fileName: fileName, options: options)
    }

    /// Opens a table in a file, which is not loaded.
    ///
    /// - Throws: `TabularError`.
    public static func open(path: String, options: TabularOptions = TabularOptions()) throws
        -> TabularReader
    {
        try TabularReader(
            try TabularError.explaining { try FileBytes(path: path) },
            fileName: TabularFileType.lastComponent(of: path),
            options: options
        )
    }

    /// Opens a table that arrives as a stream; a workbook is first collected in memory.
    ///
    /// - Throws: `TabularError`.
    public static func open(
        stream: any ByteSource,
        fileName: String,
        options: TabularOptions = TabularOptions()
    ) throws -> TabularReader {
        try TabularError.explaining {
            var stream = stream
            var head = [UInt8](repeating: 0, count: FileKind.headBytes)
            let count = try head.withUnsafeMutableBytes { try stream.fill($0) }
            head.removeLast(head.count - count)
            var whole = PrefixedSource(head, then: stream)
            if try TabularFileType.detect(head) == .text {
                return try TabularReader(text: whole, fileName: fileName, options: options)
            }
            let bytes = try whole.collect(maximumByteCount: options.limits.maximumFileBytes)
            return try TabularReader(MemoryBytes(bytes), fileName: fileName, options: options)
        }
    }

    /// Opens a table that can be read at any place.
    ///
    /// - Throws: `TabularError`.
    public init(
        _ bytes: any RandomAccessBytes,
        fileName: String,
        options: TabularOptions = TabularOptions()
    ) throws {
        guard bytes.size <= options.limits.maximumFileBytes else {
            throw TabularError.fileTooLarge(bytes.size, limit: options.limits.maximumFileBytes)
        }
        let isZip = try TabularError.explaining {
            let head = try bytes.bytes(at: 0, count: FileKind.headBytes)
            return try TabularFileType.detect(head, all: bytes) == .zip
        }
        guard isZip else {
            self = try TabularReader(
                text: SequentialSource(bytes),
                fileName: fileName,
                options: options
            )
            return
        }
        let (workbook, sheet, index) = try TabularError.explaining {
            let archive = try ZipArchive(bytes, limits: options.limits.zip)
            try TabularFileType.checkIsWorkbook(archive)
            var workbook = try XLSXWorkbook(archive, limits: options.limits)
            let index = workbook.sheets.firstIndex { !$0.isHidden } ?? 0
            let sheet = try workbook.reader(
                ofSheet: index,
                fillsMergedCells: options.fillsMergedCells
            )
            return (workbook, sheet, index)
        }
        self.workbook = workbook
        self.sheet = sheet
        sheets = workbook.sheets
        sheetIndex = index
        isText = false
        self.options = options
        nameWarning = TabularFileType.nameWarning(fileName, isWorkbook: true)
    }

    private init(text source: any ByteSource, fileName: String, options: TabularOptions) throws {
        csv = try CSVReader(source, options: options.csv)
        isText = true
        sheets = [TabularSheet(name: fileName, isHidden: false)]
        self.options = options
        nameWarning = TabularFileType.nameWarning(fileName, isWorkbook: false)
    }

    /// What a person should know although the table could be read: a name that disagrees with the
    /// content, and the faults of quoting so far.
    public var warnings: [Bilingual] {
        [nameWarning].compactMap(\.self) + (csv?.faults.map(\.message) ?? [])
    }

    /// Goes to the first row of another sheet, from 0.
    ///
    /// - Throws: `TabularError` `noSuchSheet`, or what the sheet's parts throw.
    public mutating func select(sheet index: Int) throws {
        guard sheets.indices.contains(index), workbook != nil || index == 0 else {
            throw TabularError(
                .noSuchSheet,
                Bilingual("\(index + 1)번째 시트가 없습니다.", "There is no sheet \(index + 1)."),
                context: "\(sheets.count) sheets"
            )
        }
        let fills = options.fillsMergedCells
        let reader = try TabularError.explaining {
            try workbook?.reader(ofSheet: index, fillsMergedCells: fills)
        }
        guard let reader else { return }
        sheet = reader
        sheetIndex = index
    }

    /// Reads the next row into `row`; false at the end.
    ///
    /// Rows that a sheet does not store are passed over; `row.number` tells.
    ///
    /// - Throws: `TabularError`.
    public mutating func next(_ row: inout TabularRow) throws -> Bool {
        guard isText else { return try TabularError.explaining { try sheet?.next(&row) } ?? false }
        guard try csv?.next(&csvRow) == true else { return false }
        row.number = csvRow.number
        row.line = csvRow.line
        row.cells.removeAll(keepingCapacity: true)
        for index in csvRow.indices {
            let field = csvRow[index]
            row.cells.append(field.isEmpty ? .empty : .text(field.string))
        }
        return true
    }

    /// Reads the next row as bytes, the fastest form; false at the end.
    ///
    /// A cell of a workbook gives the text that a person sees.
    ///
    /// - Throws: `TabularError`.
    public mutating func next(_ row: inout CSVRow) throws -> Bool {
        if isText { return try csv?.next(&row) ?? false }
        guard try TabularError.explaining({ try sheet?.next(&sheetRow) }) == true else {
            return false
        }
        row.number = sheetRow.number
        row.line = sheetRow.line ?? 0
        row.replace(with: sheetRow.cells.lazy.map(\.text))
        return true
    }

    /// Reads the next rows, up to a count, for a header search or a preview.
    ///
    /// - Throws: `TabularError`.
    public mutating func rows(upTo count: Int) throws -> [TabularRow] {
        var rows: [TabularRow] = []
        var row = TabularRow()
        while rows.count < count, try next(&row) { rows.append(row) }
        return rows
    }
}
