public import Basics

/// A role of the field, held by way of a `Grant`.
///
/// The platform names the roles it decides with; a service adds its own as static members:
/// `extension Role { static let routeEditor = Role(rawValue: "routeEditor") }`.
public struct Role: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name, as it is kept and as a claim mapping writes it.
    public let rawValue: String

    /// Creates a role from its stable name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Keeps accounts and grants (계정 관리자); it opens no service's records by itself.
    public static let administrator = Role(rawValue: "administrator")
    /// Writes the plans of an organization (발주계획 담당자).
    public static let planOfficer = Role(rawValue: "planOfficer")
    /// Publishes what plan officers wrote (공개 승인자).
    public static let planPublisher = Role(rawValue: "planPublisher")
    /// Reads the audit trail and changes nothing (감사 담당자).
    public static let auditor = Role(rawValue: "auditor")
    /// Helps people with their accounts and applications (민원 지원 담당자).
    public static let supportOfficer = Role(rawValue: "supportOfficer")
    /// Keeps what the city's searches know: its documents and its words (지식 관리자).
    public static let knowledgeKeeper = Role(rawValue: "knowledgeKeeper")
}

/// A role in words, for the people who give it.
public struct RoleTitle: Sendable, Hashable {
    /// The role.
    public var role: Role
    /// What it is called.
    public var title: Bilingual

    /// Names a role.
    public init(_ role: Role, _ title: Bilingual) {
        self.role = role
        self.title = title
    }

    /// The roles the platform decides with.
    public static let platform: [RoleTitle] = [
        RoleTitle(.administrator, Bilingual("계정 관리자", "Administrator")),
        RoleTitle(.planOfficer, Bilingual("발주계획 담당자", "Plan officer")),
        RoleTitle(.planPublisher, Bilingual("공개 승인자", "Plan publisher")),
        RoleTitle(.auditor, Bilingual("감사 담당자", "Auditor")),
        RoleTitle(.supportOfficer, Bilingual("민원 지원 담당자", "Support officer")),
        RoleTitle(.knowledgeKeeper, Bilingual("지식 관리자", "Knowledge keeper")),
    ]
}

/// A role given to an account, for one organization or all, in one service or all.
public struct Grant: Sendable, Hashable, Codable {
    /// The role.
    public var role: Role
    /// The organization it is held for; nothing means every one.
    public var organization: String?
    /// The service it is held in; nothing means every one.
    public var service: String?

    /// Creates a grant.
    public init(_ role: Role, organization: String? = nil, service: String? = nil) {
        self.role = role
        self.organization = organization
        self.service = service
    }

    /// Whether the grant reaches an organization, and a service of it.
    public func covers(organization: String, service: String?) -> Bool {
        (self.organization == nil || self.organization == organization)
            && (self.service == nil || self.service == service)
    }
}
