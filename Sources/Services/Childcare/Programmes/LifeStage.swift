import Basics
import Eligibility
import Programmes

/// The stages of life by which families look for help; a programme carries them as tags of its rules.
enum LifeStage: String, Sendable, Hashable, CaseIterable {
    case marriage, preparing, pregnancy, birth, parenting, balance

    /// The stage in words.
    var title: Bilingual {
        switch self {
        case .marriage: Bilingual("결혼", "Marriage")
        case .preparing: Bilingual("임신준비", "Preparing")
        case .pregnancy: Bilingual("임신", "Pregnancy")
        case .birth: Bilingual("출산", "Birth")
        case .parenting: Bilingual("육아", "Parenting")
        case .balance: Bilingual("일·생활균형", "Work and family")
        }
    }

    /// What the stage is about.
    var summary: Bilingual {
        switch self {
        case .marriage: Bilingual("결혼식과 신혼 살림, 집", "Weddings, a first household, a home")
        case .preparing: Bilingual("임신 전 건강과 난임", "Health before pregnancy, fertility")
        case .pregnancy: Bilingual("임신 중 진료비와 교통비", "Care and transport while pregnant")
        case .birth: Bilingual("출산과 산후조리, 신생아", "Birth, recovery and the newborn")
        case .parenting: Bilingual("돌봄, 수당, 교육, 건강", "Care, allowances, education, health")
        case .balance: Bilingual("휴가와 일, 가사", "Leave, work and the household")
        }
    }
}

/// What a family needs, as the rules tag it.
enum ChildcareNeed: String, Sendable, Hashable, CaseIterable {
    case care, living, education, health, allowance, infrastructure, housing

    /// The need in words.
    var title: Bilingual { ProgrammeTag.title(rawValue) }
}

/// Children of an age, or one that is expected.
enum ChildAge: String, Sendable, Hashable, CaseIterable {
    case expected, zero, one, two, preschool, school, teenager

    /// The age in words.
    var title: Bilingual {
        switch self {
        case .expected: Bilingual("임신 중", "Expected")
        case .zero: Bilingual("0세", "0")
        case .one: Bilingual("1세", "1")
        case .two: Bilingual("2세", "2")
        case .preschool: Bilingual("3~5세", "3 to 5")
        case .school: Bilingual("6~12세", "6 to 12")
        case .teenager: Bilingual("13~18세", "13 to 18")
        }
    }

    /// Ages in months at which the rules are asked; nobody knows a child's month by its year.
    private var months: [Int] {
        switch self {
        case .expected: []
        case .zero: [0, 2, 5, 11]
        case .one: [12, 17, 23]
        case .two: [24, 29, 35]
        case .preschool: [36, 48, 60, 71]
        case .school: [72, 95, 96, 120, 155]
        case .teenager: [156, 180, 204, 227]
        }
    }

    /// The stages in which families with such a child are.
    var stages: Set<LifeStage> {
        self == .expected
            ? [.pregnancy, .birth, .balance] : [.pregnancy, .birth, .parenting, .balance]
    }

    /// What is known of families with such a child, one situation an age.
    func situations(on date: LocalDate) -> [Situation] {
        if self == .expected {
            return [12, 30].map {
                Situation(date: date, facts: ["pregnantWeeks": .integer($0)])
            }
        }
        return months.map { months in
            let born = date.adding(days: -(months * 1461 / 48 + 1))
            return Situation(
                date: date,
                facts: ["pregnantWeeks": .integer(0), "youngestBirthDate": .date(born)]
            )
        }
    }
}
