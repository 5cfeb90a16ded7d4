import ArgumentParser
import Basics
import FoundationEssentials
import Hosting
import Packaging
import Routing

extension WayfindingCommand {
    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lay a recorded trace (GPX or GeoJSON) onto the ways it was walked on."
        )

        @Argument(help: "A graph file that `wayfinding build` made.")
        var graph: String

        @Argument(help: "A trace: GPX 1.1 or GeoJSON; - for standard input.")
        var trace: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format; json is GeoJSON.")
        var format = OutputFormat.text

        func run() async throws {
            let fixes = try Self.fixes(CommandInput.bytes(trace))
            let planner = try GraphFile.planner(FileBytes(path: graph))
            let matched = try TraceMatcher(planner).match(fixes)
            switch format {
            case .json: try CommandOutput.json(planner.geoJSON(matched))
            case .text: write(matched, planner)
            }
            // A fix without a way is a fault of the trace that the output names.
            if matched.places.contains(nil) { throw CommandOutcome.doneWithFaults }
        }

        private static func fixes(_ bytes: [UInt8]) throws -> [PositionFix] {
            let isXML = bytes.first { !$0.isSpace } == UInt8(ascii: "<")
            if isXML { return try TraceReader.gpx(SequentialSource(bytes)) }
            do {
                let document = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
                return try TraceReader.geoJSON(document)
            } catch let error as DecodingError {
                throw CommandOutcome.refused(
                    Bilingual(
                        "궤적이 GPX도 GeoJSON도 아닙니다: \(error)",
                        "The trace is neither GPX nor GeoJSON: \(error)"
                    )
                )
            }
        }

        private func write(_ matched: MatchedTrace, _ planner: RoutePlanner) {
            for piece in matched.pieces {
                let shape = planner.shape(of: piece)
                let metres = zip(shape, shape.dropFirst()).reduce(0) { $0 + $1.0.metres(to: $1.1) }
                let (first, last) = ((piece.fixes.first ?? 0) + 1, (piece.fixes.last ?? 0) + 1)
                let head = Bilingual(
                    "점 \(first)~\(last): \(Int(metres.rounded())) m",
                    "Fixes \(first) to \(last): \(Int(metres.rounded())) m"
                )
                Terminal.write(head[common.language] + "\n")
                for line in ways(of: piece, planner) { Terminal.write(line + "\n") }
            }
            let lost = matched.places.count { $0 == nil }
            guard lost > 0 else { return }
            let text = Bilingual(
                "가까운 길이 없거나 이어지지 않는 점: \(lost)개",
                "Fixes with no way near or no way on: \(lost)"
            )
            Terminal.write(text[common.language] + "\n")
        }

        /// The ways that were walked in order, each with its metres.
        private func ways(of piece: MatchedTrace.Piece, _ planner: RoutePlanner) -> [String] {
            var ways: [(way: Int64, name: String, metres: Double)] = []
            for passage in piece.legs.joined() {
                let segment = planner.network.segments[passage.segment]
                let share = passage.fractions.upperBound - passage.fractions.lowerBound
                let metres = share * Double(segment.lengthMillimetres) / 1_000
                if ways.last?.way == segment.way {
                    ways[ways.count - 1].metres += metres
                } else {
                    ways.append((segment.way, planner.network.name(of: passage.segment), metres))
                }
            }
            return ways.map { "  \(Int($0.metres.rounded())) m\tway \($0.way)\t\($0.name)" }
        }
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains(self) }
}
