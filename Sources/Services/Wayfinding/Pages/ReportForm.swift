import Basics
import CityMap
import Routing
import Web

/// The form by which anybody reports a barrier.
struct ReportFormPage: Sendable {
    /// What was typed, or where the link came from.
    var kind: ReportKind?
    var place: RouteQuestion.End
    var text = ""
    var answer: PlaceAnswer
    /// What is wrong, by field.
    var faults: [String: Bilingual] = [:]
    var isSignedIn = false
    var idempotencyKey = ""

    func page(in context: PageContext) -> Page {
        let fields = [placeField(context), kindField(context), textField(context), photo(context)]
        return Page(
            title: context.text("보행 불편 신고", "Report a barrier"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            lead: HTML(
                text: context.text(
                    "신고하면 바로 모든 길찾기가 그곳을 ‘미확인’으로 피해 갑니다. 담당자가 확인해 고치고, 어떻게 되었는지 알려 드립니다.",
                    "Routes avoid the place as “unconfirmed” at once. An officer checks it and you see how it goes."
                )
            ),
            main: """
                \(form(
                    action: WayLinks.report,
                    context: context,
                    idempotencyKey: idempotencyKey,
                    takesFiles: true,
                    more: ["data-wayfinding-form": "", "data-places": "/map/places"]
                ) {
                    """
                    \(formField(fields[0], in: context))\(choices(context))\
                    \(HTML(each: fields.dropFirst()) { formField($0, in: context) })\
                    \(buttonRow([button(context.text("신고하기", "Report"))]))
                    """
                })\(afterwards(context))
                """,
            notification: faults.isEmpty && fields.allSatisfy { $0.error == nil }
                ? nil : errorSummary(of: fields, in: context),
            hasErrors: !faults.isEmpty,
            scripts: ["wayfinding.js"]
        )
    }

    private func placeField(_ context: PageContext) -> FormField {
        var error = faults["place"]?[context.language]
        switch answer {
        case .unknown:
            error = context.text("지도에서 찾지 못한 곳입니다.", "The place is not on the map.")
        case .choices: error = context.text("여러 곳입니다. 골라 주세요.", "Several places: choose one.")
        case .nothing, .place: break
        }
        return FormField(
            name: "place",
            label: context.text("어디인가요?", "Where is it?"),
            hint: context.text(
                "장소 이름, 도로명주소, 또는 위도,경도. 위치를 켜면 지금 있는 곳을 넣을 수 있습니다.",
                "A place, an address, or latitude,longitude."
            ),
            error: error,
            isRequired: true,
            values: [place.words],
            autocomplete: "off",
            maximumLength: RouteQuestion.End.maximumCharacterCount
        )
    }

    private func choices(_ context: PageContext) -> HTML {
        guard case .choices(let places) = answer else {
            return place.choice.map { hiddenField("placeAt", $0) } ?? .empty
        }
        return formField(
            placeChoices(
                places,
                name: "placeAt",
                words: place.words,
                label: context.text("어느 곳인가요?", "Which place?"),
                context
            ),
            in: context
        )
    }

    private func kindField(_ context: PageContext) -> FormField {
        FormField(
            name: "kind",
            label: context.text("무엇이 불편한가요?", "What is it?"),
            control: .radios(
                ReportKind.allCases.map {
                    .init(value: $0.rawValue, label: $0.title[context.language])
                }
            ),
            error: faults["kind"]?[context.language],
            isRequired: true,
            values: kind.map { [$0.rawValue] } ?? []
        )
    }

    private func textField(_ context: PageContext) -> FormField {
        FormField(
            name: "text",
            label: context.text("설명", "Description"),
            control: .textArea(rowCount: 3),
            hint: context.text(
                "이름이나 전화번호는 적지 마세요.",
                "Please give no names or telephone numbers."
            ),
            error: faults["text"]?[context.language],
            values: [text],
            maximumLength: BarrierReport.maximumTextCharacterCount
        )
    }

    private func photo(_ context: PageContext) -> FormField {
        FormField(
            name: "photo",
            label: context.text("사진", "Photo"),
            control: .file(
                FileUpload(
                    acceptedTypes: ReportPhoto.endings,
                    maximumByteCount: ReportPhoto.maximumByteCount
                )
            ),
            hint: context.text(
                "담당자만 봅니다. 사람 얼굴이 나오지 않게 찍어 주세요.",
                "Only officers see it. Please keep faces out of it."
            ),
            error: faults["photo"]?[context.language]
        )
    }

    private func afterwards(_ context: PageContext) -> HTML {
        """
        <p class="hint">\(isSignedIn
            ? context.text(
                "처리 상황은 알림으로 알려 드립니다.", "You will be told by notices how it goes.")
            : context.text(
                "로그인하지 않아도 됩니다. 접수번호와 확인 코드로 처리 상황을 볼 수 있습니다.",
                "No account is needed: a number and a code show how it goes."))</p>\
        <p><a href="\(WayLinks.status)">\(context.text("내 신고 보기", "See a report"))</a></p>
        """
    }
}

/// The places that words may mean, to choose from.
func placeChoices(
    _ places: [MapPlace],
    name: String,
    words: String,
    label: String,
    _ context: PageContext
) -> FormField {
    FormField(
        name: name,
        label: label,
        control: .radios(
            places.map { place in
                .init(
                    value: "\(place.position.words) \(words)",
                    label: place.name,
                    hint: [place.kind.title[context.language], place.address]
                        .filter { !$0.isEmpty && $0 != place.name }.joined(separator: " · ")
                )
            }
        ),
        isRequired: true
    )
}
