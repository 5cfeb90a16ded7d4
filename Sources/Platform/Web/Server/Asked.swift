import Basics
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Identity

/// A request on its way to a handler: what is known of it so far.
struct Asked {
    let request: Request
    let route: Route
    let requestID: String
    let now: Instant
    let remoteAddress: String
    let query: QueryItems
    let pathParameters: [String: String]
    let cookies: [String: String]
    let language: Language
    let preferences: DisplayPreferences
    var actor = Actor.anonymous
    var formToken = ""
    /// Whether an access key, and not a cookie, says who asks.
    var hasKey = false

    init(request: Request, context: CityRequestContext, route: Route, dispatcher: Dispatcher) {
        self.request = request
        self.route = route
        now = dispatcher.time.now()
        requestID = Self.makeRequestID()
        var address = context.peerAddress
        if dispatcher.settings.isBehindProxy,
            let forwarded = request.headers[.forwardedFor]?.split(separator: ",").last
        {
            address = String(forwarded).trimmingWhitespace()
        }
        remoteAddress = address
        query = QueryItems(urlEncoded: request.uri.query ?? "")
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters {
            parameters[String(name)] = percentDecoded(value, plusIsSpace: false)
        }
        pathParameters = parameters
        cookies = Self.cookies(request.headers[values: .cookie])
        language =
            query["lang"].flatMap(Language.init) ?? cookies["haechi-language"].flatMap(
                Language.init
            )
            ?? .korean
        preferences =
            cookies["haechi-display"].flatMap { DisplayPreferences(cookie: $0) }
            ?? DisplayPreferences()
    }

    func incoming(_ dispatcher: Dispatcher) -> Incoming {
        Incoming(
            method: request.method,
            path: request.uri.path,
            query: query,
            pathParameters: pathParameters,
            headers: request.headers,
            actor: actor,
            language: language,
            preferences: preferences,
            requestID: requestID,
            now: now,
            remoteAddress: remoteAddress,
            formToken: formToken,
            page: page(dispatcher.settings),
            isFormToken: dispatcher.hooks.isFormToken,
            route: route,
            body: request.body
        )
    }

    private func page(_ settings: WebSettings) -> PageContext {
        let visitor = actor.account.map { account in
            Visitor(
                displayName: account.displayName,
                isStaff: account.kind == .staff,
                isAdministrator: actor.holds(.administrator)
            )
        }
        return PageContext(
            language: language,
            path: request.uri.path,
            query: query.pairs,
            preferences: preferences,
            visitor: visitor,
            isSample: settings.isSample,
            siteName: settings.siteName,
            navigation: settings.navigation,
            formToken: formToken,
            now: now,
            assetVersion: settings.assets.version,
            searchLink: settings.searchLink
        )
    }

    var wantsJSON: Bool {
        route.kind == .endpoint || request.uri.path.hasPrefix("/api/")
            || request.headers[.accept]?.hasPrefix("application/json") == true
    }

    /// The key of `Authorization: Bearer`, in any case of the scheme (RFC 9110 §11.1).
    var bearerKey: String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1]).trimmingWhitespace()
    }

    /// Whether a changing request comes from a page of this site.
    ///
    /// Browsers say so in `Sec-Fetch-Site`; older ones in `Origin`, which must name this host. A
    /// program that sends neither carries no browser's cookies by accident, so it passes.
    var isSameOrigin: Bool {
        if let site = request.headers[.secFetchSite] {
            return site == "same-origin" || site == "none"
        }
        guard let origin = request.headers[.origin] else { return true }
        guard let host = origin.split(separator: "/").last, origin.contains("://") else {
            return false
        }
        return request.head.authority == String(host)
    }

    /// The cookies of a request (RFC 6265 §4.2); the first of two with one name counts.
    static func cookies(_ fields: [String]) -> [String: String] {
        var result: [String: String] = [:]
        for field in fields {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let name = String(parts[0]).trimmingWhitespace()
                if result[name] == nil { result[name] = String(parts[1]).trimmingWhitespace() }
            }
        }
        return result
    }

    private static func makeRequestID() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next() as UInt64, radix: 36)
    }
}
