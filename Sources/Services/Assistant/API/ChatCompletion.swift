import Web

/// A whole answer (`chat.completion`).
struct ChatCompletion: Encodable, Sendable {
    struct Choice: Encodable, Sendable {
        struct Message: Encodable, Sendable {
            var role = "assistant"
            var content: String
        }

        var index = 0
        var message: Message
        var finishReason = "stop"

        private enum CodingKeys: String, CodingKey {
            case index, message
            case finishReason = "finish_reason"
        }
    }

    var id: String
    var object = "chat.completion"
    var created: Int64
    var model: String
    var choices: [Choice]
    var usage: ChatUsage
    var citations: [ChatAnswer.Citation]

    static let schema = Schema.object([
        "id": .string(), "object": .oneOf(["chat.completion"]), "created": .integer(),
        "model": .string(),
        "choices": .array(
            of: .object([
                "index": .integer(), "finish_reason": .string(),
                "message": .object(["role": .string(), "content": .string()]),
            ])
        ),
        "usage": .object([
            "prompt_tokens": .integer(), "completion_tokens": .integer(),
            "total_tokens": .integer(),
        ]),
        "citations": .array(
            of: .object(
                [
                    "number": .integer(), "title": .string(), "locator": .string(),
                    "url": .string(), "quote": .string(),
                ],
                optional: ["effective_from": .date]
            )
        ),
    ])
}

/// A piece of a streamed answer (`chat.completion.chunk`).
struct ChatChunk: Encodable, Sendable {
    struct Choice: Encodable, Sendable {
        struct Delta: Encodable, Sendable {
            var role: String?
            var content: String?
        }

        var index = 0
        var delta: Delta
        var finishReason: String?

        private enum CodingKeys: String, CodingKey {
            case index, delta
            case finishReason = "finish_reason"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(index, forKey: .index)
            try container.encode(delta, forKey: .delta)
            // Clients look for the field, null until the last piece.
            try container.encode(finishReason, forKey: .finishReason)
        }
    }

    var id: String
    var object = "chat.completion.chunk"
    var created: Int64
    var model: String
    var choices: [Choice]
    var usage: ChatUsage?
    var citations: [ChatAnswer.Citation]?
}

/// A model as it is listed (`model`).
struct ChatModel: Encodable, Sendable, Hashable {
    var id: String
    var object = "model"
    var created: Int64
    var ownedBy = "haechi"

    private enum CodingKeys: String, CodingKey {
        case id, object, created
        case ownedBy = "owned_by"
    }

    static let schema = Schema.object([
        "id": .string(), "object": .oneOf(["model"]), "created": .integer(),
        "owned_by": .string(),
    ])
}

/// The models that may be asked.
struct ChatModelList: Encodable, Sendable, Hashable {
    var object = "list"
    var data: [ChatModel]

    static let schema = Schema.object([
        "object": .oneOf(["list"]), "data": .array(of: ChatModel.schema),
    ])
}
