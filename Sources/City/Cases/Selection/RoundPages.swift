import Basics
import Drawing
import Eligibility
import Identity
import Store
import Web

/// A round for officers: who qualifies, and how the places are given out.
struct DeskRoundPage: Sendable {
    let round: CaseRound
    let procedure: CaseProcedure
    let entrants: [SelectionPlan.Entrant]
    /// Cases that have to be decided first.
    let openCount: Int
    let strata: [DrawStratum]
    let draws: [CaseDraw]
    let counts: [SelectionPlace.Outcome: Int]
    /// Whether the reader may give places out.
    let mayDecide: Bool
    var fault: Bilingual?

    private var link: Link { .path("desk", "rounds", round.id) }

    func page(in context: PageContext) -> Page {
        Page(
            title: "\(procedure.title[context.language]) \(round.title.value[context.language])",
            breadcrumbs: [
                Desk.crumb(context), DeskProceduresPage.crumb(context),
                Breadcrumb(
                    title: procedure.title[context.language],
                    link: .path("desk", "procedures", procedure.id)
                ),
            ],
            lead: """
                \(round.state.tag(in: context)) \(dateText(round.opens, in: context)) – \
                \(dateText(round.closes, in: context))
                """,
            main: "\(complaint(context))\(figures(context))\(drawList(context))\(work(context))",
            density: .operator,
            hasErrors: fault != nil
        )
    }

    private func complaint(_ context: PageContext) -> HTML? {
        fault.map {
            notificationBanner(NotificationBanner(kind: .warning, title: $0[context.language]))
        }
    }

    private func figures(_ context: PageContext) -> HTML {
        func figure(_ korean: String, _ english: String, _ count: Int?) -> KeyFigure {
            KeyFigure(
                label: context.text(korean, english),
                value: count?.grouped ?? "–",
                unit: count == nil ? "" : context.text("건", "")
            )
        }
        return keyFigures([
            figure("자리", "Places", round.places),
            figure("검토가 남은 신청", "Still to be reviewed", openCount),
            figure("선정 대기", "Waiting for selection", entrants.count),
            figure("선정", "Selected", counts[.selected] ?? 0),
            figure("예비", "On the waiting list", counts[.waiting] ?? 0),
        ])
    }

    private func drawList(_ context: PageContext) -> HTML {
        guard !draws.isEmpty else { return .empty }
        return titledTable(
            context.text("추첨", "Draws"),
            columns: [
                .init(context.text("추첨", "Draw"), isRowHeader: true),
                .init(context.text("단계", "Stage")),
            ],
            rows: draws.map {
                ["<a href=\"\($0.deskLink)\">\($0.id)</a>", $0.state.tag(in: context)]
            },
            in: context
        )
    }

    private func work(_ context: PageContext) -> HTML {
        guard mayDecide, round.state != .selected, !entrants.isEmpty else { return .empty }
        return procedure.selection == .draw ? preparation(context) : order(context)
    }

    private func preparation(_ context: PageContext) -> HTML {
        let fields = strata.flatMap { stratum in
            [
                FormField(
                    name: "places\(stratum.id)",
                    label: context.text("\(stratum.name): 자리", "\(stratum.name): places"),
                    control: .text(.number),
                    isRequired: true,
                    values: [String(stratum.places)]
                ),
                FormField(
                    name: "waiting\(stratum.id)",
                    label: context.text("\(stratum.name): 예비", "\(stratum.name): waiting list"),
                    control: .text(.number),
                    isRequired: true,
                    values: [String(stratum.waiting)]
                ),
            ]
        }
        return section(
            context.text("추첨 준비", "Prepare the draw"),
            form(action: Link(link.target + "/draws"), context: context) {
                """
                \(HTML(each: fields + Self.publicValue(context)) { formField($0, in: context) })\
                \(button(context.text("추첨 만들기", "Make the draw")))
                """
            }
        )
    }

    private func order(_ context: PageContext) -> HTML {
        let waiting = FormField(
            name: "waiting",
            label: context.text("예비 인원", "Length of the waiting list"),
            control: .text(.number),
            isRequired: true,
            values: [String(round.places ?? 0)]
        )
        let way =
            procedure.selection == .points
            ? context.text("점수가 높은 순", "By points, the highest first")
            : procedure.selection == .lowestIncome
                ? context.text("소득이 낮은 순", "By income, the lowest first")
                : context.text("신청순", "By the time of the application")
        return section(
            context.text("순위대로 선정", "Select by order"),
            """
            <p>\(way) · \(context.text(
                "마지막 자리에 동점자가 있으면 그들끼리 추첨합니다.",
                "Where equals stand at the last place, a draw decides among them."))</p>\
            \(form(action: Link(link.target + "/select"), context: context) {
                """
                \(HTML(each: [waiting] + Self.publicValue(context)) { formField($0, in: context) })\
                \(button(context.text("선정", "Select")))
                """
            })
            """
        )
    }

    /// What the seed of a draw comes from.
    private static func publicValue(_ context: PageContext) -> [FormField] {
        [
            FormField(
                name: "input",
                label: context.text("시드가 되는 공개값", "Public value of the seed"),
                hint: context.text(
                    "내일 이후에 나오고 아무도 미리 알 수 없는 값입니다.",
                    "It appears after today, and nobody can know it before."
                ),
                isRequired: true,
                values: ["로또 6/45 당첨번호"],
                maximumLength: 200
            ),
            FormField(
                name: "form",
                label: context.text("형식", "Form"),
                control: .select([
                    .init(
                        value: InputForm.set.rawValue,
                        label: context.text("숫자 묶음", "Set of numbers")
                    ),
                    .init(value: InputForm.number.rawValue, label: context.text("숫자 하나", "Number")),
                    .init(
                        value: InputForm.sequence.rawValue,
                        label: context.text("순서 있는 숫자", "Numbers in order")
                    ),
                    .init(value: InputForm.text.rawValue, label: context.text("글자", "Text")),
                ]),
                isRequired: true,
                values: [InputForm.set.rawValue]
            ),
            FormField(
                name: "publishedOn",
                label: context.text("나오는 날", "Day on which it appears"),
                control: .date(earliest: context.now.date.adding(days: 1)),
                isRequired: true
            ),
        ]
    }
}

extension CaseRound.State {
    /// The state in words.
    var title: Bilingual {
        switch self {
        case .running: Bilingual("접수 중", "Taking applications")
        case .closed: Bilingual("접수 마감", "Closed")
        case .selected: Bilingual("선정 끝", "Selected")
        }
    }

    func tag(in context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .running: .active
            case .closed: .planned
            case .selected: .done
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}

/// A draw for officers: seal, publish, show the secrets, draw.
struct DeskDrawPage: Sendable {
    let draw: CaseDraw
    let actor: Actor
    /// The secret that was made for the reader just now; it is shown this once.
    var secret: HexBytes?
    var fault: Bilingual?

    private var mine: CaseDraw.Official? {
        draw.officials.value.first { $0.accountID == actor.id }
    }

    private func link(_ step: String) -> Link { Link(draw.deskLink.target + "/" + step) }

    func page(in context: PageContext) -> Page {
        Page(
            title: draw.title,
            breadcrumbs: [
                Desk.crumb(context), DeskProceduresPage.crumb(context),
                Breadcrumb(
                    title: context.text("회차", "Round"),
                    link: .path("desk", "rounds", draw.roundID)
                ),
            ],
            lead: "\(draw.state.tag(in: context)) <code class=\"hash\">\(draw.id)</code>",
            main: """
                \(complaint(context))\(secretNote(context))\(officials(context))\(work(context))
                """,
            density: .operator,
            actions: draw.committedAt == nil
                ? nil : linkButton(context.text("공개 페이지", "Public page"), draw.link),
            hasErrors: fault != nil
        )
    }

    private func complaint(_ context: PageContext) -> HTML? {
        fault.map {
            notificationBanner(NotificationBanner(kind: .warning, title: $0[context.language]))
        }
    }

    private func secretNote(_ context: PageContext) -> HTML? {
        secret.map { secret in
            notificationBanner(
                NotificationBanner(
                    kind: .warning,
                    title: context.text(
                        "이 비밀값을 지금 적어 두세요. 다시 보여 주지 않습니다.",
                        "Keep this secret now; it is not shown again."
                    ),
                    body: "<code class=\"hash\">\(secret.hex)</code>"
                )
            )
        }
    }

    private func officials(_ context: PageContext) -> HTML {
        titledTable(
            context.text("봉인", "Seals"),
            columns: [
                .init(context.text("담당자", "Official"), isRowHeader: true),
                .init(context.text("봉인값", "Commitment"), isWide: true),
                .init(context.text("비밀값", "Secret")),
            ],
            rows: draw.officials.value.map { official in
                [
                    "\(official.name)", "<code class=\"hash\">\(official.commitment.hex)</code>",
                    official.secret == nil
                        ? "\(context.text("아직", "Not yet"))"
                        : "\(context.text("밝힘", "Shown"))",
                ]
            },
            emptyText: context.text(
                "담당자 \(CaseDraw.minimumOfficialCount)명 이상이 봉인해야 합니다.",
                "At least \(CaseDraw.minimumOfficialCount) officials have to seal."
            ),
            in: context
        )
    }

    private func work(_ context: PageContext) -> HTML {
        switch draw.state {
        case .preparing: sealing(context) + publication(context)
        case .committed: revealing(context) + completion(context)
        case .completed: .empty
        }
    }

    private func sealing(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "commitment",
            label: context.text("내가 만든 봉인값", "A seal of my own"),
            hint: context.text(
                "haechi draw seal로 만든 값입니다. 비우면 여기서 비밀값을 만들어 한 번 보여 줍니다.",
                "Made with haechi draw seal. Empty: a secret is made here and shown once."
            ),
            autocomplete: "off"
        )
        let title =
            mine == nil
            ? context.text("내 이름으로 봉인", "Seal in my name")
            : context.text("다시 봉인", "Seal anew")
        return section(
            title,
            form(action: link("seal"), context: context) {
                "\(formField(field, in: context))\(button(title, style: .secondary))"
            }
        )
    }

    private func publication(_ context: PageContext) -> HTML {
        guard draw.officials.value.count >= CaseDraw.minimumOfficialCount,
            actor.may(.caseApprover, in: draw.organizationID)
        else { return .empty }
        return section(
            context.text("약속값 공개", "Publish the commitment"),
            """
            <p>\(context.text(
                "공개하면 명단과 규칙, 봉인을 바꿀 수 없습니다.",
                "After this, list, rule and seals cannot be changed."))</p>\
            \(form(action: link("commit"), context: context) {
                button(context.text("공개", "Publish"))
            })
            """
        )
    }

    private func revealing(_ context: PageContext) -> HTML {
        guard let mine, mine.secret == nil else { return .empty }
        let field = FormField(
            name: "secret",
            label: context.text("비밀값(16진수 64자리)", "Secret (64 hexadecimal digits)"),
            isRequired: true,
            autocomplete: "off",
            maximumLength: 64
        )
        return section(
            context.text("내 비밀값 밝히기", "Show my secret"),
            form(action: link("reveal"), context: context) {
                "\(formField(field, in: context))\(button(context.text("밝히기", "Show")))"
            }
        )
    }

    private func completion(_ context: PageContext) -> HTML {
        guard actor.may(.caseApprover, in: draw.organizationID) else { return .empty }
        let fields = draw.inputs.value.enumerated().map { index, input in
            FormField(
                name: "input\(index)",
                label: input.name,
                hint: context.text(
                    "\(input.publishedOn.iso)에 나온 값",
                    "As of \(input.publishedOn.iso)"
                ),
                isRequired: true,
                maximumLength: 200
            )
        }
        return section(
            context.text("추첨", "Draw"),
            form(action: link("complete"), context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(button(context.text("추첨하고 결과 알리기", "Draw and tell everybody")))
                """
            }
        )
    }
}
