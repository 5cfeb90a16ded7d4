import Basics

/// The text form of the MOTChallenge benchmark: `frame,id,x,y,width,height,score,…`, one box a line.
///
/// Leal-Taixé et al., "MOTChallenge 2015: Towards a Benchmark for Multi-Target Tracking", 2015, §2.4.
public enum MOTChallenge {
    /// Boxes one file may have.
    public static let maximumBoxCount = 10_000_000
    /// The largest number of a frame.
    public static let maximumFrame = 10_000_000
    /// The largest coordinate or extent, in pixels.
    public static let maximumPixel = 1_000_000.0

    /// A line.
    public struct Line: Sendable, Hashable {
        /// The frame, from 1 on.
        public var frame: Int
        /// The person; -1 in a file of detections.
        public var id: Int
        /// The box.
        public var box: BoundingBox
        /// The score of a detection; in ground truth 0 for a box that does not count.
        public var score: Double

        /// Creates a line.
        public init(frame: Int, id: Int, box: BoundingBox, score: Double) {
            self.frame = frame
            self.id = id
            self.box = box
            self.score = score
        }
    }

    /// Reads a file; empty lines are left out.
    ///
    /// - Throws: `VisionError` `badLine` with the number of the line, or `tooMany`.
    public static func lines(_ bytes: some Sequence<UInt8>) throws -> [Line] {
        var lines: [Line] = []
        var number = 0
        var text: [UInt8] = []
        func take() throws {
            number += 1
            defer { text.removeAll(keepingCapacity: true) }
            let blanks: [UInt8] = [0x20, 0x09, 0x0D]
            guard !text.allSatisfy(blanks.contains) else { return }
            guard lines.count < maximumBoxCount else {
                throw VisionError.tooMany(Bilingual("상자가", "boxes"), maximum: maximumBoxCount)
            }
            lines.append(try line(String(decoding: text, as: UTF8.self), number))
        }
        for byte in bytes {
            if byte == 0x0A { try take() } else { text.append(byte) }
        }
        try take()
        return lines
    }

    private static func line(_ text: String, _ number: Int) throws -> Line {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count >= 6 else {
            throw VisionError.badLine(
                number,
                Bilingual("쉼표로 나뉜 값이 여섯 개 이상 있어야 합니다.", "It needs six values or more.")
            )
        }
        let values = fields.prefix(7).map { field in
            Double(field.filter { !$0.isWhitespace }).flatMap { $0.isFinite ? $0 : nil }
        }
        guard !values.contains(nil) else {
            throw VisionError.badLine(
                number,
                Bilingual("숫자가 아닌 값이 있습니다.", "A value is not a number.")
            )
        }
        let known = values.compactMap { $0 }
        guard (1...Double(maximumFrame)).contains(known[0]), abs(known[1]) < 1e9,
            known[2...5].allSatisfy({ abs($0) <= maximumPixel }), known[4] > 0, known[5] > 0
        else {
            throw VisionError.badLine(
                number,
                Bilingual(
                    "프레임 번호나 상자의 크기가 맞지 않습니다.",
                    "The number of the frame or the size of the box is out of range."
                )
            )
        }
        return Line(
            frame: Int(known[0]),
            id: Int(known[1]),
            box: BoundingBox(x: known[2], y: known[3], width: known[4], height: known[5]),
            score: known.count > 6 ? known[6] : 1
        )
    }

    /// The detections of every frame, by frame; a score outside 0 to 1 is brought inside.
    public static func detections(_ lines: [Line]) -> [Int: [Detection]] {
        var frames: [Int: [Detection]] = [:]
        for line in lines {
            let score = min(max(line.score, 0), 1)
            frames[line.frame, default: []].append(Detection(box: line.box, score: score))
        }
        return frames
    }

    /// The tracks of a file, by number.
    public static func tracks(_ lines: [Line]) -> [Track] {
        Dictionary(grouping: lines, by: \.id).sorted { $0.key < $1.key }.map { id, lines in
            let points = lines.sorted { $0.frame < $1.frame }
                .map { Track.Point(frame: $0.frame, box: $0.box, score: $0.score) }
            return Track(id: id, points: points)
        }
    }

    /// Tracks as text, by frame and then by track.
    public static func text(_ tracks: [Track]) -> String {
        let points = tracks.flatMap { track in track.points.map { (track.id, $0) } }
            .sorted { ($0.1.frame, $0.0) < ($1.1.frame, $1.0) }
        var text = ""
        for (id, point) in points {
            let box = point.box
            let numbers = [box.x, box.y, box.width, box.height].map(hundredths)
                .joined(separator: ",")
            text += "\(point.frame),\(id),\(numbers),\(hundredths(point.score ?? 1)),-1,-1,-1\n"
        }
        return text
    }

    private static func hundredths(_ value: Double) -> String {
        let scaled = Int((value * 100).rounded())
        let digits = abs(scaled) % 100
        return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 100)." + (digits < 10 ? "0" : "")
            + "\(digits)"
    }
}
