import Basics
import CityMap
import HTTPTypes
import Routing
import Web

/// The walking mode and the camera mode of a way, what they read, and what keeps them without a
/// connection.
struct WalkRoutes {
    let desk: WayDesk

    private struct Input: Decodable, Sendable {
        var from: String
        var to: String
    }

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/wayfinding/walk") { incoming in
            WalkPage(Walk(desk, incoming)).page(in: incoming.page)
        }
        table.page("/wayfinding/ar") { incoming in
            CameraPage(Walk(desk, incoming)).page(in: incoming.page)
        }
        // A service worker rules over the folder that it stands in: the pages of this service alone.
        table.file("/wayfinding/worker.js") { _ in
            Outgoing(
                contentType: "text/javascript; charset=utf-8",
                body: .bytes(PackageResources.worker_js)
            )
        }
        addEndpoint(to: &table)
    }

    private func addEndpoint(to table: inout RouteTable) {
        let desk = desk
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/wayfinding/walk",
                operationID: "followWalkingRoute",
                summary:
                    "A walking route with the ways around it, to be followed without a connection.",
                tag: "wayfinding",
                parameters: RouteEndpoint.questionParameters + [
                    .query("way", .integer(0...RoutePlanner.maximumAlternativeCount))
                ],
                response: .any
            )
        ) { (_: Input, incoming: Incoming) -> WalkAnswer in
            // Asked first: a change in between makes the number too old, never too new.
            let revision = desk.live.revision
            let walk = Walk(desk, incoming)
            switch walk.state {
            case .incomplete: throw Problem.badRequest(Walk.incompleteText)
            case .refused(let message): throw Problem.noWay(message)
            case .found(let found):
                let profile = walk.question.profile.profile
                return WalkAnswer(
                    profile: .init(
                        name: profile.name,
                        title: profile.plainTitle[incoming.language]
                    ),
                    revision: revision,
                    route: RouteBody(found, desk.map.planner, language: incoming.language),
                    surroundings: LocalNetwork(around: found.route, of: desk.map.planner)
                )
            }
        }
    }
}

/// The way that an address of the walking pages asks for.
struct Walk: Sendable {
    enum State: Sendable {
        /// No start, no destination, or several of the name.
        case incomplete
        case refused(Bilingual)
        case found(FoundRoute)
    }

    static let incompleteText = Bilingual(
        "출발지와 도착지를 한 곳씩 정해 주세요.",
        "Give one start and one destination."
    )

    /// The question with its places as coordinates, so that nothing is looked up twice.
    private(set) var question: RouteQuestion
    /// What people call the destination.
    let destination: String
    let state: State
    let attribution: Bilingual

    init(_ desk: WayDesk, _ incoming: Incoming) {
        question = RouteQuestion(incoming.query)
        let name = incoming.query.text("toName") ?? ""
        destination =
            name.isEmpty
            ? question.to.words : String(name.prefix(RouteQuestion.End.maximumCharacterCount))
        attribution = desk.map.attribution
        guard case .place(let start) = desk.find(question.from),
            case .place(let end) = desk.find(question.to), question.faults.isEmpty
        else {
            state = .incomplete
            return
        }
        question.from = .init(words: start.words)
        question.to = .init(words: end.words)
        switch desk.answer(question, from: start, to: end) {
        case .routes(let routes, _): state = .found(routes[min(question.way, routes.count - 1)])
        case .refused(let message): state = .refused(message)
        }
    }

    /// The same walk at another address.
    func link(_ path: String) -> Link {
        Link(path, query: question.items + [("toName", destination)])
    }
}
