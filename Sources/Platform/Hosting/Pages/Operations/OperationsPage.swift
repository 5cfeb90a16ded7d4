import Basics
import Store
import Web

/// What an administrator sees of the running city: backups, jobs, events, the store, slow statements.
struct OperationsPage {
    let statistics: StoreStatistics
    let versionWarning: Bilingual?
    let backups: BackupSection
    let schedules: [ScheduleReport]
    /// What was done just now.
    let done: OperationsDeed?

    func page(in context: PageContext) -> Page {
        let failures = FailureSection(
            jobs: statistics.jobFailures,
            deliveries: statistics.eventFailures
        )
        return Page(
            title: context.text("운영 현황", "Operations"),
            main: """
                \(AdminPlaces.tabs(in: context))\(warning(context))\(figures(context))\
                \(backups.html(in: context))\(failures.html(in: context))\(repeating(context))\
                \(slow(context))\(versions(context))\(commands(context))
                """,
            notification: done.map {
                notificationBanner(
                    NotificationBanner(
                        kind: $0 == .nothing ? .information : .success,
                        title: $0.message[context.language]
                    )
                )
            },
            width: .wide,
            density: .operator,
            actions: linkButton(context.text("측정값(Prometheus)", "Metrics"), Link("/metrics"))
        )
    }

    private func warning(_ context: PageContext) -> HTML {
        guard let versionWarning else { return .empty }
        return notificationBanner(
            NotificationBanner(kind: .warning, title: versionWarning[context.language])
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        let jobs = statistics.jobCounts
        return keyFigures([
            KeyFigure(
                label: context.text("기다리는 일", "Jobs waiting"),
                value: (jobs["waiting"] ?? 0).grouped
            ),
            KeyFigure(
                label: context.text("멈춘 일", "Jobs dead"),
                value: (jobs["dead"] ?? 0).grouped
            ),
            KeyFigure(
                label: context.text("보관된 사건", "Events kept"),
                value: statistics.eventCount.grouped
            ),
            KeyFigure(
                label: context.text("감사 기록", "Audit records"),
                value: statistics.auditRecordCount.grouped
            ),
            KeyFigure(
                label: context.text("저장소 크기", "Store size"),
                value: ByteText.of(statistics.size.databaseBytes + statistics.size.logBytes)
            ),
        ])
    }

    private func repeating(_ context: PageContext) -> HTML {
        titledTable(
            context.text("정해진 때에 하는 일", "Repeating work"),
            columns: [
                .init(context.text("일", "Work"), isRowHeader: true),
                .init(context.text("마지막", "Last done")),
                .init(context.text("다음", "Next")),
            ],
            rows: schedules.map { schedule in
                [
                    "\(schedule.name)",
                    schedule.lastDoneAt.map { dateText($0, in: context) } ?? "–",
                    dateText(schedule.nextRunAt, in: context),
                ]
            },
            emptyText: context.text("없습니다.", "There is none."),
            in: context
        )
    }

    private func slow(_ context: PageContext) -> HTML {
        titledTable(
            context.text("느린 질의", "Slow statements"),
            columns: [
                .init("SQL", isRowHeader: true),
                .init(context.text("밀리초", "Milliseconds"), isNumeric: true),
                .init(context.text("횟수", "Times"), isNumeric: true),
            ],
            rows: statistics.slowStatements.map {
                ["<code>\($0.text)</code>", "\($0.milliseconds.decimals(1))", "\($0.count)"]
            },
            emptyText: context.text("없습니다.", "There are none."),
            in: context
        )
    }

    private func versions(_ context: PageContext) -> HTML {
        let rows: [SummaryList.Row] =
            [
                .init(
                    context.text("저장소", "Store"),
                    "\(statistics.engine.rawValue) \(statistics.engineVersion)"
                )
            ]
            + statistics.migrations.map { migration in
                .init("\(migration.component) \(migration.number)", "\(migration.name)")
            }
        return section(
            context.text("판", "Versions"),
            summaryList(SummaryList(rows), in: context)
        )
    }

    private func commands(_ context: PageContext) -> HTML {
        section(
            context.text("명령줄에서", "On the command line"),
            """
            <pre><code>haechi backup FOLDER
            haechi restore FOLDER
            haechi check
            haechi audit verify</code></pre>
            """
        )
    }
}
