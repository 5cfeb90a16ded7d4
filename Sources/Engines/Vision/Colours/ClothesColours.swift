/// What somebody wears, as colours: two names for people, a vector for the search.
///
/// The vector is a histogram of colours in six stripes from head to foot (Gray and Tao, "Viewpoint
/// Invariant Pedestrian Recognition with an Ensemble of Localized Features", 2008), square-rooted and of
/// unit length. It says nothing about a face and is of no use for one: a stripe has no places.
public struct ClothesColours: Sendable, Hashable {
    /// Numbers in the vector.
    public static let dimension = stripeCount * binCount
    /// The least extent of a box whose clothes are described, in pixels.
    public static let minimumHeight = 16

    /// The upper clothes.
    public let upper: ColourName
    /// The lower clothes.
    public let lower: ColourName
    /// The histogram, of unit length.
    public let vector: [Float]

    private static let stripeCount = 6
    private static let hueCount = 5
    private static let saturationCount = 4
    private static let valueCount = 4
    private static let binCount = hueCount * saturationCount * valueCount

    /// Describes who stands in a box; nil where the box is too small or lies outside.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - box: Where the person is.
    ///   - foreground: What is not background; the middle of the box is taken where nil.
    public init?(_ picture: Picture, box: BoundingBox, foreground: ForegroundMask? = nil) {
        guard let area = PixelArea(box, width: picture.width, height: picture.height),
            area.height >= Self.minimumHeight, area.width >= 4
        else { return nil }
        var counts = [Float](repeating: 0, count: Self.dimension)
        var names = [[Int]](repeating: [Int](repeating: 0, count: 16), count: 2)
        for y in area.rows {
            let down = (Double(y) + 0.5 - box.y) / box.height
            let stripe = min(Self.stripeCount - 1, max(0, Int(down * Double(Self.stripeCount))))
            let part = Self.upperPart.contains(down) ? 0 : Self.lowerPart.contains(down) ? 1 : nil
            for x in area.columns {
                let across = abs((Double(x) + 0.5 - box.x) / box.width - 0.5)
                guard across < Self.middle else { continue }
                if let foreground, !foreground.contains(x, y, of: picture) { continue }
                let colour = HSV(picture[x, y])
                Self.count(colour, by: 1, from: stripe * Self.binCount, in: &counts)
                if let part, across < Self.middle / 2 {
                    names[part][Int(colour.name.rawValue)] += 1
                }
            }
        }
        upper = Self.commonest(names[0])
        lower = Self.commonest(names[1])
        guard let vector = Self.unit(counts) else { return nil }
        self.vector = vector
    }

    /// How far from the middle a pixel may lie, as a share of the width.
    private static let middle = 0.36
    private static let upperPart = 0.2..<0.46
    private static let lowerPart = 0.56..<0.9

    private static func commonest(_ counts: [Int]) -> ColourName {
        guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[most] >= 8
        else { return .unknown }
        return ColourName(rawValue: UInt8(most)) ?? .unknown
    }

    /// Counts a colour in the bins around it, each by how near it lies: a colour at the edge of a bin does
    /// not jump from one to the next with the light.
    private static func count(
        _ colour: HSV,
        by weight: Float,
        from start: Int,
        in counts: inout [Float]
    ) {
        let hues = near(colour.hue / 360, hueCount, isRound: true)
        let saturations = near(colour.saturation, saturationCount, isRound: false)
        let values = near(colour.value, valueCount, isRound: false)
        for (hue, hueShare) in [hues.low, hues.high] {
            for (saturation, saturationShare) in [saturations.low, saturations.high] {
                let at = start + (hue * saturationCount + saturation) * valueCount
                let share = weight * hueShare * saturationShare
                counts[at + values.low.bin] += share * values.low.share
                counts[at + values.high.bin] += share * values.high.share
            }
        }
    }

    private typealias Share = (bin: Int, share: Float)

    /// The two bins between whose middles a number from 0 to 1 lies.
    private static func near(
        _ value: Double,
        _ count: Int,
        isRound: Bool
    ) -> (low: Share, high: Share) {
        let place = value * Double(count) - 0.5
        let low = Int(place.rounded(.down))
        let share = Float(place - Double(low))
        func bin(_ at: Int) -> Int {
            isRound ? (at + count) % count : min(count - 1, max(0, at))
        }
        return ((bin(low), 1 - share), (bin(low + 1), share))
    }

    /// Each stripe counts the same, however much of it was seen.
    private static func unit(_ counts: [Float]) -> [Float]? {
        var roots = [Float](repeating: 0, count: dimension)
        for stripe in 0..<stripeCount {
            let bins = stripe * binCount..<(stripe + 1) * binCount
            let sum = counts[bins].reduce(0, +)
            guard sum > 0 else { continue }
            for bin in bins { roots[bin] = (counts[bin] / sum).squareRoot() }
        }
        let length = roots.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else { return nil }
        return roots.map { $0 / length }
    }
}

/// A colour as hue in degrees, saturation and value from 0 to 1 (Smith, "Color Gamut Transform Pairs",
/// 1978).
struct HSV: Sendable, Hashable {
    var hue: Double
    var saturation: Double
    var value: Double

    init(_ colour: RGB) {
        let red = Double(colour.red)
        let green = Double(colour.green)
        let blue = Double(colour.blue)
        let most = max(red, green, blue)
        let range = most - min(red, green, blue)
        value = most / 255
        saturation = most > 0 ? range / most : 0
        if range == 0 {
            hue = 0
        } else if most == red {
            hue = ((green - blue) / range * 60 + 360).truncatingRemainder(dividingBy: 360)
        } else if most == green {
            hue = (blue - red) / range * 60 + 120
        } else {
            hue = (red - green) / range * 60 + 240
        }
    }

    /// The name of the colour, by bands that people agree on.
    var name: ColourName {
        if value < 0.2 { return .black }
        if saturation < 0.13 || value < 0.3 && saturation < 0.25 {
            return value < 0.27 ? .black : value > 0.78 ? .white : .grey
        }
        switch hue {
        case 12..<20 where value < 0.6, 20..<48 where value < 0.6: return .brown
        case 20..<60 where saturation < 0.42: return .beige
        case 14..<42: return .orange
        case 42..<68: return .yellow
        case 68..<165: return .green
        case 165..<258 where value < 0.48: return .navy
        case 165..<258 where saturation < 0.6 && value > 0.6: return .skyBlue
        case 165..<258: return .blue
        case 258..<310: return .purple
        case 310..<346 where saturation < 0.75: return .pink
        default: return saturation < 0.5 && value > 0.65 ? .pink : .red
        }
    }
}
