import Basics
import Foundation
import Testing

@testable import Vision

/// A walker in a straight line, a box a frame.
private func walker(
    from start: (x: Double, y: Double),
    by step: (x: Double, y: Double),
    frames: ClosedRange<Int>
) -> [Int: Detection] {
    var seen: [Int: Detection] = [:]
    for frame in frames {
        let count = Double(frame - frames.lowerBound)
        let box = BoundingBox(
            x: start.x + step.x * count,
            y: start.y + step.y * count,
            width: 40,
            height: 100
        )
        seen[frame] = Detection(box: box, score: 0.95)
    }
    return seen
}

private func tracks(_ walkers: [[Int: Detection]], last: Int) throws -> [Track] {
    var tracker = Tracker()
    for frame in 1...last {
        _ = try tracker.follow(walkers.compactMap { $0[frame] }, in: frame)
    }
    return tracker.tracks
}

@Suite struct `Following people` {
    @Test func `one walker is one track`() throws {
        let found = try tracks([walker(from: (0, 0), by: (4, 1), frames: 1...60)], last: 60)
        #expect(found.count == 1)
        #expect(found.first?.points.count == 60)
    }

    @Test func `two who pass each other keep their numbers`() throws {
        let left = walker(from: (0, 100), by: (6, 0), frames: 1...80)
        let right = walker(from: (480, 140), by: (-6, 0), frames: 1...80)
        let found = try tracks([left, right], last: 80)
        #expect(found.count == 2)
        for track in found {
            let xs = track.points.map(\.box.x)
            #expect(xs == xs.sorted() || xs == xs.sorted(by: >), "a track turns around")
        }
    }

    @Test func `a walker behind a post stays the same, and the gap is filled in a recording`()
        throws
    {
        var seen = walker(from: (0, 0), by: (5, 0), frames: 1...60)
        for frame in 25...36 { seen[frame] = nil }
        let found = try tracks([seen], last: 60)
        #expect(found.count == 1)
        let refined = TrackRefinement().refined(found)
        #expect(refined.first?.points.map(\.frame) == Array(1...60))
        let filled = try #require(refined.first?.points.first { $0.frame == 30 })
        #expect(filled.score == nil && abs(filled.box.x - 145) < 1)
    }

    @Test func `a single false alarm is nobody`() throws {
        let found = try tracks([walker(from: (5, 5), by: (0, 0), frames: 9...9)], last: 30)
        #expect(found.isEmpty)
    }

    @Test func `a frame with too much in it is refused`() throws {
        let box = BoundingBox(x: 0, y: 0, width: 1, height: 1)
        let many = Array(
            repeating: Detection(box: box, score: 1),
            count: Tracker.maximumDetectionCount + 1
        )
        var tracker = Tracker()
        #expect(throws: VisionError.self) { try tracker.follow(many, in: 1) }
    }
}

@Suite struct `Pairing at the least cost` {
    /// The least sum by trying every way, staying alone included.
    private func least(_ costs: [[Double]], _ row: Int, _ taken: Set<Int>, _ alone: Double)
        -> Double
    {
        guard row < costs.count else { return 0 }
        var best = alone + least(costs, row + 1, taken, alone)
        for (column, cost) in costs[row].enumerated()
        where !taken.contains(column) && cost < alone {
            best = min(best, cost + least(costs, row + 1, taken.union([column]), alone))
        }
        return best
    }

    @Test func `agrees with trying every way`() {
        var random = SeededRandom(seed: 20_231)
        var assignment = Assignment()
        for _ in 0..<300 {
            let rows = Int.random(in: 1...5, using: &random)
            let columns = Int.random(in: 1...5, using: &random)
            let costs = (0..<rows).map { _ in
                (0..<columns).map { _ in Double.random(in: 0...1, using: &random) }
            }
            let pairs = assignment.solve(
                costs.flatMap { $0 },
                rowCount: rows,
                columnCount: columns,
                forbidden: 0.7
            )
            let taken = pairs.filter { $0 >= 0 }
            #expect(Set(taken).count == taken.count)
            let sum = pairs.enumerated().reduce(0) {
                $0 + ($1.element < 0 ? 0.7 : costs[$1.offset][$1.element])
            }
            #expect(abs(sum - least(costs, 0, [], 0.7)) < 1e-9)
        }
    }
}

@Suite struct `The score of tracks` {
    private let truth = walker(from: (0, 0), by: (5, 0), frames: 1...20)
        .sorted { $0.key < $1.key }
        .map { MOTChallenge.Line(frame: $0.key, id: 1, box: $0.value.box, score: 1) }

    @Test func `is one for the truth itself`() {
        let score = TrackingScore(of: MOTChallenge.tracks(truth), against: truth)
        #expect(score.accuracy == 1 && score.identityScore == 1)
    }

    @Test func `counts a change of number once, and half the identity`() {
        let cut = truth.map { line in
            var line = line
            if line.frame > 10 { line.id = 2 }
            return line
        }
        let score = TrackingScore(of: MOTChallenge.tracks(cut), against: truth)
        #expect(score.switchCount == 1 && score.accuracy == 0.95)
        #expect(score.identityScore == 0.5)
    }

    @Test func `counts misses and false boxes`() {
        var wrong = truth.filter { $0.frame > 4 }
        wrong.append(
            MOTChallenge.Line(
                frame: 1,
                id: 9,
                box: BoundingBox(x: 900, y: 900, width: 5, height: 5),
                score: 1
            )
        )
        let score = TrackingScore(of: MOTChallenge.tracks(wrong), against: truth)
        #expect(score.foundCount == 16 && score.falseCount == 1)
        #expect(score.accuracy == 0.75)
    }
}

@Suite struct `Files of MOTChallenge` {
    @Test func `are written as they are read`() throws {
        let text = "1,7,10.50,-3.25,40.00,100.00,0.90,-1,-1,-1\n"
        let lines = try MOTChallenge.lines(Array(text.utf8))
        #expect(MOTChallenge.text(MOTChallenge.tracks(lines)) == text)
    }

    @Test(arguments: [
        "1,2,3", "x,1,1,1,1,1,1", "1,1,nan,1,1,1,1", "0,1,1,1,1,1,1", "1,1,1,1,-5,1,1",
        "1,1,1e300,1,1,1,1", "99999999999999999999,1,1,1,1,1,1", "1,1,1,1,1,inf,1",
    ])
    func `say which line cannot be read`(_ line: String) {
        let bytes = Array("1,1,1,1,1,1,1\n\(line)\n".utf8)
        #expect { try MOTChallenge.lines(bytes) } throws: { error in
            (error as? VisionError)?.context == "line 2"
        }
    }

    @Test func `of bytes at random end in an error or in boxes, never in a crash`() {
        var random = SeededRandom(seed: 7)
        let alphabet = Array("0123456789,.-eE\n\r naif\u{FF}".utf8)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...80, using: &random)
            let bytes = (0..<count).map { _ in
                alphabet[Int.random(in: alphabet.indices, using: &random)]
            }
            guard let lines = try? MOTChallenge.lines(bytes) else { continue }
            #expect(lines.allSatisfy { $0.box.area > 0 })
        }
    }
}

@Suite struct `Real recordings` {
    private static let folder =
        (ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"] ?? "../shared/data")
        + "/cctv/mot15/"

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: folder),
            "HAECHI_SHARED_DATA has no cctv/mot15"
        ),
        arguments: [
            ("PETS09-S2L1", 0.55, 0.45), ("TUD-Campus", 0.6, 0.65), ("KITTI-17", 0.55, 0.65),
        ]
    )
    func `are followed well`(_ name: String, _ accuracy: Double, _ identity: Double) throws {
        func lines(_ kind: String) throws -> [MOTChallenge.Line] {
            let url = URL(filePath: "\(Self.folder)\(name).\(kind).txt")
            return try MOTChallenge.lines([UInt8](Data(contentsOf: url)))
        }
        let frames = MOTChallenge.detections(try lines("det"))
        var tracker = Tracker()
        for frame in 1...(frames.keys.max() ?? 1) {
            _ = try tracker.follow(frames[frame] ?? [], in: frame)
        }
        let score = TrackingScore(
            of: TrackRefinement().refined(tracker.tracks),
            against: try lines("gt")
        )
        #expect(score.accuracy > accuracy && score.identityScore > identity, "\(score)")
    }
}
