internal import Dispatch

/// Work that waits for a disk, on threads that may wait.
enum Blocking {
    private static let queue = DispatchQueue(
        label: "haechi.store.files",
        attributes: .concurrent
    )

    static func run<T: Sendable>(
        _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
