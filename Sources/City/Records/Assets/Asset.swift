public import Basics
public import Store

/// A thing the city owns and keeps account of: a PC, later a camera, an access point, a robot.
public struct Asset: Sendable, Hashable, Codable {
    /// The longest line of what is known of an asset, in characters.
    public static let maximumLineCharacterCount = 120
    /// The longest remark, in characters.
    public static let maximumNoteCharacterCount = 2_000

    /// The identifier; the QR code of the label leads to it.
    public var id: String
    /// What kind of thing it is.
    public var kind: AssetKind
    /// The number it is kept under (관리번호), once in an organization.
    public var number: String
    /// What it is called.
    public var name: String
    /// Who made it; empty where it is not known.
    public var maker: String
    /// The model; empty where it is not known.
    public var model: String
    /// The maker's serial number; empty where it has none.
    public var serial: String
    /// Whose it is.
    public var organizationID: String
    /// The place it stands in, where that is one of the city's places.
    public var placeID: String?
    /// Where in the place: `3층 민원실`; empty where it is not known.
    public var spot: String
    /// Where it is in its life.
    public var state: AssetState
    /// The day the city got it.
    public var acquiredOn: LocalDate?
    /// What the city paid for it.
    public var price: Won?
    /// The asset that took its place.
    public var replacedBy: String?
    /// What its kind asks for, by the name of the field.
    public var facts: JSONColumn<[String: String]>
    /// A remark.
    public var note: String
    /// Whether it is made up for the sample city.
    public var isSample: Bool
    /// Grows with every change, so that two people do not overwrite each other.
    public var version: Int
    /// When it was entered.
    public var createdAt: Instant
    /// When it was last changed.
    public var updatedAt: Instant

    /// Creates an asset as it is entered; its version and times are set when it is saved.
    public init(
        id: String,
        kind: AssetKind,
        number: String = "",
        name: String,
        maker: String = "",
        model: String = "",
        serial: String = "",
        organizationID: String,
        placeID: String? = nil,
        spot: String = "",
        state: AssetState = .planned,
        acquiredOn: LocalDate? = nil,
        price: Won? = nil,
        facts: [String: String] = [:],
        note: String = "",
        isSample: Bool = false,
        at now: Instant
    ) {
        self.id = id
        self.kind = kind
        self.number = number
        self.name = name
        self.maker = maker
        self.model = model
        self.serial = serial
        self.organizationID = organizationID
        self.placeID = placeID
        self.spot = spot
        self.state = state
        self.acquiredOn = acquiredOn
        self.price = price
        self.facts = JSONColumn(facts)
        self.note = note
        self.isSample = isSample
        version = 0
        createdAt = now
        updatedAt = now
    }
}

/// Where an asset is in its life.
public enum AssetState: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is ordered or expected.
    case planned
    /// It is there, but not in use yet.
    case installed
    /// It is in use.
    case active
    /// It is out of order.
    case faulty
    /// It was taken out of use for good; a retired asset may name the one that replaced it.
    case retired

    /// The states that may follow.
    public var next: [AssetState] {
        switch self {
        case .planned: [.installed, .retired]
        case .installed: [.active, .faulty, .retired]
        case .active: [.faulty, .retired]
        case .faulty: [.active, .retired]
        case .retired: []
        }
    }

    /// The state in words.
    public var title: Bilingual {
        switch self {
        case .planned: Bilingual("도입 예정", "Planned")
        case .installed: Bilingual("설치됨", "Installed")
        case .active: Bilingual("사용 중", "In use")
        case .faulty: Bilingual("고장", "Faulty")
        case .retired: Bilingual("불용", "Retired")
        }
    }
}

/// A line of an asset's history: what happened to it, when and by whom.
public struct AssetEvent: Sendable, Hashable, Codable {
    /// What happened.
    public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
        /// The stored word.
        public let rawValue: String
        /// Creates a kind from its stored word; a service adds its own.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It was entered.
        public static let entered = Kind(rawValue: "entered")
        /// What is known of it was corrected.
        public static let corrected = Kind(rawValue: "corrected")
        /// It went to another place or organization.
        public static let moved = Kind(rawValue: "moved")
        /// Its state changed.
        public static let stateChanged = Kind(rawValue: "stateChanged")
        /// Another took its place.
        public static let replaced = Kind(rawValue: "replaced")
        /// A photo or document was added.
        public static let fileAdded = Kind(rawValue: "fileAdded")
    }

    /// The asset.
    public var assetID: String
    /// The place in the history, from 1.
    public var number: Int
    /// What happened.
    public var kind: Kind
    /// What happened, in the words of whoever wrote it down.
    public var title: JSONColumn<Bilingual>
    /// A remark.
    public var note: String
    /// Who did it; empty where the program did.
    public var actorID: String
    /// Their name at that time.
    public var actorName: String
    /// When.
    public var at: Instant
}

/// A photo or a document of an asset.
public struct AssetFile: Sendable, Hashable, Codable {
    /// The largest file, in bytes.
    public static let maximumByteCount = 20 << 20
    /// The most files of one asset.
    public static let maximumCount = 50
    /// The media types taken, by the ending of the name.
    static let mediaTypes = [
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp",
        "pdf": "application/pdf", "txt": "text/plain; charset=utf-8",
    ]

    /// The identifier.
    public var id: String
    /// The asset.
    public var assetID: String
    /// The name it came with.
    public var fileName: String
    /// What it is, as a media type.
    public var mediaType: String
    /// Its size in bytes.
    public var byteCount: Int
    /// The blob that holds it.
    public var digest: String
    /// When it was added.
    public var createdAt: Instant

    /// Whether it can be shown as a picture.
    public var isImage: Bool { mediaType.hasPrefix("image/") }
}
