import Routing

extension Profile {
    /// The profile of a name as other programs use it: ours, or what they call theirs.
    static func called(_ name: String) -> Profile? {
        if let own = named(name) { return own }
        return switch name {
        case "walking", "pedestrian", "foot-walking", "foot-hiking": .foot
        case "wheelchair": .manualWheelchair
        default: nil
        }
    }
}
