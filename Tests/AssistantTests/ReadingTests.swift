import Basics
import Store
import Testing

@testable import Assistant

@Suite struct `Reading documents` {
    private static func read(
        _ text: String,
        _ name: String = "a.md"
    ) async throws -> ImportedDocument {
        try await KnowledgeImport.read(Array(text.utf8), fileName: name)
    }

    @Test func `a statute comes as its articles, without notes of amendments`() async throws {
        let read = try await Self.read(
            """
            ---
            제목: 지방공무원 복무규정
            법령구분: 대통령령
            시행일자: 2025-07-22
            소관부처:
            - 행정안전부
            첨부파일:
            - 제목: 경조사 휴가일수표
              PDF링크: https://law.example/1
            ---

            # 지방공무원 복무규정

            ## 제2장 복무

            ##### 제7조의2 (연가계획)

            **①** 연가는 나누어 쓴다. <개정 2019.12.31>

              1\\. 첫째
            """
        )
        #expect(read.title == "지방공무원 복무규정")
        #expect(read.passages.map(\.locator) == ["제7조의2"])
        #expect(read.passages[0].heading == "제2장 복무 > 제7조의2 (연가계획)")
        #expect(read.passages[0].body == "① 연가는 나누어 쓴다.\n1. 첫째")
        let document = KnowledgeDocument(
            read,
            id: "x",
            at: Instant(millisecondsSinceEpoch: 0)
        )
        #expect(document.kind == .statute)
        #expect(document.jurisdiction == .local)
        #expect(document.effectiveFrom == LocalDate(year: 2025, month: 7, day: 22))
        #expect(document.attachments.value.map(\.address) == ["https://law.example/1"])
    }

    @Test func `a table of questions and answers is read, whatever stands above it`() async throws {
        let read = try await Self.read("자주 묻는 질문,\n질문,답변\n연가는?,11일\n병가는?,\n", "faq.csv")
        #expect(read.passages.map(\.heading) == ["연가는?"])
        #expect(read.passages.map(\.body) == ["11일"])
    }

    @Test(arguments: [
        ("", "a.md"), ("# 제목만\n", "a.md"), ("---\n제목 없음\n---\n글", "a.md"),
        ("a\u{0}b", "a.md"), ("이름,값\n1,2\n", "faq.csv"),
    ])
    func `what is no document is refused with the reason`(text: String, name: String) async {
        await #expect(throws: (any Error).self) { try await Self.read(text, name) }
    }

    @Test func `a long article is cut between its paragraphs`() async throws {
        let paragraph = String(repeating: "가나다 ", count: 300)
        let read = try await Self.read("# 문서\n\n## 긴 조\n\n\(paragraph)\n\n\(paragraph)\n")
        #expect(read.passages.count == 2)
        #expect(read.passages.allSatisfy { $0.locator == "긴 조" })
    }
}

@Suite struct `Personal data` {
    @Test(arguments: [
        ("880101-1234567", "[주민등록번호]"), ("8801011234567", "[주민등록번호]"),
        ("010-1234-5678", "[전화번호]"), ("01012345678", "[전화번호]"),
        ("02-123-4567", "[전화번호]"), ("110-123-456789", "[계좌·카드번호]"),
        ("1234-5678-9012-3456", "[계좌·카드번호]"), ("a.b@c.example", "[전자우편]"),
        ("M12345678", "[여권번호]"), ("01012345678@c.example", "[전자우편]"),
    ])
    func `is masked by its form`(text: String, mark: String) {
        #expect(PersonalData.masked("내 것은 \(text) 입니다") == "내 것은 \(mark) 입니다")
    }

    @Test(arguments: [
        "제7조의2제1항", "2025. 7. 22.", "1,234,567원", "2023년 1431건", "10-20명", "3.5%", "@", "",
    ])
    func `other numbers stay`(text: String) {
        #expect(PersonalData.masked(text) == text)
    }
}
