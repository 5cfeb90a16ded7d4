public import Basics
public import Eligibility
public import Store

/// An application, from the first word of its draft to its end.
public struct Case: Sendable, Hashable, Codable {
    /// The identifier, in the addresses of its pages.
    public var id: String
    /// The number people quote: `2026-PC-000123`; empty while it is a draft.
    public var receipt: String
    /// The procedure.
    public var procedureID: String
    /// The organization whose officers decide.
    public var organizationID: String
    /// The round, where the procedure has rounds.
    public var roundID: String?
    /// The applicant's account; empty where somebody without one is applied for.
    public var accountID: String
    /// The applicant's name, for lists.
    public var applicantName: String
    /// Who the applicant is.
    public var applicant: JSONColumn<CaseApplicant>
    /// The account of whoever applies for the applicant.
    public var proxyAccountID: String?
    /// Who applies for the applicant, and why they may.
    public var proxy: JSONColumn<CaseProxy>?
    /// What was answered.
    public var answers: JSONColumn<CaseAnswers>
    /// What the rules said on the day of the application.
    public var verdict: JSONColumn<CaseVerdict>?
    /// Where it is.
    public var state: CaseState
    /// Grows with every change.
    public var version: Int
    /// The officer who works on it.
    public var assigneeID: String?
    /// Everybody who reviewed it; none of them decides where four eyes are asked for.
    public var reviewerIDs: JSONColumn<[String]>
    /// What the reviewer proposes.
    public var proposal: JSONColumn<CaseDecision>?
    /// What was decided.
    public var decision: JSONColumn<CaseDecision>?
    /// What is or was last asked of the applicant.
    public var correction: JSONColumn<CaseCorrection>?
    /// The last day the office has.
    public var dueOn: LocalDate?
    /// When it arrived.
    public var submittedAt: Instant?
    /// When it was decided.
    public var decidedAt: Instant?
    /// When what is personal in it was erased.
    public var erasedAt: Instant?
    /// Whether it is made up for the sample city.
    public var isSample: Bool
    /// When it was begun.
    public var createdAt: Instant
    /// When it was last changed.
    public var updatedAt: Instant

    /// Whether an account is the applicant's or the proxy's.
    public func belongs(to accountID: String?) -> Bool {
        guard let accountID, !accountID.isEmpty else { return false }
        return accountID == self.accountID || accountID == proxyAccountID
    }

    /// The accounts that are told of changes.
    public var noticeAccountIDs: [String] {
        var ids = accountID.isEmpty ? [] : [accountID]
        if let proxyAccountID, proxyAccountID != accountID { ids.append(proxyAccountID) }
        return ids
    }

    /// The last day for an appeal, where it was refused.
    public var appealDeadline: LocalDate? {
        guard state == .refused, let decidedAt else { return nil }
        return decidedAt.date.adding(days: CaseAppeal.maximumDayCount)
    }
}

/// Who applies.
public struct CaseApplicant: Sendable, Hashable, Codable {
    /// The name.
    public var name: String
    /// The day of birth, where it is known.
    public var birthDate: LocalDate?
    /// A telephone number to reach them at; empty where there is none.
    public var telephone: String

    /// Describes an applicant.
    public init(name: String, birthDate: LocalDate? = nil, telephone: String = "") {
        self.name = name
        self.birthDate = birthDate
        self.telephone = telephone
    }
}

/// Whoever applies for somebody else, and why they may.
public struct CaseProxy: Sendable, Hashable, Codable {
    /// Why somebody may apply for another.
    public enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
        /// A member of the family.
        case family
        /// A legal guardian.
        case guardian
        /// A welfare officer, ex officio or at the applicant's wish.
        case welfareOfficer
        /// An officer who enters a paper application at the desk.
        case desk

        /// The basis in words.
        public var title: Bilingual {
            switch self {
            case .family: Bilingual("가족", "Family member")
            case .guardian: Bilingual("법정대리인·후견인", "Legal guardian")
            case .welfareOfficer: Bilingual("복지 담당 공무원", "Welfare officer")
            case .desk: Bilingual("방문 접수 담당자", "Desk officer")
            }
        }
    }

    /// Why they may.
    public var basis: Basis
    /// The proxy's own name, as their account has it.
    public var name: String
    /// How surely the proxy was known when they began.
    public var assurance: String
    /// The basis in the proxy's own words: the relation, the power of attorney, the visit.
    public var statement: String

    /// Describes a proxy.
    public init(basis: Basis, name: String, assurance: String, statement: String) {
        self.basis = basis
        self.name = name
        self.assurance = assurance
        self.statement = statement
    }
}

/// What an office asks of an applicant before it goes on (보완요청).
public struct CaseCorrection: Sendable, Hashable, Codable {
    /// What is missing or wrong.
    public var reason: String
    /// The documents asked for again, by their names.
    public var documents: [String]
    /// The last day for the answer.
    public var deadline: LocalDate
    /// When it was asked.
    public var askedAt: Instant
    /// The answer in words; empty while there is none.
    public var answer: String
    /// When it was answered.
    public var answeredAt: Instant?

    /// Creates a request.
    public init(reason: String, documents: [String] = [], deadline: LocalDate, askedAt: Instant) {
        self.reason = reason
        self.documents = documents
        self.deadline = deadline
        self.askedAt = askedAt
        answer = ""
    }
}

/// What a reviewer proposes, or a decider decided.
public struct CaseDecision: Sendable, Hashable, Codable {
    /// The state it leads to: approved, refused, selecting or waiting.
    public var outcome: CaseState
    /// The reason, for the applicant.
    public var reason: String
    /// What is granted, where it is an amount.
    public var amount: Won?
    /// The officer.
    public var officerID: String
    /// Their name.
    public var officerName: String
    /// When.
    public var at: Instant

    /// Creates a decision.
    public init(
        outcome: CaseState,
        reason: String,
        amount: Won? = nil,
        officerID: String,
        officerName: String,
        at: Instant
    ) {
        self.outcome = outcome
        self.reason = reason
        self.amount = amount
        self.officerID = officerID
        self.officerName = officerName
        self.at = at
    }
}

/// What the rules said of an application on its day.
public struct CaseVerdict: Sendable, Hashable, Codable {
    /// What was found of one clause.
    public struct Finding: Sendable, Hashable, Codable {
        /// The clause.
        public var clause: String
        /// Whether it holds; nothing where that is not known.
        public var holds: Bool?
        /// The finding in a sentence.
        public var sentence: Bilingual
    }

    /// The verdict.
    public var verdict: Verdict
    /// The day it was judged on.
    public var judgedOn: LocalDate
    /// The first day of the version of the rules that judged it.
    public var rulesFrom: LocalDate?
    /// What was found, clause by clause.
    public var findings: [Finding]
    /// The clauses that keep it from being granted.
    public var failing: [String]
    /// What would have to change.
    public var remedy: Bilingual?
    /// The amount to be expected.
    public var estimate: Won?
    /// The points, where places go by points.
    public var points: Int?
    /// The stratum, where the draw has strata.
    public var stratum: Bilingual?

    /// Keeps what matters of a judgement.
    public init(_ judgement: Judgement, on day: LocalDate) {
        verdict = judgement.verdict
        judgedOn = day
        rulesFrom = judgement.inForce?.from
        findings = judgement.findings.map { finding in
            let holds: Bool? =
                switch finding.truth {
                case .yes: true
                case .no: false
                case .unknown: nil
                }
            return Finding(clause: finding.clause.name, holds: holds, sentence: finding.sentence)
        }
        failing = judgement.failing
        remedy = judgement.remedy?.sentence
        estimate = judgement.estimate?.total
        points = judgement.points
        stratum = judgement.stratum
    }
}
