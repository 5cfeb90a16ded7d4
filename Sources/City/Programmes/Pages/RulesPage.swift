import Basics
import Eligibility
import Web

/// For the officers who keep the rules: faults, what was not checked for long, what ends soon.
struct RulesPage: Sendable {
    /// After how many days a source should be compared again.
    static let maximumCheckedDayCount = 180
    /// How long before its end a version is named.
    static let endingDayCount = 60

    let rules: RulesInForce
    let today: LocalDate

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("규칙 점검", "The rules"),
            breadcrumbs: [
                Breadcrumb(title: context.text("지원사업", "Programmes"), link: Link("/programmes"))
            ],
            lead: HTML(
                text: context.text(
                    "지금 판정에 쓰는 규칙 폴더의 상태입니다. 규칙은 파일로 고치고, haechi eligibility check로 확인합니다.",
                    "The state of the folder of rules in use. Rules are files; check them with "
                        + "haechi eligibility check."
                )
            ),
            main: """
                \(failure(context))\(counts(context))\(faults(context))\(unchecked(context))\
                \(ending(context))
                """,
            width: .wide,
            density: .operator
        )
    }

    private func failure(_ context: PageContext) -> HTML {
        rules.failure.map {
            notificationBanner(NotificationBanner(kind: .warning, title: $0[context.language]))
        } ?? .empty
    }

    private func counts(_ context: PageContext) -> HTML {
        guard let report = rules.report else { return .empty }
        let faults = report.faults
        func figure(_ korean: String, _ english: String, _ count: Int) -> KeyFigure {
            KeyFigure(label: context.text(korean, english), value: count.grouped)
        }
        return keyFigures([
            figure("사업", "Programmes", report.programmeCount),
            figure("판", "Versions", report.versionCount),
            figure("조항", "Clauses", report.clauseCount),
            figure("사실", "Facts", report.factCount),
            figure("오류", "Errors", faults.count { $0.severity == .error }),
            figure("주의", "Warnings", faults.count { $0.severity == .warning }),
        ])
    }

    private func faults(_ context: PageContext) -> HTML {
        let faults = rules.report?.faults ?? []
        return titledTable(
            context.text("오류와 주의", "Faults"),
            id: "faults",
            columns: [
                DataTable.Column(context.text("곳", "Place"), isRowHeader: true),
                DataTable.Column(context.text("사업·조항", "Programme, clause")),
                DataTable.Column(context.text("내용", "Message"), isWide: true),
            ],
            rows: faults.map { fault in
                [
                    "\(fault.position.file):\(fault.position.line)",
                    HTML(
                        text: [fault.programme, fault.clause].compactMap { $0 }
                            .joined(separator: ", ")
                    ),
                    HTML(text: fault.message[context.language]),
                ]
            },
            emptyText: context.text("없습니다.", "None."),
            in: context
        )
    }

    /// The day on which the oldest clause in force was compared, for every programme.
    private var oldestChecks: [(programme: Programme, source: RuleSource)] {
        rules.catalogue.programmes.compactMap { programme in
            let clauses = programme.version(on: today)?.clauses ?? []
            let oldest = clauses.map(\.source).min { $0.checked < $1.checked }
            return oldest.map { (programme, $0) }
        }
    }

    private func unchecked(_ context: PageContext) -> HTML {
        let limit = today.adding(days: -Self.maximumCheckedDayCount)
        let old = oldestChecks.filter { $0.source.checked < limit }
            .sorted { $0.source.checked < $1.source.checked }
        return titledTable(
            context.text(
                "출처를 확인한 지 \(Self.maximumCheckedDayCount)일이 넘은 사업",
                "Sources not compared for \(Self.maximumCheckedDayCount) days"
            ),
            id: "unchecked",
            columns: [
                DataTable.Column(context.text("사업", "Programme"), isRowHeader: true),
                DataTable.Column(context.text("확인한 날", "Checked")),
                DataTable.Column(context.text("출처", "Source"), isWide: true),
            ],
            rows: old.map { programme, source in
                [
                    link(programme, context), dateText(source.checked, in: context),
                    HTML(text: source.title[context.language]),
                ]
            },
            emptyText: context.text("없습니다.", "None."),
            in: context
        )
    }

    private func ending(_ context: PageContext) -> HTML {
        let limit = today.adding(days: Self.endingDayCount)
        let ending = rules.catalogue.programmes.compactMap { programme in
            programme.version(on: today)?.to.map { (programme: programme, last: $0) }
        }.filter { entry in
            entry.last <= limit
                && entry.programme.version(on: entry.last.adding(days: 1)) == nil
        }.sorted { $0.last < $1.last }
        return titledTable(
            context.text(
                "\(Self.endingDayCount)일 안에 끝나고 다음 판이 없는 사업",
                "Ending within \(Self.endingDayCount) days without a next version"
            ),
            id: "ending",
            columns: [
                DataTable.Column(context.text("사업", "Programme"), isRowHeader: true),
                DataTable.Column(context.text("마지막 날", "Last day")),
                DataTable.Column(context.text("파일", "File"), isWide: true),
            ],
            rows: ending.map { programme, last in
                [
                    link(programme, context), dateText(last, in: context),
                    HTML(text: programme.position.file),
                ]
            },
            emptyText: context.text("없습니다.", "None."),
            in: context
        )
    }

    private func link(_ programme: Programme, _ context: PageContext) -> HTML {
        "<a href=\"\(programme.link)\">\(programme.title[context.language])</a>"
    }
}
