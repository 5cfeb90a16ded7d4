extension MapData {
    /// A tile as a Mapbox Vector Tile (specification 2.1); nothing where the map has nothing there.
    ///
    /// A feature's id is that of its element × 4 + 0 for a node, 1 for a way, 2 for a relation.
    public func vectorTile(_ address: TileAddress) -> [UInt8]? {
        var layers = [LayerWriter?](repeating: nil, count: MapLayer.allCases.count)
        let drawer = TileDrawer(self, address)
        for number in tree.items(meeting: address.box) {
            let feature = features[number]
            guard Int(feature.zoom) <= address.zoom else { continue }
            let geometry = drawer.geometry(feature)
            guard !geometry.isEmpty else { continue }
            let layer = Int(feature.layer)
            layers[layer, default: LayerWriter(MapLayer.allCases[layer].rawValue)].append(
                id: feature.id,
                shape: feature.shape,
                geometry: geometry,
                attributes: attributeSets[Int(feature.attributes)],
                set: feature.attributes
            )
        }
        var tile = ProtobufWriter()
        for case let layer? in layers { tile.append(3, layer.bytes()) }
        return tile.bytes.isEmpty ? nil : tile.bytes
    }
}

extension [LayerWriter?] {
    fileprivate subscript(index: Int, default layer: @autoclosure () -> LayerWriter) -> LayerWriter
    {
        get { self[index] ?? layer() }
        _modify {
            var value = self[index] ?? layer()
            self[index] = nil
            defer { self[index] = value }
            yield &value
        }
    }
}

/// Draws features into one tile.
struct TileDrawer {
    private let data: MapData
    private let zoom: UInt8
    private let bits: Int
    private let origin: (x: Int, y: Int)

    init(_ data: MapData, _ address: TileAddress) {
        self.data = data
        zoom = UInt8(address.zoom)
        bits = address.unitBits
        origin = address.origin
    }

    /// The commands of a feature's geometry (§4.3); empty where nothing of it is in the tile.
    func geometry(_ feature: MapData.Feature) -> [UInt32] {
        var commands = GeometryWriter()
        switch feature.shape {
        case .point:
            let points = data.partRange(feature).flatMap(line).filter(Clipping.isWithin)
            commands.move(to: points)
        case .line:
            for part in data.partRange(feature) {
                for run in Clipping.lines(line(part)) { commands.line(run) }
            }
        case .area:
            var hasOuter = false
            for part in data.partRange(feature) {
                let isInner = data.parts[part].isInner
                // A hole of a ring that is not there would be an area of its own.
                if isInner, !hasOuter { continue }
                let ring = ring(part, isInner: isInner)
                if !isInner { hasOuter = !ring.isEmpty }
                if !ring.isEmpty { commands.ring(ring) }
            }
        }
        return commands.commands
    }

    /// The points of a part at this zoom level, without repetitions.
    private func line(_ part: Int) -> [TilePoint] {
        let first = Int(data.parts[part].first)
        let range = first..<first + Int(data.parts[part].count)
        var line: [TilePoint] = []
        line.reserveCapacity(range.count)
        for at in range where data.zooms[at] <= zoom {
            let point = TilePoint(
                x: (Int(data.points[at].x) - origin.x) >> bits,
                y: (Int(data.points[at].y) - origin.y) >> bits
            )
            if line.last != point { line.append(point) }
        }
        return line
    }

    /// A ring that turns as the specification says, without its closing point; empty where it has no
    /// area here.
    private func ring(_ part: Int, isInner: Bool) -> [TilePoint] {
        var ring = line(part)
        if ring.count > 1, ring.first == ring.last { ring.removeLast() }
        guard ring.count > 2 else { return [] }
        let turn = Clipping.doubledArea(ring)
        if turn == 0 { return [] }
        ring = Clipping.ring(ring)
        var distinct: [TilePoint] = []
        for point in ring where distinct.last != point { distinct.append(point) }
        if distinct.count > 1, distinct.first == distinct.last { distinct.removeLast() }
        let area = Clipping.doubledArea(distinct)
        guard distinct.count > 2, area != 0 else { return [] }
        return (area > 0) == isInner ? distinct.reversed() : distinct
    }
}
