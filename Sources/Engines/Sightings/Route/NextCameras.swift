extension RouteInference {
    /// Cameras on the straightest way between two others, in order along it.
    func camerasBetween(
        _ from: CameraPlace,
        _ to: CameraPlace,
        _ walks: inout WalkTimes
    ) -> [UInt32] {
        let whole = walks.seconds(from.number, to.number)
        guard whole.isFinite, whole > 0 else { return [] }
        let straight = from.meters(to: to)
        var found: [(camera: UInt32, seconds: Double)] = []
        for camera in cameras.values
        where camera.number != from.number && camera.number != to.number {
            // A detour as the crow flies that is too long spares the search on the network.
            let apart = from.meters(to: camera) + camera.meters(to: to)
            guard apart <= 1.5 * straight + 30 else { continue }
            let first = walks.seconds(from.number, camera.number)
            guard first + walks.seconds(camera.number, to.number) <= 1.02 * whole + 2 else {
                continue
            }
            found.append((camera.number, first))
        }
        return found.sorted { ($0.seconds, $0.camera) < ($1.seconds, $1.camera) }.map(\.camera)
    }

    /// The cameras that may see the person next.
    ///
    /// A camera is the more likely the sooner it is reached, the fewer others lie before it (each
    /// of them would have to miss the person), and the better it lies ahead. One that should have
    /// seen them by now and did not is as likely as a stay of that length, or a miss.
    func nextCameras(
        after chain: [RouteObservation],
        presentSeconds: Double?,
        _ walks: inout WalkTimes
    ) -> [InferredRoute.NextCamera] {
        guard let last = chain.last else { return [] }
        let elapsed = max(0, (presentSeconds ?? last.seconds) - last.seconds)
        let before = chain.dropLast().last { $0.camera.number != last.camera.number }?.camera
        var weights: [(camera: UInt32, weight: Double, seconds: Double)] = []
        for camera in cameras.values where camera.number != last.camera.number {
            let reach = settings.horizonSeconds * settings.metersPerSecond
            guard last.camera.meters(to: camera) <= reach else { continue }
            let seconds = walks.seconds(last.camera.number, camera.number)
            guard seconds <= settings.horizonSeconds else { continue }
            let misses = camerasBetween(last.camera, camera, &walks).count
            var weight = power(1 - settings.detectionProbability, misses)
            weight /= 1 + seconds / 60
            if let before { weight *= straightness(before, last.camera, camera) }
            weight *= stillToCome(elapsed - seconds)
            weights.append((camera.number, weight, seconds))
        }
        // One share more: the person stays, goes indoors, or leaves by a way without a camera.
        let none = 0.25 * (weights.map(\.weight).max() ?? 0)
        let total = weights.reduce(none) { $0 + $1.weight }
        guard total > 0 else { return [] }
        return weights.map { camera, weight, seconds in
            InferredRoute.NextCamera(
                camera: camera,
                probability: weight / total,
                earliestMilliseconds: milliseconds(last.seconds + seconds / settings.fastestPace),
                likelyMilliseconds: milliseconds(last.seconds + seconds)
            )
        }.sorted { ($1.probability, $0.camera) < ($0.probability, $1.camera) }
    }

    /// How much likelier people go on than turn: 1 straight on, less at a corner, least back.
    private func straightness(
        _ before: CameraPlace,
        _ corner: CameraPlace,
        _ after: CameraPlace
    ) -> Double {
        let (first, second) = (before.offset(to: corner), corner.offset(to: after))
        let lengths = before.meters(to: corner) * corner.meters(to: after)
        guard lengths > 0 else { return 1 }
        let turn = (first.east * second.east + first.north * second.north) / lengths
        let ahead = (1 + turn) / 2
        return 0.2 + 0.8 * ahead * ahead
    }

    /// The probability that somebody who is late by some seconds has not passed yet.
    private func stillToCome(_ lateSeconds: Double) -> Double {
        guard lateSeconds > 0 else { return 1 }
        let stays = 1 / (1 + lateSeconds / settings.staySeconds)
        return max(1 - settings.detectionProbability, stays)
    }

    private func milliseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1000).rounded()) }

    private func power(_ base: Double, _ count: Int) -> Double {
        (0..<count).reduce(1) { product, _ in product * base }
    }
}
