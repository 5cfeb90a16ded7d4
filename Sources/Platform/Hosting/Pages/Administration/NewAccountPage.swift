import Basics
import Identity
import Web

/// The form to make an account for somebody else.
struct NewAccountPage {
    var kind = AccountKind.staff.rawValue
    var name = ""
    var login = ""
    var organization = ""
    /// What is wrong, by the name of the field.
    var errors: [String: Bilingual] = [:]
    let organizations: [OrganizationChoice]
    /// Whether an account may stand outside of every organization.
    let allowsNone: Bool

    /// The kinds an administrator makes: residents sign up themselves, devices are registered.
    static let kinds: [AccountKind] = [.staff, .company]

    init(actor: Actor, words: AccountWords) {
        organizations = words.organizations(of: actor)
        allowsNone = actor.organizations(for: .administrator) == nil
    }

    /// Takes what was typed, so that a refused form forgets nothing, and holds it against the rules.
    mutating func fill(_ form: FormFields) {
        kind = form["kind"] ?? ""
        name = form.text("name") ?? ""
        login = form.text("login") ?? ""
        organization = form["organization"] ?? ""
        if !Self.kinds.contains(where: { $0.rawValue == kind }) {
            errors["kind"] = Bilingual("어떤 계정인지 골라 주세요.", "Choose the kind of account.")
        }
        if name.isEmpty {
            errors["name"] = Bilingual("이름이나 상호를 적어 주세요.", "Enter the name.")
        }
        if login.isEmpty {
            errors["login"] = Bilingual("전자우편 주소를 적어 주세요.", "Enter the e-mail address.")
        }
        let isKnown = organizations.contains { $0.id == organization }
        if !isKnown, !organization.isEmpty || !allowsNone {
            errors["organization"] = Bilingual("소속 기관을 골라 주세요.", "Choose the organization.")
        }
    }

    /// The account that was asked for.
    var account: NewAccount {
        NewAccount(
            kind: AccountKind(rawValue: kind) ?? .staff,
            loginName: login,
            displayName: name,
            email: login,
            organization: organization.isEmpty ? nil : organization
        )
    }

    /// Puts what identity refused beside its field.
    mutating func refuse(_ error: IdentityError) {
        let isAboutLogin = error.code == .unacceptableLoginName || error.context == "email"
        errors[isAboutLogin ? "login" : "name"] = error.message
    }

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        return Page(
            title: context.text("계정 만들기", "New account"),
            breadcrumbs: [AdminPlaces.crumb(context)],
            lead: HTML(
                text: context.text(
                    "만들면 한 번 쓰는 비밀번호가 나옵니다. 첫 로그인에서 새 비밀번호를 정합니다.",
                    "You get a one-time password to hand over; the first sign-in asks for a new one."
                )
            ),
            main: """
                \(errorSummary(of: fields, in: context))\
                \(form(action: AdminPlaces.accounts, context: context) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("만들기", "Create")))
                    """
                })
                """,
            density: .operator,
            hasErrors: !errors.isEmpty
        )
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        let none = FormField.Choice(value: "", label: context.text("없음", "None"))
        return [
            FormField(
                name: "kind",
                label: context.text("어떤 계정인가요?", "What kind of account?"),
                control: .radios(
                    Self.kinds.map { .init(value: $0.rawValue, label: $0.title[language]) }
                ),
                error: errors["kind"]?[language],
                isRequired: true,
                values: [kind]
            ),
            FormField(
                name: "name",
                label: context.text("이름 또는 상호", "Name"),
                error: errors["name"]?[language],
                isRequired: true,
                values: [name],
                autocomplete: "off",
                maximumLength: 100
            ),
            FormField(
                name: "login",
                label: context.text("아이디(전자우편)", "Sign-in name (e-mail)"),
                control: .text(.email),
                error: errors["login"]?[language],
                isRequired: true,
                values: [login],
                autocomplete: "off",
                maximumLength: 254
            ),
            FormField(
                name: "organization",
                label: context.text("소속 기관", "Organization"),
                control: .select(
                    (allowsNone ? [none] : [])
                        + organizations.map { .init(value: $0.id, label: $0.title[language]) }
                ),
                hint: context.text(
                    "소속 기관의 관리자도 이 계정을 관리합니다.",
                    "Its administrators keep the account too."
                ),
                error: errors["organization"]?[language],
                isRequired: !allowsNone,
                values: [organization]
            ),
        ]
    }
}

/// Shows the one-time password of an account, once.
struct HandedAccountPage {
    let handed: HandedAccount
    let isNew: Bool

    func page(in context: PageContext) -> Page {
        let account = AdminPlaces.account(handed.id)
        return Page(
            title: isNew
                ? context.text("계정을 만들었습니다", "The account is made")
                : context.text("새 비밀번호를 만들었습니다", "A new password is made"),
            breadcrumbs: [AdminPlaces.crumb(context)],
            lead: HTML(
                text: context.text(
                    "이 비밀번호는 지금만 보입니다. 본인에게 직접 전해 주세요.",
                    "The password is shown only now. Hand it to the person yourself."
                )
            ),
            main: """
                \(summaryList(
                    SummaryList([
                        .init(
                            context.text("아이디", "Sign-in name"),
                            "<code>\(handed.loginName)</code>"),
                        .init(
                            context.text("한 번 쓰는 비밀번호", "One-time password"),
                            "<code>\(handed.oneTimePassword)</code>"),
                    ]), in: context))\
                \(buttonRow([
                    linkButton(
                        isNew
                            ? context.text("권한 주기", "Give it grants")
                            : context.text("계정으로 돌아가기", "Back to the account"),
                        account, style: .primary),
                    linkButton(context.text("계정 목록", "All accounts"), AdminPlaces.accounts),
                ]))
                """,
            density: .operator
        )
    }
}
