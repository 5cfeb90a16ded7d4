import Basics
import Testing

@testable import Documents

@Suite struct `Printed pages` {
    private static func blocks(_ text: String) throws -> [DocumentOutline.Block] {
        try PrintedText.outline(of: text).blocks
    }

    private static func page(_ number: Int, _ lines: String) -> String {
        "샘플시 복무 규정\n\n\(lines)\n\n- \(number) -\n\u{C}"
    }

    @Test func `pages give their numbers, and what runs along on them is dropped`() throws {
        let text =
            Self.page(1, "제1장 총칙\n제1조(목적) 이 규정은 복무에 필요한 사항을 정하는 것을\n목적으로 한다.")
            + Self.page(2, "제2조(휴가) ① 연가는 나누어 쓸 수 있다.\n② 병가는 60일로 한다.")
            + Self.page(3, "부칙\n이 규정은 공포한 날부터 시행한다.")
        #expect(
            try Self.blocks(text) == [
                .init(.heading(level: 2, "제1장 총칙"), page: 1),
                .init(.heading(level: 5, "제1조(목적)"), page: 1),
                .init(.paragraph("이 규정은 복무에 필요한 사항을 정하는 것을 목적으로 한다."), page: 1),
                .init(.heading(level: 5, "제2조(휴가)"), page: 2),
                .init(.paragraph("① 연가는 나누어 쓸 수 있다."), page: 2),
                .init(.paragraph("② 병가는 60일로 한다."), page: 2),
                .init(.paragraph("부칙 이 규정은 공포한 날부터 시행한다."), page: 3),
            ]
        )
    }

    @Test func `a sentence goes on over the edge of its page`() throws {
        let text = "직원은 근무시간에 연락이 되어야 하며 장비를\n\u{C}잃은 때에는 알려야 한다.\n\u{C}"
        #expect(
            try Self.blocks(text) == [
                .init(.paragraph("직원은 근무시간에 연락이 되어야 하며 장비를 잃은 때에는 알려야 한다."), page: 1)
            ]
        )
    }

    @Test func `words cut by the edge of the paper are whole again`() throws {
        let text = """
            재택근무를 하는 직원은 그 근무시간에 연락이 되어야 한다. 장비를 잃은 직원은 정보화
            부서에 알려야 한다. 알림은 정보화부서에 직접 한다. 이 규정은 모든 직원에게 적용한다. 재택근
            무를 마친 뒤에는 보고를 하고, 재택근무를 마친 날을 적는다. This is a well-known reg-
            ulation of the city.
            """
        let words = try Self.blocks(text).map(\.content)
        #expect(words.count == 1)
        guard case .paragraph(let joined) = words[0] else { return }
        #expect(joined.contains("정보화부서에 알려야"))
        #expect(joined.contains("재택근무를 마친 뒤"))
        #expect(joined.contains("regulation of"))
    }

    @Test(arguments: [
        ("제7조의2(연가계획)", nil, true), ("제7조", nil, true), ("제3장 복무", nil, true),
        ("제7조(연가)에 따라 정한다.", nil, false), ("제7조(연가) 및 제8조에 따라", nil, false),
        ("제2장 및 제3장은 준용한다.", nil, false), ("제7조에 따른", nil, false),
        ("1. 목적", "이 규정은 휴가를 정한다.", true), ("2.1 적용 범위", "모든 직원", true),
        ("1. 사과", "2. 배", false), ("3. 신청한다.", "글", false), ("Ⅱ. 추진 계획", "글", true),
        ("2026 예산", nil, false), ("1. 끝", nil, false),
    ])
    func `only certain lines are headings`(line: String, next: String?, isHeading: Bool) {
        #expect((PrintedHeading(line, next: next, standsAlone: true) != nil) == isHeading)
    }

    @Test func `digits that a program set apart stand with their units again`() throws {
        let text = "제 7 조(연가) 연가는 한 달에 8 일, 한 해에 21 일을 넘지 못하며 9 시까지 3 일 전에 신청한다."
        let blocks = try Self.blocks(text).map(\.content)
        #expect(
            blocks == [
                .heading(level: 5, "제7조(연가)"),
                .paragraph("연가는 한 달에 8일, 한 해에 21일을 넘지 못하며 9시까지 3일 전에 신청한다."),
            ]
        )
        #expect(try Self.blocks("예산은 5 억원이다.").map(\.content) == [.paragraph("예산은 5 억원이다.")])
    }

    @Test func `a title is believed where the first page says it`() throws {
        let text = "재택근무 규정\n\n글이다.\n"
        let believed = try PrintedText.outline(of: text, statedTitle: "재택근무 규정")
        #expect(believed.title == "재택근무 규정")
        #expect(believed.blocks.first?.content == .heading(level: 1, "재택근무 규정"))
        let other = try PrintedText.outline(of: text, statedTitle: "Microsoft Word - 문서1")
        #expect(other.title == nil)
    }

    @Test func `pages without a letter say so, and too much text is refused`() {
        #expect(code { _ = try PrintedText.outline(of: "\u{C}\n- 2 -\n\u{C}") } == .noTextLayer)
        var limits = DocumentLimits()
        limits.maximumTextByteCount = 10
        #expect(code { _ = try PrintedText.outline(of: "가나다라", limits: limits) } == .tooLarge)
        #expect(code { _ = try PrintedText.outline(of: [0, 1, 2]) } == .damaged)
        #expect(code { _ = try PrintedText.outline(of: Array(" \n".utf8)) } == .empty)
    }
}
