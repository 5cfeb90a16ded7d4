import Basics
import Identity
import Web

/// One question that was handed over: its talk, the reply, what may be made of it.
struct HandOverPage: Sendable {
    /// The longest reply, in characters.
    static let maximumReplyLength = 8_000

    var handOver: HandOver
    var messages: [Message]
    var handOvers: [HandOver]
    /// What colleagues did with it.
    var steps: [HandOverStep]
    /// What those colleagues are called.
    var names: [String: String]
    var templates: [ReplyTemplate]
    /// The departments it may belong to instead.
    var departments: [String]
    /// Who looks at the page.
    var readerID: String
    /// The reply as far as it is written.
    var reply: String
    /// Why the reply cannot be sent.
    var refusal: Bilingual?
    /// What was typed to pass it on, where that was refused.
    var passing: (department: String, note: String, fault: Bilingual)?
    var isPromotionRefused = false

    private var link: Link { .path("assistant", "queue", handOver.id) }

    /// Why a text cannot be a reply.
    static func fault(_ text: String) -> Bilingual? {
        if text.isEmpty { return Bilingual("답을 적어 주세요.", "Write a reply.") }
        guard text.count > maximumReplyLength else { return nil }
        return Bilingual(
            "답은 \(maximumReplyLength.grouped)자까지입니다.",
            "A reply has at most \(maximumReplyLength.grouped) characters."
        )
    }

    /// Why it cannot be passed on so.
    func fault(ofPassingTo department: String, _ note: String) -> Bilingual? {
        guard departments.contains(department) else {
            return Bilingual("직원안내에 있는 부서를 골라 주세요.", "Choose a department of the directory.")
        }
        if note.isEmpty { return Bilingual("까닭을 적어 주세요.", "Say why.") }
        guard note.count > HandOverStep.maximumNoteLength else { return nil }
        return Bilingual(
            "\(HandOverStep.maximumNoteLength)자까지 적을 수 있습니다.",
            "At most \(HandOverStep.maximumNoteLength) characters."
        )
    }

    /// Why a person cannot answer: somebody else took it upon themself.
    func heldByAnother(than actor: Actor) -> Bilingual? {
        guard let holder = handOver.assignedTo, holder != actor.id else { return nil }
        let name = names[holder] ?? ""
        return Bilingual(
            "\(name) 님이 맡고 있습니다. 대신 답하려면 먼저 내가 맡아 주세요.",
            "\(name) has taken it. Take it yourself before you answer."
        )
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: handOver.question,
            breadcrumbs: [
                StartPage.breadcrumb(context),
                Breadcrumb(
                    title: context.text("넘겨받은 질문", "Questions handed over"),
                    link: Link("/assistant/queue")
                ),
            ],
            main: """
                \(facts(context))\
                \(section(
                    context.text("나눈 대화", "The talk"),
                    TalkView(messages: messages, handOvers: handOvers, isOwn: false)
                        .html(in: context)))\
                \(handOver.state == .waiting ? answering(context) : promotion(context))\
                \(history(context))
                """,
            hasErrors: refusal != nil || passing != nil || isPromotionRefused
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let late: HTML =
            handOver.isLate(at: context.now)
            ? statusTag(StatusTag(context.text("늦음", "Late"), kind: .attention)) : .empty
        let holder = handOver.assignedTo.map { names[$0] ?? context.text("동료", "a colleague") }
        return summaryList(
            SummaryList([
                .init(
                    context.text("답할 때", "Due"),
                    "\(dateText(handOver.dueAt, in: context)) \(late)"
                ),
                .init(
                    context.text("부서", "Department"),
                    "\(handOver.department.isEmpty ? "–" : handOver.department)"
                ),
                .init(context.text("맡은 사람", "Taken by"), "\(holder ?? "–")"),
            ]),
            in: context
        )
    }

    private func answering(_ context: PageContext) -> HTML {
        taking(context) + replying(context) + passingOn(context)
    }

    /// Taking it upon oneself, and giving it back.
    private func taking(_ context: PageContext) -> HTML {
        let isMine = handOver.assignedTo == readerID
        let name = isMine ? "release" : "take"
        let text =
            isMine ? context.text("내려놓기", "Give it back") : context.text("내가 맡기", "Take it")
        return form(action: .path("assistant", "queue", handOver.id, name), context: context) {
            button(text, style: .secondary)
        }
    }

    private func replying(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "reply",
            label: context.text("답", "Reply"),
            control: .textArea(rowCount: 6),
            hint: context.text(
                "질문한 사람의 대화에 그대로 실립니다. 근거 조문을 적어 주세요.",
                "It stands in the person's talk as you write it. Name the article it rests on."
            ),
            error: refusal?[context.language],
            isRequired: true,
            values: [reply],
            maximumLength: Self.maximumReplyLength
        )
        let action = Link.path("assistant", "queue", handOver.id, "reply")
        return section(
            context.text("답하기", "Answer"),
            template(context)
                + form(action: action, context: context, draft: "reply-\(handOver.id)") {
                    formField(field, in: context)
                        + button(context.text("답 보내기", "Send the reply"))
                }
        )
    }

    /// A choice of templates, which fills the reply in.
    private func template(_ context: PageContext) -> HTML {
        guard !templates.isEmpty else { return .empty }
        let field = FormField(
            name: "template",
            label: context.text("답 틀", "Template"),
            control: .select(templates.map { .init(value: $0.id, label: $0.title) })
        )
        return form(action: link, method: .get, context: context) {
            formField(field, in: context)
                + button(context.text("불러오기", "Take it over"), style: .secondary)
        }
    }

    private func passingOn(_ context: PageContext) -> HTML {
        guard !departments.isEmpty else { return .empty }
        let fields = [
            FormField(
                name: "department",
                label: context.text("맞는 부서", "Department it belongs to"),
                control: .select(departments.map { .init(value: $0, label: $0) }),
                isRequired: true,
                values: [passing?.department ?? ""]
            ),
            FormField(
                name: "note",
                label: context.text("까닭", "Why"),
                error: passing?.fault[context.language],
                isRequired: true,
                values: [passing?.note ?? ""],
                maximumLength: HandOverStep.maximumNoteLength
            ),
        ]
        return section(
            context.text("다른 부서로 돌리기", "Pass it on"),
            form(action: .path("assistant", "queue", handOver.id, "pass"), context: context) {
                HTML(each: fields) { formField($0, in: context) }
                    + button(context.text("돌리기", "Pass it on"), style: .secondary)
            }
        )
    }

    private func history(_ context: PageContext) -> HTML {
        guard !steps.isEmpty else { return .empty }
        let events = steps.map { step in
            let department = step.department.isEmpty ? "" : " → \(step.department)"
            let name = names[step.madeBy] ?? context.text("동료", "a colleague")
            return TimelineEvent(
                title: "\(step.kind.label[context.language])\(department) · \(name)",
                time: dateText(step.madeAt, in: context),
                body: step.note.isEmpty ? nil : "<p>\(step.note)</p>"
            )
        }
        return section(context.text("처리 이력", "What was done"), timeline(events, in: context))
    }

    /// The question and its answer, ready to become knowledge after review.
    private func promotion(_ context: PageContext) -> HTML {
        if let id = handOver.documentID {
            let link = Link.path("assistant", "knowledge", id)
            return section(
                context.text("질문과 답으로 남김", "Kept as a question and answer"),
                "<p><a href=\"\(link)\">\(context.text("문서 보기", "See the document"))</a></p>"
            )
        }
        let missing = isPromotionRefused ? context.text("적어 주세요.", "Fill this in.") : nil
        let fields = [
            FormField(
                name: "question",
                label: context.text("질문", "Question"),
                error: missing,
                isRequired: true,
                values: [handOver.question],
                maximumLength: KnowledgeDocument.maximumTitleLength
            ),
            FormField(
                name: "answer",
                label: context.text("답", "Answer"),
                control: .textArea(rowCount: 6),
                error: missing,
                isRequired: true,
                values: [handOver.reply ?? ""],
                maximumLength: Self.maximumReplyLength
            ),
        ]
        let action = Link.path("assistant", "queue", handOver.id, "promote")
        return section(
            context.text("질문과 답으로 남기기", "Keep as a question and answer"),
            "<p>\(context.text("다른 사람이 검토하고 시행한 뒤부터 인용됩니다.", "It is quoted once reviewed and put in force."))</p>"
                + form(action: action, context: context) {
                    HTML(each: fields) { formField($0, in: context) }
                        + button(context.text("초안으로 남기기", "Keep as a draft"))
                }
        )
    }
}

extension HandOverStep.Kind {
    var label: Bilingual {
        switch self {
        case .taken: Bilingual("맡음", "Taken")
        case .released: Bilingual("내려놓음", "Given back")
        case .passedOn: Bilingual("다른 부서로 돌림", "Passed on")
        case .answered: Bilingual("답함", "Answered")
        }
    }
}
