import Basics
import Web

/// What an order would do with several cases, or did, case by case.
struct BulkPage: Sendable {
    let order: DeskOrder
    let outcomes: [BulkWork.Outcome]
    /// Whether it was done already.
    let isDone: Bool
    /// Why the order was not taken.
    var fault: Bilingual?

    private var able: [BulkWork.Outcome] { outcomes.filter { $0.refusal == nil } }
    private var unable: [BulkWork.Outcome] { outcomes.filter { $0.refusal != nil } }

    func page(in context: PageContext) -> Page {
        let action = order.action.title[context.language]
        return Page(
            title: isDone
                ? context.text("처리 결과: \(action)", "Result: \(action)")
                : context.text("확인: \(action)", "Confirm: \(action)"),
            breadcrumbs: [Desk.crumb(context)],
            lead: "\(lead[context.language])",
            main: "\(refused(context))\(changed(context))\(confirmation(context))",
            width: .wide,
            density: .operator,
            hasErrors: fault != nil
        )
    }

    private var lead: Bilingual {
        let (some, all) = (able.count.grouped, outcomes.count.grouped)
        if outcomes.isEmpty {
            return Bilingual(
                "고른 신청이 없습니다. 대기열에서 골라 주세요.",
                "Nothing is chosen: choose in the queue."
            )
        }
        return isDone
            ? Bilingual("\(all)건 가운데 \(some)건을 처리했습니다.", "\(some) of \(all) were done.")
            : Bilingual(
                "고른 \(all)건 가운데 \(some)건에 할 수 있습니다. 아직 아무것도 바뀌지 않았습니다.",
                "It can be done to \(some) of the \(all) chosen. Nothing has changed yet."
            )
    }

    private func changed(_ context: PageContext) -> HTML {
        guard !able.isEmpty else { return .empty }
        return titledTable(
            isDone ? context.text("처리함", "Done") : context.text("이렇게 바뀝니다", "What happens"),
            columns: [
                .init(context.text("접수번호", "Receipt"), isRowHeader: true),
                .init(context.text("신청인", "Applicant")),
                .init(context.text("지금", "Now")), .init(context.text("다음", "Then")),
            ],
            rows: able.map { row in
                [
                    link(row), "\(row.applicantName)", row.state.tag(in: context),
                    row.next == row.state
                        ? "\(order.action.title[context.language])" : row.next.tag(in: context),
                ]
            },
            in: context
        )
    }

    private func refused(_ context: PageContext) -> HTML {
        guard !unable.isEmpty else { return .empty }
        return titledTable(
            isDone
                ? context.text("처리하지 못함", "Not done")
                : context.text("할 수 없는 신청", "What cannot be done"),
            columns: [
                .init(context.text("접수번호", "Receipt"), isRowHeader: true),
                .init(context.text("상태", "State")),
                .init(context.text("까닭", "Reason"), isWide: true),
            ],
            rows: unable.map { row in
                [link(row), row.state.tag(in: context), "\(row.refusal?[context.language])"]
            },
            in: context
        )
    }

    private func link(_ row: BulkWork.Outcome) -> HTML {
        "<a href=\"\(Link.path("desk", "cases", row.id))\">\(row.receipt)</a>"
    }

    private func confirmation(_ context: PageContext) -> HTML {
        guard !isDone, !able.isEmpty else {
            return buttonRow([
                linkButton(context.text("대기열로", "To the queue"), DeskQueuePage.link)
            ])
        }
        let fields = order.fields(fault: fault, in: context)
        let count = able.count.grouped
        return section(
            context.text("확인", "Confirm"),
            errorSummary(of: fields, in: context)
                + form(action: Link("/desk/bulk"), context: context) {
                    """
                    \(hiddenField("action", order.action.rawValue))\
                    \(HTML(each: able) { hiddenField("case", "\($0.id) \($0.version)") })\
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("\(count)건 처리", "Do it to \(count)")))
                    \(linkButton(context.text("그만두기", "Cancel"), DeskQueuePage.link, style: .quiet))
                    """
                }
        )
    }
}

extension DeskOrder {
    /// What the officer has to say with an order.
    func fields(
        fault: Bilingual? = nil,
        documents choices: [CaseDocumentRequirement] = [],
        in context: PageContext
    ) -> [FormField] {
        let language = context.language
        var fields: [FormField] = []
        if action.needsReason {
            fields.append(
                FormField(
                    name: "reason",
                    label: action == .note
                        ? context.text("메모", "Remark")
                        : context.text("사유(신청인에게 갑니다)", "Reason, for the applicant"),
                    control: .textArea(rowCount: 3),
                    error: fault?[language],
                    isRequired: true,
                    values: [reason],
                    maximumLength: CaseKeeping.maximumTextCharacterCount
                )
            )
        }
        if action == .correction {
            if !choices.isEmpty {
                fields.append(
                    FormField(
                        name: "document",
                        label: context.text("다시 낼 서류", "Documents asked for again"),
                        control: .checkboxes(
                            choices.map { .init(value: $0.name, label: $0.title[language]) }
                        ),
                        values: documents
                    )
                )
            }
            fields.append(
                FormField(
                    name: "days",
                    label: context.text("기한(일하는 날)", "Working days to answer"),
                    control: .text(.number),
                    isRequired: true,
                    values: [String(days)]
                )
            )
        }
        return fields
    }

    /// Reads an order from a form; nothing where the action is none.
    init?(_ items: QueryItems) {
        guard let action = items.text("action").flatMap(DeskAction.init) else { return nil }
        self.action = action
        // On the page of a case each action has its own form, whose fields carry its name.
        func all(_ name: String) -> [String] {
            let own = items.all("\(action.rawValue).\(name)")
            return own.isEmpty ? items.all(name) : own
        }
        reason = String(
            (all("reason").first ?? "").prefix(CaseKeeping.maximumTextCharacterCount)
        )
        days = all("days").first.flatMap { Int($0) } ?? Self.defaultCorrectionDayCount
        documents = Array(all("document").prefix(CaseDocument.maximumCount))
        amount = all("amount").first.flatMap { Int64($0.filter { $0 != "," }) }.map { Won($0) }
    }
}
