import Basics
import HTTPTypes
import Hosting
import Identity
import Routing
import Store
import Web

/// The routes that an account keeps: saving with consent, the list, forgetting.
struct MineRoutes {
    let desk: WayDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/wayfinding/mine", access: .signedIn) { incoming in
            let account = try incoming.accountID()
            let routes = try await desk.store.read { try SavedRoutes.of(account, in: $0) }
            return Self.page(routes, nil, incoming.page)
        }
        table.submission("/wayfinding/mine", access: .signedIn) { incoming, form in
            try await Self.save(desk, incoming, form)
        }
        table.submission("/wayfinding/mine/{id}/delete", access: .signedIn) { incoming, _ in
            let (id, account) = (try incoming.pathParameter("id"), try incoming.accountID())
            let keeping = WayKeeping(actor: incoming.actor)
            try await desk.store.write { try keeping.forgetRoute(id, of: account, in: $0) }
            return .other(.seeOther(WayLinks.mine))
        }
    }

    private static func save(
        _ desk: WayDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let account = try incoming.accountID()
        let words = form["question"] ?? ""
        let question = RouteQuestion(QueryItems(urlEncoded: words))
        var refusal: Bilingual?
        if form["consent"] != "1" {
            refusal = Bilingual("저장하려면 보관에 동의해 주세요.", "Agree that the route is kept.")
        } else if words.utf8.count > SavedRoute.maximumQuestionByteCount {
            refusal = Bilingual("저장할 수 없는 길입니다.", "The route cannot be saved.")
        } else if case .place(let start) = desk.find(question.from),
            case .place(let end) = desk.find(question.to),
            case .routes(let routes, _) = desk.answer(question, from: start, to: end)
        {
            let shape = routes[min(question.way, routes.count - 1)].route.shape
            refusal = try await keep(question, shape, account, desk, incoming)
        } else {
            refusal = Bilingual("길을 다시 찾은 뒤 저장해 주세요.", "Find the way again, then save it.")
        }
        guard let refusal else { return .other(.seeOther(WayLinks.mine)) }
        let routes = try await desk.store.read { try SavedRoutes.of(account, in: $0) }
        return .page(page(routes, refusal, incoming.page), .unprocessableContent)
    }

    private static func keep(
        _ question: RouteQuestion,
        _ shape: [GeoPoint],
        _ account: String,
        _ desk: WayDesk,
        _ incoming: Incoming
    ) async throws -> Bilingual? {
        let title = "\(question.from.words) → \(question.to.words)"
        let route = SavedRoute(
            id: RandomName.make(byteCount: 12),
            accountID: account,
            title: String(title.prefix(SavedRoute.maximumTitleCharacterCount)),
            question: String(question.link.target.dropFirst("/wayfinding?".count)),
            line: Polyline.encode(shape, digits: 6),
            consentedAt: incoming.now
        )
        guard route.line.utf8.count <= SavedRoute.maximumLineByteCount else {
            return Bilingual("저장하기에 너무 긴 길입니다.", "The route is too long to be saved.")
        }
        let keeping = WayKeeping(actor: incoming.actor)
        let hasRoom = try await desk.store.write { try keeping.save(route, shape, in: $0) }
        guard !hasRoom else { return nil }
        return Bilingual(
            "길은 \(SavedRoute.maximumCount)개까지 저장할 수 있습니다. 쓰지 않는 길을 지워 주세요.",
            "At most \(SavedRoute.maximumCount) routes are kept. Delete one first."
        )
    }

    private static func page(
        _ routes: [SavedRoute],
        _ refusal: Bilingual?,
        _ context: PageContext
    ) -> Page {
        let cards = HTML(each: routes) { route in
            section(
                route.title,
                """
                <p>\(context.text("동의한 때", "Agreed")): \(dateText(route.consentedAt, in: context))</p>\
                \(form(
                    action: .path("wayfinding", "mine", route.id, "delete"),
                    context: context
                ) {
                    buttonRow([
                        linkButton(
                            context.text("지금 길 보기", "Show the way"),
                            Link("/wayfinding?\(route.question)")
                        ),
                        button(context.text("지우기", "Delete"), style: .warning),
                    ])
                })
                """
            )
        }
        let empty = emptyState(
            title: context.text("저장한 길이 없습니다", "No saved route"),
            text: context.text(
                "길을 찾은 뒤 ‘저장하고 알림 받기’를 누르면, 그 길에 문제가 생길 때 알려 드립니다.",
                "Find a way and save it; you are told when something happens on it."
            ),
            actions: [linkButton(context.text("길 찾기", "Find a way"), WayLinks.home)]
        )
        return Page(
            title: context.text("내 길", "My routes"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            lead: HTML(
                text: context.text(
                    "저장한 길에 신고나 승강기 고장이 생기면 알림을 보냅니다.",
                    "You are told of reports and lift outages on these."
                )
            ),
            main: routes.isEmpty ? empty : cards,
            notification: refusal.map {
                errorSummary([FieldError(fieldID: nil, message: $0[context.language])], in: context)
            },
            hasErrors: refusal != nil
        )
    }
}

extension WayKeeping {
    /// Keeps a route with the consent that was given for it; says whether there was room.
    func save(_ route: SavedRoute, _ shape: [GeoPoint], in tx: WriteTransaction) throws -> Bool {
        guard try SavedRoutes.insert(route, shape, in: tx) else { return false }
        try tx.record(
            .create,
            on: AuditSubject(kind: "savedRoute", id: route.id),
            by: actor.auditActor,
            purpose: .savedRoute
        )
        return true
    }

    /// Forgets a route: the consent ends with it.
    func forgetRoute(_ id: String, of account: String, in tx: WriteTransaction) throws {
        guard try SavedRoutes.remove(id, of: account, in: tx) else { throw Problem.notFound }
        try tx.record(
            .delete,
            on: AuditSubject(kind: "savedRoute", id: id),
            by: actor.auditActor,
            purpose: .savedRoute
        )
    }
}

extension Purpose {
    /// A person keeps a route to be told of it.
    static let savedRoute = Purpose(
        code: "wayfinding.savedRoute",
        Bilingual("저장한 길 알림", "Notices about saved routes")
    )
}
