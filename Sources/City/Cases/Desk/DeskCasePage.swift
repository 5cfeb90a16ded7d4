import Basics
import Eligibility
import Identity
import Programmes
import Store
import Web

/// One case as an officer works on it: what was answered beside what the rules found, and what may
/// follow.
struct DeskCasePage: Sendable {
    let open: DeskCase
    let actor: Actor
    /// The checklist of documents.
    let requirements: [CaseDocumentRequirement]
    /// An order that was refused, and why.
    var refusal: (order: DeskOrder, message: Bilingual)?
    /// A line of the ledger that was refused, and why.
    var paymentFault: Bilingual?

    private var record: Case { open.record }
    static func link(_ id: String) -> Link { .path("desk", "cases", id) }
    private var link: Link { Self.link(record.id) }

    func page(in context: PageContext) -> Page {
        Page(
            title: "\(record.receipt) \(open.procedure.title[context.language])",
            breadcrumbs: [Desk.crumb(context)],
            lead: "\(record.state.tag(in: context)) \(due(context)) \(sample(context))",
            main: """
                \(warning(context))\(work(context))\(findings(context))\(documents(context))\
                \(facts(context))\(appeals(context))\(claims(context))\
                \(DeskLedger(open: open, actor: actor, fault: paymentFault).section(in: context))\
                \(LetterList(letters: open.letters).content(in: context))\
                \(earlier(context))\(timelineSection(context))
                """,
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil || paymentFault != nil
        )
    }

    private func due(_ context: PageContext) -> HTML {
        let row = DeskRow(
            id: record.id,
            receipt: record.receipt,
            procedureID: record.procedureID,
            applicantName: record.applicantName,
            state: record.state,
            version: record.version,
            assigneeID: record.assigneeID,
            dueOn: record.dueOn,
            submittedAt: record.submittedAt
        )
        return DeskQueuePage.due(row, open.days, context)
    }

    private func sample(_ context: PageContext) -> HTML {
        record.isSample
            ? statusTag(StatusTag(context.text("표본", "Sample"), kind: .neutral)) : .empty
    }

    private func warning(_ context: PageContext) -> HTML {
        guard record.belongs(to: actor.id) else { return .empty }
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text("본인이 신청했거나 대리한 건입니다", "You made this application"),
                body: """
                    \(context.text(
                        "다른 담당자가 처리해야 합니다.", "A colleague has to work on it."))
                    """
            )
        )
    }

    // MARK: What may follow

    private func work(_ context: PageContext) -> HTML {
        let actions = open.actions(for: actor)
        guard !actions.isEmpty else { return .empty }
        let proposal: HTML? = record.proposal.map { kept in
            let proposal = kept.value
            let amount: HTML? = proposal.amount.map { " · \(money($0, in: context))" }
            return """
                <p>\(context.text("검토 의견", "Proposed")): \(proposal.outcome.tag(in: context)) \
                \(proposal.officerName)\(amount) — \(proposal.reason)</p>
                """
        }
        return section(
            context.text("처리", "What to do"),
            id: "work",
            """
            \(proposal)\(HTML(each: actions) { disclosure($0, context) })\(assignment(context))
            """
        )
    }

    private func disclosure(_ action: DeskAction, _ context: PageContext) -> HTML {
        let refused = refusal.flatMap { $0.order.action == action ? $0 : nil }
        var order = refused?.order ?? DeskOrder(action: action, reason: open.reason(for: action))
        if refused == nil { order.amount = record.proposal?.value.amount }
        var fields = order.fields(
            fault: refused?.message,
            documents: requirements,
            in: context
        )
        if [.approve, .proposeApproval].contains(action) { fields.append(amount(order, context)) }
        fields = fields.map { field in
            var field = field
            // Several forms stand on one page; the identifiers of their fields keep apart.
            field.name = "\(action.rawValue).\(field.name)"
            return field
        }
        let complaint: HTML? =
            refused.flatMap { refused in
                fields.contains { $0.error != nil }
                    ? nil : "<p class=\"error\">\(refused.message[context.language])</p>"
            }
        let content = form(action: Link(link.target + "/work"), context: context) {
            """
            \(complaint)\(hiddenField("action", action.rawValue))\
            \(hiddenField("version", String(record.version)))\
            \(HTML(each: fields) { formField($0, in: context) })\
            \(button(action.title[context.language], style: action == .refuse ? .warning : .primary))
            """
        }
        let isOpen: HTML = refused == nil ? .empty : " open"
        return """
            <details\(isOpen)><summary>\(action.title[context.language])</summary>\(content)</details>
            """
    }

    private func amount(_ order: DeskOrder, _ context: PageContext) -> FormField {
        let estimate = record.verdict?.value.estimate
        return FormField(
            name: "amount",
            label: context.text("지원 금액(원)", "Amount in won"),
            control: .text(.number),
            hint: estimate.map {
                context.text(
                    "규칙이 계산한 금액: \($0.amount.grouped)원",
                    "By the rules: KRW \($0.amount.grouped)"
                )
            },
            values: [(order.amount ?? estimate).map { String($0.amount) } ?? ""]
        )
    }

    private func assignment(_ context: PageContext) -> HTML {
        let name = record.assigneeID.flatMap { open.names[$0] }
        let field = FormField(
            name: "colleague",
            label: context.text("맡길 동료의 로그인 이름", "Sign-in name of the colleague"),
            hint: context.text("비우면 담당자를 뺍니다.", "Empty: nobody."),
            autocomplete: "off"
        )
        let content = form(action: Link(link.target + "/assign"), context: context) {
            """
            \(hiddenField("version", String(record.version)))\(formField(field, in: context))\
            \(button(context.text("담당자 바꾸기", "Assign"), style: .secondary))
            """
        }
        let title = context.text("담당자: \(name ?? "없음")", "Assignee: \(name ?? "nobody")")
        return "<details><summary>\(title)</summary>\(content)</details>"
    }

    // MARK: The application

    private func findings(_ context: PageContext) -> HTML {
        guard let verdict = record.verdict?.value else {
            return section(
                context.text("규칙이 본 것", "What the rules found"),
                """
                <p>\(open.programme == nil
                    ? context.text("이 절차에는 규칙이 없습니다.", "No rules judge this procedure.")
                    : context.text(
                        "신청할 때 규칙으로 판단하지 않았습니다. 요건을 직접 확인해 주세요.",
                        "The rules did not judge this application; check the conditions yourself."))</p>
                """
            )
        }
        let rows: [[HTML]] = verdict.findings.map { finding in
            let clause = verdict.clause(finding.clause, of: open.programme)
            let source: HTML? = clause.flatMap { clause in
                Link(external: clause.source.url).map {
                    "<a href=\"\($0)\">\(clause.source.title[context.language])</a>"
                }
            }
            return [
                Self.mark(finding.holds, context), "\(finding.sentence[context.language])",
                "\(finding.clause)", source ?? "–",
            ]
        }
        let day = dateText(verdict.judgedOn, in: context)
        let facts: HTML = """
            <p>\(context.text("신청일", "On the day of the application")) \(day)\
            \(verdict.points.map { " · \(context.text("\($0)점", "\($0) points"))" })\
            \(verdict.stratum.map { " · \($0[context.language])" })\
            \(verdict.remedy.map { " · \($0[context.language])" })</p>
            """
        return titledTable(
            context.text("규칙이 본 것", "What the rules found"),
            id: "findings",
            columns: [
                .init(context.text("결과", "Result")),
                .init(context.text("판단", "Finding"), isRowHeader: true, isWide: true),
                .init(context.text("조항", "Clause")), .init(context.text("출처", "Source")),
            ],
            rows: rows,
            in: context,
            lead: facts
        )
    }

    private static func mark(_ holds: Bool?, _ context: PageContext) -> HTML {
        switch holds {
        case true?: statusTag(StatusTag(context.text("충족", "Met"), kind: .done))
        case false?: statusTag(StatusTag(context.text("미충족", "Not met"), kind: .refused))
        case nil: statusTag(StatusTag(context.text("확인 필요", "Open"), kind: .attention))
        }
    }

    private func documents(_ context: PageContext) -> HTML {
        let mayLookUp = open.consents.contains { $0.kind == .lookUp && $0.isInForce }
        let names = Set(requirements.map(\.name))
        var rows: [[HTML]] = requirements.map { requirement in
            let files = open.documents.filter { $0.requirement == requirement.name }
            let state: StatusTag =
                if !files.isEmpty {
                    StatusTag(context.text("냄", "Sent"), kind: .done)
                } else if requirement.canBeLookedUp, mayLookUp {
                    StatusTag(context.text("조회 동의: 담당자 확인", "To be looked up"), kind: .active)
                } else if requirement.isRequired {
                    StatusTag(context.text("없음", "Missing"), kind: .attention)
                } else {
                    StatusTag(context.text("선택", "Optional"), kind: .neutral)
                }
            return [
                "\(requirement.title[context.language])", statusTag(state),
                fileLinks(files, context),
            ]
        }
        let others = open.documents.filter { !names.contains($0.requirement) }
        if !others.isEmpty {
            rows.append([
                "\(context.text("그 밖의 서류", "Other documents"))",
                statusTag(StatusTag(context.text("냄", "Sent"), kind: .done)),
                fileLinks(others, context),
            ])
        }
        return titledTable(
            context.text("서류", "Documents"),
            id: "documents",
            columns: [
                .init(context.text("서류", "Document"), isRowHeader: true),
                .init(context.text("상태", "State")),
                .init(context.text("파일", "Files"), isWide: true),
            ],
            rows: rows,
            emptyText: context.text("서류가 필요 없는 절차입니다.", "No documents are asked for."),
            in: context
        )
    }

    private func fileLinks(_ files: [CaseDocument], _ context: PageContext) -> HTML {
        guard !files.isEmpty else { return "–" }
        let items = HTML(each: files) { file in
            """
            <li><a href="\(Link(link.target + "/documents/\(file.id)"))">\(file.fileName)</a> \
            \(dateText(file.createdAt, in: context))</li>
            """
        }
        return "<ul class=\"plain\">\(items)</ul>"
    }

    private func facts(_ context: PageContext) -> HTML {
        let language = context.language
        let applicant = record.applicant.value
        var rows: [SummaryList.Row] = [
            .init(context.text("신청인", "Applicant"), "\(applicant.name)")
        ]
        if let birth = applicant.birthDate {
            rows.append(.init(context.text("생년월일", "Born"), dateText(birth, in: context)))
        }
        if !applicant.telephone.isEmpty {
            rows.append(.init(context.text("전화", "Telephone"), "\(applicant.telephone)"))
        }
        if let proxy = record.proxy?.value {
            rows.append(
                .init(
                    context.text("대리·접수", "Applied for by"),
                    "\(proxy.basis.title[language]) \(proxy.name) — \(proxy.statement)"
                )
            )
        }
        let answers = record.answers.value
        for (name, value) in answers.answers.facts.sorted(by: { $0.key < $1.key }) {
            guard let fact = open.catalogue.fact(name) else { continue }
            rows.append(.init(fact.label[language], "\(Self.words(value, fact, language))"))
        }
        for question in open.procedure.questions {
            guard let answer = answers.own[question.name], !answer.isEmpty else { continue }
            rows.append(
                .init(question.title[language], "\(Self.words(answer, question, language))")
            )
        }
        return section(
            context.text("신청 내용", "What was answered"),
            id: "answers",
            summaryList(SummaryList(rows), in: context)
        )
    }

    private static func words(
        _ value: AnswerValue,
        _ fact: FactDefinition,
        _ language: Language
    ) -> String {
        let choices = fact.type.choices?.choices ?? []
        func label(_ name: String) -> String {
            choices.first { $0.name == name }?.label[language] ?? name
        }
        switch value {
        case .bool(let holds):
            return language == .korean ? (holds ? "예" : "아니요") : (holds ? "yes" : "no")
        case .number(let number):
            if case .money = fact.type { return Won(number).text(language) }
            return number.grouped
        case .text(let text): return label(text)
        case .list(let names): return names.map(label).joined(separator: ", ")
        }
    }

    private static func words(
        _ answer: String,
        _ question: CaseQuestion,
        _ language: Language
    ) -> String {
        switch question.content {
        case .choice(let choices): choices.first { $0.value == answer }?.title[language] ?? answer
        case .money: Int64(answer).map { Won($0).text(language) } ?? answer
        default: answer
        }
    }

    // MARK: Afterwards

    private func appeals(_ context: PageContext) -> HTML {
        guard !open.appeals.isEmpty else { return .empty }
        return titledTable(
            context.text("이의신청", "Appeals"),
            columns: [
                .init(context.text("낸 날", "Made"), isRowHeader: true),
                .init(context.text("내용", "Reason"), isWide: true),
                .init(context.text("답", "Answer"), isWide: true),
            ],
            rows: open.appeals.map { appeal in
                [
                    dateText(appeal.madeAt, in: context), "\(appeal.reason)",
                    appeal.outcome == nil
                        ? statusTag(
                            StatusTag(context.text("답 필요", "To be answered"), kind: .attention)
                        )
                        : "\(appeal.answer)",
                ]
            },
            in: context
        )
    }

    private func claims(_ context: PageContext) -> HTML {
        guard !open.claims.isEmpty else { return .empty }
        return titledTable(
            context.text("청구", "Claims"),
            columns: [
                .init(context.text("청구한 날", "Made"), isRowHeader: true),
                .init(context.text("금액", "Amount"), isNumeric: true),
                .init(context.text("내용", "What for"), isWide: true),
                .init(context.text("반려 사유", "Sent back"), isWide: true),
            ],
            rows: open.claims.map { claim in
                [
                    dateText(claim.madeAt, in: context), money(claim.amount, in: context),
                    "\(claim.note)", "\(claim.returned)",
                ]
            },
            in: context
        )
    }

    private func earlier(_ context: PageContext) -> HTML {
        let received = record.answers.value.answers.receipts ?? []
        guard !open.earlier.isEmpty || !received.isEmpty else { return .empty }
        let said = received.map { receipt -> [HTML] in
            let to: HTML = receipt.to.map { dateText($0, in: context) } ?? ""
            return [
                "\(receipt.programme)",
                "\(context.text("신청인이 적음", "Stated by the applicant"))",
                "\(dateText(receipt.from, in: context))–\(to)",
            ]
        }
        let known = open.earlier.map { earlier -> [HTML] in
            [
                "<a href=\"\(Self.link(earlier.id))\">\(earlier.receipt)</a> \(earlier.procedureID)",
                earlier.state.tag(in: context),
                earlier.submittedAt.map { dateText($0.date, in: context) } ?? "–",
            ]
        }
        return titledTable(
            context.text("전에 받거나 신청한 것", "Received or applied for before"),
            columns: [
                .init(context.text("사업", "Programme"), isRowHeader: true),
                .init(context.text("상태", "State")), .init(context.text("때", "When")),
            ],
            rows: known + said,
            in: context
        )
    }

    private func timelineSection(_ context: PageContext) -> HTML {
        let events = open.timeline.reversed().map { event in
            let author = event.actorName.isEmpty ? "" : " · \(event.actorName)"
            let scope = event.isPublic ? "" : context.text(" · 내부", " · internal")
            return TimelineEvent(
                title: event.title.value[context.language],
                time: "\(dateText(event.at, in: context))\(author)\(scope)",
                body: event.note.isEmpty ? nil : "<p>\(event.note)</p>"
            )
        }
        return section(
            context.text("이력", "Timeline"),
            id: "history",
            timeline(Array(events), in: context)
        )
    }
}
