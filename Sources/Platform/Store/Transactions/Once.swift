public import Basics
internal import Crypto
internal import FoundationEssentials

/// The answer to a request that may have been sent before.
public struct Once<Value> {
    /// The answer: the first one, if this is a repetition.
    public let value: Value
    /// Whether the request had been answered before, so that nothing was done now.
    public let isRepeated: Bool
}

extension Once: Sendable where Value: Sendable {}

extension WriteTransaction {
    /// Longest idempotency key, in UTF-8 bytes.
    public static var maximumIdempotencyKeyLength: Int { 255 }

    /// Does something once for a key, however often it is asked for.
    ///
    /// The answer is stored in the same transaction as what was done, so a POST that was committed but
    /// whose answer was lost gets the same answer when it is sent again.
    ///
    /// - Parameters:
    ///   - scope: Who may use the key: the session's account and the endpoint.
    ///   - key: The caller's `Idempotency-Key`.
    ///   - request: The request's bytes; the same key with others is refused.
    ///   - body: What to do the first time.
    /// - Returns: The answer and whether it is an old one.
    /// - Throws: `StoreError` with code `.keyReused` where the request differs.
    public func once<Value: Codable>(
        scope: String,
        key: String,
        request: [UInt8] = [],
        _ body: () throws -> Value
    ) throws -> Once<Value> {
        let stored = try onceBytes(scope: scope, key: key, request: request) {
            Array(try JSONText.encode(body()).utf8)
        }
        let text = String(decoding: stored.value, as: UTF8.self)
        return Once(
            value: try JSONText.decode(Value.self, from: text),
            isRepeated: stored.isRepeated
        )
    }

    /// Does something once for a key and keeps the answer as bytes.
    ///
    /// - Throws: `StoreError` with code `.keyReused` where the request differs.
    public func onceBytes(
        scope: String,
        key: String,
        request: [UInt8] = [],
        _ body: () throws -> [UInt8]
    ) throws -> Once<[UInt8]> {
        guard !key.isEmpty, key.utf8.count <= WriteTransaction.maximumIdempotencyKeyLength else {
            throw StoreError(.limit, context: "an idempotency key of \(key.utf8.count) bytes")
        }
        struct Answer: Decodable {
            var request: [UInt8]
            var response: [UInt8]
        }
        let digest = Array(SHA256.hash(data: request))
        let known = try first(
            "SELECT request, response FROM idempotency WHERE scope = \(scope) AND key = \(key)",
            as: Answer.self
        )
        if let known {
            guard known.request == digest else {
                throw StoreError(.keyReused, context: "scope \(scope)")
            }
            return Once(value: known.response, isRepeated: true)
        }
        let response = try body()
        try run(
            """
            INSERT INTO idempotency (scope, key, request, response, created_at)
            VALUES (\(scope), \(key), \(digest), \(response), \(now))
            """
        )
        return Once(value: response, isRepeated: false)
    }

    /// Forgets answers from before an instant.
    ///
    /// - Returns: How many.
    @discardableResult
    public func forgetAnswers(before instant: Instant) throws -> Int {
        try run("DELETE FROM idempotency WHERE created_at < \(instant)")
    }
}
