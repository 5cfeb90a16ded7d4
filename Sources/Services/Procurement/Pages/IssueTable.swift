import Basics
import Store
import Web

/// Every defect of an uploaded plan, errors first; a cell in doubt can be typed anew in its place.
struct IssueTable: Sendable {
    /// Issues shown; all are counted.
    static let maximumShownCount = 100

    var plan: PlanImport
    var upload: PlanUpload

    func html(in context: PageContext) -> HTML {
        let ranks: [ImportIssue.Severity: Int] = [.error: 0, .warning: 1, .note: 2]
        let all = plan.issues.sorted {
            (ranks[$0.severity] ?? 3, $0.row, $0.column) < (
                ranks[$1.severity] ?? 3, $1.row, $1.column
            )
        }
        let total = plan.issueCounts.values.reduce(0, +)
        let title = context.text("고칠 곳과 살필 곳", "What to correct and to look at")
        guard !all.isEmpty else {
            return notificationBanner(
                NotificationBanner(
                    kind: .success,
                    title: context.text("흠이 없습니다", "Nothing to correct")
                )
            ) + earlier(context)
        }
        let shown = all.prefix(Self.maximumShownCount)
        let lead = context.text(
            "모두 \(total.grouped)곳, 아래에 \(shown.count)곳. 제안이 있는 오류는 제안으로 채워 두었습니다.",
            "\(total.grouped) in all, \(shown.count) below. Errors are filled with the suggestion, if any."
        )
        // A cell with two defects is typed once.
        var places: Set<[Int]> = []
        let issues = table(
            DataTable(
                caption: title,
                hidesCaption: true,
                columns: [
                    .init(context.text("행", "Row"), isRowHeader: true),
                    .init(context.text("열", "Column")), .init(context.text("값", "Value")),
                    .init(context.text("무엇이", "What"), isWide: true),
                    .init(context.text("고친 값", "Corrected"), isWide: true),
                ],
                rows: shown.map { issue in
                    let isFirst = places.insert([issue.row, issue.column]).inserted
                    return row(issue, takesInput: isFirst, in: context)
                }
            ),
            in: context
        )
        guard upload.editionID == nil else { return section(title, issues) }
        return section(
            title,
            "<p>\(lead)</p>"
                + form(action: Places.upload(upload), context: context) {
                    issues
                        + button(
                            context.text("고친 값으로 다시 읽기", "Read again with corrections")
                        )
                } + earlier(context)
        )
    }

    private func row(_ issue: ImportIssue, takesInput: Bool, in context: PageContext) -> [HTML] {
        let tag =
            switch issue.severity {
            case .error: StatusTag(context.text("오류", "Error"), kind: .refused)
            case .warning: StatusTag(context.text("주의", "Warning"), kind: .attention)
            case .note: StatusTag(context.text("참고", "Note"), kind: .neutral)
            }
        return [
            "\(context.text("\(issue.row)행", "Row \(issue.row)"))", "\(issue.columnName)",
            "\(issue.excerpt)",
            "<span>\(statusTag(tag)) \(issue.message[context.language])</span>",
            takesInput ? input(issue, in: context) : .empty,
        ]
    }

    /// The cell, to be typed anew; a note needs nothing.
    private func input(_ issue: ImportIssue, in context: PageContext) -> HTML {
        guard upload.editionID == nil, issue.severity != .note, issue.column > 0,
            let cell = plan.cell(row: issue.row, column: issue.column),
            cell.utf8.count <= Self.maximumInputByteCount
        else { return .empty }
        let suggestion = issue.severity == .error ? issue.suggestion : nil
        let label = context.text(
            "\(issue.row)행 \(issue.columnName)의 고친 값",
            "Corrected value of row \(issue.row), \(issue.columnName)"
        )
        let place = "\(issue.row)-\(issue.column)"
        return """
            \(hiddenField("was-\(place)", cell))\
            <input name="cell-\(place)" aria-label="\(label)" value="\(suggestion ?? cell)">
            """
    }

    /// Longer cells are mended in the file.
    private static let maximumInputByteCount = 2000

    /// How many cells were typed before, and the way back.
    private func earlier(_ context: PageContext) -> HTML {
        let count = upload.corrections.value.count
        guard count > 0, upload.editionID == nil else { return .empty }
        return form(action: Places.upload(upload), context: context) {
            """
            \(hiddenField("forget", "yes"))<p>\(context.text(
                "지금까지 \(count)칸을 고쳤습니다.", "\(count) cells corrected so far."))</p>\
            \(button(context.text("고친 값 모두 버리기", "Discard all corrections"), style: .quiet))
            """
        }
    }
}
