import Routing

/// One way and the ways around it, as `/api/wayfinding/walk` answers: all that a phone needs to guide
/// along it without a connection.
struct WalkAnswer: Encodable, Sendable {
    /// Whom the way is for.
    var profile: RouteAnswer.ProfileName
    /// Changes with every report, repair and lift outage.
    var revision: Int
    /// The way, as in `/api/wayfinding/routes`.
    var route: RouteBody
    /// The ways around it in metres east and north of its start.
    var surroundings: LocalNetwork
}
