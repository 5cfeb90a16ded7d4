import Basics
import Store
import Web

/// A draft at a glance: what is done, what is missing, what changed since it was begun.
struct CaseOverviewPage: Sendable {
    let form: CaseForm

    func page(in context: PageContext) -> Page {
        let title = form.procedure.title[context.language]
        return Page(
            title: context.text("\(title) 신청서", "Application: \(title)"),
            breadcrumbs: [Self.crumb(context)],
            lead: lead(context),
            main: """
                \(saved(context))\(form.changeNote(in: context))\(goOn(context))\
                \(tasks(context))\(discard(context))
                """
        )
    }

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("내 신청", "My applications"), link: Link("/applications"))
    }

    private func lead(_ context: PageContext) -> HTML {
        let name = form.record.applicantName
        let whose: HTML =
            form.record.proxy == nil
            ? .empty : "\(context.text("\(name) 님을 대신해 씁니다.", "For \(name).")) "
        return """
            \(whose)\(dateText(form.record.createdAt, in: context)) \
            \(context.text("시작 · 저장", "begun · saved")) \
            \(dateText(form.record.updatedAt, in: context))
            """
    }

    private func saved(_ context: PageContext) -> HTML {
        guard context.value("saved") != nil else { return .empty }
        return notificationBanner(
            NotificationBanner(
                kind: .success,
                title: context.text(
                    "저장했습니다. 언제든 ‘내 신청’에서 이어 쓸 수 있습니다.",
                    "Saved. Go on at any time from “My applications”."
                )
            )
        )
    }

    /// The way on stands before the list, which is long on a telephone.
    private func goOn(_ context: PageContext) -> HTML {
        let (all, left) = (form.steps.count - 1, form.missing.count)
        let progress =
            left == 0
            ? context.text("모두 채웠습니다. 확인하고 내면 됩니다.", "All is filled in: check and send it.")
            : context.text("\(all)쪽 가운데 \(left)쪽이 남았습니다.", "\(left) of \(all) pages are left.")
        let title =
            form.isComplete
            ? context.text("확인하고 내기", "Check and send") : context.text("이어서 쓰기", "Go on")
        return """
            <p>\(progress)</p>\
            \(buttonRow([
                linkButton(title, form.link(form.next(after: .check)), style: .primary)
            ]))
            """
    }

    private func tasks(_ context: PageContext) -> HTML {
        let rows = form.steps.filter { $0 != .check }.map { step in
            let isDone = form.isDone(step)
            let status = StatusTag(
                isDone ? context.text("마침", "Done") : context.text("아직", "To do"),
                kind: isDone ? .done : .planned
            )
            return SummaryList.Row(
                form.title(step)[context.language],
                statusTag(status),
                changeLink: form.link(step)
            )
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func discard(_ context: PageContext) -> HTML {
        """
        <details><summary>\(context.text("이 신청서 지우기", "Discard this draft"))</summary>\
        <p>\(context.text(
            "적은 내용과 올린 파일을 모두 지웁니다. 되돌릴 수 없습니다.",
            "Everything written and sent is removed for good."))</p>\
        \(Web.form(action: .path("apply", "cases", form.record.id), context: context) {
            button(context.text("지우기", "Discard"), style: .warning)
        })</details>
        """
    }
}

extension CaseForm {
    /// What changed in the rules since the draft was begun.
    func changeNote(in context: PageContext) -> HTML {
        guard let change else { return .empty }
        let language = context.language
        func list(_ title: String, _ items: [Bilingual]) -> HTML {
            guard !items.isEmpty else { return .empty }
            return "<p>\(title)</p><ul>\(HTML(each: items) { "<li>\($0[language])</li>" })</ul>"
        }
        let body: HTML
        if let since = change.since {
            body = """
                <p>\(dateText(since, style: .long, in: context))\
                \(context.text("부터 적용되는 규칙으로 심사합니다. 적은 내용은 그대로 있습니다.",
                    " is when the rules began that now apply. What you wrote is still there."))</p>\
                \(list(context.text("새로 보는 조건", "New conditions"), change.added))\
                \(list(context.text("더 이상 보지 않는 조건", "No longer asked"), change.dropped))\
                \(list(context.text("새로 내야 하는 서류", "New documents"), change.documents))
                """
        } else {
            body = """
                <p>\(context.text("지금은 이 지원사업을 시행하지 않습니다.",
                    "The programme is not in force now."))</p>
                """
        }
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text(
                    "이 신청서를 시작한 뒤 규칙이 바뀌었습니다",
                    "The rules changed since this draft was begun"
                ),
                body: body
            )
        )
    }
}
