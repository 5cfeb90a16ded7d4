import Packaging

/// Reads the rows of Seoul's walking network (서울시 자치구별 도보 네트워크 공간정보, data.seoul.go.kr): nodes and
/// links in one table, places as WKT.
///
/// The names of the columns are those that public programs use. No real rows were at hand when this was
/// written: it is tested against rows made after that description, and names every column that it misses.
/// The network knows crossings, footbridges, tunnels, parks and buildings; it knows no kerb, width, surface or
/// slope, so everything else about a link stays unknown.
public enum SeoulNetwork {
    /// A larger table is refused: the rows of the whole city are some hundred megabytes.
    public static let maximumByteCount = 1 << 30
    /// The names of the columns stand so near to the beginning.
    private static let headByteCount = 4_096
    private static let zipMark: [UInt8] = [0x50, 0x4b, 3, 4]

    /// Whether a file may be such a table: a workbook, or a text whose beginning names its columns.
    static func isTable(_ bytes: any RandomAccessBytes) throws -> Bool {
        let head = try bytes.bytes(at: 0, count: headByteCount)
        if head.starts(with: zipMark) { return true }
        let text = String(decoding: head, as: UTF8.self).lowercased()
        return text.contains("node_wkt") && text.contains("lnkg_wkt")
    }

    /// The elements of a file.
    static func elements(of bytes: any RandomAccessBytes) throws -> OSMElementList {
        guard bytes.size <= maximumByteCount else {
            throw RoutingError.networkTooLarge("a table of \(bytes.size) bytes")
        }
        let all = try bytes.bytes(at: 0, count: bytes.size)
        let isWorkbook = all.starts(with: zipMark)
        return try elements(all, fileName: isWorkbook ? "network.xlsx" : "network.csv")
    }

    /// The elements of a table, CSV or XLSX.
    ///
    /// - Parameters:
    ///   - bytes: The table; its first row names the columns.
    ///   - fileName: Its name, for messages.
    /// - Returns: The elements, in OpenStreetMap's tags.
    /// - Throws: `RoutingError` `damagedMap`, `coordinateOutsideWorld` or `networkTooLarge`.
    public static func elements(_ bytes: [UInt8], fileName: String) throws -> OSMElementList {
        var table = try NamedColumns(
            bytes,
            name: fileName,
            required: ["node_type", "node_id", "node_wkt", "lnkg_id", "lnkg_wkt"]
                + ["bgng_lnkg_id", "end_lnkg_id"]
        )
        var list = OSMElementList()
        while try table.next() {
            switch table.text("node_type")?.uppercased() {
            case "NODE": try addNode(table, to: &list)
            case "LINK": try addLink(table, to: &list)
            case let type: throw table.fault("node_type \(type ?? "")")
            }
        }
        return list
    }

    private static func addNode(_ table: NamedColumns, to list: inout OSMElementList) throws {
        guard let id = table.text("node_id"),
            let place = try WKT.points(table.text("node_wkt"), "POINT")?.first
        else { throw table.fault("node_id or node_wkt") }
        // A link before its node has added it already.
        guard !list.hasNode(id) else { return }
        list.addNode(list.id(id), place)
    }

    private static func addLink(_ table: NamedColumns, to list: inout OSMElementList) throws {
        guard let first = table.text("bgng_lnkg_id"), let last = table.text("end_lnkg_id"),
            let line = try WKT.points(table.text("lnkg_wkt"), "LINESTRING"), line.count >= 2
        else { throw table.fault("bgng_lnkg_id, end_lnkg_id or lnkg_wkt") }
        var nodes: [Int64] = []
        for (index, place) in line.enumerated() {
            let name = index == 0 ? first : index == line.count - 1 ? last : nil
            let isNew = name.map { !list.hasNode($0) } ?? true
            let id = name.map { list.id($0) } ?? list.freshID()
            if isNew { list.addNode(id, place) }
            nodes.append(id)
        }
        list.addWay(nodes, tags(table))
    }

    private static func tags(_ table: NamedColumns) -> [String: String] {
        func isSet(_ flag: String) -> Bool { ["1", "Y", "y"].contains(table.text(flag) ?? "") }
        var tags = ["highway": "footway"]
        if isSet("crswk") { tags["footway"] = "crossing" }
        // A footbridge or an underpass is reached by steps, unless somebody knows of a lift: that is
        // what `overp` says and no more, so the way is off the ground and its steps stay unknown.
        if isSet("overp") || isSet("brg") { tags["bridge"] = "yes" }
        if isSet("tnl") { tags["tunnel"] = "yes" }
        if isSet("bldg") || isSet("sbwy_ntw") { tags["indoor"] = "yes" }
        return tags
    }
}

/// Well-known text (OGC 06-103r4) of points and lines: longitude, then latitude.
enum WKT {
    static let maximumPointCount = 100_000

    /// The points of a text of a kind; nothing where it is none.
    static func points(_ text: String?, _ kind: String) throws(RoutingError) -> [GeoPoint]? {
        guard let text, text.uppercased().hasPrefix(kind), text.last == ")",
            let open = text.firstIndex(of: "(")
        else { return nil }
        var points: [GeoPoint] = []
        for part in text[text.index(after: open)...].dropLast().split(separator: ",") {
            let numbers = part.split(separator: " ").map { Double($0) }
            guard numbers.count == 2, let longitude = numbers[0], let latitude = numbers[1],
                points.count < maximumPointCount
            else { return nil }
            points.append(try GeoPoint(latitude: latitude, longitude: longitude))
        }
        return points
    }
}
