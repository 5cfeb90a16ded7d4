import Basics

/// Follows people from frame to frame by where they are, without knowing what they look like.
///
/// Two passes per frame, first with what the detector is sure of, then with what it half saw
/// (Zhang et al., "ByteTrack", 2022); boxes are compared with a margin around them, so that a step
/// aside does not end a track (Yang et al., "Hard to Track Objects with Irregular Motions and Similar
/// Appearances? Make It Easier by Buffering the Matching Space", 2023); a speed is taken again from two
/// sightings after a gap (Cao et al., "Observation-Centric SORT", 2023). Where the camera itself moves,
/// what all tracks have in common is taken for its motion.
public struct Tracker: Sendable {
    /// What decides how far a track is followed.
    public struct Settings: Sendable, Hashable {
        /// From this score on a detection takes part in the first pass.
        public var sureScore = 0.8
        /// From this score on a detection begins a new track.
        public var newTrackScore = 0.6
        /// The margin around boxes in the first pass, as a share of their width and height.
        public var margin = 0.1
        /// The margin where a track was not seen for some frames.
        public var widerMargin = 0.2
        /// The least overlap, with the margin and times the likeness of the heights, that makes a pair.
        public var minimumOverlap = 0.4
        /// A detection that shares more than this with a track's box is the same person seen twice.
        public var maximumShared = 0.7
        /// Tracks seen in a frame from which the camera's own motion is told.
        public var cameraTrackCount = 3
        /// Sightings that make a track one; before them it ends with the first frame without.
        public var confirmationCount = 4
        /// Frames without a sighting after which a track ends.
        public var maximumGap = 20
        /// Whether `tracks` keeps every sighting; a camera that never ends keeps the last one only.
        public var keepsHistory = true

        /// The settings for a street at 5 to 30 frames a second.
        public init() {}
    }

    /// The largest number of detections in a frame.
    public static let maximumDetectionCount = 2_000

    private struct Live: Sendable {
        var id: Int
        var motion: BoxMotion
        var points: [Track.Point]
        var sightingCount = 1
        var gap = 0
        var isConfirmed = false
        /// How far the last sighting lay from where it was expected, in pixels.
        var surprise = (x: 0.0, y: 0.0)
    }

    private let settings: Settings
    private var live: [Live] = []
    private var ended: [Track] = []
    private var nextID = 1
    private var assignment = Assignment()

    /// Creates a tracker.
    public init(_ settings: Settings = .init()) {
        self.settings = settings
    }

    /// Takes the next frame in.
    ///
    /// - Parameters:
    ///   - detections: What the detector saw.
    ///   - frame: The number of the frame; it grows from call to call.
    /// - Returns: The confirmed tracks that were seen in this frame, each with its box.
    /// - Throws: `VisionError` `tooMany`.
    public mutating func follow(
        _ detections: [Detection],
        in frame: Int
    ) throws -> [(id: Int, box: BoundingBox)] {
        guard detections.count <= Self.maximumDetectionCount else {
            throw VisionError.tooMany(
                .init("한 프레임의 탐지가", "detections in one frame"),
                maximum: Self.maximumDetectionCount
            )
        }
        for index in live.indices { live[index].motion.predict() }
        let sure = detections.filter { $0.score >= settings.sureScore }
        let half = detections.filter { $0.score < settings.sureScore }
        let all = Array(live.indices)
        let active = all.filter { live[$0].gap == 0 }
        var free = pair(active, with: sure, margin: settings.margin, in: frame)
        let unseen = { [live] in all.filter { live[$0].points.last?.frame != frame } }
        moveUnseen(with: cameraMotion(in: frame), in: frame)
        free = pair(unseen(), with: free, margin: settings.widerMargin, in: frame)
        let missed = unseen().filter { live[$0].gap == 0 }
        _ = pair(missed, with: half, margin: settings.margin, in: frame)
        endOfFrame(frame)
        let known = live.compactMap { $0.points.last?.frame == frame ? $0.points.last?.box : nil }
        for detection in free where detection.score >= settings.newTrackScore {
            if known.contains(where: { $0.overlap(detection.box) > settings.maximumShared }) {
                continue
            }
            begin(with: detection, in: frame)
        }
        return live.compactMap { track in
            guard track.isConfirmed, let point = track.points.last, point.frame == frame
            else { return nil }
            return (track.id, track.motion.box)
        }
    }

    /// Every confirmed track, those that ended and those that go on, by number.
    public var tracks: [Track] {
        (ended + live.filter(\.isConfirmed).map { Track(id: $0.id, points: $0.points) })
            .sorted { $0.id < $1.id }
    }

    /// Gives detections to tracks.
    ///
    /// - Returns: The detections that no track took.
    private mutating func pair(
        _ tracks: [Int],
        with detections: [Detection],
        margin: Double,
        in frame: Int
    ) -> [Detection] {
        guard !tracks.isEmpty, !detections.isEmpty else { return detections }
        let seen = detections.map { $0.box.grown(by: margin) }
        var costs: [Double] = []
        costs.reserveCapacity(tracks.count * detections.count)
        for track in tracks {
            let expected = live[track].motion.box.grown(by: margin)
            for box in seen {
                let alike = min(expected.height, box.height) / max(expected.height, box.height)
                costs.append(1 - expected.overlap(box) * alike)
            }
        }
        let pairs = assignment.solve(
            costs,
            rowCount: tracks.count,
            columnCount: detections.count,
            forbidden: 1 - settings.minimumOverlap
        )
        var isTaken = [Bool](repeating: false, count: detections.count)
        for (row, column) in pairs.enumerated() where column >= 0 {
            isTaken[column] = true
            see(detections[column], by: tracks[row], in: frame)
        }
        return detections.indices.filter { !isTaken[$0] }.map { detections[$0] }
    }

    /// What the tracks seen in this frame have moved in common beyond what was expected of them.
    private func cameraMotion(in frame: Int) -> (x: Double, y: Double) {
        let seen = live.filter { $0.isConfirmed && $0.points.last?.frame == frame }
        guard seen.count >= settings.cameraTrackCount else { return (0, 0) }
        func median(_ values: [Double]) -> Double {
            let sorted = values.sorted()
            return sorted[sorted.count / 2]
        }
        return (median(seen.map(\.surprise.x)), median(seen.map(\.surprise.y)))
    }

    /// Moves the tracks that were not seen with the camera.
    private mutating func moveUnseen(with motion: (x: Double, y: Double), in frame: Int) {
        for index in live.indices where live[index].points.last?.frame != frame {
            live[index].motion.shift(x: motion.x, y: motion.y)
        }
    }

    private mutating func see(_ detection: Detection, by index: Int, in frame: Int) {
        let expected = live[index].motion.box
        live[index].surprise = (
            detection.box.centerX - expected.centerX, detection.box.centerY - expected.centerY
        )
        if live[index].gap > 0, let last = live[index].points.last {
            // What the filter believed through the gap was a guess; two sightings tell the speed.
            var motion = BoxMotion(last.box)
            for step in 1...(live[index].gap + 1) {
                motion.predict()
                let share = Double(step) / Double(live[index].gap + 1)
                motion.correct(last.box.between(detection.box, at: share), score: detection.score)
            }
            live[index].motion = motion
        } else {
            live[index].motion.correct(detection.box, score: detection.score)
        }
        if !settings.keepsHistory { live[index].points.removeAll(keepingCapacity: true) }
        live[index].points.append(
            Track.Point(frame: frame, box: detection.box, score: detection.score)
        )
        live[index].sightingCount += 1
        live[index].gap = 0
        if live[index].sightingCount >= settings.confirmationCount {
            live[index].isConfirmed = true
        }
    }

    private mutating func begin(with detection: Detection, in frame: Int) {
        live.append(
            Live(
                id: nextID,
                motion: BoxMotion(detection.box),
                points: [Track.Point(frame: frame, box: detection.box, score: detection.score)],
                isConfirmed: settings.confirmationCount <= 1
            )
        )
        nextID += 1
    }

    /// Ends what was not seen for too long.
    private mutating func endOfFrame(_ frame: Int) {
        var kept: [Live] = []
        kept.reserveCapacity(live.count)
        for var track in live {
            if track.points.last?.frame != frame { track.gap += 1 }
            if track.gap == 0 || track.isConfirmed && track.gap <= settings.maximumGap {
                kept.append(track)
            } else if track.isConfirmed, settings.keepsHistory {
                ended.append(Track(id: track.id, points: track.points))
            }
        }
        live = kept
    }
}

extension BoundingBox {
    /// The box with a margin of a share of its width and height on every side.
    func grown(by share: Double) -> BoundingBox {
        BoundingBox(
            x: x - width * share,
            y: y - height * share,
            width: width * (1 + 2 * share),
            height: height * (1 + 2 * share)
        )
    }
}
