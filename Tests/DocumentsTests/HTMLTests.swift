import Basics
import Testing

@testable import Documents

/// The code of the `DocumentsError` that a closure throws.
func code(_ body: () throws -> Void) -> DocumentsError.Code? {
    do {
        try body()
        return nil
    } catch let error as DocumentsError {
        return error.code
    } catch {
        Issue.record("not a DocumentsError: \(error)")
        return nil
    }
}

@Suite struct `Web pages` {
    private static func contents(_ html: String) throws -> [DocumentOutline.Content] {
        try HTMLReader.read(Array(html.utf8)).blocks.map(\.content)
    }

    @Test func `headings, paragraphs, lists and tables come in reading order`() throws {
        let page = try HTMLReader.read(
            Array(
                """
                <!doctype html><html><head><title>복무 안내 | 샘플시</title></head><body>
                <h1>복무 안내</h1><p>연가는 <b>나누어</b>
                쓸 수 있다.<br>문의는 총무과.<h2>휴가</h2>
                <ul><li>병가 &amp; 공가<li><p>연가</p></ul>
                <table><caption>한도</caption><tr><th>구분<th>일수<tr><td rowspan=2>연가<td>21
                <tr><td>11<tr><td colspan=2>끝</table>꼬리
                """.utf8
            )
        )
        #expect(page.title == "복무 안내")
        #expect(
            page.blocks.map(\.content) == [
                .heading(level: 1, "복무 안내"), .paragraph("연가는 나누어 쓸 수 있다.\n문의는 총무과."),
                .heading(level: 2, "휴가"), .item("병가 & 공가"), .item("연가"), .paragraph("한도"),
                .table([["구분", "일수"], ["연가", "21"], ["연가", "11"], ["끝", ""]]),
                .paragraph("꼬리"),
            ]
        )
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "<style>p{}</style>", "<p hidden>가</p>",
        "<div aria-hidden=true>가</div>", "<p style='DISPLAY : none'>가</p>",
        "<template><p>가</p></template>", "<nav>메뉴</nav>", "<svg><text>가</text></svg>",
        "<script>document.write('<p>가</p>')</script", "<noscript>가</noscript>", "<!-- 가 -->",
    ])
    func `what nobody reads is left out`(html: String) throws {
        #expect(try Self.contents("<body><p>글</p>\(html)") == [.paragraph("글")])
    }

    @Test func `marks within text stay text`() throws {
        #expect(
            try Self.contents("<p>&lt;script&gt;alert(1)&lt;/script&gt;")
                == [.paragraph("<script>alert(1)</script>")]
        )
    }

    @Test func `a table that only arranges the page is read as what it arranges`() throws {
        let html = "<table><tr><td><h2>가</h2>나<table><tr><th>a<td>b</table></table>"
        #expect(
            try Self.contents(html) == [
                .heading(level: 2, "가"), .paragraph("나"), .table([["a", "b"]]),
            ]
        )
    }

    @Test func `pages in CP949 and broken UTF-8 are read`() throws {
        // <p>휴가 in CP949, which its head calls EUC-KR.
        let cp949 = Array("<meta charset=euc-kr><p>".utf8) + [0xC8, 0xDE, 0xB0, 0xA1]
        #expect(try HTMLReader.read(cp949).blocks.map(\.content) == [.paragraph("휴가")])
        let broken = Array("<meta charset=\"utf-8\"><p>휴가".utf8) + [0xFF] + Array(" 안내".utf8)
        #expect(
            try HTMLReader.read(broken).blocks.map(\.content) == [.paragraph("휴가\u{FFFD} 안내")]
        )
    }

    @Test func `entities are not expanded and nothing is fetched`() throws {
        let html = """
            <!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY b "bbbb">]>
            <p>가&e;&b;<iframe src="file:///etc/passwd"></iframe>
            """
        let text = try HTMLReader.read(Array(html.utf8)).markdown
        #expect(text.contains("가&e;&b;"))
        #expect(!text.contains("root:"))
    }

    @Test func `nonsense and nesting without end never crash`() throws {
        #expect(code { _ = try HTMLReader.read([]) } == .empty)
        #expect(code { _ = try HTMLReader.read([0x3C, 0, 0xFF]) } == .damaged)
        let deep = String(repeating: "<div>", count: 200_000) + "가"
        _ = code { _ = try HTMLReader.read(Array(deep.utf8)) }
        var limits = DocumentLimits()
        limits.maximumTextByteCount = 1_000
        let long = Array("<p>\(String(repeating: "가", count: 1_000))".utf8)
        #expect(code { _ = try HTMLReader.read(long, limits: limits) } == .tooLarge)
        limits.maximumByteCount = 100
        #expect(code { _ = try HTMLReader.read(long, limits: limits) } == .tooLarge)
        let table = "<table>" + String(repeating: "<tr><td rowspan=999 colspan=999>a", count: 5_000)
        #expect(code { _ = try HTMLReader.read(Array(table.utf8)) } == .tooLarge)
        var random = SeededRandom(seed: 7)
        let seed = Array("<h1>가</h1><table><tr><td>a<td>b</table><ul><li>c<p hidden>&amp;".utf8)
        for _ in 0..<2_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                bytes[at] = UInt8.random(in: 1...255, using: &random)
            }
            _ = code { _ = try HTMLReader.read(bytes) }
        }
    }
}
