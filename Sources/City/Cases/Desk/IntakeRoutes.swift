import Basics
import City
import HTTPTypes
import Identity
import Store
import Web

/// Takes an application at the desk or by telephone for somebody without an account (창구 접수).
///
/// The officer is the applicant's hand and goes through the applicant's own pages; a colleague reviews.
struct IntakeRoutes: Sendable {
    let desk: Desk

    func add(to table: inout RouteTable) {
        table.page("/desk/intake", access: Desk.officers) { incoming in
            var page = try await page(incoming)
            page.procedureID = incoming.query["procedure"] ?? ""
            return page.page(in: incoming.page)
        }
        table.submission("/desk/intake", access: Desk.officers) { incoming, fields in
            try await take(incoming, fields)
        }
    }

    private func page(_ incoming: Incoming) async throws -> IntakePage {
        let actor = incoming.actor
        return try await desk.store.read { db in
            IntakePage(procedures: try Desk.procedures(of: actor, in: db))
        }
    }

    private func take(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        var page = try await page(incoming)
        page.procedureID = fields["procedure"] ?? ""
        page.fill(fields, today: incoming.now.date)
        let procedure = page.procedures.first { $0.id == page.procedureID }
        guard page.errors.isEmpty, let procedure, let account = incoming.actor.account else {
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let filled = page
        do {
            let record = try await desk.store.write { tx in
                let hand = CaseKeeping(by: incoming.actor, for: .caseReview)
                let record = try hand.open(
                    procedure,
                    applicant: filled.applicant,
                    proxy: CaseProxy(
                        basis: .desk,
                        name: account.displayName,
                        assurance: account.assurance.rawValue,
                        statement: filled.statement
                    ),
                    in: tx
                )
                try hand.give(.processing, for: record, in: tx)
                if filled.mayLookUp { try hand.give(.lookUp, for: record, in: tx) }
                return record
            }
            return .other(.seeOther(.path("apply", "cases", record.id)))
        } catch let error as CaseError {
            page.errors["procedure"] = error.message
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }
}

/// The form that begins an application for somebody at the desk.
struct IntakePage: Sendable {
    /// The longest name, in characters.
    static let maximumNameCharacterCount = 60
    /// The longest telephone number, in characters.
    static let maximumTelephoneCharacterCount = 30

    let procedures: [CaseProcedure]
    var procedureID = ""
    var name = ""
    var birthDate = ""
    var telephone = ""
    var statement = ""
    var hasConsent = false
    var mayLookUp = false
    var errors: [String: Bilingual] = [:]

    init(procedures: [CaseProcedure]) {
        self.procedures = procedures
    }

    var applicant: CaseApplicant {
        CaseApplicant(
            name: name,
            birthDate: LocalDate(iso: birthDate),
            telephone: telephone
        )
    }

    /// Reads what was typed, and what is wrong with it.
    mutating func fill(_ fields: FormFields, today: LocalDate) {
        name = String((fields.text("name") ?? "").prefix(Self.maximumNameCharacterCount))
        birthDate = fields["birthDate"] ?? ""
        telephone = String(
            (fields.text("telephone") ?? "").prefix(Self.maximumTelephoneCharacterCount)
        )
        statement = Desk.text(fields, "statement")
        let consents = fields.all("consent")
        hasConsent = consents.contains(CaseConsent.Kind.processing.rawValue)
        mayLookUp = consents.contains(CaseConsent.Kind.lookUp.rawValue)
        if !procedures.contains(where: { $0.id == procedureID }) {
            errors["procedure"] = Bilingual("절차를 골라 주세요.", "Choose the procedure.")
        }
        if name.isEmpty { errors["name"] = Bilingual("성명을 적어 주세요.", "Enter the name.") }
        if !birthDate.isEmpty, LocalDate(iso: birthDate).map({ $0 > today }) ?? true {
            errors["birthDate"] = Bilingual("생년월일을 확인해 주세요.", "Check the day of birth.")
        }
        if statement.isEmpty {
            errors["statement"] = Bilingual(
                "방문인지 전화인지, 누구를 어떻게 확인했는지 적어 주세요.",
                "Say whether by visit or telephone, and how you knew the person."
            )
        }
        if !hasConsent {
            errors["consent"] = Bilingual(
                "종이 동의서로 개인정보 수집·이용 동의를 받아야 접수할 수 있습니다.",
                "The paper consent to the use of personal data is needed."
            )
        }
    }

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        return Page(
            title: context.text("창구 접수", "Intake at the desk"),
            breadcrumbs: [Desk.crumb(context)],
            lead: """
                \(context.text(
                    "계정이 없는 분의 신청을 방문이나 전화로 대신 적습니다. 접수한 사람은 심사할 수 없습니다.",
                    "Enter an application for somebody without an account. A colleague reviews it."))
                """,
            main: """
                \(Desk.tabs("/desk/intake", context))\(errorSummary(of: fields, in: context))\
                \(form(action: Link("/desk/intake"), context: context) {
                    """
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("신청서 적기", "Go on to the application")))
                    """
                })
                """,
            density: .operator,
            hasErrors: !errors.isEmpty
        )
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        func error(_ name: String) -> String? { errors[name]?[language] }
        let consents: [CaseConsent.Kind] = [.processing, .lookUp]
        return [
            FormField(
                name: "procedure",
                label: context.text("무엇을 신청하나요", "What is applied for"),
                control: .select(
                    [.init(value: "", label: context.text("고르세요", "Choose"))]
                        + procedures.map { .init(value: $0.id, label: $0.title[language]) }
                ),
                error: error("procedure"),
                isRequired: true,
                values: [procedureID]
            ),
            FormField(
                name: "name",
                label: context.text("신청인 성명", "Applicant"),
                error: error("name"),
                isRequired: true,
                values: [name],
                autocomplete: "off",
                maximumLength: Self.maximumNameCharacterCount
            ),
            FormField(
                name: "birthDate",
                label: context.text("생년월일", "Day of birth"),
                control: .date(latest: context.now.date),
                error: error("birthDate"),
                values: [birthDate]
            ),
            FormField(
                name: "telephone",
                label: context.text("전화", "Telephone"),
                control: .text(.telephone),
                values: [telephone],
                autocomplete: "off",
                maximumLength: Self.maximumTelephoneCharacterCount
            ),
            FormField(
                name: "statement",
                label: context.text("접수 경위", "How it came"),
                control: .textArea(rowCount: 2),
                hint: context.text(
                    "예: 방문, 신분증 확인. 전화, 본인 확인 질문 두 가지.",
                    "For example: a visit, identity card seen."
                ),
                error: error("statement"),
                isRequired: true,
                values: [statement],
                maximumLength: CaseKeeping.maximumTextCharacterCount
            ),
            FormField(
                name: "consent",
                label: context.text("종이로 받은 동의", "Consents on paper"),
                control: .checkboxes(
                    consents.map {
                        .init(
                            value: $0.rawValue,
                            label: $0.title[language],
                            hint: $0.details[language]
                        )
                    }
                ),
                error: error("consent"),
                isRequired: true,
                values: (hasConsent ? [CaseConsent.Kind.processing.rawValue] : [])
                    + (mayLookUp ? [CaseConsent.Kind.lookUp.rawValue] : [])
            ),
        ]
    }
}
