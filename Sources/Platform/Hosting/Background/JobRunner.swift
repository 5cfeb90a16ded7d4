import Basics
import Logging
import ServiceLifecycle
import Store

/// Does the jobs that are due, a few at a time.
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
            await EventPump.repeatedly(wakeUps: store.jobWakeUps, every: Self.idleSeconds) {
                await runDueJobs()
            }
        }
    }

    /// Does what is due until nothing is.
    func runDueJobs() async {
        do {
            while !Task.isCancelled {
                let jobs = try await store.claimJobs(limit: Self.maximumRunningCount)
                guard !jobs.isEmpty else { return }
                await withTaskGroup { group in
                    for job in jobs { group.addTask { await run(job) } }
                }
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
                _ = try await store.fail(job, error: String(describing: error))
            }
        } catch {
            logger.error("job lost", metadata: ["job": "\(job.name)", "error": "\(error)"])
        }
    }
}
