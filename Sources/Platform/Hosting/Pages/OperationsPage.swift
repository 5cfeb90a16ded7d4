import Basics
import Store
import Web

/// What an administrator sees of the running city: jobs, events, the store, slow statements.
struct OperationsPage {
    let statistics: StoreStatistics
    let versionWarning: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("운영 현황", "Operations"),
            main: """
                \(warning(context))\(figures(context))\(failures(context))\(slow(context))\
                \(versions(context))\(backups(context))
                """,
            width: .wide,
            density: .operator
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
                value: Self.size(statistics.size.databaseBytes + statistics.size.logBytes)
            ),
        ])
    }

    private func failures(_ context: PageContext) -> HTML {
        let all = statistics.jobFailures + statistics.eventFailures
        let title = context.text("실패", "Failures")
        guard !all.isEmpty else {
            return
                "<section><h2>\(title)</h2><p>\(context.text("실패한 일이 없습니다.", "Nothing has failed."))</p></section>"
        }
        let rows: [[HTML]] = all.map {
            ["\($0.name)", "\($0.state)", "\($0.attempts)", "\($0.lastError)"]
        }
        return """
            <section><h2>\(title)</h2>\
            \(table(
                DataTable(
                    caption: title, hidesCaption: true,
                    columns: [
                        .init(context.text("일", "Work"), isRowHeader: true),
                        .init(context.text("상태", "State")),
                        .init(context.text("시도", "Attempts"), isNumeric: true),
                        .init(context.text("마지막 오류", "Last error")),
                    ], rows: rows), in: context))</section>
            """
    }

    private func slow(_ context: PageContext) -> HTML {
        let title = context.text("느린 질의", "Slow statements")
        let rows: [[HTML]] = statistics.slowStatements.map {
            ["<code>\($0.text)</code>", "\($0.milliseconds.decimals(1))", "\($0.count)"]
        }
        guard !rows.isEmpty else { return .empty }
        return """
            <section><h2>\(title)</h2>\
            \(table(
                DataTable(
                    caption: title, hidesCaption: true,
                    columns: [
                        .init("SQL", isRowHeader: true),
                        .init(context.text("밀리초", "Milliseconds"), isNumeric: true),
                        .init(context.text("횟수", "Times"), isNumeric: true),
                    ], rows: rows), in: context))</section>
            """
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
        return """
            <section><h2>\(context.text("판", "Versions"))</h2>\
            \(summaryList(SummaryList(rows), in: context))</section>
            """
    }

    private func backups(_ context: PageContext) -> HTML {
        """
        <section><h2>\(context.text("백업", "Backups"))</h2>\
        <p>\(context.text(
            "서버를 끄지 않고 백업합니다:", "Backups run while the server runs:"))</p>\
        <pre><code>haechi backup FOLDER
        haechi check
        haechi audit verify</code></pre></section>
        """
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20
            ? "\((bytes >> 10).grouped) KiB" : "\((Double(bytes) / 1_048_576).decimals(1)) MiB"
    }
}
