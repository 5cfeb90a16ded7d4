import Basics
public import Hosting
public import Web

/// The questions of a portal, what was answered and what came of it, below the portal's address.
///
/// Nobody has to sign in, and nothing needs a script.
public struct CheckRoutes: Sendable {
    let collection: ProgrammeCollection
    let platform: Platform

    /// Describes the pages of a portal.
    public init(collection: ProgrammeCollection, platform: Platform) {
        self.collection = collection
        self.platform = platform
    }

    var desk: AnswerDesk { AnswerDesk(platform: platform) }

    /// Adds the pages: `BASE/check`, `BASE/check/people`, `BASE/check/answers`, `BASE/results`.
    public func add(to table: inout RouteTable) {
    }
}
