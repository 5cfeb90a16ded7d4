public import Basics
public import Identity
public import Logging
public import Store

/// What a room of the house is given to work with.
public struct Platform: Sendable {
    /// Where everything is kept.
    public let store: Store
    /// Accounts, sessions, roles.
    public let identity: IdentityServices
    /// Seals small secrets that rooms keep at rest, such as the address of a camera with its password.
    public let secrets: SecretBox
    /// The one way out: HTTP requests and mail.
    public let courier: Courier
    /// How the sign-in provider is asked: the courier, or what a test hands in.
    let providerFetcher: any HTTPFetcher
    /// The words that mean the same in every search.
    public let synonyms: SharedSynonyms
    /// What the rooms share in memory.
    public let shared: SharedValues
    /// The settings in force.
    public let settings: Settings
    /// Where the time comes from.
    public let time: TimeSource
    /// The log.
    public let logger: Logger
    /// Whether the store holds the generated sample city.
    public internal(set) var isSample: Bool
    /// The people that the rooms added to the sample city.
    var samplePeople: [SamplePerson] = []
    /// What the audit trail keeps, in words.
    var auditTitles: [String: Bilingual] = [:]

    /// The address people use for the site, without a slash at its end.
    public var publicURL: String {
        let set = settings["publicURL"]
        guard set.isEmpty else { return set.hasSuffix("/") ? String(set.dropLast()) : set }
        return "http://\(settings["host"]):\(settings["port"])"
    }
}
