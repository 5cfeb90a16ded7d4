import Logging
import ServiceLifecycle
import Store

/// Lets every room bring its memory up to the store: after each event here, and often enough to show
/// soon what another process did.
struct MemoryRefresh: Service {
    let platform: Platform
    let rooms: [any CityModule]

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await EventPump.repeatedly(
                wakeUps: platform.store.eventWakeUps,
                every: EventPump.idleSeconds
            ) {
                await refresh { try await platform.synonyms.refresh(from: platform.store) }
                for room in rooms { await refresh { try await room.refresh() } }
            }
        }
    }

    private func refresh(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            return
        } catch {
            platform.logger.error("memory is behind", metadata: ["error": "\(error)"])
        }
    }
}
