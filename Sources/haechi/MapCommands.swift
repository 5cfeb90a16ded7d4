import ArgumentParser
import Basics
import CityMap
import Hosting

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
}
