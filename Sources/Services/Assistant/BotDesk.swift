import Basics
import City
import Hosting
import Identity
import Store
import Web

// What keepers and users do with bots.

extension AssistantDesk {
    /// The bot a question is for, or nothing where it is for the assistant itself.
    ///
    /// Throws `Problem`, not found, where there is none for the person.
    func botInUse(_ id: String?, _ incoming: Incoming) async throws -> BotInUse? {
        guard let id else { return nil }
        let bot = try await store.read { try Bots.find(id, in: $0) }
        guard let bot, bot.isUsable(by: incoming.actor), let inUse = BotInUse(bot) else {
            throw Problem.notFound
        }
        return inUse
    }

    /// The bots a person may use, the longest in use first.
    func usableBots(by actor: Actor) async throws -> [BotInUse] {
        try await store.read { try Bots.published(in: $0) }
            .filter { $0.isUsable(by: actor) }.compactMap(BotInUse.init)
    }

    /// A bot for its keepers; for everybody else there is none.
    func keptBot(_ incoming: Incoming) async throws -> Bot {
        let id = try incoming.pathParameter("id")
        guard let bot = try await store.read({ try Bots.find(id, in: $0) }),
            bot.isKept(by: incoming.actor)
        else { throw Problem.notFound }
        return bot
    }

    /// Makes a bot, once for the key of its form; gives its identifier.
    func makeBot(_ form: BotForm, key: String, _ incoming: Incoming) async throws -> String {
        let actor = incoming.actor
        let account = try incoming.accountID()
        let organization = form.organizationID
        try actor.require(.knowledgeKeeper, in: organization)
        return try await store.write { tx in
            try tx.once(scope: "assistant.bot \(account)", key: key) {
                guard try Bots.count(in: tx) < Bots.maximumCount else {
                    throw Problem.conflict(
                        Bilingual(
                            "도우미는 \(Bots.maximumCount)개까지 둘 수 있습니다.",
                            "There can be at most \(Bots.maximumCount) bots."
                        )
                    )
                }
                let bot = Bot(
                    id: RandomName.make(byteCount: 12),
                    organizationID: organization,
                    status: .draft,
                    content: JSONColumn(form.content),
                    version: 1,
                    createdBy: account,
                    createdAt: tx.now,
                    updatedBy: account,
                    updatedAt: tx.now
                )
                try Bots.save(bot, in: tx)
                try tx.record(bot, .makeBot, by: actor)
                return bot.id
            }.value
        }
    }

    /// Changes a bot; it goes back to being a draft, and what is in use stays as it was.
    ///
    /// - Parameters:
    ///   - id: The bot.
    ///   - version: The version the change was made on; nothing where it fits any.
    ///   - incoming: The request.
    ///   - change: The change.
    /// - Returns: The bot as somebody else left it meanwhile, where the version is no longer the last
    ///   and the change would undo theirs; otherwise nothing.
    /// - Throws: `Problem` where there is no such bot for the person, or what the change throws.
    func changeBot(
        _ id: String,
        from version: Int? = nil,
        _ incoming: Incoming,
        _ change: @escaping @Sendable (BotContent) throws -> BotContent
    ) async throws -> Bot? {
        let actor = incoming.actor
        let account = try incoming.accountID()
        return try await store.write { tx in
            guard var bot = try Bots.find(id, in: tx), bot.isKept(by: actor) else {
                throw Problem.notFound
            }
            let changed = try change(bot.content.value)
            guard changed != bot.content.value else { return nil }
            if let version, version != bot.version { return bot }
            bot.content.value = changed
            bot.status = .draft
            bot.version += 1
            bot.updatedBy = account
            bot.updatedAt = tx.now
            try Bots.save(bot, in: tx)
            try tx.record(bot, .changeBot, by: actor)
            return nil
        }
    }

    /// Takes a bot a step further on its way into use, or out of it.
    func setBotStatus(
        _ status: Bot.Status,
        of id: String,
        version: Int,
        _ incoming: Incoming
    ) async throws {
        let actor = incoming.actor
        let account = try incoming.accountID()
        let documents = index.snapshot.documents
        try await store.write { tx in
            guard var bot = try Bots.find(id, in: tx), bot.isKept(by: actor) else {
                throw Problem.notFound
            }
            guard bot.version == version, bot.next.contains(status) else {
                throw Problem.conflict(
                    Bilingual(
                        "그사이 다른 사람이 고쳤습니다. 다시 보고 정해 주세요.",
                        "Somebody else changed it meanwhile. Look again and decide."
                    )
                )
            }
            try Self.checkReview(of: bot, to: status, by: account, documents)
            bot.status = status
            if status == .effective { bot.published = bot.content }
            if status == .expired { bot.published = nil }
            bot.version += 1
            bot.updatedAt = tx.now
            try Bots.save(bot, in: tx)
            try tx.record(bot, .setBotStatus, by: actor)
        }
    }

    /// A bot is reviewed by somebody who did not write it, and only with documents to answer from.
    private static func checkReview(
        of bot: Bot,
        to status: Bot.Status,
        by account: String,
        _ documents: [String: KnowledgeDocument]
    ) throws {
        guard status == .reviewed else { return }
        guard bot.updatedBy != account else {
            throw Problem.conflict(
                Bilingual(
                    "마지막으로 고친 사람이 아닌 다른 관리자가 검토해야 합니다.",
                    "Somebody other than who changed it last has to review it."
                )
            )
        }
        let bot = BotInUse(bot, content: bot.content.value)
        guard documents.values.contains(where: bot.quotes) else {
            throw Problem.conflict(
                Bilingual(
                    "답할 문서가 없습니다. 문서를 먼저 골라 주세요.",
                    "It has no document to answer from. Choose some first."
                )
            )
        }
    }
}

extension AuditAction {
    static let makeBot = AuditAction(
        "assistant.makeBot",
        Bilingual("도우미를 만듦", "Made a bot")
    )
    static let changeBot = AuditAction(
        "assistant.changeBot",
        Bilingual("도우미를 고침", "Changed a bot")
    )
    static let setBotStatus = AuditAction(
        "assistant.setBotStatus",
        Bilingual("도우미의 상태를 바꿈", "Changed the state of a bot")
    )
}

extension WriteTransaction {
    fileprivate func record(_ bot: Bot, _ action: AuditAction, by actor: Actor) throws {
        try record(
            action,
            on: AuditSubject(kind: "bot", id: bot.id),
            by: actor.auditActor,
            purpose: .knowledgeKeeping,
            details: ["status": bot.status.rawValue, "version": "\(bot.version)"]
        )
    }
}
