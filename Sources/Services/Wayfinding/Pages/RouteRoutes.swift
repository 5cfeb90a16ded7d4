import Basics
import CityMap
import HTTPTypes
import Hosting
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
                    moment: question.moment(now: desk.platform.time.now()),
                    routes: routes,
                    notes: notes,
                    planner: desk.map.planner,
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
            openMap: result == nil ? Self.map(desk, incoming.page) : nil
        )
    }

    /// The map of the empty page: lifts, and what was reported; a tap on it chooses a place.
    private static func map(_ desk: WayDesk, _ context: PageContext) -> MapFrame? {
        let closed = desk.live.closures.prefix(maximumShownClosureCount).map { closure in
            MapFrame.Place(
                name: closure.text[context.language],
                position: closure.position.mapPosition,
                note: HTML(
                    text: closure.isConfirmed
                        ? context.text("확인됨", "confirmed") : context.text("미확인", "unconfirmed")
                )
            )
        }
        guard !closed.isEmpty else { return nil }
        return MapFrame(
            caption: ChartCaption(
                id: "barriers-map",
                title: context.text("지금 길에 있는 불편", "On the ways now"),
                summary: context.text(
                    "길찾기가 피해 가는 곳 \(closed.count)곳",
                    "\(closed.count) places that routes avoid"
                )
            ),
            nameTitle: context.text("무엇", "What"),
            noteTitle: context.text("상태", "State"),
            places: Array(closed)
        )
    }

    /// Closures on the map of the empty page.
    private static let maximumShownClosureCount = 50

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
