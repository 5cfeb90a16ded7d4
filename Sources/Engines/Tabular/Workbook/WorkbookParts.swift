/// The parts of a workbook that do not depend on its rows.
enum WorkbookParts {
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let media = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    static let packageRelationships = """
        \(declaration)<Relationships xmlns="\(package)/relationships">\
        <Relationship Id="rId1" Type="\(office)/officeDocument" Target="xl/workbook.xml"/>\
        </Relationships>
        """

    static func workbook(_ names: [String], filters: [String?]) -> String {
        var sheets = ""
        var filterNames = ""
        for (index, name) in names.enumerated() {
            let escaped = escaped(name)
            sheets +=
                "<sheet name=\"\(escaped)\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
            // Excel keeps the range of a filter under this hidden name too.
            if let filter = filters[index] {
                filterNames +=
                    "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"\(index)\" "
                    + "hidden=\"1\">'\(escaped)'!\(filter)</definedName>"
            }
        }
        let names = filterNames.isEmpty ? "" : "<definedNames>\(filterNames)</definedNames>"
        return """
            \(declaration)<workbook xmlns="\(namespace)" xmlns:r="\(office)">\
            <bookViews><workbookView/></bookViews><sheets>\(sheets)</sheets>\(names)</workbook>
            """
    }

    static func workbookRelationships(_ sheetCount: Int) -> String {
        let sheets = (1...sheetCount).map { index in
            "<Relationship Id=\"rId\(index)\" Type=\"\(office)/worksheet\" "
                + "Target=\"worksheets/sheet\(index).xml\"/>"
        }
        return """
            \(declaration)<Relationships xmlns="\(package)/relationships">\(sheets.joined())\
            <Relationship Id="rId\(sheetCount + 1)" Type="\(office)/styles" Target="styles.xml"/>\
            </Relationships>
            """
    }

    static func contentTypes(_ sheetCount: Int) -> String {
        let sheets = (1...sheetCount).map { index in
            "<Override PartName=\"/xl/worksheets/sheet\(index).xml\" "
                + "ContentType=\"\(media).worksheet+xml\"/>"
        }
        return """
            \(declaration)<Types xmlns="\(package)/content-types">\
            <Default Extension="rels" \
            ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/xl/workbook.xml" ContentType="\(media).sheet.main+xml"/>\
            <Override PartName="/xl/styles.xml" ContentType="\(media).styles+xml"/>\
            \(sheets.joined())</Types>
            """
    }

    /// The cell formats, in the order of `CellStyle`.
    static let styles = """
        \(declaration)<styleSheet xmlns="\(namespace)"><numFmts count="2">\
        <numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
        <numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>\
        <fonts count="2"><font><sz val="11"/><name val="맑은 고딕"/></font>\
        <font><b/><sz val="11"/><name val="맑은 고딕"/></font></fonts>\
        <fills count="3"><fill><patternFill patternType="none"/></fill>\
        <fill><patternFill patternType="gray125"/></fill>\
        <fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF0"/></patternFill></fill>\
        </fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>\
        </borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>\
        </cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" \
        xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" \
        applyFill="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" \
        applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" \
        applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" \
        applyNumberFormat="1"/></cellXfs><cellStyles count="1">\
        <cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """

    /// A text as XML.
    static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        escape(text, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a text as XML; characters that XML 1.0 forbids, and carriage returns, which XML
    /// would turn into line feeds, become `_xHHHH_`, and so does the `_` of a text that reads like
    /// such an escape.
    static func escape(_ text: String, into bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated() where isSpecial[Int(byte)] {
                guard let replacement = replacement(byte, utf8[index...]) else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
                bytes.append(contentsOf: replacement.utf8)
                // U+FFFE and U+FFFF have three bytes.
                start = index + (byte == 0xEF ? 3 : 1)
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
    }

    private static let isSpecial: [Bool] = (UInt8.min...UInt8.max).map { byte in
        if byte < 0x20 { return byte != 0x09 && byte != 0x0A }
        return byte == 0xEF || "<>&\"_".utf8.contains(byte)
    }

    private static func replacement(
        _ byte: UInt8,
        _ rest: Slice<UnsafeBufferPointer<UInt8>>
    ) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "_"): EscapedText.isEscape(rest) ? "_x005F_" : nil
        case 0xEF:
            rest.starts(with: [0xEF, 0xBF, 0xBE])
                ? "_xFFFE_" : rest.starts(with: [0xEF, 0xBF, 0xBF]) ? "_xFFFF_" : nil
        default: "_x00\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))_"
        }
    }
}
