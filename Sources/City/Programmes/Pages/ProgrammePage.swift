import Basics
import Eligibility
import Korean
import Web

/// One programme: who it is for, what it gives, when, by which papers, and where that is written.
struct ProgrammePage: Sendable {
    let rules: RulesInForce
    let item: PersonalResults.Item
    /// Whether the reader answered anything.
    let hasAnswers: Bool
    let date: LocalDate

    private var programme: Programme { item.programme }
    private var judgement: Judgement { item.judgement }
    private var version: ProgrammeVersion? { programme.version(on: date) }

    func page(in context: PageContext) -> Page {
        let language = context.language
        return Page(
            title: programme.title[language],
            breadcrumbs: [
                Breadcrumb(title: context.text("지원사업", "Programmes"), link: Link("/programmes"))
            ],
            lead: HTML(text: programme.summary[language]),
            main: """
                \(standing(context))\(overview(context))\(mine(context))\(conditions(context))\
                \(documents(context))\(exclusions(context))\(people(context))\(versions(context))
                """,
            source: source(context),
            actions: buttonRow(actions(context))
        )
    }

    private func actions(_ context: PageContext) -> [HTML] {
        var actions: [HTML] = []
        if let offer = item.offer, case .open = item.window {
            actions.append(
                linkButton(context.text("신청하기", "Apply"), offer.target, style: .primary)
            )
        }
        actions.append(
            linkButton(
                hasAnswers
                    ? context.text("질문 이어가기", "Go on with the questions")
                    : context.text("받을 수 있는지 확인", "Check whether I can get it"),
                ProgrammeCollection.all.checkLink
            )
        )
        return actions
    }

    /// What stands in the way of applying at all.
    private func standing(_ context: PageContext) -> HTML {
        let language = context.language
        var body = HTML.empty
        if let successor = programme.supersededBy {
            let title = rules.catalogue.programmeTitles[successor]?[language] ?? successor
            let link: HTML =
                rules.programme(successor).map { "<a href=\"\($0.link)\">\(title)</a>" }
                ?? HTML(text: title)
            body = "<p>\(context.text("뒤를 이은 사업:", "Succeeded by")) \(link)</p>"
        }
        guard judgement.verdict == .notInForce || programme.supersededBy != nil else {
            return .empty
        }
        let title =
            judgement.paused?[language]
            ?? context.text("지금은 시행하지 않는 사업입니다", "This programme is not in force")
        return notificationBanner(NotificationBanner(kind: .warning, title: title, body: body))
    }

    private func overview(_ context: PageContext) -> HTML {
        let language = context.language
        var rows: [SummaryList.Row] = []
        if let estimate = judgement.estimate {
            rows.append(
                SummaryList.Row(
                    context.text("받는 것", "What it gives"),
                    HTML(text: estimate.text(language))
                )
            )
        }
        rows.append(
            SummaryList.Row(
                context.text("신청 기간", "When to apply"),
                windowText(item.window, in: context)
            )
        )
        if let selection = version?.selection {
            rows.append(
                SummaryList.Row(
                    context.text("뽑는 방법", "How it is given"),
                    selectionText(selection, context)
                )
            )
        }
        rows.append(
            SummaryList.Row(
                context.text("하는 곳", "Office"),
                HTML(text: programme.provider[language])
            )
        )
        if let link = programme.url.flatMap(Link.init(external:)) {
            rows.append(
                SummaryList.Row(
                    context.text("공식 누리집", "Official site"),
                    "<a href=\"\(link)\">\(programme.url)</a>"
                )
            )
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func selectionText(_ selection: Selection, _ context: PageContext) -> HTML {
        let language = context.language
        var parts = [selection.method.title[language]]
        if let places = selection.places {
            parts.append(context.text("\(places.grouped)명", "\(places.grouped) places"))
        }
        parts += [selection.note?[language]].compactMap { $0 }
        let strata = selection.strata.map {
            context.text(
                "\($0.label.korean) \($0.count.grouped)명",
                "\($0.label.english): \($0.count.grouped) places"
            )
        }
        let points = selection.points.map {
            context.text(
                "\($0.label.korean) \($0.count)점",
                "\($0.label.english): \($0.count) points"
            )
        }
        let more = strata + points
        let list: HTML? =
            more.isEmpty ? nil : "<ul>\(HTML(each: more) { "<li>\($0)</li>" })</ul>"
        return "\(parts.joined(separator: " · "))\(list)"
    }

    // MARK: Conditions

    private func mine(_ context: PageContext) -> HTML {
        guard hasAnswers, judgement.verdict != .notInForce else { return .empty }
        let remedy: HTML? = judgement.remedy.map {
            "<p><strong>\($0.sentence[context.language])</strong></p>"
        }
        return section(
            context.text("내 결과", "My result"),
            """
            <p>\(statusTag(judgement.verdict.status(item.window, context)))</p>\(remedy)
            """
        )
    }

    private func conditions(_ context: PageContext) -> HTML {
        guard let version, version.paused == nil else { return .empty }
        return section(
            context.text("조건", "Conditions"),
            ConditionList(
                version: version,
                catalogue: rules.catalogue,
                findings: hasAnswers ? judgement.findings : []
            ).html(in: context)
        )
    }

    private func documents(_ context: PageContext) -> HTML {
        guard !judgement.documents.isEmpty else { return .empty }
        let items = HTML(each: judgement.documents) { document in
            var notes: [String] = []
            if let days = document.maximumAgeDays {
                notes.append(context.text("발급 \(days)일 이내", "issued within \(days) days"))
            }
            if document.canBeLookedUp {
                notes.append(
                    context.text("동의하면 기관이 조회(제출 생략)", "the office can look it up with consent")
                )
            }
            let note: HTML? =
                notes.isEmpty ? nil : " <small>\(notes.joined(separator: " · "))</small>"
            return "<li>\(document.title[context.language])\(note)</li>"
        }
        return section(context.text("준비할 서류", "Documents"), "<ul>\(items)</ul>")
    }

    private func exclusions(_ context: PageContext) -> HTML {
        let names = version?.exclusions.map(\.programme).filter { $0 != programme.name } ?? []
        var seen: Set<String> = []
        let others = names.filter { seen.insert($0).inserted }
        guard !others.isEmpty else { return .empty }
        let items = HTML(each: others) { name in
            let title = rules.catalogue.programmeTitles[name]?[context.language] ?? name
            let linked: HTML =
                rules.programme(name).map { "<a href=\"\($0.link)\">\(title)</a>" }
                ?? HTML(text: title)
            return "<li>\(linked)</li>"
        }
        return section(
            context.text("함께 받을 수 없는 사업", "What it cannot be had together with"),
            "<ul>\(items)</ul>"
        )
    }

    /// What no program can judge, and what the person takes on.
    private func people(_ context: PageContext) -> HTML {
        func list(_ title: String, _ texts: [Bilingual]) -> HTML {
            guard !texts.isEmpty else { return .empty }
            return section(
                title,
                "<ul>\(HTML(each: texts) { "<li>\($0[context.language])</li>" })</ul>"
            )
        }
        return list(
            context.text("담당자가 판단하는 것", "What an officer judges"),
            version?.judgedByPeople ?? []
        )
            + list(context.text("받은 뒤 지킬 것", "What you take on"), version?.duties ?? [])
    }

    private func versions(_ context: PageContext) -> HTML {
        guard programme.versions.count > 1 || version?.to != nil else { return .empty }
        let rows = programme.versions.reversed().map { version -> [HTML] in
            let end: HTML =
                version.to.map { dateText($0, in: context) } ?? HTML(text: "")
            let state =
                version.paused?[context.language]
                ?? (version == self.version
                    ? context.text("오늘 신청에 적용", "in force today") : "")
            return [
                "\(dateText(version.from, in: context)) ~ \(end)",
                "\(context.text("\(version.clauses.count)개", "\(version.clauses.count)"))",
                HTML(text: state),
            ]
        }
        return titledTable(
            context.text("규정의 판", "Versions of the rules"),
            columns: [
                DataTable.Column(context.text("기간", "Time"), isRowHeader: true),
                DataTable.Column(context.text("조항", "Clauses"), isNumeric: true),
                DataTable.Column(context.text("비고", "Note")),
            ],
            rows: rows,
            in: context
        )
    }

    /// Where the rules are written down and when somebody last compared them.
    private func source(_ context: PageContext) -> PageSource? {
        let sources = version?.clauses.map(\.source) ?? []
        guard let oldest = sources.min(by: { $0.checked < $1.checked }) else { return nil }
        let day = oldest.checked.iso
        return PageSource(
            name: context.text(
                "\(oldest.title.korean)(\(day) 확인)",
                "\(oldest.title.english) (checked \(day))"
            ),
            link: Link(external: oldest.url)
        )
    }
}

extension Selection.Method {
    /// The way of choosing, in words.
    var title: Bilingual {
        switch self {
        case .everyone: Bilingual("조건에 맞으면 모두", "Everybody who may")
        case .firstCome: Bilingual("신청순(선착순)", "First come, first served")
        case .draw: Bilingual("추첨", "By lot")
        case .points: Bilingual("점수순", "By points")
        case .lowestIncome: Bilingual("소득이 낮은 순", "Lowest income first")
        case .review: Bilingual("심사", "By review")
        }
    }
}
