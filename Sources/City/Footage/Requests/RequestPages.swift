import Basics
import Store
import Web

/// The addresses of requests.
enum RequestLinks {
    static let all = Link("/footage/requests")
    static let desk = Link("/footage/desk")

    static func own(_ id: String) -> Link { .path("footage", "requests", id) }
    static func desk(_ id: String) -> Link { .path("footage", "desk", id) }
}

extension FootageRequest.State {
    func tag(_ context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .received: .planned
            case .underReview: .active
            case .granted: .done
            case .refused: .refused
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}

/// A person's requests, and the form of a new one.
struct OwnRequestsPage: Sendable {
    let requests: [FootageRequest]
    let cameras: [Camera]
    var form: FormFields?
    var faults: [String: Bilingual] = [:]

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        return Page(
            title: context.text("본인 영상 열람 청구", "Footage of yourself"),
            lead: """
                \(context.text(
                    "시 CCTV에 찍힌 본인의 영상을 볼 수 있습니다. 다른 사람은 모두 가려 드립니다. \(FootageRequest.dueDays)일 안에 답합니다.",
                    "Ask to see footage of yourself from the city's cameras. Everybody else is masked. You get an answer within \(FootageRequest.dueDays) days."))
                """,
            main: """
                \(list(context))\(section(
                    context.text("새 청구", "A new request"),
                    Web.form(action: RequestLinks.all, context: context) {
                        """
                        \(HTML(each: fields) { formField($0, in: context) })\
                        \(buttonRow([button(context.text("청구하기", "Send"))]))
                        """
                    }))
                """,
            notification: faults.isEmpty ? nil : errorSummary(of: fields, in: context),
            hasErrors: !faults.isEmpty
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("내 청구", "Your requests"),
            columns: [
                .init(context.text("번호", "Number"), isRowHeader: true),
                .init(context.text("상태", "State")), .init(context.text("답할 날", "Answer by")),
            ],
            rows: requests.map { request in
                [
                    "<a href=\"\(RequestLinks.own(request.id))\">\(request.number)</a>",
                    request.state.tag(context), dateText(request.dueOn, in: context),
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }

    private func value(_ name: String, _ otherwise: String = "") -> String {
        form.map { $0[name] ?? "" } ?? otherwise
    }

    /// Cameras that are listed to choose from; with more, the number on the sign is typed.
    private static let maximumListedCount = 400

    private func fields(_ context: PageContext) -> [FormField] {
        let camera: FormField.Control =
            cameras.count <= Self.maximumListedCount
            ? .select(
                cameras.map {
                    .init(value: String($0.number), label: "\($0.number) · \($0.name)")
                }
            ) : .text(.number)
        let minutes = [10, 20, 30, FootageRequest.maximumMinutes].map {
            FormField.Choice(value: String($0), label: context.text("\($0)분", "\($0) minutes"))
        }
        var fields = [
            FormField(
                name: "camera",
                label: context.text("카메라", "Camera"),
                control: camera,
                hint: context.text("안내판에 적힌 번호나 곳", "Its number or place, as the sign says"),
                isRequired: true,
                values: [value("camera")]
            ),
            FormField(
                name: "date",
                label: context.text("찍힌 날", "On"),
                control: .date(latest: context.now.date),
                isRequired: true,
                values: [value("date", context.now.date.iso)]
            ),
            FormField(
                name: "time",
                label: context.text("몇 시부터", "From"),
                hint: context.text("예: 14:30", "As in 14:30"),
                isRequired: true,
                values: [value("time")],
                autocomplete: "off",
                maximumLength: 5
            ),
            FormField(
                name: "minutes",
                label: context.text("얼마 동안", "For"),
                control: .radios(minutes),
                isRequired: true,
                values: [value("minutes", "10")]
            ),
            FormField(
                name: "clothes",
                label: context.text("그때의 옷차림과 있던 곳", "What you wore and where you stood"),
                control: .textArea(rowCount: 3),
                isRequired: true,
                values: [value("clothes")],
                maximumLength: FootageRequest.maximumCharacterCount
            ),
            FormField(
                name: "reason",
                label: context.text("까닭", "Why"),
                control: .textArea(rowCount: 2),
                values: [value("reason")],
                maximumLength: FootageRequest.maximumCharacterCount
            ),
        ]
        for index in fields.indices {
            fields[index].error = faults[fields[index].name]?[context.language]
        }
        return fields
    }
}

/// One request as the person sees it.
struct OwnRequestPage: Sendable {
    let request: FootageRequest
    let cameraName: String
    let pictureCount: Int

    func page(in context: PageContext) -> Page {
        Page(
            title: request.number,
            breadcrumbs: [
                Breadcrumb(
                    title: context.text("본인 영상 열람 청구", "Footage of yourself"),
                    link: RequestLinks.all
                )
            ],
            lead: request.state.tag(context),
            main: """
                \(requestFacts(request, cameraName, context))\(pictures(context))
                """
        )
    }

    private func pictures(_ context: PageContext) -> HTML {
        guard pictureCount > 0 else { return .empty }
        let items = HTML(each: 1...pictureCount) { number in
            """
            <li><img src="\(Link.path("footage", "requests", request.id, "pictures", String(number)))" \
            alt="\(context.text("본인 영상 \(number)", "Picture \(number) of you"))"></li>
            """
        }
        return section(
            context.text("영상", "Pictures"),
            """
            <p>\(context.text(
                "결정한 날부터 \(FootageRequest.replyDays)일 동안 볼 수 있고, 그 뒤 파기됩니다.",
                "They stay for \(FootageRequest.replyDays) days after the decision and are erased then."))</p>\
            <ul class="files">\(items)</ul>
            """
        )
    }
}

/// What a request says, for both sides.
func requestFacts(
    _ request: FootageRequest,
    _ cameraName: String,
    _ context: PageContext
) -> HTML {
    var rows: [SummaryList.Row] = [
        .init(context.text("카메라", "Camera"), "\(cameraName)"),
        .init(
            context.text("때", "When"),
            """
            \(dateText(request.startsAt, in: context)) · \
            \(context.text("\(request.minutes)분", "\(request.minutes) minutes"))
            """
        ),
        .init(context.text("옷차림·위치", "Clothes and place"), "\(request.clothes)"),
        .init(context.text("까닭", "Why"), "\(request.reason.isEmpty ? "–" : request.reason)"),
        .init(context.text("답할 날", "Answer by"), dateText(request.dueOn, in: context)),
    ]
    if !request.reply.isEmpty {
        rows.append(.init(context.text("답", "Answer"), "\(request.reply)"))
    }
    if request.state == .refused {
        rows.append(
            .init(
                context.text("이의", "If you disagree"),
                """
                \(context.text(
                    "개인정보 보호법 제38조제5항에 따라 이의를 제기하거나 개인정보 분쟁조정위원회에 조정을 신청할 수 있습니다.",
                    "You may object under the Personal Information Protection Act, or ask the dispute mediation committee."))
                """
            )
        )
    }
    return summaryList(SummaryList(rows), in: context)
}

/// The requests of everybody, what is due first on top.
struct RequestDeskPage: Sendable {
    let requests: [FootageRequest]
    let total: Int
    let number: Int
    let today: LocalDate

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("열람 청구 처리", "Requests for footage"),
            main: """
                \(list(context))\(pagination(
                    Pagination(page: number, itemCount: total, pageSize: FootageRequests.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("청구", "Requests"),
            columns: [
                .init(context.text("번호", "Number"), isRowHeader: true),
                .init(context.text("상태", "State")), .init(context.text("접수", "Received")),
                .init(context.text("답할 날", "Due")),
            ],
            rows: requests.map { request in
                let isLate = request.state.isOpen && request.dueOn < today
                return [
                    "<a href=\"\(RequestLinks.desk(request.id))\">\(request.number)</a>",
                    request.state.tag(context), dateText(request.createdAt, in: context),
                    """
                    \(dateText(request.dueOn, in: context))\(isLate
                        ? statusTag(StatusTag(context.text("기한 지남", "Late"), kind: .attention))
                        : .empty)
                    """,
                ]
            },
            emptyText: context.text("청구가 없습니다.", "There is none."),
            in: context
        )
    }
}

/// One request as the officer who answers it sees it.
struct RequestWorkPage: Sendable {
    let request: FootageRequest
    let cameraName: String
    let matches: [FootageMatch]
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: request.number,
            breadcrumbs: [
                Breadcrumb(
                    title: context.text("열람 청구 처리", "Requests for footage"),
                    link: RequestLinks.desk
                )
            ],
            lead: request.state.tag(context),
            main: "\(requestFacts(request, cameraName, context))\(work(context))",
            notification: refusal.map {
                errorSummary(
                    [FieldError(fieldID: nil, message: $0[context.language])],
                    in: context
                )
            },
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func work(_ context: PageContext) -> HTML {
        switch request.state {
        case .received:
            Web.form(action: step("take"), context: context) {
                buttonRow([button(context.text("맡아서 영상 열기", "Take it up and open the footage"))])
            } + refuse(context)
        case .underReview: grant(context) + refuse(context)
        case .granted, .refused: .empty
        }
    }

    private func step(_ name: String) -> Link { .path("footage", "desk", request.id, name) }

    private func grant(_ context: PageContext) -> HTML {
        let items = HTML(each: matches.enumerated()) { index, match in
            let source = Link.path("footage", "desk", request.id, "pictures", match.token)
            let time = match.at.minuteText.suffix(5)
            return """
                <li><img src="\(source)" alt="\(time)"><div class="choice">\
                <input type="checkbox" id="sighting-\(index)" name="sighting" value="\(match.token)">\
                <label for="sighting-\(index)">\(context.text("\(time) 본인", "\(time), the person"))\
                </label></div></li>
                """
        }
        return section(
            context.text("본인이 나온 사진", "Pictures of the person"),
            Web.form(action: step("grant"), context: context) {
                """
                \(matches.isEmpty
                    ? "<p>\(context.text("그 시각에 찍힌 사람이 없습니다.", "Nobody was seen then."))</p>"
                    : "<ul class=\"files\">\(items)</ul>")\
                \(formField(reply(context, "grant"), in: context))\
                \(buttonRow([button(context.text("가려서 보여 주기", "Show them, others masked"))]))
                """
            }
        )
    }

    private func reply(_ context: PageContext, _ form: String) -> FormField {
        FormField(
            name: "reply",
            label: form == "grant"
                ? context.text("답", "Answer") : context.text("거절하는 까닭", "Why it is refused"),
            control: form == "grant"
                ? .textArea(rowCount: 2)
                : .select(
                    FootageRequest.refusals.map {
                        .init(value: $0.korean, label: $0[context.language])
                    }
                ),
            isRequired: true,
            maximumLength: form == "grant" ? FootageRequest.maximumCharacterCount : nil
        )
    }

    private func refuse(_ context: PageContext) -> HTML {
        var field = reply(context, "refuse")
        field.name = "refusal"
        return section(
            context.text("거절", "Refuse"),
            Web.form(action: step("refuse"), context: context) {
                """
                \(formField(field, in: context))\
                \(buttonRow([button(context.text("거절", "Refuse"), style: .warning)]))
                """
            }
        )
    }
}
