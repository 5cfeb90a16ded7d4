import Basics
import Web

/// What a chat front end asks (OpenAI chat completions); fields that mean nothing here are passed over.
struct ChatRequest: Decodable, Sendable {
    /// The most messages of one request.
    static let maximumMessageCount = 400
    /// The most bytes of one request.
    static let maximumByteCount = 1 << 20

    /// One message of the talk, as the front end keeps it.
    struct Message: Decodable, Sendable {
        /// A part of a message that has several.
        struct Part: Decodable, Sendable {
            var text: String?
        }

        var role: String
        /// The text; the texts of several parts with lines between them.
        var text: String

        private enum CodingKeys: String, CodingKey {
            case role, content
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            role = try container.decode(String.self, forKey: .role)
            if let parts = try? container.decode([Part].self, forKey: .content) {
                text = parts.compactMap(\.text).joined(separator: "\n")
            } else {
                text = try container.decodeIfPresent(String.self, forKey: .content) ?? ""
            }
        }
    }

    /// What a stream has beside the answer.
    struct StreamOptions: Decodable, Sendable {
        var includeUsage: Bool?

        private enum CodingKeys: String, CodingKey {
            case includeUsage = "include_usage"
        }
    }

    var model: String
    var messages: [Message]
    var stream: Bool?
    var streamOptions: StreamOptions?

    private enum CodingKeys: String, CodingKey {
        case model, messages, stream
        case streamOptions = "stream_options"
    }

    static let schema = Schema.object(
        [
            "model": .string().described("One of /v1/models."),
            "messages": .array(
                of: .object(
                    ["role": .string()],
                    optional: ["content": Schema.any.described("A string, or a list of parts.")]
                ),
                maximumCount: maximumMessageCount
            ).described(
                "The last user message is the question; a follow-up leans on the one before it. "
                    + "System messages are not followed."
            ),
        ],
        optional: [
            "stream": .boolean,
            "stream_options": .object([:], optional: ["include_usage": .boolean]),
        ]
    )

    /// The question, and the person's question before it.
    ///
    /// Throws `Problem` where there is none, or more than is taken.
    func question() throws -> (text: String, earlier: String?) {
        guard messages.count <= Self.maximumMessageCount else {
            throw Self.invalid(
                Bilingual(
                    "메시지는 \(Self.maximumMessageCount)개까지입니다.",
                    "At most \(Self.maximumMessageCount) messages."
                )
            )
        }
        let asked = messages.filter { $0.role == "user" }.map { AssistantDesk.question($0.text) }
        guard let last = asked.last, !last.isEmpty else {
            throw Self.invalid(
                Bilingual("사용자의 질문이 없습니다.", "There is no question of a user.")
            )
        }
        return (last, asked.dropLast().last { !$0.isEmpty })
    }

    private static func invalid(_ message: Bilingual) -> Problem {
        .badRequest(message, faults: [Problem.Fault(field: "messages", message: message)])
    }
}
