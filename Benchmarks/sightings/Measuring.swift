import Basics
import Glibc
import Sightings

/// Wall and processor time since it was made.
struct Stopwatch {
    private let wall = Self.seconds(CLOCK_MONOTONIC)
    private let cpu = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)

    var wallSeconds: Double { Self.seconds(CLOCK_MONOTONIC) - wall }
    var cpuSeconds: Double { Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Prints a measure as a line of JSON.
func report(_ measure: String, _ values: [String: Double], rows: [Int] = []) {
    let numbers = values.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    let list = rows.isEmpty ? [] : ["\"rows\": \(rows)"]
    print("{\"measure\": \"\(measure)\", \((numbers + list).joined(separator: ", "))}")
}

/// Reads values of a type; nothing at the end.
func read<Value: BitwiseCopyable>(
    _ count: Int,
    of _: Value.Type,
    from file: UnsafeMutablePointer<FILE>
) -> [Value]? {
    guard count > 0 else { return [] }
    let values = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
        filled = fread(buffer.baseAddress, MemoryLayout<Value>.stride, count, file)
    }
    return values.count == count ? values : nil
}

/// Opens the store with room in memory for all of it.
func openStore(_ folder: String, dimension: Int, _ keys: KeyFolder?) throws -> SightingStore {
    var settings = SightingStore.Settings()
    settings.maximumResidentBytes = 12 << 30
    return try SightingStore.open(
        folder: folder,
        dimension: dimension,
        keys: keys,
        settings: settings
    )
}

/// Takes the sightings of standard input, chunk by chunk: a count, cameras, times, vectors.
///
/// The box of a sighting says which row of the input it was.
func ingest(_ store: SightingStore, dimension: Int) throws {
    var (wall, cpu, row) = (0.0, 0.0, 0)
    guard let input = fdopen(STDIN_FILENO, "rb") else { return }
    while let count = read(1, of: Int64.self, from: input)?.first.map(Int.init),
        let cameras = read(count, of: UInt32.self, from: input),
        let times = read(count, of: Int64.self, from: input),
        let values = read(count * dimension, of: Float.self, from: input)
    {
        let sightings = (0..<count).map { index in
            Sighting(
                camera: cameras[index],
                timeMilliseconds: times[index],
                box: SightingBox(
                    x: UInt16((row + index) & 0xFFFF),
                    y: UInt16((row + index) >> 16),
                    width: 40,
                    height: 100
                ),
                upper: UInt8(index % 12),
                lower: UInt8(index % 11),
                quality: 200,
                vector: Array(values[index * dimension..<(index + 1) * dimension])
            )
        }
        let watch = Stopwatch()
        try store.append(sightings)
        wall += watch.wallSeconds
        cpu += watch.cpuSeconds
        row += count
    }
    let watch = Stopwatch()
    try store.flush()
    for day in store.days { try store.seal(day: day) }
    report(
        "ingest",
        [
            "rowCount": Double(row), "wallSeconds": wall + watch.wallSeconds,
            "cpuSeconds": cpu + watch.cpuSeconds,
            "fileByteCount": Double(store.statistics.fileByteCount),
        ]
    )
}

/// A query of the workload.
struct BenchmarkQuery {
    var group: UInt32
    var query: SightingQuery

    /// The same direction in the whole store: it opens every segment.
    var whole: SightingQuery { SightingQuery(examples: query.examples) }

    /// Reads the file of queries: group, number of cameras, first and last millisecond, vector, cameras.
    static func all(in path: String, dimension: Int) throws -> [BenchmarkQuery] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var queries: [BenchmarkQuery] = []
        while let head = read(2, of: UInt32.self, from: file),
            let times = read(2, of: Int64.self, from: file),
            let vector = read(dimension, of: Float.self, from: file),
            let cameras = read(Int(head[1]), of: UInt32.self, from: file)
        {
            queries.append(
                BenchmarkQuery(
                    group: head[0],
                    query: SightingQuery(
                        examples: [vector],
                        cameras: cameras.isEmpty ? nil : Set(cameras),
                        times: cameras.isEmpty ? nil : times[0]...times[1],
                        scan: cameras.isEmpty ? .cascade : .exact
                    )
                )
            )
        }
        return queries
    }
}

/// Answers a query twice, and reports the second time: a search in a case is seldom the first.
func answer(_ query: BenchmarkQuery, _ store: SightingStore) throws {
    _ = try store.search(query.query)
    let watch = Stopwatch()
    let answer = try store.search(query.query)
    let (wall, cpu) = (watch.wallSeconds, watch.cpuSeconds)
    report(
        "query",
        [
            "group": Double(query.group), "wallSeconds": wall, "cpuSeconds": cpu,
            "isExact": answer.isExact ? 1 : 0, "expectedRecall": answer.expectedRecall,
            "scanned": Double(answer.scannedCount), "compared": Double(answer.comparedCount),
        ],
        rows: answer.matches.map { Int($0.box.y) << 16 | Int($0.box.x) }
    )
}
