public import Basics
public import Store

/// What a document of the wallet is.
public enum WalletKind: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable,
    SQLDecodable
{
    case residentRegister, familyRelations, healthInsurance, income, employment, leaseContract,
        rentPayments, education, bankBook, medical, other

    /// What people call it.
    public var title: Bilingual {
        switch self {
        case .residentRegister: Bilingual("주민등록 등·초본", "Resident register")
        case .familyRelations: Bilingual("가족·혼인관계증명서", "Family relations certificate")
        case .healthInsurance: Bilingual("건강보험 자격·납부 확인서", "Health insurance certificate")
        case .income: Bilingual("소득 증빙", "Proof of income")
        case .employment: Bilingual("재직·고용보험 증명서", "Proof of employment")
        case .leaseContract: Bilingual("임대차계약서", "Lease contract")
        case .rentPayments: Bilingual("월세 이체 증빙", "Proof of rent payments")
        case .education: Bilingual("졸업·재학증명서", "Proof of education")
        case .bankBook: Bilingual("통장 사본", "Copy of a bank book")
        case .medical: Bilingual("진단서·진료비 영수증", "Medical papers")
        case .other: Bilingual("그 밖의 서류", "Another document")
        }
    }

    /// Words by which a document that a procedure asks for is known to be of the kind.
    private var words: [String] {
        switch self {
        case .residentRegister: ["주민등록", "등본", "초본"]
        case .familyRelations: ["가족관계", "혼인관계", "기본증명"]
        case .healthInsurance: ["건강보험"]
        case .income: ["소득", "급여명세", "원천징수"]
        case .employment: ["재직", "고용보험", "근로계약"]
        case .leaseContract: ["임대차", "계약서"]
        case .rentPayments: ["이체", "월세 납부", "납부 증빙"]
        case .education: ["졸업", "재학", "수료"]
        case .bankBook: ["통장", "계좌"]
        case .medical: ["진단", "진료", "처방"]
        case .other: []
        }
    }

    /// Whether a document of the kind can stand for what a procedure asks for; one of no kind can
    /// stand for anything, because its owner knows what it is.
    public func fits(_ requirement: CaseDocumentRequirement) -> Bool {
        self == .other || words.contains { requirement.title.korean.contains($0) }
    }
}

/// A document that a person keeps to send it with several applications.
public struct WalletDocument: Sendable, Hashable, Codable {
    /// The most documents of a person.
    public static let maximumCount = 40
    /// How old a document may be where a procedure names no age: three months from its issue
    /// (발급 3개월 이내).
    public static let usualAgeDayCount = 90
    /// The days after which a document leaves the wallet: no procedure takes one as old as that.
    public static let retentionDayCount = 365
    /// The days before that in which a person is told to have it issued anew.
    public static let warningDayCount = 14
    /// The most characters of a title.
    public static let maximumTitleCharacterCount = 80

    /// How young a document is.
    public enum Freshness: Sendable, Hashable {
        /// Procedures take it, up to a day.
        case fresh(until: LocalDate)
        /// Procedures take it for a few days more.
        case endsSoon(on: LocalDate)
        /// It has to be issued anew.
        case tooOld(since: LocalDate)
    }

    /// The identifier.
    public var id: String
    /// Whose it is.
    public var accountID: String
    /// What it is.
    public var kind: WalletKind
    /// What its owner calls it; empty is the title of its kind.
    public var title: String
    /// What the file is called.
    public var fileName: String
    /// What the file is, by its content.
    public var mediaType: String
    /// Its size, in bytes.
    public var byteCount: Int
    /// The blob that holds it, behind its salt.
    public var digest: String
    /// The day of its issue, as its owner read it.
    public var issuedOn: LocalDate
    /// When it was put into the wallet.
    public var createdAt: Instant

    /// Describes a document.
    public init(
        id: String,
        accountID: String,
        kind: WalletKind,
        title: String,
        fileName: String,
        mediaType: String,
        byteCount: Int,
        digest: String,
        issuedOn: LocalDate,
        createdAt: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.kind = kind
        self.title = title
        self.fileName = fileName
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.digest = digest
        self.issuedOn = issuedOn
        self.createdAt = createdAt
    }

    /// What it is called.
    public var shownTitle: Bilingual { title.isEmpty ? kind.title : Bilingual(same: title) }

    /// How young it is on a day.
    public func freshness(on today: LocalDate) -> Freshness {
        let last = issuedOn.adding(days: Self.usualAgeDayCount)
        if last < today { return .tooOld(since: last.adding(days: 1)) }
        let warned = last.adding(days: -Self.warningDayCount)
        return warned <= today ? .endsSoon(on: last) : .fresh(until: last)
    }

    /// Whether a procedure takes it on a day.
    public func isYoungEnough(for requirement: CaseDocumentRequirement, on today: LocalDate) -> Bool
    {
        let age = requirement.maximumAgeDays ?? Self.usualAgeDayCount
        return issuedOn.adding(days: age) >= today
    }
}

/// One use of a document of the wallet, with the consent it was made by.
public struct WalletUse: Sendable, Hashable, Codable {
    /// The identifier.
    public var id: String
    /// The document of the wallet; it may be gone.
    public var documentID: String
    /// The title it had.
    public var title: String
    /// Whose it is.
    public var accountID: String
    /// The application it was put into.
    public var caseID: String
    /// What it stands for there.
    public var requirement: String
    /// When its owner agreed.
    public var consentedAt: Instant
}
