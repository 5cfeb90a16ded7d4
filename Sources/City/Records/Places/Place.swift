public import Basics

/// A place of the city that services refer to: an office, a hall, a center.
public struct Place: Sendable, Hashable, Codable {
    /// The identifier.
    public var id: String
    /// What kind of place it is.
    public var kind: PlaceKind
    /// The Korean name.
    public var name: String
    /// The English name.
    public var nameEnglish: String
    /// Whose place it is.
    public var organizationID: String
    /// The code of the district it stands in, `11350`; empty where it is not known.
    public var district: String
    /// The road name address, in Korean; empty where it is not known.
    public var address: String
    /// Degrees east, WGS 84.
    public var longitude: Double
    /// Degrees north, WGS 84.
    public var latitude: Double
    /// Where this is known from.
    public var source: PlaceSource

    /// Creates a place.
    public init(
        id: String,
        kind: PlaceKind,
        name: Bilingual,
        organizationID: String,
        district: String = "",
        address: String = "",
        longitude: Double,
        latitude: Double,
        source: PlaceSource = .organization
    ) {
        self.id = id
        self.kind = kind
        self.name = name.korean
        nameEnglish = name.english
        self.organizationID = organizationID
        self.district = district
        self.address = address
        self.longitude = longitude
        self.latitude = latitude
        self.source = source
    }

    /// The name in both languages.
    public var title: Bilingual { Bilingual(name, nameEnglish) }
}
