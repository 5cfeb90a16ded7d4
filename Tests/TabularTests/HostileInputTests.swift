import Basics
import Packaging
import PackagingTesting
import Synchronization
import Testing

@testable import Tabular

@Suite struct `Hostile inputs` {
    func openCode(_ bytes: [UInt8], _ options: TabularOptions = .init()) -> TabularError.Code? {
        code { _ = try rows(bytes, options: options) }
    }

    /// Reads bytes to their end; only `TabularError` may come out.
    func survive(_ bytes: [UInt8], _ name: Comment) {
        do {
            _ = try rows(bytes)
        } catch is TabularError {
        } catch {
            Issue.record("\(name): \(error)")
        }
    }

    static let compoundMagic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// An OLE compound file with one name in its directory.
    static func compoundFile(_ name: String) -> [UInt8] {
        var file = compoundMagic + [UInt8](repeating: 0, count: 2_040)
        file[30] = 9
        file[48] = 1
        for (index, unit) in name.utf16.enumerated() {
            file[1_024 + 2 * index] = UInt8(truncatingIfNeeded: unit)
        }
        return file
    }

    @Test func `files that are not tables are refused by what they are`() throws {
        #expect(openCode([]) == .emptyFile)
        #expect(openCode([0xEF, 0xBB, 0xBF]) == .emptyFile)
        #expect(openCode(`Hostile inputs`.compoundFile("Workbook")) == .oldExcel)
        #expect(openCode(`Hostile inputs`.compoundFile("EncryptedPackage")) == .encrypted)
        #expect(openCode(`Hostile inputs`.compoundFile("HwpSummaryInformation")) == .notTabular)
        #expect(openCode(`Hostile inputs`.compoundMagic) == .oldExcel)
        #expect(openCode(Array("%PDF-1.7\n".utf8)) == .notTabular)
        #expect(openCode(Array("\n<HTML><table>".utf8)) == .notTabular)
        #expect(openCode(try archive([("a.txt", [1])])) == .notTabular)
        #expect(openCode(try archive([("Contents/content.hpf", [1])])) == .notTabular)
        #expect(openCode([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 99)) == .damagedArchive)
        #expect(openCode(try archive([("[Content_Types].xml", [])])) == .missingPart)
        #expect(code { _ = try TabularReader.open(path: "/") } == .directory)
        #expect(code { _ = try TabularReader.open(path: "/no/such/file") } == .unreadable)
        var options = TabularOptions()
        options.limits.maximumFileBytes = 3
        #expect(openCode(Array("a,b\n".utf8), options) == .fileTooLarge)
    }

    @Test func `old Excel files are named as such in Korean`() {
        do {
            _ = try TabularReader.open(`Hostile inputs`.compoundFile("Workbook"), fileName: "a.xls")
        } catch let error as TabularError {
            #expect(error.message.korean.hasPrefix("이 파일은 구형 .xls입니다"))
        } catch {
            Issue.record(error)
        }
    }

    @Test func `a name that disagrees with the content only warns`() throws {
        let text = Array("a,b\n1,2\n".utf8)
        #expect(try TabularReader.open(text, fileName: "계획.xlsx").warnings.count == 1)
        #expect(try TabularReader.open(text, fileName: "계획.csv").warnings.isEmpty)
        #expect(try TabularReader.open(PeerFixtures.plan, fileName: "a.xls").warnings.count == 1)
    }

    @Test func `a stream is read like a file, whatever it holds`() throws {
        let text = Array("a,b\n1,2\n".utf8)
        for bytes in [text, PeerFixtures.plan] {
            let source = PiecewiseSource(bytes: bytes[...], random: SeededRandom(seed: 1))
            var table = try TabularReader.open(stream: source, fileName: "-")
            #expect(try table.rows(upTo: .max) == (try rows(bytes)))
        }
    }

    /// Bytes that count how many of them were asked for.
    final class CountingBytes: RandomAccessBytes {
        let bytes: MemoryBytes
        let read = Mutex(0)
        var size: Int { bytes.size }

        init(_ bytes: [UInt8]) { self.bytes = MemoryBytes(bytes) }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
            let count = bytes.read(at: offset, into: buffer)
            read.withLock { $0 += count }
            return count
        }
    }

    @Test(arguments: ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    func `a gigabyte of zeros is refused after its first bytes`(_ bomb: String) throws {
        let collector = Collector()
        var zip = ZipWriter(level: 1, sink: collector.sink)
        for (name, content) in try workbookParts(sheet: "") where name != bomb {
            try zip.begin(name)
            try zip.write(content)
            try zip.end()
        }
        try zip.begin(bomb)
        let zeros = [UInt8](repeating: 0, count: 1 << 22)
        for _ in 0..<256 { try zip.write(zeros) }
        try zip.end()
        try zip.finish()
        let bytes = CountingBytes(collector.bytes)
        #expect(bytes.size > 1_000_000)
        let found = code {
            var table = try TabularReader(bytes, fileName: "a.xlsx")
            _ = try table.rows(upTo: 1)
        }
        // The parser stops at the first zero, or the metadata limit before it.
        #expect(found == (bomb == "xl/workbook.xml" ? .compressionBomb : .damagedXML))
        #expect(bytes.read.withLock { $0 } < 300_000)
    }

    @Test func `white space that unpacks without end is refused by its ratio`() throws {
        let spaces = String(repeating: " ", count: 20_000_000)
        #expect(openCode(try workbook(sheet: sheet(spaces))) == .compressionBomb)
    }

    @Test func `sizes that lie are found out`() throws {
        var file = try workbook(sheet: sheet("<row><c><v>1</v></c></row>"))
        // The size of the sheet in the central directory.
        let name = Array("xl/worksheets/sheet1.xml".utf8)
        let at = try #require(
            file.indices.last { file[$0...].starts(with: name) }
        )
        file[at - 46 + 24] -= 1
        #expect(openCode(file) == .damagedArchive)
        file[at - 46 + 24] += 2
        #expect(openCode(file) == .damagedArchive)
        for byte in 24..<28 { file[at - 46 + byte] = 0xFE }
        #expect(openCode(file) == .compressionBomb)
    }

    @Test func `rows, columns and cells past the limits are refused`() throws {
        let limit = TabularLimits.maximumSheetRowCount
        #expect(openCode(try workbook(sheet: sheet("<row r=\"\(limit)\"/>"))) == nil)
        #expect(openCode(try workbook(sheet: sheet("<row r=\"\(limit + 1)\"/>"))) == .tooManyRows)
        #expect(
            openCode(try workbook(sheet: sheet("<row><c r=\"XFE1\"><v>1</v></c></row>")))
                == .tooManyColumns
        )
        let lines = Array(repeatElement(Array("1\n".utf8), count: limit + 1).joined())
        #expect(openCode(lines) == .tooManyRows)
        #expect(openCode(Array(lines.dropLast(2))) == nil)
        let wide = (1...200).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }
        var options = TabularOptions()
        options.limits.maximumCellCount = 1_000_000
        #expect(openCode(try workbook(sheet: sheet(wide.joined())), options) == .tooManyCells)
    }

    @Test func `merged ranges cannot multiply a small file`() throws {
        let merges = (1...2_000).map { _ in "<mergeCell ref=\"A1:XFD1048576\"/>" }.joined()
        let rows = (1...50).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }.joined()
        let xml =
            "<worksheet><sheetData>\(rows)</sheetData><mergeCells>\(merges)</mergeCells></worksheet>"
        var options = TabularOptions()
        options.fillsMergedCells = true
        options.limits.maximumCellCount = 1_000_000
        #expect(openCode(try workbook(sheet: xml), options) == .tooManyCells)
    }

    @Test func `ten megabytes in one cell are refused`() throws {
        let long = String(repeating: "가나다라", count: 900_000)
        #expect(openCode(Array("a,\"\(long)\"\n".utf8)) == .cellTooLarge)
        #expect(openCode(Array("a,\"\(long)".utf8)) == .cellTooLarge)
        #expect(openCode(Array("a,\(long)".utf8)) == .cellTooLarge)
        let inline = sheet("<row><c t=\"inlineStr\"><is><t>\(long)</t></is></c></row>")
        // Stored text this repetitive also passes the ratio; the cell's own limit comes first.
        var options = TabularOptions()
        options.limits.maximumCompressionRatio = 2_000
        #expect(openCode(try workbook(sheet: inline), options) == .cellTooLarge)
        let shared = "<sst><si><t>\(long)</t></si></sst>"
        #expect(
            openCode(try workbook(sheet: sheet(""), sharedStrings: shared), options)
                == .cellTooLarge
        )
        let tag = sheet("<row \(String(repeating: "x", count: 3_000_000))")
        #expect(openCode(try workbook(sheet: tag), options) == .damagedXML)
    }

    @Test(arguments: [
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\">]><worksheet/>",
        "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>",
    ])
    func `document types are refused`(_ xml: String) throws {
        #expect(openCode(try workbook(sheet: xml)) == .forbiddenXML)
    }

    @Test(arguments: [
        "<row><c><v>&lol;</v></c></row>", "<row><c><v>1</v>", "<row r=\"2\"/><row r=\"1\"/>",
        "<row><c r=\"1A\"><v>1</v></c></row>", "<row><c t=\"s\"><v>0</v></c></row>",
        "<row><c t=s/>",
        "<row><c><v>&#xD800;</v></c></row>", "<row><c <v>1</v></c></row>", "<![CDATA[", "<!--",
    ])
    func `XML that no spreadsheet writes is called damaged`(_ rows: String) throws {
        #expect(openCode(try workbook(sheet: sheet(rows))) == .damagedXML)
    }

    @Test func `a file cut off anywhere never crashes`() throws {
        let file = PeerFixtures.plan
        for part in 0..<20 {
            let cut = Array(file.prefix(file.count * part / 20))
            #expect(openCode(cut) != nil, "at \(part)/20")
        }
        for count in file.indices.suffix(200) { survive(Array(file.prefix(count)), "at \(count)") }
    }

    @Test func `flipped bytes of a workbook never crash`() {
        var random = SeededRandom(seed: 2_000)
        for round in 0..<2_000 {
            var file = PeerFixtures.plan
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: file.indices, using: &random)
                file[at] = UInt8.random(in: 0...255, using: &random)
            }
            survive(file, "round \(round)")
        }
    }

    @Test func `flipped bytes within the XML of a workbook never crash`() throws {
        var random = SeededRandom(seed: 2_001)
        let xml = Array(
            sheet(
                """
                <row r="1"><c r="A1" t="inlineStr"><is><t>가&amp;나</t></is></c><c s="1"><v>44951</v>
                </c></row><row r="3"><c r="C3" t="s"><v>0</v></c><!-- x --><c t="b"><v>1</v></c></row>
                """
            ).utf8
        )
        for round in 0..<500 {
            var mutated = xml
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: mutated.indices, using: &random)
                mutated[at] = UInt8.random(in: 0...127, using: &random)
            }
            let file = try workbook(
                sheet: String(decoding: mutated, as: UTF8.self),
                sharedStrings: "<sst><si/></sst>",
                styles: `Reading workbooks`.dateStyles
            )
            survive(file, "round \(round)")
        }
    }

    @Test func `flipped bytes of a CSV file never crash`() {
        var random = SeededRandom(seed: 2_002)
        let file = Array("사업명,예산,\"비고\n둘째 줄\"\r\n챗봇,\"1,000\",\"\"\"인용\"\"\"\r\n".utf8)
        for round in 0..<2_000 {
            var mutated = file
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: mutated.indices, using: &random)
                mutated[at] = UInt8.random(in: 0...255, using: &random)
            }
            survive(mutated, "round \(round)")
        }
    }
}
