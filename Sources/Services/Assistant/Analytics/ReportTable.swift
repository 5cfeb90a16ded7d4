import Basics
import Tabular

/// One table of the report as a file.
struct ReportTable: Sendable {
    /// The tables.
    enum Kind: String, Sendable, CaseIterable {
        case days, unknown, bots, departments, documents

        var title: Bilingual {
            switch self {
            case .days: Bilingual("하루 질문 수", "Questions a day")
            case .unknown: Bilingual("답하지 못한 질문", "Questions without an answer")
            case .bots: Bilingual("도우미별", "By bot")
            case .departments: Bilingual("부서별", "By department")
            case .documents: Bilingual("문서별 인용", "Coverage by document")
            }
        }
    }

    var kind: Kind
    var report: AssistantReport

    /// The table as CSV (RFC 4180), every line of it.
    func csv() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var options = CSVWriter.Options()
        options.writesByteOrderMark = true
        var writer = CSVWriter(options: options) { bytes += $0 }
        for row in rows { try writer.write(row) }
        try writer.finish()
        return bytes
    }

    private var rows: [[Cell]] {
        func head(_ titles: String...) -> [Cell] { titles.map { .text($0) } }
        func number(_ count: Int) -> Cell { .number(Double(count), text: String(count)) }
        switch kind {
        case .days:
            return [head("날", "질문", "그 앞 기간의 질문")]
                + report.daily.map {
                    [.date($0.day, secondOfDay: 0), number($0.asked), number($0.before)]
                }
        case .unknown:
            return [head("질문", "횟수", "다르게 물은 말")]
                + report.unknown.map { group in
                    [
                        .text(group.text), number(group.count),
                        .text(group.others.joined(separator: " · ")),
                    ]
                }
        case .bots: return parts(report.bots, "도우미")
        case .departments: return parts(report.departments, "부서")
        case .documents:
            return [head("문서", "부서", "인용 횟수")]
                + report.coverage.map { [.text($0.title), .text($0.department), number($0.count)] }
        }
    }

    private func parts(_ parts: [AssistantReport.Part], _ title: String) -> [[Cell]] {
        let head = [title, "질문", "답함", "넘김", "늦음", "도움 됨", "도움 안 됨"]
        return [head.map { .text($0) }]
            + parts.map { part in
                let counts = part.counts
                let numbers = [
                    counts.asked, counts.answered, counts.handedOver, counts.late, counts.helpful,
                    counts.unhelpful,
                ]
                return [.text(part.name.isEmpty ? "서우리 주무관" : part.name)]
                    + numbers.map { .number(Double($0), text: String($0)) }
            }
    }
}
