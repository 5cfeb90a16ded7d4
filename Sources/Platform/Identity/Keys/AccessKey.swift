public import Basics

/// What a program may do with a personal access key.
///
/// A service names its own as static members, as it does roles:
/// `extension KeyPurpose { static let assistant = KeyPurpose(rawValue: "assistant") }`.
public struct KeyPurpose: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name, as it is kept.
    public let rawValue: String

    /// Creates a purpose from its stable name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A purpose in words, for the people who make a key for it.
public struct KeyPurposeTitle: Sendable, Hashable {
    /// The purpose.
    public var purpose: KeyPurpose
    /// What a key for it does.
    public var title: Bilingual
    /// Who can make a key for it.
    public var access: RouteAccess

    /// Names a purpose.
    public init(_ purpose: KeyPurpose, _ title: Bilingual, access: RouteAccess) {
        self.purpose = purpose
        self.title = title
        self.access = access
    }
}

/// A person's access key as they see it; the key itself is never seen again.
public struct AccessKeySummary: Sendable, Hashable {
    /// The public handle, by which it is revoked.
    public let id: String
    /// What the person calls it.
    public let name: String
    /// What it is for.
    public let purposes: [KeyPurpose]
    /// When it was made.
    public let createdAt: Instant
    /// When it stops to work.
    public let expiresAt: Instant
    /// When it was last used, to the minute.
    public let lastUsedAt: Instant?
}

/// A fresh key: the only time its text is known.
public struct NewAccessKey: Sendable, Hashable {
    /// What the program sends as `Authorization: Bearer`.
    public let secret: String
    /// The key as it is listed.
    public let summary: AccessKeySummary
}
