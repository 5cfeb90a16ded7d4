import Basics
import HTTPTypes
import Identity
import Store
import Web

/// Signing in and out, signing up, and a person's own account.
struct AccountRoutes {
    let platform: Platform
    let rooms: [any CityModule]

    /// Where a person replaces their password.
    static let passwordPage = Link("/account/password")

    var cookieName: String { isSecure ? "__Host-haechi-session" : "haechi-session" }
    var isSecure: Bool { platform.publicURL.hasPrefix("https://") }

    func add(to table: inout RouteTable) {
        addSignIn(to: &table)
        addSignUp(to: &table)
        addAccount(to: &table)
        addSecondFactor(to: &table)
        addOpenIDConnect(to: &table)
    }

    /// The session's cookie, and back to where the person wanted to go.
    func welcome(_ ticket: SessionTicket, back path: String?) -> Answer {
        let account = ticket.actor.account
        let link =
            account?.mustChangePassword == true
            ? Self.passwordPage : PlatformRoutes.wayBack(path)
        return .other(
            Outgoing.seeOther(link).settingCookie(
                SetCookie(
                    name: cookieName,
                    content: ticket.cookie,
                    maximumAgeSeconds: nil,
                    isSecure: isSecure
                )
            )
        )
    }

    /// The form again with what was typed: 429 or 503 with a time to come back where there was too much
    /// at once (RFC 6585 §4), 422 elsewhere.
    private static func refusal(
        _ page: Page,
        _ error: IdentityError,
        _ incoming: Incoming
    ) -> Answer {
        guard let seconds = error.retryAfterSeconds else {
            return .page(page, .unprocessableContent)
        }
        var outgoing = Outgoing.text(
            document(page, in: incoming.page).markup,
            contentType: "text/html; charset=utf-8",
            status: error.code == .busy ? .serviceUnavailable : .tooManyRequests
        )
        outgoing.headers[.retryAfter] = "\(seconds)"
        outgoing.cache = .never
        return .other(outgoing)
    }

    private func addSignIn(to table: inout RouteTable) {
        let identity = platform.identity
        let isSample = platform.isSample
        let samplePeople = platform.samplePeople
        let hasProvider = provider != nil
        table.page("/sign-in") { incoming in
            SignInPage(
                returnPath: incoming.query["return"],
                isSample: isSample,
                samplePeople: samplePeople,
                hasProvider: hasProvider
            ).page(in: incoming.page)
        }
        table.submission("/sign-in", access: .everyone) { incoming, form in
            do {
                let step = try await identity.signIn.password(
                    form["password"] ?? "",
                    loginName: form["login"] ?? "",
                    origin: SessionOrigin(incoming)
                )
                switch step {
                case .signedIn(let ticket): return welcome(ticket, back: form["return"])
                case .secondFactor(let challenge):
                    return .page(
                        SecondFactorPage(challenge: challenge, returnPath: form["return"])
                            .page(in: incoming.page)
                    )
                }
            } catch let error as IdentityError {
                let page = SignInPage(
                    login: form["login"] ?? "",
                    returnPath: form["return"],
                    error: error.message[incoming.language],
                    isSample: isSample,
                    samplePeople: samplePeople,
                    hasProvider: hasProvider
                )
                return Self.refusal(page.page(in: incoming.page), error, incoming)
            }
        }
        table.submission("/sign-in/code", access: .everyone) { incoming, form in
            let challenge = form["challenge"] ?? ""
            do {
                let ticket = try await identity.signIn.oneTimeCode(
                    form["code"] ?? "",
                    challenge: challenge,
                    origin: SessionOrigin(incoming)
                )
                return welcome(ticket, back: form["return"])
            } catch let error as IdentityError {
                let page = SecondFactorPage(
                    challenge: challenge,
                    returnPath: form["return"],
                    error: error.message[incoming.language]
                )
                return Self.refusal(page.page(in: incoming.page), error, incoming)
            }
        }
        table.submission("/sign-out", access: .everyone) { incoming, _ in
            try await identity.sessions.end(incoming.actor)
            return .other(
                Outgoing.seeOther(Link("/")).settingCookie(
                    SetCookie(
                        name: cookieName,
                        content: "",
                        maximumAgeSeconds: 0,
                        isSecure: isSecure
                    )
                )
            )
        }
    }

    private func addSignUp(to table: inout RouteTable) {
        let identity = platform.identity
        table.page("/sign-up") { SignUpPage().page(in: $0.page) }
        table.submission("/sign-up", access: .everyone) { incoming, form in
            let filled = SignUpPage(form)
            do {
                _ = try await identity.accounts.signUp(
                    NewAccount(
                        kind: filled.isCompany ? .company : .resident,
                        loginName: filled.login,
                        displayName: filled.name,
                        email: filled.login
                    ),
                    password: form["password"] ?? "",
                    origin: SessionOrigin(incoming)
                )
                let step = try await identity.signIn.password(
                    form["password"] ?? "",
                    loginName: filled.login,
                    origin: SessionOrigin(incoming)
                )
                guard case .signedIn(let ticket) = step else {
                    return .other(.seeOther(Link("/sign-in")))
                }
                return welcome(ticket, back: "/account")
            } catch let error as IdentityError {
                var page = filled
                page.error = error.message[incoming.language]
                return Self.refusal(page.page(in: incoming.page), error, incoming)
            }
        }
    }

    private func addAccount(to table: inout RouteTable) {
        let identity = platform.identity
        let provider = provider
        let titles = platform.auditTitles
        let rooms = rooms
        table.page("/account", access: .signedIn) { incoming in
            let account = try incoming.accountID()
            var consents: [AccountConsent] = []
            for room in rooms { consents += try await room.consents(of: account) }
            let sessions = try await identity.sessions.list(of: incoming.actor, now: incoming.now)
            let trail = try await identity.accounts.trail(of: incoming.actor, limit: 100)
            return AccountPage(
                actor: incoming.actor,
                sessions: sessions,
                trail: trail,
                titles: titles,
                consents: consents,
                isLinked: try await provider?.isLinked(incoming.actor)
            ).page(in: incoming.page)
        }
        table.submission("/account/sessions/end", access: .signedIn) { incoming, form in
            if let id = form.text("session") {
                try await identity.sessions.end(id, by: incoming.actor)
            } else {
                try await identity.sessions.endAll(of: incoming.actor)
            }
            return .other(.seeOther(Link("/account")))
        }
        table.page("/account/password", access: .signedIn) { PasswordPage().page(in: $0.page) }
        table.submission("/account/password", access: .signedIn) { incoming, form in
            do {
                let ticket = try await identity.accounts.changePassword(
                    of: incoming.actor,
                    from: form["old"] ?? "",
                    to: form["new"] ?? "",
                    origin: SessionOrigin(incoming)
                )
                return welcome(ticket, back: "/account")
            } catch let error as IdentityError {
                return Self.refusal(
                    PasswordPage(error: error.message[incoming.language]).page(in: incoming.page),
                    error,
                    incoming
                )
            }
        }
    }

    private func addSecondFactor(to table: inout RouteTable) {
        let identity = platform.identity
        table.submission("/account/second-factor", access: .signedIn) { incoming, _ in
            let setUp = try await identity.secondFactor.setUp(
                for: incoming.actor,
                issuer: incoming.page.siteName[incoming.language]
            )
            return .page(SecondFactorSetUpPage(setUp: setUp).page(in: incoming.page))
        }
        table.submission("/account/second-factor/confirm", access: .signedIn) { incoming, form in
            let codes = try await identity.secondFactor.confirm(
                form["code"] ?? "",
                by: incoming.actor
            )
            return .page(RecoveryCodesPage(codes: codes).page(in: incoming.page))
        }
        table.submission("/account/second-factor/remove", access: .signedIn) { incoming, _ in
            try await identity.secondFactor.remove(by: incoming.actor)
            return .other(.seeOther(Link("/account")))
        }
    }
}

extension SessionOrigin {
    init(_ incoming: Incoming) {
        self.init(
            address: incoming.remoteAddress,
            agent: incoming.headers[.userAgent] ?? ""
        )
    }
}
