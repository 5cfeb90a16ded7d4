public import Basics

/// Where an application is on its way.
public enum CaseState: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is being written.
    case draft
    /// It arrived and waits for an officer.
    case submitted
    /// An officer looks at it.
    case inReview
    /// The applicant was asked for something.
    case correctionRequested
    /// It qualifies, and who gets a place is still to be chosen.
    case selecting
    /// It stands on the waiting list.
    case waiting
    /// It was granted.
    case approved
    /// It was refused.
    case refused
    /// What was granted is claimed, with the receipts.
    case claimed
    /// The applicant has what was granted.
    case fulfilled
    /// The applicant took it back.
    case withdrawn
    /// Its time went by.
    case expired

    /// The state in words.
    public var title: Bilingual {
        switch self {
        case .draft: Bilingual("작성 중", "Draft")
        case .submitted: Bilingual("접수", "Received")
        case .inReview: Bilingual("검토 중", "In review")
        case .correctionRequested: Bilingual("보완요청", "More is needed")
        case .selecting: Bilingual("선정 대기", "Selection pending")
        case .waiting: Bilingual("예비", "Waiting list")
        case .approved: Bilingual("승인", "Approved")
        case .refused: Bilingual("미승인", "Not approved")
        case .claimed: Bilingual("청구", "Claimed")
        case .fulfilled: Bilingual("지원 완료", "Fulfilled")
        case .withdrawn: Bilingual("취하", "Withdrawn")
        case .expired: Bilingual("기간 지남", "Expired")
        }
    }

    /// Whether somebody still has something to do about it.
    public var isOpen: Bool {
        CaseTransition.all.contains { $0.from == self && $0.to != .inReview }
    }

    /// Whether it waits for the office.
    public var waitsForOffice: Bool {
        [.submitted, .inReview, .selecting, .claimed].contains(self)
    }

    /// Whether it was decided, one way or the other.
    public var isDecided: Bool {
        [.approved, .refused, .claimed, .fulfilled].contains(self)
    }
}

/// Who may take an application from one state to another.
public enum CaseParty: String, Sendable, Hashable, Codable, CaseIterable {
    /// The applicant, or whoever applies for them.
    case applicant
    /// An officer of the procedure's organization.
    case officer
    /// Whoever decides: an approver where four eyes are asked for, an officer elsewhere.
    case decider
    /// The program itself: a time has gone by, a consent was taken back, an order or a draw decided.
    case program
}

/// A step that an application may take.
public struct CaseTransition: Sendable, Hashable {
    /// The state it leaves.
    public let from: CaseState
    /// The state it comes to.
    public let to: CaseState
    /// Who may take it there.
    public let parties: Set<CaseParty>

    /// Every step there is; what is not here cannot happen.
    public static let all: [CaseTransition] = [
        step(.draft, .submitted, .applicant),
        step(.draft, .expired, .program),
        step(.submitted, .inReview, .officer),
        step(.submitted, .correctionRequested, .officer, .program),
        step(.submitted, .withdrawn, .applicant),
        step(.inReview, .correctionRequested, .officer, .program),
        step(.inReview, .selecting, .decider),
        step(.inReview, .approved, .decider),
        step(.inReview, .refused, .decider),
        step(.inReview, .withdrawn, .applicant),
        step(.correctionRequested, .inReview, .applicant, .officer),
        step(.correctionRequested, .withdrawn, .applicant),
        step(.correctionRequested, .expired, .officer, .program),
        step(.selecting, .approved, .decider, .program),
        step(.selecting, .waiting, .decider, .program),
        step(.selecting, .refused, .decider, .program),
        step(.selecting, .withdrawn, .applicant),
        step(.waiting, .approved, .decider, .program),
        step(.waiting, .refused, .decider, .program),
        step(.waiting, .withdrawn, .applicant),
        step(.approved, .claimed, .applicant),
        step(.approved, .fulfilled, .officer),
        step(.approved, .withdrawn, .applicant),
        step(.claimed, .approved, .officer),
        step(.claimed, .fulfilled, .officer),
        // An appeal that is granted opens the case again.
        step(.refused, .inReview, .decider),
    ]

    /// The step between two states, or nothing where there is none.
    public static func between(_ from: CaseState, _ to: CaseState) -> CaseTransition? {
        all.first { $0.from == from && $0.to == to }
    }

    private static func step(
        _ from: CaseState,
        _ to: CaseState,
        _ parties: CaseParty...
    ) -> CaseTransition {
        CaseTransition(from: from, to: to, parties: Set(parties))
    }
}
