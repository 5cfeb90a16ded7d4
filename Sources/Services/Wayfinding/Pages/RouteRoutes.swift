import Basics
import CityMap
import HTTPTypes
import Identity
import Routing
import Web

/// The route page and the files of a route.
struct RouteRoutes {
    let desk: WayDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/wayfinding") { incoming in
            Self.page(desk, incoming).page(in: incoming.page)
        }
        table.file("/wayfinding/route.gpx") { incoming in
            let found = try Self.route(desk, incoming)
            let text = desk.map.planner.gpx(
                found.route,
                instructions: found.instructions,
                language: incoming.language
            )
            return .download(
                fileName: "haechi-route.gpx",
                contentType: "application/gpx+xml",
                body: .bytes(Array(text.utf8))
            )
        }
        table.file("/wayfinding/route.geojson") { incoming in
            let found = try Self.route(desk, incoming)
            var outgoing = try Outgoing.json(found.geoJSON(language: incoming.language))
            outgoing.headers[.contentType] = "application/geo+json"
            return outgoing
        }
    }

    private static func page(_ desk: WayDesk, _ incoming: Incoming) -> RoutePage {
        let question = RouteQuestion(incoming.query)
        let form = RouteForm(
            question: question,
            from: desk.find(question.from),
            to: desk.find(question.to)
        )
        var result: RouteResult?
        var refusal: Bilingual?
        if case .place(let start) = form.from, case .place(let end) = form.to,
            question.faults.isEmpty
        {
            switch desk.answer(question, from: start, to: end) {
            case .routes(let routes, let notes):
                result = RouteResult(
                    question: question,
                    start: start,
                    end: end,
                    routes: routes,
                    notes: notes,
                    network: desk.map.network,
                    canSave: incoming.actor.account != nil
                )
            case .refused(let message): refusal = message
            }
        }
        return RoutePage(
            form: form,
            result: result,
            refusal: refusal,
            attribution: desk.map.attribution,
            openMap: nil
        )
    }

    /// The way that an address asks for, for a file.
    private static func route(_ desk: WayDesk, _ incoming: Incoming) throws -> FoundRoute {
        let question = RouteQuestion(incoming.query)
        guard case .place(let start) = desk.find(question.from),
            case .place(let end) = desk.find(question.to), question.faults.isEmpty
        else {
            throw Problem.badRequest(
                Bilingual(
                    "출발지와 도착지를 한 곳씩 정해 주세요.",
                    "Give one start and one destination."
                )
            )
        }
        switch desk.answer(question, from: start, to: end) {
        case .routes(let routes, _): return routes[min(question.way, routes.count - 1)]
        case .refused(let message): throw Problem.noWay(message)
        }
    }
}

extension Problem {
    /// There is no way between the places.
    static func noWay(_ message: Bilingual) -> Problem {
        Problem(
            .notFound,
            kind: "no-way",
            title: Bilingual("길이 없습니다", "No way"),
            message: message
        )
    }
}
