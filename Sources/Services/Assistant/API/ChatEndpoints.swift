import Basics
import FoundationEssentials
import HTTPTypes
import Hosting
import Identity
import Web

extension KeyPurpose {
    /// Asks the staff assistant for a person.
    static let assistant = KeyPurpose(rawValue: "assistant")
}

/// The assistant for chat front ends, in the interface they speak: OpenAI's chat completions and
/// models (https://platform.openai.com/docs/api-reference/chat).
///
/// Nothing asked here is kept: the front end keeps its own talk.
struct ChatEndpoints {
    let desk: AssistantDesk

    private static let tag = "assistant"

    func add(to table: inout RouteTable) {
        let desk = desk
        let models = ChatModels(desk: desk)
        table.endpoint(
            Self.description(
                .get,
                "/v1/models",
                "listModels",
                "The models that may be asked: the assistant and the bots one may use.",
                response: ChatModelList.schema
            )
        ) { (_: NoInput, incoming) in
            ChatModelList(data: try await models.all(for: incoming))
        }
        table.endpoint(
            Self.description(
                .get,
                "/v1/models/{model}",
                "retrieveModel",
                "One model.",
                parameters: [.path("model", .string())],
                response: ChatModel.schema
            )
        ) { (input: ModelInput, incoming) in
            try await models.find(input.model, for: incoming).model
        }
        table.endpoint(
            Self.description(
                .post,
                "/v1/chat/completions",
                "createChatCompletion",
                "An answer in the words of the documents, with its citations.",
                requestBody: ChatRequest.schema,
                response: ChatCompletion.schema
            ),
            answering: { (request: ChatRequest, incoming) in
                let (model, bot) = try await models.find(request.model, for: incoming)
                let question = try request.question()
                let reply = ChatReply(
                    desk: desk,
                    model: model.id,
                    question: question.text,
                    answer: desk.answer(
                        question.text,
                        after: question.earlier,
                        from: bot,
                        incoming
                    ),
                    created: incoming.now,
                    language: incoming.language
                )
                guard request.stream == true else { return try .json(try await reply.whole()) }
                return reply.stream(withUsage: request.streamOptions?.includeUsage == true)
            }
        )
    }

    private struct NoInput: Decodable, Sendable {}

    private struct ModelInput: Decodable, Sendable {
        var model: String
    }

    private static func description(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ operationID: String,
        _ summary: String,
        parameters: [Parameter] = [],
        requestBody: Schema? = nil,
        response: Schema
    ) -> EndpointDescription {
        EndpointDescription(
            method,
            path,
            operationID: operationID,
            summary: summary,
            tag: tag,
            access: TalkRoutes.access,
            parameters: parameters,
            requestBody: requestBody,
            response: response,
            maximumBodyByteCount: ChatRequest.maximumByteCount,
            keyPurpose: .assistant,
            problemForm: problemForm,
            streams: requestBody != nil
        )
    }

    /// A problem as clients of the interface read it: `{"error": {message, type, param, code}}`.
    private static let problemForm = ProblemForm(
        schema: .object([
            "error": .object(
                ["message": .string(), "type": .string()],
                optional: ["param": .any, "code": .any]
            )
        ])
    ) { problem, language, _ in
        let type =
            switch problem.status.code {
            case 401: "authentication_error"
            case 403: "permission_error"
            case 429: "rate_limit_error"
            case 500...: "server_error"
            default: "invalid_request_error"
            }
        let code =
            problem.kind == "wrong-key" ? "invalid_api_key" : problem.kind.replacing("-", with: "_")
        return [
            "error": [
                "message": .string(problem.message[language]), "type": .string(type),
                "param": problem.faults.first.map { .string($0.field) } ?? .null,
                "code": .string(code),
            ]
        ]
    }
}

/// An answer on its way to a chat front end.
struct ChatReply: Sendable {
    let desk: AssistantDesk
    let model: String
    let question: String
    /// What was quoted.
    let answer: Answer
    let created: Instant
    let language: Language
    private let id = "chatcmpl-" + RandomName.make(byteCount: 15)

    init(
        desk: AssistantDesk,
        model: String,
        question: String,
        answer: Answer,
        created: Instant,
        language: Language
    ) {
        self.desk = desk
        self.model = model
        self.question = question
        self.answer = answer
        self.created = created
        self.language = language
    }

    private var createdSeconds: Int64 { created.millisecondsSinceEpoch / 1000 }

    /// The answer in one piece.
    func whole() async throws -> ChatCompletion {
        let written = try await written()
        return ChatCompletion(
            id: id,
            created: createdSeconds,
            model: model,
            choices: [.init(message: .init(content: written.text))],
            usage: ChatUsage(question: question, answer: written.text),
            citations: written.citations
        )
    }

    /// The answer piece by piece.
    ///
    /// Nothing that was sent can be taken back, so the pieces begin once the whole draft is found to
    /// be supported; until then heartbeats keep the connection.
    func stream(withUsage: Bool) -> Outgoing {
        .events { send in
            try await send(chunk(.init(role: "assistant", content: "")))
            let written = try await withHeartbeats(send) { _ in try await self.written() }
            for piece in written.pieces { try await send(chunk(.init(content: piece))) }
            try await send(chunk(.init(), finishReason: "stop", citations: written.citations))
            if withUsage {
                let usage = ChatUsage(question: question, answer: written.text)
                try await send(event(chunkValue(choices: [], usage: usage)))
            }
            try await send(EventText(data: "[DONE]"))
        }
    }

    private func written() async throws -> ChatAnswer {
        ChatAnswer(
            try await desk.drafting(answer, to: question),
            site: desk.platform.publicURL,
            language: language
        )
    }

    private func chunk(
        _ delta: ChatChunk.Choice.Delta,
        finishReason: String? = nil,
        citations: [ChatAnswer.Citation]? = nil
    ) throws -> EventText {
        try event(
            chunkValue(
                choices: [.init(delta: delta, finishReason: finishReason)],
                citations: citations
            )
        )
    }

    private func chunkValue(
        choices: [ChatChunk.Choice],
        usage: ChatUsage? = nil,
        citations: [ChatAnswer.Citation]? = nil
    ) -> ChatChunk {
        ChatChunk(
            id: id,
            created: createdSeconds,
            model: model,
            choices: choices,
            usage: usage,
            citations: citations
        )
    }

    private func event(_ chunk: ChatChunk) throws -> EventText {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return EventText(data: String(decoding: try encoder.encode(chunk), as: UTF8.self))
    }
}
