public import Basics

/// A work contact of the city's staff directory (직원·업무 안내): who does what, and the office line.
///
/// Only what an office publishes about its own work stands here; what is private to a person never
/// does, and the forms refuse it.
public struct Person: Sendable, Hashable, Codable {
    /// The identifier.
    public var id: String
    /// The organization the person works for.
    public var organizationID: String
    /// The department (부서).
    public var department: String
    /// The position (직위): `주무관`.
    public var position: String
    /// The name as the office publishes it.
    public var name: String
    /// What the person is in charge of (담당업무).
    public var duty: String
    /// The office telephone, or the extension within the organization.
    public var telephone: String
    /// The office e-mail address, where one is published.
    public var email: String?
    /// The account the person signs in with, where it was linked.
    public var accountID: String?
    /// Whether the entry is made up for the sample city.
    public var isSample: Bool
    /// When the entry was last changed.
    public var updatedAt: Instant

    /// Creates an entry.
    public init(
        id: String,
        organizationID: String,
        department: String,
        position: String,
        name: String,
        duty: String,
        telephone: String,
        email: String? = nil,
        accountID: String? = nil,
        isSample: Bool = false,
        updatedAt: Instant
    ) {
        self.id = id
        self.organizationID = organizationID
        self.department = department
        self.position = position
        self.name = name
        self.duty = duty
        self.telephone = telephone
        self.email = email
        self.accountID = accountID
        self.isSample = isSample
        self.updatedAt = updatedAt
    }
}
