public import Basics
public import Store

/// A camera has seen somebody who looks like the person of a case that watches.
public struct FootageSeen: Event, Hashable {
    /// The stored name.
    public static let name = "footage.seen"

    /// The kind of case: the service that handles its own.
    public var caseKind: String
    /// The case.
    public var caseID: String
    /// The warrant that watches.
    public var warrantID: String
    /// Whose warrant it is.
    public var holderID: String
    /// The sighting's name in the case.
    public var token: String
    /// The camera's number.
    public var camera: UInt32
    /// When.
    public var at: Instant
    /// How well it fits: the cosine, −1…1.
    public var score: Double
}
