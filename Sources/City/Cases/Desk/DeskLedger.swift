import Basics
import Identity
import Web

/// The ledger of a case on the officer's page, with the forms that write its next line.
struct DeskLedger: Sendable {
    let open: DeskCase
    let actor: Actor
    var fault: Bilingual?

    private var ledger: PaymentLedger { open.ledger }
    private var link: Link { Link(DeskCasePage.link(open.record.id).target + "/payments") }

    func section(in context: PageContext) -> HTML {
        guard open.record.state.isDecided || !ledger.entries.isEmpty else { return .empty }
        let complaint: HTML? = fault.map {
            "<p class=\"error\" role=\"alert\">\($0[context.language])</p>"
        }
        let content: HTML = "\(complaint)\(figures(context))\(lines(context))\(forms(context))"
        return Web.section(
            context.text("지급과 환수", "Payment and recovery"),
            id: "payments",
            content
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        let balance = ledger.balance
        func figure(_ korean: String, _ english: String, _ amount: Won) -> KeyFigure {
            KeyFigure(
                label: context.text(korean, english),
                value: amount.amount.grouped,
                unit: context.text("원", " won")
            )
        }
        return keyFigures([
            figure("지급 결정", "Granted", balance.decided),
            figure("지급할 금액", "Left to pay", balance.leftToPay),
            figure("받은 금액", "Received", balance.received),
            figure("환수할 금액", "Owed", balance.owed),
        ])
    }

    private func lines(_ context: PageContext) -> HTML {
        guard !ledger.entries.isEmpty else { return .empty }
        return table(
            DataTable(
                caption: context.text("지급 원장", "Ledger"),
                hidesCaption: true,
                columns: [
                    .init(context.text("줄", "Line"), isNumeric: true, isRowHeader: true),
                    .init(context.text("날", "Day")), .init(context.text("구분", "Kind")),
                    .init(context.text("금액", "Amount"), isNumeric: true),
                    .init(context.text("적은 사람", "By")),
                    .init(context.text("사유·승인번호", "Reason, reference"), isWide: true),
                ],
                rows: ledger.entries.map { row($0, context) }
            ),
            in: context
        )
    }

    private func row(_ entry: PaymentEntry, _ context: PageContext) -> [HTML] {
        let title = entry.kind.title[context.language]
        let about = entry.concerns.map { context.text(" (\($0)번 줄)", " (line \($0))") } ?? ""
        let corrected =
            ledger.isCorrected(entry.number) ? context.text(" · 정정됨", " · taken back") : ""
        let sign = entry.kind == .correction ? "−" : ""
        return [
            "\(entry.number)", dateText(entry.day, in: context), "\(title)\(about)\(corrected)",
            "\(sign)\(entry.amount.amount.grouped)", "\(entry.actorName)",
            "\(entry.reason) \(entry.reference)",
        ]
    }

    private func forms(_ context: PageContext) -> HTML {
        guard !open.record.belongs(to: actor.id) else { return .empty }
        return HTML(each: ledger.openRequests) { order($0, context) } + add(context)
            + correct(context)
    }

    /// The second person's approval of a payment.
    private func order(_ request: PaymentEntry, _ context: PageContext) -> HTML {
        guard actor.may(.caseApprover, in: open.record.organizationID),
            request.actorID != actor.id
        else {
            return """
                <p>\(context.text(
                    "\(request.number)번 줄 기안은 다른 결재자가 결재합니다.",
                    "Line \(request.number) waits for another approver."))</p>
                """
        }
        let title = context.text(
            "\(request.number)번 줄 결재: \(request.amount.amount.grouped)원 지급 명령",
            "Order line \(request.number): KRW \(request.amount.amount.grouped)"
        )
        return form(action: link, context: context) {
            """
            \(hiddenField("kind", PaymentEntry.Kind.ordered.rawValue))\
            \(hiddenField("concerns", String(request.number)))\(button(title))
            """
        }
    }

    private func add(_ context: PageContext) -> HTML {
        let language = context.language
        let fields = [
            FormField(
                name: "kind",
                label: context.text("구분", "Kind"),
                control: .select(
                    PaymentEntry.Kind.allCases.filter(\.isEntered).map {
                        .init(value: $0.rawValue, label: $0.title[language])
                    }
                ),
                isRequired: true,
                values: [PaymentEntry.Kind.requested.rawValue]
            ),
            FormField(
                name: "amount",
                label: context.text("금액(원)", "Amount in won"),
                control: .text(.number),
                isRequired: true
            ),
            FormField(
                name: "reference",
                label: context.text("이체·승인번호", "Reference of the bank or card"),
                maximumLength: PaymentEntry.maximumTextCharacterCount
            ),
            FormField(
                name: "why",
                label: context.text("사유", "Reason"),
                maximumLength: PaymentEntry.maximumTextCharacterCount
            ),
        ]
        return disclosure(context.text("원장에 적기", "Write a line"), fields, context)
    }

    private func correct(_ context: PageContext) -> HTML {
        let lines = ledger.entries.filter {
            $0.kind != .correction && !ledger.isCorrected($0.number)
        }
        guard !lines.isEmpty else { return .empty }
        let fields = [
            FormField(
                name: "concerns",
                label: context.text("되돌릴 줄", "Line to take back"),
                control: .select(
                    lines.map { line in
                        let title = line.kind.title[context.language]
                        return .init(
                            value: String(line.number),
                            label: "\(line.number) \(title) \(line.amount.amount.grouped)"
                        )
                    }
                ),
                isRequired: true
            ),
            FormField(
                name: "because",
                label: context.text("정정 사유", "Why it is wrong"),
                isRequired: true,
                maximumLength: PaymentEntry.maximumTextCharacterCount
            ),
        ]
        return disclosure(
            context.text("정정", "Correct"),
            fields,
            context,
            hidden: hiddenField("kind", PaymentEntry.Kind.correction.rawValue)
        )
    }

    private func disclosure(
        _ title: String,
        _ fields: [FormField],
        _ context: PageContext,
        hidden: HTML = .empty
    ) -> HTML {
        let content = form(
            action: link,
            context: context,
            idempotencyKey: "\(open.record.id)-\(ledger.entries.count)-\(title)"
        ) {
            """
            \(hidden)\(HTML(each: fields) { formField($0, in: context) })\
            \(button(title, style: .secondary))
            """
        }
        return "<details><summary>\(title)</summary>\(content)</details>"
    }
}
