import Basics
import Eligibility
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Web

// What a sent page of the form does.
extension ApplyRoutes {
    /// Takes what was typed on a page; a page that is wrong keeps it too, and says what is wrong.
    func take(
        _ step: CaseForm.Step,
        of form: CaseForm,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Answer {
        switch step {
        case .check: return try await submit(form, incoming, fields)
        case .document: return try await goOn(from: step, form, incoming, fields)
        case .consents: return try await takeConsents(form, incoming, fields)
        case .contact, .facts, .question: break
        }
        var record = form.record
        let errors = Self.fill(&record, step, form, fields)
        let filled = record
        let kept = try await store.write { tx in
            let kept = try CaseKeeping(by: incoming.actor, for: .caseApplication)
                .save(filled, in: tx)
            return try CaseContents(kept, in: tx)
        }
        let saved = CaseForm(kept, rules: rules, on: form.today, knowing: form.reading)
        let wantsToLeave = fields["later"] != nil
        guard errors.isEmpty || wantsToLeave else {
            var page = CaseStepPage(form: saved, step: step)
            page.errors = errors
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return try await goOn(from: saved.step(step.path) ?? step, saved, incoming, fields)
    }

    /// The way on: the next page that lacks something, or the overview for somebody who stops here.
    private func goOn(
        from step: CaseForm.Step,
        _ form: CaseForm,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Answer {
        if fields["later"] != nil {
            return .other(
                .seeOther(.path("apply", "cases", form.record.id, query: [("saved", "1")]))
            )
        }
        return .other(.seeOther(form.link(form.next(after: step))))
    }

    /// Puts what was typed into a draft.
    ///
    /// - Returns: What is wrong, by the name of the field.
    private static func fill(
        _ record: inout Case,
        _ step: CaseForm.Step,
        _ form: CaseForm,
        _ fields: FormFields
    ) -> [String: Bilingual] {
        switch step {
        case .contact: return fillContact(&record, form, fields)
        case .facts(let names): return fillFacts(&record, names, form, fields)
        case .question(let name): return fillQuestion(&record, name, form, fields)
        case .consents, .document, .check: return [:]
        }
    }

    private static func fillContact(
        _ record: inout Case,
        _ form: CaseForm,
        _ fields: FormFields
    ) -> [String: Bilingual] {
        let telephone = String(
            (fields.text("telephone") ?? "").prefix(CaseQuestion.maximumLineCharacterCount)
        )
        record.applicant.value.telephone = telephone
        return CasePhone.isTelephone(telephone) ? [:] : ["telephone": CasePhone.fault]
    }

    private static func fillFacts(
        _ record: inout Case,
        _ names: [String],
        _ form: CaseForm,
        _ fields: FormFields
    ) -> [String: Bilingual] {
        var answers = record.answers.value
        let facts = form.facts.filter { names.contains($0.name) }
        if fields["skip"] != nil {
            for fact in facts {
                answers.answers.postpone(fact.name)
                answers.typed["fact.\(fact.name)"] = nil
            }
            record.answers = JSONColumn(answers)
            return [:]
        }
        var read = FactFields(facts, form: fields)
        let values = read.read(on: form.today)
        var errors: [String: Bilingual] = [:]
        for fact in facts {
            let field = "fact.\(fact.name)"
            answers.typed[field] = nil
            if let value = values[fact.name] {
                answers.answers.answer(fact.name, value)
            } else {
                answers.answers.forget(fact.name)
                answers.typed[field] = limited(read.values[fact.name] ?? [])
                errors[field] = read.errors[fact.name]
            }
        }
        record.answers = JSONColumn(answers)
        return errors
    }

    private static func fillQuestion(
        _ record: inout Case,
        _ name: String,
        _ form: CaseForm,
        _ fields: FormFields
    ) -> [String: Bilingual] {
        guard let question = form.procedure.questions.first(where: { $0.name == name }) else {
            return [:]
        }
        let field = "own.\(name)"
        let typed = fields.text(field) ?? ""
        var answers = record.answers.value
        answers.own[name] = nil
        answers.typed[field] = nil
        defer { record.answers = JSONColumn(answers) }
        if typed.isEmpty {
            guard question.isRequired else { return [:] }
            answers.typed[field] = []
            return [field: CaseAnswerFault.missing.message]
        }
        switch question.read(typed, on: form.today) {
        case .success(let value):
            answers.own[name] = value
            return [:]
        case .failure(let fault):
            answers.typed[field] = limited([typed])
            return [field: fault.message]
        }
    }

    private static func limited(_ values: [String]) -> [String] {
        values.prefix(64).map { String($0.prefix(CaseQuestion.maximumTextCharacterCount)) }
    }

    // MARK: Consents

    private func takeConsents(
        _ form: CaseForm,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Answer {
        let given = Set(fields.all("consent"))
        let kept = try await store.write { tx in
            let keeping = CaseKeeping(by: incoming.actor, for: .caseApplication)
            var record = form.record
            for kind in [CaseConsent.Kind.processing, .lookUp] {
                if given.contains(kind.rawValue) {
                    try keeping.give(kind, for: record, in: tx)
                } else {
                    record = try keeping.takeBack(kind, of: record, lookedUp: [], in: tx)
                }
            }
            return try CaseContents(record, in: tx)
        }
        let saved = CaseForm(kept, rules: rules, on: form.today, knowing: form.reading)
        guard saved.holds(.processing) || fields["later"] != nil else {
            var page = CaseStepPage(form: saved, step: .consents)
            page.errors = [
                "consent": Bilingual(
                    "개인정보 수집·이용에 동의해야 신청할 수 있습니다.",
                    "Without the consent to the use of personal data no application can be made."
                )
            ]
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return try await goOn(from: .consents, saved, incoming, fields)
    }

    // MARK: Sending

    private func submit(
        _ form: CaseForm,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Answer {
        var page = CaseStepPage(form: form, step: .check)
        let fits = form.judgement.map { $0.verdict != .ineligible } ?? true
        guard form.isComplete, fits || fields["knowing"] == "yes" else {
            page.isRefused = true
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let key = fields.text("_idempotency") ?? RandomName.make(byteCount: 12)
        do {
            let sent = try await store.write { tx in
                let sent = try CaseKeeping(by: incoming.actor, for: .caseApplication)
                    .submit(form.record, verdict: form.verdict, key: key, in: tx)
                try keepAnswers(of: sent, in: tx)
                return sent
            }
            return .other(
                .seeOther(.path("applications", sent.id, query: [("arrived", "1")]))
            )
        } catch let error as CaseError {
            page.complaint = error.message
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    /// What was answered here need not be asked again, where the person agreed to that.
    private func keepAnswers(of record: Case, in tx: WriteTransaction) throws {
        guard !record.accountID.isEmpty,
            try Consents.isGiven(.profile, by: record.accountID, in: tx)
        else { return }
        let owner = AnswerOwner(accountID: record.accountID)
        var known = try AnswerBook.answers(of: owner, in: tx) ?? Answers()
        let answers = record.answers.value.answers
        for name in answers.order {
            if known.facts[name] == nil { known.order.append(name) }
            known.facts[name] = answers.facts[name]
            known.later.remove(name)
        }
        try AnswerBook.save(known, of: owner, in: tx)
    }

    // MARK: Files

    func attach(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let form = try await form(incoming)
        let name = try incoming.pathParameter("requirement")
        guard form.requirements.contains(where: { $0.name == name }) else {
            throw Problem.notFound
        }
        let step = CaseForm.Step.document(name)
        let faults = try await CaseUploads(platform: platform).attach(
            fields.files,
            to: form.record,
            requirement: name,
            by: incoming.actor
        )
        guard faults.isEmpty else {
            var page = CaseStepPage(
                form: try await self.form(incoming),
                step: step
            )
            page.fileFaults = faults
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return .other(.seeOther(form.link(step)))
    }

    func detach(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let form = try await form(incoming)
        let id = try incoming.pathParameter("file")
        guard let document = form.documents.first(where: { $0.id == id }) else {
            throw Problem.notFound
        }
        try await store.write { tx in
            try CaseKeeping(by: incoming.actor, for: .caseApplication)
                .detach(id, from: form.record, in: tx)
        }
        try await remove(document)
        return .other(.seeOther(form.link(.document(document.requirement))))
    }

    /// Removes the bytes of a file that no row names any more.
    func remove(_ document: CaseDocument) async throws {
        if let blob = BlobID(rawValue: document.digest) { try await store.blobs.remove(blob) }
    }
}
