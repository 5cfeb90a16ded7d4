import Basics
import CityTesting
import Foundation
import Sightings
import Store
import Testing

@testable import Footage
@testable import Hosting

@Suite struct `Footage whose time is over` {
    private static let day = 86_400

    /// How many pictures and sightings of people in red the house still shows.
    private static func count(_ house: OpenHouse) async throws -> Int {
        let room = try FootageRoom.of(house.platform)
        return try room.sightings.search(
            SightingQuery(examples: try house.red().examples, limit: 100)
        ).matches.count
    }

    private static func stills(_ built: FootageHouse) -> [String] {
        let files = FileManager.default.enumerator(atPath: built.footageFolder.path)
        return (files?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".stills") }
    }

    @Test func `is gone after thirty days, with its key and its files`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                try FootageRoom.of(house.platform).sightings.flush()
                let retention = try FootageRetention(house.platform)
                built.clock.advance(seconds: 29 * Self.day)
                #expect(try await retention.purge().isEmpty)
                #expect(try await Self.count(house) == 2)
                built.clock.advance(seconds: Self.day)
                #expect(try await retention.purge().count == 1)
                #expect(try await Self.count(house) == 0)
                #expect(Self.stills(built).isEmpty)
                let lines = try await house.store.read {
                    try FootageLedger.page(1, kind: .erasure, in: $0).lines
                }
                #expect(lines.count == 1)
            }
        }
    }

    @Test func `goes sooner where the setting says so, and never later`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open(settings: ["footageDays": "3"]) {
                (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                built.clock.advance(seconds: 3 * Self.day)
                #expect(try await FootageRetention(house.platform).purge().count == 1)
            }
        }
        let room = try FootageRoom(
            folder: FileManager.default.temporaryDirectory
                .appending(path: "haechi-footage-\(UUID().uuidString)").path,
            retentionDays: 400
        )
        defer { try? FileManager.default.removeItem(atPath: room.archive.folder) }
        #expect(room.retentionDays == FootageRetention.maximumDays)
    }

    @Test func `does not come back with a copy of the folder`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            let copy = built.folder.appending(path: "copy")
            let files = FileManager.default
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                try FootageRoom.of(house.platform).sightings.flush()
                try files.copyItem(at: built.footageFolder, to: copy)
                built.clock.advance(seconds: 30 * Self.day)
                #expect(try await FootageRetention(house.platform).purge().count == 1)
            }
            try files.removeItem(at: built.footageFolder)
            try files.copyItem(at: copy, to: built.footageFolder)
            // The clock is set back as well: the store remembers what was erased and when it was.
            built.clock.advance(seconds: -29 * Self.day)
            try await built.open { (house: OpenHouse) async throws in
                #expect(try await Self.count(house) == 0)
                #expect(Self.stills(built).isEmpty)
            }
        }
    }

    /// What `haechi restore` does: the backup into an empty data folder.
    private static func restore(_ backup: URL, into house: FootageHouse) async throws {
        let settings = try await Settings.load(
            flags: ["data": house.folder.path],
            environment: [:],
            file: nil
        )
        try FootageHouse.composition.makeFolder(house.folder.path)
        let store = try await Store.restore(
            from: backup.path,
            into: FootageHouse.composition.location(settings),
            blobFolder: house.folder.appending(path: "blobs").path,
            migrations: FootageHouse.composition.migrations,
            time: house.clock.source,
            logger: .silent
        )
        try await store.close()
    }

    @Test(arguments: [29, 31])
    func `comes back with a backup and a copy of the folder only while its time lasts`(
        _ days: Int
    ) async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            let files = FileManager.default
            let backup = built.folder.appending(path: "backup")
            let copy = built.folder.appending(path: "copy")
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.opened("casea")
                _ = try await house.keep(1)
                try FootageRoom.of(house.platform).sightings.flush()
                try await house.store.backUp(to: backup.path)
                try files.copyItem(at: built.footageFolder, to: copy)
            }
            // The backup alone holds no footage and no key.
            let held = files.enumerator(atPath: backup.path)?.allObjects as? [String] ?? []
            #expect(!held.isEmpty)
            #expect(!held.contains { $0.hasSuffix(".stills") || $0.hasSuffix("key") })
            built.clock.advance(seconds: days * Self.day)
            let other = FootageHouse(
                folder: built.folder.appending(path: "restored"),
                clock: built.clock
            )
            try await Self.restore(backup, into: other)
            try files.copyItem(at: copy, to: other.footageFolder)
            let isOver = days >= FootageRetention.maximumDays
            try await other.open { (house: OpenHouse) async throws in
                // Nothing was asked for yet: the start itself has erased it.
                #expect(Self.stills(other).isEmpty == isOver)
                #expect(try await Self.count(house) == (isOver ? 0 : 2))
                let room = try FootageRoom.of(house.platform)
                let taken = house.now.adding(seconds: -days * Self.day - 600)
                #expect(try (room.archive.still(camera: 1, at: taken) == nil) == isOver)
                // The warrant of then opens nothing now, whatever is still there.
                let gate = try FootageGate(house.platform)
                let warrants = try await house.store.read {
                    try FootageWarrants.of(case: "casea", in: $0)
                }
                let warrant = try #require(warrants.first)
                await #expect(throws: FootageError.self) {
                    _ = try await gate.search(
                        try house.red(),
                        warrant: warrant.id,
                        of: "casea",
                        by: OpenHouse.actor("searcher")
                    )
                }
                let lines = try await house.store.read {
                    try FootageLedger.page(1, kind: .erasure, in: $0).lines
                }
                #expect(lines.count == (isOver ? 1 : 0))
            }
        }
    }

    @Test func `is erased at the start, before anything is served`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                try FootageRoom.of(house.platform).sightings.flush()
            }
            #expect(Self.stills(built).count == 1)
            built.clock.advance(seconds: 31 * Self.day)
            try await built.open { (house: OpenHouse) async throws in
                #expect(Self.stills(built).isEmpty)
                #expect(try await Self.count(house) == 0)
            }
        }
    }

    @Test func `is not kept longer by a clock that was set back, and none is taken then`()
        async throws
    {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let retention = try FootageRetention(house.platform)
                built.clock.advance(seconds: 20 * Self.day)
                _ = try await retention.purge()
                built.clock.advance(seconds: -10 * Self.day)
                await #expect(throws: FootageError.self) { _ = try await house.keep(1) }
                // Ten days on by the set-back clock are none by the room's own.
                built.clock.advance(seconds: 10 * Self.day)
                _ = try await retention.purge()
                built.clock.advance(seconds: 10 * Self.day)
                #expect(try await retention.purge().count == 1)
            }
        }
    }

    @Test func `is erased by a clock that was set ahead, and the room starts anew when told`()
        async throws
    {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let retention = try FootageRetention(house.platform)
                built.clock.advance(seconds: 400 * Self.day)
                #expect(try await retention.purge().count == 1)
                built.clock.advance(seconds: -400 * Self.day)
                await #expect(throws: FootageError.self) { _ = try await house.keep(1) }
                try await retention.acceptClock(by: OpenHouse.actor("officer"))
                #expect(try await house.keep(1, minutesAgo: 0).keptCount == 2)
            }
        }
    }

    @Test func `is not taken from a camera whose clock runs ahead or far behind`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                #expect(try await house.keep(1, minutesAgo: -2).refusedCount == 2)
                #expect(try await house.keep(1, minutesAgo: 31 * 24 * 60).refusedCount == 2)
                #expect(try await house.keep(1, minutesAgo: 0).keptCount == 2)
            }
        }
    }
}

@Suite struct `A disk that takes no more footage` {
    @Test func `is named, keeps no half of a picture, and goes on when there is room`() async throws
    {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let room = try FootageRoom.of(house.platform)
                let at = house.now.adding(seconds: -600)
                let path = "\(built.footageFolder.path)/days/\(at.date.iso)/2.stills"
                // The device that is always full: each write to it fails for want of space.
                try FileManager.default.createSymbolicLink(
                    atPath: path,
                    withDestinationPath: "/dev/full"
                )
                let error = await #expect(throws: FootageError.self) { _ = try await house.keep(2) }
                #expect(error?.message.english == FootageError.diskFull("").message.english)
                #expect(try room.archive.still(camera: 2, at: at) == nil)
                #expect(try room.archive.still(camera: 1, at: at) != nil)
                #expect(try room.sightings.statistics.rowCount == 2)
                try FileManager.default.removeItem(atPath: path)
                #expect(try await house.keep(2).keptCount == 2)
                #expect(try room.archive.still(camera: 2, at: at) != nil)
            }
        }
    }
}

@Suite struct `A file of pictures` {
    @Test func `that a crash cut off loses the last picture and no other`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "haechi-stills-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let archive = try FootageArchive(folder: folder.path)
        let start = Instant(millisecondsSinceEpoch: 1_674_615_600_000)
        func still(_ number: UInt8) -> Still {
            Still(people: [], jpeg: [UInt8](repeating: number, count: 300))
        }
        for number: UInt8 in 0..<3 {
            try archive.keep(still(number), camera: 1, at: start.adding(seconds: Int(number)))
        }
        let path = folder.appending(path: "days/\(start.date.iso)/1.stills").path
        let size = try #require(ArchiveFiles.size(path))
        let whole = try ArchiveFiles.read(path, count: size)
        for cut in [1, 13, 200, 327] {
            try ArchiveFiles.write(Array(whole.dropLast(cut)), to: path)
            let fresh = try FootageArchive(folder: folder.path)
            #expect(try fresh.still(camera: 1, at: start.adding(seconds: 1))?.jpeg.first == 1)
            #expect(try fresh.still(camera: 1, at: start.adding(seconds: 2)) == nil)
            try fresh.keep(still(9), camera: 1, at: start.adding(seconds: 9))
            #expect(try fresh.still(camera: 1, at: start.adding(seconds: 9))?.jpeg.first == 9)
        }
    }

    @Test func `opens with the key of its own day and camera only`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "haechi-stills-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let archive = try FootageArchive(folder: folder.path)
        let at = Instant(millisecondsSinceEpoch: 1_674_615_600_000)
        try archive.keep(Still(people: [], jpeg: [7]), camera: 1, at: at)
        let days = folder.appending(path: "days/\(at.date.iso)").path
        let size = try #require(ArchiveFiles.size("\(days)/1.stills"))
        let bytes = try ArchiveFiles.read("\(days)/1.stills", count: size)
        try ArchiveFiles.write(bytes, to: "\(days)/2.stills")
        #expect(throws: FootageError.self) { try archive.still(camera: 2, at: at) }
        _ = try archive.shred(at.date)
        #expect(try archive.still(camera: 1, at: at) == nil)
    }
}

@Suite struct `A live watch` {

    private static func events(_ house: OpenHouse) async throws -> Int {
        try await house.store.read { db in
            try db.value(
                "SELECT COUNT(*) FROM event_outbox WHERE name = \(FootageSeen.name)",
                as: Int.self
            ) ?? 0
        }
    }

    @Test func `tells of each new sighting once, on the cameras approved, until the case ends`()
        async throws
    {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                let warrant = try await house.opened("casea")
                let gate = try FootageGate(house.platform)
                let me = OpenHouse.actor("searcher")
                try await gate.watch(try house.red(), warrant: warrant.id, of: "casea", by: me)
                #expect(try await house.keep(1, minutesAgo: 0).noticeCount == 1)
                built.clock.advance(seconds: 5)
                #expect(try await house.keep(1, minutesAgo: 0).noticeCount == 0)
                #expect(try await house.keep(2, minutesAgo: 0).noticeCount == 1)
                #expect(try await house.keep(3, minutesAgo: 0).noticeCount == 0)
                built.clock.advance(seconds: FootageWatch.pauseSeconds + 1)
                #expect(try await house.keep(1, minutesAgo: 0).noticeCount == 1)
                #expect(try await Self.events(house) == 3)
                let cases = try FootageCases(house.platform)
                try await house.store.write { tx in
                    _ = try cases.close("casea", by: me, purpose: OpenHouse.purpose, in: tx)
                }
                built.clock.advance(seconds: FootageWatch.pauseSeconds + 1)
                #expect(try await house.keep(1, minutesAgo: 0).noticeCount == 0)
            }
        }
    }
}
