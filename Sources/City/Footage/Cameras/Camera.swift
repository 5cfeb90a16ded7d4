public import Basics
public import City
import Glibc
import Store
public import Vision

/// A camera as those who watch and search see it: the asset in the words of the control room.
///
/// The record is the asset; this is its reading. A camera whose asset lacks a place or a purpose still
/// is one: it stays out of maps and plans, and the control room's list says what is missing.
public struct Camera: Sendable, Hashable {
    /// The number sightings and events name; never given twice.
    public var number: UInt32
    /// The asset that says whose it is and where it is in its life.
    public var asset: Asset
    /// What it is for.
    public var purpose: CameraPurpose
    /// Where it stands, where that is known.
    public var place: CameraPlace?
    /// Where it looks, in degrees clockwise from north.
    public var bearingDegrees: Double
    /// How wide it sees, in degrees.
    public var fieldOfViewDegrees: Double
    /// How far a person is still told apart, in metres.
    public var rangeMeters: Double
    /// How high it hangs, in metres.
    public var heightMeters: Double
    /// What it resolves, in millions of pixels, where that is known.
    public var megapixels: Double?
    /// Whether it sees at night.
    public var hasInfrared: Bool
    /// Whether it turns; its zones hold in its home position only.
    public var turns: Bool
    /// When it was hung up.
    public var installedOn: LocalDate?
    /// The neighbourhood (행정동) it stands in; empty where it is not known.
    public var area: String
    /// How many days the owner says pictures are kept, where that is known.
    public var keptDays: Int?
    /// The scene it plays where it has no real picture.
    public var scene: GeneratedScene.Kind?
    /// Whether the address of a real picture is set; the address itself is a secret.
    public var hasStream: Bool

    static let yesOrNo = [
        AssetField.Choice(value: "yes", title: Bilingual("있음", "Yes")),
        AssetField.Choice(value: "no", title: Bilingual("없음", "No")),
    ]

    /// Reads a camera from its asset; what is not known gets the value of a plain fixed camera.
    public init(number: UInt32, asset: Asset, hasStream: Bool = false) {
        let facts = asset.facts.value
        self.number = number
        self.asset = asset
        purpose = facts["purpose"].flatMap(CameraPurpose.init) ?? .other
        place = CameraPlace(latitude: facts["latitude"], longitude: facts["longitude"])
        bearingDegrees = facts["bearingDegrees"].flatMap(Double.init) ?? 0
        fieldOfViewDegrees = facts["fieldOfViewDegrees"].flatMap(Double.init) ?? 90
        rangeMeters = facts["rangeMeters"].flatMap(Double.init) ?? 40
        heightMeters = facts["heightMeters"].flatMap(Double.init) ?? 5
        megapixels = facts["megapixels"].flatMap(Double.init)
        hasInfrared = facts["infrared"] == "yes"
        turns = facts["ptz"] == "yes"
        installedOn = facts["installedOn"].flatMap { LocalDate(iso: $0) }
        area = facts["area"] ?? ""
        keptDays = facts["keptDays"].flatMap(Int.init)
        scene = facts["scene"].flatMap(GeneratedScene.Kind.init)
        self.hasStream = hasStream
    }

    /// What people call it.
    public var name: String { asset.name }

    /// Whether it is there and in use.
    public var isInUse: Bool { asset.state == .active || asset.state == .faulty }
}

/// Where a camera stands (WGS 84).
public struct CameraPlace: Sendable, Hashable {
    /// Degrees north.
    public var latitude: Double
    /// Degrees east.
    public var longitude: Double

    /// Creates a place.
    public init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }

    init?(latitude: String?, longitude: String?) {
        guard let north = latitude.flatMap(Double.init), let east = longitude.flatMap(Double.init),
            abs(north) <= 90, abs(east) <= 180
        else { return nil }
        self.init(latitude: north, longitude: east)
    }

    /// The distance to another place in metres; right to a thousandth within a city.
    public func meters(to other: CameraPlace) -> Double {
        let metersPerDegree = 111_195.0
        let north = (other.latitude - latitude) * metersPerDegree
        let middle = (other.latitude + latitude) / 2 * .pi / 180
        let east = (other.longitude - longitude) * metersPerDegree * cos(middle)
        return (east * east + north * north).squareRoot()
    }
}
