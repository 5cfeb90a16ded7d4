import Basics
import PackagingTesting
import Testing

@testable import Packaging

extension PackagingError {
    /// The code of the error that a closure throws.
    static func code(_ body: () throws -> Void) -> Code? {
        do {
            try body()
            return nil
        } catch let error as PackagingError {
            return error.code
        } catch {
            Issue.record("not a PackagingError: \(error)")
            return nil
        }
    }
}

@Suite struct `Archives` {
    private static func content(_ bytes: [UInt8], _ name: String, _ limits: ZipLimits = .init())
        throws
        -> [UInt8]?
    {
        var source = try ZipArchive(MemoryBytes(bytes), limits: limits).part(name)
        return try source?.collect(maximumByteCount: 1 << 26)
    }

    @Test func `what is written is read, whatever the case of its name`() throws {
        var random = SeededRandom(seed: 5)
        let noise = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let bytes = try archive([("word/Document.xml", noise), ("empty", [])])
        #expect(try Self.content(bytes, "/word/document.xml") == noise)
        #expect(try Self.content(bytes, "empty") == [])
        #expect(try Self.content(bytes, "absent") == nil)
    }

    @Test func `an archive cut off anywhere is damaged`() throws {
        let bytes = try archive([("a", Array("가나다".utf8)), ("b", Array(repeating: 7, count: 999))])
        for count in 0..<bytes.count {
            let cut = Array(bytes.prefix(count))
            #expect(PackagingError.code { _ = try Self.content(cut, "a") } == .damagedArchive)
        }
    }

    @Test func `bombs are refused by ratio, by stated size and by their number of parts`() throws {
        let bomb = try archive([("a", [UInt8](repeating: 32, count: 20_000_000))])
        #expect(PackagingError.code { _ = try Self.content(bomb, "a") } == .compressionBomb)
        var limits = ZipLimits()
        limits.maximumUncompressedBytes = 1_000
        let large = try archive([("a", [UInt8](repeating: 32, count: 1_001))])
        #expect(
            PackagingError.code { _ = try Self.content(large, "a", limits) } == .compressionBomb
        )
        var many = try archive([("a", [])])
        let count = many.count - 22 + 10
        many[count] = 0x21
        many[count + 1] = 0x4E
        #expect(PackagingError.code { _ = try Self.content(many, "a") } == .compressionBomb)
    }

    @Test func `a size that lies is found out`() throws {
        var bytes = try archive([("name", Array("content".utf8))])
        let directory = try #require(
            bytes.indices.last { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) }
        )
        bytes[directory + 24] -= 1
        #expect(PackagingError.code { _ = try Self.content(bytes, "name") } == .damagedArchive)
    }

    @Test func `relationships are resolved, and those that lead outside say so`() throws {
        let archive = try ZipArchive(MemoryBytes(WordFile("").bytes()))
        #expect(archive.kind == .word)
        let root = try archive.relationships(of: "")
        #expect(root.map(\.target) == ["word/document.xml", "docProps/core.xml"])
        let parts = try archive.relationships(of: "word/document.xml")
        #expect(
            parts.map(\.target) == ["word/styles.xml", "word/footnotes.xml", "file:///etc/passwd"]
        )
        #expect(parts.map(\.isExternal) == [false, false, true])
    }

    @Test(arguments: [
        (
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
            PackagingError.Code.forbiddenXML
        ),
        ("<x>&e;</x>", .damagedXML), ("<x", .damagedXML), ("<x a=b>", .damagedXML),
        ("<x><![CDATA[", .damagedXML),
    ])
    func `XML with declarations, foreign references or without an end is refused`(
        text: String,
        code: PackagingError.Code
    ) {
        let found = PackagingError.code {
            let scanner = XMLScanner(SequentialSource(Array(text.utf8)), context: "x")
            var bytes: [UInt8] = []
            while case let token = try scanner.next(), token != .finish {
                if token == .text { try scanner.appendText(to: &bytes) }
                if token == .start { _ = try scanner.attribute("a") }
            }
        }
        #expect(found == code)
    }

    @Test(arguments: [
        ([], FileKind.empty), (Array("%PDF-1.7".utf8), .pdf), (Array("# 제목".utf8), .text),
        (Array("\u{FEFF} <!DOCTYPE html>".utf8), .markup), ([0x50, 0x4B, 3, 4], .zip),
        (Array("HWP Document File V3.00".utf8), .hangul),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldOffice),
    ])
    func `a file is known by its first bytes`(bytes: [UInt8], kind: FileKind) throws {
        #expect(try FileKind.detect(bytes) == kind)
    }
}
