import Basics
import CityMap
import Routing
import Web

/// The main page: from where to where, and the way that fits.
struct RoutePage: Sendable {
    let form: RouteForm
    let result: RouteResult?
    let refusal: Bilingual?
    let attribution: Bilingual
    let openMap: MapFrame?

    func page(in context: PageContext) -> Page {
        let errors = form.errors(context)
        let refused =
            refusal.map { [FieldError(fieldID: nil, message: $0[context.language])] } ?? []
        return Page(
            title: title(context),
            breadcrumbs: result == nil ? [] : [WayLinks.homeCrumb(context)],
            lead: lead(context),
            main: main(context),
            source: PageSource(name: attribution[context.language]),
            notification: errors.isEmpty && refused.isEmpty
                ? nil : errorSummary(errors + refused, in: context),
            width: .wide,
            actions: actions(context),
            hasErrors: !errors.isEmpty || !refused.isEmpty,
            scripts: ["wayfinding.js"]
        )
    }

    private func title(_ context: PageContext) -> String {
        guard result != nil else { return context.text("보행 길찾기", "Walking routes") }
        let question = form.question
        return "\(question.from.words) → \(question.to.words)"
    }

    private func lead(_ context: PageContext) -> HTML? {
        guard let result else {
            return HTML(
                text: context.text(
                    "나에게 맞는 길을 찾습니다. 길에 있는 턱, 계단, 경사, 고장 난 승강기를 미리 알려 드립니다.",
                    "The way that fits you, with every kerb, stair, slope and broken lift on it."
                )
            )
        }
        let title = form.question.profile.base.plainTitle[context.language]
        let edited = form.question.profile.isEdited ? context.text(" (기준 바꿈)", " (edited)") : ""
        let known =
            form.question.isConfirmedOnly ? context.text(" · 확인된 길만", " · confirmed ways only") : ""
        let route = result.chosen.route
        return HTML(
            text: "\(title)\(edited)\(known) · \(route.metres.metresText) · "
                + context.text("약 \(route.seconds.minutes)분", "about \(route.seconds.minutes) min")
                + context.text(
                    " · \(result.moment.minuteText) 운영 시간 기준",
                    " · open at \(result.moment.minuteText)"
                )
        )
    }

    private func actions(_ context: PageContext) -> HTML? {
        buttonRow([
            linkButton(context.text("불편 신고", "Report a barrier"), WayLinks.report),
            linkButton(context.text("내 길", "My routes"), WayLinks.mine),
            linkButton(context.text("승강기", "Lifts"), WayLinks.lifts),
        ])
    }

    private func main(_ context: PageContext) -> HTML {
        let formHTML = form.html(context)
        guard let result else {
            let map = openMap.map { mapFrame($0, in: context) } ?? .empty
            return formHTML + map
        }
        return """
            \(result.html(context))\
            <details class="again"><summary>\(context.text(
                "출발·도착·조건 바꾸기", "Change the question"))</summary>\(formHTML)</details>
            """
    }
}
