import Basics
public import HTTPTypes
public import Identity

/// An answer before it is dressed: a page to put into the house's document, or anything else.
public enum Answer: Sendable {
    /// A page, with its status.
    case page(Page, HTTPResponse.Status = .ok)
    /// A redirect, a download, a feed, JSON.
    case other(Outgoing)
}

/// One address of the city: who may call it, how much it takes and what it does.
public struct Route: Sendable {
    /// What stands at an address; the OpenAPI document lists the endpoints, the accessibility tests
    /// the pages.
    public enum Kind: String, Sendable, Hashable {
        /// A page to read.
        case page
        /// A form taken by POST.
        case submission
        /// A typed endpoint of the API.
        case endpoint
        /// A download, a feed or an asset.
        case file
    }

    /// The method.
    public let method: HTTPRequest.Method
    /// The path; a variable is written `{name}` and matches one segment.
    public let path: String
    /// What stands there.
    public let kind: Kind
    /// Who may call it.
    ///
    /// What a person may see inside is asked again by the record's access function.
    public let access: RouteAccess
    /// The largest body taken, in bytes.
    public let maximumBodyByteCount: Int
    /// What an access key has to be for to be taken here; nothing takes none.
    let keyPurpose: KeyPurpose?
    /// How a program is told of a problem.
    let problemForm: ProblemForm
    /// The OpenAPI description of an endpoint.
    let operation: JSONValue?
    let handler: @Sendable (Incoming) async throws -> Answer

    /// The largest body of a route that does not say otherwise.
    public static let defaultMaximumBodyByteCount = 256 << 10
    /// What the fields of a form weigh at most beside its files, in bytes.
    static let formOverheadByteCount = 64 << 10

    init(
        method: HTTPRequest.Method,
        path: String,
        kind: Kind,
        access: RouteAccess,
        maximumBodyByteCount: Int = defaultMaximumBodyByteCount,
        keyPurpose: KeyPurpose? = nil,
        problemForm: ProblemForm = .problemDetails,
        operation: JSONValue? = nil,
        handler: @escaping @Sendable (Incoming) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.kind = kind
        self.access = access
        self.maximumBodyByteCount = maximumBodyByteCount
        self.keyPurpose = keyPurpose
        self.problemForm = problemForm
        self.operation = operation
        self.handler = handler
    }
}

/// The addresses of a service, collected from its manifest.
public struct RouteTable: Sendable {
    /// The routes, in the order they were added.
    public private(set) var routes: [Route] = []

    /// Creates an empty table.
    public init() {}

    /// Adds the routes of another table.
    public mutating func add(_ other: RouteTable) {
        for route in other.routes { add(route) }
    }

    /// Adds a page to read.
    public mutating func page(
        _ path: String,
        access: RouteAccess = .everyone,
        _ handler: @escaping @Sendable (Incoming) async throws -> Page
    ) {
        add(
            Route(
                method: .get,
                path: path,
                kind: .page,
                access: access
            ) { .page(try await handler($0)) }
        )
    }

    /// Adds the taking of a form.
    ///
    /// The request is checked to come from a page of this site, and from this session's, before the
    /// handler sees it.
    public mutating func submission(
        _ path: String,
        access: RouteAccess,
        maximumBodyByteCount: Int = Route.defaultMaximumBodyByteCount,
        _ handler: @escaping @Sendable (Incoming, FormFields) async throws -> Answer
    ) {
        add(
            Route(
                method: .post,
                path: path,
                kind: .submission,
                access: access,
                maximumBodyByteCount: maximumBodyByteCount
            ) { incoming in
                let form = try await incoming.form()
                guard
                    incoming.actor.account == nil
                        || incoming.isFormToken(form["_token"], incoming.actor)
                else {
                    throw Problem.staleForm
                }
                return try await handler(incoming, form)
            }
        )
    }

    /// Adds the taking of a form with files.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - access: Who may send it.
    ///   - maximumFileByteCount: The most that its files weigh together, in bytes; its fields come on top.
    ///   - handler: What takes it.
    public mutating func upload(
        _ path: String,
        access: RouteAccess,
        maximumFileByteCount: Int,
        _ handler: @escaping @Sendable (Incoming, FormFields) async throws -> Answer
    ) {
        submission(
            path,
            access: access,
            maximumBodyByteCount: maximumFileByteCount + Route.formOverheadByteCount,
            handler
        )
    }

    /// Adds a download, a feed or an asset.
    public mutating func file(
        _ path: String,
        access: RouteAccess = .everyone,
        _ handler: @escaping @Sendable (Incoming) async throws -> Outgoing
    ) {
        add(
            Route(
                method: .get,
                path: path,
                kind: .file,
                access: access
            ) { .other(try await handler($0)) }
        )
    }

    /// Adds a route; two routes at one address are a fault of the program.
    mutating func add(_ route: Route) {
        precondition(
            !routes.contains { $0.method == route.method && $0.path == route.path },
            "two routes at \(route.method) \(route.path)"
        )
        routes.append(route)
    }

    /// The methods that stand at a path, for the `Allow` field of a 405 (RFC 9110 §15.5.6).
    func methods(at path: some StringProtocol) -> [HTTPRequest.Method] {
        let segments = path.split(separator: "/")
        return routes.filter { route in
            let template = route.path.split(separator: "/")
            return template.count == segments.count
                && zip(template, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }.map(\.method)
    }
}
