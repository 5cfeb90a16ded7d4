public import Hosting
public import Store

/// Applications and what becomes of them: form, review, decision, fulfilment.
public struct CityCases: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "cases", migrations: [])

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
