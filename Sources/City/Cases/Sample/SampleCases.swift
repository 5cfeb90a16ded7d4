import Basics
import City
import Eligibility
import Hosting
import Identity
import Programmes
import Store

/// What the sample city has of applications.
///
/// Two procedures that no service brings, and a few made-up cases in several states.
enum SampleCases {
    static let emergency = CaseProcedure(
        id: "seoul-emergency",
        programme: "seoul-emergency",
        title: Bilingual("서울형 긴급복지", "Emergency support"),
        summary: Bilingual(
            "갑작스러운 위기로 생계가 어려운 가구를 돕습니다.",
            "Helps households that a sudden crisis leaves without means."
        ),
        receiptPrefix: "EM",
        organizationID: Organization.sampleCity.id,
        questions: [
            CaseQuestion(
                "crisis",
                Bilingual("어떤 일이 있었는지 적어 주세요", "What happened?"),
                hint: Bilingual("언제부터 어떤 점이 어려운지 적어 주세요.", "Since when, and how."),
                .text
            ),
            CaseQuestion(
                "account",
                Bilingual("지원금을 받을 계좌", "Bank account for the money"),
                .bankAccount
            ),
        ],
        dueDays: 5,
        retentionYears: 5
    )

    static let eggFreezing = CaseProcedure(
        id: "egg-freezing",
        programme: "egg-freezing",
        title: Bilingual("난자동결 시술비 지원", "Egg freezing support"),
        summary: Bilingual(
            "먼저 지원을 신청하고, 시술을 받은 뒤 비용을 청구합니다.",
            "Apply first; claim the costs after the treatment."
        ),
        receiptPrefix: "EF",
        organizationID: Organization.sampleCity.id,
        questions: [
            CaseQuestion(
                "account",
                Bilingual("지원금을 받을 계좌", "Bank account for the money"),
                .bankAccount
            )
        ],
        documents: [
            CaseDocumentRequirement(
                "receipts",
                Bilingual("시술비 영수증과 세부내역서", "Receipts of the treatment"),
                source: Bilingual("시술을 받은 의료기관", "The clinic of the treatment"),
                isForClaim: true
            )
        ],
        isTwoPhase: true,
        dueDays: 14,
        needsFourEyes: true
    )

    /// Fills the store.
    static func make(on platform: Platform) async throws {
        let intake = try await platform.sampleActor(SampleCaseStaff.welfareOfficer.account)
        let reviewer = try await platform.sampleActor(SampleCaseStaff.officer.account)
        try await platform.store.write { tx in
            for procedure in [emergency, eggFreezing] {
                try CaseProcedures.describe(procedure, in: tx)
            }
            try make(by: intake, reviewedBy: reviewer, in: tx)
        }
    }

    private static func make(
        by intake: Actor,
        reviewedBy officer: Actor,
        in tx: WriteTransaction
    ) throws {
        let review = CaseKeeping(by: officer, for: .caseReview)
        func sent(_ number: Int) throws -> Case {
            try submitted(number, procedure: emergency, by: intake, in: tx)
        }
        _ = try sent(1)
        _ = try review.startReview(sent(2), in: tx)
        _ = try review.requestCorrection(
            try review.startReview(sent(3), in: tx),
            reason: "통장 사본이 흐려서 계좌번호를 읽을 수 없습니다. 다시 올려 주세요.",
            documents: ["rules-copy-of-the-bank-book"],
            days: 10,
            in: tx
        )
        let granted = try review.decide(
            try review.startReview(sent(4), in: tx),
            .approved,
            reason: "위기 사유와 소득 기준을 확인했습니다.",
            amount: Won(780_000),
            in: tx
        )
        _ = try review.fulfil(granted, note: "계좌로 지급했습니다.", in: tx)
        _ = try review.decide(
            try review.startReview(sent(5), in: tx),
            .refused,
            reason: "가구 소득이 기준중위소득 100%를 넘습니다.",
            in: tx
        )
        let waiting = try submitted(6, procedure: eggFreezing, by: intake, in: tx)
        _ = try review.propose(
            try review.startReview(waiting, in: tx),
            .approved,
            reason: "요건을 모두 확인했습니다. 승인 의견입니다.",
            in: tx
        )
    }

    private static func submitted(
        _ number: Int,
        procedure: CaseProcedure,
        by intake: Actor,
        in tx: WriteTransaction
    ) throws -> Case {
        let keeping = CaseKeeping(by: intake, for: .caseApplication)
        let draft = try keeping.open(
            procedure,
            applicant: CaseApplicant(
                name: "견본 신청인 \(number)",
                birthDate: LocalDate(year: 1980 + number, month: number, day: 10 + number),
                telephone: "02-000-000\(number)"
            ),
            proxy: CaseProxy(
                basis: .welfareOfficer,
                name: intake.account?.displayName ?? "",
                assurance: Assurance.password.rawValue,
                statement: "견본: 동주민센터에서 상담하고 대신 접수함"
            ),
            answers: CaseAnswers(
                own: [
                    "crisis": "견본: 갑자기 일자리를 잃어 월세를 내지 못하고 있습니다.",
                    "account": "견본은행 000-000-00000\(number)",
                ]
            ),
            isSample: true,
            in: tx
        )
        try keeping.give(.processing, for: draft, in: tx)
        return try keeping.submit(draft, verdict: nil, key: draft.id, in: tx)
    }
}
