import Basics
import Hosting
import Store
import Web

/// A question and its answer as a stream of events for the page's own script: pieces of HTML, each
/// as soon as it is known.
///
/// `talk` is the talk's address, `status` words for the live region, `question` and `answer` messages
/// of the talk, `sentence` the next of the draft, `draft` the draft as it stands in the end, `done`
/// the key of the next question.
struct TalkStream: Sendable {
    let desk: AssistantDesk
    let exchange: Exchange
    let page: PageContext

    var outgoing: Outgoing {
        .events { send in
            let view = TalkView(
                messages: [exchange.question, exchange.reply],
                handOvers: [],
                isOwn: true
            )
            try await send(EventText("talk", data: TalkPage.link(exchange.talk.id).target))
            try await send(
                EventText("question", data: view.message(exchange.question, in: page).markup)
            )
            try await send(EventText("answer", data: view.message(exchange.reply, in: page).markup))
            let answer = try await draft(view, send)
            let words =
                answer?.draftFault?.message
                ?? Bilingual("답이 왔습니다.", "The answer is here.")
            try await send(EventText("status", data: words[page.language]))
            try await send(EventText("done", data: RandomName.make(byteCount: 12)))
        }
    }

    /// Sends the draft while it is written, and gives the answer as it is kept.
    private func draft(
        _ view: TalkView,
        _ send: (EventText) async throws -> Void
    ) async throws -> Answer? {
        let answer = exchange.reply.answer?.value
        guard !exchange.isRepeated, let answer, desk.drafter.drafts(answer) else { return answer }
        let writing = page.text("초안을 쓰고 있습니다.", "Writing a draft.")
        try await send(EventText("status", data: writing))
        let final = try await withHeartbeats(send) { write in
            try await desk.drafting(exchange) { sentence in
                let piece = view.sentence(sentence, of: exchange.reply, in: page)
                write(EventText("sentence", data: piece.markup))
            }
        }
        guard let final = final.reply.answer?.value else { return nil }
        let piece = view.draft(final, of: exchange.reply, in: page)
        try await send(EventText("draft", data: piece.markup))
        return final
    }
}

/// Does work that writes events, and writes a heartbeat wherever it is silent for a while, so that a
/// person who has left is noticed and the work ended.
///
/// - Parameters:
///   - send: Sends an event; what it throws ends the work.
///   - work: The work, with what it writes events with.
/// - Returns: What came of the work.
/// - Throws: What `send` or the work throws.
func withHeartbeats<Value: Sendable>(
    _ send: (EventText) async throws -> Void,
    _ work: @escaping @Sendable (_ write: @Sendable (EventText) -> Void) async throws -> Value
) async throws -> Value {
    let (events, continuation) = AsyncStream.makeStream(of: EventText.self)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            defer { continuation.finish() }
            return try await work { continuation.yield($0) }
        }
        group.addTask {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(heartbeatSeconds))
                continuation.yield(.heartbeat)
            }
            return nil
        }
        defer { group.cancelAll() }
        for await event in events { try await send(event) }
        while let value = try await group.next() {
            if let value { return value }
        }
        throw CancellationError()
    }
}

/// Seconds of silence after which a heartbeat is sent.
private let heartbeatSeconds = 5
