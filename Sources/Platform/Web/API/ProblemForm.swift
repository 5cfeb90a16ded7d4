public import Basics
import FoundationEssentials
import HTTPTypes

/// How an endpoint tells a program of a problem: as RFC 9457, or in the form of an interface that
/// others have defined.
public struct ProblemForm: Sendable {
    let mediaType: String
    /// What the OpenAPI document says of it.
    let schema: JSONValue
    private let value: @Sendable (Problem, Language, _ requestID: String) -> JSONValue

    /// Creates a form of JSON.
    ///
    /// - Parameters:
    ///   - schema: The shape of the value.
    ///   - value: What is told of a problem, in the person's language.
    public init(
        schema: Schema,
        _ value: @escaping @Sendable (Problem, Language, _ requestID: String) -> JSONValue
    ) {
        self.init(mediaType: "application/json", schema: schema.json, value)
    }

    private init(
        mediaType: String,
        schema: JSONValue,
        _ value: @escaping @Sendable (Problem, Language, _ requestID: String) -> JSONValue
    ) {
        self.mediaType = mediaType
        self.schema = schema
        self.value = value
    }

    /// `application/problem+json` (RFC 9457 §3).
    public static let problemDetails = ProblemForm(
        mediaType: "application/problem+json",
        schema: ["$ref": "#/components/schemas/Problem"]
    ) { problem, language, requestID in
        var members: [String: JSONValue] = [
            "type": .string("/problems/\(problem.kind)"),
            "title": .string(problem.title[language]),
            "status": .integer(problem.status.code),
            "detail": .string(problem.message[language]),
            "instance": .string("urn:haechi:request:\(requestID)"),
        ]
        if !problem.faults.isEmpty {
            members["faults"] = .array(
                problem.faults.map {
                    ["field": .string($0.field), "message": .string($0.message[language])]
                }
            )
        }
        return .object(members)
    }

    func outgoing(_ problem: Problem, language: Language, requestID: String) -> Outgoing {
        let bytes = (try? JSONText.bytes(value(problem, language, requestID))) ?? []
        return Outgoing(problem.status, contentType: mediaType, body: .bytes(bytes), cache: .never)
    }
}

/// JSON as the endpoints write it: sorted keys, slashes as they are.
enum JSONText {
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        if let value = value as? JSONValue { return value.utf8 }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
