import Basics
import Identity
import Store
import Web

/// One text: how it reads, the form to word it anew, how that would look, and its versions.
struct TextPage: Sendable {
    let procedure: CaseProcedure
    let key: CaseTextKey
    /// The document it says something of, as described.
    let document: CaseDocumentRequirement?
    /// Its versions, the latest first.
    let versions: [ProcedureTextVersion]
    let office: String
    let actor: Actor
    let today: LocalDate
    let wasSaved: Bool
    /// What was typed and is not kept yet.
    var typed: Bilingual?
    /// Why something was refused.
    var fault: Bilingual?

    var link: Link { .path("desk", "texts", procedure.id, key.name) }

    private var original: Bilingual { key.original(document) }
    private var inForce: Bilingual { procedure.texts?[key] ?? original }
    private var mayWord: Bool { actor.wordsTexts(of: procedure.organizationID) }
    private var proposal: ProcedureTextVersion? {
        versions.first.flatMap { $0.state == .proposed ? $0 : nil }
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: key.title(document)[context.language],
            breadcrumbs: [
                TextProceduresPage.crumb(context),
                Breadcrumb(
                    title: procedure.title[context.language],
                    link: .path("desk", "texts", procedure.id)
                ),
            ],
            main: """
                \(banner(context))\(waiting(context))\(form(context))\(preview(context))\
                \(wasKept(context))\(history(context))
                """,
            hasErrors: fault != nil
        )
    }

    private func banner(_ context: PageContext) -> HTML? {
        if let fault {
            return notificationBanner(
                NotificationBanner(kind: .warning, title: fault[context.language])
            )
        }
        guard wasSaved, typed == nil else { return nil }
        let title =
            proposal == nil
            ? context.text("저장했습니다", "Saved")
            : context.text("결재를 기다립니다", "It waits for an approver")
        return notificationBanner(NotificationBanner(kind: .success, title: title))
    }

    // MARK: A proposal

    private func waiting(_ context: PageContext) -> HTML? {
        guard let proposal else { return nil }
        let mayDecide =
            actor.may(.caseApprover, in: procedure.organizationID)
            && actor.id != proposal.actorID
        let buttons =
            mayDecide
            ? Web.form(action: link, context: context) {
                hiddenField("number", String(proposal.number))
                    + buttonRow([
                        button(
                            context.text("시행하기", "Put in force"),
                            name: "action",
                            value: "accept"
                        ),
                        button(
                            context.text("쓰지 않기", "Decline"),
                            style: .secondary,
                            name: "action",
                            value: "decline"
                        ),
                    ])
            }
            : """
            <p>\(context.text(
                    "쓴 사람이 아닌 결재자가 시행합니다.",
                    "An approver who did not write it puts it in force."))</p>
            """
        return section(
            context.text("결재를 기다리는 문구", "Waits for approval"),
            """
            \(both(proposal.text?.value ?? original, context))\
            <p>\(dateText(proposal.at, in: context)) · \(proposal.actorName)</p>\(buttons)
            """
        )
    }

    // MARK: Wording

    private func form(_ context: PageContext) -> HTML {
        guard mayWord else {
            return section(
                context.text("지금 읽히는 말", "How it reads now"),
                both(inForce, context)
            )
        }
        let shown = typed ?? inForce
        let fields = [
            field("korean", context.text("한국어", "Korean"), shown.korean),
            field("english", context.text("영어", "English"), shown.english),
        ]
        return section(
            context.text("고치기", "Word it"),
            Web.form(action: link, context: context) {
                """
                \(variables(context))\
                \(hiddenField("number", String(versions.first?.number ?? 0)))\
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([
                    button(context.text("저장", "Save"), name: "action", value: "save"),
                    button(
                        context.text("미리 보기", "Preview"), style: .secondary,
                        name: "action", value: "preview"
                    ),
                ]))
                """
            }
        )
    }

    private func field(_ name: String, _ label: String, _ value: String) -> FormField {
        let isLine = key.maximumCharacterCount == CaseQuestion.maximumLineCharacterCount
        return FormField(
            name: name,
            label: label,
            control: isLine ? .text() : .textArea(rowCount: 5),
            isRequired: !key.canBeEmpty,
            values: [value],
            maximumLength: key.maximumCharacterCount
        )
    }

    private func variables(_ context: PageContext) -> HTML? {
        guard case .sentence(let sentence) = key, !sentence.variables.isEmpty else { return nil }
        func names(_ language: Language) -> String {
            sentence.variables.map { "{\($0.name[language])}" }.joined(separator: ", ")
        }
        return """
            <p class="hint">\(context.text(
                "한국어의 \(names(.korean)), 영어의 \(names(.english)) 자리는 보낼 때 그 신청의 값으로 바뀝니다.",
                "\(names(.korean)) in Korean and \(names(.english)) in English become what the "
                    + "application says."))</p>
            """
    }

    /// The way back to what the procedure or the rules describe.
    private func wasKept(_ context: PageContext) -> HTML? {
        guard mayWord, procedure.texts?[key] != nil else { return nil }
        return section(
            context.text("원래 문구", "The original"),
            """
            \(both(original, context))\
            \(Web.form(action: link, context: context) {
                """
                \(hiddenField("number", String(versions.first?.number ?? 0)))\
                \(button(
                    context.text("원래 문구로 되돌리기", "Back to the original"),
                    style: .secondary, name: "action", value: "original"
                ))
                """
            })
            """
        )
    }

    // MARK: How it looks

    private func preview(_ context: PageContext) -> HTML {
        var shown = procedure
        var texts = procedure.texts ?? CaseTexts()
        texts[key] = typed ?? proposal.map { $0.text?.value ?? original } ?? inForce
        shown.texts = texts
        return section(
            context.text("읽는 사람에게는 이렇게 보입니다", "How it looks to the reader"),
            id: "preview",
            looks(shown, context)
        )
    }

    private func looks(_ shown: CaseProcedure, _ context: PageContext) -> HTML {
        switch key {
        case .sentence(let sentence):
            guard let kind = sentence.letter else {
                let values: [CaseSentence.Variable: Bilingual] = [
                    .receipt: Bilingual(same: "\(today.year)-\(procedure.receiptPrefix)-000000"),
                    .deadline: today.adding(days: procedure.dueDays).written,
                ]
                return both(shown.text(sentence, values), context)
            }
            let letter = CaseLetter(preview: kind, of: shown, office: office, issuedOn: today)
            return """
                <div class="letter" lang="ko"><p><strong>\(kind.title.korean)</strong></p>\
                \(letter.content)</div>\(letter.english)
                """
        case .document:
            guard let document else { return .empty }
            let worded = shown.worded(document)
            return HTML(each: Language.allCases) { language in
                """
                <div lang="\(language.rawValue)"><h3>\(worded.title[language])</h3>\
                \(worded.guidance(language))</div>
                """
            }
        }
    }

    private func both(_ text: Bilingual, _ context: PageContext) -> HTML {
        summaryList(
            SummaryList([
                .init(context.text("한국어", "Korean"), said(text.korean, .korean)),
                .init(context.text("영어", "English"), said(text.english, .english)),
            ]),
            in: context
        )
    }

    private func said(_ text: String, _ language: Language) -> HTML {
        text.isEmpty ? "–" : "<span lang=\"\(language.rawValue)\">\(text)</span>"
    }

    // MARK: Versions

    private func history(_ context: PageContext) -> HTML {
        guard !versions.isEmpty else { return .empty }
        return section(
            context.text("이력", "Versions"),
            timeline(
                versions.map { version in
                    let text = version.text?.value
                    let decider: HTML? =
                        version.deciderName.isEmpty ? nil : " → \(version.deciderName)"
                    return TimelineEvent(
                        title: version.state.title[context.language],
                        time: """
                            \(dateText(version.at, in: context)) · \(version.actorName)\(decider)
                            """,
                        body: text.map { both($0, context) }
                            ?? "<p>\(context.text("원래 문구", "The original"))</p>"
                    )
                },
                in: context
            )
        )
    }
}

extension CaseDocumentRequirement {
    /// What it has to show and where people get it, in words; nothing where nobody said.
    func guidance(_ language: Language) -> HTML {
        let hint = hint.map { $0[language] } ?? ""
        let source = source.map { $0[language] } ?? ""
        let label = CaseTextKey.Aspect.source.title[language]
        let shownHint: HTML? = hint.isEmpty ? nil : "<p>\(hint)</p>"
        let shownSource: HTML? = source.isEmpty ? nil : "<p>\(label): \(source)</p>"
        return "\(shownHint)\(shownSource)"
    }
}
