import Basics
import Routing
import Web

/// What went wrong, in the codes of the OSRM HTTP API
/// (https://project-osrm.org/docs/v5.24.0/api/#general-options).
struct OSRMError: Error, Hashable {
    /// The code, such as `InvalidUrl` or `NoRoute`.
    var code: String
    var message: String

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// A request of the OSRM HTTP API: the places of its path and the options of its query.
struct OSRMQuery: Sendable {
    /// Places of a route or a trace.
    static let maximumCoordinateCount = 100
    /// Cells of a table; each is a route of its own.
    static let maximumTableCellCount = 2_500

    /// How lines are written.
    enum Geometry: String, Sendable {
        case polyline
        case polyline6
        case geojson
    }

    /// How much of the line of a whole way is written.
    enum Overview: String, Sendable {
        case simplified
        case full
        case none = "false"
    }

    /// A place with what was asked of the way next to it.
    struct Place: Sendable {
        var position: GeoPoint
        var radiusMetres: Double?
        var heading: (degrees: Double, tolerance: Double)?
        var hint: String?
    }

    let profile: Profile
    let places: [Place]
    let geometry: Geometry
    let overview: Overview
    let steps: Bool
    let alternativeCount: Int
    /// The annotations asked for; empty where none.
    let annotations: Set<String>
    let voice: Bool
    let banner: Bool
    let language: Language
    let query: QueryItems

    /// Reads a request.
    ///
    /// - Throws: `OSRMError`.
    init(
        profile name: String,
        coordinates: String,
        _ query: QueryItems,
        language: Language
    ) throws(OSRMError) {
        guard let profile = Profile.called(name) else {
            throw OSRMError("InvalidProfile", "There is no profile \(name.prefix(40)).")
        }
        self.profile = profile
        self.query = query
        let positions = try Self.positions(coordinates)
        places = try Self.places(positions, query)
        geometry = try Self.option(query, "geometries", .polyline)
        overview = try Self.option(query, "overview", .simplified)
        steps = try Self.flag(query, "steps")
        voice = try Self.flag(query, "voice_instructions")
        banner = try Self.flag(query, "banner_instructions")
        alternativeCount = try Self.alternatives(query["alternatives"])
        annotations = try Self.annotations(query["annotations"])
        self.language =
            query["language"].map { $0.lowercased().hasPrefix("ko") ? .korean : .english }
            ?? language
    }

    private static func positions(_ text: String) throws(OSRMError) -> [GeoPoint] {
        var text = Substring(text)
        if text.hasSuffix(".json") { text = text.dropLast(5) }
        for (prefix, digits) in [("polyline(", 5), ("polyline6(", 6)] where text.hasPrefix(prefix) {
            let line = Polyline.decode(
                String(text.dropFirst(prefix.count).dropLast()),
                digits: digits
            )
            guard text.hasSuffix(")"), !line.isEmpty else {
                throw OSRMError("InvalidUrl", "The polyline cannot be read.")
            }
            return try checked(line)
        }
        var points: [GeoPoint] = []
        for pair in text.split(separator: ";", omittingEmptySubsequences: false) {
            let numbers = pair.split(separator: ",", omittingEmptySubsequences: false)
                .map { Double($0) }
            guard numbers.count == 2, let longitude = numbers[0], let latitude = numbers[1],
                let point = try? GeoPoint(latitude: latitude, longitude: longitude)
            else {
                throw OSRMError(
                    "InvalidUrl",
                    "Coordinates are longitude,latitude;longitude,latitude."
                )
            }
            points.append(point)
        }
        return try checked(points)
    }

    private static func checked(_ points: [GeoPoint]) throws(OSRMError) -> [GeoPoint] {
        guard points.count <= maximumCoordinateCount else {
            throw OSRMError("TooBig", "At most \(maximumCoordinateCount) coordinates.")
        }
        return points
    }

    /// Options with one value a place, separated by `;`.
    private static func list(_ query: QueryItems, _ name: String, _ count: Int) throws(OSRMError)
        -> [String?]
    {
        guard let text = query[name] else { return Array(repeating: nil, count: count) }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == count else {
            throw OSRMError("InvalidOptions", "\(name) has one value for each coordinate.")
        }
        return parts.map { $0.isEmpty ? nil : String($0) }
    }

    private static func places(_ points: [GeoPoint], _ query: QueryItems) throws(OSRMError)
        -> [Place]
    {
        let radiuses = try list(query, "radiuses", points.count)
        let bearings = try list(query, "bearings", points.count)
        let hints = try list(query, "hints", points.count)
        var places: [Place] = []
        for (at, point) in points.enumerated() {
            var place = Place(position: point, hint: hints[at])
            if let radius = radiuses[at], radius != "unlimited" {
                guard let metres = Double(radius), metres >= 0 else {
                    throw OSRMError("InvalidQuery", "A radius is a number of metres or unlimited.")
                }
                place.radiusMetres = metres
            }
            if let bearing = bearings[at] {
                let parts = bearing.split(separator: ",").map { Double($0) }
                guard parts.count == 2, let degrees = parts[0], let range = parts[1],
                    (0...360).contains(degrees), (0...180).contains(range)
                else {
                    throw OSRMError("InvalidQuery", "A bearing is 0…360,0…180.")
                }
                place.heading = (degrees, range)
            }
            places.append(place)
        }
        return places
    }

    private static func option<Value: RawRepresentable<String>>(
        _ query: QueryItems,
        _ name: String,
        _ otherwise: Value
    ) throws(OSRMError) -> Value {
        guard let text = query[name] else { return otherwise }
        guard let value = Value(rawValue: text) else {
            throw OSRMError("InvalidQuery", "\(name) has no value \(text.prefix(40)).")
        }
        return value
    }

    private static func flag(_ query: QueryItems, _ name: String) throws(OSRMError) -> Bool {
        switch query[name] {
        case nil, "false": return false
        case "true": return true
        default: throw OSRMError("InvalidQuery", "\(name) is true or false.")
        }
    }

    private static func alternatives(_ text: String?) throws(OSRMError) -> Int {
        switch text {
        case nil, "false": return 1
        case "true": return 2
        case .some(let text):
            guard let count = Int(text), count >= 0 else {
                throw OSRMError("InvalidQuery", "alternatives is true, false or a number.")
            }
            return min(count, RoutePlanner.maximumAlternativeCount - 1) + 1
        }
    }

    private static let annotationNames: Set<String> = [
        "duration", "distance", "speed", "weight", "nodes", "datasources",
    ]

    private static func annotations(_ text: String?) throws(OSRMError) -> Set<String> {
        switch text {
        case nil, "false": return []
        case "true": return annotationNames
        case .some(let text):
            let names = Set(text.split(separator: ",").map { String($0) })
            guard names.isSubset(of: annotationNames) else {
                throw OSRMError("InvalidQuery", "annotations has no value \(text.prefix(40)).")
            }
            return names
        }
    }

    /// The numbers of an option such as `sources`: `all`, or places of the list.
    func indices(_ name: String) throws(OSRMError) -> [Int] {
        guard let text = query[name], text != "all" else { return Array(places.indices) }
        let numbers = text.split(separator: ";").map { Int($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0.map(places.indices.contains) ?? false })
        else {
            throw OSRMError("InvalidOptions", "\(name) names coordinates by their numbers from 0.")
        }
        return numbers.compactMap(\.self)
    }
}
