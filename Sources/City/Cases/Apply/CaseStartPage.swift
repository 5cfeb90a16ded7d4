import Basics
import Identity
import Store
import Web

/// The first page of a procedure: what it is, what it takes, and for whom one applies.
struct CaseStartPage: Sendable {
    /// The longest basis of a proxy, in characters.
    static let maximumStatementCharacterCount = 500

    let procedure: CaseProcedure
    let intake: CaseIntake
    let documents: [CaseDocumentRequirement]
    var isForOther: Bool
    let isSignedIn: Bool
    let isStaff: Bool
    /// What the person has going on already.
    var running: Case?
    /// Whether the person answered questions before.
    var hasAnswers = false
    /// Whether the person agreed already that their answers are used again.
    var keepsProfile = false
    /// What was typed, by the name of the field.
    var typed: [String: String] = [:]
    var errors: [String: Bilingual] = [:]
    var complaint: Bilingual?

    private var link: Link { .path("apply", procedure.id) }

    // MARK: Reading

    /// Who applies and for whom; nothing where something is wrong.
    mutating func read(
        _ fields: FormFields,
        by account: SignedInAccount,
        on today: LocalDate
    ) -> (applicant: CaseApplicant, proxy: CaseProxy?)? {
        guard isForOther else { return (CaseApplicant(name: account.displayName), nil) }
        for name in ["name", "birthDate", "telephone", "basis", "statement"] {
            typed[name] = String(
                (fields.text(name) ?? "").prefix(Self.maximumStatementCharacterCount)
            )
        }
        let name = typed["name"] ?? ""
        if name.isEmpty { errors["name"] = CaseAnswerFault.missing.message }
        let day = LocalDate(iso: typed["birthDate"] ?? "")
        if day == nil { errors["birthDate"] = CaseAnswerFault.notADay.message }
        if let day, day > today { errors["birthDate"] = CaseAnswerFault.future.message }
        let telephone = typed["telephone"] ?? ""
        if !CasePhone.isTelephone(telephone) { errors["telephone"] = CasePhone.fault }
        let basis = typed["basis"].flatMap(CaseProxy.Basis.init)
        if basis.map({ !bases.contains($0) }) ?? true {
            errors["basis"] = CaseAnswerFault.notAChoice.message
        }
        let statement = typed["statement"] ?? ""
        if statement.isEmpty { errors["statement"] = CaseAnswerFault.missing.message }
        guard errors.isEmpty, let basis else { return nil }
        return (
            CaseApplicant(name: name, birthDate: day, telephone: telephone),
            CaseProxy(
                basis: basis,
                name: account.displayName,
                assurance: account.assurance.rawValue,
                statement: statement
            )
        )
    }

    /// The bases the person can have: an officer's only where they are one.
    private var bases: [CaseProxy.Basis] {
        isStaff ? CaseProxy.Basis.allCases : [.family, .guardian]
    }

    // MARK: Showing

    func page(in context: PageContext) -> Page {
        let language = context.language
        return Page(
            title: context.text(
                "\(procedure.title.korean) 신청",
                "Apply: \(procedure.title.english)"
            ),
            breadcrumbs: [
                Breadcrumb(
                    title: context.text("내 신청", "My applications"),
                    link: Link("/applications")
                )
            ],
            lead: "\(procedure.summary[language])",
            main: """
                \(complaint.map { notificationBanner(
                    NotificationBanner(kind: .warning, title: $0[language])) })\
                \(errorSummary(of: isForOther ? fields(context) : [], in: context))\
                \(intakeNote(context))\(facts(context))\(isForOther ? .empty : needs(context))\
                \(begin(context))
                """,
            hasErrors: !errors.isEmpty || complaint != nil
        )
    }

    private func intakeNote(_ context: PageContext) -> HTML {
        guard case .closed(let opens) = intake else { return .empty }
        let when: HTML? = opens.map {
            """
            <p>\(dateText($0, style: .long, in: context)) \
            \(context.text("부터 신청할 수 있습니다.", "is the first day."))</p>
            """
        }
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text("지금은 신청 기간이 아닙니다", "Applications are not taken now"),
                body: when
            )
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        var rows: [SummaryList.Row] = []
        if case .round(let round) = intake {
            rows.append(
                .init(
                    context.text("신청 기간", "Applications"),
                    """
                    \(round.title.value[context.language]) · \(dateText(round.opens, in: context)) ~ \
                    \(dateText(round.closes, in: context))
                    """
                )
            )
            if let places = round.places {
                rows.append(
                    .init(
                        context.text("모집 인원", "Places"),
                        "\(places.grouped)\(context.text("명", ""))"
                    )
                )
            }
        }
        rows.append(
            .init(
                context.text("처리기한", "Time of the office"),
                """
                \(context.text("접수 후 근무일 \(procedure.dueDays)일", "\(procedure.dueDays) working days"))
                """
            )
        )
        return summaryList(SummaryList(rows), in: context)
    }

    private func needs(_ context: PageContext) -> HTML {
        guard !documents.isEmpty else { return .empty }
        let items = HTML(each: documents) { document in
            let note: HTML? =
                document.canBeLookedUp
                ? " <span class=\"badge\">\(context.text("동의하면 안 내도 됨", "looked up with consent"))</span>"
                : nil
            return """
                <li>\(document.title[context.language])\(note)\
                \(document.guidance(context.language))</li>
                """
        }
        return section(
            context.text("필요한 서류", "Documents"),
            """
            <ul>\(items)</ul><p>\(context.text(
                "서류가 아직 없어도 시작할 수 있습니다. 쓰던 내용과 올린 파일은 저장됩니다.",
                "You can begin without them; what you write and send is kept."))</p>
            """
        )
    }

    private func begin(_ context: PageContext) -> HTML {
        if let running, !isForOther { return goOn(running, context) + otherLink(context) }
        if case .closed = intake { return .empty }
        guard isSignedIn else {
            return buttonRow([
                linkButton(
                    context.text("로그인하고 신청하기", "Sign in and apply"),
                    Link(context.accountLinks.signIn.target, query: [("return", link.target)]),
                    style: .primary
                )
            ])
        }
        let form = Web.form(action: link, context: context) {
            """
            \(hiddenField("for", isForOther ? "other" : "self"))\
            \(isForOther ? otherFields(context) : reuse(context))\
            \(button(context.text("신청 시작", "Begin")))
            """
        }
        return form + (isForOther ? .empty : otherLink(context))
    }

    private func goOn(_ running: Case, _ context: PageContext) -> HTML {
        let isDraft = running.state == .draft
        let target: Link =
            isDraft ? .path("apply", "cases", running.id) : .path("applications", running.id)
        return notificationBanner(
            NotificationBanner(
                title: isDraft
                    ? context.text("쓰던 신청서가 있습니다", "You have a draft")
                    : context.text("이미 낸 신청이 있습니다", "You have applied already"),
                body: buttonRow([
                    linkButton(
                        isDraft
                            ? context.text("이어서 쓰기", "Go on")
                            : context.text("신청 보기", "See it"),
                        target,
                        style: .primary
                    )
                ])
            )
        )
    }

    private func otherLink(_ context: PageContext) -> HTML {
        guard isSignedIn else { return .empty }
        let other = Link(link.target, query: [("for", "other")])
        return """
            <p><a href="\(other)">\(context.text(
                "다른 사람을 대신해 신청하기", "Apply for somebody else"))</a></p>
            """
    }

    private func reuse(_ context: PageContext) -> HTML {
        guard hasAnswers else { return .empty }
        if keepsProfile {
            return """
                <p>\(context.text(
                    "자격 확인에서 답한 내용으로 신청서를 채워 드립니다(보관 동의함).",
                    "Your earlier answers fill the form; you agreed to that."))</p>
                """
        }
        return formField(
            FormField(
                name: "reuse",
                label: context.text("이미 답한 내용", "What you answered before"),
                control: .checkboxes([
                    .init(
                        value: "yes",
                        label: CaseConsent.Kind.reuse.title[context.language],
                        hint: CaseConsent.Kind.reuse.details[context.language]
                    )
                ])
            ),
            in: context
        )
    }

    private func otherFields(_ context: PageContext) -> HTML {
        HTML(each: fields(context)) { formField($0, in: context) }
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        func field(
            _ name: String,
            _ label: String,
            _ control: FormField.Control = .text(),
            hint: String? = nil
        ) -> FormField {
            FormField(
                name: name,
                label: label,
                control: control,
                hint: hint,
                error: errors[name]?[language],
                isRequired: true,
                values: [typed[name] ?? ""],
                autocomplete: "off"
            )
        }
        return [
            field("name", context.text("신청하는 사람(받을 사람)의 이름", "Name of the applicant")),
            field("birthDate", context.text("그 사람의 생년월일", "Their day of birth"), .date()),
            field("telephone", context.text("연락할 전화번호", "Telephone"), .text(.telephone)),
            field(
                "basis",
                context.text("대신 신청하는 사람은", "You are their"),
                .radios(bases.map { .init(value: $0.rawValue, label: $0.title[language]) })
            ),
            field(
                "statement",
                context.text("대신 신청하는 까닭", "Why you apply for them"),
                .textArea(rowCount: 3),
                hint: context.text(
                    "관계와 위임한 날을 적어 주세요. 이 내용과 내 이름이 신청서에 남습니다.",
                    "The relation and since when. It is kept with your name."
                )
            ),
        ]
    }
}
