public import Basics
public import Packaging

/// Reads traces: GPX 1.1 (https://www.topografix.com/GPX/1/1/) and GeoJSON (RFC 7946).
public enum TraceReader {
    /// Reads the points of all tracks of a GPX file, or of its routes where it has no track.
    ///
    /// - Throws: `RoutingError` `badTrace`, `traceTooLong`, `coordinateOutsideWorld`, or
    ///   `PackagingError` where it is no XML.
    public static func gpx(_ source: any ByteSource) throws -> [PositionFix] {
        let scanner = XMLScanner(source, context: "gpx")
        var reader = GPXReader()
        while true {
            switch try scanner.next() {
            case .start: try reader.start(scanner)
            case .text: try reader.text(scanner)
            case .end: try reader.end()
            case .finish:
                guard !reader.fixes.isEmpty else { throw RoutingError.badTrace("no trkpt") }
                return reader.fixes
            }
        }
    }

    /// Reads the first line of a GeoJSON document, with the times of its property `coordTimes` where
    /// it has them, or the points of a collection with the properties `time`, `accuracy`, `speed` and
    /// `heading`.
    ///
    /// - Throws: `RoutingError` `badTrace`, `traceTooLong`, or `coordinateOutsideWorld`.
    public static func geoJSON(_ document: JSONValue) throws(RoutingError) -> [PositionFix] {
        let features = features(document)
        let fixes: [PositionFix]
        if let line = features.first(where: { $0.member("geometry")?.type == "LineString" }) {
            fixes = try self.fixes(ofLine: line)
        } else {
            var points: [PositionFix] = []
            for feature in features where feature.member("geometry")?.type == "Point" {
                points.append(try fix(ofPoint: feature))
            }
            fixes = points
        }
        guard !fixes.isEmpty else { throw .badTrace("no LineString, no Point") }
        guard fixes.count <= TraceMatcher.maximumFixCount else {
            throw .traceTooLong(count: fixes.count)
        }
        return fixes
    }

    /// The features of a document, which may be a collection, one feature or a bare geometry.
    private static func features(_ document: JSONValue) -> [JSONValue] {
        switch document.type {
        case "FeatureCollection": document.member("features")?.items ?? []
        case "Feature": [document]
        default: [.object(["geometry": document])]
        }
    }

    private static func fixes(ofLine feature: JSONValue) throws(RoutingError) -> [PositionFix] {
        let positions = feature.member("geometry")?.member("coordinates")?.items ?? []
        let times = feature.member("properties")?.member("coordTimes")?.items ?? []
        var fixes: [PositionFix] = []
        for (number, position) in positions.enumerated() {
            let time = number < times.count ? times[number] : .null
            fixes.append(PositionFix(try place(position), timeSeconds: try seconds(time)))
        }
        return fixes
    }

    private static func fix(ofPoint feature: JSONValue) throws(RoutingError) -> PositionFix {
        let properties = feature.member("properties")
        return PositionFix(
            try place(feature.member("geometry")?.member("coordinates") ?? .null),
            timeSeconds: try seconds(properties?.member("time") ?? .null),
            accuracyMetres: properties?.member("accuracy")?.number,
            metresPerSecond: properties?.member("speed")?.number,
            headingDegrees: properties?.member("heading")?.number
        )
    }

    private static func place(_ position: JSONValue) throws(RoutingError) -> GeoPoint {
        guard let items = position.items, items.count >= 2, let longitude = items[0].number,
            let latitude = items[1].number
        else { throw .badTrace("position") }
        return try GeoPoint(latitude: latitude, longitude: longitude)
    }

    private static func seconds(_ time: JSONValue) throws(RoutingError) -> Double? {
        switch time {
        case .null: return nil
        case .string(let text): return try seconds(text)
        default: return time.number
        }
    }

    /// The seconds of an RFC 3339 time since 1970.
    static func seconds(_ text: String) throws(RoutingError) -> Double {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Double? {
            guard range.upperBound <= bytes.count else { return nil }
            return Double(String(decoding: bytes[range], as: UTF8.self))
        }
        guard let date = LocalDate(iso: String(text.prefix(10))), bytes.count >= 20,
            let hour = number(11..<13), let minute = number(14..<16)
        else { throw .badTrace("time \(text.prefix(40))") }
        let end = bytes[17...].firstIndex { ![0x2e].contains($0) && !(0x30...0x39).contains($0) }
        guard let end, let second = number(17..<end) else {
            throw .badTrace("time \(text.prefix(40))")
        }
        var offset = 0.0
        if bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-") {
            guard let hours = number(end + 1..<end + 3), let minutes = number(end + 4..<end + 6)
            else { throw .badTrace("time \(text.prefix(40))") }
            offset = (hours * 3_600 + minutes * 60) * (bytes[end] == UInt8(ascii: "-") ? -1 : 1)
        }
        return Double(date.daysSinceEpoch) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    }
}

/// The points of tracks, and the times that stand in them.
private struct GPXReader {
    private(set) var fixes: [PositionFix] = []
    private var path: [Element] = []
    private var time: [UInt8] = []

    private enum Element { case point, time, other }

    mutating func start(_ scanner: XMLScanner) throws {
        if scanner.isNamed("trkpt") || scanner.isNamed("rtept") {
            guard let latitude = try scanner.attribute("lat").flatMap(Double.init),
                let longitude = try scanner.attribute("lon").flatMap(Double.init)
            else { throw RoutingError.badTrace("lat, lon") }
            guard fixes.count < TraceMatcher.maximumFixCount else {
                throw RoutingError.traceTooLong(count: fixes.count + 1)
            }
            fixes.append(PositionFix(try GeoPoint(latitude: latitude, longitude: longitude)))
            path.append(.point)
        } else if path.last == .point, scanner.isNamed("time") {
            time = []
            path.append(.time)
        } else {
            path.append(.other)
        }
    }

    mutating func text(_ scanner: XMLScanner) throws {
        if path.last == .time { try scanner.appendText(to: &time) }
    }

    mutating func end() throws {
        if path.popLast() == .time {
            let text = String(decoding: time, as: UTF8.self)
            fixes[fixes.count - 1].timeSeconds = try TraceReader.seconds(text)
        }
    }
}

extension JSONValue {
    fileprivate func member(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    fileprivate var items: [JSONValue]? {
        if case .array(let items) = self { items } else { nil }
    }

    fileprivate var type: String? { member("type")?.string }
}
