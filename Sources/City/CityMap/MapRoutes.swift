import Basics
import Cartography
import HTTPTypes
import Hosting
import Routing
import Web

/// The city's map: its page, its tiles, its style, and the search of its places.
struct MapRoutes {
    /// The longest text that is searched for, in characters.
    static let maximumWordsCharacterCount = 100

    let platform: Platform

    func add(to table: inout RouteTable) {
        addPages(to: &table)
        addDrawing(to: &table)
        addSearch(to: &table)
    }

    private func addPages(to table: inout RouteTable) {
        table.page("/map") { incoming in
            let map = try CityMap.of(platform)
            let words = String(
                (incoming.query.text("q") ?? "").prefix(Self.maximumWordsCharacterCount)
            )
            let found = try words.isEmpty ? map.sights : map.places(matching: words)
            return MapPage(map: map, words: words, found: found).page(in: incoming.page)
        }
        table.page("/map/places/{number}") { incoming in
            let map = try CityMap.of(platform)
            guard let number = Int(try incoming.pathParameter("number")),
                let place = map.place(number: number)
            else { throw Problem.notFound }
            return MapPlacePage(map: map, place: place, near: map.places(near: place))
                .page(in: incoming.page)
        }
    }

    private func addDrawing(to table: inout RouteTable) {
        table.file("/map/tiles/{z}/{x}/{y}") { incoming in
            let map = try CityMap.of(platform)
            let last = try incoming.pathParameter("y")
            guard last.hasSuffix(".mvt"), let z = Int(try incoming.pathParameter("z")),
                let x = Int(try incoming.pathParameter("x")), let y = Int(last.dropLast(4)),
                let address = try? TileAddress(zoom: z, x: x, y: y)
            else { throw Problem.notFound }
            let tile = map.data.vectorTile(address)
            // The style names the version; an address without it is not to be kept.
            let isCurrent = incoming.query.text("v") == map.version
            return Outgoing(
                tile == nil ? .noContent : .ok,
                contentType: "application/vnd.mapbox-vector-tile",
                body: .bytes(tile ?? []),
                cache: isCurrent ? .immutable : .revalidate
            )
        }
        table.file("/map/style.json") { incoming in
            let theme = incoming.query.text("theme").flatMap(MapStyle.Theme.init) ?? .light
            let contrast =
                incoming.query.text("contrast").flatMap(MapStyle.Contrast.init) ?? .standard
            return try .json(MapStyle(try CityMap.of(platform), theme, contrast).json)
        }
    }

    private func addSearch(to table: inout RouteTable) {
        table.endpoint(
            EndpointDescription(
                .get,
                "/map/places",
                operationID: "searchMap",
                summary: "Search the places and addresses of the city's map.",
                tag: "city",
                parameters: [
                    .query(
                        "q",
                        .string(maximumLength: Self.maximumWordsCharacterCount),
                        isRequired: true
                    ), .query("limit", .integer(1...CityMap.maximumFoundCount)),
                ],
                response: FoundPlaces.schema
            )
        ) { (input: SearchInput, incoming) in
            let map = try CityMap.of(platform)
            return FoundPlaces(
                attribution: map.attribution[incoming.language],
                places: try map.places(matching: input.q, limit: input.limit ?? 20).map {
                    FoundPlaces.Place($0, incoming.language)
                }
            )
        }
    }

    private struct SearchInput: Decodable, Sendable {
        var q: String
        var limit: Int?
    }
}

/// What the search of the map answers.
struct FoundPlaces: Encodable, Sendable {
    struct Place: Encodable, Sendable {
        var number: Int
        var name: String
        var kind: MapPlace.Kind
        var kindTitle: String
        var address: String
        var latitude: Double
        var longitude: Double
        var wheelchair: String?
        var url: String

        init(_ place: MapPlace, _ language: Language) {
            number = place.number
            name = place.name
            kind = place.kind
            kindTitle = place.kind.title[language]
            address = place.address
            latitude = place.position.latitude
            longitude = place.position.longitude
            wheelchair = place.wheelchair?.rawValue
            url = place.link.target
        }
    }

    var attribution: String
    var places: [Place]

    static let schema = Schema.object([
        "attribution": .string().described("Whose map it is; show it beside the results."),
        "places": .array(
            of: .object(
                [
                    "number": .integer(), "name": .string(),
                    "kind": .oneOf(MapPlace.Kind.allCases.map(\.rawValue)),
                    "kindTitle": .string(), "address": .string(), "latitude": .number,
                    "longitude": .number, "url": .uriReference,
                ],
                optional: ["wheelchair": .oneOf(["yes", "limited", "no"])]
            )
        ),
    ])
}
