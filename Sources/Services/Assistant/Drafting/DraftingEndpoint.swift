import Basics
import FoundationEssentials
import Hosting
import Identity

/// The language model that drafts: an endpoint of the OpenAI chat completions interface, which vLLM,
/// llama.cpp and Ollama speak too.
struct DraftingEndpoint: Sendable {
    /// The most bytes of one answer of the endpoint.
    static let maximumByteCount = 1 << 20
    /// The most tokens asked for.
    static let maximumTokenCount = 800

    private let url: String
    private let key: String
    private let model: String
    private let seconds: Int
    private let courier: Courier

    /// The endpoint of the settings; nothing where none is set.
    init?(_ platform: Platform) throws(DraftingError) {
        let settings = platform.settings
        let base = settings["draftingURL"]
        guard !base.isEmpty else { return nil }
        model = settings["draftingModel"]
        guard base.hasPrefix("http://") || base.hasPrefix("https://"), !model.isEmpty else {
            throw DraftingError(.misconfigured, context: "draftingURL, draftingModel")
        }
        url = (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/chat/completions"
        key = settings["draftingKey"]
        seconds = settings.number("draftingSeconds")
        courier = platform.courier
    }

    /// Asks for a draft and hands on its text as it comes.
    ///
    /// Throws `DraftingError`, or what the courier came back with.
    func draft(
        _ prompt: DraftPrompt,
        _ receive: (String) async throws -> Void
    ) async throws {
        var parser = EventStreamParser()
        var isDone = false
        let limits = StreamLimits(
            totalSeconds: seconds,
            silenceSeconds: seconds,
            maximumByteCount: Self.maximumByteCount
        )
        for try await part in courier.stream(try request(prompt), limits: limits) {
            switch part {
            case .head(let status, let fields): try Self.check(status, fields)
            case .bytes(let bytes):
                for event in try parser.events(in: bytes) where !isDone {
                    guard event.data != "[DONE]" else {
                        isDone = true
                        continue
                    }
                    let chunk = try Self.chunk(event.data)
                    if let text = chunk.text { try await receive(text) }
                    isDone = chunk.isLast
                }
            }
            // What an endpoint says after the end is of no use, and need not be waited for.
            if isDone { break }
        }
        try Task.checkCancellation()
        guard isDone else { throw DraftingError(.cutShort, context: "no end of the stream") }
    }

    private func request(_ prompt: DraftPrompt) throws -> OutboundRequest {
        let body: JSONValue = [
            "model": .string(model), "stream": true, "temperature": 0,
            "max_tokens": .integer(Self.maximumTokenCount),
            "messages": [
                ["role": "system", "content": .string(prompt.instructions)],
                ["role": "user", "content": .string(prompt.material)],
            ],
        ]
        var fields = [
            HeaderField("Content-Type", "application/json"),
            HeaderField("Accept", "text/event-stream"),
        ]
        if !key.isEmpty { fields.append(HeaderField("Authorization", "Bearer \(key)")) }
        return OutboundRequest(
            "POST",
            url,
            fields: fields,
            body: Array(try JSONEncoder().encode(body))
        )
    }

    private static func check(_ status: Int, _ fields: [HeaderField]) throws(DraftingError) {
        let response = OutboundResponse(status: status, fields: fields)
        guard status == 200 else {
            throw DraftingError(
                .refused,
                context: "status \(status)",
                retryAfterSeconds: response["retry-after"].flatMap { Int($0) }
            )
        }
        guard response["content-type"]?.lowercased().hasPrefix("text/event-stream") == true else {
            throw DraftingError(.unreadable, context: "no event stream")
        }
    }

    /// The part of a chat completion chunk that counts here.
    private struct Chunk: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable {
                var content: String?
            }
            var delta: Delta?
            var finish_reason: String?
        }
        var choices: [Choice]
    }

    private static func chunk(
        _ data: String
    ) throws(DraftingError) -> (text: String?, isLast: Bool) {
        // A chunk without choices tells of the tokens used.
        guard let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(data.utf8)) else {
            throw DraftingError(.unreadable, context: "no chat completion chunk")
        }
        guard let choice = chunk.choices.first else { return (nil, false) }
        if let reason = choice.finish_reason, reason != "stop" {
            throw DraftingError(.cutShort, context: "finish_reason \(reason.prefix(40))")
        }
        return (choice.delta?.content, choice.finish_reason != nil)
    }
}
