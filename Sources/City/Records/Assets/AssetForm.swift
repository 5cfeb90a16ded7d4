import Basics
import Store
import Web

/// The form for an asset: what was typed, and what is wrong with it.
struct AssetForm: Sendable {
    /// What was typed, by the name of the field; a field of the kind is `fact.<name>`.
    private(set) var values: [String: String] = [:]
    /// What is wrong, by the name of the field.
    var errors: [String: Bilingual] = [:]
    let kind: AssetKindDescription
    /// The organizations whose assets the actor keeps.
    let organizations: [Organization]
    /// The places of the organization, to choose from.
    let places: [Place]

    init(kind: AssetKindDescription, organizations: [Organization], places: [Place]) {
        self.kind = kind
        self.organizations = organizations
        self.places = places
    }

    /// Shows an asset as it stands.
    mutating func show(_ asset: Asset) {
        values = [
            "number": asset.number, "name": asset.name, "maker": asset.maker,
            "model": asset.model, "serial": asset.serial, "organization": asset.organizationID,
            "place": asset.placeID ?? "", "spot": asset.spot,
            "acquiredOn": asset.acquiredOn?.iso ?? "",
            "price": asset.price.map { String($0.amount) } ?? "", "note": asset.note,
            "version": String(asset.version),
        ]
        for (name, value) in asset.facts.value { values["fact.\(name)"] = value }
    }

    /// Takes what was typed, so that a refused form forgets nothing, and holds it against the rules.
    ///
    /// - Returns: The asset, or nothing where something is wrong.
    mutating func fill(_ form: FormFields, over old: Asset?, id: String, at now: Instant) -> Asset?
    {
        for name in Self.lines.map(\.name) + [
            "organization", "place", "acquiredOn", "price", "note",
        ] {
            values[name] = form.text(name) ?? ""
        }
        for field in kind.fields { values["fact.\(field.name)"] = form.text("fact.\(field.name)") }
        values["state"] = form["state"]
        values["version"] = form["version"]
        var reader = AssetReader(values: values, kind: kind)
        var asset = reader.asset(id: id, at: now)
        if !organizations.contains(where: { $0.id == asset.organizationID }) {
            reader.errors["organization"] = Bilingual("기관을 골라 주세요.", "Choose the organization.")
        }
        if let place = asset.placeID, !places.contains(where: { $0.id == place }) {
            reader.errors["place"] = Bilingual("장소를 다시 골라 주세요.", "Choose the place again.")
        }
        errors = reader.errors
        if let old {
            asset.isSample = old.isSample
            asset.version = values["version"].flatMap(Int.init) ?? 0
        }
        return errors.isEmpty ? asset : nil
    }

    /// The single lines, with what people call them.
    static let lines: [(name: String, title: Bilingual, isRequired: Bool)] = [
        ("number", Bilingual("관리번호", "Number"), false),
        ("name", Bilingual("이름", "Name"), true), ("maker", Bilingual("제조사", "Maker"), false),
        ("model", Bilingual("모델", "Model"), false),
        ("serial", Bilingual("일련번호", "Serial number"), false),
        ("spot", Bilingual("설치한 곳", "Where it stands"), false),
    ]

    /// The fields, each with what is wrong with it.
    func fields(isNew: Bool, in context: PageContext) -> [FormField] {
        let language = context.language
        func line(_ name: String) -> FormField {
            let line = Self.lines.first { $0.name == name }
            return field(name, line?.title ?? Bilingual(same: name), isRequired: line?.isRequired)
        }
        func field(
            _ name: String,
            _ title: Bilingual,
            _ control: FormField.Control = .text(),
            hint: String? = nil,
            isRequired: Bool? = false
        ) -> FormField {
            FormField(
                name: name,
                label: title[language],
                control: control,
                hint: hint,
                error: errors[name]?[language],
                isRequired: isRequired ?? false,
                values: [values[name] ?? ""],
                autocomplete: "off"
            )
        }
        var number = line("number")
        number.hint = context.text("비우면 다음 번호를 붙입니다.", "Left empty, the next number is given.")
        let nobody = FormField.Choice(value: "", label: "–")
        let organizationField = field(
            "organization",
            Bilingual("기관", "Organization"),
            .select(organizations.map { .init(value: $0.id, label: $0.title[language]) }),
            isRequired: true
        )
        let placeField = field(
            "place",
            Bilingual("장소", "Place"),
            .select([nobody] + places.map { .init(value: $0.id, label: $0.title[language]) })
        )
        let state = field(
            "state",
            Bilingual("상태", "State"),
            .radios(
                [AssetState.planned, .installed, .active].map {
                    .init(value: $0.rawValue, label: $0.title[language])
                }
            )
        )
        let facts = kind.fields.map { fact in
            field("fact.\(fact.name)", fact.title, Self.control(fact, language))
        }
        return [
            organizationField, number, line("name"), line("maker"), line("model"), line("serial"),
        ]
            + facts
            + [
                placeField, line("spot"),
                field("acquiredOn", Bilingual("취득일", "Acquired on"), .date()),
                field("price", Bilingual("취득가격(원)", "Price (KRW)"), .text(.number)),
            ]
            + (isNew ? [state] : [])
            + [field("note", Bilingual("비고", "Remark"), .textArea(rowCount: 3))]
    }

    private static func control(_ field: AssetField, _ language: Language) -> FormField.Control {
        switch field.content {
        case .text, .decimal: .text()
        case .number: .text(.number)
        case .date: .date()
        case .choice(let choices):
            .select(
                [.init(value: "", label: "–")]
                    + choices.map { .init(value: $0.value, label: $0.title[language]) }
            )
        }
    }
}

/// Reads an asset from texts, of a form or of a row of a file, and collects every fault.
struct AssetReader {
    let values: [String: String]
    let kind: AssetKindDescription
    /// What is wrong, by the name of the field.
    var errors: [String: Bilingual] = [:]

    init(values: [String: String], kind: AssetKindDescription) {
        self.values = values
        self.kind = kind
    }

    /// The asset that the texts describe; only of use where `errors` stays empty.
    mutating func asset(id: String, at now: Instant) -> Asset {
        Asset(
            id: id,
            kind: kind.kind,
            number: line("number"),
            name: line("name", isRequired: true),
            maker: line("maker"),
            model: line("model"),
            serial: line("serial"),
            organizationID: values["organization"] ?? "",
            placeID: values["place"].flatMap { $0.isEmpty ? nil : $0 },
            spot: line("spot"),
            state: values["state"].flatMap(AssetState.init) ?? .planned,
            acquiredOn: day("acquiredOn", latest: now.date),
            price: price("price"),
            facts: facts(),
            note: line("note", maximumCount: Asset.maximumNoteCharacterCount),
            at: now
        )
    }

    private mutating func line(
        _ name: String,
        isRequired: Bool = false,
        maximumCount: Int = Asset.maximumLineCharacterCount
    ) -> String {
        let text = values[name] ?? ""
        if text.isEmpty, isRequired { errors[name] = AssetFault.missing.message }
        if text.count > maximumCount { errors[name] = AssetFault.tooLong(maximumCount).message }
        return text
    }

    private mutating func day(_ name: String, latest: LocalDate) -> LocalDate? {
        guard let text = values[name], !text.isEmpty else { return nil }
        guard let day = LocalDate(iso: text) else {
            errors[name] = AssetFault.notADay.message
            return nil
        }
        if day > latest {
            errors[name] = Bilingual("아직 오지 않은 날입니다.", "This day has not come yet.")
        }
        return day
    }

    private mutating func price(_ name: String) -> Won? {
        guard let text = values[name], !text.isEmpty else { return nil }
        guard let amount = Int64(text.filter { $0 != "," && $0 != "원" }), amount >= 0 else {
            errors[name] = Bilingual("원 단위의 숫자만 적어 주세요.", "A whole number of won.")
            return nil
        }
        return Won(amount)
    }

    private mutating func facts() -> [String: String] {
        var facts: [String: String] = [:]
        for field in kind.fields {
            guard let text = values["fact.\(field.name)"], !text.isEmpty else { continue }
            switch field.value(of: text) {
            case .success(let value): facts[field.name] = value
            case .failure(let fault): errors["fact.\(field.name)"] = fault.message
            }
        }
        return facts
    }
}
