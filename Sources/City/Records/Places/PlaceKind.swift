public import Basics

/// What kind of place it is, a word of the service that owns it.
///
/// The city names the kinds of its own sample; a service adds its own as static members.
public struct PlaceKind: RawRepresentable, Sendable, Hashable, Codable {
    /// The stored word: `districtOffice`.
    public let rawValue: String

    /// Creates a kind from its stored word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The city hall (시청).
    public static let cityHall = PlaceKind(rawValue: "cityHall")
    /// The office of a district (구청).
    public static let districtOffice = PlaceKind(rawValue: "districtOffice")
    /// A public library (도서관).
    public static let library = PlaceKind(rawValue: "library")
    /// A centre for the elderly (경로당).
    public static let seniorCenter = PlaceKind(rawValue: "seniorCenter")
    /// A day care centre (어린이집).
    public static let childcareCenter = PlaceKind(rawValue: "childcareCenter")
    /// A public indoor playground (서울형 키즈카페).
    public static let kidsCafe = PlaceKind(rawValue: "kidsCafe")
    /// A neighbourhood centre for children after school (우리동네키움센터).
    public static let kiumCenter = PlaceKind(rawValue: "kiumCenter")
    /// A house for mothers and newborns after birth (산후조리원).
    public static let postpartumCenter = PlaceKind(rawValue: "postpartumCenter")
    /// A centre for the health of mothers and children (모자건강센터).
    public static let childHealthCenter = PlaceKind(rawValue: "childHealthCenter")

    /// The kinds the city names, in the order they are offered.
    public static let named: [PlaceKind] = [
        .cityHall, .districtOffice, .library, .seniorCenter, .childcareCenter, .kidsCafe,
        .kiumCenter, .postpartumCenter, .childHealthCenter,
    ]

    /// What people call it; a service's own word where the city has none.
    public var title: Bilingual {
        switch self {
        case .cityHall: Bilingual("시청", "City hall")
        case .districtOffice: Bilingual("구청", "District office")
        case .library: Bilingual("도서관", "Library")
        case .seniorCenter: Bilingual("경로당", "Senior centre")
        case .childcareCenter: Bilingual("어린이집", "Day care centre")
        case .kidsCafe: Bilingual("키즈카페", "Kids' café")
        case .kiumCenter: Bilingual("우리동네키움센터", "After-school centre")
        case .postpartumCenter: Bilingual("산후조리원", "Postpartum house")
        case .childHealthCenter: Bilingual("모자건강센터", "Mother and child health centre")
        default: Bilingual(same: rawValue)
        }
    }
}

/// Where what is known of a place comes from.
public enum PlaceSource: String, Sendable, Hashable, Codable, CaseIterable {
    /// The organization that owns the place entered it.
    case organization
    /// Public knowledge: a public building with its published address, its position rounded.
    case publicKnowledge
    /// Generated for the sample city: there is no such place.
    case sample

    /// The source in words.
    public var title: Bilingual {
        switch self {
        case .organization: Bilingual("소관 기관이 등록", "Entered by its organization")
        case .publicKnowledge:
            Bilingual("공개된 청사 정보, 위치는 대략(2023년)", "Public record, position approximate (2023)")
        case .sample: Bilingual("표본: 만들어 낸 곳", "Sample: a place that is made up")
        }
    }
}
