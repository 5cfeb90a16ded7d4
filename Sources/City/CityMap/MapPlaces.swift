import Basics
import Cartography
import Routing

extension MapPlace {
    /// What people look for in a map, each once.
    static func all(in data: MapData) -> [MapPlace] {
        var places: [MapPlace] = []
        var known: [String: [GeoPoint]] = [:]
        // What says most comes first: the library, then the building with its name, then its number.
        let layers: [MapLayer] = [
            .stations, .places, .lifts, .green, .water, .ground, .buildings, .addresses, .roads,
            .paths, .steps,
        ]
        for layer in layers {
            for item in data.items(in: [layer]) {
                guard let place = MapPlace(item, number: places.count) else { continue }
                // The pieces of a street, the outline of a park, an address that a shop has too.
                let isKnown = (known[place.key] ?? []).contains {
                    place.kind == .street || $0.metres(to: place.position) < sameMetres
                }
                if isKnown { continue }
                known[place.key, default: []].append(place.position)
                if !place.address.isEmpty, place.name != place.address {
                    known["address:" + place.address, default: []].append(place.position)
                }
                places.append(place)
            }
        }
        return places
    }

    /// Two of one name closer than this are one place.
    private static let sameMetres = 150.0

    private var key: String {
        switch kind {
        case .address: "address:" + name
        case .street: "street:" + name
        case .lift: "lift:\(position.latitudeE7),\(position.longitudeE7)"
        default: name
        }
    }

    /// What it is found by.
    var searchedText: String {
        [name, address, kind.title.korean, kind.title.english].joined(separator: "\n")
    }

    private init?(_ item: MapData.Item, number: Int) {
        let attributes = item.attributes
        guard let position = try? GeoPoint(item.middle) else { return nil }
        let isAddress = item.layer == .addresses
        let houseNumber = attributes.text("number") ?? ""
        let street = attributes.text("street") ?? ""
        let written = isAddress ? (street.isEmpty ? houseNumber : "\(street) \(houseNumber)") : ""
        let kind = MapPlace.kind(item.layer, attributes.text("class") ?? "")
        let name = attributes.text("name") ?? (isAddress ? written : MapPlace.unnamed(kind))
        guard let name, !name.isEmpty else { return nil }
        self.init(
            number: number,
            name: name,
            kind: kind,
            position: position,
            address: isAddress ? written : attributes.text("address") ?? "",
            wheelchair: attributes.text("wheelchair").flatMap {
                $0 == "designated" ? .yes : WheelchairAccess(rawValue: $0)
            }
        )
    }

    /// Lifts and toilets are looked for although they mostly have no name.
    private static func unnamed(_ kind: Kind) -> String? {
        kind == .lift || kind == .toilet ? kind.title.korean : nil
    }

    private static func kind(_ layer: MapLayer, _ className: String) -> Kind {
        switch layer {
        case .stations: return className == "stop" ? .stop : .station
        case .lifts: return .lift
        case .addresses: return .address
        case .buildings: return .building
        case .roads, .paths, .steps: return .street
        default: return kinds[className] ?? (layer == .green ? .leisure : .other)
        }
    }

    private static let kinds: [String: Kind] = Dictionary(
        uniqueKeysWithValues: [
            (Kind.toilet, ["toilets"]),
            (.health, ["hospital", "clinic", "pharmacy", "doctors", "dentist", "veterinary"]),
            (
                .publicService,
                [
                    "library", "townhall", "social_facility", "community_centre", "social_centre",
                    "post_office", "police", "fire_station", "courthouse", "charging_station",
                    "government",
                ]
            ),
            (.school, ["school", "kindergarten", "university", "college", "childcare"]),
            (
                .leisure,
                [
                    "park", "garden", "playground", "pitch", "viewpoint", "museum", "attraction",
                    "theatre", "cinema", "sports_centre", "nature_reserve",
                ]
            ),
            (
                .shop,
                [
                    "marketplace", "convenience", "supermarket", "bakery", "restaurant", "cafe",
                    "fast_food", "bar", "pub", "bank", "clothes", "hairdresser", "butcher",
                ]
            ),
            (
                .quarter,
                [
                    "city", "town", "suburb", "village", "quarter", "neighbourhood", "hamlet",
                    "borough",
                ]
            ),
        ].flatMap { kind, names in names.map { ($0, kind) } }
    )
}
