import Basics
import Store
import Web

/// Jobs and deliveries that failed, and what can be done about those that were set aside.
struct FailureSection {
    let jobs: [StoreStatistics.Failure]
    let deliveries: [StoreStatistics.Failure]

    func html(in context: PageContext) -> HTML {
        titledTable(
            context.text("실패", "Failures"),
            id: "failures",
            columns: [
                .init(context.text("일", "Work"), isRowHeader: true),
                .init(context.text("상태", "State")),
                .init(context.text("시도", "Attempts"), isNumeric: true),
                .init(context.text("마지막 오류", "Last error")),
                .init(context.text("처리", "What to do")),
            ],
            rows: jobs.map { row($0, retry: .retryJob, discard: .discardJob, context) }
                + deliveries.map { row($0, retry: .retryEvent, discard: .discardEvent, context) },
            emptyText: context.text("실패한 일이 없습니다.", "Nothing has failed."),
            in: context
        )
    }

    private func row(
        _ failure: StoreStatistics.Failure,
        retry: OperationsDeed,
        discard: OperationsDeed,
        _ context: PageContext
    ) -> [HTML] {
        let isDead = failure.state == "dead"
        let state =
            isDead
            ? StatusTag(context.text("멈춤", "Set aside"), kind: .refused)
            : StatusTag(context.text("다시 시도함", "Tried again"), kind: .attention)
        return [
            "\(failure.name) <small>#\(failure.id)</small>", statusTag(state),
            "\(failure.attempts.grouped)", "<code>\(failure.lastError)</code>",
            isDead
                ? buttonRow([
                    deed(retry, context.text("다시 시도", "Retry"), failure, context),
                    deed(discard, context.text("버리기", "Discard"), failure, context),
                ]) : "–",
        ]
    }

    private func deed(
        _ deed: OperationsDeed,
        _ title: String,
        _ failure: StoreStatistics.Failure,
        _ context: PageContext
    ) -> HTML {
        form(action: Link(deed.path), context: context) {
            """
            \(hiddenField("id", "\(failure.id)"))\(hiddenField("handler", failure.name))\
            \(button(
                title, style: .quiet,
                more: ["aria-label": "\(title): \(failure.name) #\(failure.id)"]))
            """
        }
    }
}
