import Basics
import Web

/// One project: what is planned, when it is ordered, how it changed between editions.
struct ProjectPage {
    var project: PlannedProject
    var history: [(edition: EditionRecord, project: PlannedProject)]
    var isCurrent: Bool
    var isFollowed: Bool
    var isSignedIn: Bool
    /// Whether the person may see the officer in charge by name.
    var showsContact: Bool

    func page(in context: PageContext) -> Page {
        Page(
            title: project.title(context.language),
            breadcrumbs: [Places.home(context), Places.list(context)],
            lead: """
                \(Places.statusTag(project.status, context.language)) \
                \(Places.agencyName(project, context.language)) · \
                <strong>\(money(project.budget, in: context))</strong> · \
                \(Places.orderText(project.order)[context.language])
                """,
            main: """
                \(notCurrent(context))\(description(context))\
                \(summaryList(SummaryList(facts(context)), in: context))\(editions(context))
                """,
            source: PageSource(
                name: history.first?.edition.title[context.language] ?? project.agencyName,
                updatedAt: history.first?.edition.publishedAt,
                link: history.first.map { Places.edition($0.edition) }
            ),
            actions: buttonRow([followButton(context), copyLinkButton(in: context)])
        )
    }

    private func notCurrent(_ context: PageContext) -> HTML {
        guard !isCurrent else { return .empty }
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text(
                    "가장 최근 계획에는 이 사업이 없습니다",
                    "The newest plan no longer has this project"
                )
            )
        )
    }

    private func description(_ context: PageContext) -> HTML {
        guard !project.description.isEmpty else { return .empty }
        let lines = project.description.split(whereSeparator: \.isNewline)
        return section(
            context.text("사업내용", "What it does"),
            HTML(each: lines) { "<p>\($0)</p>" }
        )
    }

    private func facts(_ context: PageContext) -> [SummaryList.Row] {
        let language = context.language
        var rows: [SummaryList.Row] = [
            .init(context.text("기관", "Agency"), "\(project.agencyName)"),
            .init(context.text("부서", "Department"), "\(project.department)"),
        ]
        for field in ProjectField.compared
        where !["title", "description", "department"].contains(field.name) {
            let text = field.text(project)[language]
            if !text.isEmpty { rows.append(.init(field.label[language], "\(text)")) }
        }
        if let notice = project.notice?.number {
            rows.append(.init(context.text("공고 번호", "Notice number"), "\(notice)"))
        }
        if showsContact, let name = project.contactName {
            let phone = project.contactPhone ?? ""
            rows.append(.init(context.text("담당자", "Contact"), "\(name) \(phone)"))
        } else {
            rows.append(
                .init(
                    context.text("문의", "Enquiries"),
                    "\(project.agencyName) \(project.department)"
                )
            )
        }
        return rows
    }

    private func followButton(_ context: PageContext) -> HTML {
        guard isSignedIn else {
            let link = Link("/sign-in", query: [("return", Places.project(project).target)])
            return linkButton(context.text("로그인하고 관심사업 등록", "Sign in to follow"), link)
        }
        return form(action: Link("/procurement/follows"), context: context) {
            """
            \(hiddenField("reference", project.reference))\
            \(hiddenField("follow", isFollowed ? "no" : "yes"))\
            \(isFollowed
                ? button(context.text("관심사업 해제", "Unfollow"), style: .secondary)
                : button(context.text("관심사업 등록", "Follow")))
            """
        }
    }

    /// What changed, edition by edition.
    private func editions(_ context: PageContext) -> HTML {
        guard !history.isEmpty else { return .empty }
        let events = history.enumerated().map { index, entry in
            let earlier = index + 1 < history.count ? history[index + 1].project : nil
            return TimelineEvent(
                title: entry.edition.title[context.language],
                time: dateText(entry.edition.publishedAt, in: context),
                body: earlier.map { changes(from: $0, to: entry.project, context) },
                phase: index == 0 && isCurrent ? .current : .past
            )
        }
        return section(
            context.text("계획이 바뀐 내력", "History of the plan"),
            timeline(events, in: context)
        )
    }

    private func changes(
        from earlier: PlannedProject,
        to later: PlannedProject,
        _ context: PageContext
    ) -> HTML {
        let changes = EditionDifference(from: [earlier], to: [later]).changed.flatMap(\.changes)
        guard !changes.isEmpty else { return "<p>\(context.text("바뀐 것 없음", "No change"))</p>" }
        return "<ul>\(HTML(each: changes) { Places.change($0, context) })</ul>"
    }
}

extension Places {
    /// A changed field, `사업비: 3억원 → 2억원`.
    static func change(_ change: EditionDifference.FieldChange, _ context: PageContext) -> HTML {
        let language = context.language
        let before = change.before[language]
        let after = change.after[language]
        let none = context.text("(없음)", "(none)")
        return """
            <li>\(change.label[language]): <del>\(before.isEmpty ? none : before)</del> → \
            <ins>\(after.isEmpty ? none : after)</ins></li>
            """
    }
}
