import ArgumentParser
import Basics
import Hosting
import Sightings

/// Times of the verbs of `haechi sightings`.
enum SightingsTime {
    /// Milliseconds since 1970, or a time of day in Korea: 2026-03-02T09:00, with seconds and
    /// +09:00 or without.
    static func milliseconds(_ text: String) throws -> Int64 {
        if let number = Int64(text) { return number }
        var text = text[...]
        if text.hasSuffix("+09:00") { text = text.dropLast(6) }
        let parts = text.split(maxSplits: 1) { $0 == "T" || $0 == " " }
        let clock = (parts.last ?? "").split(separator: ":", omittingEmptySubsequences: false)
            .map { Int($0) }
        guard parts.count == 2, let date = LocalDate(iso: parts[0]), (2...3).contains(clock.count),
            let hour = clock[0], let minute = clock[1],
            let second = clock.count == 3 ? clock[2] : 0,
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else {
            throw CommandOutcome.refused(
                Bilingual(
                    "시각이 아닙니다(예: 2026-03-02T09:00:00): \(text)",
                    "Not a time, such as 2026-03-02T09:00:00: \(text)"
                )
            )
        }
        return Instant(date, hour: hour, minute: minute, second: second).millisecondsSinceEpoch
    }

    static func text(_ milliseconds: Int64) -> String {
        Instant(millisecondsSinceEpoch: milliseconds).rfc3339
    }
}

/// An answer as a table or as JSON.
struct SightingsReport: Encodable {
    struct Match: Encodable {
        var id: SightingID
        var camera: UInt32
        var timeMilliseconds: Int64
        var box: SightingBox
        var upper: UInt8
        var lower: UInt8
        var quality: UInt8
        var score: Float
        var nearestExample: Int?
        var exampleLikeness: [Float]
        var rejectedLikeness: Float?
        var passingCount: Int
    }

    var matches: [Match]
    var scannedCount: Int
    var comparedCount: Int
    var isExact: Bool
    var expectedRecall: Double

    init(_ answer: SightingAnswer) {
        matches = answer.matches.map { match in
            Match(
                id: match.id,
                camera: match.camera,
                timeMilliseconds: match.timeMilliseconds,
                box: match.box,
                upper: match.upper,
                lower: match.lower,
                quality: match.quality,
                score: match.score,
                nearestExample: match.reason.nearestExample,
                exampleLikeness: match.reason.exampleLikeness,
                rejectedLikeness: match.reason.rejectedLikeness,
                passingCount: match.passingCount
            )
        }
        scannedCount = answer.scannedCount
        comparedCount = answer.comparedCount
        isExact = answer.isExact
        expectedRecall = answer.expectedRecall
    }

    /// The table that `haechi sightings route` reads.
    static func table(_ answer: SightingAnswer) -> String {
        let lines = answer.matches.map { match in
            "\(match.id),\(match.camera),\(match.timeMilliseconds),\(match.score),"
                + "\(match.upper),\(match.lower),\(match.quality),\(match.passingCount)"
        }
        return (["id,camera,time,score,upper,lower,quality,passings"] + lines)
            .joined(separator: "\n") + "\n"
    }
}

extension SightingsCommand {
    struct Way: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "route",
            abstract: "Find the most likely way past the cameras, and the ones to watch next.",
            discussion: """
                CAMERAS has the columns camera, latitude and longitude and may have clockAhead and \
                clockTolerance in seconds. MATCHES is what search wrote; a column confirmed says \
                yes where a person is sure. Walks are taken as the crow flies, times the detour.
                """
        )

        @Argument(help: "A CSV or XLSX file of cameras.")
        var cameras: String

        @Argument(help: "A CSV file of matches.")
        var matches: String

        @Option(help: "How much longer streets are than the crow flies.")
        var detour = 1.3

        @Option(help: "How many cameras to watch.")
        var limit = 5

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let places = try NamedTable(cameras, columns: ["camera", "latitude", "longitude"]).rows
                .map { try $0.cameraPlace() }
            let candidates = try NamedTable(matches, columns: ["id", "camera", "time", "score"])
                .rows.map { try $0.routeCandidate() }
            let inference = RouteInference.straight(cameras: places, detour: detour)
            let route = try inference.mostLikelyPath(candidates)
            switch format {
            case .json: try CommandOutput.json(Report(route, limit))
            case .text:
                for (index, step) in route.steps.enumerated() {
                    Terminal.write(
                        "\(SightingsTime.text(step.timeMilliseconds))\t\(step.candidate.camera)\t"
                            + "\(percent(step.probability))\t\(step.candidate.id)\n"
                    )
                    if index < route.gaps.count { write(route.gaps[index]) }
                }
                for next in route.next.prefix(limit) {
                    Terminal.write(
                        "→ \(next.camera)\t\(percent(next.probability))\t"
                            + "\(SightingsTime.text(next.likelyMilliseconds))\n"
                    )
                }
            }
        }

        private func write(_ gap: InferredRoute.Gap) {
            let seconds = Int(gap.elapsedSeconds.rounded())
            let walk = Int(min(gap.walkSeconds, 1e6).rounded())
            let words = Bilingual(
                "\(seconds)초(걸어서 \(walk)초), 미확인 카메라 \(gap.unseenAt.count)대",
                "\(seconds) s (\(walk) s on foot), unseen at \(gap.unseenAt.count) cameras"
            )
            Terminal.write("  ↓ \(words[common.language])\n")
        }

        private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

        private struct Report: Encodable {
            struct Step: Encodable {
                var id: SightingID
                var camera: UInt32
                var timeMilliseconds: Int64
                var probability: Double
            }

            struct Gap: Encodable {
                var elapsedSeconds: Double
                var walkSeconds: Double?
                var unknownSeconds: Double?
                var uncertaintyMeters: Double
                var unseenAt: [UInt32]
            }

            struct Next: Encodable {
                var camera: UInt32
                var probability: Double
                var earliestMilliseconds: Int64
                var likelyMilliseconds: Int64
            }

            var steps: [Step]
            var gaps: [Gap]
            var next: [Next]
            var breaks: [SightingID]

            init(_ route: InferredRoute, _ limit: Int) {
                steps = route.steps.map {
                    Step(
                        id: $0.candidate.id,
                        camera: $0.candidate.camera,
                        timeMilliseconds: $0.timeMilliseconds,
                        probability: $0.probability
                    )
                }
                gaps = route.gaps.map { gap in
                    Gap(
                        elapsedSeconds: gap.elapsedSeconds,
                        walkSeconds: gap.walkSeconds.isFinite ? gap.walkSeconds : nil,
                        unknownSeconds: gap.walkSeconds.isFinite ? gap.unknownSeconds : nil,
                        uncertaintyMeters: gap.uncertaintyMeters,
                        unseenAt: gap.unseenAt
                    )
                }
                next = route.next.prefix(limit).map {
                    Next(
                        camera: $0.camera,
                        probability: $0.probability,
                        earliestMilliseconds: $0.earliestMilliseconds,
                        likelyMilliseconds: $0.likelyMilliseconds
                    )
                }
                breaks = route.breaks
            }
        }
    }
}
