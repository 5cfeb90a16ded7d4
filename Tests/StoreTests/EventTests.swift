import Basics
import Testing

@testable import Store

private struct Opened: Event {
    static let name = "test.opened"
    var place: Int
}

private struct Refused: Error {}

/// Adds one to a counter for each event; refuses a place as often as it is told to.
private func counting(
    _ name: String = "test.counter",
    refusing place: Int = -1,
    times: Int = 0
) -> EventHandler {
    EventHandler(name, on: Opened.self) { event, context, tx in
        try tx.run(
            """
            INSERT INTO counter (id, n) VALUES (\(event.place), 1)
            ON CONFLICT (id) DO UPDATE SET n = counter.n + 1
            """
        )
        if event.place == place, context.attempt <= times { throw Refused() }
    }
}

private func counts(_ store: Store) async throws -> [Int] {
    try await store.read { try $0.rows("SELECT n FROM counter ORDER BY id", as: Int.self) }
}

@Test(arguments: TestEngine.available)
func `an event and the change it tells of are kept together`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        try? await store.write { tx in
            try tx.publish(Opened(place: 1))
            throw Refused()
        }
        try await store.write { tx in try tx.publish(Opened(place: 2)) }
        let report = try await store.deliverPending(handlers: [counting()])
        #expect(report.deliveredCount == 1)
        #expect(try await counts(store) == [1])
    }
}

@Test(arguments: TestEngine.available)
func `however many runners deliver, a handler runs once in effect`(
    engine: TestEngine
) async throws {
    try await withStore(engine) { store in
        try await store.write { tx in for place in 1...20 { try tx.publish(Opened(place: place)) } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    _ = try await store.deliverPending(handlers: [
                        counting("a"), counting("b"),
                    ])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await counts(store) == Array(repeating: 2, count: 20))
    }
}

@Test(arguments: TestEngine.available)
func `a failed event holds those behind it and is tried again`(engine: TestEngine) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await store.write { tx in for place in 1...4 { try tx.publish(Opened(place: place)) } }
        let handler = counting(refusing: 2, times: 2)
        let first = try await store.deliverPending(handlers: [handler])
        #expect(first.deliveredCount == 1 && first.failedCount == 1)
        #expect(first.nextAttemptAt == clock.now.adding(seconds: 5))
        let early = try await store.deliverPending(handlers: [handler])
        #expect(early.deliveredCount == 0 && early.failedCount == 0)
        clock.advance(seconds: 5)
        #expect(try await store.deliverPending(handlers: [handler]).failedCount == 1)
        #expect(try await store.statistics().eventFailures.first?.attempts == 2)
        clock.advance(seconds: 10)
        #expect(try await store.deliverPending(handlers: [handler]).deliveredCount == 3)
        #expect(try await counts(store) == [1, 1, 1, 1])
    }
}

@Test(arguments: TestEngine.available)
func `an event that always fails is set aside`(engine: TestEngine) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await store.write { tx in for place in 1...2 { try tx.publish(Opened(place: place)) } }
        let handler = counting(refusing: 1, times: .max)
        for _ in 0..<EventHandler.maximumAttempts {
            _ = try await store.deliverPending(handlers: [handler])
            clock.advance(seconds: 3600)
        }
        #expect(try await counts(store) == [1])
        #expect(try await store.statistics().eventFailures.map(\.state) == ["dead"])
    }
}

@Test(arguments: TestEngine.available)
func `old settled events are passed over and can be forgotten`(engine: TestEngine) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        let handlers = [counting()]
        for place in 1...3 {
            try await store.write { tx in try tx.publish(Opened(place: place)) }
            _ = try await store.deliverPending(handlers: handlers)
            clock.advance(seconds: 3600)
        }
        _ = try await store.deliverPending(handlers: handlers)
        let now = clock.now
        let forgotten = try await store.write { tx in
            try tx.publish(Opened(place: 4))
            return try tx.forgetSettledEvents(
                before: now.adding(seconds: -5400),
                handlers: handlers
            )
        }
        #expect(forgotten == 2)
        _ = try await store.deliverPending(handlers: handlers)
        #expect(try await counts(store) == [1, 1, 1, 1])
    }
}

@Test func `a commit wakes the runner once it is durable`() async throws {
    try await withStore(.sqlite) { store in
        var signals = store.eventWakeUps.makeAsyncIterator()
        var jobSignals = store.jobWakeUps.makeAsyncIterator()
        try await store.write { tx in
            try tx.publish(Opened(place: 1))
            try tx.enqueue(Sweep(street: "세종대로"))
        }
        #expect(await signals.next() != nil)
        #expect(await jobSignals.next() != nil)
    }
}

struct Sweep: Job, Equatable {
    static let name = "test.sweep"
    static let maximumAttempts = 3
    var street: String
}

@Test(arguments: TestEngine.available)
func `a job is leased to one, done once, and its effect commits with it`(
    engine: TestEngine
) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await store.write { tx in
            for street in 1...10 { try tx.enqueue(Sweep(street: "\(street)")) }
            try tx.enqueue(Sweep(street: "later"), at: tx.now.adding(seconds: 60))
        }
        let claimed = try await withThrowingTaskGroup(of: [ClaimedJob].self) { group in
            for _ in 0..<4 { group.addTask { try await store.claimJobs(limit: 3) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 10)
        #expect(Set(claimed.map(\.id)).count == 10)
        #expect(try claimed[0].decode(as: Sweep.self).street.isEmpty == false)
        for job in claimed { #expect(try await store.write { try $0.complete(job) }) }
        #expect(try await store.nextJobDue() == clock.now.adding(seconds: 60))
        #expect(try await store.claimJobs().isEmpty)
        clock.advance(seconds: 60)
        #expect(try await store.claimJobs(names: ["other"]).isEmpty)
        #expect(try await store.claimJobs(names: [Sweep.name]).count == 1)
        #expect(try await store.statistics().jobCounts == ["done": 10, "leased": 1])
    }
}

@Test(arguments: TestEngine.available)
func `a lease that ended is taken up by another and the first can say nothing any more`(
    engine: TestEngine
) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await store.write { try $0.enqueue(Sweep(street: "a")) }
        let first = try #require(try await store.claimJobs(leaseSeconds: 30).first)
        #expect(try await store.claimJobs().isEmpty)
        clock.advance(seconds: 31)
        let second = try #require(try await store.claimJobs().first)
        #expect(second.id == first.id && second.attempts == 2)
        #expect(try await !store.complete(first))
        #expect(try await !store.fail(first, error: "late"))
        #expect(try await store.complete(second))
    }
}

@Test(arguments: TestEngine.available)
func `a job fails with growing pauses, then is set aside until someone retries it`(
    engine: TestEngine
) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await store.write { try $0.enqueue(Sweep(street: "a")) }
        for pause in [5, 10] {
            let job = try #require(try await store.claimJobs().first)
            try await store.fail(job, error: "no broom")
            #expect(try await store.nextJobDue() == clock.now.adding(seconds: pause))
            clock.advance(seconds: pause)
        }
        let last = try #require(try await store.claimJobs().first)
        try await store.fail(last, error: "no broom")
        #expect(try await store.nextJobDue() == nil)
        let failure = try #require(try await store.statistics().jobFailures.first)
        #expect(failure.state == "dead" && failure.lastError == "no broom")
        #expect(try await store.retryDeadJob(last.id))
        #expect(try await store.claimJobs().count == 1)
    }
}

@Test(arguments: TestEngine.available)
func `a job that nothing can help is set aside with attempts left`(
    engine: TestEngine
) async throws {
    try await withStore(engine) { store in
        try await store.write { try $0.enqueue(Sweep(street: "a")) }
        let job = try #require(try await store.claimJobs().first)
        #expect(try await store.fail(job, error: "no such street", isFinal: true))
        #expect(try await store.nextJobDue() == nil)
        #expect(try await store.statistics().jobFailures.first?.state == "dead")
    }
}

@Test(arguments: TestEngine.available)
func `a unique job waits once, and again after it was done`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        @Sendable func ask() async throws -> Bool {
            try await store.write { try $0.enqueue(Sweep(street: "a"), uniqueKey: "a") }
        }
        #expect(try await ask())
        #expect(try await !ask())
        let job = try #require(try await store.claimJobs().first)
        #expect(try await !ask())
        try await store.complete(job)
        #expect(try await ask())
    }
}

@Test(arguments: TestEngine.available)
func `a schedule makes one job a period and does not catch up one by one`(
    engine: TestEngine
) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await store.write { tx in
            try tx.schedule("sweeping", Sweep(street: "a"), .every(seconds: 600))
        }
        #expect(try await store.claimJobs().isEmpty)
        clock.advance(seconds: 6000)
        let jobs = try await store.claimJobs()
        #expect(jobs.count == 1)
        try await store.complete(jobs[0])
        #expect(try await store.nextJobDue() == clock.now.adding(seconds: 600))
    }
}

@Test func `a daily schedule keeps to Korea's time of day`() {
    let daily = Recurrence.daily(hour: 3, minute: 30)
    let date = LocalDate(daysSinceEpoch: 19_400)
    let before = Instant(date, hour: 1)
    #expect(daily.next(after: before, previous: before) == Instant(date, hour: 3, minute: 30))
    let after = Instant(date, hour: 3, minute: 30)
    #expect(
        daily.next(after: after, previous: after)
            == Instant(date.adding(days: 1), hour: 3, minute: 30)
    )
}
