import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// Using the bots: the list, the start of a talk, the endpoint that lists them.
struct BotRoutes {
    let desk: AssistantDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/bots", access: TalkRoutes.access) { incoming in
            try await Self.list(desk, incoming).page(in: incoming.page)
        }
        table.page("/assistant/bots/{id}", access: TalkRoutes.access) { incoming in
            try await Self.start(desk, incoming).page(in: incoming.page)
        }
        table.submission(
            "/assistant/bots/{id}/talks",
            access: TalkRoutes.access,
            maximumBodyByteCount: QuestionForm.maximumByteCount
        ) { incoming, form in
            let question = form["question"] ?? ""
            if QuestionForm.fault(question) != nil {
                var page = try await Self.start(desk, incoming)
                page.refused = question
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let id = try incoming.pathParameter("id")
            return try await TalkRoutes.ask(form, in: nil, bot: id, desk, incoming)
        }
        addEndpoint(to: &table)
    }

    private static func list(_ desk: AssistantDesk, _ incoming: Incoming) async throws
        -> BotListPage
    {
        let number = incoming.query.pageNumber()
        let usable = try await desk.usableBots(by: incoming.actor)
        let organizations = incoming.actor.organizations(for: .knowledgeKeeper)
        let kept = try await desk.store.read { db in
            organizations == []
                ? nil : try Bots.page(number, organizations: organizations, in: db)
        }
        let start = (number - 1) * BotListPage.pageSize
        return BotListPage(
            usable: Array(usable.dropFirst(start).prefix(BotListPage.pageSize)),
            usableCount: usable.count,
            kept: kept,
            number: number
        )
    }

    private static func start(_ desk: AssistantDesk, _ incoming: Incoming) async throws -> BotPage {
        let id = try incoming.pathParameter("id")
        guard let bot = try await desk.botInUse(id, incoming) else { throw Problem.notFound }
        return BotPage(
            bot: bot,
            documents: desk.documents(of: bot, for: incoming),
            isKept: incoming.actor.may(.knowledgeKeeper, in: bot.organizationID)
        )
    }

    private struct PageInput: Decodable, Sendable {
        var page: Int?
    }

    private struct BotList: Encodable, Sendable {
        struct Item: Encodable, Sendable {
            var id: String
            var name: String
            var greeting: String
            var link: String
        }
        var bots: [Item]
        var total: Int
    }

    private func addEndpoint(to table: inout RouteTable) {
        let desk = desk
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/assistant/bots",
                operationID: "listAssistantBots",
                summary: "The department bots the caller may use, \(Bots.pageSize) a page.",
                tag: "assistant",
                access: TalkRoutes.access,
                parameters: [
                    .query("page", .integer(1...QueryItems.maximumPageNumber))
                ],
                response: .object([
                    "bots": .array(
                        of: .object([
                            "id": .string(), "name": .string(), "greeting": .string(),
                            "link": .uriReference,
                        ])
                    ),
                    "total": .integer(),
                ])
            )
        ) { (input: PageInput, incoming) in
            let bots = try await desk.usableBots(by: incoming.actor)
            let start = ((input.page ?? 1) - 1) * Bots.pageSize
            return BotList(
                bots: bots.dropFirst(start).prefix(Bots.pageSize).map { bot in
                    BotList.Item(
                        id: bot.id,
                        name: bot.content.name,
                        greeting: bot.content.greeting,
                        link: Link.path("assistant", "bots", bot.id).target
                    )
                },
                total: bots.count
            )
        }
    }
}

extension AssistantDesk {
    /// The documents of a bot that a person may be quoted today, by title.
    func documents(of bot: BotInUse, for incoming: Incoming) -> [KnowledgeDocument] {
        let day = incoming.now.date
        return index.snapshot.documents.values.filter { document in
            bot.quotes(document) && document.isQuotable(to: incoming.actor, on: day)
        }.sorted { ($0.title, $0.id) < ($1.title, $1.id) }
    }
}
