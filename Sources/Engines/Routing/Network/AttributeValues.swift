/// What kind of way it is.
public enum PathKind: String, AttributeValue, Codable, CaseIterable {
    /// A way for walkers.
    case footway
    /// A pavement beside a street.
    case sidewalk
    /// Across a street.
    case crossing
    /// A path, also through a park or a wood.
    case path
    /// A track of fields and woods.
    case track
    /// A street or square for walkers.
    case pedestrian
    /// A street where walkers go first.
    case livingStreet
    /// A quiet street without known pavement.
    case street
    /// A busy street without known pavement.
    case busyStreet
    /// A way for bicycles that walkers may use.
    case cycleway
    /// Steps.
    case steps
    /// Moving steps.
    case escalator
    /// A lift.
    case lift
    /// A corridor in a building.
    case corridor
    /// A platform of a station or stop.
    case platform
}

/// What a way is paved with.
public enum Surface: String, AttributeValue, Codable, CaseIterable {
    /// Asphalt, concrete, wood, metal: one even sheet.
    case paved
    /// Slabs and even stones.
    case slabs
    /// Setts and cobbles.
    case cobbles
    /// Packed ground and fine gravel.
    case compacted
    /// Loose gravel, pebbles.
    case gravel
    /// Earth, grass.
    case ground
    /// Sand, mud, snow.
    case loose
}

/// How even a way is (OpenStreetMap `smoothness`), the best first.
public enum Smoothness: String, AttributeValue, Codable, CaseIterable, Comparable {
    /// For thin wheels.
    case excellent
    /// For thin wheels, with small cracks.
    case good
    /// For wheelchairs.
    case intermediate
    /// For thick tyres.
    case bad
    /// For high wheels.
    case veryBad
    /// For off-road vehicles.
    case horrible
    /// For nothing with wheels.
    case impassable

    /// Whether it is more even.
    public static func < (a: Smoothness, b: Smoothness) -> Bool {
        a.attributeCode < b.attributeCode
    }
}

/// How a street is crossed.
public enum CrossingKind: String, AttributeValue, Codable, CaseIterable {
    /// With a signal.
    case signals
    /// Marked, without a signal.
    case marked
    /// Neither marked nor with a signal.
    case unmarked
}

/// What a kerb is like (OpenStreetMap `kerb`).
public enum KerbKind: String, AttributeValue, Codable, CaseIterable {
    /// Level.
    case flush
    /// Lowered to about 3 cm.
    case lowered
    /// Rounded.
    case rolled
    /// At full height.
    case raised

    /// The height that the kind stands for where none was measured.
    var usualMillimetres: Int {
        switch self {
        case .flush: 0
        case .lowered: 30
        case .rolled: 80
        case .raised: 120
        }
    }
}

/// What the map says outright about wheelchairs.
public enum WheelchairAccess: String, AttributeValue, Codable, CaseIterable {
    /// Passable.
    case yes
    /// Passable with help.
    case limited
    /// Not passable.
    case no
}

/// What stands in the way.
public enum BarrierKind: String, AttributeValue, Codable, CaseIterable {
    /// Posts and blocks.
    case bollard
    /// A gate or a door.
    case gate
    /// A gate that only walkers without anything get through: turnstile, stile, kissing gate.
    case turnstile
    /// Barriers that are walked around.
    case cycleBarrier
}

/// A slope without measure.
public enum Slope: String, AttributeValue, Codable, CaseIterable {
    /// Upwards along the way.
    case up
    /// Downwards along the way.
    case down
    /// Steep, nobody said which way.
    case steep
}
