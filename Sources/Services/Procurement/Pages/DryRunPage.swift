import Basics
import Store
import Web

/// What would be published from an upload, and what stands in the way.
struct DryRunPage: Sendable {
    /// Issues shown; all are counted.
    static let maximumShownIssueCount = 100
    /// Projects shown as a preview.
    static let previewCount = 20

    var upload: PlanUpload
    var agency: PlanAgency
    var file: PlanFile
    var difference: EditionDifference
    var needsConsent = false

    private var plan: PlanImport { file.plan }

    /// Whether publishing may go on; refused rows have to be left out knowingly.
    func mayPublish(leavingOut: Bool) -> Bool {
        !plan.projects.isEmpty && (plan.refusedRowCount == 0 || leavingOut)
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("살펴보기: \(upload.fileName)", "Check: \(upload.fileName)"),
            breadcrumbs: [
                Places.home(context),
                Breadcrumb(
                    title: context.text("계획 올리기", "Upload a plan"),
                    link: Link("/procurement/uploads")
                ),
            ],
            main: """
                \(stepIndicator(UploadStartPage.steps(context), current: 2, in: context))\
                \(consentError(context))\(warnings(context))\(figures(context))\
                \(reading(context))\(issues(context))\(preview(context))\
                \(changes(context))\(publish(context))
                """,
            width: .wide,
            hasErrors: needsConsent
        )
    }

    private func consentError(_ context: PageContext) -> HTML {
        guard needsConsent else { return .empty }
        let message =
            plan.projects.isEmpty
            ? context.text("발행할 수 있는 사업이 없습니다.", "There is no project to publish.")
            : context.text(
                "오류가 있는 행을 고치거나, 빼고 발행한다고 표시해 주세요.",
                "Correct the rows with errors, or say that they are to be left out."
            )
        return errorSummary([FieldError(fieldID: nil, message: message)], in: context)
    }

    private func warnings(_ context: PageContext) -> HTML {
        HTML(each: file.warnings) {
            notificationBanner(NotificationBanner(kind: .warning, title: $0[context.language]))
        }
    }

    private func figures(_ context: PageContext) -> HTML {
        let unit = context.text("건", "")
        return keyFigures([
            KeyFigure(
                label: context.text("발행할 사업", "To publish"),
                value: plan.totals.count.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("사업비", "Budget"),
                value: plan.totals.budget.text(context.language)
            ),
            KeyFigure(
                label: context.text("고쳐야 할 행", "Rows to correct"),
                value: plan.refusedRowCount.grouped,
                unit: context.text("행", "")
            ),
            KeyFigure(
                label: context.text("주의", "Warnings"),
                value: plan.issueCount(.warning).grouped,
                unit: unit
            ),
        ])
    }

    /// How the file is read: the unit of money and the sheet.
    private func reading(_ context: PageContext) -> HTML {
        var fields = [
            FormField(
                name: "unit",
                label: context.text("금액의 단위", "Unit of money"),
                control: .select(
                    [.init(value: "", label: context.text("파일에 적힌 대로", "As the file says"))]
                        + MoneyUnit.allCases.map {
                            .init(value: $0.rawValue, label: $0.label[context.language])
                        }
                ),
                hint: plan.suggestedUnit.map {
                    context.text(
                        "값을 보면 \($0.label.korean)인 듯합니다.",
                        "By the values it looks like \($0.label.english)."
                    )
                },
                values: [upload.unit ?? ""]
            )
        ]
        if file.sheetNames.count > 1 {
            fields.append(
                FormField(
                    name: "sheet",
                    label: context.text("시트", "Sheet"),
                    control: .select(
                        file.sheetNames.enumerated().map {
                            .init(value: String($0), label: $1)
                        }
                    ),
                    values: [String(upload.sheet)]
                )
            )
        }
        return form(action: action, context: context) {
            """
            \(HTML(each: fields) { formField($0, in: context) })\
            \(button(context.text("다시 읽기", "Read again"), style: .secondary))
            """
        }
    }

    private var action: Link { .path("procurement", "uploads", upload.id) }

    /// Every defect, errors first; the cell of an error can be typed anew in its place.
    private func issues(_ context: PageContext) -> HTML {
        let rank: [ImportIssue.Severity: Int] = [.error: 0, .warning: 1, .note: 2]
        let all = plan.issues.sorted {
            (rank[$0.severity] ?? 3, $0.row, $0.column) < (
                rank[$1.severity] ?? 3, $1.row, $1.column
            )
        }
        guard !all.isEmpty else {
            return notificationBanner(
                NotificationBanner(
                    kind: .success,
                    title: context.text("흠이 없습니다", "Nothing to correct")
                )
            )
        }
        let shown = all.prefix(Self.maximumShownIssueCount)
        let title = context.text("고칠 곳과 살필 곳", "What to correct and to look at")
        let count = context.text(
            "모두 \(all.count.grouped)곳, 아래에 \(shown.count)곳",
            "\(all.count.grouped) in all, \(shown.count) below"
        )
        return """
            <section><h2>\(title)</h2><p>\(count)</p>\
            \(form(action: action, context: context) {
                """
                \(table(
                    DataTable(
                        caption: title, hidesCaption: true,
                        columns: [
                            .init(context.text("행", "Row"), isRowHeader: true),
                            .init(context.text("열", "Column")),
                            .init(context.text("무엇이", "What")),
                            .init(context.text("값", "Value")),
                            .init(context.text("고친 값", "Corrected")),
                        ], rows: shown.map { row($0, context) }), in: context))\
                \(button(context.text("고친 값으로 다시 읽기", "Read again with corrections")))
                """
            })</section>
            """
    }

    private func row(_ issue: ImportIssue, _ context: PageContext) -> [HTML] {
        let kind: StatusTag.Kind =
            switch issue.severity {
            case .error: .refused
            case .warning: .attention
            case .note: .neutral
            }
        var input = HTML.empty
        if issue.severity == .error, issue.column > 0 {
            let name = "cell-\(issue.row)-\(issue.column)"
            let typed = upload.corrections.value.first {
                $0.row == issue.row && $0.column == issue.column
            }
            let label = context.text(
                "\(issue.row)행 \(issue.columnName)의 고친 값",
                "Corrected value of row \(issue.row), \(issue.columnName)"
            )
            input = """
                <input name="\(name)" aria-label="\(label)" \
                value="\(typed?.value ?? issue.suggestion ?? "")">
                """
        }
        return [
            "\(issue.row)", "\(issue.columnName)",
            "\(statusTag(StatusTag(issue.message[context.language], kind: kind)))",
            "\(issue.excerpt)", input,
        ]
    }

    private func preview(_ context: PageContext) -> HTML {
        guard !plan.projects.isEmpty else { return .empty }
        let title = context.text("미리 보기", "Preview")
        return """
            <section><h2>\(title)</h2>\
            \(table(
                DataTable(
                    caption: title, hidesCaption: true,
                    columns: [
                        .init(context.text("사업명", "Project"), isRowHeader: true),
                        .init(context.text("유형", "Type")),
                        .init(context.text("발주시기", "Order time")),
                        .init(context.text("사업비", "Budget"), isNumeric: true),
                    ],
                    rows: plan.projects.prefix(Self.previewCount).map { project in
                        [
                            "\(project.title)", "\(project.type.label[context.language])",
                            "\(Places.orderText(project.order)[context.language])",
                            money(project.budget, in: context),
                        ]
                    }), in: context))</section>
            """
    }

    private func changes(_ context: PageContext) -> HTML {
        """
        <section><h2>\(context.text("지금 계획과 견주면", "Against the current plan"))</h2>\
        \(DifferenceView(difference: difference).html(in: context))</section>
        """
    }

    private func publish(_ context: PageContext) -> HTML {
        if let edition = upload.editionID {
            let link: Link = .path("procurement", "editions", String(edition))
            return notificationBanner(
                NotificationBanner(
                    kind: .success,
                    title: context.text("이미 발행했습니다", "Already published"),
                    body: "<a href=\"\(link)\">\(context.text("발행한 계획 보기", "See the edition"))</a>"
                )
            )
        }
        let consent = FormField(
            name: "leaveOut",
            label: context.text("고치지 않은 행", "Rows not corrected"),
            control: .checkboxes([
                .init(
                    value: "yes",
                    label: context.text(
                        "오류가 있는 \(plan.refusedRowCount)행은 빼고 발행합니다",
                        "Leave out the \(plan.refusedRowCount) rows with errors"
                    )
                )
            ])
        )
        return form(
            action: .path("procurement", "uploads", upload.id, "publish"),
            context: context,
            idempotencyKey: upload.id
        ) {
            """
            \(plan.refusedRowCount > 0 ? formField(consent, in: context) : .empty)\
            \(button(context.text(
                "\(plan.totals.count.grouped)건 발행하기", "Publish \(plan.totals.count.grouped) projects")))
            """
        }
    }
}
