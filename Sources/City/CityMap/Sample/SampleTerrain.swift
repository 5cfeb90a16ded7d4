#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A place of the sample neighbourhood in metres east and north of its middle.
struct LocalPlace: Hashable, Sendable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    func metres(to other: LocalPlace) -> Double {
        ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }

    /// The place a part of the way to another.
    func moved(to other: LocalPlace, fraction: Double) -> LocalPlace {
        LocalPlace(x + (other.x - x) * fraction, y + (other.y - y) * fraction)
    }
}

/// The ground of the sample neighbourhood: a hill in the north-west that the alleys climb, a knoll in
/// the park, and low ground along the stream.
enum SampleTerrain {
    /// The height above the sea in metres.
    static func metres(_ place: LocalPlace) -> Double {
        func hill(_ x: Double, _ y: Double, _ height: Double, _ radius: Double) -> Double {
            let square = (place.x - x) * (place.x - x) + (place.y - y) * (place.y - y)
            return height * exp(-square / (radius * radius))
        }
        let plain = 14 + 0.008 * (place.y + 600)
        let away = (place.y - streamNorthing(place.x)) / 45
        let valley = 3 * exp(-away * away)
        return plain - valley + hill(-330, 350, 42, 250) + hill(300, 215, 17, 85)
    }

    /// How far north the middle of the stream lies.
    static func streamNorthing(_ x: Double) -> Double { -330 + 24 * sin(x / 130) }

    /// The slope from one place to another in thousandths.
    static func permille(_ from: LocalPlace, _ to: LocalPlace) -> Double {
        let length = from.metres(to: to)
        return length > 0 ? (metres(to) - metres(from)) / length * 1_000 : 0
    }
}
