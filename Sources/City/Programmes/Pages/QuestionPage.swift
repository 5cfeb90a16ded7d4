import Basics
import Eligibility
import Korean
import Web

/// One question, or a few that belong together.
struct QuestionPage: Sendable {
    let collection: ProgrammeCollection
    let step: QuestionFlow.Step
    var fields: FactFields
    /// What is wrong with the answers together, with the facts that say otherwise.
    var contradiction: Contradiction?
    let remainingCount: Int
    let decided: (count: Int, of: Int)
    /// The page before; nil at the first question.
    let previous: String?
    /// Where the answer leads back to: the list of answers, where it is looked at again.
    let returnsToAnswers: Bool

    /// Answers that cannot hold together.
    struct Contradiction: Sendable {
        var message: Bilingual
        /// The other facts it speaks of.
        var others: [FactDefinition]
    }

    func page(in context: PageContext) -> Page {
        let fields = formFields(context)
        let summary = errorSummary(
            fields.compactMap { field in
                field.error.map { FieldError(fieldID: field.id, message: $0) }
            } + together(fields, context),
            in: context
        )
        let hasErrors = contradiction != nil || fields.contains { $0.error != nil }
        return Page(
            title: title[context.language],
            breadcrumbs: collection.trail(context),
            lead: lead(context),
            main: "\(hasErrors ? summary : .empty)\(questions(fields, context))\(ways(context))",
            hasErrors: hasErrors
        )
    }

    private var title: Bilingual {
        switch step {
        case .facts(let facts):
            if facts.count == 1, let question = facts[0].question { return question }
            return Bilingual("몇 가지 더 알려 주세요", "A few more facts")
        case .received:
            return Bilingual(
                "이미 받았거나 받고 있는 지원이 있나요?",
                "Have you received any of these?"
            )
        }
    }

    private func lead(_ context: PageContext) -> HTML {
        let left = context.text(
            "남은 질문 많아야 \(remainingCount)개",
            remainingCount == 1
                ? "At most 1 question left" : "At most \(remainingCount) questions left"
        )
        let known = context.text(
            "\(decided.of)개 사업 중 \(decided.count)개는 결과가 나왔습니다",
            "\(decided.count) of \(decided.of) programmes are decided"
        )
        return decided.count == 0
            ? "<strong>\(left)</strong>" : "<strong>\(left)</strong> · \(known)"
    }

    private func formFields(_ context: PageContext) -> [FormField] {
        guard case .received(let facts) = step else {
            return fields.fields(labels: fields.facts.count == 1 ? .name : .question, in: context)
        }
        return [
            FormField(
                name: QuestionFlow.receivedName,
                label: context.text("해당하는 것을 모두 골라 주세요", "Choose everything that applies"),
                control: .checkboxes(
                    facts.map { .init(value: $0.name, label: $0.label[context.language]) }
                ),
                hint: context.text(
                    "하나도 없으면 아무것도 고르지 않고 ‘다음’을 누르세요.",
                    "If there is none, choose nothing and go on."
                ),
                error: fields.errors.values.first?[context.language],
                isRequired: true,
                values: facts.map(\.name).filter { fields.values[$0] == ["yes"] }
            )
        ]
    }

    private func together(_ fields: [FormField], _ context: PageContext) -> [FieldError] {
        contradiction.map {
            [FieldError(fieldID: fields.first?.id, message: $0.message[context.language])]
        } ?? []
    }

    private func questions(_ fields: [FormField], _ context: PageContext) -> HTML {
        form(action: collection.checkLink, context: context) {
            let asked = HTML(each: step.facts) { hiddenField("asked", $0.name) }
            let back =
                returnsToAnswers ? hiddenField("return", "answers") : HTML.empty
            return """
                \(asked)\(back)\(hiddenField("step", step.name))\
                \(HTML(each: fields) { formField($0, in: context) })\(others(context))\
                \(buttonRow([
                    button(context.text("다음", "Next"), name: "action", value: "answer"),
                    button(
                        context.text("모름·나중에", "Not sure, later"), style: .secondary,
                        name: "action", value: "later"),
                ]))
                """
        }
    }

    /// The answers that say otherwise, each with the way to change it.
    private func others(_ context: PageContext) -> HTML {
        guard let others = contradiction?.others, !others.isEmpty else { return .empty }
        let items = HTML(each: others) { fact in
            let name = fact.label[context.language]
            let link = collection.questionLink(fact.name)
            return """
                <li><a href="\(link)">\(context.text(
                    "앞서 한 답 고치기: \(name)", "Change the earlier answer: \(name)"))</a></li>
                """
        }
        return "<ul>\(items)</ul>"
    }

    private func ways(_ context: PageContext) -> HTML {
        var ways: [HTML] = []
        if let previous {
            let link = collection.questionLink(previous)
            ways.append("<a href=\"\(link)\">\(context.text("앞 질문으로", "Previous question"))</a>")
        }
        ways.append(
            """
            <a href="\(collection.resultsLink)">\(context.text("지금까지의 결과", "Results so far"))</a>
            """
        )
        ways.append(
            """
            <a href="\(collection.answersLink)">\(context.text("내 답 모두 보기", "All my answers"))</a>
            """
        )
        let household: HTML? =
            step.facts.contains { $0.isDerived }
            ? """
            <p>\(context.text(
                "함께 사는 가족을 적으면 이런 질문은 묻지 않습니다.",
                "Listing your family answers questions like this."))
            <a href="\(collection.peopleLink)">\(context.text("가족 적기", "List my family"))</a></p>
            """ : nil
        return """
            \(household)<p>\(ways.joined(separator: " · "))</p>\
            <p class="hint">\(privacy(context))</p>
            """
    }

    private func privacy(_ context: PageContext) -> String {
        context.visitor == nil
            ? context.text(
                "로그인하지 않아도 됩니다. 답은 \(AnswerBook.visitHourCount)시간 뒤에 지워지고, 언제든 바로 지울 수 있습니다.",
                "No need to sign in. Answers are removed after \(AnswerBook.visitHourCount) hours, "
                    + "or at once when you say so."
            )
            : context.text(
                "답은 본인만 봅니다. 프로필에 보관할지는 ‘내 답 모두 보기’에서 정합니다.",
                "Only you see your answers. Whether they are kept, you decide under “All my answers”."
            )
    }
}

extension ProgrammeCollection {
    /// The way from the portal to its pages.
    func trail(_ context: PageContext) -> [Breadcrumb] {
        [Breadcrumb(title: title[context.language], link: Link(base))]
    }

    /// The page of one question.
    func questionLink(_ name: String, returning: Bool = false) -> Link {
        Link(
            "\(base)/check",
            query: [("fact", name)] + (returning ? [("return", "answers")] : [])
        )
    }
}
