/// Joins the ways of a multipolygon to rings.
enum RingAssembler {
    /// The rings that lines make when they are joined where they end, and how many stayed open.
    static func rings(_ lines: [[Int64]]) -> (rings: [[Int64]], openCount: Int) {
        var rings = lines.filter { $0.first == $0.last }
        let open = lines.filter { $0.first != $0.last }
        var ends: [Int64: [Int]] = [:]
        for (number, line) in open.enumerated() {
            ends[line[0], default: []].append(number)
            ends[line[line.count - 1], default: []].append(number)
        }
        var isUsed = [Bool](repeating: false, count: open.count)
        var openCount = 0
        for start in open.indices where !isUsed[start] {
            isUsed[start] = true
            var ring = open[start]
            while let end = ring.last, end != ring[0],
                let next = ends[end]?.first(where: { !isUsed[$0] })
            {
                isUsed[next] = true
                let line = open[next]
                ring += Array(line.first == end ? line : line.reversed()).dropFirst()
            }
            if ring.first == ring.last { rings.append(ring) } else { openCount += 1 }
        }
        return (rings, openCount)
    }

    /// Whether a point lies within a closed ring (even-odd rule).
    static func contains(_ ring: [WorldPoint], _ point: WorldPoint) -> Bool {
        var isWithin = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > point.y) != (b.y > point.y) {
            let share = (Double(point.y) - Double(a.y)) / (Double(b.y) - Double(a.y))
            if Double(point.x) < Double(a.x) + share * (Double(b.x) - Double(a.x)) {
                isWithin.toggle()
            }
        }
        return isWithin
    }
}
