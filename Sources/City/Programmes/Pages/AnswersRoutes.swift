import Basics
import Eligibility
import Hosting
import Identity
import Store
import Web

/// Everything a person answered, and what may be done with it.
struct AnswersRoutes {
    let check: CheckRoutes

    private var store: Store { check.platform.store }

    func add(to table: inout RouteTable) {
        let path = "\(check.collection.base)/check/answers"
        table.personalPage(path) { try await page($0).page(in: $0.page) }
        table.submission(path, access: .everyone) { incoming, form in
            .other(try await act(form["action"] ?? "", incoming))
        }
    }

    private func page(_ incoming: Incoming) async throws -> AnswersPage {
        let answers = try await check.desk.answers(incoming)
        let account = incoming.actor.id
        let visitor = account == nil ? nil : check.desk.visitor(incoming)
        return try await store.read { db in
            let before = try visitor.flatMap { try AnswerBook.answers(of: $0, in: db) }
            return AnswersPage(
                collection: check.collection,
                catalogue: check.rules.catalogue,
                answers: answers,
                profile: try account.flatMap { try Consents.current(.profile, of: $0, in: db) },
                notices: try account.flatMap { try Consents.current(.notices, of: $0, in: db) },
                visitorAnswerCount: before?.facts.count ?? 0
            )
        }
    }

    private func act(_ action: String, _ incoming: Incoming) async throws -> Outgoing {
        let here = check.collection.answersLink
        switch action {
        case "forget":
            let owners = [check.desk.owner(incoming), check.desk.visitor(incoming)]
            try await store.write { tx in
                for case let owner? in owners { try AnswerBook.forget(owner, in: tx) }
            }
            return check.desk.forgetting(.seeOther(here))
        case "adopt":
            try await adopt(incoming)
            return check.desk.forgetting(.seeOther(here))
        case "keep", "notify", Consent.Kind.notices.withdrawalAction,
            Consent.Kind.profile.withdrawalAction:
            try await decide(action, incoming)
            return .seeOther(here)
        default:
            throw Problem.badRequest(Bilingual("모르는 동작입니다.", "There is no such action."))
        }
    }

    /// Moves what was answered before signing in into the account; what the account knew counts less.
    private func adopt(_ incoming: Incoming) async throws {
        let account = AnswerOwner(accountID: try incoming.accountID())
        guard let visitor = check.desk.visitor(incoming) else { return }
        let rules = check.rules.compiled
        let date = incoming.now.date
        try await store.write { tx in
            guard let new = try AnswerBook.answers(of: visitor, in: tx) else { return }
            var answers = try AnswerBook.answers(of: account, in: tx) ?? Answers()
            answers.adopt(new)
            // Two halves that contradict each other: what was said last stands alone.
            do { try answers.check(on: date, by: rules) } catch { answers = new }
            try AnswerBook.save(answers, of: account, in: tx)
            try AnswerBook.forget(visitor, in: tx)
        }
    }

    private func decide(_ action: String, _ incoming: Incoming) async throws {
        let account = try incoming.accountID()
        let owner = AnswerOwner(accountID: account)
        let actor = incoming.actor
        try await store.write { tx in
            switch action {
            case "keep":
                try Consents.give(.profile, by: actor, accountID: account, in: tx)
                if let answers = try AnswerBook.answers(of: owner, in: tx) {
                    try AnswerBook.save(answers, of: owner, in: tx)
                }
            case "notify":
                guard try Consents.isGiven(.profile, by: account, in: tx) else { return }
                try Consents.give(.notices, by: actor, accountID: account, in: tx)
            case Consent.Kind.notices.withdrawalAction:
                try Consents.withdraw(.notices, by: actor, accountID: account, in: tx)
            default:
                try Consents.withdraw(.notices, by: actor, accountID: account, in: tx)
                try Consents.withdraw(.profile, by: actor, accountID: account, in: tx)
                try AnswerBook.forget(owner, in: tx)
            }
        }
    }
}

extension Answers {
    /// Takes over what other answers say, where they say anything.
    mutating func adopt(_ other: Answers) {
        facts.merge(other.facts) { $1 }
        order = order.filter { other.facts[$0] == nil } + other.order
        later = later.union(other.later).subtracting(facts.keys)
        if !other.people.isEmpty || !other.households.isEmpty {
            people = other.people
            households = other.households
        }
        receipts = other.receipts ?? receipts
    }
}
