import Basics
import Identity
import Store
import Web

/// The payments of an office: what waits for a second person, and the sums.
struct PaymentListPage: Sendable {
    /// The requests that are listed.
    static let maximumRequestCount = 200

    /// A request that nobody ordered yet.
    struct Request: Codable, Sendable, Hashable {
        var caseID: String
        var receipt: String
        var number: Int
        var amount: Won
        var actorName: String
        var day: LocalDate
    }

    /// What lines of a kind sum to, less those taken back.
    struct Sum: Codable, Sendable, Hashable {
        var kind: PaymentEntry.Kind
        var amount: Won
    }

    let requests: [Request]
    let sums: [Sum]

    static func read(for actor: Actor, in db: ReadTransaction) throws -> PaymentListPage {
        // A line stands where no correction names it; a request is open where no standing order does.
        let standing: SQL = """
            NOT EXISTS (SELECT 1 FROM case_payment c WHERE c.case_id = p.case_id
                AND c.concerns = p.number AND c.kind = \(PaymentEntry.Kind.correction))
            """
        let requests = try db.rows(
            """
            SELECT p.case_id, r.receipt, p.number, p.amount, p.actor_name, p.day
            FROM case_payment p JOIN case_record r ON r.id = p.case_id
            WHERE p.kind = \(PaymentEntry.Kind.requested) AND \(Desk.condition(actor))
                AND \(standing)
                AND NOT EXISTS (SELECT 1 FROM case_payment o WHERE o.case_id = p.case_id
                    AND o.concerns = p.number AND o.kind = \(PaymentEntry.Kind.ordered)
                    AND NOT EXISTS (SELECT 1 FROM case_payment c WHERE c.case_id = o.case_id
                        AND c.concerns = o.number AND c.kind = \(PaymentEntry.Kind.correction)))
            ORDER BY p.day, r.receipt, p.number LIMIT \(maximumRequestCount)
            """,
            as: Request.self
        )
        let sums = try db.rows(
            """
            SELECT p.kind, CAST(SUM(p.amount) AS BIGINT) AS amount
            FROM case_payment p JOIN case_record r ON r.id = p.case_id
            WHERE p.kind <> \(PaymentEntry.Kind.correction) AND \(Desk.condition(actor))
                AND \(standing)
            GROUP BY p.kind
            """,
            as: Sum.self
        )
        return PaymentListPage(requests: requests, sums: sums)
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("지급·환수", "Payments"),
            breadcrumbs: [Desk.crumb(context)],
            main: """
                \(Desk.tabs("/desk/payments", context))\(figures(context))\(list(context))\
                \(files(context))
                """,
            width: .wide,
            density: .operator
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        let kinds: [PaymentEntry.Kind] = [.decided, .ordered, .paid, .recoveryOrdered, .recovered]
        return keyFigures(
            kinds.map { kind in
                let amount = sums.first { $0.kind == kind }?.amount ?? .zero
                return KeyFigure(
                    label: kind.title[context.language],
                    value: amount.amount.grouped,
                    unit: context.text("원", " won")
                )
            }
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("결재를 기다리는 지급 기안", "Requests that wait for a second person"),
            columns: [
                .init(context.text("접수번호", "Receipt"), isRowHeader: true),
                .init(context.text("금액", "Amount"), isNumeric: true),
                .init(context.text("기안한 사람", "Requested by")),
                .init(context.text("날", "Day")),
            ],
            rows: requests.map { request in
                let link = DeskCasePage.link(request.caseID).at("payments")
                return [
                    "<a href=\"\(link)\">\(request.receipt)</a>",
                    "\(request.amount.amount.grouped)", "\(request.actorName)",
                    dateText(request.day, in: context),
                ]
            },
            emptyText: context.text("기다리는 기안이 없습니다.", "None waits."),
            in: context
        )
    }

    private func files(_ context: PageContext) -> HTML {
        let ledgers = DeskFile.Format.allCases.map { format in
            linkButton(
                context.text("원장 ", "Ledger ") + format.rawValue.uppercased(),
                .path("desk", "payments", "ledger", format.rawValue)
            )
        }
        let settle = linkButton(
            context.text("카드사 정산 파일 올리기", "Take in a settlement file"),
            Link("/desk/payments/settlements"),
            style: .primary
        )
        return section(context.text("파일", "Files"), buttonRow([settle] + ledgers))
    }
}

/// Where a settlement file is brought.
struct SettlementPage: Sendable {
    /// Why the file was refused.
    var fault: Bilingual?

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("지급·환수", "Payments"), link: Link("/desk/payments"))
    }

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "file",
            label: context.text("정산 파일(CSV, XLSX)", "Settlement file (CSV, XLSX)"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".csv", ".xlsx"],
                    maximumByteCount: SettlementFile.maximumByteCount
                )
            ),
            hint: context.text(
                "‘접수번호’, ‘승인번호’, ‘이용일’, ‘금액’ 열이 있는 표입니다. 취소는 음수로 적습니다. 먼저 살펴봅니다.",
                "A table with 접수번호, 승인번호, 이용일 and 금액; a cancelled purchase is below zero. "
                    + "You look it over first."
            ),
            error: fault?[context.language],
            isRequired: true
        )
        return Page(
            title: context.text("카드사 정산", "Settlement"),
            breadcrumbs: [Desk.crumb(context), Self.crumb(context)],
            main: """
                \(errorSummary(of: [field], in: context))\
                \(form(
                    action: Link("/desk/payments/settlements"), context: context, takesFiles: true) {
                    """
                    \(formField(field, in: context))\
                    \(button(context.text("올리고 살펴보기", "Upload and check")))
                    """
                })
                """,
            density: .operator,
            hasErrors: fault != nil
        )
    }
}

/// What a settlement file would write and what matches nothing, before it is taken in.
struct SettlementReviewPage: Sendable {
    /// The faults and lines that are shown; the rest are counted.
    static let shownCount = 200

    let upload: SettlementUpload
    let review: SettlementReview

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("정산 확인: \(upload.fileName)", "Check: \(upload.fileName)"),
            breadcrumbs: [Desk.crumb(context), SettlementPage.crumb(context)],
            lead: "\(lead(context))",
            main: upload.takenCount == nil
                ? "\(faults(context))\(lines(context))\(apply(context))" : .empty,
            width: .wide,
            density: .operator
        )
    }

    private func lead(_ context: PageContext) -> String {
        if let taken = upload.takenCount {
            return context.text(
                "\(taken.grouped)줄을 반영했습니다.",
                "\(taken.grouped) lines were taken in."
            )
        }
        let (lines, faults) = (review.entries.count.grouped, review.faults.count.grouped)
        let total = review.total.amount.grouped
        return context.text(
            "\(lines)줄, 합계 \(total)원을 반영할 수 있습니다. 맞지 않는 줄 \(faults)개. 아직 반영하지 않았습니다.",
            "\(lines) lines of KRW \(total) can be taken in; \(faults) match nothing. Nothing is "
                + "written yet."
        )
    }

    private func faults(_ context: PageContext) -> HTML {
        guard !review.faults.isEmpty else { return .empty }
        return titledTable(
            context.text("맞지 않는 줄", "What matches nothing"),
            columns: [
                .init(context.text("줄", "Row"), isNumeric: true, isRowHeader: true),
                .init(context.text("까닭", "Reason"), isWide: true),
            ],
            rows: review.faults.prefix(Self.shownCount).map {
                ["\($0.row)", "\($0.message[context.language])"]
            },
            in: context
        )
    }

    private func lines(_ context: PageContext) -> HTML {
        titledTable(
            context.text("반영할 줄", "What is written"),
            columns: [
                .init(context.text("줄", "Row"), isNumeric: true, isRowHeader: true),
                .init(context.text("접수번호", "Receipt")), .init(context.text("구분", "Kind")),
                .init(context.text("금액", "Amount"), isNumeric: true),
                .init(context.text("승인번호", "Reference")),
                .init(context.text("가맹점", "Shop")),
            ],
            rows: review.entries.prefix(Self.shownCount).map { line in
                [
                    "\(line.row)", "\(line.receipt)", "\(line.entry.kind.title[context.language])",
                    "\(line.entry.amount.amount.grouped)", "\(line.entry.reference)",
                    "\(line.entry.reason)",
                ]
            },
            emptyText: context.text("없습니다.", "There are none."),
            in: context
        )
    }

    private func apply(_ context: PageContext) -> HTML {
        guard !review.entries.isEmpty else { return .empty }
        let count = review.entries.count.grouped
        return form(action: upload.link, context: context) {
            button(context.text("\(count)줄 반영", "Take in \(count) lines"))
        }
    }
}
