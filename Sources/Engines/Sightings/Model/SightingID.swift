public import Basics

/// Which sighting: the day it lies in, the segment of the day, and its place in order of arrival.
///
/// It stays the same when a segment is sealed and its rows are put in order. Its text form is
/// `2026-11-25.3.1042`.
public struct SightingID: Sendable, Hashable, Comparable, LosslessStringConvertible {
    /// The day, in Korea's time.
    public var day: LocalDate
    /// The segment of the day, from 1.
    public var segment: UInt32
    /// The place in order of arrival, from 0.
    public var arrival: UInt32

    /// Creates an id.
    public init(day: LocalDate, segment: UInt32, arrival: UInt32) {
        self.day = day
        self.segment = segment
        self.arrival = arrival
    }

    /// Reads the text form; nothing else is accepted.
    public init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let day = LocalDate(iso: parts[0]),
            let segment = UInt32(parts[1]), let arrival = UInt32(parts[2])
        else { return nil }
        self.init(day: day, segment: segment, arrival: arrival)
        guard self.description == description else { return nil }
    }

    /// The text form.
    public var description: String { "\(day.iso).\(segment).\(arrival)" }

    /// In order of day, segment and arrival.
    public static func < (left: SightingID, right: SightingID) -> Bool {
        (left.day, left.segment, left.arrival) < (right.day, right.segment, right.arrival)
    }
}

extension SightingID: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = SightingID(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a sighting: \(text)")
            )
        }
        self = id
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
