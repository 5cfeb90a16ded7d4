import Basics
import Foundation
import Packaging
import PackagingTesting
import Testing

@testable import Tabular

/// Runs a closure and returns the code of the `TabularError` that it throws.
func code(_ body: () throws -> Void) -> TabularError.Code? {
    do {
        try body()
        return nil
    } catch let error as TabularError {
        return error.code
    } catch {
        Issue.record("not a TabularError: \(error)")
        return nil
    }
}

/// Reads all rows of a table.
func rows(
    _ bytes: [UInt8],
    named name: String = "표.xlsx",
    sheet: Int? = nil,
    options: TabularOptions = TabularOptions()
) throws -> [TabularRow] {
    var table = try TabularReader.open(bytes, fileName: name, options: options)
    if let sheet { try table.select(sheet: sheet) }
    return try table.rows(upTo: .max)
}

/// Reads all rows of a CSV file as texts.
func texts(_ bytes: [UInt8], options: CSVOptions = CSVOptions()) throws -> [[String]] {
    var reader = try CSVReader(SequentialSource(bytes), options: options)
    var row = CSVRow()
    var rows: [[String]] = []
    while try reader.next(&row) { rows.append(row.strings) }
    return rows
}

/// Gives its bytes in pieces of seeded lengths, as a socket would.
struct PiecewiseSource: ByteSource {
    var bytes: ArraySlice<UInt8>
    var random: SeededRandom

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = bytes.prefix(min(buffer.count, Int.random(in: 1...7, using: &random)))
        buffer.copyBytes(from: piece)
        bytes.removeFirst(piece.count)
        return piece.count
    }
}

/// A sink that keeps what it is given.
final class Collector {
    var bytes: [UInt8] = []
    func sink(_ more: [UInt8]) { bytes.append(contentsOf: more) }
}

/// A workbook of one sheet around hand-written XML.
func workbook(
    sheet: String,
    sharedStrings: String? = nil,
    styles: String? = nil,
    properties: String = ""
) throws -> [UInt8] {
    try archive(
        workbookParts(
            sheet: sheet,
            sharedStrings: sharedStrings,
            styles: styles,
            properties: properties
        )
    )
}

/// The parts of a workbook of one sheet.
func workbookParts(
    sheet: String,
    sharedStrings: String? = nil,
    styles: String? = nil,
    properties: String = ""
) throws -> [(String, [UInt8])] {
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var parts: [(String, [UInt8])] = [
        ("[Content_Types].xml", Array("<Types/>".utf8)),
        (
            "xl/workbook.xml",
            Array(
                """
                <workbook xmlns:r="\(relationships)">\(properties)<sheets>
                <sheet name="표" sheetId="1" r:id="rId1"/></sheets></workbook>
                """.utf8
            )
        ),
        (
            "xl/_rels/workbook.xml.rels",
            Array(
                """
                <Relationships><Relationship Id="rId1" Type="\(relationships)/worksheet"
                Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId2"
                Type="\(relationships)/sharedStrings" Target="sharedStrings.xml"/><Relationship
                Id="rId3" Type="\(relationships)/styles" Target="./styles.xml"/></Relationships>
                """.utf8
            )
        ),
        ("xl/worksheets/sheet1.xml", Array(sheet.utf8)),
    ]
    if let sharedStrings { parts.append(("xl/SharedStrings.xml", Array(sharedStrings.utf8))) }
    if let styles { parts.append(("xl/styles.xml", Array(styles.utf8))) }
    return parts
}

/// The XML of a sheet with these rows.
func sheet(_ rows: String) -> String {
    "<?xml version=\"1.0\"?><worksheet><sheetData>\(rows)</sheetData></worksheet>"
}

/// The shared real data, for tests that are disabled without it.
enum SharedData {
    static let directory: String = {
        if let path = ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"] { return path }
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return repository.appendingPathComponent("../shared/data").path
    }()

    static let notices = "\(directory)/procurement/kr_rfp_meta.csv"

    static var isPresent: Bool { FileManager.default.fileExists(atPath: notices) }
}
