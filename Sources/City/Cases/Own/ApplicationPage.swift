import Basics
import City
import Identity
import Store
import Web

/// One application for whoever made it: what is asked now, where it stands, what was said, who read it.
struct ApplicationPage: Sendable {
    /// Lines of the audit that are looked through for readers.
    static let maximumReaderCount = 50

    var record: Case
    let procedure: CaseProcedure
    let organization: Organization?
    let timeline: [CaseEvent]
    let documents: [CaseDocument]
    let consents: [CaseConsent]
    let appeals: [CaseAppeal]
    let claims: [CaseClaim]
    /// What the office wrote, the latest first.
    let letters: [KeptLetter]
    /// Every document of the application, for their names.
    let requirements: [CaseDocumentRequirement]
    /// Who else looked at it or changed it, the latest first.
    let readers: [AuditRecord]
    /// What was typed into a form that was refused, and why.
    var typed: FormFields?
    var refusal: (part: String, message: Bilingual)?
    var fileFaults: [Bilingual] = []

    init(_ record: Case, rules: CaseRules, for actor: Actor, in db: ReadTransaction) throws {
        let contents = try CaseContents(record, in: db)
        self.record = record
        procedure = contents.procedure
        requirements =
            rules.requirements(of: contents, on: db.now.date)
            + procedure.claimDocuments
        documents = contents.documents
        consents = contents.consents
        organization = try Organizations.find(record.organizationID, in: db)
        timeline = try Cases.timeline(of: record.id, in: db).filter(\.isPublic)
        appeals = try Cases.appeals(of: record.id, in: db)
        claims = try Cases.claims(of: record.id, in: db)
        letters = try CaseLetters.all(of: record.id, in: db)
        let own = actor.auditActor
        readers = try db.auditRecords(
            on: .caseRecord(record.id),
            limit: Self.maximumReaderCount
        ).filter { $0.actor != own }
    }

    var link: Link { .path("applications", record.id) }

    /// The documents that can be sent now.
    var asked: [CaseDocumentRequirement] {
        switch record.state {
        case .correctionRequested:
            let names = record.correction?.value.documents ?? []
            let named = requirements.filter { names.contains($0.name) }
            return named.isEmpty ? requirements.filter { !$0.isForClaim } : named
        case .approved where procedure.isTwoPhase:
            let own = procedure.claimDocuments
            return own.isEmpty
                ? [
                    CaseDocumentRequirement(
                        "claim",
                        Bilingual("영수증 등 지출 증빙", "Receipts")
                    )
                ] : own
        default: return []
        }
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: procedure.title[context.language],
            breadcrumbs: [CaseOverviewPage.crumb(context)],
            lead: lead(context),
            main: """
                \(banner(context))\(errorSummary(faults(context), in: context))\
                \(receipt(context))\(ApplicationActions(page: self).now(in: context))\
                \(facts(context))\(LetterList(letters: letters).content(in: context))\
                \(history(context))\(sent(context))\
                \(ApplicationActions(page: self).later(in: context))\(readerList(context))
                """,
            source: PageSource(
                name: organization?.title[context.language] ?? "",
                updatedAt: record.updatedAt
            ),
            hasErrors: refusal != nil || !fileFaults.isEmpty
        )
    }

    private func lead(_ context: PageContext) -> HTML {
        let whose: HTML? =
            record.proxy == nil
            ? nil
            : " · \(context.text("\(record.applicantName) 님을 대신한 신청", "for \(record.applicantName)"))"
        let sample: HTML? =
            record.isSample
            ? " \(statusTag(StatusTag(context.text("표본", "Sample"), kind: .neutral)))" : nil
        return "\(statusTag(record.state.tag(in: context))) \(record.receipt)\(whose)\(sample)"
    }

    private func faults(_ context: PageContext) -> [FieldError] {
        fileFaults.map { FieldError(fieldID: nil, message: $0[context.language]) }
            + [refusal].compactMap { $0 }.map {
                FieldError(fieldID: "part-\($0.part)", message: $0.message[context.language])
            }
    }

    private func banner(_ context: PageContext) -> HTML {
        guard let part = context.value("done"), refusal == nil else { return .empty }
        let words: Bilingual? =
            switch part {
            case "correction": Bilingual("보완한 내용을 보냈습니다", "Your answer was sent")
            case "withdraw": Bilingual("신청을 취하했습니다", "The application was withdrawn")
            case "appeal": Bilingual("이의신청을 접수했습니다", "Your appeal has arrived")
            case "claim": Bilingual("청구를 접수했습니다", "Your claim has arrived")
            case "consents": Bilingual("동의를 철회했습니다", "The consent was taken back")
            default: nil
            }
        return words.map {
            notificationBanner(
                NotificationBanner(kind: .success, title: $0[context.language])
            )
        } ?? .empty
    }

    private func receipt(_ context: PageContext) -> HTML {
        guard context.value("arrived") != nil, let submittedAt = record.submittedAt else {
            return .empty
        }
        let due = record.dueOn?.written[context.language] ?? ""
        return receiptPanel(
            Receipt(
                title: context.text("신청을 접수했습니다", "Your application has arrived"),
                number: record.receipt,
                receivedAt: submittedAt,
                nextSteps: [
                    context.text(
                        "담당자가 서류를 검토합니다. 부족한 것이 있으면 알림으로 알려드립니다.",
                        "An officer reviews it, and asks you where something is missing."
                    ),
                    context.text("\(due)까지 결과를 알려드립니다.", "You hear the result by \(due)."),
                ]
            ),
            in: context
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        var rows: [SummaryList.Row] = [
            .init(context.text("접수번호", "Receipt number"), "\(record.receipt)")
        ]
        if let at = record.submittedAt {
            rows.append(.init(context.text("접수한 때", "Received"), dateText(at, in: context)))
        }
        for date in CaseCalendar(record: record, title: procedure.title).dates {
            rows.append(
                .init(
                    date.words[context.language],
                    dateText(date.day, style: .long, in: context)
                )
            )
        }
        rows.append(
            .init(
                context.text("담당 기관", "Office"),
                "\(organization?.title[context.language] ?? "–")"
            )
        )
        if let proxy = record.proxy?.value {
            rows.append(
                .init(
                    context.text("대신 신청한 사람", "Applied by"),
                    "\(proxy.name) (\(proxy.basis.title[context.language])): \(proxy.statement)"
                )
            )
        }
        if let decision = record.decision?.value {
            rows.append(.init(context.text("결정 이유", "Reason"), "\(decision.reason)"))
            if let amount = decision.amount {
                rows.append(.init(context.text("지원액", "Amount"), money(amount, in: context)))
            }
        }
        let links = buttonRow([
            linkButton(
                context.text("내 달력에 넣기(.ics)", "Add to my calendar (.ics)"),
                Link(link.target + "/calendar")
            )
        ])
        return summaryList(SummaryList(rows), in: context) + links
    }

    private func history(_ context: PageContext) -> HTML {
        var events = timeline.map { event in
            TimelineEvent(
                title: event.title.value[context.language],
                time: dateText(event.at, in: context),
                body: event.note.isEmpty ? nil : "<p>\(event.note)</p>"
            )
        }
        if !events.isEmpty { events[events.count - 1].phase = .current }
        for date in CaseCalendar(record: record, title: procedure.title).dates {
            events.append(
                TimelineEvent(
                    title: date.words[context.language],
                    time: dateText(date.day, in: context),
                    phase: .planned
                )
            )
        }
        return section(
            context.text("진행 상황", "Where it stands"),
            id: "timeline",
            Web.timeline(events, in: context)
        )
    }

    private func sent(_ context: PageContext) -> HTML {
        let verdict: HTML? = record.verdict.map {
            "<h3>\(context.text("신청일의 규칙으로 본 결과", "What the rules said"))</h3>"
                + CaseVerdictPart(verdict: $0.value).content(in: context)
        }
        let rows = requirements.filter { requirement in
            documents.contains { $0.requirement == requirement.name }
        }.map { requirement in
            SummaryList.Row(
                requirement.title[context.language],
                HTML(each: documents.filter { $0.requirement == requirement.name }) { file in
                    let link = Link(self.link.target + "/files/\(file.id)")
                    return "<p><a href=\"\(link)\">\(file.fileName)</a></p>"
                }
            )
        }
        let files: HTML =
            rows.isEmpty
            ? "<p>\(context.text("낸 서류가 없습니다.", "No documents were sent."))</p>"
            : summaryList(SummaryList(rows), in: context)
        return section(
            context.text("낸 서류와 판정", "Documents and verdict"),
            id: "documents",
            "\(files)\(verdict)"
        )
    }

    private func readerList(_ context: PageContext) -> HTML {
        let items = HTML(each: readers) { entry in
            let who =
                switch entry.actor.kind {
                case .staff: context.text("담당 기관 직원", "An officer")
                case .system: context.text("시스템", "The system")
                default: context.text("대리인 또는 다른 계정", "The proxy or another account")
                }
            return """
                <li>\(dateText(entry.at, in: context)) · \(who) · \
                \(title(of: entry.action)[context.language]) · \
                \(entry.purpose.text[context.language])</li>
                """
        }
        let list: HTML =
            readers.isEmpty
            ? "<p>\(context.text("아직 아무도 보지 않았습니다.", "Nobody has looked at it yet."))</p>"
            : "<ul>\(items)</ul>"
        return section(
            context.text("누가 이 신청을 봤나", "Who looked at it"),
            id: "readers",
            list
        )
    }

    /// What was done, in words; the trail itself keeps the stable name alone.
    private func title(of action: AuditAction) -> Bilingual {
        AuditAction.common.first { $0 == action }?.title ?? action.title
    }
}
