/// Collects features into map data.
struct MapDataWriter {
    /// A ring of an area or a run of a line.
    struct Run {
        var points: [WorldPoint]
        var isInner: Bool

        init(_ points: [WorldPoint], isInner: Bool = false) {
            self.points = points
            self.isInner = isInner
        }
    }

    var data = MapData()
    private var numbers: [MapAttributes: UInt32] = [:]

    /// Appends what is drawn of an element.
    ///
    /// - Parameters:
    ///   - element: What kind of element it is.
    ///   - id: Its id.
    ///   - drawn: What is drawn of it.
    ///   - runs: Its rings or runs.
    ///   - lines: The same as lines, where the map lacks points of a ring.
    mutating func append(
        _ element: MapData.Element,
        _ id: Int64,
        _ drawn: [FeatureClassifier.Drawn],
        _ runs: [Run],
        lines: [[WorldPoint]] = []
    ) {
        guard let box = WorldBox(runs.lazy.flatMap(\.points)) else { return }
        for one in drawn {
            let feature: (shape: MapData.Shape, runs: [Run])
            if element == .node || one.isMiddle {
                let point = element == .node ? runs[0].points[0] : box.middle
                feature = (.point, [Run([point])])
            } else if one.isArea {
                // Where the map lacks points of a ring, too few may be left to enclose anything.
                feature = (.area, runs.map(Self.closed).filter { $0.points.count > 3 })
            } else {
                feature = (.line, lines.isEmpty ? runs : lines.map { Run($0) })
            }
            append(element, id, one, feature.shape, feature.runs)
        }
    }

    /// A ring ends where it begins, also where the map lacks the point.
    private static func closed(_ ring: Run) -> Run {
        var ring = ring
        if ring.points.first != ring.points.last { ring.points.append(ring.points[0]) }
        return ring
    }

    private mutating func append(
        _ element: MapData.Element,
        _ id: Int64,
        _ drawn: FeatureClassifier.Drawn,
        _ shape: MapData.Shape,
        _ runs: [Run]
    ) {
        guard let box = WorldBox(runs.lazy.flatMap(\.points)) else { return }
        let firstPart = data.parts.count
        for run in runs {
            data.parts.append(
                .init(
                    first: UInt32(data.points.count),
                    count: UInt32(run.points.count),
                    isInner: run.isInner
                )
            )
            data.points += run.points
            data.zooms += Simplification.zooms(run.points[...])
        }
        data.features.append(
            .init(
                id: id << 2 | element.rawValue,
                layer: UInt8(drawn.layer.number),
                shape: shape,
                zoom: drawn.zoom,
                attributes: number(drawn.attributes),
                firstPart: UInt32(firstPart),
                partCount: UInt32(runs.count),
                box: box
            )
        )
    }

    private mutating func number(_ attributes: MapAttributes) -> UInt32 {
        if let number = numbers[attributes] { return number }
        let number = UInt32(data.attributeSets.count)
        data.attributeSets.append(attributes)
        numbers[attributes] = number
        return number
    }

    consuming func finished() -> MapData {
        data.tree = BoxTree(data.features.map(\.box))
        return data
    }
}
