/// The layers of the map, in the order in which they are drawn; the names stand in the tiles.
///
/// What attributes a layer's features have is written in docs/maps.md.
public enum MapLayer: String, Sendable, Hashable, Codable, CaseIterable {
    /// Grounds of one use: schools, hospitals, markets, squares, quarters of houses.
    case ground
    /// Parks, woods, meadows, trees.
    case green
    /// Rivers, streams, lakes: areas and lines.
    case water
    /// Buildings.
    case buildings
    /// Railways.
    case railways
    /// Streets.
    case roads
    /// Ways for people on foot, also indoors.
    case paths
    /// Steps and escalators.
    case steps
    /// Where streets are crossed: lines and points.
    case crossings
    /// Kerbs, posts, gates, walls: points and lines.
    case barriers
    /// Stations, their exits and platforms, bus stops.
    case stations
    /// Lifts.
    case lifts
    /// House numbers.
    case addresses
    /// Places by name: shops, services, quarters.
    case places

    /// The number of the layer.
    var number: Int { MapLayer.numbers[self] ?? 0 }

    private static let numbers = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
}

/// A value of an attribute.
public enum MapValue: Sendable, Hashable {
    /// Text.
    case text(String)
    /// A whole number.
    case number(Int)
    /// Yes or no.
    case flag(Bool)
}

/// What a feature is, without where.
public struct MapAttributes: Sendable, Hashable {
    /// The pairs in order.
    public private(set) var pairs: [(key: String, value: MapValue)] = []

    /// Creates attributes.
    public init() {}

    /// The value of a key.
    public subscript(key: String) -> MapValue? {
        pairs.first { $0.key == key }?.value
    }

    /// The text of a key.
    public func text(_ key: String) -> String? {
        if case .text(let text)? = self[key] { text } else { nil }
    }

    mutating func set(_ key: String, _ text: String?) {
        if let text, !text.isEmpty { pairs.append((key, .text(text))) }
    }

    mutating func set(_ key: String, _ number: Int?) {
        if let number { pairs.append((key, .number(number))) }
    }

    mutating func set(_ key: String, _ flag: Bool?) {
        if let flag { pairs.append((key, .flag(flag))) }
    }

    /// Whether they say the same.
    public static func == (a: MapAttributes, b: MapAttributes) -> Bool {
        a.pairs.elementsEqual(b.pairs) { $0 == $1 }
    }

    /// Hashes what they say.
    public func hash(into hasher: inout Hasher) {
        for (key, value) in pairs {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}
