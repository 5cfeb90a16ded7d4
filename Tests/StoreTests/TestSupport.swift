import Basics
import Dispatch
import Glibc
import Logging
import Synchronization
import Testing

@testable import Store

/// The engines the same tests run on.
enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgres

    static let postgresURL = getenv("HAECHI_TEST_POSTGRES").map { String(cString: $0) }
    static let available: [TestEngine] = postgresURL == nil ? [.sqlite] : [.sqlite, .postgres]
    var testDescription: String { rawValue }
}

@Test(
    .enabled(
        if: TestEngine.postgresURL != nil,
        "HAECHI_TEST_POSTGRES is not set; Scripts/with-postgres swift test covers PostgreSQL too"
    )
)
func `every test of the store runs on PostgreSQL too`() {
    #expect(TestEngine.available == [.sqlite, .postgres])
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ start: Instant = TestClock.start) {
        milliseconds = Mutex(start.millisecondsSinceEpoch)
    }

    static let start = Instant(LocalDate(daysSinceEpoch: 19_400), hour: 9)
    var now: Instant { Instant(millisecondsSinceEpoch: milliseconds.withLock { $0 }) }
    var source: TimeSource { TimeSource { self.now } }
    func advance(seconds: Int) { milliseconds.withLock { $0 += Int64(seconds) * 1000 } }
}

/// A place of its own for a test, on either engine.
struct TestPlace: Sendable {
    let folder: String
    let engine: TestEngine
    private let schema: String

    init(_ engine: TestEngine) throws {
        self.engine = engine
        let number = UInt64.random(in: 0...UInt64.max)
        folder = "/tmp/haechi-store-test-\(number)"
        schema = "t\(number)"
        try Files.makeFolder(folder)
        if engine == .postgres { try admin("CREATE SCHEMA \(schema)") }
    }

    var path: String { folder + "/city.sqlite" }

    var location: Store.Location {
        guard engine == .postgres, let url = TestEngine.postgresURL else {
            return .sqlite(path: path)
        }
        return .postgres(url: url + "&options=-csearch_path%3D\(schema)")
    }

    func open(
        _ sets: [MigrationSet] = [TestSchema.set],
        clock: TestClock = TestClock()
    ) async throws -> Store {
        try await Store.open(
            location,
            blobFolder: folder + "/blobs",
            migrations: sets,
            time: clock.source,
            logger: TestPlace.logger
        )
    }

    static var logger: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }

    func remove() {
        try? Files.removeTree(folder)
        if engine == .postgres { try? admin("DROP SCHEMA \(schema) CASCADE") }
    }

    private func admin(_ text: String) throws {
        guard let url = TestEngine.postgresURL else { return }
        let connection = PostgresConnection(url: url, number: 0)
        try connection.queue.sync {
            try connection.ensureConnected()
            try connection.command(text)
            connection.disconnect()
        }
    }
}

/// Runs a test on a store of its own and takes it away.
func withStore(
    _ engine: TestEngine,
    _ sets: [MigrationSet] = [TestSchema.set],
    clock: TestClock = TestClock(),
    _ body: (Store) async throws -> Void
) async throws {
    let place = try TestPlace(engine)
    defer { place.remove() }
    let store = try await place.open(sets, clock: clock)
    do {
        try await body(store)
    } catch {
        try? await store.close()
        throw error
    }
    try await store.close()
}

/// Some tables to test with.
enum TestSchema {
    static let set = MigrationSet(
        component: "test",
        migrations: [
            Migration(
                number: 1,
                name: "places",
                statements: [
                    """
                    CREATE TABLE place (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        the_name TEXT NOT NULL UNIQUE,
                        kind TEXT, opened_on TEXT, seen_at BIGINT, budget BIGINT,
                        is_open BIGINT NOT NULL DEFAULT 1, photo BLOB, height DOUBLE PRECISION,
                        title TEXT
                    )
                    """,
                    "CREATE TABLE counter (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)",
                    """
                    CREATE TABLE visit (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        place_id BIGINT NOT NULL REFERENCES place (id)
                            DEFERRABLE INITIALLY DEFERRED,
                        note TEXT NOT NULL
                    )
                    """,
                ]
            )
        ]
    )
}

/// Expects a `StoreError` with a code.
func expect(
    _ code: StoreError.Code,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("no error", sourceLocation: sourceLocation)
    } catch {
        #expect((error as? StoreError)?.code == code, "\(error)", sourceLocation: sourceLocation)
    }
}
