import Basics
import Crypto
import CryptoExtras
import FoundationEssentials
import JWTKit
import Synchronization
import Testing

@testable import Identity

/// Claims of any shape, to be signed.
private struct TestClaims: JWTPayload {
    var values: [String: JSONValue]

    init(_ values: [String: JSONValue]) { self.values = values }
    init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: JSONValue].self)
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// A provider in the same process, which can be told to misbehave in one way at a time.
final class MockProvider: HTTPFetcher {
    enum Misdeed: String, CaseIterable, Sendable {
        case otherIssuer, otherAudience, manyAudiencesWithoutParty, otherParty, otherNonce, noNonce
        case expired, noExpiry, issuedLongAgo, issuedInTheFuture, notYetValid, noSubject,
            longSubject
        case algorithmNone, publicKeyAsHMACSecret, unknownKey, keyOfAnotherFamily, changedPayload
        case criticalHeader, otherTokenType, answerError, noToken
    }

    struct State {
        var misdeed: Misdeed?
        var algorithm = "RS256"
        var keyID = "key-1"
        var rsaKeyIDs = ["key-1"]
        var claims: [String: JSONValue] = [
            "name": .string("김주무"), "groups": .array([.string("plan")]),
        ]
        var codes: [String: (nonce: String, challenge: String)] = [:]
        var discoveredIssuer = MockProvider.issuer
        var namesIssuer = true
        var fetchCounts: [String: Int] = [:]
    }

    static let issuer = "https://login.city.example/realm"
    static let settings = OIDCSettings(
        issuer: issuer,
        clientID: "haechi city",
        clientSecret: "s:e c&r+e/t",
        redirectURI: "https://city.example/sign-in/oidc",
        postLogoutRedirectURI: "https://city.example/",
        claimMappings: [
            ClaimMapping(
                claim: "groups",
                value: "plan",
                grant: Grant(.planOfficer, organization: "KR-11350")
            )
        ],
        firstSignIn: .createsAccount(.staff)
    )

    let state = Mutex(State())
    let clock: TestClock
    private static let rsa = Result {
        try Insecure.RSA.PrivateKey(
            pem: _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation
        )
    }
    private let ec = ES256PrivateKey()

    init(clock: TestClock) { self.clock = clock }

    /// What the person's browser does: signs in at the address and comes back.
    func authorize(_ url: String) throws -> OIDCCallback {
        var query: [String: String] = [:]
        for pair in url.split(separator: "?")[1].split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            query[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        try #require(query["response_type"] == "code" && query["code_challenge_method"] == "S256")
        try #require(query["client_id"] == "haechi%20city")
        let code = "code-\(UInt64.random(in: 0 ... .max))"
        let nonce = try #require(query["nonce"])
        let challenge = try #require(query["code_challenge"])
        state.withLock { $0.codes[code] = (nonce, challenge) }
        return OIDCCallback(code: code, state: query["state"], issuer: Self.issuer)
    }

    func fetch(_ request: OutboundRequest) async throws -> OutboundResponse {
        let path = String(request.url.dropFirst(Self.issuer.count))
        state.withLock { $0.fetchCounts[path, default: 0] += 1 }
        switch path {
        case "/.well-known/openid-configuration": return try json(description)
        case "/keys": return try json(.object(["keys": .array(try keys())]))
        case "/token": return try await token(request)
        default: return OutboundResponse(status: 404)
        }
    }

    private var description: JSONValue {
        let state = state.withLock { $0 }
        return .object([
            "issuer": .string(state.discoveredIssuer),
            "authorization_endpoint": .string(Self.issuer + "/authorize"),
            "token_endpoint": .string(Self.issuer + "/token"),
            "jwks_uri": .string(Self.issuer + "/keys"),
            "end_session_endpoint": .string(Self.issuer + "/logout"),
            "authorization_response_iss_parameter_supported": .boolean(state.namesIssuer),
        ])
    }

    private func keys() throws -> [JSONValue] {
        let primitives = try Self.rsa.get().publicKey.getKeyPrimitives()
        let point = try #require(ec.publicKey.parameters)
        func url(_ base64: String) -> JSONValue {
            .string(
                String(base64.filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
            )
        }
        let rsaKeys = state.withLock { $0.rsaKeyIDs }.map { id in
            JSONValue.object([
                "kty": .string("RSA"), "kid": .string(id), "use": .string("sig"),
                "alg": .string("RS256"),
                "n": .string(Encodings.base64URL(Array(primitives.modulus))),
                "e": .string(Encodings.base64URL(Array(primitives.publicExponent))),
            ])
        }
        return rsaKeys + [
            .object([
                "kty": .string("EC"), "kid": .string("key-ec"), "crv": .string("P-256"),
                "x": url(point.x), "y": url(point.y),
            ]),
            .object(["kty": .string("oct"), "kid": .string("odd"), "k": .string("AAAA")]),
            .object(["kty": .string("RSA"), "kid": .string("enc"), "use": .string("enc")]),
        ]
    }

    private func token(_ request: OutboundRequest) async throws -> OutboundResponse {
        let form = Dictionary(
            uniqueKeysWithValues: String(decoding: request.body ?? [], as: UTF8.self)
                .split(separator: "&").map { pair in
                    let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                    return (parts[0], parts[1])
                }
        )
        let basic = Encodings.base64(Array("haechi%20city:s%3Ae%20c%26r%2Be%2Ft".utf8))
        let isAuthenticated = request.fields.contains {
            $0.name == "Authorization" && $0.value == "Basic \(basic)"
        }
        guard isAuthenticated, let code = form["code"], let verifier = form["code_verifier"],
            let grant = state.withLock({ $0.codes.removeValue(forKey: code) }),
            Encodings.base64URL(Array(SHA256.hash(data: Array(verifier.utf8)))) == grant.challenge
        else {
            return OutboundResponse(status: 400, body: Array(#"{"error":"invalid_grant"}"#.utf8))
        }
        let misdeed = state.withLock { $0.misdeed }
        if misdeed == .answerError { return OutboundResponse(status: 500) }
        if misdeed == .noToken { return try json(.object(["token_type": .string("Bearer")])) }
        return try json(
            .object([
                "token_type": .string(misdeed == .otherTokenType ? "mac" : "Bearer"),
                "access_token": .string("unused"),
                "id_token": .string(try await idToken(nonce: grant.nonce)),
            ])
        )
    }

    private func idToken(nonce: String) async throws -> String {
        let (misdeed, algorithm, extra) = state.withLock { ($0.misdeed, $0.algorithm, $0.claims) }
        let now = Double(clock.now.millisecondsSinceEpoch / 1000)
        var claims: [String: JSONValue] = [
            "iss": .string(Self.issuer), "aud": .string("haechi city"),
            "sub": .string("person-1"), "nonce": .string(nonce), "iat": .number(now),
            "exp": .number(now + 300),
        ].merging(extra) { _, new in new }
        switch misdeed {
        case .otherIssuer: claims["iss"] = .string(Self.issuer + "/")
        case .otherAudience: claims["aud"] = .array([.string("another")])
        case .manyAudiencesWithoutParty:
            claims["aud"] = .array([.string("haechi city"), .string("another")])
        case .otherParty: claims["azp"] = .string("another")
        case .otherNonce: claims["nonce"] = .string("guess")
        case .noNonce: claims["nonce"] = nil
        case .expired: claims["exp"] = .number(now - 61)
        case .noExpiry: claims["exp"] = nil
        case .issuedLongAgo: claims["iat"] = .number(now - 700)
        case .issuedInTheFuture: claims["iat"] = .number(now + 61)
        case .notYetValid: claims["nbf"] = .number(now + 61)
        case .noSubject: claims["sub"] = nil
        case .longSubject: claims["sub"] = .string(String(repeating: "s", count: 256))
        default: break
        }
        return try await sign(claims, algorithm: algorithm, misdeed: misdeed)
    }

    private func sign(
        _ claims: [String: JSONValue],
        algorithm: String,
        misdeed: Misdeed?
    ) async throws -> String {
        let keyID = JWKIdentifier(string: state.withLock { $0.keyID })
        let collection = JWTKeyCollection()
        let payload = TestClaims(claims)
        var header = JWTHeader()
        switch misdeed {
        case .algorithmNone:
            let body = Encodings.base64URL(Array(try JSONEncoder().encode(payload)))
            return Encodings.base64URL(Array(#"{"alg":"none","kid":"key-1"}"#.utf8)) + ".\(body)."
        case .publicKeyAsHMACSecret:
            let pem = try Self.rsa.get().publicKey.pemRepresentation
            await collection.add(
                hmac: HMACKey(from: Data(pem.utf8)),
                digestAlgorithm: .sha256,
                kid: keyID
            )
            return try await collection.sign(payload, kid: keyID)
        case .unknownKey:
            await collection.add(rsa: try Self.rsa.get(), digestAlgorithm: .sha256, kid: "key-9")
            return try await collection.sign(payload, kid: "key-9")
        case .keyOfAnotherFamily:
            await collection.add(ecdsa: ec, kid: keyID)
            return try await collection.sign(payload, kid: keyID)
        case .criticalHeader: header.fields["crit"] = .array([.string("exp")])
        default: break
        }
        if algorithm == "ES256" {
            await collection.add(ecdsa: ec, kid: "key-ec")
            return try await collection.sign(payload, kid: "key-ec", header: header)
        }
        await collection.add(rsa: try Self.rsa.get(), digestAlgorithm: .sha256, kid: keyID)
        let token = try await collection.sign(payload, kid: keyID, header: header)
        guard misdeed == .changedPayload else { return token }
        let parts = token.split(separator: ".")
        let other = Encodings.base64URL(
            Array(
                try JSONEncoder().encode(
                    TestClaims(claims.merging(["groups": .string("plan")]) { $1 })
                )
            )
        )
        return "\(parts[0]).\(other).\(parts[2])"
    }

    private func json(_ value: JSONValue) throws -> OutboundResponse {
        OutboundResponse(status: 200, body: Array(try JSONEncoder().encode(value)))
    }
}

@Suite struct `Sign-in with OpenID Connect` {
    let clock = TestClock()
    let provider: MockProvider
    let client: OIDCClient

    init() {
        provider = MockProvider(clock: clock)
        client = OIDCClient(settings: MockProvider.settings, fetcher: provider)
    }

    func signIn() async throws -> ExternalIdentity {
        let (attempt, url) = try await client.begin(now: clock.now)
        return try await client.finish(try provider.authorize(url), of: attempt, now: clock.now)
    }

    @Test(arguments: ["RS256", "ES256"])
    func `a person comes back with their name and grants`(_ algorithm: String) async throws {
        provider.state.withLock { $0.algorithm = algorithm }
        let identity = try await signIn()
        #expect(identity.subject == "person-1")
        #expect(identity.name == "김주무")
        #expect(identity.grants == [Grant(.planOfficer, organization: "KR-11350")])
    }

    @Test(arguments: MockProvider.Misdeed.allCases)
    func `an ID token that breaks a rule is refused`(_ misdeed: MockProvider.Misdeed) async throws {
        provider.state.withLock { $0.misdeed = misdeed }
        let error = await #expect(throws: IdentityError.self) { try await signIn() }
        #expect(error?.code == .providerRefused)
    }

    @Test func `an answer to another attempt, late, or of another issuer is refused`() async throws
    {
        let (attempt, url) = try await client.begin(now: clock.now)
        let (other, _) = try await client.begin(now: clock.now)
        let callback = try provider.authorize(url)
        await #expect(throws: IdentityError.self) {
            try await client.finish(callback, of: other, now: clock.now)
        }
        for issuer in [nil, "https://evil.example"] {
            var forged = callback
            forged.issuer = issuer
            await #expect(throws: IdentityError.self) {
                try await client.finish(forged, of: attempt, now: clock.now)
            }
        }
        for change in [
            OIDCCallback(code: nil, state: attempt.state, issuer: MockProvider.issuer),
            OIDCCallback(
                code: nil,
                state: attempt.state,
                issuer: MockProvider.issuer,
                error: "access_denied"
            ),
            OIDCCallback(code: callback.code, state: nil, issuer: MockProvider.issuer),
        ] {
            await #expect(throws: IdentityError.self) {
                try await client.finish(change, of: attempt, now: clock.now)
            }
        }
        let late = clock.now.adding(seconds: OIDCClient.attemptSeconds)
        let error = await #expect(throws: IdentityError.self) {
            try await client.finish(callback, of: attempt, now: late)
        }
        #expect(error?.code == .expired)
        // Nothing above reached the token endpoint: the code is still good.
        _ = try await client.finish(callback, of: attempt, now: clock.now)
        await #expect(throws: IdentityError.self) {
            try await client.finish(callback, of: attempt, now: clock.now)
        }
    }

    @Test func `a missing iss is accepted from a provider that never names it`() async throws {
        provider.state.withLock { $0.namesIssuer = false }
        let (attempt, url) = try await client.begin(now: clock.now)
        var callback = try provider.authorize(url)
        callback.issuer = "https://evil.example"
        await #expect(throws: IdentityError.self) {
            try await client.finish(callback, of: attempt, now: clock.now)
        }
        callback.issuer = nil
        _ = try await client.finish(callback, of: attempt, now: clock.now)
    }

    @Test func `a code cannot be redeemed without the verifier of its own attempt`() async throws {
        let (attempt, url) = try await client.begin(now: clock.now)
        let stolen = try provider.authorize(url)
        let (mine, _) = try await client.begin(now: clock.now)
        await #expect(throws: IdentityError.self) {
            try await client.finish(
                OIDCCallback(code: stolen.code, state: mine.state, issuer: MockProvider.issuer),
                of: mine,
                now: clock.now
            )
        }
        _ = attempt
    }

    @Test func `new keys are found, and made-up key ids do not flood the provider`() async throws {
        _ = try await signIn()
        #expect(provider.state.withLock { $0.fetchCounts["/keys"] } == 1)
        provider.state.withLock { $0.misdeed = .unknownKey }
        for _ in 0..<5 { await #expect(throws: IdentityError.self) { try await signIn() } }
        #expect(provider.state.withLock { $0.fetchCounts["/keys"] } == 1)
        provider.state.withLock {
            $0.misdeed = nil
            $0.keyID = "key-2"
            $0.rsaKeyIDs = ["key-2"]
        }
        clock.advance(seconds: OIDCClient.keyRefreshSeconds)
        _ = try await signIn()
        #expect(provider.state.withLock { $0.fetchCounts["/keys"] } == 2)
        #expect(
            provider.state.withLock { $0.fetchCounts["/.well-known/openid-configuration"] } == 1
        )
    }

    @Test func `a description of another issuer, or without TLS, is refused`() async throws {
        provider.state.withLock { $0.discoveredIssuer = "https://evil.example" }
        await #expect(throws: IdentityError.self) { try await client.begin(now: clock.now) }
        var settings = MockProvider.settings
        settings.issuer = "http://login.city.example/realm"
        let plain = OIDCClient(settings: settings, fetcher: provider)
        await #expect(throws: IdentityError.self) { try await plain.begin(now: clock.now) }
    }

    @Test(arguments: [
        ("/", "/"), ("/a/b?c=d", "/a/b?c=d"), ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"), ("", "/"), ("/a\r\nSet-Cookie: b", "/"), ("javascript:x", "/"),
    ])
    func `the way back stays in the house`(_ path: String, _ safe: String) {
        #expect(OIDCClient.localPath(path) == safe)
    }

    @Test func `signing out there names the client and the way back`() async throws {
        let url = try await client.logoutURL(now: clock.now)
        #expect(
            url == MockProvider.issuer + "/logout?client_id=haechi%20city"
                + "&post_logout_redirect_uri=https%3A%2F%2Fcity.example%2F"
        )
    }
}

@Suite struct `Accounts of an OpenID Connect provider` {
    @Test func `the first sign-in makes an account, the next one finds it`() async throws {
        let house = try await House()
        let provider = MockProvider(clock: house.clock)
        let oidc = house.identity.oidcSignIn(
            OIDCClient(settings: MockProvider.settings, fetcher: provider)
        )
        var ids: Set<String> = []
        for groups in [["plan"], ["plan"], []] {
            provider.state.withLock { $0.claims["groups"] = .array(groups.map(JSONValue.string)) }
            let departure = try await oidc.begin(returnPath: "/plans")
            let callback = try provider.authorize(departure.url)
            let arrival = try await oidc.finish(
                callback,
                cookie: departure.cookie,
                origin: house.origin
            )
            #expect(arrival.returnPath == "/plans")
            let actor = try await house.actor(arrival.ticket)
            #expect(actor.account?.assurance == .openIDConnect)
            #expect(actor.holds(.planOfficer) == (groups == ["plan"]))
            ids.insert(try #require(actor.id))
        }
        #expect(ids.count == 1)
    }

    @Test func `a state is good once, and only in the browser it was given to`() async throws {
        let house = try await House()
        let provider = MockProvider(clock: house.clock)
        let oidc = house.identity.oidcSignIn(
            OIDCClient(settings: MockProvider.settings, fetcher: provider)
        )
        let departure = try await oidc.begin()
        let callback = try provider.authorize(departure.url)
        for cookie in [nil, "another"] {
            await #expect(throws: IdentityError.self) {
                try await oidc.finish(callback, cookie: cookie, origin: house.origin)
            }
        }
        _ = try await oidc.finish(callback, cookie: departure.cookie, origin: house.origin)
        let error = await #expect(throws: IdentityError.self) {
            try await oidc.finish(callback, cookie: departure.cookie, origin: house.origin)
        }
        #expect(error?.code == .expired)
    }

    @Test func `nobody unknown enters where the settings say so, nor anybody suspended`()
        async throws
    {
        let house = try await House()
        let provider = MockProvider(clock: house.clock)
        func signIn(_ settings: OIDCSettings) async throws -> OIDCArrival {
            let oidc = house.identity.oidcSignIn(OIDCClient(settings: settings, fetcher: provider))
            let departure = try await oidc.begin()
            return try await oidc.finish(
                try provider.authorize(departure.url),
                cookie: departure.cookie,
                origin: house.origin
            )
        }
        var closed = MockProvider.settings
        closed.firstSignIn = .isRefused
        let error = await #expect(throws: IdentityError.self) { try await signIn(closed) }
        #expect(error?.code == .notInvited)
        let arrival = try await signIn(MockProvider.settings)
        _ = try await signIn(closed)
        let administrator = People.actor(.staff, [Grant(.administrator)])
        try await house.accounts.setState(
            .suspended,
            of: try #require(arrival.ticket.actor.id),
            by: administrator
        )
        let refusal = await #expect(throws: IdentityError.self) { try await signIn(closed) }
        #expect(refusal?.code == .suspended)
    }
}
