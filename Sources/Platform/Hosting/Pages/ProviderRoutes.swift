import Basics
import HTTPTypes
import Identity
import Web

// Signing in with the provider of the settings, and linking it to an account.

extension AccountRoutes {
    /// The sign-in provider of the settings, where one is set.
    var provider: OIDCSignIn? {
        let settings = platform.settings
        guard !settings["oidcIssuer"].isEmpty, !settings["oidcClient"].isEmpty else { return nil }
        return platform.identity.oidcSignIn(
            OIDCClient(
                settings: OIDCSettings(
                    issuer: settings["oidcIssuer"],
                    clientID: settings["oidcClient"],
                    clientSecret: settings["oidcSecret"],
                    redirectURI: platform.publicURL + "/sign-in/provider/return"
                ),
                fetcher: platform.providerFetcher
            )
        )
    }

    private var stateCookie: String { isSecure ? OIDCSignIn.cookieName : "haechi-oidc" }

    /// The cookie that ties the provider's answer to this browser; empty it is gone.
    private func stateCookie(_ content: String) -> SetCookie {
        SetCookie(
            name: stateCookie,
            content: content,
            maximumAgeSeconds: content.isEmpty ? 0 : OIDCClient.attemptSeconds,
            isSecure: isSecure
        )
    }

    func addOpenIDConnect(to table: inout RouteTable) {
        guard let provider else { return }
        table.file("/sign-in/provider") { incoming in
            let departure = try await provider.begin(
                returnPath: PlatformRoutes.wayBack(incoming.query["return"]).target
            )
            return Outgoing.redirect(toProvider: departure.url)
                .settingCookie(stateCookie(departure.cookie))
        }
        table.file("/sign-in/provider/return") { incoming in
            let arrival = try await provider.finish(
                OIDCCallback(
                    code: incoming.query["code"],
                    state: incoming.query["state"],
                    issuer: incoming.query["iss"],
                    error: incoming.query["error"]
                ),
                cookie: incoming.cookie(stateCookie),
                origin: SessionOrigin(incoming),
                actor: incoming.actor
            )
            guard case .other(let outgoing) = welcome(arrival.ticket, back: arrival.returnPath)
            else { throw Problem.notFound }
            return outgoing.settingCookie(stateCookie(""))
        }
        table.submission("/account/provider/remove", access: .signedIn) { incoming, _ in
            try await provider.unlink(incoming.actor)
            return .other(.seeOther(Link("/account")))
        }
        table.submission("/account/provider", access: .signedIn) { incoming, _ in
            let departure = try await provider.begin(
                returnPath: "/account",
                linking: incoming.actor
            )
            let page = ProviderDeparturePage(address: departure.url).page(in: incoming.page)
            // A page with a link instead of a redirect: `form-action 'self'` keeps every form here.
            var outgoing = Outgoing.text(
                document(page, in: incoming.page).markup,
                contentType: "text/html; charset=utf-8"
            )
            outgoing.cache = .never
            return .other(outgoing.settingCookie(stateCookie(departure.cookie)))
        }
    }
}

/// The last step before the provider, where a person links it to their account.
struct ProviderDeparturePage {
    let address: String

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("기관 계정 잇기", "Link your organization account"),
            breadcrumbs: [AccountPage.crumb(context)],
            lead: HTML(
                text: context.text(
                    "기관의 로그인 화면에서 본인임을 확인하면 이 계정과 이어집니다.",
                    "Confirm who you are on your organization's page, and it is linked."
                )
            ),
            main: Link(external: address).map {
                linkButton(
                    context.text("기관 로그인으로 가기", "Go to your organization"),
                    $0,
                    style: .primary
                )
            } ?? .empty
        )
    }
}
