public import Basics

/// A condition of a programme: a tree whose leaves are clauses.
public indirect enum Condition: Sendable, Hashable {
    /// Every part must hold.
    case all([Condition], label: Bilingual?)
    /// At least one part must hold.
    case any([Condition], label: Bilingual?)
    /// The part must not hold.
    case not(Condition, label: Bilingual?)
    /// A leaf, by its place among the clauses of its version.
    case clause(Int)
}

/// One clause: a comparison of one fact, with its source.
public struct Clause: Sendable, Hashable {
    /// The name, unique in its version.
    public var name: String
    /// What the rule says, in the words of its author; nil where the comparison says it.
    public var label: Bilingual?
    /// Where the rule is written down.
    public var source: RuleSource
    /// Where the clause stands.
    public var position: RulePosition

    /// The fact that is compared.
    var fact: Int
    /// Every comparison must hold.
    var comparisons: [Comparison]
    /// Whether the clause keeps two programmes from being received together.
    var isExclusion: Bool

    /// The clause as an expression.
    var expression: Expression {
        let tests = comparisons.map { $0.expression(of: .fact(fact)) }
        return tests.count == 1 ? tests[0] : .all(tests)
    }
}

/// One comparison of a clause.
struct Comparison: Sendable, Hashable {
    enum Relation: String, Sendable, CaseIterable {
        case equal = "is"
        case notEqual = "isNot"
        case atLeast, atMost, moreThan, lessThan
        case onOrAfter, onOrBefore, after, before
        case oneOf, noneOf, includes, includesAll, includesNone

        /// Whether it asks for an order of numbers.
        var isOrderOfNumbers: Bool {
            [.atLeast, .atMost, .moreThan, .lessThan].contains(self)
        }
        var isOrderOfDates: Bool { [.onOrAfter, .onOrBefore, .after, .before].contains(self) }
        /// Whether several values stand on its right.
        var takesList: Bool {
            [.oneOf, .noneOf, .includes, .includesAll, .includesNone].contains(self)
        }
    }

    var relation: Relation
    /// What the fact is held against; a mask where the relation takes a list of choices.
    var limit: Expression
    /// The values of a list that is not of choices.
    var list: [Int64] = []

    func expression(of left: Expression) -> Expression {
        switch relation {
        case .equal: .equals(left, limit)
        case .notEqual: .not(.equals(left, limit))
        case .atMost, .onOrBefore: .atMost(left, limit)
        case .atLeast, .onOrAfter: .atMost(limit, left)
        case .moreThan, .after: .not(.atMost(left, limit))
        case .lessThan, .before: .not(.atMost(limit, left))
        case .oneOf: oneOf(left)
        case .noneOf: .not(oneOf(left))
        case .includes: .hasAny(left, mask)
        case .includesAll: .hasAll(left, mask)
        case .includesNone: .not(.hasAny(left, mask))
        }
    }

    private var mask: Int64 {
        if case .constant(let mask) = limit { mask } else { 0 }
    }

    private func oneOf(_ left: Expression) -> Expression {
        list.isEmpty
            ? .isOneOf(left, mask) : .any(list.map { .equals(left, .constant($0)) })
    }
}

/// What a programme gives.
public struct Benefit: Sendable, Hashable {
    /// How often it is paid.
    public enum Rhythm: String, Sendable, Hashable, Codable, CaseIterable {
        /// Once.
        case once
        /// Every month.
        case month
        /// Every year.
        case year
        /// Every visit or treatment.
        case visit
    }

    /// How often it is paid.
    public var rhythm: Rhythm
    /// Whether the amount is an upper bound of what is repaid.
    public var isUpperBound: Bool
    /// What is given where it is not money, or more about the money.
    public var note: Bilingual?
    /// Its name, where a version gives several things.
    public var label: Bilingual?

    /// The amount each time; nil where it is not money.
    var pays: Expression?
    /// How many times.
    var times: Expression?
    /// Who gets it among those who meet the conditions of the version; nil for all of them.
    var condition: Expression?
}

/// When applications are taken.
public struct ApplicationWindow: Sendable, Hashable {
    /// The name of the round, where there is one.
    public var label: Bilingual?
    /// The days of each month, where the window opens monthly.
    public var daysOfMonth: ClosedRange<Int>?

    /// The first day.
    var from: Expression?
    /// The last day.
    var to: Expression?
}

/// How those who get it are chosen among those who may.
public struct Selection: Sendable, Hashable {
    /// The way of choosing.
    public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        /// Everybody who may.
        case everyone
        /// In the order of applications, until the places or the budget end (신청순·선착순).
        case firstCome
        /// By lot (추첨).
        case draw
        /// By points (점수).
        case points
        /// The lowest income first.
        case lowestIncome
        /// By somebody's judgement of the case (심사).
        case review
    }

    /// A part of the draw with places of its own, or a reason for points.
    public struct Stratum: Sendable, Hashable {
        /// What people read.
        public var label: Bilingual
        /// The places of a draw, or the points.
        public var count: Int
        /// Who is in it.
        var condition: Expression
    }

    /// The way of choosing.
    public var method: Method
    /// How many are chosen; nil where nobody says.
    public var places: Int?
    /// The parts of a draw.
    public var strata: [Stratum]
    /// The points.
    public var points: [Stratum]
    /// The fact that orders applicants, where one does.
    public var orderedBy: String?
    /// More about it.
    public var note: Bilingual?
}

/// Another programme that may not be received together with this one.
public struct Exclusion: Sendable, Hashable {
    /// The other programme.
    public var programme: String
    /// Whether the authors know that the other side says nothing.
    public var isOneSided: Bool
    /// The clause that holds it.
    public var clause: String
    /// Where it stands.
    var position: RulePosition
}

/// A document asked for.
public struct RequiredDocument: Sendable, Hashable {
    /// Its title.
    public var title: Bilingual
    /// How old it may be, in days.
    public var maximumAgeDays: Int?
    /// The facts it shows.
    public var proves: [String]
    /// Whether an office may look it up with the person's consent (행정정보 공동이용).
    public var canBeLookedUp: Bool
    /// Who must bring it; nil for everybody.
    var condition: Expression?
}

/// What allows the city to come to a resident first.
public struct ProactiveNotice: Sendable, Hashable {
    /// The law or consent it rests on.
    public var basis: Bilingual
    /// Whether the resident must have agreed to notices.
    public var needsConsent: Bool
    /// Where the basis is written down.
    public var source: RuleSource?
}

/// A programme as it stood in a time.
public struct ProgrammeVersion: Sendable, Hashable {
    /// The first day on which an application is judged by it.
    public var from: LocalDate
    /// The last such day; nil while it is in force.
    public var to: LocalDate?
    /// Why no applications are taken in this time; nil where they are.
    public var paused: Bilingual?
    /// The clauses, in the order of the file; exclusions last.
    public var clauses: [Clause]
    /// For each of whom it is judged, by the place among the kinds of beneficiaries; nil for the
    /// applicant alone.
    var beneficiary: Int?
    /// What it gives, in the order of the file.
    public var benefits: [Benefit]
    /// When applications are taken.
    public var windows: [ApplicationWindow]
    /// How those who get it are chosen.
    public var selection: Selection
    /// What it may not be received together with.
    public var exclusions: [Exclusion]
    /// The documents asked for.
    public var documents: [RequiredDocument]
    /// What allows a proactive notice; nil where nothing does.
    public var proactive: ProactiveNotice?
    /// What the person takes on: courses, work, reports.
    public var duties: [Bilingual]
    /// Conditions that only a person can judge.
    public var judgedByPeople: [Bilingual]
    /// Where the version stands.
    var position: RulePosition
    /// Who may get it.
    public var condition: Condition
}

/// A programme of the city.
public struct Programme: Sendable, Hashable {
    /// The name in rules and in data.
    public var name: String
    /// What people read.
    public var title: Bilingual
    /// What it is, in a sentence.
    public var summary: Bilingual
    /// Words to find and group it by.
    public var tags: [String]
    /// Who runs it.
    public var provider: Bilingual
    /// Its page.
    public var url: String?
    /// The programme that took its place.
    public var supersededBy: String?
    /// Its versions, oldest first.
    public var versions: [ProgrammeVersion]
    /// Where it is declared.
    public var position: RulePosition

    /// Whether a version of it is judged for each of several people, such as every child.
    public var isForEach: Bool { versions.contains { $0.beneficiary != nil } }

    /// The version that judges an application of a day; nil where none does.
    public func version(on date: LocalDate) -> ProgrammeVersion? {
        versions.first { $0.from <= date && $0.to.map { date <= $0 } ?? true }
    }
}
