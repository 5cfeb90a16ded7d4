import Basics
import FoundationEssentials
public import HTTPTypes
public import Identity

/// A parameter of an endpoint, in its path or its query.
public struct Parameter: Sendable, Hashable {
    let name: String
    let place: String
    let schema: Schema
    let isRequired: Bool

    /// A variable of the path.
    public static func path(_ name: String, _ schema: Schema) -> Parameter {
        Parameter(name: name, place: "path", schema: schema, isRequired: true)
    }

    /// A parameter of the query; an array schema takes the name repeated.
    public static func query(
        _ name: String,
        _ schema: Schema,
        isRequired: Bool = false
    ) -> Parameter {
        Parameter(name: name, place: "query", schema: schema, isRequired: isRequired)
    }

    var json: JSONValue {
        [
            "name": .string(name), "in": .string(place), "required": .boolean(isRequired),
            "schema": schema.json,
        ]
    }

    /// The faults of the values given for this parameter.
    func faults(in values: [String]) -> [Problem.Fault] {
        if values.isEmpty {
            guard isRequired else { return [] }
            return [
                Problem.Fault(
                    field: name,
                    message: Bilingual("꼭 있어야 합니다.", "This parameter is required.")
                )
            ]
        }
        if case .array(_, let maximumCount?) = schema.shape, values.count > maximumCount {
            return [
                Problem.Fault(
                    field: name,
                    message: Bilingual(
                        "\(maximumCount)개까지 줄 수 있습니다.",
                        "At most \(maximumCount) values."
                    )
                )
            ]
        }
        if values.count > 1, case .array = schema.shape {
        } else if values.count > 1 {
            return [
                Problem.Fault(
                    field: name,
                    message: Bilingual("한 번만 줄 수 있습니다.", "Give this parameter once.")
                )
            ]
        }
        return values.compactMap { value in
            schema.fault(in: value).map { Problem.Fault(field: name, message: $0) }
        }
    }
}

/// What an endpoint tells of itself in the OpenAPI document.
public struct EndpointDescription: Sendable {
    let method: HTTPRequest.Method
    let path: String
    let operationID: String
    let summary: String
    let tag: String
    let parameters: [Parameter]
    let requestBody: Schema?
    let response: Schema
    let access: RouteAccess
    let maximumBodyByteCount: Int
    let keyPurpose: KeyPurpose?
    let problemForm: ProblemForm
    let streams: Bool

    /// Describes an endpoint.
    ///
    /// - Parameters:
    ///   - method: GET reads; POST changes, and takes an `Idempotency-Key`.
    ///   - path: The path below `/api`, variables written `{name}`.
    ///   - operationID: A lowerCamelCase name, unique in the document.
    ///   - summary: One English sentence.
    ///   - tag: The service's name.
    ///   - access: Who may call it.
    ///   - parameters: What it takes in path and query.
    ///   - requestBody: The JSON it takes, where it takes any.
    ///   - response: The JSON it answers with.
    ///   - maximumBodyByteCount: The largest body taken.
    ///   - keyPurpose: What an access key has to be for to be taken; nothing takes none.
    ///   - problemForm: How it tells of a problem.
    ///   - streams: Whether it may answer with a stream of server-sent events instead.
    public init(
        _ method: HTTPRequest.Method,
        _ path: String,
        operationID: String,
        summary: String,
        tag: String,
        access: RouteAccess = .everyone,
        parameters: [Parameter] = [],
        requestBody: Schema? = nil,
        response: Schema,
        maximumBodyByteCount: Int = Route.defaultMaximumBodyByteCount,
        keyPurpose: KeyPurpose? = nil,
        problemForm: ProblemForm = .problemDetails,
        streams: Bool = false
    ) {
        self.method = method
        self.path = path
        self.operationID = operationID
        self.summary = summary
        self.tag = tag
        self.access = access
        self.parameters = parameters
        self.requestBody = requestBody
        self.response = response
        self.maximumBodyByteCount = maximumBodyByteCount
        self.keyPurpose = keyPurpose
        self.problemForm = problemForm
        self.streams = streams
    }

    var operation: JSONValue {
        func problem(_ description: String) -> JSONValue {
            [
                "description": .string(description),
                "content": .object([
                    problemForm.mediaType: ["schema": problemForm.schema]
                ]),
            ]
        }
        var content: [String: JSONValue] = ["application/json": ["schema": response.json]]
        if streams { content["text/event-stream"] = ["schema": ["type": "string"]] }
        var responses: [String: JSONValue] = [
            "200": ["description": "Done.", "content": .object(content)],
            "400": problem("A parameter or the body cannot be read."),
            "404": problem("There is no such record, or not for the caller."),
            "429": problem("Too many requests; see Retry-After."),
            "500": problem("A fault of the server."),
            "503": problem("The server cannot take the request now; see Retry-After."),
        ]
        if access != .everyone {
            responses["401"] = problem("The caller has not signed in.")
            responses["403"] = problem("The caller may not do this.")
        }
        var members: [String: JSONValue] = [
            "operationId": .string(operationID), "summary": .string(summary),
            "tags": [.string(tag)], "parameters": .array(parameters.map(\.json)),
        ]
        if let requestBody {
            members["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": requestBody.json]],
            ]
            responses["413"] = problem("The body is larger than the endpoint takes.")
            responses["415"] = problem("The body is not JSON.")
        }
        if access != .everyone {
            members["security"] =
                keyPurpose == nil ? [["session": []]] : [["session": []], ["key": []]]
        }
        members["responses"] = .object(responses)
        return .object(members)
    }
}

extension RouteTable {
    /// Adds a typed endpoint: the route and its description in one.
    ///
    /// The parameters (or the JSON body, where the description has one) are held against their
    /// schemas, decoded into `Input`, and the answer is encoded as JSON with sorted keys.
    public mutating func endpoint<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        _ description: EndpointDescription,
        _ handle: @escaping @Sendable (Input, Incoming) async throws -> Output
    ) {
        endpoint(
            description,
            answering: { (input: Input, incoming) in
                try .json(try await handle(input, incoming))
            }
        )
    }

    /// Adds a typed endpoint that writes its answer itself, such as a stream of events.
    public mutating func endpoint<Input: Decodable & Sendable>(
        _ description: EndpointDescription,
        answering handle: @escaping @Sendable (Input, Incoming) async throws -> Outgoing
    ) {
        add(
            Route(
                method: description.method,
                path: description.path,
                kind: .endpoint,
                access: description.access,
                maximumBodyByteCount: description.maximumBodyByteCount,
                keyPurpose: description.keyPurpose,
                problemForm: description.problemForm,
                operation: description.operation
            ) { incoming in
                .other(try await handle(description.input(of: incoming), incoming))
            }
        )
    }
}

extension EndpointDescription {
    func input<Input: Decodable>(of incoming: Incoming) async throws -> Input {
        var values: [String: [String]] = [:]
        var faults: [Problem.Fault] = []
        for parameter in parameters {
            let given =
                parameter.place == "path"
                ? [try incoming.pathParameter(parameter.name)]
                : incoming.query.all(parameter.name)
            faults += parameter.faults(in: given)
            if !given.isEmpty { values[parameter.name] = given }
        }
        guard faults.isEmpty else { throw Problem.invalid(faults) }
        do {
            guard requestBody != nil else {
                return try Input(from: ParameterDecoder(values: values))
            }
            let type = (incoming.headers[.contentType] ?? "").lowercased()
            guard type.hasPrefix("application/json") else {
                throw Problem(
                    .unsupportedMediaType,
                    kind: "unsupported-media-type",
                    title: Bilingual("읽을 수 없는 형식입니다", "Unsupported media type"),
                    message: Bilingual("application/json만 받습니다.", "Send application/json.")
                )
            }
            return try JSONDecoder().decode(Input.self, from: Data(try await incoming.bodyBytes()))
        } catch let error as DecodingError {
            throw Problem.invalid([error.fault])
        }
    }
}

extension DecodingError {
    /// The place and the kind of a value that could not be read.
    fileprivate var fault: Problem.Fault {
        let context: Context
        let message: Bilingual
        switch self {
        case .keyNotFound(let key, _):
            return Problem.Fault(
                field: key.stringValue,
                message: Bilingual("꼭 있어야 합니다.", "This is required.")
            )
        case .typeMismatch(_, let found), .valueNotFound(_, let found):
            context = found
            message = Bilingual("값의 종류가 다릅니다.", "The value has another type.")
        case .dataCorrupted(let found):
            context = found
            message = Bilingual("읽을 수 없는 값입니다.", "The value cannot be read.")
        @unknown default:
            return Problem.Fault(
                field: "",
                message: Bilingual("읽을 수 없습니다.", "It cannot be read.")
            )
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return Problem.Fault(field: path.isEmpty ? "body" : path, message: message)
    }
}
