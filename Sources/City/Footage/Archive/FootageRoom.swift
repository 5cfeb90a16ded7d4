import Basics
import Hosting
import Sightings
import Store
import Synchronization
import Vision

/// What the gate and the intake share: the archive of pictures and the store of sightings, opened once
/// in a city.
final class FootageRoom: Sendable {
    /// The appearance vectors of one generation; another model is another generation, in a folder of
    /// its own, because vectors of two models cannot be compared.
    static let generation = "clothes-\(ClothesColours.dimension)"
    /// How much of the picture is shown around a person, as a share of their height.
    static let margin = 0.25
    /// The quality of the pictures that leave the archive.
    static let jpegQuality = 85

    /// How often what was appended is made safe against a power cut, in seconds.
    static let flushSeconds = 5

    let archive: FootageArchive
    /// Nothing where another server on the same folder holds the sightings: one process owns them.
    private let opened: SightingStore?
    /// How many days footage is kept.
    let retentionDays: Int
    private let flushedAt = Mutex(Instant(millisecondsSinceEpoch: 0))

    static func of(_ platform: Platform) throws -> FootageRoom {
        try platform.shared.value(FootageRoom.self) {
            try FootageRoom(
                folder: "\(platform.settings["data"])/footage",
                retentionDays: platform.settings.number("footageDays")
            )
        }
    }

    init(folder: String, retentionDays: Int) throws {
        self.retentionDays = min(max(retentionDays, 1), FootageRetention.maximumDays)
        archive = try FootageArchive(folder: folder)
        do {
            opened = try SightingStore.open(
                folder: "\(folder)/sightings/\(Self.generation)",
                dimension: ClothesColours.dimension,
                keys: archive
            )
        } catch let error as SightingsError where error.code == .inUse {
            opened = nil
        }
    }

    /// Whether this server holds the sightings.
    var isHere: Bool { opened != nil }

    /// The store of sightings.
    ///
    /// - Throws: `FootageError` with code `.archive` where another server holds them.
    var sightings: SightingStore {
        get throws {
            guard let opened else { throw FootageError.elsewhere }
            return opened
        }
    }

    /// The days of which anything is kept.
    var keptDays: [LocalDate] { Set(archive.days + (opened?.days ?? [])).sorted() }

    /// The oldest footage that may still be there.
    func earliest(at now: Instant) -> Instant {
        Instant(now.date.adding(days: 1 - retentionDays))
    }

    /// Whether a picture of that time is taken in.
    func takes(_ time: Instant, now: Instant) -> Bool {
        (earliest(at: now)...now.adding(seconds: FootageIntake.maximumLeadSeconds)).contains(time)
    }

    func flushWhereDue(now: Instant) throws {
        let isDue = flushedAt.withLock { last in
            guard last.adding(seconds: Self.flushSeconds) <= now else { return false }
            last = now
            return true
        }
        if isDue { try sightings.flush() }
    }

    /// The engine's question for a case's: no further than the warrant, names replaced by vectors.
    func question(
        _ query: FootageQuery,
        within warrant: FootageWarrant,
        shown: [String: SightingID]
    ) throws -> SightingQuery {
        let named = query.like.count + query.rejected.count + query.examples.count
        guard named <= FootageQuery.maximumExampleCount,
            (1...FootageQuery.maximumLimit).contains(query.limit)
        else {
            throw FootageError(
                .limit,
                Bilingual(
                    "예시는 \(FootageQuery.maximumExampleCount)개, 결과는 \(FootageQuery.maximumLimit)건까지입니다.",
                    "Up to \(FootageQuery.maximumExampleCount) examples and \(FootageQuery.maximumLimit) answers."
                ),
                context: warrant.caseNumber
            )
        }
        func vectors(_ tokens: [String]) throws -> [[Float]] {
            try tokens.compactMap { token in
                guard let id = shown[token] else { throw FootageError.gone("\(token)") }
                return try sightings.sighting(id)?.vector
            }
        }
        let opened = warrant.startsAt...warrant.endsAt
        let asked = query.times ?? opened
        guard asked.overlaps(opened) else { throw Self.outside(warrant) }
        let times = asked.clamped(to: opened)
        var cameras = query.cameras
        if let allowed = warrant.cameras.map({ Set($0.value) }) {
            cameras = cameras?.intersection(allowed) ?? allowed
        }
        if cameras?.isEmpty == true { throw Self.outside(warrant) }
        return SightingQuery(
            examples: query.examples + (try vectors(query.like)),
            rejected: try vectors(query.rejected),
            combination: .nearest,
            cameras: cameras,
            times: times.lowerBound
                .millisecondsSinceEpoch...times.upperBound.millisecondsSinceEpoch,
            upper: query.upper,
            lower: query.lower,
            limit: query.limit,
            // Somebody who stands before a camera for a minute is one answer, where there is a likeness
            // to choose the best picture by.
            collapsesPassings: named > query.rejected.count
        )
    }

    private static func outside(_ warrant: FootageWarrant) -> FootageError {
        FootageError(
            .outsideWarrant,
            Bilingual(
                "승인된 카메라와 기간 밖입니다.",
                "That is outside the cameras and the time that were approved."
            ),
            context: warrant.id
        )
    }

    /// A picture of a sighting, as much of it as a view shows.
    func picture(of sighting: Sighting, _ view: FootageView) throws -> [UInt8] {
        let name = "\(sighting.camera) at \(sighting.timeMilliseconds)"
        guard let still = try archive.still(camera: sighting.camera, at: sighting.at) else {
            throw FootageError.gone("still of \(name)")
        }
        if view == .whole { return still.jpeg }
        let picture = try Picture(jpeg: still.jpeg)
        let person = BoundingBox(sighting.box)
        let others = still.people.filter { $0 != sighting.box }.map { BoundingBox($0) }
        let masked = picture.masked(people: others, except: [person])
        guard view == .person else { return try masked.jpeg(quality: Self.jpegQuality) }
        let margin = person.height * Self.margin
        let around = BoundingBox(
            x: person.x - margin,
            y: person.y - margin,
            width: person.width + 2 * margin,
            height: person.height + 2 * margin
        )
        return try masked.cropped(around).jpeg(quality: Self.jpegQuality)
    }
}

extension Sighting {
    /// When, as the house says it.
    var at: Instant { Instant(millisecondsSinceEpoch: timeMilliseconds) }
}

extension BoundingBox {
    init(_ box: SightingBox) {
        self.init(
            x: Double(box.x),
            y: Double(box.y),
            width: Double(box.width),
            height: Double(box.height)
        )
    }
}

extension FootageArchive: DayKeys {
    private static let label = "sightings"

    func key(of day: LocalDate) throws -> [UInt8]? {
        try dayKey(of: day, making: false)?.derived(for: Self.label)
    }

    func makeKey(of day: LocalDate) throws -> [UInt8] {
        guard let key = try dayKey(of: day, making: true) else {
            throw FootageError.archive("the key of \(day.iso)")
        }
        return key.derived(for: Self.label)
    }

    func destroyKey(of day: LocalDate) throws { _ = try shred(day) }
}

extension FootageMatch {
    /// The sighting's name in a case: a code that nobody makes without the key of the case.
    static func token(_ id: SightingID, key: ArchiveKey) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let code = key.code(of: id.description).prefix(16)
        return String(
            decoding: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    init(_ match: SightingMatch, key: ArchiveKey) {
        token = Self.token(match.id, key: key)
        camera = match.camera
        at = Instant(millisecondsSinceEpoch: match.timeMilliseconds)
        upper = match.upper
        lower = match.lower
        quality = match.quality
        score = Double(match.score)
        nearestExample = match.reason.nearestExample
        rejectedLikeness = match.reason.rejectedLikeness.map { Double($0) }
        fitsColours = match.reason.upperFits ?? match.reason.lowerFits
    }

    init(_ sighting: Sighting, id: SightingID, key: ArchiveKey) {
        token = Self.token(id, key: key)
        camera = sighting.camera
        at = sighting.at
        upper = sighting.upper
        lower = sighting.lower
        quality = sighting.quality
        score = nil
        nearestExample = nil
        rejectedLikeness = nil
        fitsColours = nil
    }
}
