/// A place in a tile, in its units, from the north-west; outside of it in the buffer and beyond.
struct TilePoint: Hashable, Sendable {
    var x: Int
    var y: Int
}

/// Cuts shapes at the edge of a tile's buffer.
enum Clipping {
    static let low = -TileAddress.buffer
    static let high = TileAddress.extent + TileAddress.buffer

    static func isWithin(_ point: TilePoint) -> Bool {
        point.x >= low && point.x <= high && point.y >= low && point.y <= high
    }

    /// The parts of a line within the buffer.
    ///
    /// Y.-D. Liang, B. Barsky, "A New Concept and Method for Line Clipping" (1984).
    static func lines(_ line: [TilePoint]) -> [[TilePoint]] {
        var parts: [[TilePoint]] = []
        var part: [TilePoint] = []
        for (a, b) in zip(line, line.dropFirst()) {
            guard let (from, to) = segment(a, b) else {
                if part.count > 1 { parts.append(part) }
                part = []
                continue
            }
            if part.last != from {
                if part.count > 1 { parts.append(part) }
                part = [from]
            }
            if to != from { part.append(to) }
        }
        if part.count > 1 { parts.append(part) }
        return parts
    }

    private static func segment(_ a: TilePoint, _ b: TilePoint) -> (TilePoint, TilePoint)? {
        if isWithin(a), isWithin(b) { return (a, b) }
        var (start, end) = (0.0, 1.0)
        let (dx, dy) = (Double(b.x - a.x), Double(b.y - a.y))
        for (step, room) in [
            (-dx, Double(a.x - low)), (dx, Double(high - a.x)), (-dy, Double(a.y - low)),
            (dy, Double(high - a.y)),
        ] {
            if step == 0 {
                if room < 0 { return nil }
            } else if step < 0 {
                start = max(start, room / step)
            } else {
                end = min(end, room / step)
            }
        }
        guard start <= end else { return nil }
        func at(_ share: Double) -> TilePoint {
            TilePoint(
                x: a.x + Int((share * dx).rounded()),
                y: a.y + Int((share * dy).rounded())
            )
        }
        return (start > 0 ? at(start) : a, end < 1 ? at(end) : b)
    }

    /// A ring within the buffer, without its closing point; empty where nothing is left.
    ///
    /// I. Sutherland, G. Hodgman, "Reentrant Polygon Clipping" (1974).
    static func ring(_ ring: [TilePoint]) -> [TilePoint] {
        if ring.allSatisfy(isWithin) { return ring }
        var ring = ring
        for edge in Edge.allCases {
            var clipped: [TilePoint] = []
            clipped.reserveCapacity(ring.count + 4)
            guard var previous = ring.last else { return [] }
            for point in ring {
                if edge.keeps(point) {
                    if !edge.keeps(previous) { clipped.append(edge.meeting(previous, point)) }
                    clipped.append(point)
                } else if edge.keeps(previous) {
                    clipped.append(edge.meeting(previous, point))
                }
                previous = point
            }
            ring = clipped
        }
        return ring
    }

    private enum Edge: CaseIterable {
        case west, east, north, south

        func keeps(_ point: TilePoint) -> Bool {
            switch self {
            case .west: point.x >= low
            case .east: point.x <= high
            case .north: point.y >= low
            case .south: point.y <= high
            }
        }

        /// Where the line between two points crosses the edge.
        func meeting(_ a: TilePoint, _ b: TilePoint) -> TilePoint {
            switch self {
            case .west: atColumn(low, a, b)
            case .east: atColumn(high, a, b)
            case .north: atRow(low, a, b)
            case .south: atRow(high, a, b)
            }
        }

        private func atColumn(_ x: Int, _ a: TilePoint, _ b: TilePoint) -> TilePoint {
            let share = Double(x - a.x) / Double(b.x - a.x)
            return TilePoint(x: x, y: a.y + Int((share * Double(b.y - a.y)).rounded()))
        }

        private func atRow(_ y: Int, _ a: TilePoint, _ b: TilePoint) -> TilePoint {
            let share = Double(y - a.y) / Double(b.y - a.y)
            return TilePoint(x: a.x + Int((share * Double(b.x - a.x)).rounded()), y: y)
        }
    }

    /// Twice the area of a ring by the surveyor's formula, positive for an outer ring of a vector tile.
    static func doubledArea(_ ring: [TilePoint]) -> Int {
        guard var previous = ring.last else { return 0 }
        var sum = 0
        for point in ring {
            sum += previous.x * point.y - point.x * previous.y
            previous = point
        }
        return sum
    }
}
