public import Basics

/// The rule of a draw, published before anything is drawn: the strata, how places left over move,
/// which future public values make the seed, and who holds a secret share of it.
///
/// Its hash is SHA-256 of its canonical JSON.
public struct DrawRule: Sendable, Hashable, Codable {
    /// The most strata.
    public static let maximumStratumCount = 100
    /// The most places, and the longest waiting list, of a stratum.
    public static let maximumPlaceCount = 1_000_000
    /// The most public values.
    public static let maximumInputCount = 16
    /// The most officials.
    public static let maximumOfficialCount = 16
    /// The most bytes of a title or a name.
    public static let maximumTitleByteCount = 300

    /// The id of the draw, used once: letters, digits, `-`, `_`, `.`.
    public var draw: String
    /// What is drawn, for people.
    public var title: String
    /// The strata, in the order in which they are filled.
    public var strata: [DrawStratum]
    /// How places left over move.
    public var leftover: LeftoverRule
    /// Whether only one entrant of a group (household or person) is selected or put on a waiting list.
    public var onePerGroup: Bool
    /// The public values that make the seed, in order; at least one.
    public var inputs: [PublicInput]
    /// The officials whose secrets make the seed, in order.
    public var officials: [DrawOfficial]
    /// The key whose proof makes the seed too, where the city uses one (RFC 9381).
    public var vrfKey: HexBytes?

    /// Creates a rule.
    public init(
        draw: String,
        title: String,
        strata: [DrawStratum],
        leftover: LeftoverRule = .lapse,
        onePerGroup: Bool = false,
        inputs: [PublicInput],
        officials: [DrawOfficial] = [],
        vrfKey: HexBytes? = nil
    ) {
        self.draw = draw
        self.title = title
        self.strata = strata
        self.leftover = leftover
        self.onePerGroup = onePerGroup
        self.inputs = inputs
        self.officials = officials
        self.vrfKey = vrfKey
    }

    /// Reads a rule from JSON in any layout; a member that a rule does not have is an error, so that
    /// a misspelt one does not pass unseen.
    public static func read(_ bytes: [UInt8]) throws -> DrawRule {
        let rule = try CanonicalJSON.decode(DrawRule.self, from: bytes)
        guard try CanonicalJSON.decode(JSONValue.self, from: bytes) == rule.json else {
            throw DrawingError.badRule(
                .init("규칙에 없는 항목이 들어 있습니다", "it has a member that a rule does not have")
            )
        }
        try rule.validate()
        return rule
    }

    /// The JSON of the rule.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "draw": .string(draw), "title": .string(title), "leftover": leftover.json,
            "strata": .array(strata.map(\.json)), "onePerGroup": .boolean(onePerGroup),
            "inputs": .array(inputs.map(\.json)), "officials": .array(officials.map(\.json)),
        ]
        members["vrfKey"] = vrfKey.map { .string($0.hex) }
        return .object(members)
    }

    /// SHA-256 of the canonical JSON.
    public var hash: HexBytes {
        get throws { HexBytes(DrawHash.plain(try CanonicalJSON.bytes(json))) }
    }
}

/// A stratum (구간) of a draw.
public struct DrawStratum: Sendable, Hashable, Codable {
    /// The id that entrants name.
    public var id: String
    /// The name for people.
    public var name: String
    /// The places drawn for.
    public var places: Int
    /// The most entrants on the waiting list (예비순번).
    public var waiting: Int

    /// Creates a stratum.
    public init(id: String, name: String, places: Int, waiting: Int) {
        self.id = id
        self.name = name
        self.places = places
        self.waiting = waiting
    }

    var json: JSONValue {
        [
            "id": .string(id), "name": .string(name), "places": .integer(places),
            "waiting": .integer(waiting),
        ]
    }
}

/// How places that a stratum cannot fill move to others.
public struct LeftoverRule: Sendable, Hashable, Codable {
    /// A way for places to move.
    public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        /// They lapse.
        case lapse
        /// They go to the strata of `order`, each in turn until it has nobody left.
        case inOrder
        /// One by one, each to the stratum with the most entrants left for each place it was given
        /// (highest averages, D'Hondt); of equals to the earlier in the rule.
        case proportional
    }

    /// The way.
    public var method: Method
    /// The ids of the strata, in turn; empty for the other ways.
    public var order: [String]

    /// Places left over lapse.
    public static let lapse = LeftoverRule(method: .lapse, order: [])
    /// Places left over go where most entrants are left.
    public static let proportional = LeftoverRule(method: .proportional, order: [])
    /// Places left over go to strata in turn.
    public static func inOrder(_ ids: [String]) -> LeftoverRule {
        LeftoverRule(method: .inOrder, order: ids)
    }

    var json: JSONValue {
        ["method": .string(method.rawValue), "order": .array(order.map { .string($0) })]
    }
}

/// A public value that nobody knows yet when the draw is committed.
public struct PublicInput: Sendable, Hashable, Codable {
    /// What the value is and where it is published, so that anybody can look it up.
    public var name: String
    /// How its text is read.
    public var form: InputForm
    /// The day it is published.
    public var publishedOn: LocalDate

    /// Creates a public value.
    public init(name: String, form: InputForm, publishedOn: LocalDate) {
        self.name = name
        self.form = form
        self.publishedOn = publishedOn
    }

    var json: JSONValue {
        [
            "name": .string(name), "form": .string(form.rawValue),
            "publishedOn": .string(publishedOn.iso),
        ]
    }
}

/// An official who holds a secret share of the seed.
public struct DrawOfficial: Sendable, Hashable, Codable {
    /// The office, for people; unique in the draw.
    public var name: String
    /// The hash that binds the official to the secret (`OfficialSecret.commitment`).
    public var commitment: HexBytes

    /// Creates an official.
    public init(name: String, commitment: HexBytes) {
        self.name = name
        self.commitment = commitment
    }

    var json: JSONValue {
        ["name": .string(name), "commitment": .string(commitment.hex)]
    }
}
