/// Where the network knows something from.
public enum Provenance: UInt8, Sendable, Hashable, Codable, CaseIterable {
    /// A tag of the map says it.
    case tagged = 0
    /// It follows from another tag or from the terrain.
    case inferred = 1
    /// A person reported it.
    case reported = 2
}

/// A value with where it comes from and whether somebody answers for it.
public struct Known<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public var value: Value
    /// Where it comes from.
    public var provenance: Provenance
    /// Whether a mapper or an officer saw it; what was inferred or only reported is not confirmed.
    public var isConfirmed: Bool

    /// Creates a value; tags count as confirmed, everything else does not unless said.
    public init(_ value: Value, _ provenance: Provenance, isConfirmed: Bool? = nil) {
        self.value = value
        self.provenance = provenance
        self.isConfirmed = isConfirmed ?? (provenance == .tagged)
    }
}

/// A value that fits into an attribute: everything about a way is a small number.
public protocol AttributeValue: Sendable, Hashable {
    /// The number that stands for the value.
    var attributeCode: Int32 { get }
    /// The value of a number.
    init?(attributeCode: Int32)
}

extension AttributeValue where Self: CaseIterable {
    /// The place among all cases.
    public var attributeCode: Int32 {
        Int32(Self.allCases.enumerated().first { $0.element == self }?.offset ?? 0)
    }
    /// The case at a place.
    public init?(attributeCode: Int32) {
        guard let found = Self.allCases.dropFirst(Int(max(attributeCode, 0))).first,
            attributeCode >= 0
        else { return nil }
        self = found
    }
}

extension Int: AttributeValue {
    /// The number itself, as far as it fits.
    public var attributeCode: Int32 { Int32(clamping: self) }
    /// The number itself.
    public init(attributeCode: Int32) { self = Int(attributeCode) }
}

extension Bool: AttributeValue {
    /// 1 or 0.
    public var attributeCode: Int32 { self ? 1 : 0 }
    /// Whether the number is not 0.
    public init(attributeCode: Int32) { self = attributeCode != 0 }
}

/// Which attribute: a number for the file and the type of its value for the compiler.
public struct AttributeKey<Value: AttributeValue>: Sendable, Hashable {
    let code: UInt8
}

/// What is known about a way or a place of the network; what is not in it is unknown, not good.
public struct Attributes: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        var key: UInt8
        var provenance: Provenance
        var isConfirmed: Bool
        var code: Int32
    }

    private(set) var entries: [Entry] = []

    /// Creates attributes that know nothing.
    public init() {}

    init(entries: [Entry]) {
        self.entries = entries.sorted { $0.key < $1.key }
    }

    /// What the tags of a way say about it; nothing where nobody walks there.
    public init?(wayTags tags: OSMTags) {
        guard let walkable = WayClassifier.classify(tags) else { return nil }
        self = walkable.attributes
    }

    /// What the tags of a node say to people who walk over it.
    public init(nodeTags tags: OSMTags) {
        self = NodeClassifier.classify(tags)
    }

    /// Whether nothing is known.
    public var isEmpty: Bool { entries.isEmpty }

    /// An attribute.
    public subscript<Value>(key: AttributeKey<Value>) -> Known<Value>? {
        get {
            guard let entry = entries.first(where: { $0.key == key.code }),
                let value = Value(attributeCode: entry.code)
            else { return nil }
            return Known(value, entry.provenance, isConfirmed: entry.isConfirmed)
        }
        set {
            entries.removeAll { $0.key == key.code }
            guard let newValue else { return }
            let at = entries.firstIndex { $0.key > key.code } ?? entries.endIndex
            entries.insert(
                Entry(
                    key: key.code,
                    provenance: newValue.provenance,
                    isConfirmed: newValue.isConfirmed,
                    code: newValue.value.attributeCode
                ),
                at: at
            )
        }
    }

    /// Notes what a tag says, where it says something.
    mutating func tag<Value>(_ key: AttributeKey<Value>, _ value: Value?) {
        if let value { self[key] = Known(value, .tagged) }
    }

    /// Notes what follows from something else, unless more is known already.
    mutating func infer<Value>(_ key: AttributeKey<Value>, _ value: Value?) {
        if let value, self[key] == nil { self[key] = Known(value, .inferred) }
    }
}

extension AttributeKey where Value == PathKind {
    /// What kind of way it is.
    public static let kind = AttributeKey(code: 1)
}
extension AttributeKey where Value == Surface {
    /// What it is paved with.
    public static let surface = AttributeKey(code: 2)
}
extension AttributeKey where Value == Smoothness {
    /// How even it is.
    public static let smoothness = AttributeKey(code: 3)
}
extension AttributeKey where Value == CrossingKind {
    /// How a street is crossed.
    public static let crossing = AttributeKey(code: 4)
}
extension AttributeKey where Value == KerbKind {
    /// What the kerb is like.
    public static let kerb = AttributeKey(code: 5)
}
extension AttributeKey where Value == WheelchairAccess {
    /// What the map says outright about wheelchairs.
    public static let wheelchair = AttributeKey(code: 6)
}
extension AttributeKey where Value == BarrierKind {
    /// What stands in the way.
    public static let barrier = AttributeKey(code: 7)
}
extension AttributeKey where Value == Slope {
    /// A slope whose measure nobody gave: "up", "down", "steep".
    public static let slope = AttributeKey(code: 8)
}
extension AttributeKey where Value == Int {
    /// The usable width in centimetres.
    public static let widthCentimetres = AttributeKey(code: 16)
    /// The slope along the way in thousandths, positive where it climbs.
    public static let inclinePermille = AttributeKey(code: 17)
    /// The height of the kerb in millimetres.
    public static let kerbMillimetres = AttributeKey(code: 18)
    /// The number of steps.
    public static let stepCount = AttributeKey(code: 19)
    /// The lowest level in tenths of a storey; 0 is the ground.
    public static let lowestLevelTenths = AttributeKey(code: 20)
    /// The highest level in tenths of a storey.
    public static let highestLevelTenths = AttributeKey(code: 21)
    /// The opening hours: the number of a text of the network.
    public static let openingHours = AttributeKey(code: 22)
}
extension AttributeKey where Value == Bool {
    /// A guiding line in the pavement.
    public static let tactilePaving = AttributeKey(code: 32)
    /// A signal that can be heard.
    public static let soundSignal = AttributeKey(code: 33)
    /// A signal that can be felt.
    public static let vibratingSignal = AttributeKey(code: 34)
    /// A handrail.
    public static let handrail = AttributeKey(code: 35)
    /// A ramp beside the steps that wheelchairs may use.
    public static let wheelchairRamp = AttributeKey(code: 36)
    /// Within a building.
    public static let indoor = AttributeKey(code: 37)
    /// Under construction.
    public static let construction = AttributeKey(code: 38)
    /// Out of service: a lift, an escalator.
    public static let outOfService = AttributeKey(code: 39)
    /// Lit at night.
    public static let lit = AttributeKey(code: 40)
    /// A refuge in the middle of the street.
    public static let island = AttributeKey(code: 41)
    /// On a bridge or in a tunnel.
    public static let offGround = AttributeKey(code: 42)
}
