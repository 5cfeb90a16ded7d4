/// How the house signs people in with an OpenID Connect provider.
public struct OIDCSettings: Sendable, Hashable {
    /// What happens when a person comes for the first time.
    public enum FirstSignIn: Sendable, Hashable {
        /// An account of this kind is made, with the grants its claims map to.
        case createsAccount(AccountKind)
        /// Nobody enters whose account was not linked before.
        case isRefused
    }

    /// The issuer, to the letter as the provider writes it.
    public var issuer: String
    /// The client the house is registered as.
    public var clientID: String
    /// The client's secret.
    public var clientSecret: String
    /// Where the provider sends the person back to.
    public var redirectURI: String
    /// Where the provider sends the person after signing out there, if anywhere.
    public var postLogoutRedirectURI: String?
    /// The scopes asked for; `openid` is among them always.
    public var scopes: [String]
    /// What claims give.
    public var claimMappings: [ClaimMapping]
    /// What happens when a person comes for the first time.
    public var firstSignIn: FirstSignIn
    /// Whether addresses without TLS are taken: for development on one machine only.
    public var allowsPlainHTTP: Bool

    /// Creates settings.
    public init(
        issuer: String,
        clientID: String,
        clientSecret: String,
        redirectURI: String,
        postLogoutRedirectURI: String? = nil,
        scopes: [String] = ["openid", "profile", "email"],
        claimMappings: [ClaimMapping] = [],
        firstSignIn: FirstSignIn = .isRefused,
        allowsPlainHTTP: Bool = false
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectURI = redirectURI
        self.postLogoutRedirectURI = postLogoutRedirectURI
        self.scopes = scopes.contains("openid") ? scopes : ["openid"] + scopes
        self.claimMappings = claimMappings
        self.firstSignIn = firstSignIn
        self.allowsPlainHTTP = allowsPlainHTTP
    }
}

/// A claim that gives a grant: `groups` holding `plan-officers`, say.
public struct ClaimMapping: Sendable, Hashable {
    /// The claim's name, at the top of the ID token.
    public var claim: String
    /// The value: the claim itself, or one of its list.
    public var value: String
    /// What it gives.
    public var grant: Grant

    /// Creates a mapping.
    public init(claim: String, value: String, grant: Grant) {
        self.claim = claim
        self.value = value
        self.grant = grant
    }
}
