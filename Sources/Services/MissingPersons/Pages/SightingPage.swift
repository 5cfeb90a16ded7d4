import Basics
import Footage
import Web

/// One sighting: the picture with everybody else masked, and the act of lifting the masks.
struct SightingPage: Sendable {
    let file: CaseFile
    let match: FootageMatch
    let cameraName: String
    let isUnmasked: Bool
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        let search = file.search
        let view: FootageView = isUnmasked ? .whole : .masked
        let verdict = file.marks.first { $0.token == match.token }?.verdict
        let alt = context.text(
            "\(cameraName)의 정지영상, 찾는 사람 밖은 \(isUnmasked ? "가리지 않음" : "가림")",
            "Picture of \(cameraName), everybody else \(isUnmasked ? "unmasked" : "masked")"
        )
        return Page(
            title: context.text("목격", "Sighting"),
            breadcrumbs: Ways.crumbs(search, context: context) + [
                Breadcrumb(
                    title: context.text("찾기", "Search"),
                    link: Ways.part(search.id, "search")
                )
            ],
            lead: "\(cameraName) · \(dateText(match.at, in: context))",
            main: """
                <figure class="still"><img src="\(Ways.picture(search.id, match.token, view))" \
                alt="\(alt)"></figure><ul class="facts">\(HTML(each: match.why(context)) {
                    "<li>\($0)</li>" })</ul>\
                \(MarkForm(search: search, token: match.token, verdict: verdict).html(context))\
                \(unmask(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil,
            styles: ["missing.css"]
        )
    }

    private func unmask(_ context: PageContext) -> HTML {
        guard !isUnmasked else {
            return notificationBanner(
                NotificationBanner(
                    kind: .warning,
                    title: context.text(
                        "가림을 풀고 보고 있습니다. 이 일은 관리대장에 적혔습니다.",
                        "Nobody is masked. This is in the ledger."
                    )
                )
            )
        }
        let field = FormField(
            name: "reason",
            label: context.text("가림을 푸는 까닭", "Why the masks have to be lifted"),
            hint: context.text(
                "\(FootageGate.unmaskSeconds / 60)분 동안 이 사진만 풀립니다. 관리대장에 남습니다.",
                "This picture only, for \(FootageGate.unmaskSeconds / 60) minutes. It goes into the ledger."
            ),
            isRequired: true,
            maximumLength: FootageGate.maximumReasonCharacterCount
        )
        return form(
            action: Ways.sighting(file.search.id, match.token).file("unmask"),
            context: context
        ) {
            """
            \(formField(field, in: context))\
            \(buttonRow([button(context.text("가림 풀기", "Lift the masks"), style: .warning)]))
            """
        }
    }
}
