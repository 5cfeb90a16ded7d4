import Basics
import CityTesting
import Foundation
import HTTPTypes
import Logging
import Store
import Synchronization
import Testing

@testable import Hosting

extension CityClient {
    /// Does the jobs that are due.
    func runJobs() async {
        await JobRunner(
            store: city.platform.store,
            handlers: city.jobHandlers,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ).runDueJobs()
    }

    /// The number of rows of a table.
    func count(_ table: SQL) async throws -> Int {
        try await city.platform.store.read { db in
            try db.value("SELECT COUNT(*) FROM \(table)", as: Int.self) ?? 0
        }
    }
}

private struct Forgotten: Job {
    static let name = "test.nobodyDoesThis"
    static let maximumAttempts = 1
}

private struct Rang: Event {
    static let name = "test.rang"
    var bell: String
}

/// A handler's memory; it throws until it is open.
private final class Ear: Sendable {
    struct Deaf: Error {}

    let isOpen = Mutex(false)
    let heard = Mutex<[String]>([])

    func hear(_ bell: String) throws {
        guard isOpen.withLock({ $0 }) else { throw Deaf() }
        heard.withLock { $0.append(bell) }
    }
}

private let administratorLogin = "admin@sample.example"

@Suite struct `The operations page` {
    @Test func `makes a backup, checks it, and shows both after a reload`() async throws {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let page = "/operations"
            #expect(try await administrator.get(page).body.contains("아직 백업이 없습니다"))
            let asked = try await administrator.submit("/operations/backups", from: page, [:])
            #expect(asked.headers[.location] == "/operations?done=backUp")
            let twice = try await administrator.submit("/operations/backups", from: page, [:])
            #expect(twice.headers[.location] == "/operations?done=nothing")
            #expect(try await administrator.get(page).body.contains("백업이 차례를 기다립니다"))
            await client.runJobs()
            let done = try await administrator.get(page).body
            #expect(done.contains("haechi-2023-01-25-000000") && done.contains("온전함"))
            #expect(!done.contains("백업이 차례를 기다립니다"))

            let folder = "\(client.city.platform.settings["data"])/backups/haechi-2023-01-25-000000"
            try Data("?".utf8).write(to: URL(filePath: "\(folder)/tables/identity_account.rows"))
            let checked = try await administrator.submit(
                "/operations/backups/check",
                from: page,
                ["backup": "haechi-2023-01-25-000000"]
            )
            #expect(checked.headers[.location] == "/operations?done=check")
            await client.runJobs()
            #expect(try await administrator.get(page).body.contains("손상됨"))
        }
    }

    @Test(arguments: ["", "..", "../..", "nothing", "haechi-2023-01-25-000000/../.."])
    func `checks only a backup that is there`(name: String) async throws {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let answer = try await administrator.submit(
                "/operations/backups/check",
                from: "/operations",
                ["backup": name]
            )
            #expect(answer.headers[.location] == "/operations?done=nothing")
        }
    }

    @Test func `retries or discards a job that was set aside`() async throws {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let store = client.city.platform.store
            try await store.write { tx in _ = try tx.enqueue(Forgotten()) }
            await client.runJobs()
            let page = try await administrator.get("/operations").body
            #expect(page.contains("test.nobodyDoesThis") && page.contains("no handler"))
            let id = try #require(
                try await store.read { try $0.jobs(named: Forgotten.name).first?.id }
            )
            func send(_ deed: String) async throws -> String? {
                try await administrator.submit(
                    "/operations/jobs/\(deed)",
                    from: "/operations",
                    ["id": "\(id)", "handler": Forgotten.name]
                ).headers[.location]
            }
            #expect(try await send("retry") == "/operations?done=retryJob")
            #expect(try await send("discard") == "/operations?done=nothing")
            await client.runJobs()
            #expect(try await send("discard") == "/operations?done=discardJob")
            #expect(try await store.read { try $0.jobs(named: Forgotten.name) }.isEmpty)
        }
    }

    @Test func `does not retry a job whose twin is waiting`() async throws {
        try await CityClient.with(house) { client in
            let store = client.city.platform.store
            try await store.write { _ = try $0.enqueue(Forgotten(), uniqueKey: "one") }
            await client.runJobs()
            let id = try #require(
                try await store.read { try $0.jobs(named: Forgotten.name).first?.id }
            )
            try await store.write { _ = try $0.enqueue(Forgotten(), uniqueKey: "one") }
            #expect(try await !store.retryDeadJob(id))
        }
    }

    @Test(arguments: [true, false])
    func `retries or discards a delivery that was set aside`(isRetried: Bool) async throws {
        let clock = MovingClock()
        try await CityClient.with(house, time: clock.source) { client in
            let store = client.city.platform.store
            let ear = Ear()
            let handler = EventHandler("test.ear", on: Rang.self) { event, _, _ in
                try ear.hear(event.bell)
            }
            let id = try await store.write { try $0.publish(Rang(bell: "first")) }
            for _ in 0..<EventHandler.maximumAttempts {
                _ = try await store.deliverPending(handlers: [handler])
                clock.advance(seconds: 3600)
            }
            ear.isOpen.withLock { $0 = true }
            _ = try await store.write { try $0.publish(Rang(bell: "second")) }
            _ = try await store.deliverPending(handlers: [handler])
            // The cursor passes what is settled and old.
            clock.advance(seconds: 3600)
            _ = try await store.deliverPending(handlers: [handler])
            #expect(ear.heard.withLock { $0 } == ["second"])

            let administrator = try await client.signedIn(as: administratorLogin)
            #expect(try await administrator.get("/operations").body.contains("test.ear"))
            let deed = isRetried ? "retry" : "discard"
            let answer = try await administrator.submit(
                "/operations/events/\(deed)",
                from: "/operations",
                ["id": "\(id)", "handler": "test.ear"]
            )
            #expect(answer.headers[.location] == "/operations?done=\(deed)Event")
            for _ in 0..<2 { _ = try await store.deliverPending(handlers: [handler]) }
            #expect(ear.heard.withLock { $0 } == (isRetried ? ["second", "first"] : ["second"]))
            #expect(!(try await administrator.get("/operations").body.contains("test.ear")))
        }
    }
}

@Suite struct `Housekeeping in the background` {
    @Test func `forgets hourly what has served its time, and nothing a person should see`()
        async throws
    {
        let clock = MovingClock()
        try await CityClient.with(house, time: clock.source) { client in
            let store = client.city.platform.store
            _ = try await client.signedIn(as: "resident@sample.example")
            try await store.write { tx in
                _ = try tx.once(scope: "test", key: "1") { 1 }
                _ = try tx.publish(Rang(bell: "old"))
                _ = try tx.enqueue(Forgotten())
            }
            await client.runJobs()
            #expect(try await client.count("identity_session") == 1)

            clock.advance(seconds: 3600)
            await client.runJobs()
            #expect(try await client.count("identity_session") == 1)
            #expect(try await client.count("idempotency") == 1)

            clock.advance(seconds: 2 * 86_400)
            await client.runJobs()
            #expect(try await client.count("identity_session") == 0)
            #expect(try await client.count("idempotency") == 0)
            #expect(try await client.count("event_outbox") == 1)

            clock.advance(seconds: 30 * 86_400)
            try await store.write { _ = try $0.publish(Rang(bell: "new")) }
            await client.runJobs()
            #expect(try await client.count("event_outbox") == 1)
            // Runs that were missed are run once; the dead job stays; done ones go after a week.
            let jobs = try await store.read { try $0.jobs(named: "hosting.housekeeping") }
            #expect(jobs.map(\.state) == ["done"])
            #expect(try await store.read { try $0.jobs(named: Forgotten.name) }.count == 1)
            let page = try await client.signedIn(as: administratorLogin).get("/operations").body
            #expect(page.contains("hosting.housekeeping"))
        }
    }
}
