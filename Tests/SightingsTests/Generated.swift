import Basics
import Glibc
import Sightings
import Synchronization

/// A folder that is removed with this value.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/sightings-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
        }
    }

    deinit { removeAll(path) }

    private func removeAll(_ path: String) {
        for name in Self.names(path) {
            if unlink("\(path)/\(name)") != 0 { removeAll("\(path)/\(name)") }
        }
        rmdir(path)
    }

    static func names(_ path: String) -> [String] {
        (try? SystemFolder.names(in: path)) ?? []
    }

    static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: max(0, ftell(file)))
        rewind(file)
        fread(&bytes, 1, bytes.count, file)
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "wb") else { return }
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
    }
}

/// Sightings of generated people: each has a direction, each sighting lies near it.
struct Generated {
    static let dimension = 48
    /// 2026-03-02 00:00 in Korea.
    static let midnight = Instant(LocalDate(daysSinceEpoch: 20_514)).millisecondsSinceEpoch

    var random: SeededRandom
    var people: [[Float]]

    init(seed: UInt64, people count: Int = 40) {
        random = SeededRandom(seed: seed)
        people = []
        for _ in 0..<count { people.append(direction()) }
    }

    mutating func direction() -> [Float] {
        (0..<Self.dimension).map { _ in
            Float((0..<4).reduce(0.0) { sum, _ in sum + random.unit() } - 2)
        }
    }

    mutating func near(_ person: Int, noise: Float = 0.6) -> [Float] {
        zip(people[person], direction()).map { $0 + noise * $1 }
    }

    mutating func sightings(_ count: Int, cameras: UInt32 = 30, days: Int64 = 2) -> [Sighting] {
        (0..<count).map { _ in
            Sighting(
                camera: UInt32.random(in: 1...cameras, using: &random),
                timeMilliseconds: Self.midnight
                    + Int64.random(in: 0..<days * 86_400_000, using: &random),
                box: SightingBox(
                    x: .random(in: 0...999, using: &random),
                    y: 1,
                    width: 40,
                    height: 100
                ),
                upper: .random(in: 0...11, using: &random),
                lower: .random(in: 0...11, using: &random),
                quality: .random(in: 0...255, using: &random),
                vector: near(Int.random(in: people.indices, using: &random))
            )
        }
    }
}

/// Keys in memory.
final class MemoryKeys: DayKeys {
    private let keys = Mutex<[LocalDate: [UInt8]]>([:])

    func key(of day: LocalDate) -> [UInt8]? { keys.withLock { $0[day] } }

    func makeKey(of day: LocalDate) -> [UInt8] {
        keys.withLock { keys in
            let key = (0..<32).map { UInt8(truncatingIfNeeded: day.daysSinceEpoch &* ($0 + 3)) }
            keys[day] = key
            return key
        }
    }

    func destroyKey(of day: LocalDate) { keys.withLock { $0[day] = nil } }
}
