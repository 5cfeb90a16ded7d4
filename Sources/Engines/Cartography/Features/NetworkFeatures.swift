public import Routing

extension MapData {
    /// What is drawn where only a walking network is there: its ways, and its named places.
    public init(_ network: WalkingNetwork) {
        var writer = MapDataWriter()
        for number in network.segments.indices {
            let known = network.attributes(of: number)
            let points = network.shape(of: number).map { WorldPoint($0) }
            let drawn = FeatureClassifier.Drawn(known, name: network.name(of: number))
            writer.append(.way, network.segments[number].way, [drawn], [.init(points)])
        }
        for landmark in network.landmarks {
            var drawn = FeatureClassifier.Drawn(layer: .places, zoom: 15)
            drawn.attributes.set("name", network.texts[Int(landmark.name)])
            writer.append(.node, -1, [drawn], [.init([WorldPoint(landmark.position)])])
        }
        self = writer.finished()
    }
}

extension FeatureClassifier.Drawn {
    /// A segment of a network.
    fileprivate init(_ known: Attributes, name: String) {
        let kind = known[.kind]?.value ?? .footway
        switch kind {
        case .street, .busyStreet, .livingStreet: self.init(layer: .roads, zoom: 12)
        case .steps, .escalator: self.init(layer: .steps, zoom: 14)
        case .crossing: self.init(layer: .crossings, zoom: 16)
        case .lift: self.init(layer: .lifts, zoom: 15)
        case .platform: self.init(layer: .stations, zoom: 15)
        default: self.init(layer: .paths, zoom: 13)
        }
        attributes.set("class", kind.rawValue)
        attributes.set("name", name)
        attributes.set("steps", known[.stepCount]?.value)
        attributes.set("inclinePermille", known[.inclinePermille]?.value)
    }
}
