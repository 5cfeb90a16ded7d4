import Basics
import Hosting
import Identity
import Web

/// The form for an entry of the staff directory: what was typed, and what is wrong with it.
struct PersonForm: Sendable {
    var organization = ""
    var department = ""
    var position = ""
    var name = ""
    var duty = ""
    var telephone = ""
    var email = ""
    /// The sign-in name of the account to link; empty leaves the link as it is.
    var login = ""
    var unlinks = false
    /// Whether the entry is linked to an account now.
    var isLinked = false
    /// What is wrong, by the name of the field.
    var errors: [String: Bilingual] = [:]
    /// The organizations whose entries the actor keeps.
    let organizations: [Organization]

    init(actor: Actor, all: [Organization]) {
        organizations = all.filter { actor.keepsDirectory(of: $0.id) }
    }

    /// Shows an entry as it stands.
    mutating func show(_ person: Person) {
        organization = person.organizationID
        department = person.department
        position = person.position
        name = person.name
        duty = person.duty
        telephone = person.telephone
        email = person.email ?? ""
        isLinked = person.accountID != nil
    }

    /// Takes what was typed, so that a refused form forgets nothing, and holds it against the rules.
    mutating func fill(_ form: FormFields) {
        organization = form["organization"] ?? ""
        department = form.text("department") ?? ""
        position = form.text("position") ?? ""
        name = form.text("name") ?? ""
        duty = form.text("duty") ?? ""
        telephone = form.text("telephone") ?? ""
        email = form.text("email") ?? ""
        login = form.text("login") ?? ""
        unlinks = form["unlink"] == "yes"
        check()
    }

    private mutating func check() {
        if !organizations.contains(where: { $0.id == organization }) {
            errors["organization"] = Bilingual("기관을 골라 주세요.", "Choose the organization.")
        }
        for limit in Self.limits {
            let text = self[keyPath: limit.path]
            if text.isEmpty, limit.isRequired {
                errors[limit.name] = Bilingual("적어 주세요.", "Fill this in.")
            } else if text.count > limit.maximumCount {
                errors[limit.name] = Bilingual(
                    "\(limit.maximumCount)자까지 적을 수 있습니다.",
                    "At most \(limit.maximumCount) characters."
                )
            } else if let fault = PrivateData.fault(in: text) {
                errors[limit.name] = fault
            }
        }
        if errors["telephone"] == nil,
            telephone.wholeMatch(of: /0[0-9]{1,2}-[0-9]{3,4}-[0-9]{4}|[0-9]{3,5}/) == nil
        {
            errors["telephone"] = Bilingual(
                "02-000-0000 같은 사무실 번호나 3–5자리 내선번호를 적어 주세요.",
                "An office number such as 02-000-0000, or an extension of 3 to 5 digits."
            )
        }
        if errors["email"] == nil, !email.isEmpty,
            email.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s]+/) == nil
        {
            errors["email"] = Bilingual("전자우편 주소를 확인해 주세요.", "Check the e-mail address.")
        }
    }

    private struct Limit {
        let name: String
        let path: any KeyPath<PersonForm, String> & Sendable
        let maximumCount: Int
        let isRequired: Bool
    }

    private static let limits = [
        Limit(name: "department", path: \.department, maximumCount: 60, isRequired: true),
        Limit(name: "position", path: \.position, maximumCount: 40, isRequired: true),
        Limit(name: "name", path: \.name, maximumCount: 40, isRequired: true),
        Limit(name: "duty", path: \.duty, maximumCount: 500, isRequired: true),
        Limit(name: "telephone", path: \.telephone, maximumCount: 20, isRequired: true),
        Limit(name: "email", path: \.email, maximumCount: 254, isRequired: false),
        Limit(name: "login", path: \.login, maximumCount: 254, isRequired: false),
    ]

    /// The entry as the form has it.
    func person(id: String, accountID: String?, isSample: Bool, at now: Instant) -> Person {
        Person(
            id: id,
            organizationID: organization,
            department: department,
            position: position,
            name: name,
            duty: duty,
            telephone: telephone,
            email: email.isEmpty ? nil : email,
            accountID: accountID,
            isSample: isSample,
            updatedAt: now
        )
    }

    /// The fields, each with what is wrong with it.
    func fields(in context: PageContext) -> [FormField] {
        let language = context.language
        func line(
            _ name: String,
            _ label: String,
            _ value: String,
            _ control: FormField.Control = .text(),
            hint: String? = nil,
            isRequired: Bool = true
        ) -> FormField {
            FormField(
                name: name,
                label: label,
                control: control,
                hint: hint,
                error: errors[name]?[language],
                isRequired: isRequired,
                values: [value],
                autocomplete: "off",
                maximumLength: Self.limits.first { $0.name == name }?.maximumCount
            )
        }
        let choices = organizations.map {
            FormField.Choice(value: $0.id, label: $0.title[language])
        }
        let unlink = FormField(
            name: "unlink",
            label: context.text("계정 연결", "Linked account"),
            control: .checkboxes([
                .init(value: "yes", label: context.text("연결 끊기", "Remove the link"))
            ]),
            values: unlinks ? ["yes"] : []
        )
        return [
            line(
                "organization",
                context.text("기관", "Organization"),
                organization,
                .select(choices)
            ),
            line("department", context.text("부서", "Department"), department),
            line("position", context.text("직위", "Position"), position),
            line("name", context.text("이름", "Name"), name),
            line(
                "duty",
                context.text("담당업무", "Duties"),
                duty,
                .textArea(rowCount: 4),
                hint: context.text(
                    "누구나 봅니다. 개인의 연락처나 사정은 적지 않습니다.",
                    "Everybody reads this: nothing private."
                )
            ),
            line(
                "telephone",
                context.text("사무실 전화나 내선", "Office line or extension"),
                telephone,
                .text(.telephone)
            ),
            line(
                "email",
                context.text("업무용 전자우편", "Work e-mail"),
                email,
                .text(.email),
                isRequired: false
            ),
            line(
                "login",
                context.text("연결할 로그인 아이디", "Sign-in name to link"),
                login,
                .text(.email),
                hint: context.text(
                    "이 기관 직원의 계정만 연결할 수 있습니다. 공개되지 않습니다.",
                    "Of a member of this organization; it is not published."
                ),
                isRequired: false
            ),
        ] + (isLinked ? [unlink] : [])
    }
}
