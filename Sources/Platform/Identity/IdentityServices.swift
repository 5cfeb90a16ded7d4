public import Basics
public import Logging
public import Store

/// Everything of identity over one store, wired once when the house opens.
public struct IdentityServices: Sendable {
    /// Accounts, grants and people's records.
    public let accounts: Accounts
    /// Sessions and their cookies.
    public let sessions: Sessions
    /// Signing in with a password and a second factor.
    public let signIn: SignIn
    /// The keys with which programs act for a person.
    public let keys: AccessKeys
    /// Setting up and removing the second factor.
    public let secondFactor: SecondFactor
    private let store: Store
    private let time: TimeSource

    /// Creates the services.
    ///
    /// - Throws: `IdentityError` where the cost of the password hash is not one.
    public init(
        store: Store,
        secretBox: SecretBox,
        time: TimeSource,
        logger: Logger,
        passwordHashCost: PasswordHashCost = .recommended
    ) throws(IdentityError) {
        self.store = store
        self.time = time
        let hasher = try PasswordHasher(cost: passwordHashCost)
        sessions = Sessions(store: store, secretBox: secretBox)
        let gate = LoginGate(time: time)
        accounts = Accounts(store: store, hasher: hasher, sessions: sessions, gate: gate)
        keys = AccessKeys(store: store)
        secondFactor = SecondFactor(store: store, secretBox: secretBox)
        signIn = SignIn(
            store: store,
            hasher: hasher,
            sessions: sessions,
            secretBox: secretBox,
            gate: gate,
            time: time,
            logger: logger
        )
    }

    /// Signing in with an OpenID Connect provider.
    public func oidcSignIn(_ client: OIDCClient) -> OIDCSignIn {
        OIDCSignIn(client: client, store: store, sessions: sessions, time: time)
    }
}
