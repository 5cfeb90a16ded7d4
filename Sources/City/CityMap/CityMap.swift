public import Basics
import Cartography
public import Hosting
import Korean
import Packaging
public import Routing

/// The map of the city: one file, read once, shared by every room.
public final class CityMap: Sendable {
    /// The network to walk on.
    public let network: WalkingNetwork
    /// Plans ways over the network, for every profile.
    public let planner: RoutePlanner
    /// Whether it is the sample neighbourhood.
    public let isSample: Bool
    /// What people look for, by its number.
    public let places: [MapPlace]
    /// The south-western and the north-eastern corner.
    public let bounds: (southWest: GeoPoint, northEast: GeoPoint)
    let data: MapData
    /// Changes with the map, so that browsers may keep its tiles.
    let version: String
    private let words: SubstringIndex

    /// Reads a map.
    ///
    /// - Parameters:
    ///   - file: OpenStreetMap PBF, XML or gzipped XML.
    ///   - elevation: Heights that the slopes are taken from which no tag gives.
    ///   - isSample: Whether it is the sample neighbourhood.
    /// - Throws: `RoutingError` or `CartographyError` where it cannot be read.
    public convenience init(
        _ file: OSMFile,
        elevation: [any Terrain] = [],
        isSample: Bool = false
    ) throws {
        var network = try WalkingNetwork(file)
        if !elevation.isEmpty { _ = network.inferInclines(from: elevation) }
        try self.init(
            planner: RoutePlanner(network),
            data: MapData(file),
            isSample: isSample
        )
    }

    /// A map of which only the walking graph is there: its ways are all that is drawn.
    convenience init(_ planner: RoutePlanner) throws {
        try self.init(planner: planner, data: MapData(planner.network), isSample: false)
    }

    private init(planner: RoutePlanner, data: MapData, isSample: Bool) throws {
        network = planner.network
        self.planner = planner
        self.data = data
        self.isSample = isSample
        version = String(data.fingerprint, radix: 36)
        bounds = try CityMap.bounds(data, planner.network)
        places = MapPlace.all(in: data)
        words = try SubstringIndex(places.lazy.map(\.searchedText))
    }

    private static func bounds(_ data: MapData, _ network: WalkingNetwork) throws -> (
        southWest: GeoPoint, northEast: GeoPoint
    ) {
        guard let box = data.box else {
            let first = network.shapePoints[0]
            return (first, first)
        }
        return (
            try GeoPoint(WorldPoint(x: box.west, y: box.south)),
            try GeoPoint(WorldPoint(x: box.east, y: box.north))
        )
    }

    /// The map of a city: the file of the setting `map`, or the sample neighbourhood.
    ///
    /// - Throws: Where the file cannot be read.
    public static func of(_ platform: Platform) throws -> CityMap {
        try platform.shared.value(CityMap.self) {
            let path = platform.settings["map"]
            guard !path.isEmpty else { return try sample.get() }
            let file = try FileBytes(path: path)
            if try GraphFile.isGraph(file) { return try CityMap(GraphFile.planner(file)) }
            let tiles = try platform.settings["elevation"].split(separator: ",").map { name in
                try TerrainFile.open(FileBytes(path: String(name)), fileName: String(name))
            }
            return try CityMap(OSMFile(file), elevation: tiles)
        }
    }

    /// The sample neighbourhood, made once a process: it is the same for everybody.
    private static let sample = Result {
        try CityMap(OSMFile(SampleBuilder.elements().list()), isSample: true)
    }

    /// Whose map it is, to be shown beside it.
    public var attribution: Bilingual {
        isSample
            ? Bilingual("견본 자료: 지어낸 동네", "Sample data: a made-up neighbourhood")
            : Bilingual("© OpenStreetMap 기여자 (ODbL)", "© OpenStreetMap contributors (ODbL)")
    }

    /// The outlines of the buildings, each a closed ring.
    public var buildings: [[GeoPoint]] {
        data.outlines(of: .buildings).map { ring in ring.compactMap { try? GeoPoint($0) } }
    }

    /// A tile as a Mapbox Vector Tile 2.1; nothing where the map has nothing there.
    ///
    /// - Throws: `CartographyError` `badTile`.
    public func tile(z: Int, x: Int, y: Int) throws -> [UInt8]? {
        data.vectorTile(try TileAddress(zoom: z, x: x, y: y))
    }

    /// Whether a place lies within the map.
    public func contains(_ point: GeoPoint) -> Bool {
        point.latitudeE7 >= bounds.southWest.latitudeE7
            && point.latitudeE7 <= bounds.northEast.latitudeE7
            && point.longitudeE7 >= bounds.southWest.longitudeE7
            && point.longitudeE7 <= bounds.northEast.longitudeE7
    }
}

/// Finding places.
extension CityMap {
    /// More results help nobody.
    public static let maximumFoundCount = 100
    /// Nothing farther away names a spot.
    public static let maximumNearMetres = 80.0

    /// The places that words name, by name, kind or address: those called so first.
    ///
    /// - Throws: `KoreanError` where the words are beyond the limits of a search.
    public func places(matching words: String, limit: Int = 20) throws -> [MapPlace] {
        let found = try find(TextQuery(words)).places
        return Array(found.prefix(min(limit, CityMap.maximumFoundCount)))
    }

    /// The places that a query names, up to `maximumFoundCount`, and what was searched.
    func find(_ query: TextQuery) throws -> (places: [MapPlace], search: SubstringSearch) {
        let finding = words.find(try SubstringSearch(query))
        let rows = finding.matches.rowNumbers
        let ranked = words.ranked(rows, by: finding.search) ?? rows
        let found = ranked.prefix(CityMap.maximumFoundCount * 10).map { places[Int($0)] }
        func isCalled(_ place: MapPlace) -> Bool {
            place.name == query.text || place.address == query.text
        }
        // Streets are many, and most of them are named after what somebody looks for.
        let others = found.filter { !isCalled($0) }
        let ordered =
            found.filter(isCalled) + others.filter { $0.kind != .street }
            + others.filter { $0.kind == .street }
        return (Array(ordered.prefix(CityMap.maximumFoundCount)), finding.search)
    }

    /// The place of a number.
    public func place(number: Int) -> MapPlace? {
        places.indices.contains(number) ? places[number] : nil
    }

    /// What people look for most: stations first, then what the city runs.
    var sights: [MapPlace] {
        let order: [MapPlace.Kind] = [
            .station, .publicService, .health, .toilet, .school, .leisure,
        ]
        let sights = order.flatMap { kind in places.filter { $0.kind == kind } }
        return Array(sights.prefix(CityMap.sightCount))
    }

    private static let sightCount = 20
    private static let nearCount = 8

    /// The nearest named places around one.
    func places(near place: MapPlace) -> [MapPlace] {
        let named = places.filter {
            $0.number != place.number && ![.street, .address, .quarter].contains($0.kind)
        }
        // A city has tens of thousands of places; only those in reach are put in order.
        let reach = CityMap.maximumNearMetres * 10
        let near = named.map { (place: $0, metres: $0.position.metres(to: place.position)) }
            .filter { $0.metres <= reach }.sorted { $0.metres < $1.metres }
        return near.prefix(CityMap.nearCount).map(\.place)
    }

    /// The nearest named place or address, within `maximumNearMetres`.
    public func place(near point: GeoPoint) -> MapPlace? {
        var nearest: (place: MapPlace, metres: Double)?
        // A degree of latitude is 111 km: what is farther off than this is not measured.
        let reach = Int64(CityMap.maximumNearMetres / 111_000 * 1e7)
        for place in places where place.kind != .street && place.kind != .quarter {
            guard abs(Int64(place.position.latitudeE7) - Int64(point.latitudeE7)) <= reach else {
                continue
            }
            let metres = point.metres(to: place.position)
            if metres <= CityMap.maximumNearMetres, metres < nearest?.metres ?? .infinity {
                nearest = (place, metres)
            }
        }
        return nearest?.place
    }
}

extension GeoPoint {
    /// The place of a point of the world map.
    init(_ point: WorldPoint) throws(RoutingError) {
        let degrees = point.degrees
        try self.init(latitude: degrees.latitude, longitude: degrees.longitude)
    }
}
