import Basics
import Identity
import Store
import Web

// How the settings and the rooms become what web, identity and courier ask for.

extension WebSettings {
    init(
        _ platform: Platform,
        services: [any CityService],
        assets: AssetCollection,
        isSearchable: Bool
    ) {
        self.init()
        self.assets = assets
        let settings = platform.settings
        if !settings["siteName"].isEmpty {
            let english = settings["siteNameEnglish"]
            siteName = Bilingual(
                settings["siteName"],
                english.isEmpty ? settings["siteName"] : english
            )
        }
        isSecure = platform.publicURL.hasPrefix("https://")
        isBehindProxy = settings.isOn("behindProxy")
        let perSecond = settings.number("requestsPerSecond")
        requestLimit =
            perSecond == 0
            ? nil
            : RateLimit(
                intervalMilliseconds: Int64(max(1, 1000 / perSecond)),
                burstCount: settings.number("requestBurst")
            )
        isSample = platform.isSample
        searchLink = isSearchable ? CitySearchRoutes.link : nil
        passwordPage = AccountRoutes.passwordPage
        navigation = services.compactMap { service in
            let system = type(of: service).system
            return service.doors.first.map { NavigationItem(title: system.title, link: $0.link) }
        }
    }
}

extension DispatcherHooks {
    init(_ platform: Platform, rooms: [any CityModule]) {
        let sessions = platform.identity.sessions
        let keys = platform.identity.keys
        self.init(
            identify: { cookie, now in try await sessions.actor(forCookie: cookie, now: now) },
            identifyKey: { key, now in try await keys.holder(of: key, now: now) },
            formToken: { actor in sessions.formToken(for: actor) ?? "" },
            isFormToken: { token, actor in sessions.isFormToken(token, of: actor) },
            unreadCount: { actor in
                var count = 0
                for room in rooms { count += try await room.unreadCount(for: actor) }
                return count
            }
        )
    }
}

extension CourierSettings {
    init(_ settings: Settings) {
        self.init()
        if !settings["mailRelay"].isEmpty { mailRelay = MailRelay(url: settings["mailRelay"]) }
        allowedPrivateHosts = Set(
            settings["privateHosts"].split(separator: ",").map {
                String($0).trimmingWhitespace()
            }
        )
    }
}
