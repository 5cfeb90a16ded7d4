public import Basics
import Crypto
import FoundationEssentials
import Synchronization

/// One person on the way through the provider; kept by the house until they come back.
public struct OIDCAttempt: Sendable, Hashable {
    /// Ties the answer to this attempt and this browser (RFC 6749 §10.12).
    public let state: String
    /// Ties the ID token to this attempt.
    public let nonce: String
    /// The secret behind the code challenge (PKCE, RFC 7636).
    public let verifier: String
    /// The path of the house to go on to.
    public let returnPath: String
    /// The moment from which the attempt is void.
    public let expiresAt: Instant
}

/// What the provider sends back through the browser (RFC 6749 §4.1.2, RFC 9207).
public struct OIDCCallback: Sendable, Hashable {
    /// The authorization code.
    public var code: String?
    /// The state.
    public var state: String?
    /// The issuer, where the provider names it.
    public var issuer: String?
    /// The provider's error, where it ended in one.
    public var error: String?

    /// Creates a callback from the parameters `code`, `state`, `iss` and `error`.
    public init(code: String?, state: String?, issuer: String? = nil, error: String? = nil) {
        self.code = code
        self.state = state
        self.issuer = issuer
        self.error = error
    }
}

/// A person as the provider vouches for them.
public struct ExternalIdentity: Sendable, Hashable {
    /// The provider.
    public let issuer: String
    /// The person's name to the provider: stable, unique, meaningless.
    public let subject: String
    /// The name to show, where the provider tells one.
    public let name: String?
    /// The mail address, where the provider has verified one.
    public let email: String?
    /// What the claims give by the settings.
    public let grants: [Grant]
}

/// Signs people in with an OpenID Connect provider: authorization code flow with PKCE.
///
/// OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636 (S256), RFC 9207, RP-Initiated Logout 1.0, and
/// the counsel of RFC 9700. It talks through an `HTTPFetcher` and keeps nothing but the provider's
/// own description; `OIDCSignIn` keeps the attempts and opens the session.
public final class OIDCClient: Sendable {
    /// How long a person may take at the provider.
    public static let attemptSeconds = 600
    /// How far the provider's clock may be off.
    public static let clockSkewSeconds = 60
    /// How long the provider's description is believed.
    public static let descriptionSeconds = 3600
    /// The least time between two looks for a key that is not known: a flood of made-up key ids must
    /// not become a flood of requests to the provider.
    public static let keyRefreshSeconds = 60
    static let maximumSubjectByteCount = 255

    /// How the house is registered.
    public let settings: OIDCSettings
    private let fetcher: any HTTPFetcher
    private let state = Mutex(State())

    private struct State {
        var description: (value: ProviderDescription, readAt: Instant)?
        var keys: (value: ProviderKeys, readAt: Instant)?
    }

    /// Creates a client; nothing is fetched before the first sign-in.
    public init(settings: OIDCSettings, fetcher: any HTTPFetcher) {
        self.settings = settings
        self.fetcher = fetcher
    }

    /// Starts a sign-in: the attempt to keep, and the provider's address to send the person to.
    public func begin(
        returnPath: String = "/",
        now: Instant
    ) async throws -> (attempt: OIDCAttempt, url: String) {
        let description = try await description(now: now)
        let attempt = OIDCAttempt(
            state: Encodings.base64URL(Secrets.random(byteCount: 32)),
            nonce: Encodings.base64URL(Secrets.random(byteCount: 32)),
            verifier: Encodings.base64URL(Secrets.random(byteCount: 32)),
            returnPath: OIDCClient.localPath(returnPath),
            expiresAt: now.adding(seconds: OIDCClient.attemptSeconds)
        )
        let challenge = Encodings.base64URL(
            Array(SHA256.hash(data: Array(attempt.verifier.utf8)))
        )
        let query = PercentEncoding.query([
            ("response_type", "code"), ("client_id", settings.clientID),
            ("redirect_uri", settings.redirectURI),
            ("scope", settings.scopes.joined(separator: " ")),
            ("state", attempt.state), ("nonce", attempt.nonce), ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ])
        let endpoint = description.authorizationEndpoint
        return (attempt, endpoint + (endpoint.contains("?") ? "&" : "?") + query)
    }

    /// Ends a sign-in: checks everything the provider says and tells who it is.
    ///
    /// The caller takes the attempt out of its keeping first, so that a callback works once.
    public func finish(
        _ callback: OIDCCallback,
        of attempt: OIDCAttempt,
        now: Instant
    ) async throws -> ExternalIdentity {
        guard let state = callback.state,
            Secrets.equal(Array(state.utf8), Array(attempt.state.utf8))
        else { throw IdentityError.providerRefused("state is another") }
        guard now < attempt.expiresAt else { throw IdentityError.expired("attempt ran out") }
        let description = try await description(now: now)
        // RFC 9207 §2.4: an answer of another provider must not be taken to this one's token endpoint.
        if callback.issuer != nil || description.namesIssuerInAnswers {
            guard callback.issuer == settings.issuer else {
                throw IdentityError.providerRefused(
                    "iss of the answer: \(callback.issuer ?? "none")"
                )
            }
        }
        if let error = callback.error { throw IdentityError.providerRefused("error \(error)") }
        guard let code = callback.code, !code.isEmpty else {
            throw IdentityError.providerRefused("no code")
        }
        let token = try await redeem(code, of: attempt, at: description)
        let claims = try await verifiedClaims(of: token, description: description, now: now)
        try OIDCClaims.check(
            claims,
            settings: settings,
            nonce: attempt.nonce,
            now: now
        )
        return OIDCClaims.identity(claims, settings: settings)
    }

    /// The provider's address that signs the person out there too, where it has one.
    public func logoutURL(now: Instant) async throws -> String? {
        guard let endpoint = try await description(now: now).endSessionEndpoint else { return nil }
        var pairs = [(name: "client_id", value: settings.clientID)]
        if let uri = settings.postLogoutRedirectURI {
            pairs.append(("post_logout_redirect_uri", uri))
        }
        return endpoint + (endpoint.contains("?") ? "&" : "?") + PercentEncoding.query(pairs)
    }

    /// A path within the house; anything that could lead elsewhere becomes the front page.
    static func localPath(_ path: String) -> String {
        let isLocal =
            path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\")
            && path.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && path.utf8.count <= 2000
        return isLocal ? path : "/"
    }

    private func redeem(
        _ code: String,
        of attempt: OIDCAttempt,
        at description: ProviderDescription
    ) async throws -> String {
        var pairs = [
            (name: "grant_type", value: "authorization_code"), (name: "code", value: code),
            (name: "redirect_uri", value: settings.redirectURI),
            (name: "code_verifier", value: attempt.verifier),
        ]
        var fields = [
            HeaderField("Content-Type", "application/x-www-form-urlencoded"),
            HeaderField("Accept", "application/json"),
        ]
        if description.takesBasicAuthentication {
            // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
            let pair =
                PercentEncoding.component(settings.clientID) + ":"
                + PercentEncoding.component(settings.clientSecret)
            fields.append(
                HeaderField("Authorization", "Basic " + Encodings.base64(Array(pair.utf8)))
            )
        } else {
            pairs += [("client_id", settings.clientID), ("client_secret", settings.clientSecret)]
        }
        let response = try await fetcher.fetch(
            OutboundRequest(
                "POST",
                description.tokenEndpoint,
                fields: fields,
                body: Array(PercentEncoding.query(pairs).utf8)
            )
        )
        struct Answer: Decodable {
            let idToken: String
            let tokenType: String
            enum CodingKeys: String, CodingKey {
                case idToken = "id_token"
                case tokenType = "token_type"
            }
        }
        let answer = try decode(Answer.self, from: response, of: description.tokenEndpoint)
        guard answer.tokenType.lowercased() == "bearer" else {
            throw IdentityError.providerRefused("token_type \(answer.tokenType)")
        }
        return answer.idToken
    }

    private func verifiedClaims(
        of token: String,
        description: ProviderDescription,
        now: Instant
    ) async throws -> [String: JSONValue] {
        let header = try IDToken.header(of: token)
        var keys = try await keys(at: description, now: now, atMostOldSeconds: nil)
        if keys.key(for: header) == nil {
            // The provider may have changed its keys since.
            keys = try await self.keys(
                at: description,
                now: now,
                atMostOldSeconds: OIDCClient.keyRefreshSeconds
            )
        }
        guard let key = keys.key(for: header) else {
            throw IdentityError.providerRefused("no key for kid \(header.kid ?? "none")")
        }
        return try await IDToken.verifiedClaims(of: token, key: key)
    }

    private func description(now: Instant) async throws -> ProviderDescription {
        if let kept = state.withLock({ $0.description }),
            now < kept.readAt.adding(seconds: OIDCClient.descriptionSeconds)
        {
            return kept.value
        }
        let base =
            settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
        let url = base + "/.well-known/openid-configuration"
        let response = try await fetcher.fetch(OutboundRequest("GET", url))
        let description = try decode(ProviderDescription.self, from: response, of: url)
        try description.check(settings)
        state.withLock { $0.description = (description, now) }
        return description
    }

    private func keys(
        at description: ProviderDescription,
        now: Instant,
        atMostOldSeconds: Int?
    ) async throws -> ProviderKeys {
        let seconds = atMostOldSeconds ?? OIDCClient.descriptionSeconds
        if let kept = state.withLock({ $0.keys }), now < kept.readAt.adding(seconds: seconds) {
            return kept.value
        }
        let response = try await fetcher.fetch(OutboundRequest("GET", description.jwksURI))
        let keys = try decode(ProviderKeys.self, from: response, of: description.jwksURI)
        state.withLock { $0.keys = (keys, now) }
        return keys
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type,
        from response: OutboundResponse,
        of url: String
    ) throws -> Value {
        guard response.status == 200 else {
            throw IdentityError.providerRefused("\(url): status \(response.status)")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw IdentityError.providerRefused("\(url): \(error)")
        }
    }
}
