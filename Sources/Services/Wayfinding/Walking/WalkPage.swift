import Basics
import Routing
import Web

/// Walking mode: what comes next in large type, spoken, with the map below; without scripts the whole
/// list of steps.
struct WalkPage: Sendable {
    let walk: Walk

    init(_ walk: Walk) {
        self.walk = walk
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("걷기 안내", "Walking mode"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            lead: walk.lead(context),
            main: walk.main(context) { found in
                "\(guide(context))\(walk.steps(found, context))"
            },
            source: PageSource(name: walk.attribution[context.language]),
            scripts: ["walk.js"],
            styles: ["walk.css"]
        )
    }

    /// What scripts fill; they show it first.
    private func guide(_ context: PageContext) -> HTML {
        let attributes: Web.Attributes = [
            "data-answer": walk.link("/api/wayfinding/walk").target,
            "data-worker": "/wayfinding/worker.js", "data-words": WalkWords(context).json,
        ]
        let guide: HTML = """
            <div class="walk" data-walk\(attributes)><div data-walk-panel hidden>\
            <p class="walkahead" data-walk-ahead></p><p class="walknow" data-walk-now></p>\
            <p class="walknext" data-walk-barrier></p>\
            <p class="walkstate" data-walk-state role="status"></p>\
            <p class="unseen" data-walk-live aria-live="assertive"></p>\
            <div class="buttons"><button class="button primary" type="button" data-walk-start>\
            \(context.text("안내 시작", "Start"))</button>\
            <button class="button secondary" type="button" data-walk-repeat hidden>\
            \(context.text("다시 듣기", "Say again"))</button>\
            <button class="button secondary" type="button" data-walk-end hidden>\
            \(context.text("끝내기", "Finish"))</button>\
            <label class="walkswitch"><input type="checkbox" data-walk-voice checked> \
            \(context.text("음성 안내", "Speak"))</label>\
            \(linkButton(context.text("카메라로 보기", "Through the camera"),
                walk.link("/wayfinding/ar"), style: .quiet))</div>\
            <div class="walkmap" data-map-walk></div>\
            <p class="hint" data-walk-kept></p></div></div>
            """
        return guide.needing(.map)
    }
}

extension Walk {
    /// Whom the way is for, where it leads, and how far.
    func lead(_ context: PageContext) -> HTML? {
        guard case .found(let found) = state else { return nil }
        let route = found.route
        let title = question.profile.base.plainTitle[context.language]
        return HTML(
            text: "\(title) · \(destination) · \(route.metres.metresText) · "
                + context.text("약 \(route.seconds.minutes)분", "about \(route.seconds.minutes) min")
        )
    }

    /// The content where there is a way, and what to do where there is none.
    func main(_ context: PageContext, _ content: (FoundRoute) -> HTML) -> HTML {
        let again = linkButton(context.text("길 찾기로", "Find a way"), question.link, style: .primary)
        switch state {
        case .found(let found): return content(found)
        case .refused(let message):
            return emptyState(
                title: context.text("길이 없습니다", "No way"),
                text: message[context.language],
                actions: [again]
            )
        case .incomplete:
            return emptyState(
                title: context.text("어디로 갈까요?", "Where to?"),
                text: Walk.incompleteText[context.language],
                actions: [again]
            )
        }
    }

    /// Every step in order, each with how far it is from the start.
    func steps(_ found: FoundRoute, _ context: PageContext) -> HTML {
        let items = HTML(each: found.instructions) { instruction in
            let text = instruction.text[context.language]
            let words =
                instruction.kind == .warning
                ? statusTag(StatusTag(text, kind: .attention)) : HTML(text: text)
            return """
                <li><span class="walkmetres">\(instruction.metresFromStart.metresText)</span> \
                \(words)</li>
                """
        }
        return section(
            context.text("전체 안내", "All steps"),
            "<ol class=\"walksteps\">\(items)</ol>"
        )
    }
}
