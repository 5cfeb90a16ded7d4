import Basics
import City
import CityTesting
import Foundation
import HTTPTypes
import Hosting
import PackagingTesting
import Programs
import Store
import Testing

@testable import Assistant

private let city = CityComposition(modules: [CityRecords.self], services: [Assistant.self])
private let today = Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)

/// A Word document with an article and a table.
private func wordFile() throws -> [UInt8] {
    func cell(_ text: String) -> String { "<w:tc>\(WordFile.paragraph(text))</w:tc>" }
    return try WordFile(
        WordFile.paragraph("제2장 휴가", style: "1") + WordFile.paragraph("제7조(연가)", style: "k2")
            + WordFile.paragraph("연가는 나누어 쓸 수 있다.")
            + "<w:tbl><w:tr>\(cell("구분"))\(cell("일|수"))</w:tr>"
            + "<w:tr>\(cell("연가"))\(cell("21"))</w:tr></w:tbl>",
        title: "휴가 규정"
    ).bytes()
}

@Suite struct `Files people bring` {
    @Test func `a Word document comes as passages of its articles`() async throws {
        let read = try await KnowledgeImport.read(wordFile(), fileName: "x.docx")
        #expect(read.title == "휴가 규정")
        #expect(read.passages.map(\.heading) == ["제2장 휴가 > 제7조(연가)"])
        #expect(read.passages.map(\.locator) == ["제7조"])
        #expect(
            read.passages[0].body
                == "연가는 나누어 쓸 수 있다.\n| 구분 | 일｜수 |\n| --- | --- |\n| 연가 | 21 |"
        )
    }

    @Test func `the content of a file decides, whatever its name says`() async throws {
        let html = Array("<!doctype html><title>안내</title><h2>휴가</h2><p>글".utf8)
        for name in ["a.md", "a.docx", "a.pdf", "a.csv", "a"] {
            #expect(try await KnowledgeImport.read(html, fileName: name).title == "안내")
            #expect(try await KnowledgeImport.read(wordFile(), fileName: name).title == "휴가 규정")
        }
        let text = try await KnowledgeImport.read(Array("# 글\n\n본문".utf8), fileName: "a.docx")
        #expect(text.title == "글")
        // `본문` in CP949, as Korean Windows saves plain text.
        let cp949 = try await KnowledgeImport.read([0xBA, 0xBB, 0xB9, 0xAE], fileName: "글.txt")
        #expect(cp949.passages.map(\.body) == ["본문"])
    }

    @Test(arguments: [
        "a.docx", "a.pdf", "a.html", "a.md", "a.csv", "a.xlsx", "a.hwp", "a",
    ])
    func `nothing, noise and half a file are refused in words`(name: String) async throws {
        var random = SeededRandom(seed: 3)
        let noise = (0..<5_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let word = try wordFile()
        for bytes in [[], noise, [0xEF, 0xBB, 0xBF], Array(word.prefix(word.count / 2))] {
            do {
                _ = try await KnowledgeImport.read(bytes, fileName: name)
                Issue.record("\(name) of \(bytes.count) bytes was read")
            } catch let error as any ExplainedError {
                #expect(!error.message.korean.isEmpty && !error.message.english.isEmpty)
            }
        }
    }

    @Test func `decomposed names and texts come composed`() async throws {
        let decomposed = "휴가 규정".decomposedStringWithCanonicalMapping
        #expect(decomposed.unicodeScalars.count > 5)
        let read = try await KnowledgeImport.read(
            Array(decomposed.utf8),
            fileName: decomposed + ".txt"
        )
        #expect(read.title.unicodeScalars.elementsEqual("휴가 규정".unicodeScalars))
        #expect(read.passages[0].body.unicodeScalars.elementsEqual("휴가 규정".unicodeScalars))
    }

    @Test func `a paragraph without an end is cut behind its sentences`() async throws {
        let text = String(repeating: "연가는 나누어 쓸 수 있다. ", count: 1_000)
        let read = try await KnowledgeImport.read(Array(text.utf8), fileName: "a.txt")
        #expect(read.passages.count > 5)
        #expect(read.passages.allSatisfy { $0.body.count <= KnowledgeImport.maximumPassageLength })
        #expect(read.passages.allSatisfy { $0.body.hasSuffix("있다.") })
        let one = String(repeating: "가", count: 10_000)
        let cut = try await KnowledgeImport.read(Array(one.utf8), fileName: "a.txt")
        #expect(cut.passages.map(\.body).joined() == one)
    }

    @Test(.enabled("poppler-utils is not installed") { await PDFText.isAvailable })
    func `a PDF is cited by its pages, and one without text says so`() async throws {
        let pdf = PDFFile.bytes(pages: [["Leave can be split."], ["It ends with the year."]])
        let read = try await KnowledgeImport.read(pdf, fileName: "leave.pdf")
        #expect(read.title == "leave")
        #expect(read.passages.map(\.locator) == ["1쪽", "2쪽"])
        do {
            _ = try await KnowledgeImport.read(PDFFile.bytes(pages: [[]]), fileName: "a.pdf")
            Issue.record("read")
        } catch let error as any ExplainedError {
            #expect(error.message.korean.contains("글자가 없는 PDF"))
        }
    }

    @Test func `one's own Word document answers oneself, its scripts as text`() async throws {
        try await CityClient.with(city, now: today) { client in
            let staff = try await client.signedIn(as: "staff@sample.example")
            let form = try await staff.get("/assistant/documents/new").body
            #expect(form.contains(".docx") && form.contains(".pdf") && form.contains(".html"))
            let word = try WordFile(
                WordFile.paragraph("달빛 사업", style: "1")
                    + WordFile.paragraph("달빛 사업은 &lt;script&gt;alert(1)&lt;/script&gt; 세 명이 맡습니다.")
            ).bytes()
            let answer = try await staff.upload(
                "/assistant/documents",
                from: "/assistant/documents/new",
                ["audience": "owner"],
                file: ("plan.docx", word)
            )
            #expect(answer.status == 303)
            let page = try await staff.get(try #require(answer.headers[.location])).body
            #expect(page.contains("&lt;script&gt;alert(1)"))
            #expect(!page.contains("<script>alert"))
            let refused = try await staff.upload(
                "/assistant/documents",
                from: "/assistant/documents/new",
                ["audience": "owner"],
                file: ("a.docx", Array(word.prefix(300)))
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("손상"))
        }
    }
}

@Suite struct `A folder of documents` {
    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("haechi-import-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func write(_ text: String, _ name: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    private static func run(
        _ folder: URL,
        _ store: Store
    ) async throws -> FolderImport.Summary {
        try await FolderImport(store: store, organizationID: "11000").run(
            KnowledgeFolder(path: folder.path, at: today)
        ) { _, _ in }
    }

    @Test func `files are named where they are refused, replaced or share an identifier`()
        async throws
    {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.write(
            "# 연가\n\n연가는 21일이다.",
            "연가.md".decomposedStringWithCanonicalMapping,
            in: folder
        )
        try Self.write("---\n식별자: 병가\n제목: 병가\n---\n병가는 60일이다.", "a.md", in: folder)
        try Self.write("---\n식별자: 병가\n제목: 병가 2\n---\n병가는 90일이다.", "b.md", in: folder)
        try Self.write("", "빈.txt", in: folder)
        try Data([0x89, 0x50, 0x4E, 0x47]).write(to: folder.appendingPathComponent("그림.pdf"))
        try Self.write("x", ".DS_Store", in: folder)
        try Self.write("x", "~$연가.docx", in: folder)
        try await CityClient.with(city, now: today) { client in
            let store = client.city.platform.store
            let first = try await Self.run(folder, store)
            #expect(first.documentCount == 2)
            #expect(first.newCount == 2)
            #expect(Set(first.refused) == ["b.md", "그림.pdf", "빈.txt"])
            let kept = try await store.read { try Knowledge.find("folder/연가.md", in: $0) }
            #expect(kept?.status == .effective)
            #expect(kept?.digest.isEmpty == false)
            let sick = try await store.read { try Knowledge.passages(of: "folder/병가", in: $0) }
            #expect(sick.map(\.body) == ["병가는 60일이다."])
            try Self.write("---\n식별자: 병가\n제목: 병가\n---\n병가는 30일이다.", "a.md", in: folder)
            let second = try await Self.run(folder, store)
            #expect(second.newCount == 0)
            #expect(second.changed == ["병가"])
        }
    }

    @Test func `ten thousand files are read, and the bad ones named`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for number in 0..<10_000 {
            let text = number % 1_000 == 999 ? "" : "# 문서 \(number)\n\n본문 \(number)이다."
            try Self.write(text, "\(number).md", in: folder)
        }
        var found = try KnowledgeFolder(path: folder.path, at: today)
        var documents = 0
        var refused: [String] = []
        while let item = await found.next() {
            switch item {
            case .document: documents += 1
            case .refusal(let path, _): refused.append(path)
            }
        }
        #expect(documents == 9_990)
        #expect(refused.count == 10)
        #expect(refused.contains("999.md"))
    }
}
