import ArgumentParser
import Basics
import FoundationEssentials
import Hosting
import Packaging
import Routing

/// `haechi wayfinding`: walking routes from a map file, without a server.
struct WayfindingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wayfinding",
        abstract: "Walking routes for people with reduced mobility.",
        subcommands: [
            Build.self, Way.self, Match.self, MapCommands.ServeTiles.self, MapCommands.Sample.self,
        ]
    )

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Build a walking graph from a map.",
            discussion: """
                MAP is an OpenStreetMap file (PBF, XML, gzipped XML), a table of Seoul's walking \
                network (CSV, XLSX), or a folder of an OpenSidewalks data set (nodes and edges as \
                GeoJSON); its content tells which. The graph file is made beside its place and \
                renamed when it is whole, and read by mapping it into memory.
                """
        )

        @Argument(help: "The map.")
        var map: String

        @Option(help: "A GTFS feed (.zip) with the ways inside of stations; repeat.")
        var stations: [String] = []

        @Option(help: "A tile of heights (SRTM .hgt, also zipped, or GeoTIFF) for slopes; repeat.")
        var elevation: [String] = []

        @Option(help: "The graph file to write.")
        var output: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        private struct Summary: Encodable {
            var nodes: Int
            var segments: Int
            var kilometres: Double
            var hierarchyArcs: Int
            var missingNodes: Int
            var inferredInclines: Int
            var byteCount: Int
        }

        func run() async throws {
            var network = try WalkingNetwork(WalkingSource.open(map, stations: stations))
            let tiles = try elevation.map {
                try TerrainFile.open(FileBytes(path: $0), fileName: $0)
            }
            let inferred = network.inferInclines(from: tiles)
            let planner = try RoutePlanner(network)
            let file = try CommandFile(output)
            let byteCount = try GraphFile.write(planner) { try file.write($0) }
            try file.close()
            let millimetres = network.segments.reduce(0) { $0 + Int($1.lengthMillimetres) }
            let summary = Summary(
                nodes: network.nodeCount,
                segments: network.segments.count,
                kilometres: Double(millimetres / 100_000) / 10,
                hierarchyArcs: planner.topology.arcCount,
                missingNodes: network.missingNodeCount,
                inferredInclines: inferred,
                byteCount: byteCount
            )
            switch format {
            case .json: try CommandOutput.json(summary)
            case .text: Terminal.write(text(summary)[common.language] + "\n")
            }
        }

        private func text(_ summary: Summary) -> Bilingual {
            Bilingual(
                "보행 그래프: 노드 \(summary.nodes)개, 구간 \(summary.segments)개, "
                    + "\(summary.kilometres) km, 지도에 없는 노드 \(summary.missingNodes)개",
                "Walking graph: \(summary.nodes) nodes, \(summary.segments) segments, "
                    + "\(summary.kilometres) km, \(summary.missingNodes) nodes missing in the map"
            )
        }
    }

    struct Way: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "route",
            abstract: "Find the way between two places, with every barrier on it."
        )

        @Argument(help: "A graph file that `wayfinding build` made.")
        var graph: String

        @Option(help: "The start: latitude,longitude.")
        var from: String

        @Option(help: "The end: latitude,longitude.")
        var to: String

        @Option(help: "A profile: a standard one by its name, or a JSON file.")
        var profile = Profile.foot.name

        @Flag(help: "Avoid what is unknown or unconfirmed too.")
        var confirmedOnly = false

        @Option(help: "Write the way as GPX to a file too.")
        var gpx: String?

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format; json is GeoJSON.")
        var format = OutputFormat.text

        func run() async throws {
            let (start, end) = (try WayfindingInput.place(from), try WayfindingInput.place(to))
            let chosen = try WayfindingInput.profile(profile)
            let planner = try GraphFile.planner(FileBytes(path: graph))
            var query = ContractionQuery(planner.topology)
            let route = try planner.route(
                from: start,
                to: end,
                try planner.metric(chosen, isConfirmedOnly: confirmedOnly),
                &query
            )
            if let gpx {
                let file = try CommandFile(gpx)
                try file.write(Array(planner.gpx(route, language: common.language).utf8))
                try file.close()
            }
            switch format {
            case .json: try CommandOutput.json(planner.geoJSON(route, language: common.language))
            case .text: write(route, planner, chosen)
            }
        }

        private func write(_ route: Route, _ planner: RoutePlanner, _ profile: Profile) {
            let minutes = Int((route.seconds / 60).rounded(.up))
            let metres = Int(route.metres.rounded())
            let sure = Int(route.confirmedMetres.rounded())
            let unknown = Int(route.unknownMetres.rounded())
            let head = Bilingual(
                "\(profile.title.korean): \(metres) m, 약 \(minutes)분 "
                    + "(확인됨 \(sure) m, 미확인 \(unknown) m), 장애물 \(route.obstacles.count)곳",
                "\(profile.title.english): \(metres) m, about \(minutes) min "
                    + "(\(sure) m confirmed, \(unknown) m unknown), \(route.obstacles.count) obstacles"
            )
            Terminal.write(head[common.language] + "\n")
            for instruction in planner.instructions(for: route) {
                let at = Int(instruction.metresFromStart.rounded())
                Terminal.write("\(at) m\t\(instruction.text[common.language])\n")
            }
        }
    }
}

/// What the verbs read.
private enum WayfindingInput {
    static func place(_ text: String) throws -> GeoPoint {
        let parts = text.split(separator: ",").map { Double($0) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else {
            throw CommandOutcome.refused(
                Bilingual(
                    "위치는 위도,경도로 적습니다(예: 37.5665,126.978): \(text)",
                    "A place is latitude,longitude, such as 37.5665,126.978, not \(text)."
                )
            )
        }
        return try GeoPoint(latitude: latitude, longitude: longitude)
    }

    static func profile(_ name: String) throws -> Profile {
        if let standard = Profile.named(name) { return standard }
        guard name.hasSuffix(".json") else {
            let names = Profile.standard.map(\.name).joined(separator: ", ")
            throw CommandOutcome.refused(
                Bilingual(
                    "이동 프로필은 \(names) 중 하나이거나 JSON 파일입니다.",
                    "A profile is one of \(names), or a JSON file."
                )
            )
        }
        do {
            let bytes = try CommandInput.bytes(name)
            return try JSONDecoder().decode(Profile.self, from: Data(bytes)).checked()
        } catch let error as DecodingError {
            throw CommandOutcome.refused(
                Bilingual(
                    "이동 프로필 파일을 읽을 수 없습니다: \(error)",
                    "The profile cannot be read: \(error)"
                )
            )
        }
    }
}
