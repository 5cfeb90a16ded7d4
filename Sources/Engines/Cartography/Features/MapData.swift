/// Everything of a map that is drawn, in small memory, with an index by place.
public struct MapData: Sendable {
    /// More points would not fit the 32-bit numbers of points.
    public static let maximumPointCount = 1 << 30

    /// The shape of a feature.
    enum Shape: UInt8, Sendable {
        case point = 1
        case line = 2
        case area = 3
    }

    /// What kind of element a feature is of.
    public enum Element: Int64, Sendable, Hashable {
        /// A node.
        case node = 0
        /// A way.
        case way = 1
        /// A relation.
        case relation = 2
    }

    struct Feature: Sendable {
        /// The element's id, with its kind in the lowest two bits.
        var id: Int64
        var layer: UInt8
        var shape: Shape
        var zoom: UInt8
        /// A number of the sets of attributes.
        var attributes: UInt32
        /// Its first ring or run of points; the last one's end is where the next feature begins.
        var firstPart: UInt32
        var partCount: UInt32
        var box: WorldBox
    }

    /// A ring of an area or a run of a line.
    struct Part: Sendable {
        var first: UInt32
        var count: UInt32
        var isInner: Bool
    }

    var features: [Feature] = []
    var parts: [Part] = []
    var points: [WorldPoint] = []
    /// From which zoom level on each point is drawn.
    var zooms: [UInt8] = []
    var attributeSets: [MapAttributes] = []
    var tree = BoxTree([])
    /// Rings of relations that could not be closed: the map was cut there.
    public internal(set) var openRingCount = 0

    init() {}

    /// A number that changes with what is drawn, for addresses that caches may keep.
    ///
    /// FNV-1a (G. Fowler, L. Noll, K.-P. Vo).
    public var fingerprint: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01b3 }
        for feature in features {
            mix(UInt64(bitPattern: feature.id))
            mix(UInt64(feature.layer) << 32 | UInt64(feature.attributes))
        }
        for point in points { mix(UInt64(point.x) << 32 | UInt64(point.y)) }
        for attributes in attributeSets {
            for (key, value) in attributes.pairs {
                for byte in "\(key)=\(value)".utf8 { mix(UInt64(byte)) }
            }
        }
        return hash
    }

    /// The count of features.
    public var featureCount: Int { features.count }

    /// The rectangle around everything; nothing where there is nothing.
    public var box: WorldBox? {
        features.first.map { first in features.reduce(first.box) { $0.union($1.box) } }
    }

    /// One feature, to be listed and searched.
    public struct Item: Sendable {
        /// Its number.
        public let number: Int
        /// The layer it is drawn in.
        public let layer: MapLayer
        /// What kind of element it is.
        public let element: Element
        /// The id of the element.
        public let elementID: Int64
        /// What is known about it.
        public let attributes: MapAttributes
        /// A place of it: the point itself, or the middle.
        public let middle: WorldPoint
    }

    /// The features of some layers, in the order of the file.
    public func items(in layers: Set<MapLayer>) -> [Item] {
        let numbers = Set(layers.map { UInt8($0.number) })
        return features.indices.lazy.filter { numbers.contains(features[$0].layer) }.map(item)
    }

    private func item(_ number: Int) -> Item {
        let feature = features[number]
        let run = points(of: Int(feature.firstPart))
        let middle =
            feature.shape == .line ? run[run.startIndex + run.count / 2] : feature.box.middle
        return Item(
            number: number,
            layer: MapLayer.allCases[Int(feature.layer)],
            element: Element(rawValue: feature.id & 3) ?? .node,
            elementID: feature.id >> 2,
            attributes: attributeSets[Int(feature.attributes)],
            middle: middle
        )
    }

    /// The outer rings of the areas of a layer.
    public func outlines(of layer: MapLayer) -> [[WorldPoint]] {
        features.filter { $0.layer == UInt8(layer.number) && $0.shape == .area }.flatMap {
            feature in
            partRange(feature).filter { !parts[$0].isInner }.map { Array(points(of: $0)) }
        }
    }

    func partRange(_ feature: Feature) -> Range<Int> {
        Int(feature.firstPart)..<Int(feature.firstPart + feature.partCount)
    }

    func points(of part: Int) -> ArraySlice<WorldPoint> {
        let first = Int(parts[part].first)
        return points[first..<first + Int(parts[part].count)]
    }
}
