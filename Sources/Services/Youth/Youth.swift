import Basics
public import Hosting
import Programmes
public import Store
public import Web

/// 청년몽땅정보통: what a young person can have, in one place.
public struct Youth: CityService {
    /// The system it is.
    public static let system = CitySystem.youth
    /// The tables of the service: what it keeps stands in the rooms it shares.
    public static let migrations = MigrationSet(component: "youth", migrations: [])

    private let platform: Platform

    /// Opens the service.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }

    /// The addresses of the portal.
    public var routes: RouteTable {
        var table = RouteTable()
        YouthRoutes(platform: platform).add(to: &table)
        CheckRoutes(collection: YouthCollection.programmes, platform: platform).add(to: &table)
        return table
    }

    /// The ways in.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("내게 맞는 청년 지원", "Youth programmes that fit"), Link("/youth")),
            ServiceDoor(Bilingual("청년 지원 신청 달력", "When to apply"), Link("/youth/calendar")),
        ]
    }

    /// The procedures of the sample city and applications to them.
    public static func makeSample(on platform: Platform) async throws {
        try await YouthSample.make(on: platform)
    }
}
