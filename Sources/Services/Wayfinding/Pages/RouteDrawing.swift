import Basics
import Routing
import Web

/// The way on paper and for browsers without scripts: the ways around it as lines, the way itself, its ends and
/// its barriers by their numbers in the table beside it.
struct RouteDrawing: Sendable {
    /// The drawing in its own units.
    static let width = 720.0
    static let maximumHeight = 620.0
    private static let margin = 24.0
    /// A way of a few metres is not drawn larger than this many units a metre.
    private static let maximumScale = 4.0

    private let title: String
    private let summary: String
    private let streets: String
    private let way: String
    private let marks: [(x: Int, y: Int)]
    private let height: Int
    /// How long a hundred metres are.
    private let hundredMetres: Int

    init(_ found: FoundRoute, _ planner: RoutePlanner, title: String, summary: String) {
        let surroundings = LocalNetwork(around: found.route, of: planner)
        let line = found.route.shape.map(surroundings.metres)
        let places =
            [found.route.start.position] + found.barriers.map(\.position)
            + [found.route.end.position]
        let (east, north) = (line.map(\.east), line.map(\.north))
        let (west, south) = (east.min() ?? 0, north.min() ?? 0)
        let (wide, high) = (max((east.max() ?? 0) - west, 1), max((north.max() ?? 0) - south, 1))
        let scale = min(
            Self.maximumScale,
            min(
                (Self.width - 2 * Self.margin) / wide,
                (Self.maximumHeight - 2 * Self.margin) / high
            )
        )
        let left = (Self.width - wide * scale) / 2
        func point(_ east: Double, _ north: Double) -> (x: Int, y: Int) {
            (
                Int((left + (east - west) * scale).rounded()),
                Int((Self.margin + (high - (north - south)) * scale).rounded())
            )
        }
        func path(_ points: [(x: Int, y: Int)]) -> String {
            "M" + points.map { "\($0.x) \($0.y)" }.joined(separator: "L")
        }
        streets = surroundings.segments.map { segment in
            let numbers = segment.centimetres
            return path(
                stride(from: 0, to: numbers.count - 1, by: 2).map {
                    point(Double(numbers[$0]) / 100, Double(numbers[$0 + 1]) / 100)
                }
            )
        }.joined()
        way = path(line.map { point($0.east, $0.north) })
        marks = places.map { place in
            let metres = surroundings.metres(to: place)
            return point(metres.east, metres.north)
        }
        height = Int((high * scale + 2 * Self.margin).rounded())
        hundredMetres = Int((100 * scale).rounded())
        self.title = title
        self.summary = summary
    }

    /// The drawing; `printed` shows it on paper and without scripts.
    var html: HTML {
        """
        <figure class="printed"><svg viewBox="0 0 \(Int(Self.width)) \(height)" role="img" \
        aria-label="\(title). \(summary)"><path class="ways" d="\(streets)"/>\
        <path class="line route" d="\(way)"/>\
        \(HTML(each: marks.enumerated()) { number, mark in
            """
            <circle class="point" cx="\(mark.x)" cy="\(mark.y)" r="13"/>\
            <text x="\(mark.x)" y="\(mark.y + 5)" text-anchor="middle">\(number + 1)</text>
            """
        })<path class="line" d="M8 \(height - 8)h\(hundredMetres)"/>\
        <text class="tick" x="8" y="\(height - 14)">100 m</text></svg></figure>
        """
    }
}
