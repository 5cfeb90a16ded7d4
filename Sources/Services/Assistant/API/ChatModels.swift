import Basics
import HTTPTypes
import Web

/// Whom a chat front end may ask: each is a model of its list.
struct ChatModels: Sendable {
    /// The assistant itself, over every document the person may read.
    static let assistant = "haechi-assistant"

    /// The day from which there is one: clients show it, and nothing hangs on it.
    private static let created = LocalDate(iso: "2026-11-01").map { Instant($0, hour: 0) }

    let desk: AssistantDesk

    /// The models that a person may ask: the assistant, and the bots in use for them.
    func all(for incoming: Incoming) async throws -> [ChatModel] {
        try await entries(for: incoming).map(\.model)
    }

    /// One of them by its name, with the bot it is where it is one.
    ///
    /// Throws `Problem` where there is none, or not for the person.
    func find(
        _ id: String,
        for incoming: Incoming
    ) async throws -> (model: ChatModel, bot: BotInUse?) {
        guard let entry = try await entries(for: incoming).first(where: { $0.model.id == id })
        else {
            let message = Bilingual(
                "그런 모델이 없습니다. /v1/models에서 고를 수 있습니다.",
                "There is no such model. Choose one of /v1/models."
            )
            throw Problem(
                .notFound,
                kind: "model-not-found",
                title: Bilingual("모델을 찾을 수 없습니다", "Model not found"),
                message: message,
                faults: [Problem.Fault(field: "model", message: message)]
            )
        }
        return entry
    }

    private func entries(
        for incoming: Incoming
    ) async throws -> [(model: ChatModel, bot: BotInUse?)] {
        let created = (Self.created?.millisecondsSinceEpoch ?? 0) / 1000
        let bots = try await desk.usableBots(by: incoming.actor)
        return [(ChatModel(id: Self.assistant, created: created), nil)]
            + bots.map { (ChatModel(id: "\(Self.assistant)/\($0.id)", created: created), $0) }
    }
}
