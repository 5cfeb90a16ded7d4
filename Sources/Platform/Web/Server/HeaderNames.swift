import HTTPTypes

extension HTTPResponse.Status {
    /// 507 (RFC 4918 §11.5): the server has no room for what was sent.
    static let insufficientStorage = HTTPResponse.Status(
        code: 507,
        reasonPhrase: "Insufficient Storage"
    )
}

// Field names that HTTPTypes does not list. Each literal is a valid token, so `parsed` is safe.
extension HTTPField.Name {
    private static func known(_ name: String) -> HTTPField.Name {
        guard let parsed = HTTPField.Name(name) else {
            preconditionFailure("\(name) is no field name")
        }
        return parsed
    }

    static let requestID = known("X-Request-ID")
    static let referrerPolicy = known("Referrer-Policy")
    static let permissionsPolicy = known("Permissions-Policy")
    static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")
    static let secFetchSite = known("Sec-Fetch-Site")
    static let forwardedFor = known("X-Forwarded-For")
    static let accelBuffering = known("X-Accel-Buffering")
    static let idempotencyKey = known("Idempotency-Key")
}
