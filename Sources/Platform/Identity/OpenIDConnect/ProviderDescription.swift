import JWTKit

/// What a provider says of itself (OpenID Connect Discovery 1.0 §3).
struct ProviderDescription: Decodable, Sendable {
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let jwksURI: String
    let endSessionEndpoint: String?
    private let authenticationMethods: [String]?
    private let issuerInAnswers: Bool?

    enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case jwksURI = "jwks_uri"
        case endSessionEndpoint = "end_session_endpoint"
        case authenticationMethods = "token_endpoint_auth_methods_supported"
        case issuerInAnswers = "authorization_response_iss_parameter_supported"
    }

    /// Whether every answer carries `iss` (RFC 9207 §3).
    var namesIssuerInAnswers: Bool { issuerInAnswers ?? false }

    /// Whether the client signs in with HTTP Basic, the default, rather than in the content.
    var takesBasicAuthentication: Bool {
        authenticationMethods?.contains("client_secret_basic") ?? true
    }

    /// The description must be of the very issuer that was asked, and every address must be safe.
    func check(_ settings: OIDCSettings) throws(IdentityError) {
        guard issuer == settings.issuer else {
            throw IdentityError.providerRefused("description of \(issuer)")
        }
        let addresses =
            [issuer, authorizationEndpoint, tokenEndpoint, jwksURI]
            + [endSessionEndpoint].compactMap(\.self)
        for address in addresses {
            guard
                address.hasPrefix("https://")
                    || settings.allowsPlainHTTP && address.hasPrefix("http://")
            else { throw IdentityError.providerRefused("not an https address: \(address)") }
        }
    }
}

/// The keys a provider signs with (RFC 7517).
struct ProviderKeys: Decodable, Sendable {
    /// The most keys that are read from one set.
    static let maximumKeyCount = 64

    private struct Entry: Decodable {
        let key: JWK?

        private enum CodingKeys: String, CodingKey { case use }

        /// A key of a kind nobody here knows is passed over: it must not spoil the set.
        init(from decoder: any Decoder) throws {
            let use = try? decoder.container(keyedBy: CodingKeys.self)
                .decodeIfPresent(String.self, forKey: .use)
            let isForSignatures = use.map { $0 == "sig" } ?? true
            key = isForSignatures ? try? JWK(from: decoder) : nil
        }
    }

    private enum CodingKeys: String, CodingKey { case keys }
    private let keys: [JWK]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let entries = try container.decode([Entry].self, forKey: .keys)
        keys = entries.prefix(ProviderKeys.maximumKeyCount).compactMap(\.key)
    }

    /// The one key that a token's header means, if it fits the algorithm.
    func key(for header: IDToken.Header) -> JWK? {
        let fitting = keys.filter { key in
            IDToken.algorithms[header.alg] == key.keyType.rawValue
                && (key.algorithm == nil || key.algorithm?.rawValue == header.alg)
                && (header.kid == nil || key.keyIdentifier?.string == header.kid)
        }
        return fitting.count == 1 ? fitting[0] : nil
    }
}
