import Basics
import City
import Footage
import Store
import Vision
import Web

/// The events of the control room, dense, by state and kind.
struct EventListPage: Sendable {
    let query: EventQuery
    let events: [(event: CameraEvent, camera: String)]
    let total: Int
    let number: Int
    let counts: [CameraEvent.State: Int]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("이벤트", "Events"),
            breadcrumbs: Ways.wallCrumbs(context),
            main: """
                \(Ways.tabs(Ways.events, context))\(states(context))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: CameraEvents.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator
        )
    }

    private func states(_ context: PageContext) -> HTML {
        let all = TabLink(
            title: context.text("모두", "All"),
            link: Ways.events,
            isCurrent: query.state == nil
        )
        let tabs = CameraEvent.State.allCases.map { state in
            TabLink(
                title: "\(state.title[context.language]) \((counts[state] ?? 0).grouped)",
                link: Link("/cameras/events", query: [("state", state.rawValue)]),
                isCurrent: query.state == state
            )
        }
        return tabLinks([all] + tabs, label: context.text("상태(지난 30일)", "State (30 days)"))
    }

    private func list(_ context: PageContext) -> HTML {
        guard !events.isEmpty else {
            return emptyState(
                title: context.text("이벤트가 없습니다", "No event"),
                text: context.text("다른 상태를 골라 보세요.", "Choose another state.")
            )
        }
        return table(
            DataTable(
                caption: context.text("이벤트 목록", "Events"),
                hidesCaption: true,
                columns: [
                    .init(context.text("이벤트", "Event"), isRowHeader: true),
                    .init(context.text("카메라", "Camera")),
                    .init(context.text("구역", "Zone")),
                    .init(context.text("시각", "When")),
                    .init(context.text("무게", "Weight"), isNumeric: true),
                    .init(context.text("화면에 뜨기까지", "To display"), isNumeric: true),
                    .init(context.text("상태", "State")),
                    .init(context.text("누가", "By")),
                ],
                rows: events.map { row($0.event, $0.camera, context) }
            ),
            in: context
        )
    }

    private func row(_ event: CameraEvent, _ camera: String, _ context: PageContext) -> [HTML] {
        [
            "<a href=\"\(Ways.event(event.id))\">\(event.title(context))</a>",
            "<a href=\"\(Ways.camera(event.camera))\">\(camera)</a>",
            "\(event.zone.orDash)", dateText(event.raisedAt, in: context),
            "\(event.weight.oneDecimal)", "\(event.displayText(context))",
            event.state.tag(context), "\(event.settledByName.orDash)",
        ]
    }
}

extension Double {
    /// The number with one digit behind the point.
    var oneDecimal: String {
        let tenths = (self * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e15 else { return "–" }
        let whole = Int64(tenths)
        return "\(whole / 10).\(abs(whole % 10))"
    }
}

extension CameraEvent {
    /// How long it took to come onto a wall.
    func displayText(_ context: PageContext) -> String {
        guard let surfacedAt else { return "–" }
        let milliseconds = surfacedAt.millisecondsSinceEpoch - raisedAt.millisecondsSinceEpoch
        return context.text(
            "\((Double(milliseconds) / 1000).oneDecimal)초",
            "\((Double(milliseconds) / 1000).oneDecimal) s"
        )
    }
}

/// One event: what was seen, what is to be done, what can be decided.
struct EventPage: Sendable {
    let event: CameraEvent
    let camera: Camera
    let frames: [(number: Int, at: Instant)]
    let procedure: Procedure
    let ticks: [EventSteps.Tick]
    let neighbours: [Neighbour]
    let contacts: [Contact]
    let stepCount: Int
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: event.title(context),
            breadcrumbs: Ways.wallCrumbs(context) + [
                Breadcrumb(title: context.text("이벤트", "Events"), link: Ways.events)
            ],
            lead: """
                <a href="\(Ways.camera(camera.number))">\(camera.name)</a> · \
                \(dateText(event.raisedAt, in: context)) \(event.state.tag(context))
                """,
            main: """
                \(actions(context))\(film(context))\(steps(context))\(told(context))\
                \(around(context))\(facts(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            actions: linkButton(context.text("관제로", "To the wall"), Ways.wall),
            hasErrors: refusal != nil,
            styles: ["cameras.css"]
        )
    }

    private func actions(_ context: PageContext) -> HTML {
        let next = event.state.next.filter { $0 != .falseAlarm && $0 != .missed }
        let buttons = HTML(each: next) { state in
            EventActions.form(
                event,
                state,
                state == next.first ? .primary : .secondary,
                back: "event",
                context
            )
        }
        let falseAlarm: HTML? =
            event.state.next.contains(.falseAlarm)
            ? EventActions.falseAlarm(event, id: "card", back: "event", context) : nil
        guard !next.isEmpty || falseAlarm != nil else { return .empty }
        return """
            <section id="decide"><h2>\(context.text("처리", "Decide"))</h2>\
            <div class="eventacts">\(buttons)\(falseAlarm)</div></section>
            """
    }

    /// The clip as a strip of stills, which works without scripts.
    private func film(_ context: PageContext) -> HTML {
        let days = Clips.keptDays
        let note = context.text(
            "사람을 가린 화면이며 \(days)일 뒤 지웁니다.",
            "People are masked; erased after \(days) days."
        )
        let items = HTML(each: frames) { frame in
            let time = frame.at.rfc3339.dropFirst(11).prefix(8)
            return """
                <li><img src="\(Ways.frame(frame.number, of: event.id))" width="480" height="270" \
                loading="lazy" alt="\(context.text("\(time)의 화면", "The picture at \(time)"))">\
                <small>\(time)</small></li>
                """
        }
        let strip: HTML =
            frames.isEmpty
            ? "<p>\(context.text("보관된 화면이 없습니다.", "No picture is kept."))</p>"
            : "<ol class=\"film\">\(items)</ol><p><small>\(note)</small></p>"
        return section(context.text("화면", "Clip"), strip)
    }

    private func steps(_ context: PageContext) -> HTML {
        let done = Dictionary(ticks.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
        let items = HTML(each: procedure.steps.enumerated()) { place, step in
            let tick = done[step]
            let id = "step-\(place + 1)"
            let words =
                tick == nil
                ? context.text("했음", "Done") : context.text("되돌리기", "Take back")
            let by: HTML? = tick.map {
                "<small>\($0.tickedByName) \(dateText($0.tickedAt, in: context))</small>"
            }
            return """
                <li class="\(tick == nil ? "todo" : "ticked")"><span id="\(id)">\(step)</span> \(by)\
                \(form(
                    action: .path("cameras", "events", String(event.id), "steps"),
                    context: context
                ) {
                    """
                    \(hiddenField("step", step))\(hiddenField("done", tick == nil ? "yes" : "no"))\
                    \(button(words, style: .quiet, more: ["aria-describedby": id]))
                    """
                })</li>
                """
        }
        return section(
            context.text("표준절차", "Procedure"),
            id: "procedure",
            "<ol class=\"procedure\">\(items)</ol>"
        )
    }

    private func told(_ context: PageContext) -> HTML {
        guard event.kind == .crowd, let level = event.level else { return .empty }
        let told = contacts.filter { $0.isTold(at: level) }
        return titledTable(
            context.text("알릴 곳", "Who is told"),
            id: "contacts",
            columns: [
                .init(context.text("어디", "Who"), isRowHeader: true),
                .init(context.text("어떻게", "How")), .init(context.text("단계부터", "From level")),
            ],
            rows: told.map { contact in
                [
                    "\(contact.name)", "\(contact.means.title[context.language])",
                    "\(CrowdLevel(rawValue: contact.level)?.title[context.language])",
                ]
            },
            emptyText: context.text("이 단계에는 알릴 곳이 없습니다.", "Nobody is told at this level."),
            in: context
        )
    }

    private func around(_ context: PageContext) -> HTML {
        section(
            context.text("이웃 화면", "Views around"),
            Neighbour.views(neighbours, context)
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        var rows = event.factors.value.map { factor in
            SummaryList.Row(
                factor.kind.title[context.language],
                "× \((factor.value * 100).rounded() / 100)"
            )
        }
        rows.insert(
            .init(context.text("무게", "Weight"), "\(event.weight.oneDecimal)"),
            at: 0
        )
        let percent = Int((Thresholds.confidence(steps: stepCount) * 100).rounded())
        rows.append(
            .init(
                context.text("이 카메라의 기준", "Threshold here"),
                "\(percent)% (\(context.text("오탐으로 오른 단계", "steps by false alarms")) \(stepCount))"
            )
        )
        if !event.note.isEmpty { rows.append(.init(context.text("메모", "Note"), "\(event.note)")) }
        if let reason = FalseAlarmReason(rawValue: event.reason) {
            let words = reason.title[context.language]
            rows.append(.init(context.text("오탐인 까닭", "Why it was none"), "\(words)"))
        }
        rows.append(
            .init(context.text("화면에 뜨기까지", "Time to display"), "\(event.displayText(context))")
        )
        return section(
            context.text("왜 이 순서인가", "Why it stands here"),
            summaryList(SummaryList(rows), in: context)
        )
    }
}
