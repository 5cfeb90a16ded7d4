import ArgumentParser
import Assistant
import Basics
import Cameras
import Cases
import Childcare
import City
import CityMap
import Footage
import Glibc
import Hosting
import MissingPersons
import Procurement
import Programmes
import SharedPCs
import Wayfinding
import Youth

/// The rooms of this city: taking a service out of the list takes it out of the product.
let city = CityComposition(
    modules: [
        CityRecords.self, CityProgrammes.self, CityCases.self, CityMapRoom.self, CityFootage.self,
    ],
    services: [
        Procurement.self, Wayfinding.self, Cameras.self, MissingPersons.self, Childcare.self,
        Youth.self, Assistant.self, SharedPCs.self,
    ]
)

/// The `haechi` command.
struct Haechi: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "haechi",
        abstract: "A city's digital services on one open platform.",
        subcommands: HostingCommands.all + city.commands + EngineCommands.all
    )
}

@main
struct Main {
    static func main() async {
        HostingCommands.use(city)
        exit(
            await CommandRunner.run(
                Haechi.self,
                arguments: Array(CommandLine.arguments.dropFirst())
            )
        )
    }
}
