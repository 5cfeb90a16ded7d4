import Basics
import CityMap
import Routing

/// A lift of the city's map.
struct CityLift: Sendable, Hashable {
    /// Where it is, in ten-millionths of a degree: the same as long as the lift stays.
    var id: String
    var name: String
    var position: GeoPoint
    /// The ways that lead into it.
    var segments: [Int]
}

/// What one source says of a lift.
struct LiftStatus: Sendable, Hashable, Codable {
    /// The source of what an officer says by hand.
    static let officer = "officer"
    /// The longest name of a source, in characters.
    static let maximumSourceCharacterCount = 60
    /// The longest note, in characters.
    static let maximumNoteCharacterCount = 200

    var liftID: String
    /// `officer`, or the name of a feed.
    var source: String
    var isWorking: Bool
    /// When it is expected to work again.
    var returnsOn: LocalDate?
    var note: String
    var at: Instant
    var isSample: Bool
}

/// What the sources together come to.
enum LiftStanding: String, Sendable, Hashable, CaseIterable {
    /// A source says that it stands still, and none that it works.
    case outOfService
    /// One says that it works and another that it stands still.
    case contradictory
    /// Everybody who says something says that it works.
    case working
    /// Nobody says anything.
    case unknown

    /// Looks at what every source says.
    init(_ statuses: [LiftStatus]) {
        let (works, stands) = (
            statuses.contains(where: \.isWorking), statuses.contains { !$0.isWorking }
        )
        switch (works, stands) {
        case (true, true): self = .contradictory
        case (true, false): self = .working
        case (false, true): self = .outOfService
        case (false, false): self = .unknown
        }
    }

    /// What it is called.
    var title: Bilingual {
        switch self {
        case .outOfService: Bilingual("고장·운행 중지", "Out of service")
        case .contradictory: Bilingual("정보가 서로 다름", "Sources disagree")
        case .working: Bilingual("운행 중", "In service")
        case .unknown: Bilingual("확인되지 않음", "Unknown")
        }
    }
}

/// The lifts of a map.
struct LiftRegister: Sendable {
    /// A place so near to a lift is the lift, in metres.
    static let nearMetres = 30.0

    /// The lifts, by name.
    let all: [CityLift]
    private let byID: [String: CityLift]

    /// Finds the lifts of a map: a lift is a node where ways of its storeys meet, or a way.
    init(_ map: CityMap) {
        let network = map.network
        var segments: [UInt32: [Int]] = [:]
        for (number, segment) in network.segments.enumerated() {
            let isLift = network.attributes(of: number)[.kind]?.value == .lift
            if isLift { segments[segment.tail, default: []].append(number) }
            for node in [segment.tail, segment.head]
            where network.attributes(ofNode: Int(node))[.kind]?.value == .lift {
                segments[node, default: []].append(number)
            }
        }
        let lifts = segments.map { node, numbers in
            let position = network.nodePositions[Int(node)]
            return CityLift(
                id: "\(position.latitudeE7)x\(position.longitudeE7)",
                name: Self.name(of: position, map),
                position: position,
                segments: Set(numbers).sorted()
            )
        }
        all = lifts.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    }

    subscript(id: String) -> CityLift? { byID[id] }

    /// The lift at a place.
    func near(_ place: GeoPoint) -> CityLift? {
        all.map { (lift: $0, metres: $0.position.metres(to: place)) }
            .filter { $0.metres <= Self.nearMetres }.min { $0.metres < $1.metres }?.lift
    }

    /// The lifts of a name, as a feed writes it.
    func named(_ name: String) -> CityLift? {
        let found = all.filter { $0.name == name }
        return found.count == 1 ? found[0] : nil
    }

    private static func name(of position: GeoPoint, _ map: CityMap) -> String {
        guard let near = map.place(near: position) else { return "승강기" }
        return near.kind == .lift ? near.name : "\(near.name) 승강기"
    }
}
