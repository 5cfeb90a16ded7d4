public import ArgumentParser
import Basics
public import Hosting
public import Store
public import Web

/// What the city can do for a person: the programmes of the rules in force and a person's answers.
public struct CityProgrammes: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet.programmes

    /// `haechi listings`.
    public static let commands: [any ParsableCommand.Type] = [ListingsCommand.self]

    private let platform: Platform

    /// Opens the room; reads the rules.
    public init(on platform: Platform) async throws {
        self.platform = platform
        _ = RulesInForce.of(platform)
    }

    /// The addresses of the room.
    public var routes: RouteTable {
        var table = RouteTable()
        CheckRoutes(collection: .all, platform: platform).add(to: &table)
        return table
    }
}
