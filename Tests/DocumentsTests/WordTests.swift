import Basics
import PackagingTesting
import Testing

@testable import Documents

@Suite struct `Word documents` {
    private static func contents(_ body: String) throws -> [DocumentOutline.Content] {
        try WordReader.read(WordFile(body).bytes()).blocks.map(\.content)
    }

    private static func paragraph(_ text: String, _ style: String? = nil) -> String {
        WordFile.paragraph(text, style: style)
    }

    @Test func `headings are known by the outline levels and names of their styles`() throws {
        let outline = try WordReader.read(
            WordFile(
                Self.paragraph("총칙", "1") + Self.paragraph("목적", "k2")
                    + Self.paragraph("제1조(목적)", "own") + Self.paragraph("이 규정은 목적을 정한다.", "loop")
                    + Self.paragraph("항목", "list") + Self.paragraph("1. 총칙 … 3", "toc")
                    + "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>둘째</w:t></w:r></w:p>"
                    + "<w:p><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr><w:r><w:t>셋째"
                    + "</w:t></w:r></w:p>",
                title: "복무 규정"
            ).bytes()
        )
        #expect(outline.title == "복무 규정")
        #expect(
            outline.blocks.map(\.content) == [
                .heading(level: 1, "총칙"), .heading(level: 2, "목적"), .heading(level: 3, "제1조(목적)"),
                .paragraph("이 규정은 목적을 정한다."), .item("항목"), .heading(level: 2, "둘째"),
                .item("셋째"),
            ]
        )
    }

    @Test func `what was deleted, moved away or hidden is left out`() throws {
        let body = """
            <w:p><w:r><w:t xml:space="preserve">연가 </w:t></w:r><w:del><w:r><w:delText>11</w:delText>
            </w:r></w:del><w:ins><w:r><w:t>21</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>옛</w:t></w:r>
            </w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>숨은</w:t></w:r><w:r><w:t>일</w:t></w:r>
            <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
            """
        #expect(try Self.contents(body) == [.paragraph("연가 21일")])
    }

    @Test func `text boxes and footnotes follow their paragraph, once`() throws {
        let box = "<w:txbxContent>\(Self.paragraph("상자"))</w:txbxContent>"
        var file = WordFile(
            "<w:p><w:r><w:t>본문</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>\(box)</mc:Choice>"
                + "<mc:Fallback>\(box)</mc:Fallback></mc:AlternateContent></w:r>"
                + "<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
        )
        file.footnotes =
            "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>"
            + "<w:footnote w:id=\"2\">\(Self.paragraph("공무원법 제1조"))</w:footnote>"
        #expect(
            try WordReader.read(file.bytes()).blocks.map(\.content) == [
                .paragraph("본문"), .paragraph("상자"), .paragraph("주 1) 공무원법 제1조"),
            ]
        )
    }

    @Test func `merged cells are given to their rows, and a frame is a paragraph`() throws {
        func cell(_ text: String, _ properties: String = "") -> String {
            "<w:tc><w:tcPr>\(properties)</w:tcPr>\(Self.paragraph(text))</w:tc>"
        }
        let table = """
            <w:tbl><w:tr>\(cell("구분", "<w:gridSpan w:val=\"2\"/>"))\(cell("일수"))</w:tr>
            <w:tr>\(cell("연가", "<w:vMerge w:val=\"restart\"/>"))\(cell("6년"))\(cell("21"))</w:tr>
            <w:tr>\(cell("", "<w:vMerge/>"))\(cell("1년"))\(cell("11"))</w:tr>
            <w:tr><w:trPr><w:del/></w:trPr>\(cell("지운"))\(cell("행"))\(cell("0"))</w:tr></w:tbl>
            <w:tbl><w:tr>\(cell("틀"))</w:tr></w:tbl>
            """
        #expect(
            try Self.contents(table) == [
                .table([["구분", "", "일수"], ["연가", "6년", "21"], ["연가", "1년", "11"]]),
                .paragraph("틀"),
            ]
        )
    }

    @Test func `bombs, foreign entities, cuts and other kinds of files are refused`() throws {
        let file = WordFile(Self.paragraph("글"))
        var bomb = file.parts
        bomb[6].1 = Array(
            "<w:document><w:p>\(String(repeating: " ", count: 30_000_000))</w:p></w:document>".utf8
        )
        #expect(code { _ = try WordReader.read(archive(bomb)) } == .tooLarge)
        var foreign = file
        foreign.prologue = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
        foreign.body = Self.paragraph("&e;")
        #expect(code { _ = try WordReader.read(foreign.bytes()) } == .damaged)
        let whole = try file.bytes()
        for count in [0, 4, whole.count / 2, whole.count - 1] {
            #expect(code { _ = try WordReader.read(Array(whole.prefix(count))) } != nil)
        }
        #expect(code { _ = try WordReader.read(archive([("a", [1])])) } == .notDocument)
        #expect(
            code { _ = try WordReader.read(archive([("Contents/content.hpf", [1])])) }
                == .notDocument
        )
        let deep = String(repeating: "<w:tbl><w:tr><w:tc>", count: 10_000)
        #expect(code { _ = try Self.contents(deep) } == .damaged)
        let open = String(repeating: "<w:p>", count: 10_000)
        #expect(code { _ = try Self.contents(open) } == .damaged)
        var limits = DocumentLimits()
        limits.maximumTextByteCount = 10
        #expect(
            code {
                _ = try WordReader.read(WordFile(Self.paragraph("가나다라")).bytes(), limits: limits)
            }
                == .tooLarge
        )
    }

    @Test func `flipped bytes never crash`() throws {
        var random = SeededRandom(seed: 9)
        let whole = try WordFile(
            Self.paragraph("가", "1")
                + "<w:tbl><w:tr><w:tc>\(Self.paragraph("나"))</w:tc></w:tr></w:tbl>"
        ).bytes()
        for _ in 0..<1_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                bytes[at] = UInt8.random(in: 0...255, using: &random)
            }
            _ = code { _ = try WordReader.read(bytes) }
        }
    }
}
