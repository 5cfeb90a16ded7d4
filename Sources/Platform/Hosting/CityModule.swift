public import ArgumentParser
public import Basics
public import Identity
public import ServiceLifecycle
public import Store
public import Web

/// A room of the house that keeps records, answers addresses or does work in the background.
///
/// What a room does not have, it leaves out: every requirement but the first two has an empty default.
public protocol CityModule: Sendable {
    /// The tables of the room, as numbered migrations.
    static var migrations: MigrationSet { get }

    /// Opens the room on a store whose migrations have run; loads what it keeps in memory.
    init(on platform: Platform) async throws

    /// The addresses it answers.
    var routes: RouteTable { get }
    /// What it does when something happened elsewhere.
    var eventHandlers: [EventHandler] { get }
    /// The work it does in the background.
    var jobHandlers: [JobHandler] { get }
    /// What runs as long as the city does, beside jobs and events.
    var backgroundServices: [any Service] { get }
    /// Brings what it keeps in memory up to the store, which another process may have changed; asked
    /// often, so it has to be cheap where nothing did.
    func refresh() async throws
    /// How many things wait for a person, for the masthead.
    func unreadCount(for actor: Actor) async throws -> Int
    /// Counts it adds to `/metrics`.
    func gauges() async throws -> [(name: String, help: String, value: Double)]
    /// What people can do with it, for the front page.
    var doors: [ServiceDoor] { get }
    /// What it keeps that the city's search finds, each with its own access rule.
    var searches: [SearchSource] { get }
    /// What an account agreed to and can take back, for its own page.
    func consents(of accountID: String) async throws -> [AccountConsent]
    /// The organizations it keeps, for forms that ask for one.
    func organizations() async throws -> [OrganizationChoice]

    /// The roles it decides with, beside those of the platform.
    static var roles: [RoleTitle] { get }
    /// What people may make access keys for.
    static var keyPurposes: [KeyPurposeTitle] { get }
    /// What its people do that the audit trail keeps, beside what every room's do.
    static var auditActions: [AuditAction] { get }
    /// The scripts and style sheets of its pages, by names no other room uses.
    static var assets: [AssetFile] { get }
    /// The verbs it adds to the command line.
    static var commands: [any ParsableCommand.Type] { get }
    /// Fills an empty store with its part of the sample city.
    static func makeSample(on platform: Platform) async throws
    /// The people of the sample city that its work needs, beside those of the house.
    static var samplePeople: [SamplePerson] { get }
}

extension CityModule {
    /// No addresses.
    public var routes: RouteTable { RouteTable() }
    /// No handlers.
    public var eventHandlers: [EventHandler] { [] }
    /// No jobs.
    public var jobHandlers: [JobHandler] { [] }
    /// Nothing runs.
    public var backgroundServices: [any Service] { [] }
    /// Nothing in memory.
    public func refresh() async throws {}
    /// Nothing waits.
    public func unreadCount(for actor: Actor) async throws -> Int { 0 }
    /// No counts.
    public func gauges() async throws -> [(name: String, help: String, value: Double)] { [] }
    /// No doors.
    public var doors: [ServiceDoor] { [] }
    /// Nothing to find.
    public var searches: [SearchSource] { [] }
    /// Nothing agreed to.
    public func consents(of accountID: String) async throws -> [AccountConsent] { [] }
    /// No organizations.
    public func organizations() async throws -> [OrganizationChoice] { [] }
    /// No roles.
    public static var roles: [RoleTitle] { [] }
    /// No access keys.
    public static var keyPurposes: [KeyPurposeTitle] { [] }
    /// Nothing of its own.
    public static var auditActions: [AuditAction] { [] }
    /// No files.
    public static var assets: [AssetFile] { [] }
    /// No verbs.
    public static var commands: [any ParsableCommand.Type] { [] }
    /// No sample.
    public static func makeSample(on platform: Platform) async throws {}
    /// Nobody.
    public static var samplePeople: [SamplePerson] { [] }
}

/// A service: a room that is one of the city's systems.
public protocol CityService: CityModule {
    /// Which of the city's systems it is.
    static var system: CitySystem { get }
}

/// Somebody of the sample city: an account, and who they are for those who try it.
public struct SamplePerson: Sendable, Hashable {
    /// The account.
    public var account: NewAccount
    /// Who they are, on the sign-in page.
    public var title: Bilingual

    /// Describes a member of the sample city's staff; every name says that it is a sample.
    public init(
        staff name: String,
        _ title: Bilingual,
        organization: String,
        department: String? = nil,
        roles: [Role] = []
    ) {
        account = NewAccount(
            kind: .staff,
            loginName: "\(name)@sample.example",
            displayName: "견본 \(title.korean)",
            organization: organization,
            department: department,
            grants: roles.map { Grant($0, organization: organization) }
        )
        self.title = title
    }

    /// Describes a resident of the sample city; every name says that it is a sample.
    public init(resident name: String, _ title: Bilingual) {
        account = NewAccount(
            kind: .resident,
            loginName: "\(name)@sample.example",
            displayName: "견본 \(title.korean)"
        )
        self.title = title
    }
}

/// A consent that stands, with the form that takes it back.
public struct AccountConsent: Sendable, Hashable {
    /// The words that were agreed to.
    public var text: Bilingual
    /// When it was given.
    public var givenAt: Instant
    /// Where the form is sent.
    public var action: Link
    /// What its field `action` says there.
    public var actionName: String
    /// What the button says.
    public var withdrawal: Bilingual

    /// Describes a consent.
    public init(
        text: Bilingual,
        givenAt: Instant,
        withdrawal: Bilingual,
        action: Link,
        actionName: String
    ) {
        self.text = text
        self.givenAt = givenAt
        self.withdrawal = withdrawal
        self.action = action
        self.actionName = actionName
    }
}

extension Platform {
    /// Somebody of the sample city, signed in: made now, or found where they were made before.
    ///
    /// - Throws: `IdentityError` with `unacceptablePassword`, or what the store throws.
    public func sampleActor(_ account: NewAccount) async throws -> Actor {
        let id = try await SampleAccounts.add(
            account,
            password: SampleSignIn.password,
            to: identity.accounts
        )
        return .account(
            SignedInAccount(
                id: id,
                kind: account.kind,
                displayName: account.displayName,
                organization: account.organization,
                grants: account.grants
            )
        )
    }
}

/// An organization to choose in a form.
public struct OrganizationChoice: Sendable, Hashable {
    /// The identifier, as grants and accounts name it.
    public var id: String
    /// The name.
    public var title: Bilingual

    /// Creates a choice.
    public init(id: String, title: Bilingual) {
        self.id = id
        self.title = title
    }
}

/// A way into a room, shown on the front page.
public struct ServiceDoor: Sendable, Hashable {
    /// What a person does there.
    public var title: Bilingual
    /// Where it is.
    public var link: Link

    /// Creates a door.
    public init(_ title: Bilingual, _ link: Link) {
        self.title = title
        self.link = link
    }
}
