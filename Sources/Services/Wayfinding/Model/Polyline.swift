import Routing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The encoded polyline format: each coordinate as the difference to the one before, in five-bit
/// pieces of printable characters
/// (https://developers.google.com/maps/documentation/utilities/polylinealgorithm).
enum Polyline {
    /// Encodes a line with so many digits behind the point: 5 for `polyline`, 6 for `polyline6`.
    static func encode(_ line: some Sequence<GeoPoint>, digits: Int) -> String {
        let unit = unit(digits)
        var bytes: [UInt8] = []
        var before = (latitude: 0, longitude: 0)
        for point in line {
            let latitude = rounded(Int(point.latitudeE7), unit)
            let longitude = rounded(Int(point.longitudeE7), unit)
            append(latitude - before.latitude, to: &bytes)
            append(longitude - before.longitude, to: &bytes)
            before = (latitude, longitude)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Decodes a line; what is no polyline ends it.
    static func decode(_ text: String, digits: Int) -> [GeoPoint] {
        let unit = unit(digits)
        var values: [Int] = []
        var (value, shift) = (0, 0)
        for byte in text.utf8 {
            guard byte >= 63, byte < 127, shift < 60 else { break }
            value |= Int((byte - 63) & 31) << shift
            shift += 5
            guard byte - 63 < 32 else { continue }
            values.append(value & 1 == 1 ? ~(value >> 1) : value >> 1)
            (value, shift) = (0, 0)
        }
        var (latitude, longitude) = (0, 0)
        var line: [GeoPoint] = []
        for at in stride(from: 0, to: values.count - 1, by: 2) {
            latitude &+= values[at]
            longitude &+= values[at + 1]
            let (high, low) = (
                latitude.multipliedReportingOverflow(by: unit),
                longitude.multipliedReportingOverflow(by: unit)
            )
            guard !high.overflow, !low.overflow,
                let point = try? GeoPoint(
                    latitudeE7: Int64(high.partialValue),
                    longitudeE7: Int64(low.partialValue)
                )
            else { break }
            line.append(point)
        }
        return line
    }

    /// Ten-millionths of a degree in one unit.
    private static func unit(_ digits: Int) -> Int { digits == 5 ? 100 : 10 }

    private static func rounded(_ value: Int, _ unit: Int) -> Int {
        let half = value < 0 ? -unit / 2 : unit / 2
        return (value + half) / unit
    }

    private static func append(_ value: Int, to bytes: inout [UInt8]) {
        var rest = value < 0 ? ~(value << 1) : value << 1
        while rest >= 32 {
            bytes.append(UInt8(rest & 31 | 32) + 63)
            rest >>= 5
        }
        bytes.append(UInt8(rest) + 63)
    }
}

extension [GeoPoint] {
    /// The distance of a place to the line in metres.
    func metres(to place: GeoPoint) -> Double {
        guard let first else { return .infinity }
        let narrowing = cos(place.latitude * .pi / 180)
        let metresPerDegree = 6_371_008.8 * Double.pi / 180
        func plane(_ point: GeoPoint) -> (x: Double, y: Double) {
            (
                (point.longitude - place.longitude) * metresPerDegree * narrowing,
                (point.latitude - place.latitude) * metresPerDegree
            )
        }
        var best = Double.infinity
        var a = plane(first)
        for point in self {
            let b = plane(point)
            let (dx, dy) = (b.x - a.x, b.y - a.y)
            let squared = dx * dx + dy * dy
            let along =
                squared > 0 ? Swift.min(Swift.max(-(a.x * dx + a.y * dy) / squared, 0), 1) : 0
            let (x, y) = (a.x + along * dx, a.y + along * dy)
            best = Swift.min(best, x * x + y * y)
            a = b
        }
        return best.squareRoot()
    }
}
