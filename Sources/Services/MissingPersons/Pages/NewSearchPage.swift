import Basics
import Footage
import Vision
import Web

/// The form that opens a search.
struct NewSearchPage: Sendable {
    /// Cameras that are listed to choose from; with more, the number is typed.
    static let maximumListedCount = 400

    let cameras: [Camera]
    var form: FormFields?
    var faults: [String: Bilingual] = [:]

    private func value(_ name: String, _ otherwise: String = "") -> String {
        form.map { $0[name] ?? "" } ?? otherwise
    }

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        return Page(
            title: context.text("수색 접수", "Open a search"),
            breadcrumbs: Ways.crumbs(context: context),
            lead: """
                \(context.text(
                    "실종아동등(아동, 치매환자, 지적·자폐성·정신장애인)만 찾을 수 있습니다. 얼굴은 비교하지 않고, 옷차림과 시각만 봅니다.",
                    "For children, people with dementia and people with certain disabilities only. Faces are never compared: clothes and times are."))
                """,
            main: """
                \(Web.form(action: Ways.new, context: context) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(buttonRow([button(context.text("접수하기", "Open"))]))
                    """
                })
                """,
            notification: faults.isEmpty ? nil : errorSummary(of: fields, in: context),
            density: .operator,
            hasErrors: !faults.isEmpty
        )
    }

    private func fields(_ context: PageContext) -> [FormField] {
        var fields = report(context) + person(context) + reach(context)
        for index in fields.indices {
            fields[index].error = faults[fields[index].name]?[context.language]
        }
        return fields
    }

    private func report(_ context: PageContext) -> [FormField] {
        [
            FormField(
                name: "kind",
                label: context.text("실종 유형", "Who is missing"),
                control: .radios(
                    MissingKind.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[context.language])
                    }
                ),
                isRequired: true,
                values: [value("kind")]
            ),
            FormField(
                name: "reportNumber",
                label: context.text("신고번호", "Number of the report"),
                isRequired: true,
                values: [value("reportNumber")],
                autocomplete: "off",
                maximumLength: MissingPerson.maximumLineCharacterCount
            ),
            FormField(
                name: "requester",
                label: context.text("요청 기관·담당자", "Asked by"),
                hint: context.text("예: ○○경찰서 여성청소년과", "The police station and unit"),
                isRequired: true,
                values: [value("requester")],
                autocomplete: "off",
                maximumLength: MissingPerson.maximumLineCharacterCount
            ),
            FormField(
                name: "basis",
                label: context.text("법적 근거", "Legal ground"),
                control: .radios(
                    LegalBasis.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[context.language])
                    }
                ),
                isRequired: true,
                values: [value("basis", LegalBasis.policeRequest.rawValue)]
            ),
        ]
    }

    private func person(_ context: PageContext) -> [FormField] {
        [
            FormField(
                name: "alias",
                label: context.text("부르는 이름", "What they are called"),
                hint: context.text("이름의 일부나 별칭. 성명은 적지 않습니다.", "A given name or an alias."),
                isRequired: true,
                values: [value("alias")],
                autocomplete: "off",
                maximumLength: MissingPerson.maximumLineCharacterCount
            ),
            FormField(
                name: "description",
                label: context.text("인상착의", "Description"),
                control: .textArea(rowCount: 3),
                hint: context.text(
                    "옷, 모자, 소지품, 키, 걸음걸이",
                    "Clothes, hat, what they carry, height, how they walk"
                ),
                values: [value("description")],
                maximumLength: MissingPerson.maximumDescriptionCharacterCount
            ),
            colourField("upper", context.text("상의 색", "Upper clothes"), value("upper"), context),
            colourField("lower", context.text("하의 색", "Lower clothes"), value("lower"), context),
            FormField(
                name: "place",
                label: context.text("마지막으로 본 곳", "Last seen at"),
                isRequired: true,
                values: [value("place")],
                autocomplete: "off",
                maximumLength: MissingPerson.maximumLineCharacterCount
            ),
            cameraField(context),
            FormField(
                name: "date",
                label: context.text("마지막으로 본 날", "On"),
                control: .date(latest: context.now.date),
                isRequired: true,
                values: [value("date", context.now.date.iso)]
            ),
            FormField(
                name: "time",
                label: context.text("마지막으로 본 시각", "At"),
                hint: context.text("예: 14:30", "As in 14:30"),
                isRequired: true,
                values: [value("time")],
                autocomplete: "off",
                maximumLength: 5
            ),
        ]
    }

    private func cameraField(_ context: PageContext) -> FormField {
        let label = context.text("그곳에서 가까운 카메라", "The camera next to it")
        guard cameras.count <= Self.maximumListedCount else {
            return FormField(
                name: "camera",
                label: label,
                control: .text(.number),
                hint: context.text("카메라 번호", "Its number"),
                isRequired: true,
                values: [value("camera")]
            )
        }
        let choices = cameras.map { camera in
            FormField.Choice(
                value: String(camera.number),
                label: "\(camera.number) · \(camera.name)"
            )
        }
        return FormField(
            name: "camera",
            label: label,
            control: .select(choices),
            isRequired: true,
            values: [value("camera")]
        )
    }

    private func reach(_ context: PageContext) -> [FormField] {
        let meters = SearchForm.radii.map { radius in
            FormField.Choice(
                value: String(radius),
                label: context.text("그곳에서 \(radius)m 안", "Within \(radius) m")
            )
        }
        let city = FormField.Choice(
            value: "city",
            label: context.text("도시 전체", "The whole city"),
            hint: context.text("다른 승인자가 승인해야 합니다.", "A second person has to approve.")
        )
        return [
            FormField(
                name: "area",
                label: context.text("찾을 범위", "Where to look"),
                control: .radios(meters + [city]),
                isRequired: true,
                values: [value("area", String(SearchForm.radii[1]))]
            ),
            FormField(
                name: "hours",
                label: context.text("지금부터 찾을 시간", "For how long from now"),
                control: .radios(SearchForm.hourChoices(context)),
                isRequired: true,
                values: [value("hours", String(SearchForm.hours[1]))]
            ),
        ]
    }
}

/// A choice among the colours of clothes.
func colourField(
    _ name: String,
    _ label: String,
    _ value: String,
    _ context: PageContext
) -> FormField {
    let any = FormField.Choice(value: "", label: context.text("모름", "Not known"))
    return FormField(
        name: name,
        label: label,
        control: .select(
            [any]
                + ColourName.named.map {
                    .init(value: String($0.rawValue), label: $0.title[context.language])
                }
        ),
        values: [value]
    )
}

/// What a form says of a search.
struct SearchForm: Sendable {
    /// The distances to choose from, in metres.
    static let radii = [300, 700, 1_500, 3_000]
    /// The times to choose from, in hours; the last is the longest a warrant lives.
    static let hours = [3, 12, 24, 72, FootageWarrant.maximumLifetimeSeconds / 3_600]

    static func hourChoices(_ context: PageContext) -> [FormField.Choice] {
        let alone = FootageWarrant.maximumAloneSeconds / 3_600
        return hours.map { hours in
            FormField.Choice(
                value: String(hours),
                label: context.text("\(hours)시간", "\(hours) hours"),
                hint: hours > alone
                    ? context.text("다른 승인자가 승인해야 합니다.", "A second person has to approve.")
                    : nil
            )
        }
    }

    let form: FormFields
    private(set) var faults: [String: Bilingual] = [:]

    init(_ form: FormFields) { self.form = form }

    private static let missing = Bilingual("적어 주세요.", "Fill this in.")

    private mutating func line(_ name: String) -> String {
        let text = form.text(name) ?? ""
        if text.isEmpty { faults[name] = Self.missing }
        if text.count > MissingPerson.maximumLineCharacterCount {
            faults[name] = Bilingual("너무 깁니다.", "That is too long.")
        }
        return text
    }

    private mutating func choice<Value: RawRepresentable<String>>(
        _ name: String,
        _ type: Value.Type
    ) -> Value? {
        let value = form[name].flatMap(Value.init)
        if value == nil { faults[name] = Bilingual("골라 주세요.", "Choose one.") }
        return value
    }

    /// Reads the form; nothing where something is wrong with it, and then the faults say what.
    mutating func draft(_ cameras: [Camera], now: Instant) -> SearchDraft? {
        let kind = choice("kind", MissingKind.self)
        let basis = choice("basis", LegalBasis.self)
        let (report, requester) = (line("reportNumber"), line("requester"))
        let (alias, place) = (line("alias"), line("place"))
        let seenAt = seenAt(now)
        let camera = form["camera"].flatMap(UInt32.init).flatMap { number in
            cameras.first { $0.number == number }
        }
        if camera == nil {
            faults["camera"] = Bilingual("카메라를 골라 주세요.", "Choose a camera.")
        }
        let area: Area? = if let camera { readArea(around: camera, cameras) } else { nil }
        let hours = form["hours"].flatMap { Int($0) }.flatMap { Self.hours.contains($0) ? $0 : nil }
        if hours == nil { faults["hours"] = Bilingual("골라 주세요.", "Choose one.") }
        guard faults.isEmpty, let kind, let basis, let seenAt, let camera, let area, let hours
        else { return nil }
        let description = form.text("description") ?? ""
        return SearchDraft(
            kind: kind,
            reportNumber: report,
            requester: requester,
            basis: basis,
            person: MissingPerson(
                alias: alias,
                description: String(
                    description.prefix(MissingPerson.maximumDescriptionCharacterCount)
                ),
                upper: form["upper"].flatMap(UInt8.init),
                lower: form["lower"].flatMap(UInt8.init),
                lastSeenPlace: place,
                lastSeenCamera: camera.number,
                lastSeenAt: seenAt
            ),
            cameras: area.numbers,
            hours: hours
        )
    }

    private mutating func seenAt(_ now: Instant) -> Instant? {
        let day = form["date"].flatMap { LocalDate(iso: $0) }
        if day == nil {
            faults["date"] = Bilingual("2026-03-02처럼 적어 주세요.", "As in 2026-03-02.")
        }
        let parts = (form.text("time") ?? "").split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            faults["time"] = Bilingual("14:30처럼 적어 주세요.", "As in 14:30.")
            return nil
        }
        guard let day else { return nil }
        let instant = Instant(day, hour: parts[0], minute: parts[1])
        let earliest = now.adding(seconds: -FootageRetention.maximumDays * 86_400)
        guard instant <= now, instant >= earliest else {
            faults["date"] = Bilingual(
                "지난 \(FootageRetention.maximumDays)일 안의 시각이어야 합니다.",
                "Within the last \(FootageRetention.maximumDays) days."
            )
            return nil
        }
        return instant
    }

    /// Where to look.
    private enum Area {
        case city
        case cameras([UInt32])

        var numbers: [UInt32]? { if case .cameras(let numbers) = self { numbers } else { nil } }
    }

    private mutating func readArea(around camera: Camera, _ cameras: [Camera]) -> Area? {
        if form["area"] == "city" { return .city }
        guard let radius = form["area"].flatMap({ Int($0) }), Self.radii.contains(radius),
            let place = camera.place
        else {
            faults["area"] = Bilingual(
                "범위를 골라 주세요. 위치를 모르는 카메라라면 도시 전체만 고를 수 있습니다.",
                "Choose an area. Around a camera without a place, only the whole city."
            )
            return nil
        }
        let numbers = cameras.compactMap { each in
            each.place.map { $0.meters(to: place) <= Double(radius) } == true ? each.number : nil
        }
        // An area that holds every camera is the whole city, whatever it is called.
        return numbers.count >= cameras.count ? .city : .cameras(numbers)
    }
}
