import Basics
import Cases
import Eligibility
import Hosting
import Identity
import Programmes
import Store

/// Made-up applications for the procedures of birth, handed in at a neighbourhood office.
enum SampleApplications {
    private static let countPerProcedure = 3

    /// Hands the applications in.
    static func make(on platform: Platform) async throws {
        let actor = try await platform.sampleActor(SampleCaseStaff.welfareOfficer.account)
        try await platform.store.write { tx in
            for (turn, procedure) in SampleProcedures.all.enumerated() {
                for number in 1...countPerProcedure {
                    let place = turn * countPerProcedure + number
                    try handIn(procedure, number: place, by: actor, in: tx)
                }
            }
        }
    }

    private static func handIn(
        _ procedure: CaseProcedure,
        number: Int,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        let keeping = CaseKeeping(by: actor, for: .caseApplication)
        let draft = try keeping.open(
            procedure,
            applicant: CaseApplicant(
                name: "견본 산모 \(number)",
                birthDate: LocalDate(year: 1990 + number, month: number, day: 3 * number),
                telephone: "02-000-020\(number)"
            ),
            proxy: CaseProxy(
                basis: .welfareOfficer,
                name: actor.account?.displayName ?? "",
                assurance: Assurance.password.rawValue,
                statement: "견본: 동주민센터에 찾아와 함께 작성함"
            ),
            answers: CaseAnswers(
                answers: answers(of: procedure, number: number, on: tx.now.date),
                own: ["card": "shinhan"]
            ),
            isSample: true,
            in: tx
        )
        try keeping.give(.processing, for: draft, in: tx)
        _ = try keeping.submit(draft, verdict: nil, key: draft.id, in: tx)
    }

    private static func answers(
        of procedure: CaseProcedure,
        number: Int,
        on date: LocalDate
    ) -> Answers {
        var answers = Answers()
        let isExpecting = procedure.id == SampleProcedures.pregnancyTransport.id
        let family = Family(
            known: .init(date: date),
            birthDates: isExpecting ? [] : [date.adding(days: -10 * number)],
            dueDate: isExpecting ? date.adding(days: 30 * number) : nil
        )
        family.write(to: &answers, on: date)
        answers.answer("seoulResident", .bool(true))
        answers.answer("seoulSince", .date(date.adding(days: -1000 * number)))
        answers.answer("bothParentsForeign", .bool(false))
        return answers
    }
}
