/// What the rules say of a person and a programme.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every condition is met.
    case eligible
    /// A condition is not met.
    case ineligible
    /// Something is not known yet that decides it.
    case undecided
    /// No version of the programme is in force on the day.
    case notInForce
}
