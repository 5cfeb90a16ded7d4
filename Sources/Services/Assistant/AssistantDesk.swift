import Basics
import City
import Hosting
import Identity
import Store
import Web

/// What every route of the assistant works with, and what people do there.
struct AssistantDesk: Sendable {
    let platform: Platform
    let index: KnowledgeIndex
    let drafter: Drafter

    var store: Store { platform.store }

    /// Takes a question into a talk and answers it in the words of the documents; the same key sent
    /// twice is one question.
    ///
    /// - Parameters:
    ///   - text: What the person typed.
    ///   - key: The key of this one question, made by the page it was typed on.
    ///   - id: The talk; nothing begins one.
    ///   - botID: The bot a new talk is with; one that goes on stays with its own.
    ///   - incoming: The request.
    /// - Returns: The question with its answer, kept already.
    /// - Throws: `Problem` where the question is empty, the talk is full or not the person's own.
    func ask(
        _ text: String,
        key: String,
        in id: String?,
        bot botID: String? = nil,
        _ incoming: Incoming
    ) async throws -> Exchange {
        let account = try incoming.accountID()
        let question = Self.question(text)
        let known = try await store.read { db in
            (
                repeated: try Exchange.find(key, of: account, in: db),
                talk: try id.map { try Conversations.own($0, of: account, in: db) },
                messages: try id.map { try Conversations.messages(of: $0, in: db) } ?? []
            )
        }
        if let repeated = known.repeated { return repeated }
        guard known.messages.count < Conversations.maximumMessageCount else {
            throw Problem.conflict(
                Bilingual(
                    "대화가 너무 길어졌습니다. 새 대화를 시작해 주세요.",
                    "This conversation is too long. Start a new one."
                )
            )
        }
        let bot = try await botInUse(known.talk?.botID ?? botID, incoming)
        let earlier = FollowUp.thread(of: known.messages)
        let answer = answer(question, after: earlier, from: bot, incoming)
        let organization = incoming.actor.account?.organization ?? ""
        return try await store.write { tx in
            if let repeated = try Exchange.find(key, of: account, in: tx) { return repeated }
            let talk =
                try id.map { try Conversations.own($0, of: account, in: tx) }
                ?? Conversations.begin(
                    with: question,
                    by: account,
                    of: organization,
                    bot: bot?.id,
                    in: tx
                )
            return try Exchange.keep(question, answer, key: key, in: talk, tx)
        }
    }

    /// Answers a question in the words of the documents, or of those of a bot, and keeps nothing.
    func answer(
        _ question: String,
        after earlier: String?,
        from bot: BotInUse? = nil,
        _ incoming: Incoming
    ) -> Answer {
        Answerer(knowledge: index.snapshot.limited(to: bot))
            .answer(question, after: earlier, by: incoming.actor, on: incoming.now.date)
    }

    /// A question as it is worked with: of a limited length, its personal data masked.
    static func question(_ text: String) -> String {
        PersonalData.masked(
            String(text.prefix(Answerer.maximumQuestionLength)).trimmingWhitespace()
        )
    }

    /// Lets a draft be written for an answer; see `Drafter.drafting`.
    func drafting(
        _ answer: Answer,
        to question: String,
        _ receive: (Answer.DraftedSentence) async throws -> Void = { _ in }
    ) async throws -> Answer {
        try await drafter.drafting(
            answer,
            to: question,
            synonyms: index.snapshot.synonyms,
            receive
        )
    }

    /// Lets a draft be written for an answer that was just given, and keeps it with the answer.
    func drafting(
        _ exchange: Exchange,
        _ receive: (Answer.DraftedSentence) async throws -> Void = { _ in }
    ) async throws -> Exchange {
        guard !exchange.isRepeated, let answer = exchange.reply.answer?.value,
            drafter.drafts(answer)
        else { return exchange }
        let drafted = try await drafting(answer, to: exchange.question.text, receive)
        var exchange = exchange
        exchange.reply.answer = JSONColumn(drafted)
        exchange.reply.text = drafted.plainText
        let id = exchange.reply.id
        try await store.write { try Conversations.update(drafted, of: id, in: $0) }
        return exchange
    }

    /// Hands the question before an answer over to the colleagues of the person's organization.
    func handOver(messageID: String, _ incoming: Incoming) async throws -> Conversation {
        let account = try incoming.accountID()
        let organization = incoming.actor.account?.organization ?? ""
        return try await store.write { tx in
            guard let message = try Conversations.message(messageID, in: tx),
                message.author == .assistant,
                let talk = try Conversations.find(message.conversationID, in: tx),
                talk.accountID == account
            else { throw Problem.notFound }
            let messages = try Conversations.messages(of: talk.id, in: tx)
            let bot = try talk.botID.flatMap { try Bots.find($0, in: tx) }
            let question = messages.last {
                $0.author == .person && $0.number < message.number
            }
            guard let question else { throw Problem.notFound }
            try HandOvers.save(
                HandOver(
                    id: RandomName.make(byteCount: 12),
                    conversationID: talk.id,
                    messageID: question.id,
                    accountID: account,
                    organizationID: bot?.organizationID ?? organization,
                    botID: bot?.id,
                    department: bot?.queueDepartment ?? "",
                    question: question.text,
                    state: .waiting,
                    createdAt: tx.now,
                    dueAt: HandOver.due(from: tx.now)
                ),
                in: tx
            )
            return talk
        }
    }

    /// Answers a question that was handed over, in its talk, and tells the person.
    func reply(_ text: String, to id: String, _ incoming: Incoming) async throws {
        let actor = incoming.actor
        let account = try incoming.accountID()
        let reply = PersonalData.masked(text)
        try await store.write { tx in
            guard var handOver = try HandOvers.find(id, in: tx) else { throw Problem.notFound }
            try actor.require(.assistantAgent, in: handOver.organizationID)
            guard handOver.state == .waiting else {
                throw Problem.conflict(
                    Bilingual("이미 답한 질문입니다.", "This question has been answered.")
                )
            }
            guard [nil, account].contains(handOver.assignedTo) else {
                throw Problem.conflict(
                    Bilingual("다른 동료가 맡고 있습니다.", "A colleague has taken it.")
                )
            }
            handOver.state = .answered
            handOver.assignedTo = account
            handOver.answeredBy = account
            handOver.answeredAt = tx.now
            handOver.reply = reply
            try HandOvers.update(handOver, in: tx)
            try HandOvers.add(
                HandOverStep(handOverID: id, kind: .answered, madeBy: account, madeAt: tx.now),
                in: tx
            )
            try Conversations.append(
                Message(
                    id: RandomName.make(byteCount: 12),
                    conversationID: handOver.conversationID,
                    number: 0,
                    author: .colleague,
                    text: reply,
                    createdAt: tx.now
                ),
                in: tx
            )
            try Notices.send(
                Notice(
                    id: "assistant/reply/\(handOver.id)",
                    accountID: handOver.accountID,
                    title: Bilingual("담당자가 답했습니다", "A colleague has answered"),
                    body: Bilingual(same: String(handOver.question.prefix(100))),
                    link: Link.path("assistant", "talks", handOver.conversationID).target,
                    createdAt: tx.now
                ),
                in: tx
            )
        }
    }

    /// Turns an answered question into questions and answers, to be reviewed before it is quoted.
    func promote(
        _ id: String,
        question: String,
        answer: String,
        _ incoming: Incoming
    ) async throws -> KnowledgeDocument {
        let actor = incoming.actor
        let account = try incoming.accountID()
        let document = try await store.write { tx in
            guard var handOver = try HandOvers.find(id, in: tx) else { throw Problem.notFound }
            try actor.require(.assistantAgent, in: handOver.organizationID)
            if let made = try handOver.documentID.flatMap({ try Knowledge.find($0, in: tx) }) {
                return made
            }
            let title = PersonalData.masked(question)
            let document = KnowledgeDocument(
                id: RandomName.make(byteCount: 12),
                title: String(title.prefix(KnowledgeDocument.maximumTitleLength)),
                kind: .faq,
                status: .draft,
                jurisdiction: .city,
                category: .regulations,
                audience: .staff,
                organizationID: handOver.organizationID,
                department: "",
                contact: "",
                source: "",
                attachments: JSONColumn([]),
                fileName: "",
                digest: "",
                createdBy: account,
                createdAt: tx.now,
                updatedAt: tx.now
            )
            try Knowledge.save(
                document,
                passages: [(title, "", PersonalData.masked(answer))],
                in: tx
            )
            handOver.documentID = document.id
            try HandOvers.update(handOver, in: tx)
            return document
        }
        try await index.update(document.id, from: store)
        return document
    }
}

extension Answer {
    /// The answer in plain text: for the list of talks, the transcript, programs.
    var plainText: String {
        switch kind {
        case .quoted:
            ((drafted ?? []).map(\.text)
                + quotations.map { quotation in
                    "\(quotation.sentences.joined(separator: " ")) (\(quotation.citation))"
                }).joined(separator: "\n")
        case .unclear: "어느 것을 물으셨나요? \(choices.joined(separator: ", "))"
        case .unknown: "답을 찾지 못했습니다."
        }
    }
}

extension Answer.Quotation {
    /// The passage on its document's page.
    var link: Link { .path("assistant", "knowledge", documentID).at("passage-\(passageID)") }

    /// How the source is named: `지방공무원 복무규정 제7조의7, 2025. 7. 22. 시행`.
    var citation: String {
        var text = locator.isEmpty ? documentTitle : "\(documentTitle) \(locator)"
        if let day = effectiveFrom { text += ", \(day.year). \(day.month). \(day.day). 시행" }
        return text
    }
}

extension Purpose {
    /// A colleague answers what was handed over.
    static let handedOverQuestion = Purpose(
        code: "assistant.handOver",
        Bilingual("넘겨받은 질문에 답하기", "Answering a question handed over")
    )
}
