import Basics
import FoundationEssentials
import HTTPTypes
import Identity
import Store
import Web

/// The addresses that belong to the house itself: the front door, display settings, assets, health.
struct PlatformRoutes {
    let platform: Platform
    let services: [any CityService]
    let rooms: [any CityModule]
    let assets: AssetCollection
    let metrics: Metrics
    let backups: Backups

    func add(to table: inout RouteTable) {
        let serviceRooms = services.map {
            FrontDoor.OpenService(system: type(of: $0).system, doors: $0.doors)
        }
        let frontDoor = FrontDoor(
            services: serviceRooms,
            cityDoors: rooms.filter { !($0 is any CityService) }.flatMap(\.doors),
            isSearchable: !rooms.allSatisfy(\.searches.isEmpty)
        )
        table.page("/") { frontDoor.page(in: $0.page) }
        table.page("/_components") { componentsPage(in: $0.page) }
        table.add(assets)
        addPreferences(to: &table)
        addHealth(to: &table)
        AccountRoutes(platform: platform, rooms: rooms).add(to: &table)
        KeyRoutes(keys: platform.identity.keys, titles: rooms.flatMap { type(of: $0).keyPurposes })
            .add(to: &table)
        AdministrationRoutes(platform: platform, rooms: rooms).add(to: &table)
        CitySearchRoutes(platform: platform, sources: rooms.flatMap(\.searches)).add(to: &table)
        SynonymRoutes(platform: platform).add(to: &table)
        OperationsRoutes(platform: platform, backups: backups).add(to: &table)
    }

    /// How long a choice of language or display is remembered.
    static let preferenceSeconds = 365 * 86_400

    private func addPreferences(to table: inout RouteTable) {
        let isSecure = platform.publicURL.hasPrefix("https://")
        table.submission("/preferences", access: .everyone) { incoming, form in
            var outgoing = Outgoing.seeOther(Self.wayBack(form["return"]))
            if let language = form["language"].flatMap(Language.init) {
                outgoing = outgoing.settingCookie(
                    SetCookie(
                        name: "haechi-language",
                        content: language.rawValue,
                        maximumAgeSeconds: Self.preferenceSeconds,
                        isSecure: isSecure
                    )
                )
            }
            var chosen = incoming.preferences
            if let theme = form["theme"].flatMap(DisplayPreferences.Theme.init) {
                chosen.theme = theme
            }
            if let contrast = form["contrast"].flatMap(DisplayPreferences.Contrast.init) {
                chosen.contrast = contrast
            }
            if let size = form["textSize"].flatMap(DisplayPreferences.TextSize.init) {
                chosen.textSize = size
            }
            return .other(
                outgoing.settingCookie(
                    SetCookie(
                        name: "haechi-display",
                        content: chosen.cookie,
                        maximumAgeSeconds: Self.preferenceSeconds,
                        isSecure: isSecure
                    )
                )
            )
        }
    }

    /// Where a form leads back to: a path of this site, never another.
    static func wayBack(_ path: String?) -> Link {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
            path.utf8.count <= 2000, path.unicodeScalars.allSatisfy({ $0.value > 0x20 })
        else { return Link("/") }
        return Link(path)
    }

    private func addHealth(to table: inout RouteTable) {
        let store = platform.store
        let metrics = metrics
        let rooms = rooms
        table.file("/health") { _ in
            // The store answers, so the server can.
            _ = try await store.read { try $0.value("SELECT 1", as: Int.self) }
            var outgoing = Outgoing.text("{\"status\":\"ok\"}\n", contentType: "application/json")
            outgoing.cache = .never
            return outgoing
        }
        table.file("/metrics") { _ in
            var gauges: [(name: String, help: String, value: Double)] = []
            for room in rooms { gauges += try await room.gauges() }
            var outgoing = Outgoing.text(
                metrics.exposition(gauges: gauges),
                contentType: "text/plain; version=0.0.4; charset=utf-8"
            )
            outgoing.cache = .never
            return outgoing
        }
    }
}
