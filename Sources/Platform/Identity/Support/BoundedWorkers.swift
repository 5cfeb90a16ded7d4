import Basics
import Dispatch
import Synchronization

/// Threads of their own for work that blocks, with a limit on how much runs and how much waits.
///
/// Password hashing and libcurl hold a thread for as long as they take; on Swift's cooperative pool
/// they would hold up every request of the house. Work past both limits is refused at once, since a
/// queue without an end only answers people who have already left.
final class BoundedWorkers: Sendable {
    private struct State {
        var runningCount = 0
        var waiting: [@Sendable () -> Void] = []
    }

    let maximumRunningCount: Int
    let maximumWaitingCount: Int
    private let queue: DispatchQueue
    private let state = Mutex(State())

    init(label: String, maximumRunningCount: Int, maximumWaitingCount: Int) {
        precondition(maximumRunningCount > 0 && maximumWaitingCount >= 0)
        self.maximumRunningCount = maximumRunningCount
        self.maximumWaitingCount = maximumWaitingCount
        queue = DispatchQueue(label: label, attributes: .concurrent)
    }

    /// Runs work on one of the threads, or throws `busy`.
    func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            start(work) { continuation.resume(with: $0) }
        }
    }

    /// Starts work on one of the threads; what came of it, or `busy`, goes to `finish`.
    func start<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result,
        finish: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    ) {
        let job: @Sendable () -> Void = {
            let result = Swift.Result { try work() }
            self.finishOne()
            finish(result)
        }
        if !accept(job) { finish(.failure(busy)) }
    }

    private func accept(_ job: @escaping @Sendable () -> Void) -> Bool {
        let startsNow = state.withLock { state -> Bool? in
            if state.runningCount < maximumRunningCount {
                state.runningCount += 1
                return true
            }
            guard state.waiting.count < maximumWaitingCount else { return nil }
            state.waiting.append(job)
            return false
        }
        if startsNow == true { queue.async(execute: job) }
        return startsNow != nil
    }

    private func finishOne() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.runningCount -= 1
                return (@Sendable () -> Void)?.none
            }
            return state.waiting.removeFirst()
        }
        if let next { queue.async(execute: next) }
    }

    private var busy: IdentityError {
        IdentityError(
            .busy,
            Bilingual(
                "요청이 많습니다. 잠시 뒤에 다시 시도해 주세요.",
                "Many requests are waiting. Please try again in a moment."
            ),
            context: "\(queue.label): \(maximumWaitingCount) waiting",
            retryAfterSeconds: 1
        )
    }
}
