import Basics
import Routing

/// Something that closes pieces of the network at the moment: a report, a lift that stands still.
struct Closure: Sendable, Hashable {
    /// Its identifier: two closures of one identifier are the same.
    var id: String
    /// What kind of violation it is on a route.
    var kind: ViolationKind
    /// What it is, for people.
    var text: Bilingual
    /// Where it is.
    var position: GeoPoint
    /// The segments that it closes.
    var segments: [Int]
    /// Whether an officer saw it, or two sources agree.
    var isConfirmed: Bool
    /// The report that it follows from.
    var report: String?
    /// What a profile must need for the closure to matter to it; nothing where it stops everybody.
    var requirement: Profile.Requirement?

    /// Whether it closes the way for a profile.
    func concerns(_ profile: Profile) -> Bool {
        requirement.map(profile.requirements.contains) ?? true
    }
}
