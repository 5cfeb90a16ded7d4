import Basics
import Store
import Vision

/// A photo of the missing person that the case brought; sealed, and gone with the case.
struct CasePhoto: Sendable, Hashable, Codable {
    /// The longest side of a photo as it is kept, in pixels.
    static let maximumSide = 1_280
    /// The largest file taken, in bytes.
    static let maximumByteCount = 20 << 20

    var caseID: String
    var number: Int
    var width: Int
    var height: Int
    /// The JPEG, sealed.
    var picture: [UInt8]
    /// What the person in it looks like, sealed; nothing until somebody said where they stand.
    var look: [UInt8]?
    var createdAt: Instant

    var pictureLabel: String { "photo \(number)" }
    var lookLabel: String { "look \(number)" }
}

/// Where the person stands in a photo and what they wear.
struct PhotoLook: Sendable, Hashable, Codable {
    var box: BoundingBox
    var upper: ColourName
    var lower: ColourName
    var vector: [Float]
}

/// What somebody decided about a sighting.
struct SightingMark: Sendable, Hashable, Codable {
    /// The most marks of one case.
    static let maximumCount = 500

    enum Verdict: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable {
        case confirmed
        case rejected

        var title: Bilingual {
            switch self {
            case .confirmed: Bilingual("본인 확인", "Confirmed")
            case .rejected: Bilingual("다른 사람", "Somebody else")
            }
        }
    }

    var caseID: String
    var token: String
    var verdict: Verdict
    var camera: Int64
    var seenAt: Instant
    var markedBy: String
    var markedAt: Instant
}

/// What the live watch has seen.
struct LiveSighting: Sendable, Hashable, Codable {
    var caseID: String
    var token: String
    var camera: Int64
    var seenAt: Instant
    var score: Double
}

/// A packet that was given to the police.
struct GivenPacket: Sendable, Hashable, Codable {
    var caseID: String
    var number: Int
    var recipient: String
    var sightingCount: Int
    /// The last link of the packet's hash chain.
    var root: String
    var givenBy: String
    var givenAt: Instant
}
