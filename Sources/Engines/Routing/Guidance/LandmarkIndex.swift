/// Finds named places near a turn.
struct LandmarkIndex: Sendable {
    /// Landmarks by latitude.
    private let sorted: [WalkingNetwork.Landmark]

    init(_ network: WalkingNetwork) {
        sorted = network.landmarks.sorted { $0.position.latitudeE7 < $1.position.latitudeE7 }
    }

    /// The name of the nearest landmark within a distance.
    func nearest(to point: GeoPoint, within metres: Double, in network: WalkingNetwork) -> String? {
        let span = Int32((metres / 111_000 * GeoPoint.unitsPerDegree).rounded(.up))
        var range = 0..<sorted.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                sorted[middle].position.latitudeE7 < point.latitudeE7 - span
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        var best: (metres: Double, name: UInt32)?
        for landmark in sorted[range.lowerBound...] {
            guard landmark.position.latitudeE7 <= point.latitudeE7 + span else { break }
            let distance = point.metres(to: landmark.position)
            if distance <= min(metres, best?.metres ?? .infinity) {
                best = (distance, landmark.name)
            }
        }
        return best.map { network.texts[Int($0.name)] }
    }
}
