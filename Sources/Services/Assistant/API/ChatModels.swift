import Basics
import HTTPTypes
import Web

/// Whom a chat front end may ask: each is a model of its list.
struct ChatModels: Sendable {
    /// The assistant itself, over every document the person may read.
    static let assistant = "haechi-assistant"

    /// The day from which there is one: clients show it, and nothing hangs on it.
    private static let created = LocalDate(iso: "2026-11-01").map { Instant($0, hour: 0) }

    /// The models that a person may ask.
    func all() -> [ChatModel] {
        [ChatModel(id: Self.assistant, created: (Self.created?.millisecondsSinceEpoch ?? 0) / 1000)]
    }

    /// One of them by its name.
    ///
    /// Throws `Problem` where there is none, or not for the person.
    func find(_ id: String) throws -> ChatModel {
        guard let model = all().first(where: { $0.id == id }) else {
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
        return model
    }
}
