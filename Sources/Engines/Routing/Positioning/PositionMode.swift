#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The place around which most of the probability lies.
///
/// The mean of all hypotheses would lie in the middle of the street when the walker is on one of its
/// sides.
struct PositionMode {
    /// So many of the most probable hypotheses are tried as the middle.
    static let maximumCentreCount = 48
    /// What lies so near the middle belongs to it, in metres.
    static let nearMetres = 9.0
    /// What lies so near the line through the middle is the same line, in metres.
    static let lineMetres = 4.0

    /// The errors of a receiver are less independent than the filter takes them for: on simulated
    /// walks so much more of a radius held 95 % of the true places.
    static let caution = 1.5

    private(set) var east = 0.0
    private(set) var north = 0.0
    /// The number of the hypothesis nearest to the place.
    private(set) var best = 0
    /// The radius of 95 % of the probability.
    private(set) var radius = 0.0
    private(set) var lineProbability = 0.0

    /// The mode of hypotheses whose weights sum to 1; nil where there are none.
    init?(_ hypotheses: [PositionFilter.Hypothesis], _ map: LocalMap) {
        guard !hypotheses.isEmpty else { return nil }
        let places = hypotheses.map { map.place($0.arc, $0.offset) }
        let centres = hypotheses.indices.sorted {
            (-hypotheses[$0].weight, $0) < (-hypotheses[$1].weight, $1)
        }.prefix(PositionMode.maximumCentreCount)
        var heaviest = -1.0
        for centre in centres {
            var (mass, sumEast, sumNorth) = (0.0, 0.0, 0.0)
            for (place, hypothesis) in zip(places, hypotheses)
            where PositionMode.metres(place, places[centre]) <= PositionMode.nearMetres {
                mass += hypothesis.weight
                sumEast += hypothesis.weight * place.east
                sumNorth += hypothesis.weight * place.north
            }
            if mass > heaviest {
                heaviest = mass
                (east, north) = (sumEast / mass, sumNorth / mass)
            }
        }
        snap(hypotheses, places)
        spread(hypotheses, places)
    }

    /// The answer is a place on a way: the one nearest to the mean, of two as near the more probable.
    private mutating func snap(
        _ hypotheses: [PositionFilter.Hypothesis],
        _ places: [LocalMap.Place]
    ) {
        var least = Double.infinity
        for at in hypotheses.indices {
            let distance = PositionMode.metres(places[at], (east, north))
            let price = distance - 2 * log(max(hypotheses[at].weight, 1e-6))
            if price < least {
                least = price
                best = at
            }
        }
        (east, north) = (places[best].east, places[best].north)
    }

    private mutating func spread(
        _ hypotheses: [PositionFilter.Hypothesis],
        _ places: [LocalMap.Place]
    ) {
        let away = places.map { PositionMode.metres($0, (east, north)) }
        var sum = 0.0
        for at in hypotheses.indices.sorted(by: { (away[$0], $0) < (away[$1], $1) }) {
            sum += hypotheses[at].weight
            radius = away[at]
            if sum >= 0.95 { break }
        }
        radius = max(radius * PositionMode.caution, PositionFilter.cellMetres)
        let angle = places[best].bearing * .pi / 180
        let (alongEast, alongNorth) = (sin(angle), cos(angle))
        for (place, hypothesis) in zip(places, hypotheses) {
            let (x, y) = (place.east - east, place.north - north)
            if abs(x * alongNorth - y * alongEast) <= PositionMode.lineMetres {
                lineProbability += hypothesis.weight
            }
        }
    }

    private static func metres(_ a: LocalMap.Place, _ b: LocalMap.Place) -> Double {
        metres(a, (b.east, b.north))
    }

    private static func metres(_ a: LocalMap.Place, _ b: (east: Double, north: Double)) -> Double {
        let (x, y) = (a.east - b.east, a.north - b.north)
        return (x * x + y * y).squareRoot()
    }
}
