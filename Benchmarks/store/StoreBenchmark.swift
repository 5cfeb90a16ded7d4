import Basics
import Glibc
import Logging
import Store

/// The work of a store, timed: a million rows in and out, one-row commits alone and together.
///
/// Prints one `name seconds` line a task; `run.py` sets them beside the same work of a peer.
@main
struct StoreBenchmark {
    struct Plan: Codable, Sendable {
        var id: Int
        var year: Int
        var orgName: String
        var title: String
        var budget: Won
        var share: Double
    }

    static let schema = MigrationSet(
        component: "benchmark",
        migrations: [
            Migration(
                number: 1,
                name: "plan",
                statements: [
                    """
                    CREATE TABLE plan (id INTEGER PRIMARY KEY AUTOINCREMENT, year BIGINT NOT NULL,
                        org_name TEXT NOT NULL, title TEXT NOT NULL, budget BIGINT NOT NULL,
                        share DOUBLE PRECISION NOT NULL)
                    """,
                    "CREATE TABLE post (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)",
                ]
            )
        ]
    )

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let rowCount = Int(arguments[2]) else {
            fatalError("usage: StoreBenchmark LOCATION ROWS")
        }
        let location: Store.Location =
            arguments[1].contains("://")
            ? .postgres(url: arguments[1]) : .sqlite(path: arguments[1])
        let store = try await Store.open(
            location,
            blobFolder: "/nonexistent",
            migrations: [schema],
            time: .fixed(Instant(millisecondsSinceEpoch: 0)),
            logger: Logger(label: "benchmark")
        )
        try await rows(store, rowCount)
        try await commits(store, count: 400, writers: 1)
        try await commits(store, count: 4000, writers: 64)
        try await pointReads(store, rowCount)
        try await store.close()
    }

    static func rows(_ store: Store, _ count: Int) async throws {
        try await timed("insert") {
            try await store.write { tx in
                let inserter = try tx.insert(
                    into: "plan",
                    columns: ["id", "year", "org_name", "title", "budget", "share"]
                )
                for id in 1...count {
                    try inserter.append(
                        id,
                        2015 + id % 10,
                        "기관 \(id % 50)",
                        "정보시스템 유지관리 \(id)",
                        id &* 977,
                        Double(id) / 3
                    )
                }
            }
        }
        try await timed("stream") {
            let sum = try await store.read { db in
                var sum: Int64 = 0
                try db.forEach("SELECT id, year, org_name, title, budget, share FROM plan") { row in
                    sum &+= try row.int64(0) &+ row.int64(1) &+ row.int64(4)
                    sum &+= Int64(try row.text(2).utf8.count + row.text(3).utf8.count)
                    sum &+= Int64(try row.double(5))
                }
                return sum
            }
            print("# \(sum)")
        }
        try await timed("decode") {
            let plans = try await store.read {
                try $0.rows("SELECT * FROM plan", as: Plan.self)
            }
            print("# \(plans.count)")
        }
    }

    static func commits(_ store: Store, count: Int, writers: Int) async throws {
        try await timed("commits\(writers)", per: count) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        for number in 0..<count / writers {
                            try await store.write { tx in
                                try tx.run(
                                    "INSERT INTO post (body) VALUES (\("\(writer) \(number)"))"
                                )
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    static func pointReads(_ store: Store, _ rowCount: Int) async throws {
        try await timed("reads", per: 5000) {
            for number in 0..<5000 {
                let id = number &* 7919 % rowCount + 1
                _ = try await store.read {
                    try $0.first("SELECT * FROM plan WHERE id = \(id)", as: Plan.self)
                }
            }
        }
    }

    static func timed(
        _ name: String,
        per count: Int = 1,
        _ body: () async throws -> Void
    ) async throws {
        let (start, cpu) = (ContinuousClock.now, clock())
        try await body()
        let wall = (ContinuousClock.now - start) / .seconds(1)
        let busy = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
        print("\(name) \(wall / Double(count)) \(busy / Double(count))")
    }
}
