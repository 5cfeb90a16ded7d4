public import Basics

/// The opening hours of a network, read once: of ways, and of the lifts, gates and entrances on them.
public struct OpeningTimes: Sendable {
    /// A way, a lift or an entrance that has hours.
    public struct Place: Sendable, Hashable {
        /// The hours as the map has them.
        public var text: String
        /// The segments that nobody passes while it is closed.
        public var segments: [Int]
        /// Where it is.
        public var position: GeoPoint
    }

    /// Whatever has hours: nodes first, then ways, each by its number.
    public let places: [Place]
    /// For each place the number of its hours; many places have the same.
    private let numbers: [Int]
    /// The different hours; nothing where a text cannot be read.
    private let hours: [OSMOpeningHours?]

    /// Finds what has hours in a network.
    public init(_ network: WalkingNetwork) {
        var places: [Place] = []
        var texts: [Int] = []
        for (node, segments) in OpeningTimes.segments(atNodesOf: network) {
            let text = network.attributes(ofNode: node)[.openingHours]?.value ?? 0
            places.append(
                Place(
                    text: network.hoursText(text),
                    segments: segments,
                    position: network.nodePositions[node]
                )
            )
            texts.append(text)
        }
        for (text, segments) in OpeningTimes.segments(ofWaysOf: network) {
            let shape = network.shape(of: segments[0])
            guard let position = shape.first else { continue }
            places.append(
                Place(text: network.hoursText(text), segments: segments, position: position)
            )
            texts.append(text)
        }
        var different = Interner<Int>([])
        self.places = places
        numbers = texts.map { Int(different.number($0)) }
        hours = different.values.map { OSMOpeningHours(network.hoursText($0)) }
    }

    /// The places whose hours nobody can read: nobody knows whether they are open.
    public var unreadable: [Int] { places.indices.filter { hours[numbers[$0]] == nil } }

    /// The places that are closed at a moment.
    ///
    /// - Parameters:
    ///   - date: The day, in the place's time.
    ///   - minute: Minutes since midnight.
    ///   - isHoliday: Whether a day is a public holiday.
    /// - Returns: Their numbers among `places`.
    public func closed(
        _ date: LocalDate,
        minute: Int,
        isHoliday: (LocalDate) -> Bool = { _ in false }
    ) -> [Int] {
        let isClosed = hours.map {
            $0?.isOpen(date, minute: minute, isHoliday: isHoliday) == false
        }
        return places.indices.filter { isClosed[numbers[$0]] }
    }

    private static func segments(atNodesOf network: WalkingNetwork) -> [(node: Int, [Int])] {
        var found: [Int: [Int]] = [:]
        for (number, segment) in network.segments.enumerated() {
            for node in [segment.tail, segment.head].map({ Int($0) })
            where network.attributes(ofNode: node)[.openingHours] != nil {
                found[node, default: []].append(number)
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The segments of each way with hours, which lie one after the other.
    private static func segments(ofWaysOf network: WalkingNetwork) -> [(text: Int, [Int])] {
        var found: [(text: Int, segments: [Int])] = []
        var way: Int64?
        for (number, segment) in network.segments.enumerated() {
            guard let text = network.attributes(of: number)[.openingHours]?.value else { continue }
            if way == segment.way, found.last?.segments.last == number - 1 {
                found[found.count - 1].segments.append(number)
            } else {
                found.append((text, [number]))
            }
            way = segment.way
        }
        return found.map { ($0.text, $0.segments) }
    }
}

extension WalkingNetwork {
    /// Opening hours by their number, which a file may have given wrong.
    fileprivate func hoursText(_ number: Int) -> String {
        texts.indices.contains(number) ? texts[number] : ""
    }
}
