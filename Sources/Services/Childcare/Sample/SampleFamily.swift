import Basics
import Cases
import Eligibility
import Hosting
import Identity
import Programmes
import Store

/// A family that does not exist, as whoever tries the portal would like to find one: it agreed to keep
/// its answers and to be told first, has documents in its wallet, one application that was granted and
/// one under way.
enum SampleFamily {
    static let parent = SamplePerson(
        resident: "family",
        Bilingual("아이 키우는 가족", "Family with children")
    )

    /// The family before and after its second child came.
    private enum Moment {
        case expecting, born
    }

    /// Fills the store.
    static func make(on platform: Platform) async throws {
        let actor = try await platform.sampleActor(parent.account)
        guard let account = actor.id else { return }
        let owner = AnswerOwner(accountID: account)
        let isNew = try await platform.store.write { tx in
            guard try AnswerBook.answers(of: owner, in: tx) == nil else { return false }
            for kind in Consent.Kind.allCases {
                try Consents.give(kind, by: actor, accountID: account, in: tx)
            }
            try AnswerBook.save(answers(.expecting, on: tx.now.date), of: owner, in: tx)
            return true
        }
        guard isNew else { return }
        try await SampleNotices.passNight(on: platform)
        try await apply(by: actor, on: platform)
        try await platform.store.write { tx in
            try AnswerBook.save(answers(.born, on: tx.now.date), of: owner, in: tx)
        }
        try await SampleNotices.passNight(on: platform)
        try await SampleWallet.add(
            .residentRegister,
            named: "견본_주민등록등본.pdf",
            issuedDaysAgo: 12,
            to: actor,
            on: platform
        )
        try await SampleWallet.add(
            .familyRelations,
            named: "견본_가족관계증명서.pdf",
            issuedDaysAgo: 80,
            to: actor,
            on: platform
        )
    }

    // MARK: Answers

    /// The parent is 34.
    private static func birthDate(on today: LocalDate) -> LocalDate {
        today.adding(days: -34 * 366)
    }

    private static func answers(_ moment: Moment, on today: LocalDate) -> Answers {
        var answers = Answers()
        answers.answer("birthDate", .date(birthDate(on: today)))
        answers.answer("seoulResident", .bool(true))
        answers.answer("seoulSince", .date(today.adding(days: -7 * 365)))
        answers.answer("district", .choice("nowon"))
        answers.answer("married", .bool(true))
        answers.answer("bothParentsForeign", .bool(false))
        answers.answer("homeOwned", .bool(false))
        answers.answer("insuranceHouseholdSize", .integer(moment == .born ? 4 : 3))
        answers.answer("insuranceIncome", .money(Won(4_200_000)))
        answers.answer("basicLivelihood", .choice("none"))
        answers.receipts = []
        let family = Family(
            known: Situation(date: today),
            birthDates: [today.adding(days: -4 * 365)]
                + (moment == .born ? [today.adding(days: -9)] : []),
            dueDate: moment == .born ? nil : today.adding(days: 9)
        )
        family.write(to: &answers, on: today)
        return answers
    }

    // MARK: Applications

    /// What was asked for before the birth is granted; what came with it is being looked at.
    private static func apply(by parent: Actor, on platform: Platform) async throws {
        let officer = try await platform.sampleActor(SampleCaseStaff.officer.account)
        try await platform.store.write { tx in
            let review = CaseKeeping(by: officer, for: .caseReview)
            let transport = try send(
                SampleProcedures.pregnancyTransport,
                .expecting,
                parent,
                in: tx
            )
            _ = try review.decide(
                try review.startReview(transport, in: tx),
                .approved,
                reason: "모든 조건에 맞습니다.",
                amount: Won(700_000),
                in: tx
            )
            let care = try send(SampleProcedures.postpartumCare, .born, parent, in: tx)
            _ = try review.startReview(care, in: tx)
        }
    }

    private static func send(
        _ procedure: CaseProcedure,
        _ moment: Moment,
        _ actor: Actor,
        in tx: WriteTransaction
    ) throws -> Case {
        let hand = CaseKeeping(by: actor, for: .caseApplication)
        let draft = try hand.open(
            procedure,
            applicant: CaseApplicant(
                name: parent.account.displayName,
                birthDate: birthDate(on: tx.now.date),
                telephone: "02-000-0210"
            ),
            answers: CaseAnswers(
                answers: answers(moment, on: tx.now.date),
                own: ["card": "kb"]
            ),
            isSample: true,
            in: tx
        )
        for kind in [CaseConsent.Kind.processing, .lookUp, .reuse] {
            try hand.give(kind, for: draft, in: tx)
        }
        return try hand.submit(draft, verdict: nil, key: draft.id, in: tx)
    }
}
