/// What an account stands for.
public enum AccountKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A person who lives in the city or uses its services.
    case resident
    /// A civil servant, or a person who works for the city.
    case staff
    /// A company that does business with the city.
    case company
    /// A machine: a kiosk, a gateway, a robot.
    case device
}

/// How surely the person behind a session is known.
public enum Assurance: String, Sendable, Hashable, Codable, Comparable {
    /// A password alone.
    case password
    /// The word of an OpenID Connect provider.
    case openIDConnect
    /// A password and a time-based one-time password.
    case passwordAndOneTimeCode

    /// Compares two levels: a second factor is surer than a provider, a provider surer than a password.
    public static func < (left: Assurance, right: Assurance) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .password: 0
        case .openIDConnect: 1
        case .passwordAndOneTimeCode: 2
        }
    }
}

/// An account that has signed in, as an access decision sees it.
public struct SignedInAccount: Sendable, Hashable {
    /// The account's id.
    public var id: String
    /// What the account stands for.
    public var kind: AccountKind
    /// The name shown on the account's own pages.
    public var displayName: String
    /// The organization the account belongs to, where it belongs to one.
    public var organization: String?
    /// The department of the organization, where the staff directory names one.
    public var department: String?
    /// What the account may do, and where.
    public var grants: [Grant]
    /// The public handle of the session; it is not the cookie and opens nothing.
    public var sessionID: String
    /// How surely the person is known.
    public var assurance: Assurance
    /// Whether the password was given by somebody else and has to be replaced first.
    public var mustChangePassword: Bool

    /// Creates the value; outside of tests only `Sessions` does.
    public init(
        id: String,
        kind: AccountKind,
        displayName: String,
        organization: String? = nil,
        department: String? = nil,
        grants: [Grant] = [],
        sessionID: String = "",
        assurance: Assurance = .password,
        mustChangePassword: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.displayName = displayName
        self.organization = organization
        self.department = department
        self.grants = grants
        self.sessionID = sessionID
        self.assurance = assurance
        self.mustChangePassword = mustChangePassword
    }
}

/// Who asks: the value handed to every access decision.
public enum Actor: Sendable, Hashable {
    /// Nobody in particular.
    case anonymous
    /// An account in one of its sessions.
    case account(SignedInAccount)

    /// The account, where there is one.
    public var account: SignedInAccount? {
        if case .account(let account) = self { account } else { nil }
    }

    /// The account's id, where there is one.
    public var id: String? { account?.id }

    /// The name the audit trail keeps: the account's id, or `anonymous`.
    public var auditName: String { account?.id ?? "anonymous" }

    /// Whether the actor holds a role for an organization, and for a service of it where one is named.
    ///
    /// A question that names no service is about all of them, so that a grant for one service does
    /// not answer it; the same holds for the organization of a grant.
    public func may(_ role: Role, in organization: String, service: String? = nil) -> Bool {
        account?.grants.contains {
            $0.role == role && $0.covers(organization: organization, service: service)
        } ?? false
    }

    /// Whether the actor holds a role anywhere: enough to open a page, never to open a record.
    public func holds(_ role: Role) -> Bool {
        account?.grants.contains { $0.role == role } ?? false
    }

    /// Whether the actor works in a department of an organization.
    public func works(in department: String, of organization: String) -> Bool {
        guard let account, !department.isEmpty else { return false }
        return account.organization == organization && account.department == department
    }

    /// The organizations for which the actor holds a role; nothing where it holds it for every one.
    public func organizations(for role: Role, service: String? = nil) -> Set<String>? {
        var found: Set<String> = []
        for grant in account?.grants ?? [] where grant.role == role {
            guard grant.service == nil || grant.service == service else { continue }
            guard let organization = grant.organization else { return nil }
            found.insert(organization)
        }
        return found
    }
}
