import Basics
import Store
import Web

/// What a person can do about their application: now, where something is asked, or later.
struct ApplicationActions: Sendable {
    let page: ApplicationPage

    private var record: Case { page.record }

    /// What is asked of the person.
    func now(in context: PageContext) -> HTML {
        switch record.state {
        case .correctionRequested: correction(context)
        case .approved where page.procedure.isTwoPhase: claim(context)
        case .refused: appeal(context)
        default: .empty
        }
    }

    /// What else can be done: consents, taking it back.
    func later(in context: PageContext) -> HTML {
        consents(context) + withdrawal(context)
    }

    // MARK: Asked now

    private func correction(_ context: PageContext) -> HTML {
        guard let asked = record.correction?.value else { return .empty }
        return section(
            context.text("보완요청에 답하기", "Answer what is asked"),
            id: "asked",
            """
            \(notificationBanner(NotificationBanner(
                kind: .warning,
                title: context.text(
                    "\(asked.deadline.iso)까지 답해 주세요", "Please answer by \(asked.deadline.iso)"),
                body: "<p>\(asked.reason)</p>")))\(uploads(context))\
            \(form("correction", context) {
                field(
                    "text",
                    context.text("답변", "Answer"),
                    .textArea(rowCount: 5),
                    in: context
                ) + button(context.text("보완한 내용 보내기", "Send"))
            })
            """
        )
    }

    private func uploads(_ context: PageContext) -> HTML {
        HTML(each: page.asked) { requirement in
            let since = record.correction?.value.askedAt ?? record.decidedAt ?? record.createdAt
            let files = page.documents.filter {
                $0.requirement == requirement.name && $0.createdAt >= since
            }
            return """
                <h3>\(requirement.title[context.language])</h3>\
                \(CaseFileList(
                    files: files, base: "\(page.link.target)/files", canRemove: true
                ).content(in: context))\
                \(CaseUploadForm(
                    action: Link("\(page.link.target)/upload/\(Link.encoded(requirement.name))"),
                    requirement: requirement
                ).content(in: context))
                """
        }
    }

    private func claim(_ context: PageContext) -> HTML {
        let returned: HTML? = page.claims.first.flatMap { claim in
            guard !claim.returned.isEmpty else { return nil }
            return notificationBanner(
                NotificationBanner(
                    kind: .warning,
                    title: context.text("청구가 반려되었습니다", "The claim was sent back"),
                    body: "<p>\(claim.returned)</p>"
                )
            )
        }
        return section(
            context.text("비용 청구", "Claim the costs"),
            id: "asked",
            """
            \(returned)\(uploads(context))\(form("claim", context) {
                """
                \(field(
                    "amount", context.text("청구 금액(원)", "Amount (KRW)"), .text(.number),
                    in: context))\
                \(field(
                    "note", context.text("어디에 썼나요", "What for"), .textArea(rowCount: 3),
                    in: context))\(button(context.text("청구하기", "Claim")))
                """
            })
            """
        )
    }

    private func appeal(_ context: PageContext) -> HTML {
        let answers = HTML(each: page.appeals) { appeal in
            let state =
                appeal.outcome == nil
                ? context.text("검토 중", "In review") : appeal.answer
            return "<li>\(dateText(appeal.madeAt, in: context)): \(appeal.reason) → \(state)</li>"
        }
        let list: HTML? = page.appeals.isEmpty ? nil : "<ul>\(answers)</ul>"
        guard let deadline = record.appealDeadline, context.now.date <= deadline,
            !page.appeals.contains(where: { $0.outcome == nil })
        else {
            return list.map { section(context.text("이의신청", "Appeal"), id: "asked", $0) } ?? .empty
        }
        return section(
            context.text("이의신청", "Appeal"),
            id: "asked",
            """
            \(list)<p>\(context.text(
                "결정이 옳지 않다고 생각하면 \(deadline.iso)까지 이의신청할 수 있습니다.",
                "If you think the decision is wrong, you may appeal until \(deadline.iso)."))</p>\
            \(form("appeal", context) {
                """
                \(field(
                    "reason", context.text("이유", "Why"), .textArea(rowCount: 5), in: context))\
                \(button(context.text("이의신청하기", "Appeal")))
                """
            })
            """
        )
    }

    // MARK: Later

    private func consents(_ context: PageContext) -> HTML {
        guard !page.consents.isEmpty else { return .empty }
        let language = context.language
        let items = HTML(each: page.consents) { consent in
            let until: HTML? = consent.withdrawnAt.map {
                " · \(context.text("철회", "withdrawn")) \(dateText($0, in: context))"
            }
            let takeBack: HTML? =
                consent.isInForce && record.erasedAt == nil
                ? form("consents", context) {
                    """
                    \(hiddenField("kind", consent.kind.rawValue))\
                    \(button(
                        context.text("철회", "Take back"), style: .secondary,
                        more: ["aria-label": context.text(
                            "\(consent.kind.title.korean) 동의 철회",
                            "Take back: \(consent.kind.title.english)")]))
                    """
                } : nil
            let endsIt =
                consent.kind == .processing && consent.isInForce
                && CaseTransition.between(record.state, .withdrawn) != nil
            let warning: HTML? =
                endsIt
                ? """
                <p>\(context.text(
                    "이 동의를 철회하면 신청도 취하됩니다.", "Without it the application is withdrawn."))</p>
                """ : nil
            return """
                <li><p>\(consent.kind.title[language]) · \
                \(context.text("동의", "given")) \(dateText(consent.givenAt, in: context))\(until)</p>\
                <p class="hint">\(context.text("동의 영수증", "Receipt")) \(consent.id). \
                \(consent.kind.details[language])</p>\(warning)\(takeBack)</li>
                """
        }
        return section(context.text("동의", "Consents"), id: "consents", "<ul>\(items)</ul>")
    }

    private func withdrawal(_ context: PageContext) -> HTML {
        guard CaseTransition.between(record.state, .withdrawn) != nil else { return .empty }
        return """
            <details\(page.refusal?.part == "withdraw" ? " open" : "")><summary>\
            \(context.text("신청 취하하기", "Withdraw the application"))</summary>\
            \(form("withdraw", context) {
                """
                \(field(
                    "reason", context.text("취하하는 까닭", "Why"), .textArea(rowCount: 2),
                    isRequired: false, in: context))\
                \(button(context.text("취하", "Withdraw"), style: .warning))
                """
            })</details>
            """
    }

    // MARK: Pieces

    private func form(
        _ name: String,
        _ context: PageContext,
        _ content: () -> HTML
    ) -> HTML {
        Web.form(
            action: Link("\(page.link.target)/\(name)"),
            context: context,
            more: ["id": name == "consents" ? nil : "part-\(name)"]
        ) {
            hiddenField("version", String(record.version)) + content()
        }
    }

    private func field(
        _ name: String,
        _ label: String,
        _ control: FormField.Control,
        isRequired: Bool = true,
        in context: PageContext
    ) -> HTML {
        formField(
            FormField(
                name: name,
                label: label,
                control: control,
                isRequired: isRequired,
                values: [page.typed?.text(name) ?? ""],
                autocomplete: "off",
                maximumLength: CaseKeeping.maximumTextCharacterCount
            ),
            in: context
        )
    }
}
