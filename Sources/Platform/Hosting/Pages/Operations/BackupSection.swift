import Basics
import Store
import Web

/// The backups in the configured folder, those under way, and the button for another.
struct BackupSection {
    let entries: [BackupEntry]
    /// The latest jobs that make backups, the latest first.
    let jobs: [JobReport]

    func html(in context: PageContext) -> HTML {
        let rows = entries.map { row($0, context) }
        return titledTable(
            context.text("백업", "Backups"),
            id: "backups",
            columns: [
                .init(context.text("이름", "Name"), isRowHeader: true),
                .init(context.text("시각", "Taken")),
                .init(context.text("크기", "Size"), isNumeric: true),
                .init(context.text("행", "Rows"), isNumeric: true),
                .init(context.text("확인", "Checked")), .init(context.text("다시 확인", "Check")),
            ],
            rows: rows,
            emptyText: context.text(
                "아직 백업이 없습니다. 서버를 멈추지 않고 지금 만들 수 있습니다.",
                "There is no backup yet. One can be made now, while the server runs."
            ),
            in: context,
            more: underWay(context)
                + form(action: Link(OperationsDeed.backUp.path), context: context) {
                    button(context.text("지금 백업", "Back up now"))
                }
        )
    }

    private func row(_ entry: BackupEntry, _ context: PageContext) -> [HTML] {
        let summary = entry.summary
        let check = form(action: Link(OperationsDeed.check.path), context: context) {
            """
            \(hiddenField("backup", summary.name))\(button(
                context.text("확인하기", "Check"), style: .quiet,
                more: ["aria-label": context.text(
                    "\(summary.name) 확인하기", "Check \(summary.name)")]))
            """
        }
        return [
            "<code>\(summary.name)</code>",
            summary.createdAt.map { dateText($0, in: context) } ?? "–",
            "\(ByteText.of(summary.byteCount))", "\(summary.rowCount.grouped)",
            state(entry, context), summary.isComplete ? check : "–",
        ]
    }

    private func state(_ entry: BackupEntry, _ context: PageContext) -> HTML {
        guard entry.summary.isComplete else {
            return statusTag(StatusTag(context.text("끝나지 않음", "Not complete"), kind: .active))
        }
        switch entry.check {
        case .never:
            return statusTag(StatusTag(context.text("확인 안 함", "Not checked"), kind: .neutral))
        case .sound(let instant):
            let tag = statusTag(StatusTag(context.text("온전함", "Sound"), kind: .done))
            return "<span>\(tag) \(dateText(instant.date, in: context))</span>"
        case .damaged(_, let instant):
            let tag = statusTag(StatusTag(context.text("손상됨", "Damaged"), kind: .refused))
            return "<span>\(tag) \(dateText(instant.date, in: context))</span>"
        }
    }

    /// The backup that is asked for, or what became of the last one where it failed.
    private func underWay(_ context: PageContext) -> HTML {
        guard let job = jobs.first, job.state != "done" else { return .empty }
        let isWaiting = job.state != "dead"
        let title =
            switch job.state {
            case "leased": context.text("백업하는 중입니다", "A backup is being made")
            case "dead": context.text("마지막 백업이 실패했습니다", "The last backup failed")
            default: context.text("백업이 차례를 기다립니다", "A backup waits for its turn")
            }
        let error: HTML? = job.lastError.map { "<p><code>\($0)</code></p>" }
        let reload = linkButton(context.text("새로 고침", "Reload"), AdminPlaces.operations)
        return notificationBanner(
            NotificationBanner(
                kind: isWaiting ? .information : .warning,
                title: title,
                body: """
                    <p>\(context.text("맡긴 때", "Asked for")): \(dateText(job.createdAt, in: context)) · \
                    \(context.text("시도", "Attempts")): \(job.attempts)</p>\(error)\
                    \(isWaiting ? reload : .empty)
                    """
            )
        )
    }
}

/// A number of bytes in words.
enum ByteText {
    static func of(_ count: Int) -> String {
        count < 1 << 20
            ? "\(((count + 1023) >> 10).grouped) KiB"
            : "\((Double(count) / 1_048_576).decimals(1)) MiB"
    }
}
