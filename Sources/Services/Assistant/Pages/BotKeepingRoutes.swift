import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// Keeping bots: making, changing, choosing documents, trying, putting into use and out of it.
struct BotKeepingRoutes {
    let desk: AssistantDesk

    static let access = RouteAccess.role(.knowledgeKeeper)

    func add(to table: inout RouteTable) {
        addForms(to: &table)
        addDocuments(to: &table)
        addSteps(to: &table)
    }

    private func addForms(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/bots/new", access: Self.access) { incoming in
            BotFormPage(
                form: try await Self.form(desk, incoming),
                bot: nil,
                key: RandomName.make(byteCount: 12)
            ).page(in: incoming.page)
        }
        table.submission("/assistant/bots", access: Self.access) { incoming, fields in
            let key = fields.text("_idempotency") ?? RandomName.make(byteCount: 12)
            var form = try await Self.form(desk, incoming)
            form.fill(fields)
            guard form.errors.isEmpty else {
                let page = BotFormPage(form: form, bot: nil, key: key)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let id = try await desk.makeBot(form, key: key, incoming)
            return .other(.seeOther(BotManagePage.link(id)))
        }
        table.page("/assistant/bots/{id}/edit", access: Self.access) { incoming in
            let bot = try await desk.keptBot(incoming)
            var form = try await Self.form(desk, incoming)
            form.show(bot)
            return BotFormPage(form: form, bot: bot, key: nil).page(in: incoming.page)
        }
        table.submission("/assistant/bots/{id}", access: Self.access) { incoming, fields in
            try await Self.change(desk, incoming, fields)
        }
    }

    /// Saves a form over a bot, or shows it again with what is wrong or what somebody else changed.
    private static func change(
        _ desk: AssistantDesk,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Web.Answer {
        let bot = try await desk.keptBot(incoming)
        var form = try await Self.form(desk, incoming)
        form.show(bot)
        form.fill(fields)
        form.organizationID = bot.organizationID
        guard form.errors.isEmpty else {
            let page = BotFormPage(form: form, bot: bot, key: nil)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let content = form.content
        let theirs = try await desk.changeBot(bot.id, from: form.version, incoming) { current in
            var changed = content
            changed.scope.documents = current.scope.documents
            return changed
        }
        guard let theirs else { return .other(.seeOther(BotManagePage.link(bot.id))) }
        form.version = theirs.version
        let page = BotFormPage(
            form: form,
            bot: theirs,
            key: nil,
            changedBy: try await desk.name(of: theirs.updatedBy, incoming)
        )
        return .page(page.page(in: incoming.page), .conflict)
    }

    private func addDocuments(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/bots/{id}/documents", access: Self.access) { incoming in
            let bot = try await desk.keptBot(incoming)
            let words = incoming.query.text("q") ?? ""
            let found = desk.index.snapshot.documents.values.filter { document in
                document.audience != .owner && document.isReadable(by: incoming.actor)
                    && (words.isEmpty || document.title.contains(words))
            }.sorted { ($0.title, $0.id) < ($1.title, $1.id) }
            return BotDocumentsPage(
                bot: bot,
                documents: found,
                words: words,
                number: incoming.query.pageNumber()
            ).page(in: incoming.page)
        }
        table.submission("/assistant/bots/{id}/documents", access: Self.access) { incoming, form in
            let bot = try await desk.keptBot(incoming)
            let id = form["document"] ?? ""
            let isChosen = form["chosen"] == "yes"
            guard let document = desk.index.snapshot.documents[id],
                document.audience != .owner, document.isReadable(by: incoming.actor)
            else { throw Problem.notFound }
            _ = try await desk.changeBot(bot.id, incoming) { content in
                try content.choosing(document.id, isChosen)
            }
            return .other(.seeOther(BotDocumentsPage.link(bot.id, back: form)))
        }
    }

    private func addSteps(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/bots/{id}/manage", access: Self.access) { incoming in
            let bot = try await desk.keptBot(incoming)
            return BotManagePage(
                bot: bot,
                documents: desk.documents(
                    of: BotInUse(bot, content: bot.content.value),
                    for: incoming
                ),
                changedBy: try await desk.name(of: bot.updatedBy, incoming)
            ).page(in: incoming.page)
        }
        table.submission("/assistant/bots/{id}/status", access: Self.access) { incoming, form in
            let id = try incoming.pathParameter("id")
            guard let status = form["status"].flatMap(Bot.Status.init),
                let version = form["version"].flatMap(Int.init)
            else { throw Problem.notFound }
            try await desk.setBotStatus(status, of: id, version: version, incoming)
            return .other(.seeOther(BotManagePage.link(id)))
        }
        table.page("/assistant/bots/{id}/preview", access: Self.access) { incoming in
            BotPreviewPage(bot: try await desk.keptBot(incoming)).page(in: incoming.page)
        }
        table.submission(
            "/assistant/bots/{id}/preview",
            access: Self.access,
            maximumBodyByteCount: QuestionForm.maximumByteCount
        ) { incoming, form in
            let bot = try await desk.keptBot(incoming)
            let question = form["question"] ?? ""
            var page = BotPreviewPage(bot: bot)
            guard QuestionForm.fault(question) == nil else {
                page.refused = question
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            page.messages = desk.tried(question, with: bot, incoming)
            return .page(page.page(in: incoming.page))
        }
    }

    /// An empty form with the organizations the person keeps, and their departments.
    private static func form(_ desk: AssistantDesk, _ incoming: Incoming) async throws -> BotForm {
        let documents = desk.index.snapshot.documents.values
        let actor = incoming.actor
        return try await desk.store.read { db in
            let kept = try Organizations.all(in: db).filter {
                actor.may(.knowledgeKeeper, in: $0.id)
            }
            var known: [String: [String]] = [:]
            for organization in kept {
                let ofDocuments = documents.filter { $0.organizationID == organization.id }
                    .map(\.department)
                let all = try People.departments(of: organization.id, in: db) + ofDocuments
                known[organization.id] = Set(all).filter { !$0.isEmpty }.sorted()
            }
            return BotForm(organizations: kept, known: known)
        }
    }
}

extension BotContent {
    /// The same with a document chosen, or no longer.
    fileprivate func choosing(_ document: String, _ isChosen: Bool) throws -> BotContent {
        var content = self
        content.scope.documents.removeAll { $0 == document }
        guard isChosen else { return content }
        guard content.scope.documents.count < BotScope.maximumDocumentCount else {
            throw Problem.conflict(
                Bilingual(
                    "문서는 \(BotScope.maximumDocumentCount)건까지 고를 수 있습니다. 분류나 부서로 골라 주세요.",
                    "At most \(BotScope.maximumDocumentCount) documents. Choose shelves or departments."
                )
            )
        }
        content.scope.documents.append(document)
        return content
    }
}

extension AssistantDesk {
    /// What a colleague is called, for those who work on the same record.
    func name(of account: String, _ incoming: Incoming) async throws -> String {
        let actor = incoming.actor
        let accounts = platform.identity.accounts
        let names = try await store.read { db in
            try accounts.colleagueNames(of: [account], by: actor, in: db)
        }
        return names[account] ?? incoming.text("다른 관리자", "another keeper")
    }

    /// A question and its answer from a bot as its keepers have it; nothing is kept.
    func tried(_ question: String, with bot: Bot, _ incoming: Incoming) -> [Message] {
        let bot = BotInUse(bot, content: bot.content.value)
        let question = PersonalData.masked(question.trimmingWhitespace())
        let answer = Answerer(knowledge: index.snapshot.limited(to: bot))
            .answer(question, by: incoming.actor, on: incoming.now.date)
        func message(_ number: Int, _ author: Message.Author, _ text: String) -> Message {
            Message(
                id: "preview\(number)",
                conversationID: "",
                number: number,
                author: author,
                text: text,
                answer: author == .assistant ? JSONColumn(answer) : nil,
                createdAt: incoming.now
            )
        }
        return [message(1, .person, question), message(2, .assistant, answer.plainText)]
    }
}
