import Basics
import Routing

/// What somebody reports of a way.
enum ReportKind: String, Sendable, Hashable, Codable, CaseIterable {
    case brokenPavement
    case highKerb
    case blocked
    case narrow
    case steps
    case construction
    case tactilePaving
    case soundSignal
    case liftOut
    case other

    /// What it is called.
    var title: Bilingual {
        switch self {
        case .brokenPavement: Bilingual("보도 파손", "Broken pavement")
        case .highKerb: Bilingual("높은 턱", "High kerb")
        case .blocked: Bilingual("길을 막은 물건·차량", "Way blocked")
        case .narrow: Bilingual("좁아서 못 지나감", "Too narrow")
        case .steps: Bilingual("계단뿐임", "Steps only")
        case .construction: Bilingual("공사", "Construction")
        case .tactilePaving: Bilingual("점자블록 파손·없음", "Tactile paving broken or missing")
        case .soundSignal: Bilingual("음향신호기 고장", "Sound signal broken")
        case .liftOut: Bilingual("승강기 고장", "Lift out of service")
        case .other: Bilingual("그 밖의 불편", "Something else")
        }
    }

    /// What kind of barrier it is on a route.
    var violation: ViolationKind {
        switch self {
        case .highKerb: .kerb
        case .narrow: .width
        case .steps: .steps
        case .construction: .construction
        case .soundSignal: .silentCrossing
        case .liftOut: .outOfService
        case .brokenPavement, .blocked, .tactilePaving, .other: .closed
        }
    }

    /// What a profile must need for the barrier to matter; nothing where it stops everybody.
    var requirement: Profile.Requirement? {
        switch self {
        case .tactilePaving: .tactilePaving
        case .soundSignal: .soundSignal
        default: nil
        }
    }
}

/// Where a report stands.
enum ReportState: String, Sendable, Hashable, Codable, CaseIterable {
    /// It came in; routes avoid the place as unconfirmed.
    case reported
    /// An officer saw it.
    case confirmed
    /// Somebody is to mend it.
    case assigned
    /// It is mended.
    case closed
    /// There was nothing to mend.
    case rejected

    /// Whether routes avoid the place.
    var isActive: Bool { [.reported, .confirmed, .assigned].contains(self) }

    /// What may follow.
    var next: Set<ReportState> {
        switch self {
        case .reported: [.confirmed, .assigned, .closed, .rejected]
        case .confirmed: [.assigned, .closed]
        case .assigned: [.assigned, .closed]
        case .closed, .rejected: []
        }
    }

    /// What it is called.
    var title: Bilingual {
        switch self {
        case .reported: Bilingual("접수(미확인)", "Reported (unconfirmed)")
        case .confirmed: Bilingual("확인됨", "Confirmed")
        case .assigned: Bilingual("수리 배정", "Repair assigned")
        case .closed: Bilingual("해결", "Solved")
        case .rejected: Bilingual("반려", "Rejected")
        }
    }
}

/// A barrier that somebody reported.
struct BarrierReport: Sendable, Hashable, Codable {
    /// The longest words about it, in characters.
    static let maximumTextCharacterCount = 1_000
    /// The longest answer of an officer, in characters.
    static let maximumAnswerCharacterCount = 500
    /// What numbers begin with.
    static let numberPrefix = "보행"

    /// The number that people read.
    var number: String
    var kind: ReportKind
    var latitudeE7: Int64
    var longitudeE7: Int64
    /// Where it is, in words.
    var place: String
    /// The quarter or the street, for the statistics.
    var area: String
    var text: String
    /// The blob of the photo.
    var photo: String?
    var photoType: String?
    var state: ReportState
    /// Who reported it, where they had signed in.
    var accountID: String?
    /// SHA-256 of the code by which a guest sees how it goes.
    var codeDigest: String
    /// What the officer told the reporter last.
    var answer: String
    /// Who mends it.
    var assignee: String
    var dueOn: LocalDate?
    var isSample: Bool
    var createdAt: Instant
    var updatedAt: Instant
    var version: Int

    /// Where it is.
    var position: GeoPoint? {
        try? GeoPoint(latitudeE7: latitudeE7, longitudeE7: longitudeE7)
    }

    /// The report as routes name it.
    var routeText: Bilingual {
        let word =
            state == .reported ? Bilingual("시민 신고", "reported") : Bilingual("담당자 확인", "confirmed")
        return Bilingual(
            "\(kind.title.korean) (\(word.korean))",
            "\(kind.title.english) (\(word.english))"
        )
    }
}

/// A step of a report's way.
struct ReportEvent: Sendable, Hashable, Codable {
    var reportNumber: String
    var state: ReportState
    var note: String
    /// The office that did it; empty where it was the reporter.
    var byName: String
    var at: Instant
}

/// Why something of the service was refused, in the person's words.
struct WayfindingError: ExplainedError, Hashable {
    /// The kinds of refusal.
    enum Code: String, Sendable, Hashable {
        case notFound
        case badInput
        case impossibleState
        case outdated
        case tooMany
    }

    let code: Code
    let message: Bilingual
    let context: String

    init(_ code: Code, _ korean: String, _ english: String, context: String = "") {
        self.code = code
        message = Bilingual(korean, english)
        self.context = context
    }

    static func notFound(_ context: String) -> WayfindingError {
        .init(.notFound, "찾지 못했습니다.", "Not found.", context: context)
    }
}
