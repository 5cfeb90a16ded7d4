public import Basics
public import Routing

/// Something on the map that people look for by name or address.
public struct MapPlace: Sendable, Hashable {
    /// What kind of place it is.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A station or an exit of one.
        case station
        /// A bus stop.
        case stop
        /// A lift.
        case lift
        /// A toilet.
        case toilet
        /// A hospital, a clinic, a pharmacy.
        case health
        /// A library, a community centre, a welfare centre, a post office, the police.
        case publicService
        /// A school or a kindergarten.
        case school
        /// A park, a playground, a viewpoint.
        case leisure
        /// A shop, a market, a restaurant.
        case shop
        /// A named building.
        case building
        /// An address alone.
        case address
        /// A street.
        case street
        /// A quarter.
        case quarter
        /// Anything else with a name.
        case other

        /// What it is called.
        public var title: Bilingual {
            switch self {
            case .station: Bilingual("역·출구", "Station")
            case .stop: Bilingual("정류장", "Stop")
            case .lift: Bilingual("엘리베이터", "Lift")
            case .toilet: Bilingual("화장실", "Toilet")
            case .health: Bilingual("병원·약국", "Health")
            case .publicService: Bilingual("공공시설", "Public service")
            case .school: Bilingual("학교·어린이집", "School")
            case .leisure: Bilingual("공원·쉼터", "Park")
            case .shop: Bilingual("가게·시장", "Shop")
            case .building: Bilingual("건물", "Building")
            case .address: Bilingual("주소", "Address")
            case .street: Bilingual("길", "Street")
            case .quarter: Bilingual("동네", "Quarter")
            case .other: Bilingual("장소", "Place")
            }
        }
    }

    /// Its number on this map: the same as long as the map is.
    public let number: Int
    /// What it is called; the address where it has no name.
    public let name: String
    /// What kind of place it is.
    public let kind: Kind
    /// Where it is.
    public let position: GeoPoint
    /// Its road-name address; empty where the map has none.
    public let address: String
    /// What the map says outright about wheelchairs.
    public let wheelchair: WheelchairAccess?
}
