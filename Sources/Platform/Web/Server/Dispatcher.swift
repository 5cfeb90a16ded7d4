public import Basics
import FoundationEssentials
import HTTPTypes
public import Hummingbird
public import Identity
public import Logging
import NIOCore
import Synchronization

/// How the city shows itself on the web.
public struct WebSettings: Sendable {
    /// The name in the masthead.
    public var siteName = Bilingual("해치시", "Haechi City")
    /// The main navigation.
    public var navigation: [NavigationItem] = []
    /// Where the whole city is searched.
    public var searchLink: Link?
    /// The style sheets and scripts of the pages.
    public var assets = AssetCollection()
    /// Whether the city shown is the generated sample.
    public var isSample = false
    /// Where an account replaces a password that somebody else gave it, before anything else.
    public var passwordPage: Link?
    /// Whether browsers reach the server over TLS; cookies are then `Secure` and `__Host-`.
    public var isSecure = false
    /// Whether a reverse proxy in front sets `X-Forwarded-For`.
    public var isBehindProxy = false
    /// How often one address may ask; nil sets no limit.
    public var requestLimit: RateLimit? = RateLimit(intervalMilliseconds: 20, burstCount: 400)

    /// The settings a city hall starts with.
    public init() {}

    /// The name of the session cookie.
    public var sessionCookieName: String { isSecure ? "__Host-haechi-session" : "haechi-session" }
}

/// What the dispatcher asks of the rooms around it.
public struct DispatcherHooks: Sendable {
    /// Who a session cookie stands for.
    public var identify: @Sendable (_ cookie: String, Instant) async throws -> Actor
    /// Who an access key stands for, and what it may be used for; nothing for one that opens nothing.
    public var identifyKey: @Sendable (_ key: String, Instant) async throws -> KeyHolder?
    /// A token for the forms of a person's session; empty for a visitor.
    public var formToken: @Sendable (Actor) -> String
    /// Whether a token belongs to a person's session.
    public var isFormToken: @Sendable (_ token: String?, Actor) -> Bool
    /// How many notices a person has not read.
    public var unreadCount: @Sendable (Actor) async throws -> Int

    /// Creates the hooks.
    public init(
        identify: @escaping @Sendable (_ cookie: String, Instant) async throws -> Actor,
        identifyKey: @escaping @Sendable (_ key: String, Instant) async throws -> KeyHolder?,
        formToken: @escaping @Sendable (Actor) -> String,
        isFormToken: @escaping @Sendable (_ token: String?, Actor) -> Bool,
        unreadCount: @escaping @Sendable (Actor) async throws -> Int
    ) {
        self.identify = identify
        self.identifyKey = identifyKey
        self.formToken = formToken
        self.isFormToken = isFormToken
        self.unreadCount = unreadCount
    }
}

/// Who a program acts for, and what its key was made for.
public typealias KeyHolder = (actor: Actor, purposes: Set<KeyPurpose>)

/// Takes every request from the socket to its route and back.
///
/// The steps, in order: rate limit, who asks, may they, does it come from our own page, the handler,
/// the page's frame, then entity tag, compression and security fields. Whatever is thrown on the way
/// becomes a ``Problem`` here and only here.
public final class Dispatcher: Sendable {
    let table: RouteTable
    let settings: WebSettings
    let hooks: DispatcherHooks
    let time: TimeSource
    let logger: Logger
    /// The counters of `/metrics`.
    public let metrics: Metrics
    private let limiter: Mutex<RateLimiter?>

    /// Creates a dispatcher over the routes of the city.
    public init(
        table: RouteTable,
        settings: WebSettings,
        hooks: DispatcherHooks,
        time: TimeSource,
        metrics: Metrics = Metrics(),
        logger: Logger
    ) {
        self.table = table
        self.settings = settings
        self.hooks = hooks
        self.time = time
        self.metrics = metrics
        self.logger = logger
        limiter = Mutex(settings.requestLimit.map { RateLimiter(limit: $0) })
    }

    /// The responder Hummingbird runs.
    public func responder() -> some HTTPResponder<CityRequestContext> {
        let router = Router(
            context: CityRequestContext.self,
            options: .autoGenerateHeadEndpoints
        )
        for route in table.routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                await self.respond(to: request, context: context, route: route)
            }
        }
        let routes = router.buildResponder()
        return CallbackResponder { request, context in
            let response = try await routes.respond(to: request, context: context)
            // Every answer of a route carries a request id; one without comes from the router
            // itself, which found none.
            guard response.headers[.requestID] == nil else { return response }
            return await self.respond(
                to: request,
                context: context,
                route: self.unmatched(request)
            )
        }
    }

    /// What answers where no route does: 405 with the methods that would do, or 404.
    private func unmatched(_ request: Request) -> Route {
        let methods = table.methods(at: request.uri.path)
        return Route(
            method: request.method,
            path: "(none)",
            kind: .page,
            access: .everyone,
            maximumBodyByteCount: 0
        ) { _ in
            guard !methods.isEmpty else { throw Problem.notFound }
            let allowed = Set(methods.map(\.rawValue) + (methods.contains(.get) ? ["HEAD"] : []))
            var problem = Problem(
                .methodNotAllowed,
                kind: "method-not-allowed",
                title: Bilingual("이 주소에서 할 수 없는 일입니다", "Method not allowed"),
                message: Bilingual(
                    "이 주소가 받는 방법은 다음과 같습니다: \(allowed.sorted().joined(separator: ", "))",
                    "This address takes: \(allowed.sorted().joined(separator: ", "))"
                )
            )
            problem.allowedMethods = allowed.sorted()
            throw problem
        }
    }

    private func respond(
        to request: Request,
        context: CityRequestContext,
        route: Route
    ) async -> Response {
        metrics.begin()
        let clock = ContinuousClock()
        let start = clock.now
        var asked = Asked(request: request, context: context, route: route, dispatcher: self)
        var answer = await answer(&asked)
        finish(&answer, for: asked)
        let seconds = (clock.now - start) / .seconds(1)
        metrics.finish(
            route: route.path,
            method: request.method,
            status: answer.status,
            seconds: seconds
        )
        logger.debug(
            "request",
            metadata: [
                "id": "\(asked.requestID)", "method": "\(request.method)",
                "route": "\(route.path)", "status": "\(answer.status.code)",
                "milliseconds": "\((seconds * 1000).decimals(1))",
            ]
        )
        return answer.response
    }

    /// The steps from the socket to the handler.
    private func answer(_ asked: inout Asked) async -> Outgoing {
        do {
            try limit(asked)
            try await identify(&asked)
            if let first = try passwordFirst(asked) { return first }
            try admit(asked)
            let incoming = asked.incoming(self)
            switch try await asked.route.handler(incoming) {
            case .page(let page, let status):
                return try await dress(page, status: status, for: incoming)
            case .other(let outgoing):
                return outgoing
            }
        } catch {
            return await refuse(Problem(error), asked)
        }
    }

    private func limit(_ asked: Asked) throws {
        let admission = limiter.withLock { $0?.admit(asked.remoteAddress, at: asked.now) }
        if case .refused(let milliseconds) = admission {
            throw Problem.tooMany(retryAfterSeconds: Int((milliseconds + 999) / 1000))
        }
    }

    private func identify(_ asked: inout Asked) async throws {
        if asked.route.kind == .endpoint, let key = asked.bearerKey {
            return try await identify(&asked, by: key)
        }
        guard let cookie = asked.cookies[settings.sessionCookieName], !cookie.isEmpty else {
            return
        }
        asked.actor = try await hooks.identify(cookie, asked.now)
        if asked.actor.account != nil { asked.formToken = hooks.formToken(asked.actor) }
    }

    /// A program with a key: its cookies do not count, and it needs no token, since no browser sends
    /// the key by itself (RFC 6750 §2.1).
    private func identify(_ asked: inout Asked, by key: String) async throws {
        guard let holder = try await hooks.identifyKey(key, asked.now) else {
            throw Problem.wrongKey
        }
        // Where no key is taken, one says nothing: the route's own rule decides for a visitor.
        guard let purpose = asked.route.keyPurpose else { return }
        guard holder.purposes.contains(purpose) else { throw Problem.keyOfOtherPurpose(purpose) }
        asked.actor = holder.actor
        asked.hasKey = true
    }

    /// Leads an account whose password somebody else gave to the page that replaces it, whatever it
    /// asks for; nothing where it may have what it asks for.
    ///
    /// Throws `Problem` for a program, which cannot follow there.
    private func passwordFirst(_ asked: Asked) throws -> Outgoing? {
        guard asked.actor.account?.mustChangePassword == true,
            let page = settings.passwordPage,
            !Self.openBeforePasswordChange.contains(asked.route.path),
            asked.route.path != page.target
        else { return nil }
        guard asked.route.kind != .endpoint, !asked.wantsJSON else { throw Problem.passwordFirst }
        return .seeOther(page)
    }

    /// What stays open: signing out, and what every page is made of.
    private static let openBeforePasswordChange: Set<String> = [
        "/sign-out", "/assets/{version}/{name}", "/favicon.ico",
    ]

    private func admit(_ asked: Asked) throws {
        try asked.actor.require(asked.route.access)
        let method = asked.request.method
        guard !asked.hasKey, method != .get, method != .head, asked.route.path != "(none)" else {
            return
        }
        guard asked.isSameOrigin else { throw Problem.staleForm }
    }

    private func dress(
        _ page: Page,
        status: HTTPResponse.Status,
        for incoming: Incoming
    ) async throws -> Outgoing {
        var context = incoming.page
        if incoming.actor.account != nil {
            context.visitor?.unreadNoticeCount = try await hooks.unreadCount(incoming.actor)
        }
        let document = document(page, in: context)
        var outgoing = Outgoing(
            status,
            contentType: "text/html; charset=utf-8",
            body: .bytes(Array(document.markup.utf8)),
            cache: incoming.actor.account == nil && !page.isPersonal ? .revalidate : .never
        )
        if document.needs.contains(.map) {
            outgoing.headers[.contentSecurityPolicy] = ContentSecurity.policyWithMap
        }
        if document.needs.contains(.camera) {
            outgoing.headers[.permissionsPolicy] = ContentSecurity.permissionsWithCamera
        }
        return outgoing
    }

    /// A problem as the person's page or as RFC 9457 JSON.
    private func refuse(_ problem: Problem, _ asked: Asked) async -> Outgoing {
        let level: Logger.Level = problem.status.code >= 500 ? .error : .info
        logger.log(
            level: level,
            "refused",
            metadata: [
                "id": "\(asked.requestID)", "route": "\(asked.route.path)",
                "status": "\(problem.status.code)", "kind": "\(problem.kind)",
                "context": "\(problem.context)",
            ]
        )
        var outgoing: Outgoing
        if asked.wantsJSON {
            outgoing = asked.route.problemForm.outgoing(
                problem,
                language: asked.language,
                requestID: asked.requestID
            )
        } else {
            let incoming = asked.incoming(self)
            let page = errorPage(problem, for: incoming)
            do {
                outgoing = try await dress(page, status: problem.status, for: incoming)
            } catch {
                // The frame itself needs the store; when that is down, plain words still go out.
                outgoing = .text(problem.message[asked.language], status: problem.status)
            }
        }
        outgoing.cache = .never
        if let seconds = problem.retryAfterSeconds {
            outgoing.headers[.retryAfter] = "\(seconds)"
        }
        if let challenge = problem.challenge {
            outgoing.headers[.wwwAuthenticate] = challenge
        } else if problem.status == .unauthorized, asked.route.keyPurpose != nil {
            outgoing.headers[.wwwAuthenticate] = "Bearer"
        }
        if !problem.allowedMethods.isEmpty {
            outgoing.headers[.allow] = problem.allowedMethods.joined(separator: ", ")
        }
        return outgoing
    }

    /// Entity tag, compression, caching and security fields.
    private func finish(_ outgoing: inout Outgoing, for asked: Asked) {
        outgoing.headers[.requestID] = asked.requestID
        for (name, value) in Self.securityFields where outgoing.headers[name] == nil {
            outgoing.headers[name] = value
        }
        if settings.isSecure {
            outgoing.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
        }
        switch outgoing.cache {
        case .revalidate: outgoing.headers[.cacheControl] = "no-cache"
        case .never: outgoing.headers[.cacheControl] = "no-store"
        case .immutable: outgoing.headers[.cacheControl] = "public, max-age=31536000, immutable"
        }
        guard case .bytes(let bytes) = outgoing.body else { return }
        outgoing.headers[.vary] = "Accept-Encoding, Cookie"
        if outgoing.status == .ok, outgoing.cache != .never, outgoing.headers[.eTag] == nil {
            let tag = ContentEncoding.entityTag(bytes)
            outgoing.headers[.eTag] = tag
            if ContentEncoding.matches(asked.request.headers[.ifNoneMatch], tag: tag) {
                outgoing.status = .notModified
                outgoing.headers[.contentType] = nil
                outgoing.body = .bytes([])
                return
            }
        }
        if bytes.count >= ContentEncoding.minimumByteCount,
            outgoing.headers[.contentEncoding] == nil,
            ContentEncoding.isCompressible(outgoing.headers[.contentType]),
            ContentEncoding.acceptsGzip(asked.request.headers),
            let packed = ContentEncoding.gzip(bytes)
        {
            outgoing.headers[.contentEncoding] = "gzip"
            outgoing.body = .bytes(packed)
        }
    }

    private static let securityFields: [(HTTPField.Name, String)] = [
        (.contentSecurityPolicy, ContentSecurity.policy),
        (.xContentTypeOptions, "nosniff"),
        (.referrerPolicy, "same-origin"),
        (.permissionsPolicy, ContentSecurity.permissions),
        (.crossOriginOpenerPolicy, "same-origin"),
        (.crossOriginResourcePolicy, "same-origin"),
    ]
}
