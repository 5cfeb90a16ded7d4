import Basics
import Footage
import Identity
import Store
import Vision
import Web

/// What is searched for, as the address of the page says it.
struct SearchTerms: Sendable, Hashable {
    /// Answers of one search.
    static let limit = 60

    /// The photos used; all where nothing is said.
    var photos: [Int]?
    /// Sightings that look like the person, beside those that were confirmed.
    var like: [String] = []
    /// The colours of the clothes that count.
    var upper: ColourName?
    var lower: ColourName?
    /// The camera, where one is chosen.
    var camera: UInt32?
    /// The hours before now, where they are limited.
    var hours: Int?

    init() {}

    init(_ query: QueryItems) {
        if query["asked"] != nil { photos = query.all("photo").compactMap { Int($0) } }
        like = query.all("like").filter { !$0.isEmpty }
        upper = query["upper"].flatMap(UInt8.init).flatMap(ColourName.init).flatMap(\.ofClothes)
        lower = query["lower"].flatMap(UInt8.init).flatMap(ColourName.init).flatMap(\.ofClothes)
        camera = query["camera"].flatMap(UInt32.init)
        hours = query["hours"].flatMap { Int($0) }.flatMap { (1...720).contains($0) ? $0 : nil }
    }

    /// The terms in the form of an address.
    var query: [(name: String, value: String)] {
        var items: [(name: String, value: String)] = [("asked", "1")]
        items += (photos ?? []).map { ("photo", String($0)) }
        items += like.map { ("like", $0) }
        if let upper { items.append(("upper", String(upper.rawValue))) }
        if let lower { items.append(("lower", String(lower.rawValue))) }
        if let camera { items.append(("camera", String(camera))) }
        if let hours { items.append(("hours", String(hours))) }
        return items
    }

    /// Colours that cameras and light turn into one another.
    static func codes(near colour: ColourName?) -> Set<UInt8> {
        guard let colour else { return [] }
        let neighbours: [ColourName] =
            switch colour {
            case .black: [.navy, .grey]
            case .navy: [.black, .blue]
            case .blue: [.navy, .skyBlue]
            case .skyBlue: [.blue]
            case .grey: [.black, .white]
            case .white: [.grey, .beige]
            case .beige: [.white, .brown]
            case .brown: [.beige, .orange]
            case .orange: [.red, .yellow, .brown]
            case .red: [.orange, .pink]
            case .pink: [.red, .purple]
            case .purple: [.pink, .navy]
            case .yellow: [.orange, .beige]
            case .green, .unknown: []
            }
        return Set(([colour] + neighbours).map(\.rawValue))
    }
}

extension ColourName {
    /// The colour, where it is one that clothes have.
    var ofClothes: ColourName? { self == .unknown ? nil : self }
}

/// What a case has to search with.
struct CaseFile: Sendable {
    var search: SearchCase
    var person: MissingPerson?
    var photos: [CasePhoto]
    var looks: [Int: PhotoLook]
    var marks: [SightingMark]
    var warrant: FootageWarrant?
    var isWatching: Bool

    /// Reads a case with all that its searches need; the look is written to the audit.
    static func read(_ id: String, _ keeping: SearchKeeping, in tx: WriteTransaction) throws
        -> CaseFile
    {
        let search = try SearchCases.record(id, for: keeping.actor, in: tx)
        let isOpen = try keeping.cases.isOpen(id)
        let photos = isOpen ? try CasePhotos.of(id, in: tx) : []
        var looks: [Int: PhotoLook] = [:]
        for photo in photos { looks[photo.number] = try? keeping.look(of: photo) }
        let warrant = try FootageWarrants.of(case: id, in: tx).first {
            $0.holderID == keeping.actor.id && $0.revokedAt == nil
        }
        return CaseFile(
            search: search,
            person: try? keeping.person(of: search),
            photos: photos,
            looks: looks,
            marks: try SightingMarks.of(id, in: tx),
            warrant: warrant,
            isWatching: try warrant.map { try FootageGate.isWatching($0.id, in: tx) } ?? false
        )
    }

    func tokens(_ verdict: SightingMark.Verdict) -> [String] {
        marks.filter { $0.verdict == verdict }.map(\.token)
    }

    /// The question to the archive.
    ///
    /// - Throws: `MissingError` where nothing is asked for.
    func question(_ terms: SearchTerms, now: Instant) throws -> FootageQuery {
        let chosen = terms.photos ?? looks.keys.sorted()
        let examples = chosen.compactMap { looks[$0]?.vector }
        let like = Array(Set(terms.like + tokens(.confirmed))).sorted()
        let upper = SearchTerms.codes(near: terms.upper)
        let lower = SearchTerms.codes(near: terms.lower)
        guard !examples.isEmpty || !like.isEmpty || !upper.isEmpty || !lower.isEmpty else {
            throw MissingError.badInput(
                "사진이나 옷 색을 하나 이상 골라 주세요.",
                "Choose a photo or the colour of some clothes."
            )
        }
        let most = FootageQuery.maximumExampleCount / 2
        return FootageQuery(
            examples: examples,
            like: Array(like.suffix(most - min(examples.count, most / 2))),
            rejected: Array(tokens(.rejected).suffix(most)),
            upper: upper,
            lower: lower,
            cameras: terms.camera.map { [$0] },
            times: terms.hours.map { now.adding(seconds: -$0 * 3_600)...now },
            limit: SearchTerms.limit
        )
    }
}
