import Basics
import Cases
import City
import Eligibility
import Hosting
import Identity
import Programmes
import Store

/// What the sample city takes applications for on this portal, and applications of people who do not
/// exist.
enum YouthSample {
    private static let city = Organization.sampleCity.id

    /// The identifiers of the portal's procedures.
    static let procedureIDs: Set<String> = Set(procedures.map(\.id))

    static let procedures = [
        CaseProcedure(
            id: "youth-moving-costs",
            programme: "youth-moving-costs",
            title: Bilingual("청년 부동산 중개보수 및 이사비 지원", "Brokerage and moving costs"),
            summary: Bilingual(
                "이사한 청년이 쓴 중개보수와 이사비를 40만원까지 돌려드립니다.",
                "Repays brokerage and moving costs of up to KRW 400,000."
            ),
            receiptPrefix: "YM",
            organizationID: city,
            questions: [bankAccount],
            selection: .lowestIncome,
            dueDays: 20,
            retentionYears: 5
        ),
        CaseProcedure(
            id: "seoul-youth-rent",
            programme: "seoul-youth-rent",
            title: Bilingual("서울시 청년월세지원", "Seoul Youth Rent Support"),
            summary: Bilingual(
                "무주택 청년의 월세를 한 달 20만원까지 열두 달 동안 돕습니다.",
                "Up to KRW 200,000 of rent a month for twelve months."
            ),
            receiptPrefix: "YR",
            organizationID: city,
            questions: [bankAccount],
            selection: .draw,
            dueDays: 30,
            needsFourEyes: true,
            retentionYears: 5
        ),
        CaseProcedure(
            id: "youth-mind-health",
            programme: "youth-mind-health",
            title: Bilingual("서울 청년 마음건강 지원사업", "Seoul Youth Mind Health"),
            summary: Bilingual(
                "진단 검사와 1:1 심층 상담 6회기를 무료로 제공합니다.",
                "A diagnosis and six sessions of counselling, free."
            ),
            receiptPrefix: "YH",
            organizationID: city,
            questions: [
                CaseQuestion(
                    "time",
                    Bilingual("상담받기 좋은 시간", "When counselling suits you"),
                    .choice([
                        .init(value: "day", title: Bilingual("평일 낮", "Weekday, daytime")),
                        .init(value: "evening", title: Bilingual("평일 저녁", "Weekday, evening")),
                        .init(value: "weekend", title: Bilingual("토요일", "Saturday")),
                    ])
                )
            ],
            selection: .firstCome,
            dueDays: 10,
            retentionYears: 3
        ),
    ]

    private static let bankAccount = CaseQuestion(
        "account",
        Bilingual("지원금을 받을 계좌", "Account for the payment"),
        hint: Bilingual("본인 이름의 계좌여야 합니다.", "It must be in your own name."),
        .bankAccount
    )

    /// The rounds of a day: one that takes applications, and for the rent one that is over.
    static func rounds(on today: LocalDate) -> [CaseRound] {
        let closes = today.adding(days: 20)
        return [
            CaseRound(
                id: "youth-moving-costs-2",
                procedureID: "youth-moving-costs",
                title: Bilingual("하반기 (표본)", "Second half (sample)"),
                opens: today.adding(days: -10),
                closes: closes,
                places: 4
            ),
            CaseRound(
                id: "seoul-youth-rent-2",
                procedureID: "seoul-youth-rent",
                title: Bilingual("추가 모집 (표본)", "Further round (sample)"),
                opens: today.adding(days: -5),
                closes: today.adding(days: 14),
                places: 5
            ),
            CaseRound(
                id: "youth-mind-health-4",
                procedureID: "youth-mind-health",
                title: Bilingual("4차 (표본)", "Fourth round (sample)"),
                opens: today.adding(days: -3),
                closes: closes,
                places: 30
            ),
        ]
    }

    /// Describes the procedures, opens their rounds and makes applications; a procedure that is known
    /// has its sample already.
    static func make(on platform: Platform) async throws {
        let rules = RulesInForce.of(platform)
        let now = platform.time.now().date
        let isNew = try await platform.store.write { tx in
            guard try CaseProcedures.find(procedures[0].id, in: tx) == nil else { return false }
            for procedure in procedures { try CaseProcedures.describe(procedure, in: tx) }
            for round in rounds(on: now) {
                try CaseProcedures.save(round, in: tx)
            }
            try makeFirstRentRound(rules, on: now, in: tx)
            for applicant in applicants(on: now) {
                _ = try apply(applicant, rules, in: tx)
            }
            return true
        }
        guard isNew else { return }
        try await SampleDraws.make(
            of: firstRentRound,
            by: approver,
            value: "3 8 15 21 33 40",
            on: platform
        )
    }

    /// The round of the rent that was drawn.
    private static let firstRentRound = "seoul-youth-rent-1"

    // MARK: Applications

    /// Somebody who does not exist, with what they answered and how far their application came.
    private struct Applicant {
        var number: Int
        var procedure: String
        var facts: [String: AnswerValue]
        var outcome: CaseState

        var actor: Actor {
            .account(
                SignedInAccount(
                    id: "sample-youth-\(number)",
                    kind: .resident,
                    displayName: "견본 청년 \(number)"
                )
            )
        }
    }

    private static func renter(
        _ number: Int,
        rent: Int64,
        deposit: Int64,
        income: Int64,
        _ outcome: CaseState
    ) -> Applicant {
        Applicant(
            number: number,
            procedure: "seoul-youth-rent",
            facts: [
                "birthDate": .text("199\(number % 10)-0\(1 + number % 9)-1\(number % 10)"),
                "militaryServiceMonths": .number(0), "seoulResident": .bool(true),
                "householdForm": .text("single"), "tenancy": .text("privateRent"),
                "homeOwned": .bool(false), "insuranceHouseholdSize": .number(1),
                "insuranceIncome": .number(income), "deposit": .number(deposit),
                "rent": .number(rent), "generalAssets": .number(20_000_000),
                "carValue": .number(0), "basicLivelihood": .text("none"),
            ],
            outcome: outcome
        )
    }

    private static func applicants(on today: LocalDate) -> [Applicant] {
        [
            renter(11, rent: 550_000, deposit: 30_000_000, income: 2_400_000, .submitted),
            renter(12, rent: 480_000, deposit: 10_000_000, income: 1_900_000, .inReview),
            renter(13, rent: 600_000, deposit: 50_000_000, income: 2_900_000, .correctionRequested),
            renter(14, rent: 400_000, deposit: 5_000_000, income: 1_500_000, .submitted),
        ]
            + [
                CaseState.submitted, .inReview, .approved, .correctionRequested, .refused,
                .submitted,
            ]
            .enumerated().map { place, outcome in
                Applicant(
                    number: 21 + place,
                    procedure: "youth-mind-health",
                    facts: [
                        "birthDate": .text("199\(place)-05-0\(1 + place)"),
                        "militaryServiceMonths": .number(0),
                        "seoulResident": .bool(outcome != .refused),
                        "needsCounselling": .bool(true),
                    ],
                    outcome: outcome
                )
            }
            + [CaseState.submitted, .inReview, .submitted].enumerated().map { place, outcome in
                Applicant(
                    number: 31 + place,
                    procedure: "youth-moving-costs",
                    facts: [
                        "birthDate": .text("199\(5 + place)-03-0\(2 + place)"),
                        "seoulResident": .bool(true), "householdHead": .text("head"),
                        "leaseInOwnName": .bool(true), "homeOwned": .bool(false),
                        "insuranceHouseholdSize": .number(1), "insuranceIncome": .number(2_000_000),
                        "deposit": .number(20_000_000), "rent": .number(500_000),
                        "movedOn": .text(today.adding(days: -30 * (3 + place)).iso),
                        "landlordIsParent": .bool(false),
                        "basicLivelihood": .text("none"), "koreanNational": .bool(true),
                    ],
                    outcome: outcome
                )
            }
    }

    /// A round of the rent that took its applications and closed; its places wait for the draw.
    private static func makeFirstRentRound(
        _ rules: RulesInForce,
        on today: LocalDate,
        in tx: WriteTransaction
    ) throws {
        var round = CaseRound(
            id: firstRentRound,
            procedureID: "seoul-youth-rent",
            title: Bilingual("상반기 (표본)", "First half (sample)"),
            opens: today.adding(days: -40),
            closes: today,
            places: 3
        )
        // Applications arrive on the day the sample is made, so only this round may be open then.
        var later = try CaseProcedures.rounds(of: "seoul-youth-rent", in: tx)
        for index in later.indices {
            later[index].state = .closed
            try CaseProcedures.save(later[index], in: tx)
        }
        try CaseProcedures.save(round, in: tx)
        for number in 1...6 {
            let applicant = renter(
                number,
                rent: 350_000 + Int64(number) * 40_000,
                deposit: Int64(number) * 8_000_000,
                income: 1_500_000 + Int64(number) * 200_000,
                .selecting
            )
            _ = try apply(applicant, rules, in: tx)
        }
        round.state = .closed
        try CaseProcedures.save(round, in: tx)
        for var other in later {
            other.state = .running
            try CaseProcedures.save(other, in: tx)
        }
    }

    private static func apply(
        _ applicant: Applicant,
        _ rules: RulesInForce,
        in tx: WriteTransaction
    ) throws -> Case {
        guard let procedure = procedures.first(where: { $0.id == applicant.procedure }) else {
            preconditionFailure("a sample applicant applies for a procedure of the sample")
        }
        var answers = Answers()
        answers.facts = applicant.facts
        answers.receipts = []
        let hand = CaseKeeping(by: applicant.actor, for: .caseApplication)
        let name = applicant.actor.account?.displayName ?? ""
        var record = try hand.open(
            procedure,
            applicant: CaseApplicant(name: name, telephone: "010-0000-00\(applicant.number)"),
            answers: CaseAnswers(
                answers: answers,
                own: ["account": "견본은행 000-0000-\(applicant.number)", "time": "evening"]
            ),
            isSample: true,
            in: tx
        )
        try hand.give(.processing, for: record, in: tx)
        try hand.give(.lookUp, for: record, in: tx)
        record = try hand.submit(
            record,
            verdict: try verdict(answers, procedure, rules, on: tx.now.date),
            key: "sample",
            in: tx
        )
        return try review(record, to: applicant.outcome, in: tx)
    }

    private static func verdict(
        _ answers: Answers,
        _ procedure: CaseProcedure,
        _ rules: RulesInForce,
        on day: LocalDate
    ) throws -> CaseVerdict? {
        guard let name = procedure.programme, rules.programme(name) != nil else { return nil }
        let situation = answers.situation(on: day, in: rules.catalogue)
        var judge = Judge(rules.compiled, on: day)
        let judgement = try judge.judgement(
            of: name,
            FactSheet(situation, in: rules.compiled)
        )
        return CaseVerdict(judgement, on: day)
    }

    private static let officer = staff("officer", "견본 청년 담당자", .caseOfficer)
    private static let approver = staff("approver", "견본 청년 결재자", .caseApprover)

    private static func staff(_ id: String, _ name: String, _ role: Role) -> Actor {
        .account(
            SignedInAccount(
                id: "sample-youth-\(id)",
                kind: .staff,
                displayName: name,
                organization: city,
                grants: [Grant(role, organization: city)]
            )
        )
    }

    private static func review(
        _ record: Case,
        to outcome: CaseState,
        in tx: WriteTransaction
    ) throws -> Case {
        guard outcome != .submitted else { return record }
        let hand = CaseKeeping(by: officer, for: .caseReview)
        let started = try hand.startReview(record, in: tx)
        switch outcome {
        case .correctionRequested:
            return try hand.requestCorrection(
                started,
                reason: "서류의 글자가 흐려 읽을 수 없습니다. 밝은 곳에서 다시 찍어 올려 주세요.",
                days: 7,
                in: tx
            )
        case .approved, .refused:
            return try hand.decide(
                started,
                outcome,
                reason: outcome == .approved
                    ? "모든 조건에 맞습니다." : "서울시에 주민등록이 되어 있지 않습니다.",
                in: tx
            )
        case .selecting:
            return try CaseKeeping(by: approver, for: .caseReview).decide(
                started,
                outcome,
                reason: "모든 조건에 맞아 추첨 대상입니다.",
                in: tx
            )
        default: return started
        }
    }
}
