import ArgumentParser
import Basics
import Hosting
import Vision

/// `haechi vision`: cameras' pictures and what was seen in them, as files.
struct VisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vision",
        abstract: "What cameras saw.",
        subcommands: [
            FollowPeople.self, Score.self, AnalyzeVideo.self, DrawScene.self, TryEvents.self,
        ]
    )

    struct FollowPeople: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "track",
            abstract: "Follow people through a file of detections; writes MOTChallenge lines."
        )

        @Argument(help: "Detections in MOTChallenge's form; - for standard input.")
        var detections: String

        @Option(help: "The file to write; standard output where not given.")
        var output: String?

        @Flag(help: "As a live camera would: nothing is read again with what came after.")
        var live = false

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let frames = MOTChallenge.detections(
                try MOTChallenge.lines(try CommandInput.bytes(detections))
            )
            var tracker = Tracker()
            if let last = frames.keys.max() {
                for frame in 1...last { _ = try tracker.follow(frames[frame] ?? [], in: frame) }
            }
            let tracks = live ? tracker.tracks : TrackRefinement().refined(tracker.tracks)
            let text = MOTChallenge.text(tracks)
            guard let output else { return Terminal.write(text) }
            let file = try CommandFile(output)
            try file.write(Array(text.utf8))
            try file.close()
        }
    }

    struct Score: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare tracks with the truth: MOTA, IDF1, switches."
        )

        @Argument(help: "Tracks in MOTChallenge's form.")
        var tracks: String

        @Argument(help: "Ground truth in MOTChallenge's form.")
        var truth: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let score = TrackingScore(
                of: MOTChallenge.tracks(try MOTChallenge.lines(try CommandInput.bytes(tracks))),
                against: try MOTChallenge.lines(try CommandInput.bytes(truth))
            )
            switch format {
            case .json: try CommandOutput.json(Report(score))
            case .text:
                for (name, value) in [("MOTA", score.accuracy), ("IDF1", score.identityScore)] {
                    Terminal.write("\(name)\t\((value * 1000).rounded() / 1000)\n")
                }
                let word = Bilingual("바뀐 번호", "switches")
                Terminal.write("\(word[common.language])\t\(score.switchCount)\n")
            }
        }

        /// The score with the two figures that follow from its counts.
        private struct Report: Encodable {
            var accuracy: Double
            var identityScore: Double
            var counts: TrackingScore

            init(_ score: TrackingScore) {
                accuracy = score.accuracy
                identityScore = score.identityScore
                counts = score
            }
        }
    }
}
