import Basics
import City
import Eligibility
import Hosting
import Programmes
import Store
import Web

/// The last page of the form: every answer, the verdict with its reasons, and the way to send it.
struct CaseCheck: Sendable {
    let form: CaseForm
    let isRefused: Bool

    func content(in context: PageContext) -> HTML {
        """
        \(form.changeNote(in: context))\(missing(context))\(contradiction(context))\
        \(section(context.text("적은 내용", "What you wrote"), answers(context)))\
        \(verdict(context))\(send(context))
        """
    }

    private func missing(_ context: PageContext) -> HTML {
        guard !form.missing.isEmpty else { return .empty }
        let items = HTML(each: form.missing) { step in
            "<li><a href=\"\(form.link(step))\">\(form.title(step)[context.language])</a></li>"
        }
        return notificationBanner(
            NotificationBanner(
                kind: isRefused ? .warning : .information,
                title: context.text(
                    "아직 채우지 않은 것이 \(form.missing.count)가지 있습니다",
                    "\(form.missing.count) things are missing"
                ),
                body: "<ul>\(items)</ul>"
            )
        )
    }

    private func contradiction(_ context: PageContext) -> HTML {
        guard let contradiction = form.contradiction else { return .empty }
        let links = HTML(
            each: form.facts.filter { contradiction.facts.contains($0.name) }
        ) { fact in
            let step = form.step("fact.\(fact.name)") ?? .check
            return "<li><a href=\"\(form.link(step))\">\(fact.label[context.language])</a></li>"
        }
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text("답이 서로 맞지 않습니다", "Answers contradict each other"),
                body: "<p>\(contradiction.message[context.language])</p><ul>\(links)</ul>"
            )
        )
    }

    // MARK: Answers

    private func answers(_ context: PageContext) -> HTML {
        let all = form.steps.flatMap { rows($0, context) }
        return summaryList(SummaryList(all), in: context)
    }

    private func rows(_ step: CaseForm.Step, _ context: PageContext) -> [SummaryList.Row] {
        let language = context.language
        let answers = form.record.answers.value
        func row(_ key: String, _ value: HTML) -> SummaryList.Row {
            .init(key, value, changeLink: form.link(step))
        }
        switch step {
        case .contact:
            return [
                .init(context.text("신청인", "Applicant"), "\(form.record.applicantName)"),
                row(
                    context.text("전화번호", "Telephone"),
                    "\(form.record.applicant.value.telephone.orDash)"
                ),
            ]
        case .facts(let names):
            return form.facts.filter { names.contains($0.name) }.map { fact in
                row(fact.label[language], "\(shown(fact)[language])")
            }
        case .question(let name):
            return form.procedure.questions.filter { $0.name == name }.map { question in
                let value = answers.own[name].map { question.shown($0)[language] }
                return row(question.title[language], "\(value ?? "–")")
            }
        case .consents:
            let given = CaseConsent.Kind.allCases.filter { form.holds($0) }
            return [
                row(
                    context.text("동의", "Consents"),
                    "\(given.map { $0.title[language] }.joined(separator: ", ").orDash)"
                )
            ]
        case .document(let name):
            return [row(form.title(step)[language], documents(name, context))]
        case .check: return []
        }
    }

    private func shown(_ fact: FactDefinition) -> Bilingual {
        let answers = form.record.answers.value
        if let typed = answers.typed["fact.\(fact.name)"] {
            return Bilingual(same: typed.joined(separator: ", ").orDash)
        }
        guard let value = try? answers.answers.facts[fact.name]?.value(of: fact) else {
            return Bilingual("모름", "Not known")
        }
        return fact.text(of: value)
    }

    private func documents(_ name: String, _ context: PageContext) -> HTML {
        let files = form.files(name)
        guard files.isEmpty else { return "\(files.map(\.fileName).joined(separator: ", "))" }
        let requirement = form.requirements.first { $0.name == name }
        return requirement.map(form.isLookedUp) == true
            ? "\(context.text("담당자가 조회", "Looked up by the office"))" : "–"
    }

    // MARK: Verdict

    private func verdict(_ context: PageContext) -> HTML {
        guard let judgement = form.judgement else { return .empty }
        return section(
            context.text("규칙으로 본 결과", "What the rules say"),
            CaseVerdictPart(verdict: CaseVerdict(judgement, on: form.today)).content(in: context)
        )
    }

    private func send(_ context: PageContext) -> HTML {
        let doesNotFit = form.judgement?.verdict == .ineligible
        guard form.isComplete else {
            return buttonRow([
                linkButton(
                    context.text("빠진 것 채우기", "Fill in what is missing"),
                    form.link(form.next(after: .check)),
                    style: .primary
                )
            ])
        }
        let warning: HTML =
            doesNotFit
            ? formField(
                FormField(
                    name: "knowing",
                    label: context.text("조건에 맞지 않아도 신청", "Apply all the same"),
                    control: .checkboxes([
                        .init(
                            value: "yes",
                            label: context.text(
                                "미승인될 수 있음을 알고 신청합니다",
                                "I know that it may be refused"
                            )
                        )
                    ]),
                    error: isRefused
                        ? context.text("알고 신청한다고 표시해 주세요.", "Say that you know.") : nil,
                    isRequired: true
                ),
                in: context
            ) : .empty
        return Web.form(
            action: form.link(.check),
            context: context,
            idempotencyKey: "\(form.record.id).\(form.record.version)"
        ) {
            """
            \(warning)<p>\(context.text(
                "적은 내용이 사실과 같음을 확인하고 신청합니다.",
                "I confirm that what I wrote is true."))</p>\
            \(buttonRow([button(context.text("신청서 내기", "Send the application"))]))
            """
        }
    }
}

/// A verdict with its reasons.
struct CaseVerdictPart: Sendable {
    let verdict: CaseVerdict

    func content(in context: PageContext) -> HTML {
        let language = context.language
        let (word, kind): (Bilingual, StatusTag.Kind) =
            switch verdict.verdict {
            case .eligible: (Bilingual("조건에 맞습니다", "It fits"), .done)
            case .ineligible: (Bilingual("조건에 맞지 않습니다", "It does not fit"), .refused)
            case .undecided:
                (Bilingual("답하지 않은 것은 담당자가 확인합니다", "The office checks the rest"), .active)
            case .notInForce:
                (Bilingual("지금은 시행하지 않습니다", "Not in force now"), .attention)
            }
        let estimate: HTML? = verdict.estimate.map {
            "<p>\(context.text("예상 지원액", "Estimated amount")): \(money($0, in: context))</p>"
        }
        let remedy: HTML? = verdict.remedy.map { "<p>\($0[language])</p>" }
        return """
            <p>\(statusTag(StatusTag(word[language], kind: kind)))</p>\(estimate)\(remedy)\
            \(findings(context))\
            <p class="hint">\(dateText(verdict.judgedOn, in: context)) \
            \(context.text("기준", "is the day of the judgement"))</p>
            """
    }

    private func findings(_ context: PageContext) -> HTML {
        // What decided comes first: where it fits, a clause that is not met was one of several ways.
        let fits = verdict.verdict == .eligible
        let order: [Bool?] = fits ? [true, nil, false] : [false, nil, true]
        let sorted = order.flatMap { truth in verdict.findings.filter { $0.holds == truth } }
        let items = HTML(each: sorted) { finding in
            let status =
                switch finding.holds {
                case true?: StatusTag(context.text("맞음", "met"), kind: .done)
                case false? where fits:
                    StatusTag(context.text("해당 없음", "does not apply"), kind: .neutral)
                case false?: StatusTag(context.text("안 맞음", "not met"), kind: .refused)
                case nil: StatusTag(context.text("모름", "not known"), kind: .neutral)
                }
            return "<li>\(statusTag(status)) \(finding.sentence[context.language])</li>"
        }
        return "<ul>\(items)</ul>"
    }
}
