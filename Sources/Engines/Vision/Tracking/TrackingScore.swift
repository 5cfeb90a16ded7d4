/// How well tracks agree with the truth.
///
/// CLEAR MOT (Bernardin and Stiefelhagen, 2008) and identity scores (Ristani et al., "Performance
/// Measures and a Data Set for Multi-Target, Multi-Camera Tracking", 2016); a box counts as found from
/// half an overlap on. Scores of several recordings add up.
public struct TrackingScore: Sendable, Hashable, Codable {
    /// Boxes of the truth.
    public var truthCount = 0
    /// Boxes of the truth that were found.
    public var foundCount = 0
    /// Boxes that were nobody.
    public var falseCount = 0
    /// How often a person's track changed to another.
    public var switchCount = 0
    /// Boxes found under the one track that fits the person best.
    public var identityFoundCount = 0
    /// Boxes of the tracks.
    public var trackedCount = 0

    /// The least overlap.
    public static let minimumOverlap = 0.5

    /// A score of nothing.
    public init() {}

    /// Multiple object tracking accuracy: 1 less the misses, false boxes and switches a true box.
    public var accuracy: Double {
        guard truthCount > 0 else { return 0 }
        let errors = truthCount - foundCount + falseCount + switchCount
        return 1 - Double(errors) / Double(truthCount)
    }

    /// IDF1: the share of boxes under the right identity.
    public var identityScore: Double {
        guard truthCount + trackedCount > 0 else { return 0 }
        return 2 * Double(identityFoundCount) / Double(truthCount + trackedCount)
    }

    /// Both scores together.
    public static func + (left: TrackingScore, right: TrackingScore) -> TrackingScore {
        var sum = left
        sum.truthCount += right.truthCount
        sum.foundCount += right.foundCount
        sum.falseCount += right.falseCount
        sum.switchCount += right.switchCount
        sum.identityFoundCount += right.identityFoundCount
        sum.trackedCount += right.trackedCount
        return sum
    }

    /// Compares tracks with the truth; boxes of the truth whose score is 0 do not count.
    ///
    /// - Parameters:
    ///   - tracks: What was tracked.
    ///   - truth: The lines of a file of ground truth.
    public init(of tracks: [Track], against truth: [MOTChallenge.Line]) {
        var frames: [Int: (truth: [Item], tracked: [Item])] = [:]
        for line in truth where line.score != 0 {
            frames[line.frame, default: ([], [])].truth.append(Item(id: line.id, box: line.box))
            truthCount += 1
        }
        for track in tracks {
            for point in track.points {
                frames[point.frame, default: ([], [])].tracked
                    .append(Item(id: track.id, box: point.box))
                trackedCount += 1
            }
        }
        var lastTrack: [Int: Int] = [:]
        var together: [Pair: Int] = [:]
        var assignment = Assignment()
        for (_, frame) in frames.sorted(by: { $0.key < $1.key }) {
            for person in frame.truth {
                for item in frame.tracked
                where person.box.overlap(item.box) >= Self.minimumOverlap {
                    together[Pair(person: person.id, track: item.id), default: 0] += 1
                }
            }
            count(frame.truth, frame.tracked, &lastTrack, &assignment)
        }
        identityFoundCount = Self.identities(together, &assignment)
    }

    private struct Item {
        var id: Int
        var box: BoundingBox
    }

    private struct Pair: Hashable {
        var person: Int
        var track: Int
    }

    /// Counts one frame: whoever had a track keeps it where it still fits, the rest is paired anew.
    private mutating func count(
        _ truth: [Item],
        _ tracked: [Item],
        _ lastTrack: inout [Int: Int],
        _ assignment: inout Assignment
    ) {
        var people = truth
        var items = tracked
        for person in truth {
            guard let last = lastTrack[person.id],
                let index = items.firstIndex(where: { $0.id == last }),
                person.box.overlap(items[index].box) >= Self.minimumOverlap
            else { continue }
            items.remove(at: index)
            people.removeAll { $0.id == person.id }
            foundCount += 1
        }
        let costs = people.flatMap { person in items.map { 1 - person.box.overlap($0.box) } }
        let pairs = assignment.solve(
            costs,
            rowCount: people.count,
            columnCount: items.count,
            forbidden: 1 - Self.minimumOverlap + 1e-9
        )
        for (row, column) in pairs.enumerated() where column >= 0 {
            foundCount += 1
            let id = people[row].id
            if lastTrack[id] != nil, lastTrack[id] != items[column].id { switchCount += 1 }
            lastTrack[id] = items[column].id
        }
        falseCount += items.count - pairs.count { $0 >= 0 }
    }

    /// The boxes found when every person is given at most one track, the best for all together.
    private static func identities(
        _ together: [Pair: Int],
        _ assignment: inout Assignment
    ) -> Int {
        let people = Set(together.keys.map(\.person)).sorted()
        let tracks = Set(together.keys.map(\.track)).sorted()
        let most = Double(together.values.max() ?? 0)
        let costs = people.flatMap { person in
            tracks.map { most - Double(together[Pair(person: person, track: $0)] ?? 0) }
        }
        let pairs = assignment.solve(
            costs,
            rowCount: people.count,
            columnCount: tracks.count,
            forbidden: most
        )
        return pairs.enumerated().reduce(0) { sum, pair in
            guard pair.element >= 0 else { return sum }
            let key = Pair(person: people[pair.offset], track: tracks[pair.element])
            return sum + (together[key] ?? 0)
        }
    }
}
