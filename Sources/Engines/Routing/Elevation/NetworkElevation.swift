extension WalkingNetwork {
    /// Heights of thirty metres or more apart cannot tell a ramp; slopes are taken over so much of a way.
    static let slopeBaselineMetres = 60.0
    /// No street of a city is steeper; a model that says so is wrong there.
    static let maximumTerrainPermille = 350
    /// Slopes of the terrain are kept in steps of so many thousandths: more would be false precision.
    static let terrainStepPermille = 5

    /// Infers the slopes that no tag gives from a model of the terrain, as unconfirmed.
    ///
    /// Bridges, tunnels, steps, lifts and whatever is indoors do not follow the terrain and stay
    /// unknown, and so does what lies in a void of the model.
    ///
    /// - Returns: how many segments have a slope now that had none.
    public mutating func inferInclines(from tiles: [any Terrain]) -> Int {
        var sets = Interner(attributeSets)
        var inclined = Array(segments)
        var count = 0
        for number in segments.indices {
            var known = attributes(of: number)
            guard known.followsTerrain, known[.inclinePermille] == nil,
                let permille = terrainPermille(number, tiles)
            else { continue }
            known.infer(.inclinePermille, permille)
            inclined[number].attributes = sets.number(known)
            count += 1
        }
        segments = Column(inclined)
        attributeSets = sets.values
        return count
    }

    /// The steepest slope over a baseline along a segment, in its direction; a shorter segment is
    /// lengthened at both ends, so that noise of a metre is not a wall.
    private func terrainPermille(_ number: Int, _ tiles: [any Terrain]) -> Int? {
        let shape = Array(shape(of: number))
        let length = Double(segments[number].lengthMillimetres) / 1_000
        let baseline = WalkingNetwork.slopeBaselineMetres
        guard let first = shape.first, let last = shape.last, length > 0 else { return nil }
        var places: [GeoPoint] = []
        if length <= baseline {
            guard first.metres(to: last) > 1 else { return nil }
            let more = (baseline - length) / 2 / first.metres(to: last)
            places = [
                first.moved(to: last, fraction: -more), last.moved(to: first, fraction: -more),
            ]
        } else {
            let pieces = (length / baseline).rounded(.down)
            places = (0...Int(pieces)).compactMap { piece in
                self.shape(of: number, 0...Double(piece) / pieces).last ?? first
            }
        }
        let span = max(length, baseline) / Double(places.count - 1)
        let heights = places.map { place in
            tiles.lazy.compactMap {
                $0.metres(latitude: place.latitude, longitude: place.longitude)
            }.first
        }
        var steepest = 0.0
        for (a, b) in zip(heights, heights.dropFirst()) {
            guard let a, let b else { return nil }
            let slope = (b - a) / span * 1_000
            if abs(slope) > abs(steepest) { steepest = slope }
        }
        let step = Double(WalkingNetwork.terrainStepPermille)
        let rounded = Int((steepest / step).rounded() * step)
        return abs(rounded) <= WalkingNetwork.maximumTerrainPermille ? rounded : nil
    }
}

extension Attributes {
    /// Whether the slope of the way is that of the ground below it.
    fileprivate var followsTerrain: Bool {
        switch self[.kind]?.value {
        case .steps, .escalator, .lift, .corridor, .platform: return false
        default: break
        }
        let level = self[.lowestLevelTenths]?.value ?? 0
        return self[.offGround]?.value != true && self[.indoor]?.value != true && level == 0
    }
}
