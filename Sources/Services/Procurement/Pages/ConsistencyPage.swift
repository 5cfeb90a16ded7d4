import Basics
import Consistency
import Web

/// Where published figures close and where they do not, each with its arithmetic.
struct ConsistencyPage {
    var findings: [Finding]

    func page(in context: PageContext) -> Page {
        let wrong = findings.filter { $0.severity != .confirmed }
        return Page(
            title: context.text("숫자 맞춰 보기", "Do the figures close?"),
            breadcrumbs: [Places.home(context)],
            lead: HTML(
                text: context.text(
                    "발표된 숫자를 서로 맞춰 보았습니다. 살필 것 \(wrong.count)가지, 맞는 것 \(findings.count - wrong.count)가지입니다.",
                    "The published figures held against each other: \(wrong.count) to look at, "
                        + "\(findings.count - wrong.count) that close."
                )
            ),
            main:
                "\(HTML(each: Finding.Severity.allCases) { group($0, context) })\(rules(context))",
            source: PageSource(
                name: context.text("보도자료 2013–2023", "Press releases 2013–2023"),
                link: Link("/procurement/report")
            ),
            width: .wide
        )
    }

    private func group(_ severity: Finding.Severity, _ context: PageContext) -> HTML {
        let group = findings.filter { $0.severity == severity }
        guard !group.isEmpty else { return .empty }
        let language = context.language
        return titledTable(
            "\(severity.title[language]) (\(group.count))",
            columns: [
                .init(context.text("연도", "Year"), isRowHeader: true),
                .init(context.text("무엇을 보았나", "Rule"), isWide: true),
                .init(context.text("셈", "The arithmetic"), isWide: true),
            ],
            rows: group.map { finding in
                [
                    "\(finding.year)", "\(Self.title(finding.rule)[language])",
                    "\(finding.statement[language])",
                ]
            },
            in: context
        )
    }

    private func rules(_ context: PageContext) -> HTML {
        let language = context.language
        return section(
            context.text("어떤 규칙으로 보았나", "The rules"),
            summaryList(
                SummaryList(
                    ConsistencyRule.all.map {
                        .init($0.title[language], "\($0.explanation[language])")
                    }
                ),
                in: context
            )
        )
    }

    static func title(_ rule: ConsistencyRule.ID) -> Bilingual {
        ConsistencyRule.all.first { $0.id == rule }?.title ?? Bilingual(same: rule.rawValue)
    }
}
