import Basics
public import Hosting
public import Store
public import Web

/// Applications and what becomes of them: form, review, decision, fulfilment.
public struct CityCases: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet.cases

    private let platform: Platform

    /// Opens the room; the holidays that are known are written down once.
    public init(on platform: Platform) async throws {
        self.platform = platform
        let known = try await platform.store.read { try CaseHolidays.all(in: $0) }
        if known.isEmpty {
            try await platform.store.write { tx in
                for holiday in CaseHolidays.ofTheMoon { try CaseHolidays.save(holiday, in: tx) }
            }
        }
    }

    /// The applicant's way.
    public var routes: RouteTable {
        var table = RouteTable()
        ApplyRoutes(platform: platform).add(to: &table)
        ApplicationRoutes(platform: platform).add(to: &table)
        WalletRoutes(platform: platform).add(to: &table)
        return table
    }
}
