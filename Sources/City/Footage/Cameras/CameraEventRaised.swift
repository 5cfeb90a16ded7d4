public import Basics
public import Store

/// An event was raised before a camera; other rooms and systems act on it.
public struct CameraEventRaised: Event, Hashable {
    /// The name of the event in the outbox.
    public static let name = "cameras.eventRaised"

    /// The event.
    public var event: Int64
    /// The camera's number.
    public var camera: UInt32
    /// What happened, a word of `EventKind`.
    public var kind: String
    /// How dense a crowd is, from 1 to 4.
    public var level: Int?
    /// When.
    public var at: Instant

    /// Creates the event.
    public init(event: Int64, camera: UInt32, kind: String, level: Int?, at: Instant) {
        self.event = event
        self.camera = camera
        self.kind = kind
        self.level = level
        self.at = at
    }
}
