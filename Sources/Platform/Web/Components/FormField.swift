public import Basics

/// A field of a form: its label, its control, and what is wrong with it.
public struct FormField: Sendable, Hashable {
    /// One of the answers to choose from.
    public struct Choice: Sendable, Hashable {
        /// What is sent.
        public var value: String
        /// What is shown.
        public var label: String
        /// What the choice means.
        public var hint: String?

        /// Creates a choice.
        public init(value: String, label: String, hint: String? = nil) {
            self.value = value
            self.label = label
            self.hint = hint
        }
    }

    /// What a single line holds.
    public enum TextKind: String, Sendable, Hashable {
        /// Any text.
        case text
        /// An e-mail address.
        case email
        /// A telephone number.
        case telephone = "tel"
        /// A whole number, typed on the number keys.
        case number
        /// Words to search for.
        case search
    }

    /// How the field is filled in.
    public enum Control: Sendable, Hashable {
        /// A single line.
        case text(TextKind = .text)
        /// Several lines.
        case textArea(rowCount: Int = 5)
        /// One of many, from a list that opens.
        case select([Choice])
        /// One of a few, all shown.
        case radios([Choice])
        /// Any of a few.
        case checkboxes([Choice])
        /// A calendar date, `2023-01-25`.
        case date(earliest: LocalDate? = nil, latest: LocalDate? = nil)
        /// Files to send.
        case file(FileUpload = FileUpload())
        /// A secret, never written back to the page.
        case password
    }

    /// The name it is sent under.
    public var name: String
    /// What is asked.
    public var label: String
    /// How it is filled in.
    public var control: Control
    /// How to answer.
    public var hint: String?
    /// What is wrong with the answer and what to do.
    public var error: String?
    /// Whether it must be filled in.
    public var isRequired: Bool
    /// What is filled in; more than one for checkboxes.
    public var values: [String]
    /// What browsers may fill in (HTML autofill detail token, WCAG 2.2 §1.3.5).
    public var autocomplete: String?
    /// The longest answer, in UTF-16 code units as browsers count.
    public var maximumLength: Int?

    /// Creates a field.
    public init(
        name: String,
        label: String,
        control: Control = .text(),
        hint: String? = nil,
        error: String? = nil,
        isRequired: Bool = false,
        values: [String] = [],
        autocomplete: String? = nil,
        maximumLength: Int? = nil
    ) {
        self.name = name
        self.label = label
        self.control = control
        self.hint = hint
        self.error = error
        self.isRequired = isRequired
        self.values = values
        self.autocomplete = autocomplete
        self.maximumLength = maximumLength
    }

    /// The identifier of the control, where the error summary leads.
    public var id: String { "field-" + FormField.identifier(name) }

    /// A name as a part of an identifier: what is no letter, digit, hyphen or underscore goes.
    static func identifier(_ name: String) -> String {
        String(
            name.unicodeScalars.map { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || scalar == "_" ? Character(scalar) : "-"
            }
        )
    }
}

/// A field of a form.
public func formField(_ field: FormField, in context: PageContext) -> HTML {
    switch field.control {
    case .radios(let choices), .checkboxes(let choices):
        return choiceGroup(field, choices, in: context)
    default:
        return """
            <div class="field\(field.error == nil ? "" : " invalid")">\
            <label for="\(field.id)">\(field.label)\(requirement(field, context))</label>\
            \(fieldNotes(field, context))\(singleControl(field, in: context))</div>
            """
    }
}

private func requirement(_ field: FormField, _ context: PageContext) -> HTML {
    field.isRequired ? .empty : "<span class=\"optional\">\(context.text("선택", "optional"))</span>"
}

private func fieldNotes(_ field: FormField, _ context: PageContext) -> HTML {
    var notes = HTML.empty
    var hints = [field.hint].compactMap { $0 }
    if case .file(let upload) = field.control { hints.append(upload.limits(in: context)) }
    if !hints.isEmpty {
        notes = "<p class=\"hint\" id=\"\(field.id)-hint\">\(hints.joined(separator: " "))</p>"
    }
    if let error = field.error {
        notes =
            notes + """
                <p class="error" id="\(field.id)-error">\(icon(.attention))<span class="unseen">\
                \(context.text("오류:", "Error:")) </span>\(error)</p>
                """
    }
    return notes
}

extension FormField {
    /// The notes that explain the field, or nothing.
    fileprivate var describedBy: String? {
        var hasHint = hint != nil
        if case .file = control { hasHint = true }
        let notes = [hasHint ? "\(id)-hint" : nil, error == nil ? nil : "\(id)-error"]
        let described = notes.compactMap { $0 }.joined(separator: " ")
        return described.isEmpty ? nil : described
    }

    /// The attributes that every single control carries.
    fileprivate var shared: Attributes {
        var attributes: Attributes = [
            "id": id, "name": name, "autocomplete": autocomplete,
            "maxlength": maximumLength.map(String.init), "aria-describedby": describedBy,
            "aria-invalid": error == nil ? nil : "true",
        ]
        attributes.append("required", if: isRequired)
        return attributes
    }
}

private func singleControl(_ field: FormField, in context: PageContext) -> HTML {
    var value: Attributes = [:]
    if let first = field.values.first { value.append("value", first) }
    switch field.control {
    case .text(.number):
        return "<input class=\"narrow\" type=\"text\" inputmode=\"numeric\"\(field.shared)\(value)>"
    case .text(let kind):
        return "<input type=\"\(kind.rawValue)\"\(field.shared)\(value)>"
    case .textArea(let rowCount):
        // The parser drops a newline right after the tag, so it is given one to drop.
        return """
            <textarea rows="\(rowCount)"\(field.shared)>
            \(field.values.first)</textarea>
            """
    case .select(let choices):
        let options = HTML(each: choices) { choice in
            let selected: HTML = field.values.contains(choice.value) ? " selected" : ""
            return "<option value=\"\(choice.value)\"\(selected)>\(choice.label)</option>"
        }
        return "<select\(field.shared)>\(options)</select>"
    case .date(let earliest, let latest):
        let limits: Attributes = ["min": earliest?.iso, "max": latest?.iso]
        return "<input class=\"narrow\" type=\"date\"\(field.shared)\(limits)\(value)>"
    case .file(let upload):
        return "<input type=\"file\"\(field.shared)\(upload.attributes)>"
    case .password:
        return "<input type=\"password\"\(field.shared)>"
    case .radios, .checkboxes:
        return .empty
    }
}

private func choiceGroup(
    _ field: FormField,
    _ choices: [FormField.Choice],
    in context: PageContext
) -> HTML {
    let isRadio = if case .radios = field.control { true } else { false }
    let group: Attributes = ["aria-describedby": field.describedBy]
    let controls = HTML(each: choices.enumerated()) { index, choice in
        // The first control carries the field's own identifier: the error summary leads to it.
        let id = index == 0 ? field.id : "\(field.id)-\(index + 1)"
        var attributes: Attributes = ["id": id, "name": field.name]
        attributes.append("value", choice.value)
        attributes.append("checked", if: field.values.contains(choice.value))
        attributes.append("required", if: field.isRequired && isRadio)
        if choice.hint != nil { attributes.append("aria-describedby", "\(id)-note") }
        let note: HTML? = choice.hint.map { "<p class=\"hint\" id=\"\(id)-note\">\($0)</p>" }
        return """
            <div class="choice"><input type="\(isRadio ? "radio" : "checkbox")"\(attributes)>\
            <label for="\(id)">\(choice.label)</label>\(note)</div>
            """
    }
    return """
        <fieldset class="field\(field.error == nil ? "" : " invalid")"\(group)>\
        <legend>\(field.label)\(requirement(field, context))</legend>\
        \(fieldNotes(field, context))\(controls)</fieldset>
        """
}

extension FormField {
    static let examples = [
        ComponentExample("field-text", Bilingual("한 줄 입력", "Text field")) { context in
            formField(
                FormField(
                    name: "example-name",
                    label: context.text("성명", "Full name"),
                    hint: context.text("신분증에 적힌 그대로 적어 주세요.", "As it stands on your ID."),
                    isRequired: true,
                    autocomplete: "name"
                ),
                in: context
            )
        },
        ComponentExample("field-error", Bilingual("잘못 적은 칸", "Field with an error")) { context in
            formField(
                FormField(
                    name: "example-telephone",
                    label: context.text("휴대전화", "Mobile phone"),
                    control: .text(.telephone),
                    error: context.text(
                        "010으로 시작하는 11자리 번호를 적어 주세요.",
                        "Enter the 11 digits that start with 010."
                    ),
                    isRequired: true,
                    values: ["010-123"],
                    autocomplete: "tel"
                ),
                in: context
            )
        },
        ComponentExample("field-long", Bilingual("여러 줄·고르기·날짜", "Long, select, date")) { context in
            HTML(
                each: [
                    FormField(
                        name: "example-reason",
                        label: context.text("신청 사유", "Reason"),
                        control: .textArea(rowCount: 3),
                        values: ["\"<b>\" & '한글'"]
                    ),
                    FormField(
                        name: "example-office",
                        label: context.text("발주기관", "Agency"),
                        control: .select([
                            Choice(value: "city", label: context.text("서울시", "City")),
                            Choice(value: "gu", label: context.text("자치구", "District")),
                        ]),
                        isRequired: true,
                        values: ["gu"]
                    ),
                    FormField(
                        name: "example-date",
                        label: context.text("시작일", "Start date"),
                        control: .date(),
                        isRequired: true,
                        values: ["2023-01-25"]
                    ),
                    FormField(
                        name: "example-secret",
                        label: context.text("비밀번호", "Password"),
                        control: .password,
                        isRequired: true,
                        autocomplete: "current-password"
                    ),
                ]
            ) { formField($0, in: context) }
        },
        ComponentExample("field-choices", Bilingual("고르기", "Choices")) { context in
            HTML(
                each: [
                    FormField(
                        name: "example-way",
                        label: context.text("결과를 받을 방법", "Reply by"),
                        control: .radios([
                            Choice(value: "sms", label: context.text("문자", "Text message")),
                            Choice(
                                value: "post",
                                label: context.text("우편", "Post"),
                                hint: context.text("3~5일 걸립니다.", "Takes three to five days.")
                            ),
                        ]),
                        isRequired: true,
                        values: ["sms"]
                    ),
                    FormField(
                        name: "example-fields",
                        label: context.text("관심 분야", "Interests"),
                        control: .checkboxes([
                            Choice(value: "ai", label: context.text("인공지능", "AI")),
                            Choice(value: "cloud", label: context.text("클라우드", "Cloud")),
                        ]),
                        values: ["ai", "cloud"]
                    ),
                ]
            ) { formField($0, in: context) }
        },
    ]
}
