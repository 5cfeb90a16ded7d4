import Basics
import Dispatch
import Testing

@testable import Store

@Test func `a server that is not there is a clear error`() async throws {
    await expect(.unreachable) {
        _ = try await Store.open(
            .postgres(url: "postgresql://nobody@/nothing?host=/nonexistent"),
            migrations: [],
            time: TestClock().source,
            logger: TestPlace.logger
        )
    }
}

@Test(.enabled(if: TestEngine.postgresURL != nil, "HAECHI_TEST_POSTGRES is not set"))
func `a connection that the server dropped is opened again`() async throws {
    try await withStore(.postgres) { store in
        let process = try await store.read {
            try $0.value("SELECT pg_backend_pid()", as: Int.self)
        }
        let url = try #require(TestEngine.postgresURL)
        let admin = PostgresConnection(url: url, number: 0)
        try admin.queue.sync {
            try admin.ensureConnected()
            // Waits until the process is gone.
            try admin.command("SELECT pg_terminate_backend(\(process ?? 0), 5000)")
            admin.disconnect()
        }
        try await store.write { try $0.run("INSERT INTO place (the_name) VALUES ('a')") }
        let count = try await store.read {
            try $0.value("SELECT COUNT(*) FROM place", as: Int.self)
        }
        #expect(count == 1)
    }
}

@Test(arguments: [
    ("0", SQLValue.integer(0)), ("-1", .integer(-1)), ("10000", .integer(10_000)),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("100000000", .integer(100_000_000)), ("2.50", .real(2.5)), ("-0.0001", .real(-0.0001)),
    ("9223372036854775808", .real(9.223372036854775808e18)),
])
func `numbers of any length are read`(text: String, expected: SQLValue) async throws {
    guard TestEngine.postgresURL != nil else { return }
    try await withStore(.postgres, []) { store in
        let value = try await store.read {
            try $0.value(SQL(trusted: "SELECT \(text)::numeric"), as: SQLValue.self)
        }
        #expect(value == expected)
    }
}
