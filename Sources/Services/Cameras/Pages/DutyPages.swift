import Basics
import City
import Footage
import Store
import Vision
import Web

/// The log of shifts: what is handed over now, and what was.
struct HandoverPage: Sendable {
    let entries: [Handover]
    let total: Int
    let number: Int
    let counts: [CameraEvent.State: Int]
    let actorID: String
    var refusal: Bilingual?
    var typed: FormFields?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("근무일지", "Handover log"),
            breadcrumbs: Ways.wallCrumbs(context),
            main: """
                \(Ways.tabs(Ways.handover, context))\(write(context))\(log(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Handovers.pageSize),
                    in: context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func write(_ context: PageContext) -> HTML {
        let open = counts.filter { $0.key.isPending }.reduce(0) { $0 + $1.value }
        let words = context.text(
            "지난 8시간: \(Self.summary(counts, context)). 넘길 이벤트 \(open)건.",
            "The last 8 hours: \(Self.summary(counts, context)). \(open) events to hand over."
        )
        let fields = [
            FormField(
                name: "shift",
                label: context.text("근무", "Shift"),
                control: .select(
                    Handover.Shift.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[context.language])
                    }
                ),
                isRequired: true,
                values: [typed?["shift"] ?? Handover.Shift.at(context.now).rawValue]
            ),
            FormField(
                name: "note",
                label: context.text("넘겨줄 내용", "What the next shift has to know"),
                control: .textArea(rowCount: 4),
                hint: context.text(
                    "사람의 이름이나 연락처는 적지 마세요.",
                    "No names or numbers of persons."
                ),
                isRequired: true,
                values: [typed?["note"] ?? ""],
                maximumLength: Handover.maximumNoteCharacterCount
            ),
        ]
        return section(
            context.text("인계하기", "Hand over"),
            """
            <p>\(words)</p>\(form(
                action: Ways.handover, context: context, draft: "cameras-handover"
            ) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("적어 두기", "Write it down"))]))
                """
            })
            """
        )
    }

    /// How many events there were, in a line.
    static func summary(_ counts: [CameraEvent.State: Int], _ context: PageContext) -> String {
        let parts = CameraEvent.State.allCases.compactMap { state in
            counts[state].map { "\(state.title[context.language]) \($0)" }
        }
        return parts.isEmpty
            ? context.text("이벤트 없음", "no events") : parts.joined(separator: ", ")
    }

    private func log(_ context: PageContext) -> HTML {
        let events = entries.map { entry in
            let taken: HTML =
                entry.takenAt.map {
                    """
                    <p>\(context.text("인수", "Taken over by")): \(entry.takenByName) \
                    \(dateText($0, in: context))</p>
                    """
                }
                ?? (entry.writtenBy == actorID
                    ? "<p>\(context.text("인수를 기다립니다.", "Waits to be taken over."))</p>"
                    : form(
                        action: .path("cameras", "handover", entry.id, "take"),
                        context: context
                    ) { button(context.text("인수 확인", "Take over"), style: .secondary) })
            let counts = Dictionary(
                entry.counts.value.compactMap { name, count in
                    CameraEvent.State(rawValue: name).map { ($0, count) }
                },
                uniquingKeysWith: +
            )
            let shift = entry.shift.title[context.language]
            return TimelineEvent(
                title: "\(entry.shiftOn.iso) \(shift) · \(entry.writtenByName)",
                time: dateText(entry.writtenAt, in: context),
                body: """
                    <p>\(entry.note)</p><p><small>\(Self.summary(counts, context)) · \
                    \(context.text("넘긴 이벤트", "handed over")) \(entry.openEventCount)</small></p>\
                    \(taken)
                    """
            )
        }
        let none = "<p>\(context.text("아직 적은 일지가 없습니다.", "Nothing was written yet."))</p>" as HTML
        return section(
            context.text("일지", "Log"),
            id: "log",
            events.isEmpty ? none : timeline(events, in: context)
        )
    }
}

/// The procedures, one a kind of event; the supervisor writes them.
struct ProcedurePage: Sendable {
    let procedures: [Procedure]
    let canWrite: Bool
    var refusal: (kind: EventKind, message: Bilingual, text: String)?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("표준절차", "Procedures"),
            breadcrumbs: Ways.wallCrumbs(context),
            lead: HTML(
                text: context.text(
                    "이벤트 종류마다 무엇을 차례로 하는지 정합니다. 이벤트 화면에서 하나씩 표시합니다.",
                    "What is done, in order, for each kind of event; ticked on the event's page."
                )
            ),
            main: """
                \(Ways.tabs(Ways.procedures, context))\
                \(HTML(each: procedures) { one($0, context) })
                """,
            notification: refusalBanner(refusal?.message, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func one(_ procedure: Procedure, _ context: PageContext) -> HTML {
        let kind = procedure.kind
        let steps = HTML(each: procedure.steps) { "<li>\($0)</li>" }
        let by: HTML? = procedure.updatedAt.map { at in
            "<p><small>\(procedure.updatedByName) \(dateText(at, in: context))</small></p>"
        }
        return section(
            kind.title[context.language],
            id: kind.rawValue,
            "<ol>\(steps)</ol>\(by)\(editor(procedure, context))"
        )
    }

    private func editor(_ procedure: Procedure, _ context: PageContext) -> HTML {
        guard canWrite else { return .empty }
        let kind = procedure.kind
        let isRefused = refusal?.kind == kind
        let text = isRefused ? refusal?.text ?? "" : procedure.steps.joined(separator: "\n")
        let field = FormField(
            name: "steps",
            label: context.text(
                "\(kind.title.korean): 한 줄에 한 단계",
                "\(kind.title.english): one step on each line"
            ),
            control: .textArea(rowCount: 5),
            error: isRefused ? refusal?.message[context.language] : nil,
            isRequired: true,
            values: [text]
        )
        // Each form has its own field, whose identifier the kind makes unique.
        var named = field
        named.name = "steps.\(kind.rawValue)"
        let words = context.text("절차 고치기", "Change the procedure")
        return """
            <details\(isRefused ? " open" as HTML : .empty)><summary>\(words)\
            <span class="unseen"> \(kind.title[context.language])</span></summary>\(form(
                action: .path("cameras", "procedures", kind.rawValue), context: context
            ) {
                """
                \(formField(named, in: context))\(buttonRow([
                    button(context.text("저장", "Save")),
                    button(context.text("처음 절차로", "Back to the first"), style: .quiet,
                        name: "reset", value: "yes"),
                ]))
                """
            })</details>
            """
    }
}

/// Crowds on the map, in four levels, and who is told at which.
struct CrowdPage: Sendable {
    /// How far back a crowd's last level counts, in minutes.
    static let shownMinutes = 30

    let cameras: [(camera: Camera, level: Int, density: Double?, ring: [MapFrame.Position])]
    let contacts: [Contact]
    let canWrite: Bool
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("인파", "Crowds"),
            breadcrumbs: Ways.wallCrumbs(context),
            lead: HTML(
                text: context.text(
                    "1㎡에 있는 사람 수로 관심·주의·경계·심각 네 단계를 봅니다. 기준은 카메라마다 규칙에서 정합니다.",
                    "Four levels by people on a square metre; limits are set in each camera's rules."
                )
            ),
            main: """
                \(Ways.tabs(Ways.crowd, context))\(map(context))\(list(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func words(_ level: Int, _ density: Double?, _ context: PageContext) -> String {
        let title = CrowdLevel(rawValue: level)?.title[context.language] ?? "–"
        guard let density else { return title }
        return "\(title) · \(density.oneDecimal)\(context.text("명/㎡", " people/m²"))"
    }

    private func map(_ context: PageContext) -> HTML {
        let levels = CrowdLevel.allCases.filter { $0 != .calm }.reversed()
        return section(
            context.text("지금", "Now"),
            mapFrame(
                MapFrame(
                    caption: ChartCaption(
                        id: "crowd-map",
                        title: context.text("밀집을 재는 카메라", "Cameras that measure crowds"),
                        summary: context.text(
                            "지난 \(Self.shownMinutes)분의 마지막 단계입니다.",
                            "The last level of \(Self.shownMinutes) minutes."
                        )
                    ),
                    nameTitle: context.text("카메라", "Camera"),
                    noteTitle: context.text("단계", "Level"),
                    areas: cameras.map { one in
                        MapFrame.Area(
                            name: one.camera.name,
                            rings: [one.ring],
                            level: 4 - max(1, one.level),
                            link: Ways.camera(one.camera.number),
                            note: "\(words(one.level, one.density, context))"
                        )
                    },
                    levels: levels.map { $0.title[context.language] }
                ),
                in: context
            )
        )
    }

    private func list(_ context: PageContext) -> HTML {
        var columns: [DataTable.Column] = [
            .init(context.text("어디", "Who"), isRowHeader: true),
            .init(context.text("어떻게", "How")), .init(context.text("단계부터", "From level")),
        ]
        if canWrite { columns.append(.init(context.text("빼기", "Remove"))) }
        return titledTable(
            context.text("비상연락망", "Who is told"),
            id: "contacts",
            columns: columns,
            rows: contacts.map { contact in
                let cells: [HTML] = [
                    "\(contact.name)", "\(contact.means.title[context.language])",
                    "\(CrowdLevel(rawValue: contact.level)?.title[context.language])",
                ]
                guard canWrite else { return cells }
                let remove = form(
                    action: .path("cameras", "contacts", contact.id, "remove"),
                    context: context
                ) {
                    button(
                        context.text("빼기", "Remove"),
                        style: .quiet,
                        more: [
                            "aria-label": context.text(
                                "\(contact.name) 빼기",
                                "Remove \(contact.name)"
                            )
                        ]
                    )
                }
                return cells + [remove]
            },
            emptyText: context.text("아직 아무도 없습니다.", "Nobody yet."),
            in: context,
            more: canWrite ? add(context) : .empty
        )
    }

    private func add(_ context: PageContext) -> HTML {
        let fields = [
            FormField(
                name: "name",
                label: context.text("부서·기관", "Office"),
                hint: context.text("사람 이름이나 번호는 적지 마세요.", "No person's name or number."),
                isRequired: true,
                autocomplete: "off",
                maximumLength: Contact.maximumNameCharacterCount
            ),
            FormField(
                name: "means",
                label: context.text("어떻게", "How"),
                control: .select(
                    Contact.Means.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[context.language])
                    }
                ),
                isRequired: true
            ),
            FormField(
                name: "level",
                label: context.text("단계부터", "From level"),
                control: .select(
                    CrowdLevel.allCases.filter { $0 != .calm }.map {
                        .init(value: String($0.rawValue), label: $0.title[context.language])
                    }
                ),
                isRequired: true
            ),
        ]
        return form(action: Link("/cameras/contacts"), context: context) {
            """
            <div class="entry">\(HTML(each: fields) { formField($0, in: context) })</div>\
            \(buttonRow([button(context.text("더하기", "Add"), style: .secondary)]))
            """
        }
    }
}
