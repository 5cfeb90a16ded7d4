import Basics
import Packaging

/// A sheet of a workbook.
public struct TabularSheet: Sendable, Hashable {
    /// The name on the sheet's tab; of a CSV file, the file's name.
    public let name: String
    /// Whether the workbook hides the sheet.
    public let isHidden: Bool
}

/// An XLSX workbook (ECMA-376, SpreadsheetML) opened for reading: its sheets and styles, and the
/// shared strings once a sheet is read.
struct XLSXWorkbook {
    private(set) var sheets: [TabularSheet] = []
    private let archive: ZipArchive
    private let limits: TabularLimits
    private var sheetParts: [String] = []
    private var isFrom1904 = false
    /// Whether the cell format of each index shows dates.
    private var dateFormats: [Bool] = []
    private var sharedStringsPart: String?
    private var sharedStrings: [String]?

    init(_ archive: ZipArchive, limits: TabularLimits) throws {
        self.archive = archive
        self.limits = limits
        let root = try archive.relationships(of: "")
        let part = root.first { $0.kind == "officeDocument" }?.target ?? "xl/workbook.xml"
        guard archive.contains(part) else { throw TabularError.missingPart(part) }
        let relationships = try archive.relationships(of: part)
        try readWorkbook(part, relationships)
        sharedStringsPart = relationships.first { $0.kind == "sharedStrings" }?.target
        if let styles = relationships.first(where: { $0.kind == "styles" })?.target {
            try readStyles(styles)
        }
    }

    /// Starts reading a sheet from its first row.
    mutating func reader(ofSheet index: Int, fillsMergedCells: Bool) throws -> XLSXSheetReader {
        let part = sheetParts[index]
        if sharedStrings == nil { sharedStrings = try readSharedStrings() }
        let merges = fillsMergedCells ? try readMerges(part) : []
        guard let source = try archive.part(part) else { throw TabularError.missingPart(part) }
        return XLSXSheetReader(
            XMLScanner(source, context: part),
            sharedStrings: sharedStrings ?? [],
            dateFormats: dateFormats,
            dates: SerialDate(isFrom1904: isFrom1904),
            merges: merges,
            limits: limits
        )
    }

    private mutating func readWorkbook(_ part: String, _ relationships: [PartRelationship]) throws {
        guard let source = try archive.metadata(part) else { throw TabularError.missingPart(part) }
        let scanner = XMLScanner(source, context: part)
        let targets = Dictionary(
            relationships.map { ($0.identifier, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        while case let token = try scanner.next(), token != .finish {
            guard token == .start else { continue }
            if scanner.isNamed("workbookPr") {
                let flag = try scanner.attribute("date1904")
                isFrom1904 = flag == "1" || flag == "true"
            } else if scanner.isNamed("sheet"), let name = try scanner.attribute("name"),
                let target = try scanner.attribute("id").flatMap({ targets[$0] }),
                target.kind == "worksheet"
            {
                let state = try scanner.attribute("state")
                sheets.append(
                    TabularSheet(name: name, isHidden: state != nil && state != "visible")
                )
                sheetParts.append(target.target)
            }
        }
        guard !sheets.isEmpty else { throw TabularError.missingPart("a worksheet") }
    }

    private mutating func readStyles(_ part: String) throws {
        guard let source = try archive.metadata(part) else { return }
        let scanner = XMLScanner(source, context: part)
        var custom: [Int: Bool] = [:]
        var isInCellFormats = false
        while case let token = try scanner.next(), token != .finish {
            if scanner.isNamed("cellXfs"), token != .text { isInCellFormats = token == .start }
            guard token == .start else { continue }
            if scanner.isNamed("numFmt"),
                let identifier = try scanner.attribute("numFmtId").flatMap({ Int($0) }),
                let code = try scanner.attribute("formatCode")
            {
                custom[identifier] = NumberFormat.isDate(code: code)
            } else if isInCellFormats, scanner.isNamed("xf") {
                let identifier = try scanner.attribute("numFmtId").flatMap { Int($0) } ?? 0
                dateFormats.append(
                    custom[identifier] ?? NumberFormat.isDate(builtIn: identifier)
                )
            }
        }
    }

    /// The shared strings; runs of rich text are joined, phonetic guides left out.
    private func readSharedStrings() throws -> [String] {
        guard let part = sharedStringsPart, let source = try archive.part(part) else { return [] }
        let scanner = XMLScanner(source, context: part)
        var strings: [String] = []
        var text: [UInt8] = []
        var memory = 0
        var isInText = false
        var phoneticDepth = 0
        while case let token = try scanner.next(), token != .finish {
            switch token {
            case .text:
                if isInText, phoneticDepth == 0 {
                    try scanner.appendText(to: &text)
                    try XLSXSheetReader.checkLength(text, row: 0, column: 0)
                }
            case .start, .end:
                let isStart = token == .start
                if scanner.isNamed("t") {
                    isInText = isStart
                } else if scanner.isNamed("rPh") {
                    phoneticDepth += isStart ? 1 : -1
                } else if scanner.isNamed("si"), isStart {
                    text.removeAll(keepingCapacity: true)
                } else if scanner.isNamed("si") {
                    strings.append(EscapedText.decode(text))
                    memory += text.count + 32
                    guard memory <= limits.maximumSharedStringBytes else {
                        throw TabularError.compressionBomb("shared strings over \(memory) bytes")
                    }
                }
            case .finish: break
            }
        }
        return strings
    }

    /// The merged ranges of a sheet, which follow its rows, in the order of their first rows.
    private func readMerges(_ part: String) throws -> [CellRange] {
        guard let source = try archive.part(part) else { return [] }
        let scanner = XMLScanner(source, context: part)
        var merges: [CellRange] = []
        while case let token = try scanner.next(), token != .finish {
            guard token == .start, scanner.isNamed("mergeCell"),
                let range = try scanner.attribute("ref").flatMap({ CellRange($0) })
            else { continue }
            merges.append(range)
            guard merges.count <= XLSXWorkbook.maximumMergeCount else {
                throw TabularError.compressionBomb("\(merges.count) merged ranges")
            }
        }
        return merges.sorted { $0.top < $1.top }
    }

    private static let maximumMergeCount = 100_000
}

/// A range of cells such as `A1:C2`, rows and columns from 1.
struct CellRange: Hashable {
    var top: Int
    var left: Int
    var bottom: Int
    var right: Int

    init?(_ reference: String) {
        let corners = reference.split(separator: ":").map { CellReference.parse($0.utf8) }
        guard let first = corners.first ?? nil, let last = corners.last ?? nil else { return nil }
        top = min(first.row, last.row)
        left = min(first.column, last.column)
        bottom = max(first.row, last.row)
        right = max(first.column, last.column)
    }
}

/// A reference to a cell such as `AB12`.
enum CellReference {
    /// The row and the column from 1; a part that is absent is 0, anything else nothing.
    static func parse(_ bytes: some Sequence<UInt8>) -> (row: Int, column: Int)? {
        var row = 0
        var column = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
                column = column * 26 + Int(byte - 64)
            case UInt8(ascii: "a")...UInt8(ascii: "z") where row == 0:
                column = column * 26 + Int(byte - 96)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): row = row * 10 + Int(byte - 48)
            case UInt8(ascii: "$"): continue
            default: return nil
            }
            if row > 1 << 32 || column > 1 << 32 { return nil }
        }
        return (row, column)
    }

    /// The letters of a column, from 1: `A`, …, `Z`, `AA`.
    static func letters(ofColumn column: Int) -> [UInt8] {
        var letters: [UInt8] = []
        var rest = column
        while rest > 0 {
            letters.insert(UInt8(65 + (rest - 1) % 26), at: 0)
            rest = (rest - 1) / 26
        }
        return letters
    }
}
