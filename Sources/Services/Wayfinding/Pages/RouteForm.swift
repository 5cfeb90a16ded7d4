import Basics
import CityMap
import Routing
import Web

/// The form of the route page: from where, to where, how one moves.
struct RouteForm: Sendable {
    let question: RouteQuestion
    let from: PlaceAnswer
    let to: PlaceAnswer

    /// What is wrong with the form, in the order of its fields.
    func errors(_ context: PageContext) -> [FieldError] {
        fields(context).compactMap { field in
            field.error.map { FieldError(fieldID: field.id, message: $0) }
        }
    }

    func html(_ context: PageContext) -> HTML {
        form(
            action: WayLinks.home,
            method: .get,
            context: context,
            more: ["data-wayfinding-form": "", "data-places": "/map/places"]
        ) {
            """
            \(end("from", question.from, from, context))\(end("to", question.to, to, context))\
            \(formField(profileField(context), in: context))\
            <details\(isOpen ? " open" as HTML : .empty)><summary>\(context.text(
                "더 보기: 시각·턱·경사·폭·계단", "More: time, steps, slopes, widths, stairs"))</summary>\
            \(HTML(each: timeFields(context) + thresholdFields(context)) {
                formField($0, in: context)
            })</details>\
            \(buttonRow([button(context.text("길 찾기", "Find the way"))]))
            """
        }
    }

    private var isOpen: Bool {
        question.profile.isEdited || question.isConfirmedOnly || !question.faults.isEmpty
            || !question.timeItems.isEmpty
    }

    private func fields(_ context: PageContext) -> [FormField] {
        [
            wordsField("from", question.from, from, context),
            wordsField("to", question.to, to, context),
        ] + timeFields(context) + thresholdFields(context)
    }

    /// When the way is walked: lifts, passages and station exits have hours.
    private func timeFields(_ context: PageContext) -> [FormField] {
        [
            FormField(
                name: "day",
                label: context.text("언제 가나요? (날짜)", "When? (day)"),
                control: .date(),
                hint: context.text("비우면 오늘", "Empty: today"),
                error: question.faults["day"]?[context.language],
                values: [question.unread["day"] ?? question.day?.iso ?? ""]
            ),
            FormField(
                name: "time",
                label: context.text("언제 가나요? (시각)", "When? (time)"),
                hint: context.text(
                    "비우면 지금. 닫힌 승강기·통로·역 출구를 피합니다. 예: 14:30",
                    "Empty: now. Avoids lifts, passages and exits that are closed then, such as 14:30"
                ),
                error: question.faults["time"]?[context.language],
                values: [
                    question.unread["time"] ?? question.minute.map(RouteQuestion.timeText) ?? ""
                ],
                autocomplete: "off",
                maximumLength: 5
            ),
        ]
    }

    /// A field of words, and under it the places that they may mean.
    private func end(
        _ name: String,
        _ end: RouteQuestion.End,
        _ answer: PlaceAnswer,
        _ context: PageContext
    ) -> HTML {
        let field = formField(wordsField(name, end, answer, context), in: context)
        guard case .choices(let places) = answer else {
            return field + (end.choice.map { hiddenField(name + "At", $0) } ?? .empty)
        }
        let choices = placeChoices(
            places,
            name: name + "At",
            words: end.words,
            label: name == "from"
                ? context.text("어느 출발지인가요?", "Which start?")
                : context.text("어느 도착지인가요?", "Which destination?"),
            context
        )
        return field + formField(choices, in: context)
    }

    private func wordsField(
        _ name: String,
        _ end: RouteQuestion.End,
        _ answer: PlaceAnswer,
        _ context: PageContext
    ) -> FormField {
        var error: String?
        switch answer {
        case .unknown:
            error = context.text(
                "‘\(end.words)’을(를) 지도에서 찾지 못했습니다. 다른 이름이나 도로명주소로 적어 주세요.",
                "“\(end.words)” is not on the map. Try another name or the address."
            )
        case .choices:
            error = context.text(
                "‘\(end.words)’이(가) 여러 곳입니다. 아래에서 골라 주세요.",
                "“\(end.words)” means several places. Choose one below."
            )
        case .nothing where !question.from.words.isEmpty || !question.to.words.isEmpty:
            error =
                name == "from"
                ? context.text("출발지를 적어 주세요.", "Give the start.")
                : context.text("도착지를 적어 주세요.", "Give the destination.")
        case .nothing, .place: break
        }
        return FormField(
            name: name,
            label: name == "from"
                ? context.text("출발", "From") : context.text("도착", "To"),
            hint: name == "from"
                ? context.text(
                    "장소 이름, 도로명주소, 또는 위도,경도",
                    "A place, an address, or latitude,longitude"
                )
                : nil,
            error: error,
            isRequired: true,
            values: [end.words],
            autocomplete: "off",
            maximumLength: RouteQuestion.End.maximumCharacterCount
        )
    }

    private func profileField(_ context: PageContext) -> FormField {
        FormField(
            name: "profile",
            label: context.text("어떻게 이동하나요?", "How do you get about?"),
            control: .radios(
                Profile.standard.map { profile in
                    .init(
                        value: profile.name,
                        label: profile.plainTitle[context.language],
                        hint: profile.plainHint[context.language]
                    )
                }
            ),
            isRequired: true,
            values: [question.profile.base.name]
        )
    }

    private func thresholdFields(_ context: PageContext) -> [FormField] {
        let choice = question.profile
        let limits = choice.base.thresholds
        func field(
            _ name: String,
            _ label: String,
            _ usual: String?,
            _ value: String?
        ) -> FormField {
            FormField(
                name: name,
                label: label,
                control: .text(),
                hint: usual.map { context.text("이 프로필의 기준은 \($0)", "The profile says \($0)") }
                    ?? context.text("이 프로필은 따지지 않습니다", "The profile does not mind"),
                error: question.faults[name]?[context.language],
                values: [value ?? ""],
                autocomplete: "off",
                maximumLength: 6
            )
        }
        return [
            field(
                "step",
                context.text("피할 턱·단차 (cm 이상)", "Steps to avoid (cm or more)"),
                limits.kerbMillimetres.map { "\((Double($0) / 10).short) cm" },
                choice.stepCentimetres?.short
            ),
            field(
                "slope",
                context.text("피할 경사 (% 이상)", "Slopes to avoid (% or more)"),
                limits.uphillPermille.map { "\((Double($0) / 10).short) %" },
                choice.slopePercent?.short
            ),
            field(
                "width",
                context.text("피할 좁은 길 (폭 cm 이하)", "Narrow ways to avoid (cm or less)"),
                limits.widthCentimetres.map { "\($0) cm" },
                choice.widthCentimetres.map { String($0) }
            ),
            FormField(
                name: "stairs",
                label: context.text("계단", "Stairs"),
                control: .select([
                    .init(value: "", label: context.text("프로필대로", "As the profile says")),
                    .init(value: "avoid", label: context.text("피하기", "Avoid")),
                    .init(value: "allow", label: context.text("괜찮음", "Allow")),
                ]),
                values: [choice.stairs?.rawValue ?? ""]
            ),
            FormField(
                name: "known",
                label: context.text("확인된 길", "Confirmed ways"),
                control: .checkboxes([
                    .init(
                        value: "1",
                        label: context.text("확인된 길만", "Confirmed ways only"),
                        hint: context.text(
                            "폭·경사·턱이 확인되지 않은 길은 다른 길이 없을 때만 지납니다.",
                            "Ways of unknown width, slope or kerb are a last resort."
                        )
                    )
                ]),
                values: question.isConfirmedOnly ? ["1"] : []
            ),
        ]
    }
}
