import Basics
import Glibc
import Testing

@testable import Store

@Test func `the writer is as durable as SQLite can be`() async throws {
    try await withStore(.sqlite) { store in
        let engine = try #require(store.engine as? SQLiteEngine)
        // GRDB's pool lowers `synchronous` after it prepared a connection: 2 is FULL, 1 NORMAL.
        #expect(try await engine.writerSetting("synchronous") == 2)
        #expect(try await engine.writerSetting("foreign_keys") == 1)
        #expect(try await engine.writerSetting("busy_timeout") == 5000)
        #expect(
            try await engine.writerSetting("wal_autocheckpoint") == SQLiteEngine.checkpointPageCount
        )
        let reader = try await store.read { db in
            [
                try db.value("PRAGMA wal_autocheckpoint", as: Int.self),
                try db.value("PRAGMA query_only", as: Int.self),
                try db.value("PRAGMA mmap_size", as: Int.self) ?? 0,
            ]
        }
        #expect(reader[0] == 0)
        #expect(reader[2] == 0)
        await expect(.readOnly) {
            _ = try await store.read {
                try $0.rows("DELETE FROM place RETURNING id", as: Int.self)
            }
        }
    }
}

@Test func `a second owner of the file is turned away`() async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    let store = try await place.open()
    do {
        _ = try await place.open()
        Issue.record("two owners")
    } catch let error as StoreError {
        #expect(error.code == .locked)
        #expect(error.message.korean.hasPrefix("다른 haechi가 이 저장소를 쓰고 있습니다"))
    }
    try await store.close()
    try await place.open().close()
}

@Test func `a closed store says so`() async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    let store = try await place.open()
    try await store.close()
    await #expect(throws: StoreError.self) {
        try await store.read { try $0.value("SELECT 1", as: Int.self) }
    }
}

@Test func `a folder that cannot be written is a clear error`() async throws {
    await expect(.readOnly) {
        _ = try await Store.open(
            .sqlite(path: "/sys/haechi-test/city.sqlite"),
            migrations: [],
            time: TestClock().source,
            logger: TestPlace.logger
        )
    }
}

@Test func `a file that is no database is a clear error and stays as it is`() async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    let bytes = Array(String(repeating: "이것은 데이터베이스가 아닙니다. ", count: 300).utf8)
    try FileHandle.creating(place.path).write(bytes)
    await expect(.corrupt) { _ = try await place.open() }
    let after = try FileHandle.reading(place.path).read(at: 0, maximumCount: bytes.count + 1)
    #expect(after == bytes)
}

/// A file system of a few hundred kilobytes, where the machine lets a test mount one.
private func withTinyDisk(_ body: (String) async throws -> Void) async throws -> Bool {
    let folder = "/tmp/haechi-tiny-\(UInt32.random(in: 0...UInt32.max))"
    try Files.makeFolder(folder)
    defer { rmdir(folder) }
    guard mount("haechi-test", folder, "tmpfs", 0, "size=1m") == 0 else { return false }
    defer { umount2(folder, Int32(MNT_DETACH)) }
    try await body(folder)
    return true
}

@Test func `a full disk is told and what was acknowledged stays`() async throws {
    let ran = try await withTinyDisk { folder in
        let location = Store.Location.sqlite(path: folder + "/city.sqlite")
        let store = try await Store.open(
            location,
            migrations: [TestSchema.set],
            time: TestClock().source,
            logger: TestPlace.logger
        )
        var acknowledged = 0
        do {
            for number in 0..<10_000 {
                let photo = [UInt8](repeating: 7, count: 5000)
                try await store.write { tx in
                    try tx.run(
                        "INSERT INTO place (the_name, photo) VALUES (\("p\(number)"), \(photo))"
                    )
                }
                acknowledged += 1
            }
            Issue.record("the disk never filled up")
        } catch let error as StoreError {
            #expect(error.code == .diskFull || error.code == .inputOutput)
        }
        let count = try await store.read {
            try $0.value("SELECT COUNT(*) FROM place", as: Int.self)
        }
        #expect(count == acknowledged && acknowledged > 0)
        #expect(try await store.check().isSound)
        try await store.close()
    }
    if !ran { print("skipped: this machine lets no test mount a tiny disk") }
}

private func bytes(of path: String) throws -> [UInt8] {
    try FileHandle.reading(path).read(at: 0, maximumCount: Files.size(path) ?? 0)
}

// The log of a store is cut or its bytes are flipped, as after a power failure on a bad disk:
//
//     commit 1   commit 2   commit 3 …        (each two rows, which must stay together)
//     -----------------✂
//     on opening again: 1, or 1 and 2; never half of 2, never 3 without 2
@Test(arguments: 0..<40)
func `a torn log loses only what comes after the damage`(seed: Int) async throws {
    let place = try TestPlace(.sqlite)
    let torn = try TestPlace(.sqlite)
    defer {
        place.remove()
        torn.remove()
    }
    let store = try await place.open()
    for number in 1...12 {
        try await store.write { tx in
            try tx.run("INSERT INTO counter (id, n) VALUES (\(number * 2), \(number))")
            try tx.run("INSERT INTO counter (id, n) VALUES (\(number * 2 + 1), \(number))")
        }
    }
    var random = SeededRandom(seed: UInt64(seed))
    var log = try bytes(of: place.path + "-wal")
    // Most damage goes to the end of the log, where the commits of this test are.
    let from = seed.isMultiple(of: 4) ? 0 : log.count * 2 / 3
    let offset = Int.random(in: from..<log.count, using: &random)
    if seed.isMultiple(of: 2) {
        log.removeSubrange(offset...)
    } else {
        log[offset] ^= UInt8.random(in: 1...255, using: &random)
    }
    try FileHandle.creating(torn.path).write(bytes(of: place.path))
    try FileHandle.creating(torn.path + "-wal").write(log)
    try await store.close()

    let reopened = try await torn.open()
    let numbers = try await reopened.read {
        try $0.rows("SELECT n FROM counter ORDER BY id", as: Int.self)
    }
    let last = numbers.last ?? 0
    #expect(numbers == (0..<last).flatMap { [$0 + 1, $0 + 1] })
    #expect(try await reopened.check().isSound)
    try await reopened.close()
}

@Test func `flipped bytes in the file itself are found by a check`() async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    let store = try await place.open()
    try await store.write { tx in
        let inserter = try tx.insert(into: "place", columns: ["the_name"])
        for number in 0..<2000 { try inserter.append("place \(number)") }
    }
    try await store.close()
    var content = try bytes(of: place.path)
    // Page headers from the tenth page on.
    for page in stride(from: 10, to: content.count / 4096, by: 3) { content[page * 4096] ^= 0xff }
    Files.remove(place.path)
    try FileHandle.creating(place.path).write(content)
    do {
        let damaged = try await place.open()
        let check = try await damaged.check()
        #expect(!check.engineFaults.isEmpty)
        try await damaged.close()
    } catch let error as StoreError {
        #expect(error.code == .corrupt)
    }
}
