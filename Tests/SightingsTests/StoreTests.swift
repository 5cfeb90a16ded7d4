import Basics
import Glibc
import Sightings
import Testing

struct StoreTests {
    let folder = TemporaryFolder()
    private var path: String { folder.path + "/vectors/of-one-kind/store" }

    private func open(_ keys: (any DayKeys)?, rowsPerSegment: Int = 1_000) throws -> SightingStore {
        var settings = SightingStore.Settings()
        settings.rowsPerSegment = rowsPerSegment
        return try SightingStore.open(
            folder: path,
            dimension: Generated.dimension,
            keys: keys,
            settings: settings
        )
    }

    private static func code(_ work: () throws -> Void) -> SightingsError.Code? {
        do {
            try work()
            return nil
        } catch { return (error as? SightingsError)?.code }
    }

    @Test(arguments: [true, false])
    func `a store that is opened again has what was appended`(locked: Bool) throws {
        var generated = Generated(seed: 21)
        let rows = generated.sightings(2_500)
        let keys = locked ? MemoryKeys() : nil
        let ids = try open(keys).append(rows)
        let store = try open(keys)
        #expect(store.recovery.droppedByteCount == 0 && store.recovery.purgedDays.isEmpty)
        for (id, row) in zip(ids, rows).prefix(300) {
            #expect(try store.sighting(id)?.timeMilliseconds == row.timeMilliseconds)
        }
        let more = try store.append(generated.sightings(10))
        #expect(Set(more).isDisjoint(with: ids))
    }

    @Test(arguments: [true, false])
    func `a crash at any byte of a block loses that block and nothing else`(locked: Bool) throws {
        var generated = Generated(seed: 22)
        let keys = locked ? MemoryKeys() : nil
        let rows = generated.sightings(5, days: 1)
        let day = Instant(millisecondsSinceEpoch: rows[0].timeMilliseconds).date
        let file = "\(path)/\(day.iso)/incoming-1.log"
        var lengths: [Int] = []
        do {
            let store = try open(keys)
            for row in rows {
                try store.append([row])
                lengths.append(TemporaryFolder.bytes(file).count)
            }
        }
        let whole = TemporaryFolder.bytes(file)
        for cut in 0..<whole.count {
            TemporaryFolder.write(Array(whole[..<cut]), to: file)
            let store = try open(keys)
            let kept = lengths.count { $0 <= cut }
            let answer = try store.search(
                SightingQuery(examples: [generated.people[0]], limit: 9)
            )
            #expect(answer.matches.count == kept, "cut at \(cut)")
            let clean = cut == 64 || lengths.contains(cut) || cut == 0
            #expect((store.recovery.droppedByteCount == 0) == clean, "cut at \(cut)")
            guard cut % 37 == 0 else { continue }
            try store.append([rows[0]])
            #expect(
                try store.search(SightingQuery(examples: [generated.people[0]])).matches.count
                    == kept + 1
            )
        }
    }

    @Test func `a changed byte of a sealed file is found out`() throws {
        var generated = Generated(seed: 23)
        let keys = MemoryKeys()
        let day: LocalDate
        do {
            let store = try open(keys)
            day = try store.append(generated.sightings(50, days: 1))[0].day
            try store.seal(day: day)
        }
        let file = "\(path)/\(day.iso)/sealed-1.segment"
        let whole = TemporaryFolder.bytes(file)
        for place in stride(from: 0, to: whole.count, by: 149) where !(40..<4096).contains(place) {
            var changed = whole
            changed[place] ^= 0x20
            TemporaryFolder.write(changed, to: file)
            let code = Self.code {
                _ = try open(keys).search(SightingQuery(examples: [generated.people[0]]))
            }
            #expect(code == .damaged, "byte \(place)")
        }
        for cut in stride(from: 0, to: whole.count, by: 997) {
            TemporaryFolder.write(Array(whole[..<cut]), to: file)
            #expect(Self.code { _ = try open(keys) } == .damaged)
        }
    }

    @Test func `runs that lie of an open file are refused, not followed`() throws {
        var generated = Generated(seed: 24)
        let day: LocalDate
        do {
            let store = try open(nil)
            day = try store.append(generated.sightings(80, days: 1))[0].day
            try store.seal(day: day)
        }
        let file = "\(path)/\(day.iso)/sealed-1.segment"
        let whole = TemporaryFolder.bytes(file)
        var random = SeededRandom(seed: 25)
        for _ in 0..<200 {
            var changed = whole
            for _ in 0..<3 {
                let place = whole.count - 1 - Int(random.next() % 900)
                changed[place] = UInt8(truncatingIfNeeded: random.next())
            }
            TemporaryFolder.write(changed, to: file)
            let code = Self.code {
                _ = try open(nil).search(
                    SightingQuery(examples: [generated.people[0]], cameras: [3, 9])
                )
            }
            #expect(code == nil || code == .damaged)
        }
    }

    @Test func `a purged day is gone, from the folder and for whoever copied it`() throws {
        var generated = Generated(seed: 26)
        let keys = try KeyFolder(folder.path + "/keys")
        let store = try open(keys, rowsPerSegment: 300)
        let ids = try store.append(generated.sightings(1_000))
        let day = ids[0].day
        let key = try #require(try keys.key(of: day))
        let copies = TemporaryFolder.names("\(path)/\(day.iso)").map {
            ($0, TemporaryFolder.bytes("\(path)/\(day.iso)/\($0)"))
        }
        try store.purge(day: day)
        #expect(!store.days.contains(day) && store.days.count == 1)
        #expect(try store.sighting(ids[0]) == nil)
        #expect(try keys.key(of: day) == nil)
        #expect(!TemporaryFolder.names(path).contains { $0.contains(day.iso) })
        for name in TemporaryFolder.names(folder.path + "/keys") {
            let kept = TemporaryFolder.bytes(folder.path + "/keys/" + name)
            #expect(kept != key)
        }
        // Whoever puts the files back finds that the store removes them.
        let other = TemporaryFolder()
        let restored = other.path + "/store"
        _ = try SightingStore.open(folder: restored, dimension: Generated.dimension, keys: keys)
        #expect(mkdir("\(restored)/\(day.iso)", 0o700) == 0)
        for (name, bytes) in copies {
            TemporaryFolder.write(bytes, to: "\(restored)/\(day.iso)/\(name)")
        }
        let again = try SightingStore.open(
            folder: restored,
            dimension: Generated.dimension,
            keys: keys
        )
        #expect(again.recovery.purgedDays == [day] && again.days.isEmpty)
    }

    @Test func `locked files tell nothing of a sighting`() throws {
        var generated = Generated(seed: 27)
        let store = try open(MemoryKeys())
        var rows = generated.sightings(40, days: 1)
        for index in rows.indices {
            rows[index].box = SightingBox(x: 0x4142, y: 0x4344, width: 0x4546, height: 0x4748)
        }
        let day = try store.append(rows)[0].day
        let mark = Array("BADCFEHG".utf8)
        for isSealed in [false, true] {
            if isSealed { try store.seal(day: day) }
            for name in TemporaryFolder.names("\(path)/\(day.iso)") {
                let bytes = TemporaryFolder.bytes("\(path)/\(day.iso)/\(name)")
                let found = bytes.indices.dropLast(8).contains {
                    bytes[$0] == mark[0] && Array(bytes[$0..<$0 + 8]) == mark
                }
                #expect(!found && bytes.count > 1_000)
            }
        }
    }

    @Test func `memory for opened segments stays within its limit`() throws {
        var generated = Generated(seed: 28)
        let keys = MemoryKeys()
        var settings = SightingStore.Settings()
        settings.rowsPerSegment = 200
        settings.maximumResidentBytes = 1
        let store = try SightingStore.open(
            folder: path,
            dimension: Generated.dimension,
            keys: keys,
            settings: settings
        )
        try store.append(generated.sightings(2_000))
        let answer = try store.search(SightingQuery(examples: [generated.people[0]], limit: 2_000))
        #expect(answer.matches.count == 2_000)
        #expect(store.statistics.residentByteCount < 2 * 200 * 200)
        #expect(store.statistics.rowCount == 2_000)
    }

    @Test func `what cannot be stored is refused as a whole`() throws {
        var generated = Generated(seed: 29)
        let store = try open(nil)
        let good = generated.sightings(3)
        for change: (inout Sighting) -> Void in [
            { $0.vector[7] = .nan }, { $0.vector[0] = .infinity }, { $0.vector.removeLast() },
            { $0.vector = [Float](repeating: 0, count: Generated.dimension) },
        ] {
            var rows = good
            change(&rows[2])
            #expect(Self.code { try store.append(rows) } == .badVector)
        }
        for time: Int64 in [.min, .max, 0, -1, 946_684_799_999] {
            var rows = good
            rows[1].timeMilliseconds = time
            #expect(Self.code { try store.append(rows) } == .badValue)
        }
        #expect(store.days.isEmpty)
        #expect(Self.code { _ = try open(nil) } == .inUse)
    }

    @Test func `searches go on while sightings are appended and days purged`() async throws {
        let store = try open(MemoryKeys(), rowsPerSegment: 150)
        var first = Generated(seed: 30)
        try store.append(first.sightings(500))
        let example = first.people[0]
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var generated = Generated(seed: 31)
                for round in 0..<20 {
                    let ids = try store.append(generated.sightings(100))
                    if round % 4 == 3 { try store.purge(day: ids[0].day) }
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<60 {
                        let answer = try store.search(SightingQuery(examples: [example]))
                        #expect(answer.matches.count <= 50)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `an id reads as it is written and no other way`() {
        let id = SightingID(day: LocalDate(daysSinceEpoch: 20_514), segment: 3, arrival: 1_042)
        #expect(id.description == "2026-03-02.3.1042")
        #expect(SightingID(id.description) == id)
        for text in [
            "", "2026-03-02", "2026-03-02.3", "2026-03-02.03.1", "2026-03-02.3.1.2",
            "2026-02-30.1.1", "2026-03-02.-1.1", "2026-03-02.1.4294967296",
        ] {
            #expect(SightingID(text) == nil)
        }
    }
}
