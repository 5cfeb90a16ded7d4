import Basics
import Eligibility
import Hosting
import Programmes
import Store
import Web

/// One page of the form.
struct CaseStepPage: Sendable {
    let form: CaseForm
    let step: CaseForm.Step
    /// What is wrong, by the name of the field.
    var errors: [String: Bilingual] = [:]
    /// Why files were not taken.
    var fileFaults: [Bilingual] = []
    /// Whether sending was refused because something is missing.
    var isRefused = false
    /// Why sending was refused.
    var complaint: Bilingual?
    /// What the applicant's wallet has of what the application asks for.
    var wallet: [WalletNeed] = []

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        return Page(
            title: heading(context),
            breadcrumbs: [
                CaseOverviewPage.crumb(context),
                Breadcrumb(
                    title: form.procedure.title[context.language],
                    link: .path("apply", "cases", form.record.id)
                ),
            ],
            lead: progress(context),
            main: """
                \(banner(context))\(errorSummary(faults(fields, context), in: context))\
                \(content(fields, context))\(back(context))
                """,
            hasErrors: !errors.isEmpty || !fileFaults.isEmpty || isRefused || complaint != nil
        )
    }

    private func heading(_ context: PageContext) -> String {
        form.title(step)[context.language]
    }

    private func progress(_ context: PageContext) -> HTML {
        let steps = form.steps
        let place = (steps.firstIndex(of: step) ?? 0) + 1
        let whose =
            form.record.proxy == nil
            ? ""
            : context.text(
                " · \(form.record.applicantName) 님 대신",
                " · for \(form.record.applicantName)"
            )
        return
            "\(context.text("\(steps.count)쪽 가운데 \(place)쪽", "Page \(place) of \(steps.count)"))\(whose)"
    }

    private func banner(_ context: PageContext) -> HTML {
        guard let complaint else { return .empty }
        return notificationBanner(
            NotificationBanner(kind: .warning, title: complaint[context.language])
        )
    }

    private func faults(_ fields: [FormField], _ context: PageContext) -> [FieldError] {
        var faults = fields.compactMap { field in
            field.error.map { FieldError(fieldID: field.id, message: $0) }
        }
        faults += fileFaults.map { FieldError(fieldID: nil, message: $0[context.language]) }
        return faults
    }

    // MARK: Fields

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        let answers = form.record.answers.value
        switch step {
        case .contact:
            return [
                FormField(
                    name: "telephone",
                    label: context.text("연락받을 전화번호", "Telephone number"),
                    control: .text(.telephone),
                    hint: context.text(
                        "심사 중에 물어볼 것이 있으면 이 번호로 연락합니다.",
                        "The office calls it when something is unclear."
                    ),
                    error: errors["telephone"]?[language],
                    isRequired: true,
                    values: [form.record.applicant.value.telephone],
                    autocomplete: "tel"
                )
            ]
        case .facts(let names):
            let facts = form.facts.filter { names.contains($0.name) }
            var fields = FactFields(facts, answers: answers.answers.facts)
            for fact in facts {
                if let typed = answers.typed["fact.\(fact.name)"] {
                    fields.values[fact.name] = typed
                }
                fields.errors[fact.name] =
                    errors["fact.\(fact.name)"] ?? contradiction(fact.name)
            }
            return fields.fields(labels: .question, in: context)
        case .question(let name):
            let field = "own.\(name)"
            return form.procedure.questions.filter { $0.name == name }.map { question in
                question.field(
                    value: answers.typed[field]?.first ?? answers.own[name] ?? "",
                    error: errors[field],
                    in: context
                )
            }
        case .consents: return [consentField(context)]
        case .document, .check: return []
        }
    }

    private func contradiction(_ fact: String) -> Bilingual? {
        guard let contradiction = form.contradiction, contradiction.facts.contains(fact) else {
            return nil
        }
        return contradiction.message
    }

    private func consentField(_ context: PageContext) -> FormField {
        let language = context.language
        let isLookedUp = form.requirements.contains { $0.canBeLookedUp }
        let kinds: [CaseConsent.Kind] = isLookedUp ? [.processing, .lookUp] : [.processing]
        return FormField(
            name: "consent",
            label: context.text("동의하는 것을 고르세요", "What you agree to"),
            control: .checkboxes(
                kinds.map { kind in
                    .init(
                        value: kind.rawValue,
                        label: kind.title[language]
                            + (kind == .processing
                                ? context.text(" (필수)", " (required)")
                                : context.text(" (선택)", " (optional)")),
                        hint: kind.details[language]
                    )
                }
            ),
            hint: context.text(
                "보관 기간: 결정 후 \(form.procedure.retentionYears)년. 언제든 ‘내 신청’에서 철회할 수 있습니다.",
                "Kept for \(form.procedure.retentionYears) years after the decision. "
                    + "You can withdraw at any time."
            ),
            error: errors["consent"]?[language],
            isRequired: true,
            values: kinds.filter { form.holds($0) }.map(\.rawValue)
        )
    }

    // MARK: Content

    private func back(_ context: PageContext) -> HTML? {
        form.previous(of: step).map { previous in
            let title = form.title(previous)[context.language]
            let text = context.text("이전: \(title)", "Back: \(title)")
            return "<p><a href=\"\(form.link(previous))\">\(text)</a></p>"
        }
    }

    private func content(_ fields: [FormField], _ context: PageContext) -> HTML {
        switch step {
        case .document(let name): return documentPart(name, context)
        case .check: return CaseCheck(form: form, isRefused: isRefused).content(in: context)
        case .contact, .facts, .question, .consents:
            return Web.form(action: form.link(step), context: context) {
                HTML(each: fields) { formField($0, in: context) } + buttons(context)
            }
        }
    }

    private func buttons(_ context: PageContext) -> HTML {
        var buttons = [button(context.text("계속", "Continue"))]
        if case .facts = step {
            buttons.append(
                button(
                    context.text("모름·나중에", "Not sure, later"),
                    style: .secondary,
                    name: "skip",
                    value: "1"
                )
            )
        }
        buttons.append(
            button(
                context.text("저장하고 나가기", "Save and leave"),
                style: .quiet,
                name: "later",
                value: "1"
            )
        )
        return buttonRow(buttons)
    }

    private func walletPart(_ name: String, _ context: PageContext) -> HTML {
        guard let need = wallet.first(where: { $0.requirement.name == name }) else {
            return .empty
        }
        return section(
            context.text("서류지갑에 있는 서류", "From your wallet"),
            need.form(back: form.link(step), in: context)
        )
    }

    private func documentPart(_ name: String, _ context: PageContext) -> HTML {
        guard let requirement = form.requirements.first(where: { $0.name == name }) else {
            return .empty
        }
        let list = CaseFileList(
            files: form.files(name),
            base: "/apply/cases/\(form.record.id)/files",
            canRemove: true
        )
        let upload = CaseUploadForm(
            action: .path("apply", "cases", form.record.id, "upload", name),
            requirement: requirement
        )
        let isLookedUp = form.isLookedUp(requirement)
        let lookUp: HTML? =
            isLookedUp
            ? notificationBanner(
                NotificationBanner(
                    kind: .success,
                    title: context.text(
                        "공동이용에 동의해서 이 서류는 내지 않아도 됩니다",
                        "You agreed to the look-up: nothing has to be sent"
                    )
                )
            ) : nil
        let isDone = form.isDone(step)
        return """
            \(lookUp)\(list.content(in: context))\(walletPart(name, context))\
            \(upload.content(in: context))\
            \(Web.form(action: form.link(step), context: context) {
                buttonRow([
                    button(
                        isDone
                            ? context.text("계속", "Continue")
                            : context.text("나중에 올리고 계속", "Continue, send it later"),
                        style: isDone ? .primary : .secondary
                    ),
                    button(
                        context.text("저장하고 나가기", "Save and leave"), style: .quiet,
                        name: "later", value: "1"
                    ),
                ])
            })
            """
    }
}
