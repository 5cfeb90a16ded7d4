import Logging
import ServiceLifecycle
import Store

/// Lets every room bring its memory up to the store: after each event here, and often enough to show
/// soon what another process did.
struct MemoryRefresh: Service {
    let store: Store
    let rooms: [any CityModule]
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await EventPump.repeatedly(
                wakeUps: store.eventWakeUps,
                every: EventPump.idleSeconds
            ) {
                for room in rooms {
                    do {
                        try await room.refresh()
                    } catch is CancellationError {
                        return
                    } catch {
                        logger.error("memory is behind", metadata: ["error": "\(error)"])
                    }
                }
            }
        }
    }
}
