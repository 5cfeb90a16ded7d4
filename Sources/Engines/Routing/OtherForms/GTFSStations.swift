public import Packaging

/// Reads the ways inside of stations from a GTFS feed: `stops.txt`, `levels.txt`, `pathways.txt`
/// (https://gtfs.org/documentation/schedule/reference/).
///
/// A pathway becomes a way between two places, in OpenStreetMap's tags: its mode, steps, slope, width and
/// levels. Its length is that between the places; `length` and `traversal_time` are not kept.
public enum GTFSStations {
    /// The elements of a feed in a ZIP archive.
    ///
    /// - Throws: `RoutingError` `damagedMap` or `coordinateOutsideWorld`, or what the archive throws.
    public static func elements(_ feed: some RandomAccessBytes) throws -> OSMElementList {
        let archive = try ZipArchive(feed)
        return try elements { name in
            guard var part = try archive.part(name) else { return nil }
            return try part.collect(maximumByteCount: maximumTableByteCount)
        }
    }

    /// The largest table of a feed that is read.
    public static let maximumTableByteCount = 256 << 20

    /// The elements of a feed whose files are handed out by their names; nothing for one that is
    /// not there.
    ///
    /// - Throws: `RoutingError` `damagedMap` or `coordinateOutsideWorld`, or what the files throw.
    public static func elements(
        files: (_ name: String) throws -> [UInt8]?
    ) throws -> OSMElementList {
        guard let stops = try files("stops.txt"), let pathways = try files("pathways.txt") else {
            throw RoutingError.damagedMap("GTFS without stops.txt or pathways.txt")
        }
        var reader = StationReader()
        if let levels = try files("levels.txt") { try reader.readLevels(levels) }
        try reader.readStops(stops)
        try reader.readPathways(pathways)
        return reader.list
    }
}

private struct StationReader {
    private struct Stop {
        var id: String
        var position: GeoPoint?
        var parent: String?
        var level: String?
        var isEntrance: Bool
        var tags: [String: String]
    }

    var list = OSMElementList()
    private var levels: [String: String] = [:]
    private var stops: [String: Stop] = [:]
    private var places: [String: GeoPoint] = [:]

    mutating func readLevels(_ bytes: [UInt8]) throws {
        var table = try NamedColumns(
            bytes,
            name: "levels.txt",
            required: ["level_id", "level_index"]
        )
        while try table.next() {
            guard let id = table.text("level_id"), let index = try table.number("level_index")
            else {
                throw table.fault("no level_id or level_index")
            }
            levels[id] = index == index.rounded() ? "\(Int(index))" : "\(index)"
        }
    }

    mutating func readStops(_ bytes: [UInt8]) throws {
        var table = try NamedColumns(bytes, name: "stops.txt", required: ["stop_id"])
        while try table.next() {
            guard let id = table.text("stop_id") else { throw table.fault("no stop_id") }
            var position: GeoPoint?
            if let latitude = try table.number("stop_lat"),
                let longitude = try table.number("stop_lon")
            {
                position = try GeoPoint(latitude: latitude, longitude: longitude)
            }
            let type = table.text("location_type") ?? "0"
            var tags: [String: String] = [:]
            if type == "2" {
                tags["railway"] = "subway_entrance"
                tags["name"] = table.text("stop_name")
                tags["wheelchair"] =
                    ["1": "yes", "2": "no"][table.text("wheelchair_boarding") ?? ""]
            }
            stops[id] = Stop(
                id: id,
                position: position,
                parent: table.text("parent_station"),
                level: table.text("level_id").flatMap { levels[$0] },
                isEntrance: type == "2",
                tags: tags
            )
        }
    }

    mutating func readPathways(_ bytes: [UInt8]) throws {
        var table = try NamedColumns(
            bytes,
            name: "pathways.txt",
            required: ["from_stop_id", "to_stop_id", "pathway_mode", "is_bidirectional"]
        )
        while try table.next() {
            guard let from = table.text("from_stop_id"), let to = table.text("to_stop_id"),
                let mode = table.text("pathway_mode")
            else { throw table.fault("no stops or mode") }
            let ends = (try node(from, table), try node(to, table))
            guard ends.0 != ends.1 else { continue }
            var tags = try GTFSPathway.tags(mode: mode, table)
            let isTwoWay = table.text("is_bidirectional") != "0"
            // Nobody goes in through an exit gate, whatever the feed says.
            if !isTwoWay || mode == "7" { tags["oneway:foot"] = "yes" }
            if tags["conveying"] != nil, !isTwoWay { tags["conveying"] = "forward" }
            let found = [stops[from]?.level, stops[to]?.level].compactMap { $0 }
            if !found.isEmpty { tags["level"] = found.joined(separator: ";") }
            addWay(from, to, ends, mode, tags)
        }
    }

    private mutating func addWay(
        _ from: String,
        _ to: String,
        _ ends: (Int64, Int64),
        _ mode: String,
        _ tags: [String: String]
    ) {
        guard mode == "6" || mode == "7", let first = places[from], let last = places[to] else {
            return list.addWay([ends.0, ends.1], tags)
        }
        // A gate stands in the middle of its pathway.
        let gate = list.freshID()
        var gateTags = ["barrier": "gate"]
        gateTags["width"] = tags["width"]
        list.addNode(gate, first.moved(to: last, fraction: 0.5), gateTags)
        list.addWay([ends.0, gate, ends.1], tags)
    }

    /// The node of a stop, added when a pathway first needs it.
    private mutating func node(_ id: String, _ table: NamedColumns) throws -> Int64 {
        guard let stop = stops[id] else { throw table.fault("stop \(id.prefix(40)) is not there") }
        if list.hasNode(id) { return list.id(id) }
        // Places inside may have none of their own: they lie where their station does.
        var position = stop.position
        var (parent, steps) = (stop.parent, 0)
        while position == nil, let above = parent.flatMap({ stops[$0] }), steps < 4 {
            (position, parent) = (above.position, above.parent)
            steps += 1
        }
        guard let position else { throw table.fault("stop \(id.prefix(40)) has no place") }
        let node = list.id(id)
        var tags = stop.tags
        tags["level"] = stop.level
        list.addNode(node, position, tags)
        places[id] = position
        if stop.isEntrance { list.entrances.append(node) }
        return node
    }
}

/// A pathway in OpenStreetMap's tags.
private enum GTFSPathway {
    static func tags(mode: String, _ table: NamedColumns) throws -> [String: String] {
        var tags: [String: String]
        switch mode {
        // A moving pavement carries wheels as well as feet.
        case "1", "3", "6", "7": tags = ["highway": "corridor"]
        case "2": tags = try steps(table)
        case "4":
            tags = try steps(table)
            tags["conveying"] = "yes"
        case "5": tags = ["highway": "elevator"]
        default: throw table.fault("pathway_mode \(mode.prefix(20))")
        }
        tags["indoor"] = "yes"
        if let slope = try table.number("max_slope"), slope != 0, tags["incline"] == nil {
            tags["incline"] = "\((slope * 1_000).rounded() / 10)%"
        }
        if let width = try table.number("min_width"), width > 0 { tags["width"] = "\(width)" }
        return tags
    }

    /// Steps that are counted positively lead up.
    private static func steps(_ table: NamedColumns) throws -> [String: String] {
        var tags = ["highway": "steps"]
        if let count = try table.number("stair_count"), count != 0, abs(count) < 10_000 {
            tags["step_count"] = "\(Int(abs(count)))"
            tags["incline"] = count > 0 ? "up" : "down"
        }
        return tags
    }
}
