import Basics
import City
import Eligibility
import Hosting
import Identity

import Store
import Web

/// Holds the kept answers of those who agreed against the rules every night.
struct WatchProgrammes: Job {
    static let name = "programmes.watch"
    /// Before people get up.
    static let recurrence = Recurrence.daily(hour: 6, minute: 30)
}

extension Purpose {
    /// The city tells people what newly fits, where they agreed or a law says so.
    static let proactiveNotice = Purpose(
        code: "programmes.proactiveNotice",
        Bilingual("선제적 맞춤서비스", "Proactive notices")
    )
}

/// Tells people first what newly fits, opens or closes soon (선제적 맞춤서비스).
///
/// A match alone is no reason to tell anybody: it takes the person's recorded consent, or a legal basis
/// of the programme that needs none.
struct ChangeWatch: Sendable {
    /// How long before its end a window is told of.
    static let closingDayCount = 7

    let platform: Platform

    /// Does the work of one night.
    func run() async throws {
        let rules = RulesInForce.of(platform)
        let (accounts, offers) = try await platform.store.write { tx in
            try AnswerBook.forgetExpired(in: tx)
            let limit = Int64(ProgrammeChanges.keptDayCount) * 86_400_000
            try ProgrammeChanges.forget(
                before: Instant(millisecondsSinceEpoch: tx.now.millisecondsSinceEpoch - limit),
                in: tx
            )
            return (
                try Consents.accounts(.profile, in: tx), try ProgrammeOffers.all(in: tx)
            )
        }
        for account in accounts {
            // One account a transaction: a night that breaks off goes on where it stopped.
            try await platform.store.write { tx in
                try watch(account, by: rules, offers: offers, in: tx)
            }
        }
    }

    private func watch(
        _ account: String,
        by rules: RulesInForce,
        offers: [String: ProgrammeOffer],
        in tx: WriteTransaction
    ) throws {
        let owner = AnswerOwner(accountID: account)
        guard let answers = try AnswerBook.answers(of: owner, in: tx) else { return }
        let date = tx.now.date
        // Answers that contradict each other by now judge nothing; their owner sees it on their page.
        guard
            let results = try? PersonalResults(
                answers,
                of: .all,
                by: rules,
                on: date,
                offers: offers
            )
        else { return }
        let agreed = try Consents.isGiven(.notices, by: account, in: tx)
        let before = try LastVerdict.all(of: account, in: tx)
        var told = 0
        for item in results.fits + results.needsAnswers + results.notOpen {
            let now = LastVerdict(item)
            for kind in kinds(now, item, before: before, on: date)
            where mayTell(item.programme, agreed: agreed, on: date) {
                told += try tell(kind, item, to: account, in: tx) ? 1 : 0
            }
            try now.save(of: account, in: tx)
        }
        let decided = Set(results.doesNotFit.map(\.name))
        for programme in decided where before[programme] != nil {
            try LastVerdict(
                programme: programme,
                verdict: Verdict.ineligible.rawValue,
                isOpen: false
            )
            .save(of: account, in: tx)
        }
        guard told > 0 else { return }
        try tx.record(
            .read,
            on: .account(account),
            by: AuditActor(kind: .system, id: WatchProgrammes.name),
            purpose: .proactiveNotice,
            details: ["notices": String(told)]
        )
    }

    /// What is worth telling; the first night only remembers, for the person has just seen it.
    private func kinds(
        _ now: LastVerdict,
        _ item: PersonalResults.Item,
        before: [String: LastVerdict],
        on date: LocalDate
    ) -> [ProgrammeChange.Kind] {
        guard item.judgement.verdict == .eligible, now.isOpen else { return [] }
        var kinds: [ProgrammeChange.Kind] = []
        let last = before[item.programme.name]
        if !before.isEmpty, last?.verdict != Verdict.eligible.rawValue {
            kinds.append(.fits)
        } else if let last, !last.isOpen {
            kinds.append(.opens)
        }
        if case .open(.some(let end)) = item.window, kinds.isEmpty,
            end <= date.adding(days: Self.closingDayCount)
        {
            kinds.append(.closes)
        }
        return kinds
    }

    private func mayTell(_ programme: Programme, agreed: Bool, on date: LocalDate) -> Bool {
        if agreed { return true }
        return programme.version(on: date)?.proactive.map { !$0.needsConsent } ?? false
    }

    private func tell(
        _ kind: ProgrammeChange.Kind,
        _ item: PersonalResults.Item,
        to account: String,
        in tx: WriteTransaction
    ) throws -> Bool {
        var day: LocalDate?
        if case .open(let end) = item.window { day = end }
        let occasion = kind == .closes ? day : tx.now.date
        let change = ProgrammeChange(
            id: [
                "programmes", kind.rawValue, item.programme.name, account, occasion?.iso ?? "",
            ].joined(separator: "."),
            accountID: account,
            programme: item.programme.name,
            kind: kind,
            day: day,
            at: tx.now
        )
        guard try ProgrammeChanges.add(change, in: tx) else { return false }
        try Notices.send(
            Notice(
                id: change.id,
                accountID: account,
                title: change.title(item.programme),
                body: change.body(item),
                link: item.programme.link.target,
                createdAt: tx.now
            ),
            in: tx
        )
        return true
    }
}

extension LastVerdict {
    init(_ item: PersonalResults.Item) {
        programme = item.programme.name
        verdict = item.judgement.verdict.rawValue
        isOpen = if case .open = item.window { true } else { false }
    }
}

extension ProgrammeChange {
    /// Why it is told, and until when something can be done.
    func body(_ item: PersonalResults.Item) -> Bilingual {
        let met = item.judgement.findings.count { $0.truth == .yes }
        let until =
            day.map { Bilingual("\($0.iso)까지 신청할 수 있습니다.", "Open until \($0.iso).") }
            ?? Bilingual("언제나 신청할 수 있습니다.", "Open without end.")
        let estimate = item.judgement.estimate
        let amount =
            estimate.map {
                Bilingual("예상: \($0.text(.korean)). ", "Estimate: \($0.text(.english)). ")
            } ?? Bilingual(same: "")
        return Bilingual(
            "보관한 답으로는 조건 \(met)가지를 충족합니다. \(amount.korean)\(until.korean)",
            "By your kept answers \(met) conditions are met. \(amount.english)\(until.english)"
        )
    }
}
