import Basics
import City
import Store
import Web

/// The notice of a decision (결정 통지서), set to be printed.
struct DecisionLetterPage: Sendable {
    let record: Case
    let procedure: CaseProcedure
    let organization: Organization?
    let decision: CaseDecision

    func page(in context: PageContext) -> Page {
        let language = context.language
        var rows: [SummaryList.Row] = [
            .init(context.text("받는 사람", "To"), "\(record.applicantName)"),
            .init(context.text("접수번호", "Receipt number"), "\(record.receipt)"),
            .init(context.text("신청한 것", "Application"), "\(procedure.title[language])"),
        ]
        if let submitted = record.submittedAt {
            rows.append(
                .init(
                    context.text("접수한 날", "Received on"),
                    dateText(submitted.date, style: .long, in: context)
                )
            )
        }
        rows += [
            .init(context.text("결정", "Decision"), "\(decision.outcome.title[language])"),
            .init(context.text("이유", "Reason"), "\(decision.reason)"),
        ]
        if let amount = decision.amount {
            rows.append(.init(context.text("지원액", "Amount"), money(amount, in: context)))
        }
        rows += [
            .init(
                context.text("결정한 날", "Decided on"),
                dateText(decision.at.date, style: .long, in: context)
            ),
            .init(
                context.text("결정한 기관", "Office"),
                "\(organization?.title[language] ?? "–")"
            ),
        ]
        return Page(
            title: context.text("결정 통지서", "Notice of the decision"),
            breadcrumbs: [
                CaseOverviewPage.crumb(context),
                Breadcrumb(title: record.receipt, link: .path("applications", record.id)),
            ],
            main: """
                \(summaryList(SummaryList(rows), in: context))\(remedies(context))
                """,
            source: PageSource(
                name: organization?.title[language] ?? "",
                updatedAt: decision.at
            )
        )
    }

    private func remedies(_ context: PageContext) -> HTML {
        guard decision.outcome == .refused else { return .empty }
        let deadline = decision.at.date.adding(days: CaseAppeal.maximumDayCount)
        return section(
            context.text("불복 방법", "If you disagree"),
            """
            <p>\(context.text(
                "이 결정에 이의가 있으면 통지를 받은 날부터 \(CaseAppeal.maximumDayCount)일 안"
                    + "(\(deadline.iso)까지)에 이의신청할 수 있고, 행정심판이나 행정소송도 낼 수 있습니다.",
                "You may appeal within \(CaseAppeal.maximumDayCount) days, until \(deadline.iso), "
                    + "or bring the decision before an administrative tribunal or court."))</p>
            """
        )
    }
}
