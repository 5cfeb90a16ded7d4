import AsyncAlgorithms
import Basics
import Logging
import ServiceLifecycle
import Store

/// Hands published events to their handlers: at once when something was published, and again when a
/// failed one is due.
struct EventPump: Service {
    let store: Store
    let handlers: [EventHandler]
    let logger: Logger

    /// How long it waits at the most without a signal; another process may have published.
    static let idleSeconds = 5

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await Self.repeatedly(wakeUps: store.eventWakeUps, every: Self.idleSeconds) {
                do {
                    var report = try await store.deliverPending(handlers: handlers)
                    while report.hasMore, !Task.isCancelled {
                        report = try await store.deliverPending(handlers: handlers)
                    }
                } catch is CancellationError {
                } catch {
                    logger.error("events wait", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Runs a body now, after every signal and after every so many seconds, until cancelled.
    static func repeatedly(
        wakeUps: AsyncStream<Void>,
        every seconds: Int,
        _ body: () async -> Void
    ) async {
        let ticks = AsyncTimerSequence(interval: .seconds(seconds), clock: .continuous)
        await body()
        for await _ in merge(wakeUps, ticks.map { _ in }) {
            if Task.isCancelled { return }
            await body()
        }
    }
}
