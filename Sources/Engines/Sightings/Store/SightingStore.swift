public import Basics
import Synchronization

/// An append-only store of sightings, a folder a day.
public final class SightingStore: Sendable {
    /// The length of every vector.
    public let dimension: Int

    private let rows = Mutex<[SightingID: Sighting]>([:])

    private init(dimension: Int) {
        self.dimension = dimension
    }

    /// Opens the store in a folder, or makes it.
    public static func open(
        folder: String,
        dimension: Int,
        keys: (any DayKeys)?
    ) throws(SightingsError) -> SightingStore {
        SightingStore(dimension: dimension)
    }

    /// Adds sightings and says which ids they have.
    @discardableResult
    public func append(_ sightings: [Sighting]) throws(SightingsError) -> [SightingID] {
        for sighting in sightings { try check(sighting.vector) }
        return rows.withLock { rows in
            sightings.map { sighting in
                let day = Instant(millisecondsSinceEpoch: sighting.timeMilliseconds).date
                let id = SightingID(day: day, segment: 1, arrival: UInt32(rows.count))
                rows[id] = sighting
                return id
            }
        }
    }

    /// Makes what was appended safe against a power cut.
    public func flush() throws(SightingsError) {}

    /// The days that have sightings, in order.
    public var days: [LocalDate] {
        Set(rows.withLock { $0.keys.map(\.day) }).sorted()
    }

    /// One sighting, with its vector.
    public func sighting(_ id: SightingID) throws(SightingsError) -> Sighting? {
        rows.withLock { $0[id] }
    }

    /// Destroys the key of a day and removes its files.
    public func purge(day: LocalDate) throws(SightingsError) {
        rows.withLock { rows in rows = rows.filter { $0.key.day != day } }
    }

    /// The sightings that are most like what is searched for.
    public func search(_ query: SightingQuery) throws(SightingsError) -> SightingAnswer {
        for vector in query.examples + query.rejected { try check(vector) }
        let kept = rows.withLock { rows in
            rows.filter { _, row in
                query.cameras?.contains(row.camera) ?? true
                    && query.times?.contains(row.timeMilliseconds) ?? true
                    && (query.upper.isEmpty || query.upper.contains(row.upper))
                    && (query.lower.isEmpty || query.lower.contains(row.lower))
            }
        }
        let matches = kept.map { id, row in
            let likeness = query.examples.map { cosine($0, row.vector) }
            let nearest = likeness.indices.max { likeness[$0] < likeness[$1] }
            return SightingMatch(
                id: id,
                camera: row.camera,
                timeMilliseconds: row.timeMilliseconds,
                box: row.box,
                upper: row.upper,
                lower: row.lower,
                quality: row.quality,
                score: nearest.map { likeness[$0] } ?? Float(row.quality) / 255,
                reason: SightingMatch.Reason(
                    nearestExample: nearest,
                    exampleLikeness: likeness,
                    rejectedLikeness: query.rejected.map { cosine($0, row.vector) }.max(),
                    upperFits: query.upper.isEmpty ? nil : true,
                    lowerFits: query.lower.isEmpty ? nil : true
                ),
                passingCount: 1
            )
        }.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
        return SightingAnswer(
            matches: Array(matches.prefix(query.limit)),
            scannedCount: kept.count,
            comparedCount: kept.count,
            isExact: true,
            expectedRecall: 1,
            unreadableDays: []
        )
    }

    private func check(_ vector: [Float]) throws(SightingsError) {
        let length = vector.reduce(0) { $0 + $1 * $1 }
        guard vector.count == dimension, length.isFinite, length > 0 else {
            throw SightingsError(
                .badVector,
                Bilingual("외형 벡터가 올바르지 않습니다.", "The appearance vector is not valid.")
            )
        }
    }

    private func cosine(_ left: [Float], _ right: [Float]) -> Float {
        var (dot, a, b): (Float, Float, Float) = (0, 0, 0)
        for index in left.indices {
            dot += left[index] * right[index]
            a += left[index] * left[index]
            b += right[index] * right[index]
        }
        return dot / (a * b).squareRoot()
    }
}
