import Basics
import City
import Hosting
import Identity
import Store
import Web

/// The form for a bot: what was typed, and what is wrong with it.
struct BotForm: Sendable {
    var content = BotContent()
    var organizationID = ""
    /// The version the form was made on.
    var version = 0
    /// What is wrong, by the name of the field.
    private(set) var errors: [String: Bilingual] = [:]
    /// The menu as it was typed, which may not be one.
    private var menu = ""
    private var departments = ""
    private var documentDepartments = ""
    /// The organizations the person keeps knowledge of.
    let organizations: [Organization]
    /// The departments of each, as the directory and the documents name them.
    let known: [String: [String]]

    init(organizations: [Organization], known: [String: [String]]) {
        self.organizations = organizations
        self.known = known
        organizationID = organizations.first?.id ?? ""
    }

    /// Shows a bot as it stands.
    mutating func show(_ bot: Bot) {
        content = bot.content.value
        organizationID = bot.organizationID
        version = bot.version
        menu = content.menu.text
        departments = content.departments.joined(separator: "\n")
        documentDepartments = content.scope.departments.joined(separator: "\n")
    }

    /// Takes what was typed, so that a refused form forgets nothing, and holds it against the rules.
    ///
    /// The documents chosen one by one have a page of their own and stay.
    mutating func fill(_ form: FormFields) {
        organizationID = form["organization"] ?? organizationID
        version = form["version"].flatMap(Int.init) ?? version
        content.name = form.text("name") ?? ""
        content.greeting = form.text("greeting") ?? ""
        content.contact = form.text("contact") ?? ""
        content.handOverDepartment = form.text("handOver") ?? ""
        content.scope.shelves = KnowledgeCategory.allCases.filter {
            form.all("shelf").contains($0.rawValue)
        }
        menu = form["menu"] ?? ""
        departments = form["departments"] ?? ""
        documentDepartments = form["documentDepartments"] ?? ""
        check(audience: form["audience"])
    }

    private mutating func check(audience: String?) {
        if !organizations.contains(where: { $0.id == organizationID }) {
            errors["organization"] = Bilingual(
                "지식 관리자로 맡은 기관만 고를 수 있습니다.",
                "Only the organizations you keep knowledge for can be chosen."
            )
        }
        for limit in Self.limits {
            let text = content[keyPath: limit.path]
            if text.isEmpty, limit.isRequired {
                errors[limit.name] = Bilingual("적어 주세요.", "Fill this in.")
            } else if text.count > limit.maximumCount {
                errors[limit.name] = Bilingual(
                    "\(limit.maximumCount)자까지 적을 수 있습니다.",
                    "At most \(limit.maximumCount) characters."
                )
            }
        }
        if let audience = audience.flatMap(BotContent.Audience.init) {
            content.audience = audience
        } else {
            errors["audience"] = Bilingual("누가 쓸지 골라 주세요.", "Choose whom it is for.")
        }
        checkDepartments()
        do {
            content.menu = try BotMenu(text: menu)
        } catch {
            errors["menu"] = error.message
        }
    }

    private mutating func checkDepartments() {
        content.departments = names(departments, "departments")
        content.scope.departments = names(documentDepartments, "documentDepartments")
        if content.audience == .departments, content.departments.isEmpty,
            errors["departments"] == nil
        {
            errors["departments"] = Bilingual("부서를 적어 주세요.", "Name the departments.")
        }
        if !content.handOverDepartment.isEmpty, errors["handOver"] == nil {
            content.handOverDepartment =
                names(content.handOverDepartment, "handOver").first ?? content.handOverDepartment
        }
    }

    /// The departments of a text, a line or a comma between them, as the organization writes them.
    private mutating func names(_ text: String, _ field: String) -> [String] {
        let known = known[organizationID] ?? []
        let typed = text.split { $0.isNewline || $0 == "," }
            .map { String($0).trimmingWhitespace() }.filter { !$0.isEmpty }
        let strange = typed.filter { !known.contains($0) }
        if !strange.isEmpty {
            let list = strange.prefix(3).joined(separator: ", ")
            errors[field] = Bilingual(
                "직원안내와 문서에 없는 부서입니다: \(list)",
                "No department of the directory or the documents: \(list)"
            )
        } else if typed.count > BotContent.maximumDepartmentCount {
            errors[field] = Bilingual(
                "부서는 \(BotContent.maximumDepartmentCount)개까지 적을 수 있습니다.",
                "At most \(BotContent.maximumDepartmentCount) departments."
            )
        }
        var seen: Set<String> = []
        return typed.compactMap { name in
            seen.insert(name).inserted ? known.first { $0 == name } : nil
        }
    }

    private struct Limit {
        let name: String
        let path: any KeyPath<BotContent, String> & Sendable
        let maximumCount: Int
        let isRequired: Bool
    }

    private static let limits = [
        Limit(
            name: "name",
            path: \.name,
            maximumCount: BotContent.maximumNameLength,
            isRequired: true
        ),
        Limit(
            name: "greeting",
            path: \.greeting,
            maximumCount: BotContent.maximumGreetingLength,
            isRequired: true
        ),
        Limit(
            name: "contact",
            path: \.contact,
            maximumCount: BotContent.maximumContactLength,
            isRequired: false
        ),
    ]

    /// The fields, each with what is wrong with it.
    func fields(isNew: Bool, in context: PageContext) -> [FormField] {
        let organization = FormField(
            name: "organization",
            label: context.text("관리 기관", "Kept by"),
            control: .select(
                organizations.map { .init(value: $0.id, label: $0.title[context.language]) }
            ),
            error: errors["organization"]?[context.language],
            isRequired: true,
            values: [organizationID]
        )
        return (isNew ? [organization] : []) + faceFields(context) + documentFields(context)
            + helpFields(context)
    }

    private func line(
        _ name: String,
        _ label: String,
        _ value: String,
        _ context: PageContext,
        control: FormField.Control = .text(),
        hint: String? = nil,
        isRequired: Bool = false,
        maximumLength: Int? = nil
    ) -> FormField {
        FormField(
            name: name,
            label: label,
            control: control,
            hint: hint,
            error: errors[name]?[context.language],
            isRequired: isRequired,
            values: [value],
            autocomplete: "off",
            maximumLength: maximumLength
        )
    }

    private func faceFields(_ context: PageContext) -> [FormField] {
        [
            line(
                "name",
                context.text("이름", "Name"),
                content.name,
                context,
                hint: context.text("예: 급여·여비 도우미", "For example: Pay and travel"),
                isRequired: true,
                maximumLength: BotContent.maximumNameLength
            ),
            line(
                "greeting",
                context.text("인사말", "Greeting"),
                content.greeting,
                context,
                control: .textArea(rowCount: 3),
                isRequired: true,
                maximumLength: BotContent.maximumGreetingLength
            ),
            FormField(
                name: "audience",
                label: context.text("쓸 사람", "For whom"),
                control: .radios(
                    BotContent.Audience.allCases.map {
                        .init(value: $0.rawValue, label: $0.label[context.language])
                    }
                ),
                error: errors["audience"]?[context.language],
                isRequired: true,
                values: [content.audience.rawValue]
            ),
            line(
                "departments",
                context.text("쓸 부서", "Departments it is for"),
                departments,
                context,
                control: .textArea(rowCount: 2),
                hint: context.text(
                    "‘정한 부서’일 때만. 한 줄에 한 부서. \(knownHint(context))",
                    "Only for “some departments”, one a line. \(knownHint(context))"
                )
            ),
        ]
    }

    private func documentFields(_ context: PageContext) -> [FormField] {
        [
            FormField(
                name: "shelf",
                label: context.text("답할 문서: 분류", "Documents: whole shelves"),
                control: .checkboxes(
                    KnowledgeCategory.allCases.map {
                        .init(value: $0.rawValue, label: $0.label[context.language])
                    }
                ),
                hint: context.text(
                    "문서 하나하나는 저장한 뒤에 고릅니다.",
                    "Single documents are chosen after saving."
                ),
                values: content.scope.shelves.map(\.rawValue)
            ),
            line(
                "documentDepartments",
                context.text("답할 문서: 담당 부서", "Documents: of departments"),
                documentDepartments,
                context,
                control: .textArea(rowCount: 2),
                hint: context.text("한 줄에 한 부서.", "One a line.")
            ),
            line(
                "menu",
                context.text("단추와 질문", "Menu"),
                menu,
                context,
                control: .textArea(rowCount: 8),
                hint: context.text(
                    "한 줄에 단추 하나. 아래 단추는 줄표(-)로 시작하고, 보일 말과 질문이 다르면 ‘보일 말: 질문’.",
                    "A button a line; those under it begin with “-”; “words: question” where they differ."
                ),
                maximumLength: BotMenu.maximumTextLength
            ),
        ]
    }

    private func helpFields(_ context: PageContext) -> [FormField] {
        [
            line(
                "contact",
                context.text("문의처(부서·내선)", "Whom to ask (department, extension)"),
                content.contact,
                context,
                maximumLength: BotContent.maximumContactLength
            ),
            line(
                "handOver",
                context.text("답하지 못한 질문을 받을 부서", "Department that takes what it cannot answer"),
                content.handOverDepartment,
                context,
                hint: context.text(
                    "비우면 기관의 상담 담당자 모두에게 갑니다.",
                    "Empty: every agent of the organization."
                )
            ),
        ]
    }

    /// Some departments by name, so that nobody has to guess how they are written.
    private func knownHint(_ context: PageContext) -> String {
        let shown = (known[organizationID] ?? []).prefix(6).joined(separator: ", ")
        return shown.isEmpty ? "" : context.text("예: \(shown)", "Such as: \(shown)")
    }

    /// In which fields a bot differs from what was typed, with what it has there.
    func differences(to bot: Bot, _ context: PageContext) -> [(field: String, value: String)] {
        var other = BotForm(organizations: organizations, known: known)
        other.show(bot)
        let theirs = other.fields(isNew: false, in: context)
        return zip(fields(isNew: false, in: context), theirs).compactMap { mine, theirs in
            guard mine.values != theirs.values else { return nil }
            return (theirs.label, theirs.shownValues)
        }
    }
}

extension FormField {
    /// What is filled in, as a reader sees it: of choices their labels.
    fileprivate var shownValues: String {
        switch control {
        case .radios(let choices), .checkboxes(let choices), .select(let choices):
            choices.filter { values.contains($0.value) }.map(\.label).joined(separator: ", ")
        default: values.joined(separator: ", ")
        }
    }
}
