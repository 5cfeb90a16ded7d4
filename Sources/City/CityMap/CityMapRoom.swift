import Basics
public import Hosting
import Korean
public import Store
public import Web

/// The city's streets and buildings, as every room sees them on a map.
public struct CityMapRoom: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "cityMap", migrations: [])

    private let platform: Platform

    /// Opens the room; a map file that cannot be read stops the start, not the first visitor.
    public init(on platform: Platform) async throws {
        self.platform = platform
        if !platform.settings["map"].isEmpty { _ = try CityMap.of(platform) }
    }

    /// The addresses it answers.
    public var routes: RouteTable {
        var table = RouteTable()
        MapRoutes(platform: platform).add(to: &table)
        VendorFiles(folder: platform.settings["vendorFolder"]).add(to: &table)
        return table
    }

    /// What people can do with it.
    public var doors: [ServiceDoor] {
        [ServiceDoor(Bilingual("지도", "Map"), MapPage.link)]
    }

    /// What it keeps that the city's search finds.
    public var searches: [SearchSource] {
        [
            SearchSource("map", Bilingual("지도", "Map")) { request in
                let map = try CityMap.of(platform)
                let found = try map.find(request.query)
                return SearchFound(
                    count: found.places.count,
                    results: request.window(of: found.places).map {
                        $0.searchResult(request, found.search, map)
                    },
                    listing: Link("/map", query: [("q", request.query.text)])
                )
            }
        ]
    }
}

extension MapPlace {
    fileprivate func searchResult(
        _ request: SearchRequest,
        _ search: SubstringSearch,
        _ map: CityMap
    ) -> SearchResult {
        let sample = Bilingual("표본", "Sample")
        return SearchResult(
            title: name,
            facts: [
                kind.title[request.language], address,
                map.isSample ? sample[request.language] : "",
            ],
            link: link,
            marks: search.highlights
        )
    }
}
