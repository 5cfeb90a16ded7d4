import ArgumentParser
import Basics
import Cartography
import CityMap
import FoundationEssentials
import HTTPTypes
import Hosting
import Hummingbird
import NIOCore
import Packaging
import Routing

/// The verbs of `haechi wayfinding` that make and draw maps.
enum MapCommands {
    /// `haechi wayfinding sample`: the sample neighbourhood as a file.
    struct Sample: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the sample neighbourhood as an OpenStreetMap file (XML)."
        )

        @Option(help: "The file to write.")
        var output: String

        func run() async throws {
            let file = try CommandFile(output)
            try file.write(Array(SampleNeighbourhood.openStreetMapXML().utf8))
            try file.close()
        }
    }

    /// `haechi wayfinding serve-tiles`: the tiles of a map for programs on this machine.
    struct ServeTiles: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve-tiles",
            abstract: "Serve a map file as vector tiles on 127.0.0.1, with TileJSON at /tiles.json."
        )

        @Argument(help: "An OpenStreetMap file (PBF, XML, gzipped XML), or a graph file.")
        var map: String

        @Option(help: "The port to listen on.")
        var port = 8_090

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let file = try FileBytes(path: map)
            let data =
                try GraphFile.isGraph(file)
                ? MapData(GraphFile.planner(file).network) : try MapData(OSMFile(file))
            guard let box = data.box else {
                throw CommandOutcome.refused(
                    Bilingual("지도에 그릴 것이 없습니다.", "The map has nothing to draw.")
                )
            }
            let router = Router()
            let port = port
            router.get("/tiles.json") { request, _ in
                let json = TileJSON(box, host: request.head.authority ?? "127.0.0.1:\(port)")
                return ByteBuffer(bytes: Array(try JSONEncoder().encode(json)))
            }
            router.get("/tiles/{z}/{x}/{y}") { _, context -> Response in
                let parts = ["z", "x", "y"].map { context.parameters.get($0) ?? "" }
                guard parts[2].hasSuffix(".mvt"), let z = Int(parts[0]), let x = Int(parts[1]),
                    let y = Int(parts[2].dropLast(4)),
                    let address = try? TileAddress(zoom: z, x: x, y: y)
                else { return Response(status: .notFound) }
                guard let tile = data.vectorTile(address) else {
                    return Response(status: .noContent)
                }
                return Response(
                    status: .ok,
                    headers: [.contentType: "application/vnd.mapbox-vector-tile"],
                    body: .init(byteBuffer: ByteBuffer(bytes: tile))
                )
            }
            let server = Application(
                router: router,
                configuration: .init(address: .hostname("127.0.0.1", port: port)),
                onServerRunning: { channel in
                    let port = channel.localAddress?.port ?? 0
                    Terminal.write("http://127.0.0.1:\(port)/tiles.json\n")
                }
            )
            try await server.runService()
        }
    }

    /// What a viewer of tiles reads first (TileJSON 3.0.0).
    private struct TileJSON: Encodable {
        struct Layer: Encodable {
            var id: String
            var fields: [String: String] = [:]
        }

        var tilejson = "3.0.0"
        var tiles: [String]
        var attribution = "© OpenStreetMap contributors (ODbL)"
        var bounds: [Double]
        var minzoom = 0
        var maxzoom = TileAddress.maximumZoom
        var vectorLayers = MapLayer.allCases.map { Layer(id: $0.rawValue) }

        enum CodingKeys: String, CodingKey {
            case tilejson, tiles, attribution, bounds, minzoom, maxzoom
            case vectorLayers = "vector_layers"
        }

        init(_ box: WorldBox, host: String) {
            tiles = ["http://\(host)/tiles/{z}/{x}/{y}.mvt"]
            let southWest = WorldPoint(x: box.west, y: box.south).degrees
            let northEast = WorldPoint(x: box.east, y: box.north).degrees
            bounds = [
                southWest.longitude, southWest.latitude, northEast.longitude, northEast.latitude,
            ]
        }
    }
}
