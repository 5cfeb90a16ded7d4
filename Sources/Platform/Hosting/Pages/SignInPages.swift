import Basics
import Identity
import Web

/// The form to sign in.
struct SignInPage {
    var login = ""
    var returnPath: String?
    var error: String?
    var isSample: Bool
    var samplePeople: [SamplePerson] = []
    var hasProvider: Bool

    func page(in context: PageContext) -> Page {
        let fields = [
            FormField(
                name: "login",
                label: context.text("아이디(전자우편)", "Sign-in name (e-mail)"),
                control: .text(.email),
                error: error,
                isRequired: true,
                values: login.isEmpty ? [] : [login],
                autocomplete: "username",
                maximumLength: 254
            ),
            FormField(
                name: "password",
                label: context.text("비밀번호", "Password"),
                control: .password,
                isRequired: true,
                autocomplete: "current-password"
            ),
        ]
        let provider: HTML? =
            hasProvider
            ? "<p>\(linkButton(context.text("기관 계정으로 로그인", "Sign in with your organization"), Link("/sign-in/provider")))</p>"
            : nil
        return Page(
            title: context.text("로그인", "Sign in"),
            main: """
                \(errorSummary(of: fields, in: context))\
                \(form(action: Link("/sign-in"), context: context) {
                    """
                    \(hiddenField("return", returnPath ?? "/"))\
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("로그인", "Sign in")))
                    """
                })\(provider)\
                <p><a href="/sign-up">\(context.text("처음이시면 가입하기", "New here? Sign up"))</a></p>\
                \(sample(context))
                """,
            hasErrors: error != nil
        )
    }

    /// The generated people of the sample city, so that whoever tries it can.
    private func sample(_ context: PageContext) -> HTML {
        guard isSample else { return .empty }
        let people = SampleSignIn.people + samplePeople.map { ($0.account.loginName, $0.title) }
        let rows: [[HTML]] = people.map { person in
            [
                "\(person.title[context.language])", "<code>\(person.login)</code>",
                "<code>\(SampleSignIn.password)</code>",
            ]
        }
        return titledTable(
            context.text("표본 도시의 계정", "Accounts of the sample city"),
            columns: [
                .init(context.text("누구", "Who"), isRowHeader: true),
                .init(context.text("아이디", "Sign-in name")),
                .init(context.text("비밀번호", "Password")),
            ],
            rows: rows,
            emptyText: "",
            in: context
        )
    }
}

/// The generated people of the sample city.
public enum SampleSignIn {
    /// Known to everyone, because the sample city holds nobody's data.
    public static let password = "haechi sample city"

    static let people: [(login: String, title: Bilingual)] = [
        ("admin@sample.example", Bilingual("관리자", "Administrator")),
        ("city.plan@sample.example", Bilingual("시청 발주담당", "Plan officer of the city")),
        (
            "district.plan@sample.example",
            Bilingual("노원구 발주담당", "Plan officer of Nowon-gu")
        ),
        ("company@sample.example", Bilingual("기업", "Company")),
        ("resident@sample.example", Bilingual("시민", "Resident")),
    ]
}

/// Asks for the one-time code after the password was right.
struct SecondFactorPage {
    var challenge: String
    var returnPath: String?
    var error: String?

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "code",
            label: context.text("일회용 비밀번호", "One-time code"),
            hint: context.text(
                "인증 앱의 여섯 자리 숫자 또는 복구 코드",
                "Six digits of your app, or a recovery code"
            ),
            error: error,
            isRequired: true,
            autocomplete: "one-time-code"
        )
        return Page(
            title: context.text("한 번 더 확인", "Confirm it is you"),
            main: """
                \(errorSummary(of: [field], in: context))\
                \(form(action: Link("/sign-in/code"), context: context) {
                    """
                    \(hiddenField("challenge", challenge))\
                    \(hiddenField("return", returnPath ?? "/"))\
                    \(formField(field, in: context))\(button(context.text("확인", "Confirm")))
                    """
                })
                """,
            hasErrors: error != nil
        )
    }
}

/// The form to open an account.
struct SignUpPage {
    var login = ""
    var name = ""
    var isCompany = false
    var error: String?

    init() {}

    init(_ form: FormFields) {
        login = form.text("login") ?? ""
        name = form.text("name") ?? ""
        isCompany = form["kind"] == "company"
    }

    func page(in context: PageContext) -> Page {
        let fields = [
            FormField(
                name: "kind",
                label: context.text("누구신가요?", "Who are you?"),
                control: .radios([
                    .init(value: "resident", label: context.text("시민", "A resident")),
                    .init(value: "company", label: context.text("기업", "A company")),
                ]),
                values: [isCompany ? "company" : "resident"]
            ),
            FormField(
                name: "name",
                label: context.text("이름 또는 상호", "Name"),
                isRequired: true,
                values: name.isEmpty ? [] : [name],
                autocomplete: "name",
                maximumLength: 100
            ),
            FormField(
                name: "login",
                label: context.text("전자우편", "E-mail"),
                control: .text(.email),
                isRequired: true,
                values: login.isEmpty ? [] : [login],
                autocomplete: "email",
                maximumLength: 254
            ),
            FormField(
                name: "password",
                label: context.text("비밀번호", "Password"),
                control: .password,
                hint: context.text(
                    "8자 이상. 낱말 여러 개를 이어 쓰면 좋습니다.",
                    "At least 8 characters; several words are good."
                ),
                isRequired: true,
                autocomplete: "new-password"
            ),
        ]
        let errors = error.map { [FieldError(fieldID: nil, message: $0)] } ?? []
        return Page(
            title: context.text("가입하기", "Sign up"),
            main: """
                \(errorSummary(errors, in: context))\
                \(form(action: Link("/sign-up"), context: context) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("가입하기", "Sign up")))
                    """
                })
                """,
            hasErrors: error != nil
        )
    }
}

/// The form to change one's password.
struct PasswordPage {
    var error: String?

    func page(in context: PageContext) -> Page {
        let fields = [
            FormField(
                name: "old",
                label: context.text("지금 비밀번호", "Present password"),
                control: .password,
                isRequired: true,
                autocomplete: "current-password"
            ),
            FormField(
                name: "new",
                label: context.text("새 비밀번호", "New password"),
                control: .password,
                error: error,
                isRequired: true,
                autocomplete: "new-password"
            ),
        ]
        return Page(
            title: context.text("비밀번호 바꾸기", "Change your password"),
            breadcrumbs: [AccountPage.crumb(context)],
            main: """
                \(errorSummary(of: fields, in: context))\
                \(form(action: Link("/account/password"), context: context) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("바꾸기", "Change")))
                    """
                })
                """,
            hasErrors: error != nil
        )
    }
}
