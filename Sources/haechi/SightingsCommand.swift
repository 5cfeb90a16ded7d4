public import ArgumentParser
import Basics
import Hosting
public import Sightings
import Tabular

/// `haechi sightings`: appearances before cameras, kept, searched and put on a way, as files.
struct SightingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sightings",
        abstract: "Who was seen where, by appearance.",
        discussion: """
            For measurements and exchange, on files of one's own. The city's footage is searched \
            inside an approved case only, and a running server does not let go of its store.
            """,
        subcommands: [Ingest.self, Search.self, Way.self, Purge.self]
    )

    /// Where a store lies and what locks it.
    struct StoreOptions: ParsableArguments {
        @Argument(help: "The folder of the store.")
        var store: String

        @Option(help: "The folder of the days' keys; without it the files lie open.")
        var keys: String?

        func open(dimension: Int) throws -> SightingStore {
            let store = try SightingStore.open(
                folder: store,
                dimension: dimension,
                keys: try keys.map { try KeyFolder($0) }
            )
            for name in store.recovery.droppedFrom {
                Terminal.complain("\(name): \(store.recovery.droppedByteCount) bytes dropped")
            }
            return store
        }
    }

    struct Ingest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add sightings to a store.",
            discussion: """
                TABLE has the columns camera and time (milliseconds since 1970, or \
                2026-03-02T09:00:00 of Korea) and may have x, y, width, height, upper, lower and \
                quality. VECTORS is a .npy table of 32-bit floats, a row a sighting.
                """
        )

        @OptionGroup var options: StoreOptions

        @Argument(help: "A CSV or XLSX file of sightings.")
        var table: String

        @Argument(help: "Their vectors, .npy.")
        var vectors: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let vectors = try VectorFile(vectors)
            let rows = try NamedTable(table, columns: ["camera", "time"]).rows
            guard rows.count == vectors.count else {
                throw CommandOutcome.refused(
                    Bilingual(
                        "표는 \(rows.count)행, 벡터는 \(vectors.count)개입니다.",
                        "The table has \(rows.count) rows, and there are \(vectors.count) vectors."
                    )
                )
            }
            let store = try options.open(dimension: vectors.dimension)
            var place = 0
            while place < rows.count {
                let batch = place..<min(place + 10_000, rows.count)
                try store.append(batch.map { try rows[$0].sighting(vectors[$0]) })
                place = batch.upperBound
            }
            try store.flush()
            for day in store.days { try store.seal(day: day) }
            let held = store.statistics
            let words = Bilingual(
                "\(rows.count)건을 넣어 모두 \(held.rowCount)건, \(held.fileByteCount)바이트",
                "\(rows.count) added; \(held.rowCount) in all, \(held.fileByteCount) bytes"
            )
            Terminal.write(words[common.language] + "\n")
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find the sightings most like examples; writes a table."
        )

        @OptionGroup var options: StoreOptions

        @Argument(help: "The examples, a .npy table, a row each.")
        var examples: String

        @Option(help: "Appearances that are somebody else, .npy.")
        var rejected: String?

        @Option(help: "Several examples count by their mean, or by the nearest of them.")
        var combination = SightingQuery.Combination.mean

        @Option(help: "Only these cameras: 3,7,100-199.")
        var cameras: String?

        @Option(help: "Not before this time.")
        var from: String?

        @Option(help: "Not after this time.")
        var to: String?

        @Option(help: "Colour codes of the upper clothes: 1,4.")
        var upper = ""

        @Option(help: "Colour codes of the lower clothes.")
        var lower = ""

        @Option(help: "How many matches.")
        var limit = 50

        @Option(help: "How the store is read.")
        var scan = SightingQuery.Scan.automatic

        @Flag(help: "One match a camera and minute.")
        var collapse = false

        @Option(help: "The file to write; standard output where not given.")
        var output: String?

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let examples = try VectorFile(examples)
            let rejected = try rejected.map { try VectorFile($0) }
            let query = SightingQuery(
                examples: (0..<examples.count).map { examples[$0] },
                rejected: (0..<(rejected?.count ?? 0)).compactMap { rejected?[$0] },
                combination: combination,
                cameras: try cameras.map { Set(try Self.numbers($0, most: 1 << 20)) },
                times: try times(),
                upper: Set(try Self.numbers(upper, most: 255).map { UInt8($0) }),
                lower: Set(try Self.numbers(lower, most: 255).map { UInt8($0) }),
                limit: limit,
                collapsesPassings: collapse,
                scan: scan
            )
            let answer = try options.open(dimension: examples.dimension).search(query)
            let file = try CommandFile(output)
            switch format {
            case .json: try CommandOutput.json(SightingsReport(answer))
            case .text: try file.write(Array(SightingsReport.table(answer).utf8))
            }
            try file.close()
            let recall = (answer.expectedRecall * 10_000).rounded(.down) / 10_000
            let words = Bilingual(
                "\(answer.scannedCount)건 가운데 \(answer.matches.count)건, 재현율 \(recall)",
                "\(answer.matches.count) of \(answer.scannedCount), recall \(recall)"
            )
            Terminal.complain(words[common.language])
        }

        private func times() throws -> ClosedRange<Int64>? {
            guard from != nil || to != nil else { return nil }
            let first = try from.map { try SightingsTime.milliseconds($0) } ?? 0
            let last = try to.map { try SightingsTime.milliseconds($0) } ?? 4_102_444_799_999
            guard first <= last else {
                throw CommandOutcome.refused(
                    Bilingual("끝 시각이 시작보다 이릅니다.", "The end lies before the beginning.")
                )
            }
            return first...last
        }

        private static func numbers(_ text: String, most: UInt32) throws -> [UInt32] {
            try text.split(separator: ",").flatMap { part in
                let ends = part.split(separator: "-", maxSplits: 1).map {
                    UInt32($0.filter { $0 != " " })
                }
                guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
                    last <= most
                else {
                    throw CommandOutcome.refused(
                        Bilingual("번호가 아닙니다: \(part)", "Not a number, or too large: \(part)")
                    )
                }
                return Array(first...last)
            }
        }
    }

    struct Purge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Destroy the key of a day and remove its files."
        )

        @OptionGroup var options: StoreOptions

        @Argument(help: "The day, 2026-03-02.")
        var day: String

        @Option(help: "The length of the vectors of the store.")
        var dimension: Int

        @OptionGroup var common: CommonOptions

        func run() async throws {
            guard let day = LocalDate(iso: day) else {
                throw CommandOutcome.refused(
                    Bilingual("날짜가 아닙니다: \(day)", "Not a date: \(day)")
                )
            }
            let store = try options.open(dimension: dimension)
            let isThere = store.days.contains(day)
            try store.purge(day: day)
            let words =
                isThere
                ? Bilingual("\(day.iso) 파기 완료", "\(day.iso) purged")
                : Bilingual("\(day.iso)은(는) 저장소에 없습니다", "The store has no \(day.iso)")
            Terminal.write(words[common.language] + "\n")
        }
    }
}

extension SightingQuery.Combination: ExpressibleByArgument {}
extension SightingQuery.Scan: ExpressibleByArgument {}

extension NamedTable.Row {
    /// A number of a column within the values of a type.
    fileprivate func whole<Value: FixedWidthInteger>(
        _ name: String,
        otherwise: Value? = nil
    ) throws -> Value {
        let number = try number(name, otherwise: otherwise.map { Double($0) })
        guard let value = Value(exactly: number.rounded()) else {
            throw CommandOutcome.refused(
                Bilingual(
                    "\(row.number)행의 \(name)이(가) 범위 밖입니다.",
                    "Row \(row.number): \(name) is out of range."
                )
            )
        }
        return value
    }

    fileprivate func sighting(_ vector: [Float]) throws -> Sighting {
        Sighting(
            camera: try whole("camera"),
            timeMilliseconds: try SightingsTime.milliseconds(text("time")),
            box: SightingBox(
                x: try whole("x", otherwise: 0),
                y: try whole("y", otherwise: 0),
                width: try whole("width", otherwise: 0),
                height: try whole("height", otherwise: 0)
            ),
            upper: try whole("upper", otherwise: 0),
            lower: try whole("lower", otherwise: 0),
            quality: try whole("quality", otherwise: 255),
            vector: vector
        )
    }

    /// A place of a camera: camera, latitude, longitude, and clockAhead and clockTolerance in seconds.
    func cameraPlace() throws -> CameraPlace {
        let place = try place
        return CameraPlace(
            number: try whole("camera"),
            latitude: place.latitude,
            longitude: place.longitude,
            clockAheadSeconds: try number("clockahead", otherwise: 0),
            clockToleranceSeconds: try number("clocktolerance", otherwise: 5)
        )
    }

    /// A sighting as `haechi sightings search` wrote it; confirmed where the column says so.
    func routeCandidate() throws -> RouteCandidate {
        guard let id = SightingID(text("id")) else {
            throw CommandOutcome.refused(
                Bilingual(
                    "\(row.number)행의 id가 목격 번호가 아닙니다.",
                    "Row \(row.number): id is not the id of a sighting."
                )
            )
        }
        return RouteCandidate(
            id: id,
            camera: try whole("camera"),
            timeMilliseconds: try SightingsTime.milliseconds(text("time")),
            score: Float(try number("score")),
            isConfirmed: isYes("confirmed")
        )
    }
}
