import Basics
import FoundationEssentials
import JWTKit

/// The signature of an ID token (RFC 7515, RFC 7519).
///
/// The header is read first and by strict rules: the algorithm must be an asymmetric one of a short
/// list and the key of its family, so that `none`, or the public key taken for an HMAC secret, never
/// reaches a verifier (RFC 8725 §3.1).
enum IDToken {
    /// The algorithms taken, and the kind of key each needs.
    static let algorithms = [
        "RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "PS384": "RSA",
        "PS512": "RSA", "ES256": "EC", "ES384": "EC", "ES512": "EC", "EdDSA": "OKP",
    ]
    static let maximumTokenByteCount = 64 * 1024
    /// The smallest RSA modulus: 2048 bits (RFC 7518 §3.3).
    static let minimumModulusByteCount = 256

    struct Header: Decodable, Sendable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    private struct Claims: JWTPayload {
        let values: [String: JSONValue]

        init(from decoder: any Decoder) throws {
            values = try decoder.singleValueContainer().decode([String: JSONValue].self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(values)
        }

        /// Nothing: `OIDCClaims.check` looks at the claims, with the time handed in.
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    static func header(of token: String) throws(IdentityError) -> Header {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= maximumTokenByteCount, parts.count == 3,
            let bytes = Encodings.bytes(base64URL: parts[0]),
            let header = try? JSONDecoder().decode(Header.self, from: Data(bytes))
        else { throw IdentityError.providerRefused("not a signed token") }
        guard algorithms[header.alg] != nil, header.crit == nil else {
            throw IdentityError.providerRefused("algorithm \(header.alg)")
        }
        return header
    }

    static func verifiedClaims(
        of token: String,
        key: JWK
    ) async throws -> [String: JSONValue] {
        var key = key
        if key.keyType == .rsa {
            let modulus = key.modulus.flatMap { Encodings.bytes(base64URL: $0) } ?? []
            guard modulus.count >= minimumModulusByteCount else {
                throw IdentityError.providerRefused("RSA key of \(modulus.count * 8) bits")
            }
        }
        // One key alone in a collection of its own: nothing but this key can be chosen.
        key.keyIdentifier = key.keyIdentifier ?? JWKIdentifier(string: "only")
        do {
            let collection = JWTKeyCollection()
            try await collection.add(jwk: key, isDefault: true)
            return try await collection.verify(token, as: Claims.self).values
        } catch {
            throw IdentityError.providerRefused("signature: \(error)")
        }
    }
}

/// The claims of an ID token (OpenID Connect Core 1.0 §3.1.3.7).
enum OIDCClaims {
    static func check(
        _ claims: [String: JSONValue],
        settings: OIDCSettings,
        nonce: String,
        now: Instant
    ) throws(IdentityError) {
        func refuse(_ claim: String) -> IdentityError {
            IdentityError.providerRefused("ID token: \(claim)")
        }
        guard claims["iss"]?.string == settings.issuer else { throw refuse("iss") }
        let audience = claims["aud"]?.strings ?? []
        guard audience.contains(settings.clientID) else { throw refuse("aud") }
        let party = claims["azp"]?.string
        guard party == settings.clientID || party == nil && audience.count == 1 else {
            throw refuse("azp")
        }
        let seconds = Double(now.millisecondsSinceEpoch) / 1000
        let skew = Double(OIDCClient.clockSkewSeconds)
        guard let expiry = claims["exp"]?.number, seconds < expiry + skew else {
            throw refuse("exp")
        }
        let oldest = seconds - Double(OIDCClient.attemptSeconds) - skew
        guard let issued = claims["iat"]?.number, (oldest...seconds + skew).contains(issued) else {
            throw refuse("iat")
        }
        if let start = claims["nbf"] {
            guard let start = start.number, start <= seconds + skew else { throw refuse("nbf") }
        }
        guard let told = claims["nonce"]?.string, Secrets.equal(Array(told.utf8), Array(nonce.utf8))
        else { throw refuse("nonce") }
        guard let subject = claims["sub"]?.string, !subject.isEmpty,
            subject.utf8.count <= OIDCClient.maximumSubjectByteCount
        else { throw refuse("sub") }
    }

    static func identity(
        _ claims: [String: JSONValue],
        settings: OIDCSettings
    ) -> ExternalIdentity {
        var grants: [Grant] = []
        for mapping in settings.claimMappings
        where claims[mapping.claim]?.strings.contains(mapping.value) == true
            && !grants.contains(mapping.grant)
        {
            grants.append(mapping.grant)
        }
        return ExternalIdentity(
            issuer: settings.issuer,
            subject: claims["sub"]?.string ?? "",
            name: claims["name"]?.string ?? claims["preferred_username"]?.string,
            email: claims["email_verified"] == .boolean(true) ? claims["email"]?.string : nil,
            grants: grants
        )
    }
}
