import Basics
public import Store

/// A barrier was reported: who mends ways may act on it.
public struct BarrierReported: Event {
    /// The stored name.
    public static let name = "wayfinding.barrierReported"
    /// The number of the report.
    public var number: String
    /// What it is: a `ReportKind`.
    public var kind: String
    /// Latitude in degrees.
    public var latitude: Double
    /// Longitude in degrees.
    public var longitude: Double
}

/// Somebody is to mend a barrier: work for the field.
public struct BarrierRepairAssigned: Event {
    /// The stored name.
    public static let name = "wayfinding.barrierRepairAssigned"
    /// The number of the report.
    public var number: String
    /// What it is: a `ReportKind`.
    public var kind: String
    /// Latitude in degrees.
    public var latitude: Double
    /// Longitude in degrees.
    public var longitude: Double
    /// Who mends it.
    public var assignee: String
    /// The day it is due, `2026-12-01`; empty where none was said.
    public var dueOn: String
}

/// A barrier is gone, or there was none.
public struct BarrierClosed: Event {
    /// The stored name.
    public static let name = "wayfinding.barrierClosed"
    /// The number of the report.
    public var number: String
    /// Whether it was mended; otherwise the report was rejected.
    public var isSolved: Bool
}
