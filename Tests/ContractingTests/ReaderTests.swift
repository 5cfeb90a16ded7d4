import Basics
import Foundation
import SharedDataTesting
import Testing

@testable import Contracting

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func entries(_ input: [UInt8], limits: ContractingLimits = .init()) throws -> [ReleaseReader.Entry]
{
    var reader = ReleaseReader(bytes: input, limits: limits)
    var entries: [ReleaseReader.Entry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
}

/// Hands the bytes over in pieces of the given size.
func source(_ input: [UInt8], pieceByteCount: Int) -> ReleaseReader.ByteSource {
    var rest = input[...]
    return {
        let piece = Array(rest.prefix(pieceByteCount))
        rest = rest.dropFirst(pieceByteCount)
        return piece
    }
}

func path(_ entry: ReleaseReader.Entry) -> String {
    switch entry {
    case .release(_, let path), .record(_, let path): path.description
    }
}

let smallPackage = """
    {"uri":"https://example.org/p","version":"1.1","publisher":{"name":"서울"},\
    "publishedDate":"2023-01-25T09:00:00+09:00","releases":[\
    {"ocid":"ocds-kr1111-1","id":"1","date":"2023-01-25T09:00:00+09:00","tag":["planning"],\
    "initiationType":"tender","x_\\u00e9":"\\ud83d\\ude00\\n","tender":{"id":7,"value":{"amount":10.50,\
    "currency":"KRW"}}},{"ocid":"ocds-kr1111-2","id":"2","tag":[]}],"license":null}
    """

@Suite struct `Reading contracting data` {
    @Test(.enabled(if: SharedData.isPresent, "no shared data"))
    func `every published example is imported or named as something else`() throws {
        var packages = 0
        var releases = 0
        var records = 0
        var others: [String] = []
        let files = SharedData.jsonFiles("ocds-sample") + SharedData.jsonFiles("worked-examples")
        for file in files {
            do {
                let report = try ContractingReport.check(
                    ReleaseReader(bytes: [UInt8](Data(contentsOf: file)))
                )
                packages += report.packageCount
                releases += report.releaseCount
                records += report.recordCount
            } catch let error as ContractingError {
                #expect(error.code == .notContractingData, "\(file.path): \(error)")
                others.append(file.lastPathComponent)
            }
        }
        #expect(files.count == 85)
        #expect(packages == 79)
        #expect(releases == 70)
        #expect(records == 14)
        #expect(
            others.sorted() == [
                "beneficial_ownership_statement_entity.json",
                "beneficial_ownership_statement_ownership.json",
                "beneficial_ownership_statement_person.json", "extension.json",
                "extensions_block.json", "release-schema.json",
            ]
        )
    }

    @Test(.enabled(if: SharedData.isPresent, "no shared data"))
    func `what is imported is exported again without a loss`() throws {
        for file in SharedData.jsonFiles("ocds-sample") + SharedData.jsonFiles("worked-examples") {
            let original = try Data(contentsOf: file)
            var scanner = JSONScanner(bytes: [UInt8](original), isFinal: true, maximumDepth: 64)
            let value = try scanner.value(depth: 0)
            // Foundation is the oracle for the content; the scanner itself for the order.
            let expected = try #require(
                JSONSerialization.jsonObject(with: original) as? NSDictionary
            )
            let written = try #require(
                JSONSerialization.jsonObject(with: Data(value.bytes)) as? NSDictionary
            )
            #expect(expected == written, "\(file.lastPathComponent)")
            var again = JSONScanner(bytes: value.bytes, isFinal: true, maximumDepth: 64)
            #expect(try again.value(depth: 0) == value)
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "no shared data"))
    func `a package read in pieces and written again is the package`() throws {
        for file in SharedData.jsonFiles("ocds-sample") {
            let original = [UInt8](try Data(contentsOf: file))
            var scanner = JSONScanner(bytes: original, isFinal: true, maximumDepth: 64)
            let expected = try scanner.value(depth: 0)
            guard expected.object?["releases"] != nil else { continue }
            var reader = ReleaseReader(source: source(original, pieceByteCount: 777))
            var releases: [Release] = []
            while case .release(let release, _)? = try reader.next() { releases.append(release) }
            var output: [UInt8] = []
            var writer = ReleasePackageWriter(
                reader.packages[0].metadata,
                prefix: .unregisteredExample
            ) { output += $0 }
            for release in releases { try writer.write(release) }
            try writer.finish()
            var again = JSONScanner(bytes: output, isFinal: true, maximumDepth: 64)
            #expect(try again.value(depth: 0) == expected)
        }
    }

    @Test(arguments: 1...40)
    func `the size of the pieces makes no difference`(pieceByteCount: Int) throws {
        let expected = try entries(bytes(smallPackage))
        #expect(expected.count == 2)
        var reader = ReleaseReader(
            source: source(bytes(smallPackage), pieceByteCount: pieceByteCount)
        )
        var read: [ReleaseReader.Entry] = []
        while let entry = try reader.next() { read.append(entry) }
        #expect(read == expected)
        #expect(reader.packages.first?.metadata.publisher?.name == "서울")
        #expect(reader.packages.first?.metadata.json.members.last?.name == "license")
    }

    static let packagings: [(String, ReleaseReader.Packaging, [String])] = [
        (
            #"{"releases":[{"ocid":"a"},{"ocid":"b"}]}"#, .releasePackage,
            ["/releases/0", "/releases/1"]
        ),
        (#"{"records":[{"ocid":"a","releases":[]}]}"#, .recordPackage, ["/records/0"]),
        (#"{"ocid":"a","tag":["tender"]}"#, .release, [""]),
        (#"{"ocid":"a","compiledRelease":{"ocid":"a"}}"#, .record, [""]),
        (#"{"ocid":"a","releases":[{"ocid":"a"}]}"#, .record, [""]),
        ("{\"ocid\":\"a\"}\n{\"ocid\":\"b\"}\n\n", .release, ["", "/1"]),
        (#"[{"ocid":"a"},{"ocid":"b"}]"#, .release, ["/0", "/1"]),
        (
            #"[{"releases":[{"ocid":"a"},{"ocid":"b"}]}]"#, .releasePackage,
            ["/0/releases/0", "/0/releases/1"]
        ),
        ("\u{FEFF}" + #"{"releases":[{"ocid":"a"}]}"#, .releasePackage, ["/releases/0"]),
        (
            "{\"releases\":[{\"ocid\":\"a\"}]}\n{\"releases\":[{\"ocid\":\"b\"}]}", .releasePackage,
            ["/releases/0", "/1/releases/0"]
        ),
    ]

    @Test(arguments: packagings)
    func `every usual packaging is recognised`(
        text: String,
        packaging: ReleaseReader.Packaging,
        paths: [String]
    ) throws {
        #expect(try entries(bytes(text)).map(path) == paths)
        var reader = ReleaseReader(source: source(bytes(text), pieceByteCount: 3))
        while try reader.next() != nil {}
        #expect(reader.packaging == packaging)
    }

    static let refusals: [(String, ContractingError.Code, String, Int)] = [
        ("", .empty, "", 0),
        ("  \n", .empty, "", 3),
        (#"{"releases":[{"ocid":"a"#, .truncated, "/releases/0/ocid", 23),
        (#"{"releases":[{"ocid":"a"}"#, .truncated, "/releases/0", 25),
        (#"{"releases":[{"ocid":01}]}"#, .notJSON, "/releases/0/ocid", 21),
        (#"{"releases":[{"ocid":'a'}]}"#, .notJSON, "/releases/0/ocid", 21),
        (#"{"releases":[{"ocid":"\x"}]}"#, .notJSON, "/releases/0/ocid", 22),
        (#"{"releases":[{"ocid":"\ud800"}]}"#, .notJSON, "/releases/0/ocid", 28),
        (#"{"releases":[7]}"#, .wrongType, "/releases/0", 13),
        (#"{"releases":{}}"#, .wrongType, "/releases", 15),
        (#"{"name":"extension"}"#, .notContractingData, "", 20),
        ("[1]", .notContractingData, "/0", 2),
        ("true", .notContractingData, "", 4),
        ("<html>", .notJSON, "", 0),
        (#"{"a" 1}"#, .notJSON, "", 5),
    ]

    @Test(arguments: refusals)
    func `bad input is refused with its place`(
        text: String,
        code: ContractingError.Code,
        place: String,
        byteOffset: Int
    ) throws {
        let error = try #require(throws: ContractingError.self) { try entries(bytes(text)) }
        #expect(error.code == code)
        #expect(error.path.description == place)
        #expect(error.byteOffset == byteOffset)
        #expect(!error.message.korean.isEmpty && error.message.english.contains("byte"))
    }

    @Test func `bytes that are not UTF-8 are refused`() throws {
        // 서울 in CP949.
        let input = bytes(#"{"releases":[{"ocid":""#) + [0xBC, 0xAD, 0xBF, 0xEF] + bytes(#""}]}"#)
        let error = try #require(throws: ContractingError.self) { try entries(input) }
        #expect(error.code == .notUTF8)
        #expect(error.path.description == "/releases/0/ocid")
    }

    @Test func `a value nested too deeply is refused, not crashed on`() throws {
        let deep = #"{"releases":[{"a":"# + String(repeating: "[", count: 100_000)
        let error = try #require(throws: ContractingError.self) { try entries(bytes(deep)) }
        #expect(error.code == .tooDeep)
        #expect(error.message.english.contains("64"))
    }

    @Test func `a release above the limit is refused`() throws {
        var limits = ContractingLimits()
        limits.maximumValueByteCount = 1000
        let text = #"{"releases":[{"ocid":""# + String(repeating: "가", count: 2000) + #""}]}"#
        for input in [text, text.replacing(#""releases":[{"ocid":"#, with: #""uri":"#)] {
            var reader = ReleaseReader(
                limits: limits,
                source: source(bytes(input), pieceByteCount: 100)
            )
            let error = try #require(throws: ContractingError.self) {
                while try reader.next() != nil {}
            }
            #expect(error.code == .tooLarge)
        }
    }

    @Test func `a package cut anywhere is refused`() throws {
        let whole = bytes(smallPackage)
        for count in 1..<whole.count {
            #expect(throws: ContractingError.self, "\(count)") {
                _ = try entries(Array(whole[..<count]))
            }
        }
    }

    @Test func `random damage never crashes the reader or the check`() {
        var random = SeededRandom(seed: 11)
        let whole = bytes(smallPackage)
        var refused = 0
        for _ in 0..<3000 {
            var damaged = whole
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<damaged.count, using: &random)
                let alphabet: [UInt8] = [
                    0, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x65, 0x7B, 0x7D, 0xFF,
                ]
                damaged[place] = alphabet.randomElement(using: &random) ?? 0
            }
            do {
                _ = try ContractingReport.check(ReleaseReader(bytes: damaged))
            } catch { refused += 1 }
        }
        #expect((1000..<3000).contains(refused))
    }
}
