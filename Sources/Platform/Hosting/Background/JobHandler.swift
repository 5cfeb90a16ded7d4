public import Store

/// What a handler throws where no further attempt can help: the job is set aside at once.
public struct HopelessJob: Error {
    /// Why.
    public let reason: String

    /// Creates the error with its reason.
    public init(_ reason: String) { self.reason = reason }
}

/// Code that does a kind of job.
///
/// It may run more than once for one job (a lease that ran out, a crash after the work), so it has to
/// be safe to repeat.
public struct JobHandler: Sendable {
    /// The name of the jobs it takes.
    public let name: String
    let work: @Sendable (ClaimedJob) async throws -> Void

    /// Creates a handler of one kind of job.
    public init<J: Job>(_ type: J.Type, _ work: @escaping @Sendable (J) async throws -> Void) {
        name = J.name
        self.work = { try await work(try $0.decode(as: J.self)) }
    }
}
