public import Basics
public import Routing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// 해치동: a neighbourhood of Seoul's kind that nobody lives in, made for the sample city.
///
/// It lies where the map of the world has open sea, so that nobody takes its streets for real ones.
/// The same elements come out every time: hills with stairs, alleys, crossings with and without
/// sound signals, kerbs, a stream, a market, and a station two storeys deep with four exits.
public enum SampleNeighbourhood {
    /// The middle: in the sea west of Incheon.
    public static let origin = point(374_500_000, 1_263_000_000)
    /// What half of its width is, in metres.
    public static let halfWidthMetres = 620.0

    /// The elements as an OpenStreetMap file (XML), the same bytes every time.
    public static func openStreetMapXML() -> String { SampleBuilder.elements().xml() }

    /// The height of the ground in metres.
    public static func heightMetres(at point: GeoPoint) -> Double {
        SampleTerrain.metres(place(point))
    }

    /// A place so many metres east and north of the middle.
    public static func position(metresEast: Double, metresNorth: Double) -> GeoPoint {
        position(LocalPlace(metresEast, metresNorth))
    }

    private static let metresPerDegree = 6_371_008.8 * Double.pi / 180
    private static let narrowing = cos(37.45 * .pi / 180)

    static func position(_ place: LocalPlace) -> GeoPoint {
        point(
            Int64(origin.latitudeE7) + Int64((place.y / metresPerDegree * 1e7).rounded()),
            Int64(origin.longitudeE7)
                + Int64((place.x / metresPerDegree / narrowing * 1e7).rounded())
        )
    }

    private static func place(_ point: GeoPoint) -> LocalPlace {
        LocalPlace(
            (point.longitude - origin.longitude) * metresPerDegree * narrowing,
            (point.latitude - origin.latitude) * metresPerDegree
        )
    }

    private static func point(_ latitudeE7: Int64, _ longitudeE7: Int64) -> GeoPoint {
        do {
            return try GeoPoint(latitudeE7: latitudeE7, longitudeE7: longitudeE7)
        } catch {
            preconditionFailure("the sample neighbourhood lies on the Earth: \(error)")
        }
    }
}

extension SampleNeighbourhood {
    /// Places that samples and tests of other rooms name.
    public enum Landmark: String, Sendable, Hashable, CaseIterable {
        /// 까치역, where its concourse lies.
        case station
        /// Its platform, two storeys down.
        case platform
        /// Its exits, numbered as the signs are.
        case exit1, exit2, exit3, exit4
        /// 까치시장.
        case market
        /// The gate of 해치근린공원.
        case park
        /// The gate of 해치초등학교.
        case school
        /// 해치종합사회복지관, on the hill.
        case welfareCentre
        /// 해치병원.
        case hospital
        /// 해치도서관.
        case library
        /// 해치동 주민센터.
        case communityCentre
        /// A pharmacy by the station.
        case pharmacy
        /// A bus stop on 까치대로.
        case busStop
        /// Homes at the top of the hill.
        case hilltop
        /// The walk beside the stream.
        case streamWalk

        /// Where it is: on a way, so that routes can begin there.
        public var position: GeoPoint { SampleNeighbourhood.position(place) }

        /// What it is called.
        public var name: Bilingual {
            switch self {
            case .station: Bilingual("까치역", "Kkachi Station")
            case .platform: Bilingual("까치역 승강장", "Kkachi Station platform")
            case .exit1: Bilingual("까치역 1번 출구", "Kkachi Station exit 1")
            case .exit2: Bilingual("까치역 2번 출구", "Kkachi Station exit 2")
            case .exit3: Bilingual("까치역 3번 출구", "Kkachi Station exit 3")
            case .exit4: Bilingual("까치역 4번 출구", "Kkachi Station exit 4")
            case .market: Bilingual("까치시장", "Kkachi Market")
            case .park: Bilingual("해치근린공원", "Haechi Park")
            case .school: Bilingual("해치초등학교", "Haechi Primary School")
            case .welfareCentre: Bilingual("해치종합사회복지관", "Haechi Welfare Centre")
            case .hospital: Bilingual("해치병원", "Haechi Hospital")
            case .library: Bilingual("해치도서관", "Haechi Library")
            case .communityCentre: Bilingual("해치동 주민센터", "Haechi-dong Community Centre")
            case .pharmacy: Bilingual("까치약국", "Kkachi Pharmacy")
            case .busStop: Bilingual("까치역 정류장", "Kkachi Station bus stop")
            case .hilltop: Bilingual("솔마루 빌라", "Solmaru Villas")
            case .streamWalk: Bilingual("버들천 산책로", "Beodeul Stream walk")
            }
        }

        var place: LocalPlace {
            switch self {
            case .station: LocalPlace(60, -54)
            case .platform: LocalPlace(130, -54)
            case .exit1: LocalPlace(110, -46)
            case .exit2: LocalPlace(10, -46)
            case .exit3: LocalPlace(10, -74)
            case .exit4: LocalPlace(110, -74)
            case .market: LocalPlace(0, -150)
            case .park: LocalPlace(180, 150)
            case .school: LocalPlace(-240, 90)
            case .welfareCentre: LocalPlace(-240, 330)
            case .hospital: LocalPlace(240, -74)
            case .library: LocalPlace(120, 90)
            case .communityCentre: LocalPlace(130, -74)
            case .pharmacy: LocalPlace(-20, -46)
            case .busStop: LocalPlace(150, -46)
            case .hilltop: LocalPlace(-360, 450)
            case .streamWalk:
                LocalPlace(-240, SampleTerrain.streamNorthing(-240) + SampleBuilder.walkOffset)
            }
        }
    }

    /// Where cameras stand in the sample city, each with the direction it looks to, clockwise from
    /// north.
    public static let cameraSites: [(name: Bilingual, position: GeoPoint, bearingDegrees: Double)] =
        [
            site("까치역 1번 출구", "Kkachi Station exit 1", 118, -40, 225),
            site("까치역 2번 출구", "Kkachi Station exit 2", 2, -40, 135),
            site("까치역 3번 출구", "Kkachi Station exit 3", 2, -80, 45),
            site("까치역 4번 출구", "Kkachi Station exit 4", 118, -80, 315),
            site("까치역 네거리", "Kkachi Station junction", 80, -38, 230),
            site("까치시장 북문", "Kkachi Market north gate", 4, -84, 180),
            site("까치시장 남문", "Kkachi Market south gate", 4, -214, 0),
            site("해치근린공원 입구", "Haechi Park gate", 174, 150, 90),
            site("해치근린공원 놀이터", "Haechi Park playground", 240, 120, 20),
            site("해치초등학교 정문", "Haechi Primary School gate", -232, 84, 330),
            site("해치초등학교 통학로", "Way to Haechi Primary School", -300, 96, 90),
            site("느티로3길 계단", "Neuti-ro 3-gil stairs", -236, 268, 180),
            site("솔마루 골목", "Solmaru alley", -354, 446, 250),
            site("느티로 버스 정류장", "Neuti-ro bus stop", 120, 338, 270),
            site("버들천 산책로 서쪽", "Beodeul Stream walk, west", -420, -304, 80),
            site("버들천 산책로 동쪽", "Beodeul Stream walk, east", 300, -300, 280),
        ]

    private static func site(
        _ korean: String,
        _ english: String,
        _ x: Double,
        _ y: Double,
        _ bearing: Double
    ) -> (name: Bilingual, position: GeoPoint, bearingDegrees: Double) {
        (Bilingual(korean, english), position(LocalPlace(x, y)), bearing)
    }
}
