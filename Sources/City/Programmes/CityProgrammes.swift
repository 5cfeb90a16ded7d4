public import ArgumentParser
public import Hosting
public import Store

/// What the city can do for a person: the programmes of the rules in force and a person's answers.
public struct CityProgrammes: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "programmes", migrations: [])

    /// `haechi listings`.
    public static let commands: [any ParsableCommand.Type] = [ListingsCommand.self]

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
