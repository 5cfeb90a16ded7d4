import ArgumentParser
import Basics
import Hosting
import Vision

/// The kind of a scene by its name.
private func sceneKind(_ name: String) throws -> GeneratedScene.Kind {
    guard let kind = GeneratedScene.Kind(rawValue: name) else {
        let names = GeneratedScene.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("“\(name)” is none of: \(names)")
    }
    return kind
}

/// `haechi vision scene`: a frame of a generated street, or its truth.
struct DrawScene: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scene",
        abstract: "Draw a frame of a generated street, or write who is in it as MOTChallenge lines."
    )

    @Argument(help: "What happens: walkers, fall, crowd and others.", transform: sceneKind)
    var kind: GeneratedScene.Kind

    @Option(help: "The seed; the same seed gives the same street.")
    var seed: UInt64 = 1

    @Option(help: "The frame, from 0; the middle of what happens where not given.")
    var frame: Int?

    @Option(help: "Pixels from left to right.")
    var width = 480

    @Option(help: "Pixels from top to bottom.")
    var height = 270

    @Option(help: "The file to write: .jpg, .png, or .txt for the truth of every frame.")
    var output: String

    func run() async throws {
        let scene = try GeneratedScene(kind, seed: seed, width: width, height: height)
        let happens = scene.events.first.map { ($0.startSeconds + $0.endSeconds) / 2 } ?? 20
        let frame = frame ?? Int(happens * Double(scene.framesPerSecond))
        let bytes: [UInt8]
        if output.hasSuffix(".jpg") || output.hasSuffix(".jpeg") {
            bytes = try scene.frame(frame).jpeg(quality: 90)
        } else if output.hasSuffix(".png") {
            bytes = try scene.frame(frame).png()
        } else if output.hasSuffix(".txt") {
            bytes = Array(truth(of: scene).utf8)
        } else {
            throw CommandOutcome.refused(
                Bilingual(
                    "출력 파일은 .jpg, .png, .txt 중 하나입니다.",
                    "The output ends in .jpg, .png or .txt."
                )
            )
        }
        let file = try CommandFile(output)
        try file.write(bytes)
        try file.close()
    }

    private func truth(of scene: GeneratedScene) -> String {
        var points: [Int: [Track.Point]] = [:]
        for index in 0..<GeneratedScene.periodSeconds * scene.framesPerSecond {
            for actor in scene.truth(index) where actor.doing != .thing {
                points[actor.id, default: []].append(
                    Track.Point(frame: index + 1, box: actor.box, score: 1)
                )
            }
        }
        return MOTChallenge.text(points.map { Track(id: $0.key, points: $0.value) })
    }
}

/// `haechi vision events`: how well events are found on generated streets.
struct TryEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Play generated streets to the analyzer and count the events it finds."
    )

    @Option(help: "What happens; every kind where not given.", transform: sceneKind)
    var kind: GeneratedScene.Kind?

    @Option(help: "The first seed.")
    var seed: UInt64 = 1

    @Option(help: "How many seeds of each kind.")
    var count = 1

    @Option(help: "Output format.")
    var format = OutputFormat.text

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...1000).contains(count) else {
            throw ValidationError("--count lies between 1 and 1000")
        }
    }

    func run() async throws {
        var trial = SceneTrial()
        for kind in kind.map({ [$0] }) ?? GeneratedScene.Kind.allCases {
            for offset in 0..<UInt64(count) {
                try trial.play(try GeneratedScene(kind, seed: seed &+ offset))
            }
        }
        let rows = EventKind.allCases.compactMap { kind in
            trial.scores[kind].map { Row(kind: kind, score: $0, f1: $0.f1) }
        }
        switch format {
        case .json: try CommandOutput.json(rows)
        case .text:
            for row in rows {
                let f1 = (row.f1 * 1000).rounded() / 1000
                Terminal.write(
                    "\(row.kind.title[common.language])\t\(row.score.found)"
                        + "\t\(row.score.invented)\t\(row.score.missed)\t\(f1)\n"
                )
            }
        }
    }

    private struct Row: Encodable {
        var kind: EventKind
        var score: SceneTrial.Score
        var f1: Double
    }
}
