import Basics
import Eligibility
import Hosting
import Programmes
import Store
import Synchronization

/// What the rules in force say of one programme: its questions, its verdict, what changed since a day.
final class CaseRules: Sendable {
    let rules: RulesInForce
    private let slices = Mutex<[String: CompiledCatalogue]>([:])

    /// The rules of a city.
    static func of(_ platform: Platform) -> CaseRules {
        let rules = RulesInForce.of(platform)
        return platform.shared.value(CaseRules.self) { CaseRules(rules) }
    }

    private init(_ rules: RulesInForce) {
        self.rules = rules
    }

    var catalogue: RuleCatalogue { rules.catalogue }

    /// The rules with one programme alone, so that a question of another is never asked.
    private func slice(_ programme: String) -> CompiledCatalogue {
        slices.withLock { slices in
            if let known = slices[programme] { return known }
            let made = CompiledCatalogue(catalogue.only { $0.name == programme })
            slices[programme] = made
            return made
        }
    }

    /// Everything the rules make of a draft.
    func reading(of record: Case, _ programme: String?, on day: LocalDate) -> CaseReading {
        let (answers, typed) = CaseReading.basis(of: record)
        var reading = CaseReading(
            answers: answers,
            typed: typed,
            day: day,
            facts: questions(of: programme, answers, keeping: typed, on: day),
            change: changes(of: programme, answers, since: record.createdAt.date, on: day)
        )
        do {
            reading.judgement = try judgement(of: programme, answers, on: day)
        } catch {
            reading.contradiction = error as? EligibilityError
        }
        return reading
    }

    /// The documents of an application of a day, as far as its answers say which.
    func requirements(
        of procedure: CaseProcedure,
        _ judgement: Judgement?,
        proxy: CaseProxy?,
        on day: LocalDate
    ) -> [CaseDocumentRequirement] {
        let listed = procedure.programme.flatMap {
            rules.programme($0)?.version(on: day)?.documents
        }
        return procedure.requirements(judgement?.documents ?? listed ?? [], proxy: proxy)
    }

    /// Every document that the rules of a day and the procedure describe, those of the claim included.
    func described(_ procedure: CaseProcedure, on day: LocalDate) -> [CaseDocumentRequirement] {
        let version = procedure.programme.flatMap { rules.programme($0)?.version(on: day) }
        return procedure.described(version?.documents ?? [], proxy: nil)
            + procedure.documents.filter(\.isForClaim)
    }

    /// The documents of an application of a day, without its form.
    func requirements(of contents: CaseContents, on day: LocalDate) -> [CaseDocumentRequirement] {
        let (record, procedure) = (contents.record, contents.procedure)
        // Where answers contradict each other, every document stays on the list.
        let judgement = try? judgement(
            of: procedure.programme,
            record.answers.value.answers,
            on: day
        )
        return requirements(of: procedure, judgement, proxy: record.proxy?.value, on: day)
    }

    /// The judgement of an application of a day; nothing where the rules know no such programme.
    ///
    /// - Throws: `EligibilityError` where the answers contradict each other.
    func judgement(
        of programme: String?,
        _ answers: Answers,
        on day: LocalDate
    ) throws -> Judgement? {
        guard let programme, rules.programme(programme) != nil else { return nil }
        let slice = slice(programme)
        let sheet = try FactSheet(answers.situation(on: day, in: slice.catalogue), in: slice)
        var judge = Judge(slice, on: day)
        return try judge.judgement(of: programme, sheet)
    }

    /// The facts a form asks: those that were answered, those whose answer can still change the
    /// verdict, and those that say how much and until when.
    func questions(
        of programme: String?,
        _ answers: Answers,
        keeping typed: Set<String>,
        on day: LocalDate
    ) -> [FactDefinition] {
        guard let programme, rules.programme(programme) != nil else { return [] }
        let slice = slice(programme)
        let judged = slice.questions(of: programme, on: day)
        let further = slice.amountQuestions(of: programme, on: day)
            .filter { !judged.contains($0) }
        let all = judged + further
        let situation = answers.situation(on: day, in: slice.catalogue)
        // Where answers contradict each other, all of them stay on the form.
        guard let sheet = try? FactSheet(situation, in: slice) else { return all }
        let open = Set(QuestionPlanner(slice).deciding(sheet).map(\.name))
        return all.filter { fact in
            answers.facts[fact.name] != nil || answers.later.contains(fact.name)
                || typed.contains(fact.name) || open.contains(fact.name)
                || further.contains(fact)
        }
    }

    /// What is different in the rules of a day from those of an earlier one, in sentences about the
    /// same answers; nothing where the same version is in force.
    func changes(
        of programme: String?,
        _ answers: Answers,
        since earlier: LocalDate,
        on day: LocalDate
    ) -> CaseRuleChange? {
        guard let programme, let definition = rules.programme(programme) else { return nil }
        let (old, new) = (definition.version(on: earlier), definition.version(on: day))
        guard old?.from != new?.from else { return nil }
        func requirements(_ version: ProgrammeVersion?) -> [Bilingual] {
            version?.clauses.map { $0.label ?? catalogue.requirement($0) } ?? []
        }
        let (before, now) = (requirements(old), requirements(new))
        let documents = (new?.documents.map(\.title) ?? []).filter { title in
            !(old?.documents.contains { $0.title == title } ?? false)
        }
        return CaseRuleChange(
            since: new?.from,
            added: now.filter { !before.contains($0) },
            dropped: before.filter { !now.contains($0) },
            documents: documents
        )
    }
}

/// What the rules make of the answers of a draft on a day.
struct CaseReading: Sendable {
    /// What it was made of.
    let answers: Answers
    let typed: Set<String>
    let day: LocalDate
    /// The facts that are asked, in order.
    let facts: [FactDefinition]
    /// What changed in the rules since the draft was begun.
    let change: CaseRuleChange?
    /// What the rules say of the answers; nothing where they judge no such programme.
    var judgement: Judgement?
    /// Why the answers cannot be judged.
    var contradiction: EligibilityError?

    /// The answers of a record and the facts of which something was typed that is no answer.
    static func basis(of record: Case) -> (Answers, Set<String>) {
        let answers = record.answers.value
        let typed = answers.typed.keys.filter { $0.hasPrefix("fact.") }.map { $0.dropFirst(5) }
        return (answers.answers, Set(typed.map(String.init)))
    }

    /// Whether it would come out the same for a record as it is now.
    func isOf(_ record: Case, on today: LocalDate) -> Bool {
        Self.basis(of: record) == (answers, typed) && today == day
    }
}

/// What changed in the rules of a programme while a draft lay still.
struct CaseRuleChange: Sendable, Hashable {
    /// Since when the new version is in force; nothing where none is any more.
    var since: LocalDate?
    /// What is asked now and was not.
    var added: [Bilingual]
    /// What was asked and is not now.
    var dropped: [Bilingual]
    /// Documents that are new.
    var documents: [Bilingual]
}

extension CaseProcedure {
    /// Every document of an application of a day, as the office words it.
    func requirements(
        _ judged: [RequiredDocument],
        proxy: CaseProxy?
    ) -> [CaseDocumentRequirement] {
        described(judged, proxy: proxy).map(worded)
    }

    /// Every document of an application of a day as it is described: the procedure's own, those of the
    /// rules, and what a proxy has to show.
    func described(
        _ judged: [RequiredDocument],
        proxy: CaseProxy?
    ) -> [CaseDocumentRequirement] {
        var all = documents.filter { !$0.isForClaim }
        for document in judged where !all.contains(where: { $0.title == document.title }) {
            all.append(
                CaseDocumentRequirement(
                    Self.name(of: document),
                    document.title,
                    canBeLookedUp: document.canBeLookedUp,
                    maximumAgeDays: document.maximumAgeDays
                )
            )
        }
        if let proxy, [.family, .guardian].contains(proxy.basis) {
            all.append(
                CaseDocumentRequirement(
                    "proxy",
                    Bilingual("위임장과 관계를 증명하는 서류", "Power of attorney and proof of the relation")
                )
            )
        }
        return all
    }

    /// A name that stays the same when other documents come and go.
    private static func name(of document: RequiredDocument) -> String {
        let words = document.title.english.lowercased().split { !$0.isLetter && !$0.isNumber }
        return "rules-" + words.joined(separator: "-")
    }
}
