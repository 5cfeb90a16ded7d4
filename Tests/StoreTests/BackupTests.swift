import Basics
import Testing

@testable import Store

private let moves: [(TestEngine, TestEngine)] = TestEngine.available.flatMap { from in
    TestEngine.available.map { (from, $0) }
}

private struct Noted: Event {
    static let name = "test.noted"
    var text: String
}

/// Some of everything.
private func fill(_ store: Store) async throws {
    let blob = try await store.blobs.put(Array("사진".utf8))
    try await store.write { tx in
        let inserter = try tx.insert(
            into: "place",
            columns: ["the_name", "photo", "height", "budget"]
        )
        for number in 0..<500 {
            try inserter.append(
                "곳 \(number)",
                number % 2 == 0 ? nil : [UInt8](repeating: 3, count: number),
                Double(number) / 3,
                Int64.max - Int64(number)
            )
        }
        try tx.run("INSERT INTO visit (place_id, note) VALUES (1, \(blob.id))")
        try tx.publish(Noted(text: "a"))
        try tx.enqueue(Sweep(street: "b"))
        try tx.record(
            .create,
            on: AuditSubject(kind: "place", id: "1"),
            by: AuditActor(kind: .system, id: "test"),
            purpose: Purpose(code: "test", Bilingual("시험", "Test"))
        )
    }
}

/// All rows of all tables, sorted.
private func dump(_ store: Store) async throws -> [String: [String]] {
    try await store.read { db in
        var result: [String: [String]] = [:]
        for table in try db.connection.tables() where table.name != "store_migration" {
            var rows: [String] = []
            let list = SQL(trusted: table.columns.sorted().joined(separator: ", "))
            try db.forEach("SELECT \(list) FROM \(SQL(trusted: table.name))") { row in
                var texts: [String] = []
                for column in 0..<row.count { texts.append("\(try row.value(column))") }
                rows.append(texts.joined(separator: "|"))
            }
            result[table.name] = rows.sorted()
        }
        return result
    }
}

@Test(arguments: moves)
func `a backup restores onto either engine with every row`(
    from: TestEngine,
    to: TestEngine
) async throws {
    let (source, target) = (try TestPlace(from), try TestPlace(to))
    defer {
        source.remove()
        target.remove()
    }
    let store = try await source.open()
    try await fill(store)
    let folder = target.folder + "/backup"
    let manifest = try await store.backUp(to: folder)
    #expect(manifest.blobs.count == 1)
    await expect(.notEmpty) { try await store.backUp(to: folder) }
    let before = try await dump(store)
    try await store.close()

    // A program that came after the backup: its new migration runs over the old rows.
    let newer = MigrationSet(
        component: "test",
        migrations: TestSchema.set.migrations + [
            Migration(
                number: 2,
                name: "rating",
                statements: ["ALTER TABLE counter ADD COLUMN rating BIGINT"]
            )
        ]
    )
    let restored = try await Store.restore(
        from: folder,
        into: target.location,
        blobFolder: target.folder + "/blobs",
        migrations: [newer],
        time: TestClock().source,
        logger: TestPlace.logger
    )
    #expect(try await dump(restored) == before)
    #expect(try await restored.check().isSound)
    let next = try await restored.write { tx in
        try tx.value("INSERT INTO place (the_name) VALUES ('new') RETURNING id", as: Int.self)
    }
    #expect(next == 501)
    try await restored.close()

    await expect(.notEmpty) {
        _ = try await Store.restore(
            from: folder,
            into: target.location,
            blobFolder: target.folder + "/blobs",
            migrations: [newer],
            time: TestClock().source,
            logger: TestPlace.logger
        )
    }
}

@Test(arguments: TestEngine.available)
func `writers go on during a backup and the backup is of one moment`(
    engine: TestEngine
) async throws {
    let (source, target) = (try TestPlace(engine), try TestPlace(.sqlite))
    defer {
        source.remove()
        target.remove()
    }
    let store = try await source.open()
    try await store.write { try $0.run("INSERT INTO counter (id, n) VALUES (1, 0), (2, 0)") }
    try await fill(store)
    async let writing: Void = {
        for n in 1...60 { try await store.write { try $0.run("UPDATE counter SET n = \(n)") } }
    }()
    try await store.backUp(to: target.folder + "/backup")
    try await writing
    try await store.close()
    let restored = try await Store.restore(
        from: target.folder + "/backup",
        into: target.location,
        migrations: [TestSchema.set],
        time: TestClock().source,
        logger: TestPlace.logger
    )
    let numbers = try await restored.read { try $0.rows("SELECT n FROM counter", as: Int.self) }
    #expect(Set(numbers).count == 1)
    try await restored.close()
}

@Test(arguments: ["tables/place.rows", "manifest.json", "blobs"])
func `a damaged backup is refused and the target stays empty`(part: String) async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    let store = try await place.open()
    try await fill(store)
    let folder = place.folder + "/backup"
    let manifest = try await store.backUp(to: folder)
    try await store.close()
    let path =
        part == "blobs"
        ? BlobStore(folder: folder + "/blobs").path(of: manifest.blobs[0]) : "\(folder)/\(part)"
    var bytes = try FileHandle.reading(path).read(at: 0, maximumCount: 1 << 20)
    bytes[bytes.count / 2] ^= 0x81
    Files.remove(path)
    try FileHandle.creating(path).write(bytes)
    let target = Store.Location.sqlite(path: place.folder + "/new/city.sqlite")
    await expect(.badArchive) {
        _ = try await Store.restore(
            from: folder,
            into: target,
            migrations: [TestSchema.set],
            time: TestClock().source,
            logger: TestPlace.logger
        )
    }
    #expect(Files.size(place.folder + "/new/city.sqlite") == nil)
}

@Test(arguments: TestEngine.available)
func `the operations page learns of slow statements, sizes and versions`(
    engine: TestEngine
) async throws {
    try await withStore(engine) { store in
        let secret = "비밀"
        try await store.read { db in
            _ = try db.value(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
                SELECT COUNT(*) FROM n WHERE \(secret) <> 'x'
                """,
                as: Int.self
            )
        }
        let statistics = try await store.statistics()
        let slow = try #require(
            statistics.slowStatements.first { $0.text.contains("RECURSIVE") }
        )
        #expect(slow.milliseconds >= 5)
        #expect(!slow.text.contains(secret))
        #expect(statistics.size.databaseBytes > 0)
        #expect(!statistics.engineVersion.isEmpty)
        #expect(
            (store.sqliteVersionWarning == nil)
                == (engine == .postgres || SQLiteEngine.libraryVersionNumber >= 3_051_003)
        )
    }
}
