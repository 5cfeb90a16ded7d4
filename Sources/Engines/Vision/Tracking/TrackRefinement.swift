/// What a recording allows and a live camera does not: tracks are read again with what came after.
///
/// Pieces of one person's track are joined, gaps are filled in, and tracks too short to be anybody are
/// left out.
public struct TrackRefinement: Sendable, Hashable {
    /// Frames between two pieces that may be one person.
    public var maximumJoinGap = 60
    /// How far the second piece may begin from where the first was going, in heights of the person.
    public var maximumJoinDistance = 0.7
    /// The largest gap that is filled in, in frames.
    public var maximumFilledGap = 20
    /// Sightings a track needs.
    public var minimumSightingCount = 5
    /// The mean score a track needs.
    public var minimumMeanScore = 0.85

    /// The usual refinement.
    public init() {}

    /// The tracks, refined, by number.
    public func refined(_ tracks: [Track]) -> [Track] {
        joined(joined(tracks, within: 0.5), within: 1).filter(isSomebody).map(filled).sorted {
            $0.id < $1.id
        }
    }

    private func isSomebody(_ track: Track) -> Bool {
        let scores = track.points.compactMap(\.score)
        return scores.count >= minimumSightingCount
            && scores.reduce(0, +) >= minimumMeanScore * Double(scores.count)
    }

    /// Joins pieces, the pair that fits best first; a piece follows one other and is followed by one.
    ///
    /// What fits well is joined first, because a longer piece tells better where it was going.
    private func joined(_ tracks: [Track], within share: Double) -> [Track] {
        let pieces = tracks.filter { !$0.points.isEmpty }
            .sorted { ($0.points[0].frame, $0.id) < ($1.points[0].frame, $1.id) }
        let starts = pieces.map { $0.points[0].frame }
        var pairs: [(first: Int, second: Int, distance: Double)] = []
        for first in pieces.indices {
            guard let end = pieces[first].points.last?.frame else { continue }
            var second = starts.partitioningIndex { $0 > end }
            while second < starts.count, starts[second] - end <= maximumJoinGap {
                let distance = distance(from: pieces[first], to: pieces[second])
                if let distance, distance < maximumJoinDistance * share {
                    pairs.append((first, second, distance))
                }
                second += 1
            }
        }
        pairs.sort { ($0.distance, $0.first, $0.second) < ($1.distance, $1.first, $1.second) }
        var next = [Int?](repeating: nil, count: pieces.count)
        var isFollower = [Bool](repeating: false, count: pieces.count)
        for pair in pairs where next[pair.first] == nil && !isFollower[pair.second] {
            next[pair.first] = pair.second
            isFollower[pair.second] = true
        }
        return pieces.indices.filter { !isFollower[$0] }.map { head in
            var track = pieces[head]
            var at = next[head]
            while let index = at {
                track.points += pieces[index].points
                at = next[index]
            }
            return track
        }
    }

    /// How far apart two pieces are, in heights, if each went on as it went; nil where they cannot be
    /// one person.
    private func distance(from first: Track, to second: Track) -> Double? {
        guard let end = first.points.last, let start = second.points.first else { return nil }
        let gap = start.frame - end.frame
        guard gap > 0, gap <= maximumJoinGap else { return nil }
        let height = (end.box.height + start.box.height) / 2
        let ratio = end.box.height / start.box.height
        guard ratio > 0.65, ratio < 1.55 else { return nil }
        let going = speed(of: first.points.suffix(Self.speedFrameCount))
        let coming = speed(of: second.points.prefix(Self.speedFrameCount))
        func miss(_ speed: (x: Double, y: Double)) -> Double {
            let x = start.box.centerX - end.box.centerX - speed.x * Double(gap)
            let y = start.box.centerY - end.box.centerY - speed.y * Double(gap)
            return (x * x + y * y).squareRoot() / height
        }
        let mean = ((going.x + coming.x) / 2, (going.y + coming.y) / 2)
        // The longer nobody was seen, the less the guess is worth.
        let doubt = 1 + Self.doubtPerFrame * Double(gap)
        return min(miss(mean), miss((0, 0)) + Self.standingPenalty) * doubt
    }

    /// What a distance grows by with every frame of the gap, as a share.
    private static let doubtPerFrame = 0.015
    /// What standing still costs beside going on, in heights.
    private static let standingPenalty = 0.1
    /// Frames a speed is taken over.
    private static let speedFrameCount = 12

    private func speed(of points: ArraySlice<Track.Point>) -> (x: Double, y: Double) {
        guard let first = points.first, let last = points.last, last.frame > first.frame
        else { return (0, 0) }
        let frames = Double(last.frame - first.frame)
        return (
            (last.box.centerX - first.box.centerX) / frames,
            (last.box.centerY - first.box.centerY) / frames
        )
    }

    /// The track with the boxes between two sightings.
    private func filled(_ track: Track) -> Track {
        var points: [Track.Point] = []
        for point in track.points {
            if let last = points.last, point.frame - last.frame > 1,
                point.frame - last.frame <= maximumFilledGap
            {
                let length = point.frame - last.frame
                for step in 1..<length {
                    let share = Double(step) / Double(length)
                    points.append(
                        Track.Point(
                            frame: last.frame + step,
                            box: last.box.between(point.box, at: share),
                            score: nil
                        )
                    )
                }
            }
            points.append(point)
        }
        return Track(id: track.id, points: points)
    }
}

extension Array {
    /// The first index from which on everything satisfies a condition that nothing before satisfies.
    func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
