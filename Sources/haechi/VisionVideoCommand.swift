import ArgumentParser
import Basics
import FoundationEssentials
import Hosting
import Vision

/// `haechi vision analyze`: who and what is in a video.
struct AnalyzeVideo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Follow who moves in a video and name the events; without a model, or with one."
    )

    @Argument(help: "A video file, or the address of a stream: rtsp://, http:// or https://.")
    var video: String

    @Option(help: "The rules of the camera, a JSON file: zones, lines, homography, crowd.")
    var rules: String?

    @Option(help: "Tracks to write, as MOTChallenge lines.")
    var output: String?

    @Option(
        help: "A model that finds people, an ONNX file of a known one; what moves where not given."
    )
    var model: String?

    @Flag(help: "Ask the model only about pictures in which something moves.")
    var gated = false

    @Flag(help: "Write what the model found instead of tracks.")
    var detections = false

    @Option(help: "Pictures a second that are looked at; every one where not given.")
    var fps: Double?

    @Option(help: "Seconds of the video after which to stop, for a stream that never ends.")
    var seconds: Double?

    @Option(help: "Seconds to wait for a stream.")
    var timeout = VideoReader.defaultTimeoutSeconds

    @Option(help: "Output format.")
    var format = OutputFormat.text

    @OptionGroup var models: ModelOptions

    @OptionGroup var common: CommonOptions

    /// What was found, for programs.
    private struct Report: Encodable {
        var frames = 0
        var analyzedFrames = 0
        var detectorRuns = 0
        var seconds = 0.0
        var meanPersonCount = 0.0
        var tracks = 0
        var events: [VisionEvent] = []
    }

    func run() async throws {
        let reader = try VideoReader(video, timeoutSeconds: timeout)
        var analyzer = try SceneAnalyzer(rules: try readRules())
        var points: [Int: [Track.Point]] = [:]
        var events: [Int: VisionEvent] = [:]
        var report = Report()
        var next = -Double.infinity
        let detector = try model.map {
            try PersonDetector(try CommandInput.bytes($0), try models.openRuntime())
        }
        while let frame = try step(reader, &next, &report) {
            if let seconds, frame.seconds > seconds { break }
            // Asked at all only where it may have something to see.
            let isWanted = !gated || analyzer.sawMotion
            let seen =
                detector == nil
                ? nil : try isWanted ? detector?.detect(in: frame.picture) : []
            report.detectorRuns += isWanted && detector != nil ? 1 : 0
            let findings = try analyzer.analyze(
                frame.picture,
                atSeconds: frame.seconds,
                detections: seen
            )
            report.analyzedFrames += 1
            report.seconds = frame.seconds
            report.meanPersonCount += findings.personCount
            for event in findings.events { events[event.id] = event }
            for (id, point) in sightings(findings, seen, in: report.frames) {
                points[id, default: []].append(point)
            }
        }
        report.meanPersonCount /= Double(max(1, report.analyzedFrames))
        report.tracks = points.count
        report.events = events.values.sorted { $0.id < $1.id }
        if let output {
            let file = try CommandFile(output)
            let tracks = points.map { Track(id: $0.key, points: $0.value) }
            try file.write(Array(MOTChallenge.text(tracks).utf8))
            try file.close()
        }
        try write(report)
    }

    /// The boxes of a frame by track; by -1, as the benchmark has it, where they are detections.
    private func sightings(
        _ findings: FrameFindings,
        _ seen: [Detection]?,
        in frame: Int
    ) -> [(Int, Track.Point)] {
        guard detections, let seen else {
            return findings.tracks.map {
                ($0.id, Track.Point(frame: frame, box: $0.box, score: 0.9))
            }
        }
        return seen.map { (-1, Track.Point(frame: frame, box: $0.box, score: $0.score)) }
    }

    /// The next picture that is looked at.
    private func step(
        _ reader: VideoReader,
        _ next: inout Double,
        _ report: inout Report
    ) throws -> VideoReader.Frame? {
        while true {
            report.frames += 1
            guard let frame = try reader.next() else {
                report.frames -= 1
                return nil
            }
            guard let fps, fps > 0 else { return frame }
            if frame.seconds >= next - 1e-6 {
                next = max(next, frame.seconds) + 1 / fps
                return frame
            }
        }
    }

    private func readRules() throws -> SceneRules {
        guard let rules else { return SceneRules() }
        let bytes = try CommandInput.bytes(rules)
        do {
            return try JSONDecoder().decode(SceneRules.self, from: Data(bytes))
        } catch {
            throw CommandOutcome.refused(
                Bilingual(
                    "규칙 파일을 읽을 수 없습니다: \(rules) (\(error))",
                    "The rules cannot be read: \(rules) (\(error))"
                )
            )
        }
    }

    private func write(_ report: Report) throws {
        if format == .json { return try CommandOutput.json(report) }
        let line = Bilingual(
            "프레임 \(report.analyzedFrames)장, 이벤트 \(report.events.count)건",
            "\(report.analyzedFrames) frames, \(report.events.count) events"
        )
        Terminal.write(line[common.language] + "\n")
        for event in report.events {
            let name = event.kind.title[common.language]
            let level = event.level.map { " (\($0.title[common.language]))" } ?? ""
            let place = event.zone.map { "\t\($0)" } ?? ""
            Terminal.write(
                "\(tenths(event.startSeconds))–\(tenths(event.endSeconds)) s\t\(name)\(level)\(place)\n"
            )
        }
    }

    private func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
