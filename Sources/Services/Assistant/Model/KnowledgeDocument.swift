import Basics
import Identity
import Store

/// A document the assistant may quote: what it is, whose it is, from when to when it holds.
struct KnowledgeDocument: Codable, Sendable, Hashable {
    /// What kind of document it is.
    enum Kind: String, Codable, Sendable, CaseIterable {
        /// A statute, by articles.
        case statute
        /// A manual (업무편람) or an internal rule.
        case manual
        /// Questions with their answers.
        case faq
        /// A form to fill in (서식).
        case form
    }

    /// How far it has come on its way to being quoted.
    enum Status: String, Codable, Sendable, CaseIterable {
        /// Written, looked at by nobody else.
        case draft
        /// Looked at by a second person.
        case reviewed
        /// In force: quoted between its dates.
        case effective
        /// No longer in force; kept so that old answers can be followed.
        case expired
    }

    /// Whose rules it holds; where two say something, the nearer one is quoted first.
    enum Jurisdiction: String, Codable, Sendable, CaseIterable {
        /// The city's own rules.
        case city
        /// Rules for local governments (지방).
        case local
        /// Rules for everybody.
        case general
        /// Rules for the state's own officials (국가).
        case national
    }

    /// Who may read it.
    enum Audience: String, Codable, Sendable, CaseIterable {
        /// Every member of staff.
        case staff
        /// The staff of its organization.
        case organization
        /// Those whom the staff directory names in its department.
        case department
        /// The person who brought it in, and nobody else.
        case owner
    }

    /// A form or an annex that belongs to it.
    struct Attachment: Codable, Sendable, Hashable {
        /// What it is called.
        var name: String
        /// Where it is: an address outside, or nothing where it is kept here or only named.
        var address: String
        /// The blob of the file that is kept here.
        var digest: String?
        /// What that file is called.
        var fileName: String?
    }

    /// The longest title, in characters.
    static let maximumTitleLength = 200
    /// The most forms and annexes of a document.
    static let maximumAttachmentCount = 100
    /// The largest file of a document, in bytes.
    static let maximumByteCount = 20 << 20

    var id: String
    var title: String
    var kind: Kind
    var status: Status
    var jurisdiction: Jurisdiction
    var category: KnowledgeCategory
    var audience: Audience
    /// The organization that keeps it.
    var organizationID: String
    /// The department that keeps it.
    var department: String
    /// Whom to ask: the department and its extension.
    var contact: String
    /// The first day on which it holds; nothing where it always did.
    var effectiveFrom: LocalDate?
    /// The last day on which it holds; nothing where none is set.
    var effectiveUntil: LocalDate?
    /// Where it comes from: an address or a note.
    var source: String
    var attachments: JSONColumn<[Attachment]>
    var fileName: String
    /// The blob of the file it was read from; empty where there is none.
    var digest: String
    var createdBy: String
    var createdAt: Instant
    var updatedAt: Instant

    /// Whether it is quoted on a day.
    func holds(on day: LocalDate) -> Bool {
        status == .effective && (effectiveFrom.map { $0 <= day } ?? true)
            && (effectiveUntil.map { day <= $0 } ?? true)
    }

    /// Whether a person may read it: the one access rule for documents and all their passages.
    func isReadable(by actor: Actor) -> Bool {
        guard let account = actor.account, account.kind == .staff else { return false }
        switch audience {
        case .staff: return true
        case .owner: return createdBy == account.id
        case .organization:
            return account.organization == organizationID
                || actor.may(.knowledgeKeeper, in: organizationID)
        case .department:
            return actor.works(in: department, of: organizationID)
                || actor.may(.knowledgeKeeper, in: organizationID)
        }
    }

    /// Whether a person may change it: its own, or what the organizations in their keeping have.
    func isKept(by actor: Actor) -> Bool {
        if audience == .owner { return createdBy == actor.id }
        return actor.may(.knowledgeKeeper, in: organizationID)
    }
}

/// The shelves of the category menu.
enum KnowledgeCategory: String, Codable, Sendable, CaseIterable {
    case personnel, pay, welfare, computing, contracts, regulations

    /// The shelf that a heading of a document's front matter names.
    init?(korean text: String) {
        let found = Self.allCases.first { category in
            category.label.korean.split(separator: "·").contains { text.contains($0) }
        }
        guard let found else { return nil }
        self = found
    }

    var label: Bilingual {
        switch self {
        case .personnel: Bilingual("인사·복무", "Personnel and service")
        case .pay: Bilingual("급여·수당·여비", "Pay, allowances, travel")
        case .welfare: Bilingual("복지", "Staff welfare")
        case .computing: Bilingual("전산·계정", "IT and accounts")
        case .contracts: Bilingual("계약·회계", "Contracts and accounting")
        case .regulations: Bilingual("법규·조례·업무편람", "Regulations and manuals")
        }
    }
}

extension KnowledgeDocument.Kind {
    var label: Bilingual {
        switch self {
        case .statute: Bilingual("법령", "Statute")
        case .manual: Bilingual("편람", "Manual")
        case .faq: Bilingual("자주 묻는 질문", "Questions and answers")
        case .form: Bilingual("서식", "Form")
        }
    }
}

extension KnowledgeDocument.Status {
    var label: Bilingual {
        switch self {
        case .draft: Bilingual("초안", "Draft")
        case .reviewed: Bilingual("검토함", "Reviewed")
        case .effective: Bilingual("시행", "In force")
        case .expired: Bilingual("폐지", "Expired")
        }
    }

    /// What may follow it.
    var next: [KnowledgeDocument.Status] {
        switch self {
        case .draft: [.reviewed]
        case .reviewed: [.effective, .draft]
        case .effective: [.expired]
        case .expired: [.draft]
        }
    }
}

extension KnowledgeDocument.Jurisdiction {
    var label: Bilingual {
        switch self {
        case .city: Bilingual("시", "City")
        case .local: Bilingual("지방", "Local government")
        case .general: Bilingual("공통", "General")
        case .national: Bilingual("국가", "State")
        }
    }

    /// Whose rules a statute holds: 지방공무원법 and 국가공무원법 say it in their titles, a decree in
    /// its first article, which names the act it rests on.
    init(title: String, opening: String) {
        let restsOnState =
            opening.contains("국가공무원법") && !opening.contains("지방공무원법")
        self =
            if title.hasPrefix("지방") {
                .local
            } else if title.hasPrefix("국가공무원") || restsOnState {
                .national
            } else {
                .general
            }
    }

    /// What its passages count beside others in a search.
    var preference: Float {
        switch self {
        case .city: 1.2
        case .local: 1.15
        case .general: 1
        case .national: 0.85
        }
    }
}

extension KnowledgeDocument.Audience {
    var label: Bilingual {
        switch self {
        case .staff: Bilingual("전 직원", "All staff")
        case .organization: Bilingual("우리 기관", "Our organization")
        case .department: Bilingual("담당 부서", "Its department")
        case .owner: Bilingual("나만", "Only me")
        }
    }
}

extension Role {
    /// Answers what the assistant hands over (상담 담당자).
    static let assistantAgent = Role(rawValue: "assistantAgent")
}
