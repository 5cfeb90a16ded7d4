/// Shops, stops and services: what people look for.
extension SampleBuilder {
    mutating func makePlaces() {
        for place in Self.services {
            let address: SampleElements.Tags =
                place.road.isEmpty
                ? [] : [("addr:street", place.road), ("addr:housenumber", "\(place.number)")]
            elements.point(place.at, [("name", place.name)] + place.tags + address)
        }
        for stop in Self.stops {
            _ = elements.node(
                stop.at,
                [("highway", "bus_stop"), ("name", stop.name), ("shelter", "yes")]
            )
        }
        for (name, x, y) in [("해치동", 0.0, 120.0), ("솔마루", -330, 350), ("버들골", -120, -330)] {
            let kind = name == "해치동" ? "suburb" : "neighbourhood"
            elements.point(LocalPlace(x, y), [("place", kind), ("name", name)])
        }
        for x in stride(from: -500.0, through: 500, by: 100) {
            let tree = LocalPlace(x, Self.avenue + Self.pavementOffset + 2.5)
            elements.point(tree, [("natural", "tree")])
        }
    }

    private struct ServicePlace {
        var name: String
        var at: LocalPlace
        var road: String
        var number: Int
        var tags: SampleElements.Tags
    }

    private static func service(
        _ name: String,
        _ x: Double,
        _ y: Double,
        _ road: String,
        _ number: Int,
        _ tags: SampleElements.Tags
    ) -> ServicePlace {
        ServicePlace(name: name, at: LocalPlace(x, y), road: road, number: number, tags: tags)
    }

    private static let services: [ServicePlace] = [
        service("까치약국", -20, -40, "까치대로", 61, [("amenity", "pharmacy"), ("wheelchair", "yes")]),
        service("솔향약국", 52, 214, "솔향로9길", 63, [("amenity", "pharmacy"), ("wheelchair", "no")]),
        service("해치도서관", 120, 96, "솔향로8길", 75, [("amenity", "library"), ("wheelchair", "yes")]),
        service(
            "해치종합사회복지관",
            -240,
            338,
            "느티로",
            37,
            [("amenity", "social_facility"), ("wheelchair", "yes")]
        ),
        service(
            "해치동 주민센터",
            130,
            -82,
            "까치대로",
            76,
            [("amenity", "townhall"), ("wheelchair", "yes")]
        ),
        service(
            "해치경로당",
            -140,
            216,
            "솔향로9길",
            45,
            [("amenity", "social_centre"), ("wheelchair", "limited")]
        ),
        service("해치지구대", 170, -40, "까치대로", 79, [("amenity", "police")]),
        service("해치119안전센터", -400, -82, "까치대로", 24, [("amenity", "fire_station")]),
        service(
            "까치우체국",
            -90,
            -82,
            "까치대로",
            54,
            [("amenity", "post_office"), ("wheelchair", "yes")]
        ),
        service("해치어린이집", 340, 452, "솔향로12길", 97, [("amenity", "kindergarten")]),
        service("까치의원", 96, -82, "까치대로", 72, [("amenity", "clinic"), ("wheelchair", "yes")]),
        service(
            "까치역 장애인화장실",
            70,
            -62,
            "",
            0,
            [("amenity", "toilets"), ("wheelchair", "yes"), ("level", "-1")]
        ),
        service(
            "해치공원 장애인화장실",
            216,
            144,
            "",
            0,
            [("amenity", "toilets"), ("wheelchair", "yes")]
        ),
        service(
            "시장 공중화장실",
            -8,
            -140,
            "까치시장길",
            5,
            [("amenity", "toilets"), ("wheelchair", "no")]
        ),
        service(
            "전동보장구 충전소(주민센터)",
            134,
            -80,
            "까치대로",
            76,
            [("amenity", "charging_station"), ("wheelchair", "yes")]
        ),
        service("까치편의점", 20, -40, "까치대로", 65, [("shop", "convenience"), ("wheelchair", "yes")]),
        service("솔향빵집", 40, 150, "솔향로", 42, [("shop", "bakery"), ("wheelchair", "no")]),
        service("느티카페", -60, 338, "느티로", 55, [("amenity", "cafe"), ("wheelchair", "limited")]),
        service("버들식당", -180, -226, "솔향로6길", 44, [("amenity", "restaurant")]),
        service("해치마트", 440, 96, "솔향로8길", 105, [("shop", "supermarket"), ("wheelchair", "yes")]),
        service("팔각정", 300, 218, "", 0, [("tourism", "viewpoint")]),
    ]

    private static let stops: [(name: String, at: LocalPlace)] = [
        ("까치역 정류장", LocalPlace(150, -46)), ("까치역 정류장(맞은편)", LocalPlace(170, -74)),
        ("해치복지관 정류장", LocalPlace(-240, 330)), ("느티로 정류장", LocalPlace(120, 330)),
    ]
}
