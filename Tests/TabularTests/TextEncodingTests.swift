import Basics
import Packaging
import Testing

@testable import Tabular

@Suite struct `Text encodings` {
    /// `사업명,예산⏎똠방각하,1⏎` in CP949; 똠 is not in EUC-KR.
    static let cp949: [UInt8] = [
        0xBB, 0xE7, 0xBE, 0xF7, 0xB8, 0xED, 0x2C, 0xBF, 0xB9, 0xBB, 0xEA, 0x0A, 0x8C, 0x63,
        0xB9, 0xE6, 0xB0, 0xA2, 0xC7, 0xCF, 0x2C, 0x31, 0x0A,
    ]

    static let expected = [["사업명", "예산"], ["똠방각하", "1"]]

    static func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
            return isBigEndian ? bytes : bytes.reversed()
        }
    }

    @Test func `every encoding of Korean offices reads the same`() throws {
        let text = "사업명,예산\n똠방각하,1\n"
        let files: [(TextEncoding, [UInt8])] = [
            (.utf8, Array(text.utf8)), (.utf8, [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
            (.cp949, `Text encodings`.cp949),
            (.utf16LittleEndian, `Text encodings`.utf16(text, isBigEndian: false)),
            (.utf16BigEndian, `Text encodings`.utf16(text, isBigEndian: true)),
        ]
        for (encoding, bytes) in files {
            var reader = try CSVReader(SequentialSource(bytes))
            var row = CSVRow()
            var rows: [[String]] = []
            while try reader.next(&row) { rows.append(row.strings) }
            #expect(rows == `Text encodings`.expected)
            #expect(reader.encoding == encoding)
        }
    }

    @Test(arguments: [0, 65_535, 65_536, 262_143, 300_000, 524_287])
    func `Korean that comes late is still recognised`(_ asciiBytes: Int) throws {
        var ascii: [UInt8] = []
        while ascii.count < asciiBytes { ascii += Array("1,2\n".utf8) }
        ascii = Array(ascii.prefix(asciiBytes)) + Array("\n".utf8)
        for tail in [`Text encodings`.cp949, Array("사업명,예산\n똠방각하,1\n".utf8)] {
            #expect(try texts(ascii + tail).suffix(2) == `Text encodings`.expected[...])
        }
    }

    @Test func `long CP949 converts without losing a character`() throws {
        var bytes: [UInt8] = []
        for _ in 0..<20_000 { bytes += `Text encodings`.cp949 }
        let rows = try texts(bytes)
        #expect(rows.count == 40_000)
        #expect(rows.allSatisfy { `Text encodings`.expected.contains($0) })
    }

    @Test func `bytes of no encoding are refused`() {
        #expect(code { _ = try texts([0x61, 0x2C, 0xFF, 0xFF, 0x0A]) } == .unknownEncoding)
        #expect(code { _ = try texts([0x61, 0x00, 0x62, 0x0A]) } == .unknownEncoding)
        #expect(code { _ = try texts(Array("가나".utf8) + [0xEA]) } == .unknownEncoding)
        let late = Array(String(repeating: "가나다,1\n", count: 40_000).utf8) + [0xFF, 0x0A]
        #expect(code { _ = try texts(late) } == .invalidEncoding)
    }
}
