import Basics
import HTTPTypes
import FoundationEssentials

/// The description of every endpoint of the city, in OpenAPI 3.1.
public struct OpenAPIDocument: Sendable {
    private let routes: [Route]

    /// Describes the endpoints of a table.
    public init(_ table: RouteTable) {
        routes = table.routes.filter { $0.kind == .endpoint }
    }

    /// The document as JSON with sorted keys, so that the same endpoints give the same bytes.
    public func json() throws -> String {
        var paths: [String: [String: JSONValue]] = [:]
        for route in routes {
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] = route.operation
        }
        let document: JSONValue = [
            "openapi": "3.1.0",
            "info": [
                "title": "Haechi", "version": "1",
                "summary": "A city's digital services.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths.mapValues(JSONValue.object)),
            "components": [
                "schemas": ["Problem": Self.problem.json],
                "securitySchemes": [
                    "session": ["type": "apiKey", "in": "cookie", "name": "haechi-session"],
                    "key": ["type": "http", "scheme": "bearer"],
                ],
            ],
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }

    /// The shape of a problem (RFC 9457 §3.1), with our `faults`.
    private static let problem = Schema.object(
        [
            "type": .uriReference, "title": .string(), "status": .integer(400...599),
            "detail": .string(), "instance": .string().described("The request's identifier."),
        ],
        optional: [
            "faults": .array(of: .object(["field": .string(), "message": .string()]))
        ]
    )
}
