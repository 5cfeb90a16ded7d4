import Basics
import Logging
import ServiceLifecycle
import Store

/// Does the jobs that are due, a few side by side: one that hangs holds up no other.
struct JobRunner: Service {
    let store: Store
    let handlers: [String: JobHandler]
    let logger: Logger

    /// Jobs done side by side.
    static let maximumRunningCount = 2
    /// How long it waits at the most without a signal.
    static let idleSeconds = 5

    init(store: Store, handlers: [JobHandler], logger: Logger) {
        self.store = store
        self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.name, $0) })
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                for _ in 0..<Self.maximumRunningCount {
                    group.addTask {
                        await EventPump.repeatedly(
                            wakeUps: store.jobWakeUps,
                            every: Self.idleSeconds
                        ) { await runDueJobs() }
                    }
                }
            }
        }
    }

    /// Does what is due, one after the other, until nothing is.
    func runDueJobs() async {
        do {
            while !Task.isCancelled, let job = try await store.claimJobs(limit: 1).first {
                await run(job)
            }
        } catch {
            logger.error("jobs wait", metadata: ["error": "\(error)"])
        }
    }

    private func run(_ job: ClaimedJob) async {
        do {
            guard let handler = handlers[job.name] else {
                _ = try await store.fail(job, error: "no handler for \(job.name)")
                return
            }
            do {
                try await handler.work(job)
                _ = try await store.complete(job)
            } catch {
                logger.warning(
                    "job failed",
                    metadata: ["job": "\(job.name)", "error": "\(error)"]
                )
                _ = try await store.fail(
                    job,
                    error: String(describing: error),
                    isFinal: error is HopelessJob
                )
            }
        } catch {
            logger.error("job lost", metadata: ["job": "\(job.name)", "error": "\(error)"])
        }
    }
}
