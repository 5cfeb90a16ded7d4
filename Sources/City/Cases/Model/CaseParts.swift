public import Basics
public import Store

/// A line of a case's timeline: what happened, when and by whom.
public struct CaseEvent: Sendable, Hashable, Codable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// It was begun.
        case begun
        /// It went from one state to another.
        case moved
        /// An officer was put on it.
        case assigned
        /// A reviewer proposed a decision.
        case proposed
        /// The applicant was asked for something, or answered.
        case correction
        /// A consent was given or taken back.
        case consent
        /// A file was added or taken out after the application.
        case document
        /// An appeal was made or answered.
        case appeal
        /// A remark among officers.
        case note
        /// Its personal content was erased.
        case erased
    }

    /// The case.
    public var caseID: String
    /// The place in the timeline, from 1.
    public var number: Int
    /// What happened.
    public var kind: Kind
    /// What happened, in words.
    public var title: JSONColumn<Bilingual>
    /// The reason or a remark.
    public var note: String
    /// Whether the applicant sees it.
    public var isPublic: Bool
    /// Who did it; empty where the program did.
    public var actorID: String
    /// Their name at that time.
    public var actorName: String
    /// When.
    public var at: Instant
}

/// A file of an application.
public struct CaseDocument: Sendable, Hashable, Codable {
    /// The largest file, in bytes.
    public static let maximumByteCount = 20 << 20
    /// The most files of one application.
    public static let maximumCount = 60
    /// The most files under one requirement.
    public static let maximumCountPerRequirement = 30

    /// The identifier.
    public var id: String
    /// The case.
    public var caseID: String
    /// The requirement it answers.
    public var requirement: String
    /// The name it came with.
    public var fileName: String
    /// What it is, by its content.
    public var mediaType: String
    /// Its size in bytes.
    public var byteCount: Int
    /// The blob that holds it.
    public var digest: String
    /// When it was added.
    public var createdAt: Instant

    /// Describes a file whose bytes are a blob already.
    public init(
        id: String,
        caseID: String,
        requirement: String,
        fileName: String,
        mediaType: String,
        byteCount: Int,
        digest: String,
        createdAt: Instant
    ) {
        self.id = id
        self.caseID = caseID
        self.requirement = requirement
        self.fileName = fileName
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.digest = digest
        self.createdAt = createdAt
    }
}

/// A consent of an applicant, with what it is for (ISO/IEC TS 27560: what, for what, since and until when).
public struct CaseConsent: Sendable, Hashable, Codable {
    /// What is agreed to.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Answers given before are used for this application.
        case reuse
        /// The office looks up documents itself (행정정보공동이용).
        case lookUp
        /// What is personal is worked with for this application.
        case processing

        /// What is agreed to, in words.
        public var title: Bilingual {
            switch self {
            case .reuse:
                Bilingual("이미 적은 답을 이 신청에 다시 쓰기", "Using earlier answers here")
            case .lookUp:
                Bilingual("행정정보 공동이용(서류 조회)", "Looking up documents for me")
            case .processing:
                Bilingual("개인정보 수집·이용", "Use of personal data")
            }
        }

        /// What it is for, what is used, and what happens without it.
        public var details: Bilingual {
            switch self {
            case .reuse:
                Bilingual(
                    "자격 확인에서 적은 답을 가져와 신청서를 채웁니다. 동의하지 않으면 처음부터 직접 적습니다.",
                    "Your answers from the eligibility check fill the form. Without it you type them."
                )
            case .lookUp:
                Bilingual(
                    "담당자가 행정정보 공동이용으로 서류를 확인하므로 내지 않아도 됩니다. 동의하지 않으면 서류를 올려 주세요.",
                    "The office looks the documents up, so you need not send them. Without it, add them."
                )
            case .processing:
                Bilingual(
                    "신청서의 내용과 서류를 심사와 지원에만 쓰고, 보관 기간이 지나면 지웁니다. 동의하지 않으면 신청할 수 없습니다.",
                    "The form and its documents serve the review and the support alone, and are erased "
                        + "after the retention period. Without it no application can be made."
                )
            }
        }
    }

    /// The number of the receipt.
    public var id: String
    /// The case.
    public var caseID: String
    /// What is agreed to.
    public var kind: Kind
    /// Who agreed.
    public var accountID: String
    /// When.
    public var givenAt: Instant
    /// When it was taken back.
    public var withdrawnAt: Instant?

    /// Whether it holds.
    public var isInForce: Bool { withdrawnAt == nil }
}

/// An appeal against a refusal (이의신청).
public struct CaseAppeal: Sendable, Hashable, Codable {
    /// Days after the notice of the refusal in which an appeal is taken.
    public static let maximumDayCount = 90

    /// What became of it.
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        /// The case is opened again.
        case granted
        /// The refusal stands.
        case dismissed
    }

    /// The identifier.
    public var id: String
    /// The case.
    public var caseID: String
    /// Why the refusal is wrong.
    public var reason: String
    /// When it was made.
    public var madeAt: Instant
    /// What became of it.
    public var outcome: Outcome?
    /// The office's answer.
    public var answer: String
    /// When it was answered.
    public var answeredAt: Instant?
}

/// What is claimed after a grant (청구).
public struct CaseClaim: Sendable, Hashable, Codable {
    /// The largest amount of a claim.
    public static let maximumAmount = Won(1_000_000_000)

    /// The identifier.
    public var id: String
    /// The case.
    public var caseID: String
    /// The amount.
    public var amount: Won
    /// What it was spent on.
    public var note: String
    /// When it was made.
    public var madeAt: Instant
    /// Why the office sent it back; empty where it did not.
    public var returned: String
}

/// An application went from one state to another.
public struct CaseChanged: Event {
    /// The name that is stored.
    public static let name = "cases.changed"

    /// The case.
    public var caseID: String
    /// The procedure.
    public var procedureID: String
    /// The state it left.
    public var from: CaseState
    /// The state it is in.
    public var to: CaseState

    /// Tells of a change.
    public init(caseID: String, procedureID: String, from: CaseState, to: CaseState) {
        self.caseID = caseID
        self.procedureID = procedureID
        self.from = from
        self.to = to
    }
}
