/// Finds the nearest segment of a network: a grid of cells of a thousandth of a degree, of which only
/// those with segments are kept.
struct SegmentIndex: Sendable {
    private static let cellE7 = 10_000
    /// Near the poles cells get narrow, and a search would see too many.
    private static let maximumRingCount = 64

    /// Row, column and segment in one number, ascending.
    let entries: Column<UInt64>

    init(_ network: WalkingNetwork) {
        var entries: [UInt64] = []
        for segment in network.segments.indices {
            let shape = network.shape(of: segment)
            let start = entries.count
            for (a, b) in zip(shape, shape.dropFirst()) {
                SegmentIndex.appendCells(a, b, UInt64(segment), &entries)
            }
            // Neighbouring pieces of a shape mostly share their cells.
            let unique = Set(entries[start...])
            entries.removeSubrange(start...)
            entries += unique
        }
        entries.sort()
        self.entries = Column(entries)
    }

    /// The index of a graph file.
    init(_ table: GraphTable, _ network: WalkingNetwork) throws(RoutingError) {
        entries = try table.column(.cells, of: UInt64.self)
        let count = UInt64(network.segments.count)
        guard entries.values.allSatisfy({ $0 & 0xffff_ffff < count }) else {
            throw .badGraphFile("cells")
        }
    }

    private static func key(_ row: Int, _ column: Int) -> UInt64 {
        // 18,001 rows and 36,001 columns.
        UInt64(row) << 48 | UInt64(column) << 32
    }

    private static func cell(_ point: GeoPoint) -> (row: Int, column: Int) {
        (
            (Int(point.latitudeE7) + 900_000_000) / cellE7,
            (Int(point.longitudeE7) + 1_800_000_000) / cellE7
        )
    }

    /// The cells of the pieces of a line, each piece no longer than a cell.
    private static func appendCells(
        _ a: GeoPoint,
        _ b: GeoPoint,
        _ segment: UInt64,
        _ entries: inout [UInt64]
    ) {
        let length = max(
            abs(Int(a.latitudeE7) - Int(b.latitudeE7)),
            abs(Int(a.longitudeE7) - Int(b.longitudeE7))
        )
        let pieces = length / cellE7 + 1
        var last = cell(a)
        for piece in 1...pieces {
            let next = cell(a.moved(to: b, fraction: Double(piece) / Double(pieces)))
            for row in min(last.row, next.row)...max(last.row, next.row) {
                for column in min(last.column, next.column)...max(last.column, next.column) {
                    entries.append(key(row, column) | segment)
                }
            }
            last = next
        }
    }

    /// The nearest place on a segment that is wanted, within a distance.
    func nearest(
        to point: GeoPoint,
        within metres: Double,
        in network: WalkingNetwork,
        where isWanted: (Int) -> Bool
    ) -> Snap? {
        let frame = LocalFrame(at: point)
        let (row, column) = SegmentIndex.cell(point)
        let cellMetres = frame.cellMetres(SegmentIndex.cellE7)
        var best: Snap?
        for ring in 0...SegmentIndex.maximumRingCount {
            // Whatever lies in this ring is at least so far away.
            let least = Double(ring - 1) * cellMetres
            if least > min(metres, best?.metresAway ?? .infinity) { break }
            forEachCell(row, column, ring) { segment in
                guard isWanted(segment) else { return }
                let snap = Snap(point, frame, segment, network.shape(of: segment))
                if snap.metresAway < best?.metresAway ?? .infinity { best = snap }
            }
        }
        return best.flatMap { $0.metresAway <= metres ? $0 : nil }
    }

    /// The nearest places on segments within a distance, one on each, the nearest first.
    func near(
        _ point: GeoPoint,
        within metres: Double,
        in network: WalkingNetwork,
        maximumCount: Int
    ) -> [Snap] {
        let frame = LocalFrame(at: point)
        let (row, column) = SegmentIndex.cell(point)
        let rings = (metres / frame.cellMetres(SegmentIndex.cellE7)).rounded(.up)
        var seen: Set<Int> = []
        var snaps: [Snap] = []
        for ring in 0...Int(min(rings, Double(SegmentIndex.maximumRingCount))) {
            forEachCell(row, column, ring) { segment in
                guard seen.insert(segment).inserted else { return }
                let snap = Snap(point, frame, segment, network.shape(of: segment))
                if snap.metresAway <= metres { snaps.append(snap) }
            }
        }
        snaps.sort { ($0.metresAway, $0.segment) < ($1.metresAway, $1.segment) }
        return Array(snaps.prefix(maximumCount))
    }

    /// The segments with a part within a distance of a line, ascending.
    func around(_ line: [GeoPoint], within metres: Double, in network: WalkingNetwork) -> [Int] {
        var found: Set<Int> = []
        for (a, b) in zip(line, line.dropFirst().isEmpty ? line[...] : line.dropFirst()) {
            // Circles so near each other cover the line's surroundings.
            let pieces = Int((a.metres(to: b) / metres).rounded(.up))
            for piece in 0...pieces {
                let point = a.moved(to: b, fraction: Double(piece) / Double(max(pieces, 1)))
                for snap in near(point, within: metres, in: network, maximumCount: .max) {
                    found.insert(snap.segment)
                }
            }
        }
        return found.sorted()
    }

    private func forEachCell(_ row: Int, _ column: Int, _ ring: Int, _ body: (Int) -> Void) {
        for r in max(0, row - ring)...max(0, row + ring) {
            let isEdge = r == row - ring || r == row + ring
            for c in stride(
                from: column - ring,
                through: column + ring,
                by: isEdge || ring == 0 ? 1 : 2 * ring
            )
            where c >= 0 {
                let key = SegmentIndex.key(r, c)
                var at = lowerBound(key)
                while at < entries.count, entries[at] >> 32 == key >> 32 {
                    body(Int(entries[at] & 0xffff_ffff))
                    at += 1
                }
            }
        }
    }

    private func lowerBound(_ key: UInt64) -> Int {
        var range = 0..<entries.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                entries[middle] < key
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}

/// A place on a segment.
public struct Snap: Sendable, Hashable {
    /// The segment.
    public let segment: Int
    /// How much of the segment's length lies before the place.
    public let fraction: Double
    /// The place.
    public let position: GeoPoint
    /// How far it is from the place asked for, in metres.
    public let metresAway: Double

    init(segment: Int, fraction: Double, position: GeoPoint, metresAway: Double) {
        self.segment = segment
        self.fraction = fraction
        self.position = position
        self.metresAway = metresAway
    }

    init(_ point: GeoPoint, _ frame: LocalFrame, _ segment: Int, _ shape: some Collection<GeoPoint>)
    {
        let places = Array(shape)
        let metres = places.map(frame.metres)
        var best = (distance: Double.infinity, before: 0.0, position: point)
        var before = 0.0
        for at in 1..<max(metres.count, 1) {
            let (a, b) = (metres[at - 1], metres[at])
            let (dx, dy) = (b.east - a.east, b.north - a.north)
            let squared = dx * dx + dy * dy
            let along = squared > 0 ? min(max(-(a.east * dx + a.north * dy) / squared, 0), 1) : 0
            let (x, y) = (a.east + along * dx, a.north + along * dy)
            let distance = (x * x + y * y).squareRoot()
            let length = squared.squareRoot()
            if distance < best.distance {
                let place = places[at - 1].moved(to: places[at], fraction: along)
                best = (distance, before + along * length, place)
            }
            before += length
        }
        self.segment = segment
        fraction = before > 0 ? best.before / before : 0
        position = best.position
        metresAway = best.distance
    }
}

extension LocalFrame {
    /// The shorter side of a cell of the grid, in metres.
    func cellMetres(_ sizeE7: Int) -> Double {
        let east = GeoPoint(
            uncheckedLatitudeE7: origin.latitudeE7,
            longitudeE7: origin.longitudeE7 > 0
                ? origin.longitudeE7 - Int32(sizeE7) : origin.longitudeE7 + Int32(sizeE7)
        )
        return abs(metres(to: east).east)
    }
}
