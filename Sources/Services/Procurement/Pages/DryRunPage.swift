import Basics
import Tabular
import Web

/// What would be published from an upload, and what stands in the way.
struct DryRunPage: Sendable {
    /// Projects shown as a preview.
    static let previewCount = 20

    var review: PlanReview
    /// What was wrong with what the officer just asked for.
    var complaint: Bilingual?

    private var upload: PlanUpload { review.upload }
    private var plan: PlanImport { review.file.plan }
    private var isPublished: Bool { upload.editionID != nil }

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
                \(stepIndicator(
                    UploadStartPage.steps(context), current: isPublished ? 3 : 2, in: context))\
                \(complaintSummary(context))\(published(context))\(warnings(context))\
                \(figures(context))\(isPublished ? .empty : reading(context))\
                \(IssueTable(plan: plan, upload: upload).html(in: context))\
                \(preview(context))\(changes(context))\(publish(context))
                """,
            width: .wide,
            hasErrors: complaint != nil
        )
    }

    private func complaintSummary(_ context: PageContext) -> HTML {
        guard let complaint else { return .empty }
        return errorSummary(
            [FieldError(fieldID: nil, message: complaint[context.language])],
            in: context
        )
    }

    private func warnings(_ context: PageContext) -> HTML {
        HTML(each: review.file.warnings) {
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
        let sheets = review.file.sheets.enumerated().filter { !$1.isHidden }
        if sheets.count > 1 {
            fields.append(
                FormField(
                    name: "sheet",
                    label: context.text("시트", "Sheet"),
                    control: .select(sheets.map { .init(value: String($0), label: $1.name) }),
                    values: [String(review.file.sheetIndex)]
                )
            )
        }
        return form(action: Places.upload(upload), context: context) {
            """
            \(HTML(each: fields) { formField($0, in: context) })\
            \(button(context.text("다시 읽기", "Read again"), style: .secondary))
            """
        }
    }

    private func preview(_ context: PageContext) -> HTML {
        guard !plan.projects.isEmpty else { return .empty }
        let shown = plan.projects.prefix(Self.previewCount)
        let title = context.text(
            "미리 보기 (\(plan.projects.count.grouped)건 가운데 \(shown.count)건)",
            "Preview (\(shown.count) of \(plan.projects.count.grouped))"
        )
        return section(
            title,
            table(
                DataTable(
                    caption: title,
                    hidesCaption: true,
                    columns: [
                        .init(context.text("사업명", "Project"), isRowHeader: true),
                        .init(context.text("유형", "Type")),
                        .init(context.text("발주시기", "Order time")),
                        .init(context.text("사업비", "Budget"), isNumeric: true),
                    ],
                    rows: shown.map { project in
                        [
                            "\(project.title)", "\(project.type.label[context.language])",
                            "\(Places.orderText(project.order)[context.language])",
                            money(project.budget, in: context),
                        ]
                    }
                ),
                in: context
            )
        )
    }

    private func changes(_ context: PageContext) -> HTML {
        guard !isPublished else { return .empty }
        let title = context.text("지금 계획과 견주면", "Against the current plan")
        guard review.basisID != nil else {
            return section(
                title,
                "<p>\(context.text("이 연도의 첫 계획입니다.", "This is the year's first plan."))</p>"
            )
        }
        return section(title, DifferenceView(difference: review.difference).html(in: context))
    }

    private func published(_ context: PageContext) -> HTML {
        guard let edition = upload.editionID else { return .empty }
        let link: Link = .path("procurement", "editions", String(edition))
        return notificationBanner(
            NotificationBanner(
                kind: .success,
                title: context.text("이미 발행했습니다", "Already published"),
                body: "<a href=\"\(link)\">\(context.text("발행한 계획 보기", "See the edition"))</a>"
            )
        )
    }

    private func publish(_ context: PageContext) -> HTML {
        guard !isPublished, !plan.projects.isEmpty else { return .empty }
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
            \(hiddenField("basis", review.basisID.map(String.init) ?? ""))\
            \(plan.refusedRowCount > 0 ? formField(consent, in: context) : .empty)\
            \(button(context.text(
                "\(plan.totals.count.grouped)건 발행하기", "Publish \(plan.totals.count.grouped) projects")))
            """
        }
    }
}
