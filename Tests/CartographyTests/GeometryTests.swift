import Basics
import Foundation
import Routing
import Testing

@testable import Cartography

@Suite struct GeometryTests {
    @Test func `a place lies where the formula of web maps says, to a centimetre`() throws {
        for (latitude, longitude) in [(0.0, 0.0), (37.5665, 126.978), (-33.86, 151.2), (70, -150)] {
            let point = WorldPoint(try GeoPoint(latitude: latitude, longitude: longitude))
            // EPSG:3857 by its own words: radius 6,378,137 m.
            let half = 6_378_137 * Double.pi
            let north = 6_378_137 * asinh(tan(latitude * .pi / 180))
            let east = longitude / 180 * half
            #expect(abs(Double(point.x) / 4_294_967_296 * 2 * half - half - east) < 0.02)
            #expect(abs(half - Double(point.y) / 4_294_967_296 * 2 * half - north) < 0.02)
            #expect(abs(point.degrees.latitude - latitude) < 2e-7)
            #expect(abs(point.degrees.longitude - longitude) < 2e-7)
        }
    }

    @Test func `the tree finds exactly the boxes that a look at each finds`() {
        var random = SeededRandom(seed: 7)
        func box(_ side: Double) -> WorldBox {
            let (x, y) = (random.unit() * 4e9, random.unit() * 4e9)
            return WorldBox(
                west: UInt32(x),
                north: UInt32(y),
                east: UInt32(x + random.unit() * side),
                south: UInt32(y + random.unit() * side)
            )
        }
        for count in [0, 1, 2, 15, 16, 17, 256, 257, 2_000] {
            let boxes = (0..<count).map { _ in box(2e7) }
            let tree = BoxTree(boxes)
            for _ in 0..<50 {
                let wanted = box(2.9e8)
                #expect(
                    tree.items(meeting: wanted) == boxes.indices.filter { boxes[$0].meets(wanted) }
                )
            }
        }
    }

    @Test func `a cut line is what of it lies within, and no more`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<300 {
            let line = (0..<8).map { _ in
                TilePoint(
                    x: Int(random.unit() * 12_000) - 4_000,
                    y: Int(random.unit() * 12_000) - 4_000
                )
            }
            let parts = Clipping.lines(line)
            #expect(parts.allSatisfy { $0.count > 1 && $0.allSatisfy(Clipping.isWithin) })
            // Every point of the line within is on a part, to a unit's rounding.
            for (a, b) in zip(line, line.dropFirst()) {
                for share in stride(from: 0.02, to: 1, by: 0.07) {
                    let x = Double(a.x) + share * Double(b.x - a.x)
                    let y = Double(a.y) + share * Double(b.y - a.y)
                    let isWithin = [x, y].allSatisfy { $0 > -62 && $0 < 4_158 }
                    #expect(!isWithin || parts.contains { isNear(x, y, $0) })
                }
            }
        }
    }

    private func isNear(_ x: Double, _ y: Double, _ line: [TilePoint]) -> Bool {
        zip(line, line.dropFirst()).contains { a, b in
            let (dx, dy) = (Double(b.x - a.x), Double(b.y - a.y))
            let length = dx * dx + dy * dy
            let share = min(max(((x - Double(a.x)) * dx + (y - Double(a.y)) * dy) / length, 0), 1)
            return hypot(x - Double(a.x) - share * dx, y - Double(a.y) - share * dy) < 1.5
        }
    }

    @Test func `a cut ring covers what the ring covers of the tile`() {
        var random = SeededRandom(seed: 13)
        for _ in 0..<200 {
            let (cx, cy) = (random.unit() * 6_000 - 1_000, random.unit() * 6_000 - 1_000)
            let size = 200 + random.unit() * 5_000
            let ring = (0..<9).map { corner in
                let angle = Double(corner) / 9 * 2 * .pi
                let radius = size * (0.4 + 0.6 * random.unit())
                return TilePoint(x: Int(cx + radius * cos(angle)), y: Int(cy + radius * sin(angle)))
            }
            let cut = Clipping.ring(ring)
            #expect(cut.allSatisfy(Clipping.isWithin))
            for _ in 0..<20 {
                let place = (Double(random.unit() * 4_096), Double(random.unit() * 4_096))
                guard !isOnEdge(ring, place) else { continue }
                #expect(covers(ring, place) == covers(cut, place))
            }
        }
    }

    private func covers(_ ring: [TilePoint], _ place: (Double, Double)) -> Bool {
        var isWithin = false
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1))
        where (Double(a.y) > place.1) != (Double(b.y) > place.1) {
            let share = (place.1 - Double(a.y)) / Double(b.y - a.y)
            if place.0 < Double(a.x) + share * Double(b.x - a.x) { isWithin.toggle() }
        }
        return isWithin
    }

    private func isOnEdge(_ ring: [TilePoint], _ place: (Double, Double)) -> Bool {
        isNear(place.0, place.1, ring + ring.prefix(1))
    }

    @Test func `a line keeps its ends at every zoom, and every point at the deepest`() {
        var random = SeededRandom(seed: 17)
        var (x, y) = (2_000_000_000.0, 2_000_000_000.0)
        let line = (0..<400).map { _ in
            x += random.unit() * 40_000
            y += (random.unit() - 0.5) * 40_000
            return WorldPoint(x: UInt32(x), y: UInt32(y))
        }
        let zooms = Simplification.zooms(line[...])
        #expect(zooms.first == 0 && zooms.last == 0)
        #expect(zooms.allSatisfy { $0 <= Simplification.fullZoom })
        for zoom in UInt8(4)...15 {
            let kept = line.indices.filter { zooms[$0] <= zoom }
            // What was left out lies within half a pixel, eight of whose units are sixteen pixels.
            let unit = Double(UInt32(1) << (20 - UInt32(zoom)))
            for (from, to) in zip(kept, kept.dropFirst()) {
                for between in from..<to {
                    #expect(away(line[between], line[from], line[to]) <= 4 * unit)
                }
            }
        }
    }

    private func away(_ p: WorldPoint, _ a: WorldPoint, _ b: WorldPoint) -> Double {
        let (dx, dy) = (Double(b.x) - Double(a.x), Double(b.y) - Double(a.y))
        let (px, py) = (Double(p.x) - Double(a.x), Double(p.y) - Double(a.y))
        let length = dx * dx + dy * dy
        let share = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
        return hypot(px - share * dx, py - share * dy)
    }
}
