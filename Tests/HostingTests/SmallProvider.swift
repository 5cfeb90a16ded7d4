import Basics
import Crypto
import Foundation
import Synchronization

@testable import Identity

/// An OpenID Connect provider in this process that knows one person at a time.
final class SmallProvider: HTTPFetcher {
    static let issuer = "https://login.city.example"
    static let settings = [
        "oidcIssuer": issuer, "oidcClient": "haechi", "oidcSecret": "secret",
        "publicURL": "http://localhost",
    ]

    /// Who is signed in at the provider.
    let subject = Mutex("officer-1")
    private let nonces = Mutex<[String: String]>([:])
    private let key = P256.Signing.PrivateKey()
    private let now: Instant

    init(now: Instant) { self.now = now }

    /// What the provider does with the browser that is sent to it: the address it sends it back to.
    func answer(to address: String) throws -> String {
        let query = URLComponents(string: address)?.queryItems ?? []
        func value(_ name: String) -> String { query.first { $0.name == name }?.value ?? "" }
        let code = UUID().uuidString
        nonces.withLock { $0[code] = value("nonce") }
        let path = value("redirect_uri").dropFirst("http://localhost".count)
        return "\(path)?code=\(code)&state=\(value("state"))"
    }

    func fetch(_ request: OutboundRequest) async throws -> OutboundResponse {
        switch request.url.dropFirst(Self.issuer.count) {
        case "/.well-known/openid-configuration":
            return try json([
                "issuer": Self.issuer, "authorization_endpoint": Self.issuer + "/authorize",
                "token_endpoint": Self.issuer + "/token", "jwks_uri": Self.issuer + "/keys",
            ])
        case "/keys":
            let point = Array(key.publicKey.rawRepresentation)
            return try json([
                "keys": [
                    [
                        "kty": "EC", "crv": "P-256", "kid": "1", "use": "sig", "alg": "ES256",
                        "x": Encodings.base64URL(Array(point[..<32])),
                        "y": Encodings.base64URL(Array(point[32...])),
                    ]
                ]
            ])
        case "/token":
            let body = String(decoding: request.body ?? [], as: UTF8.self)
            let code = URLComponents(string: "?" + body)?.queryItems?
                .first { $0.name == "code" }?.value
            guard let code, let nonce = nonces.withLock({ $0.removeValue(forKey: code) }) else {
                return OutboundResponse(status: 400)
            }
            return try json([
                "token_type": "Bearer", "access_token": "unused", "id_token": try token(nonce),
            ])
        default: return OutboundResponse(status: 404)
        }
    }

    private func token(_ nonce: String) throws -> String {
        let seconds = Int(now.millisecondsSinceEpoch / 1000)
        func part(_ object: [String: Any]) throws -> String {
            Encodings.base64URL(Array(try JSONSerialization.data(withJSONObject: object)))
        }
        let head = try part(["alg": "ES256", "kid": "1", "typ": "JWT"])
        let claims = try part([
            "iss": Self.issuer, "aud": "haechi", "sub": subject.withLock { $0 }, "nonce": nonce,
            "iat": seconds, "exp": seconds + 300,
        ])
        let signature = try key.signature(for: Data("\(head).\(claims)".utf8))
        return "\(head).\(claims).\(Encodings.base64URL(Array(signature.rawRepresentation)))"
    }

    private func json(_ object: [String: Any]) throws -> OutboundResponse {
        OutboundResponse(
            status: 200,
            fields: [HeaderField("Content-Type", "application/json")],
            body: Array(try JSONSerialization.data(withJSONObject: object))
        )
    }
}
