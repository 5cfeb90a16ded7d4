import Basics
import Identity
import Store

extension Role {
    /// Searches for missing people inside an approved case (실종수색 담당).
    static let missingPersonSearcher = Role(rawValue: "missingPersonSearcher")
    /// Approves searches that one person may not open alone (수색 승인자).
    static let missingPersonApprover = Role(rawValue: "missingPersonApprover")
}

extension Purpose {
    /// A missing person is searched for.
    static let missingPerson = Purpose(
        code: "missingPersons.search",
        Bilingual("실종자 수색", "Search for a missing person")
    )
}

extension AuditAction {
    static let openSearch = AuditAction(
        "missing.open",
        Bilingual("수색 사건을 접수함", "Opened a search")
    )
    static let decideSearch = AuditAction(
        "missing.decide",
        Bilingual("수색을 승인하거나 반려함", "Approved or refused a search")
    )
    static let changePhoto = AuditAction(
        "missing.photo",
        Bilingual("사진을 올리거나 지움", "Added or removed a photo")
    )
    static let judgeSighting = AuditAction(
        "missing.judge",
        Bilingual("목격을 확인하거나 제외함", "Confirmed or rejected a sighting")
    )
    static let closeSearch = AuditAction(
        "missing.close",
        Bilingual("수색을 끝내고 파기함", "Closed a search and erased it")
    )

    static let missing: [AuditAction] = [
        openSearch, decideSearch, changePhoto, judgeSighting, closeSearch,
    ]
}

/// Whom the law lets a search be for (실종아동등의 보호 및 지원에 관한 법률 제2조).
enum MissingKind: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable {
    /// A child under 18 at the time (아동).
    case child
    /// A person with dementia (치매환자).
    case dementia
    /// A person with an intellectual, autistic or mental disability (지적·자폐성·정신장애인).
    case disability

    var title: Bilingual {
        switch self {
        case .child: Bilingual("아동(18세 미만)", "Child (under 18)")
        case .dementia: Bilingual("치매환자", "Person with dementia")
        case .disability:
            Bilingual(
                "지적·자폐성·정신장애인",
                "Person with an intellectual, autistic or mental disability"
            )
        }
    }
}

/// The ground on which footage is used for another purpose than that it was taken for.
enum LegalBasis: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable {
    /// The police asked under the act on missing children and others.
    case policeRequest
    /// Somebody's life or body is plainly in danger.
    case urgentDanger

    var title: Bilingual {
        switch self {
        case .policeRequest:
            Bilingual(
                "경찰관서의 요청: 실종아동등의 보호 및 지원에 관한 법률 제9조, 개인정보 보호법 제18조제2항제2호",
                "Asked by the police: Act on Missing Children and Others art. 9, Personal Information Protection Act art. 18(2) no. 2"
            )
        case .urgentDanger:
            Bilingual(
                "급박한 생명·신체의 위험: 개인정보 보호법 제18조제2항제3호",
                "Urgent danger to life or body: Personal Information Protection Act art. 18(2) no. 3"
            )
        }
    }
}

/// How a search ended.
enum SearchOutcome: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable {
    case foundSafe
    case foundHurt
    case withdrawn
    case notFound

    var title: Bilingual {
        switch self {
        case .foundSafe: Bilingual("무사히 찾음", "Found safe")
        case .foundHurt: Bilingual("찾음(구호 필요)", "Found, in need of care")
        case .withdrawn: Bilingual("신고 취소", "Report withdrawn")
        case .notFound: Bilingual("찾지 못하고 끝냄", "Ended without a find")
        }
    }
}

/// A search for one missing person: what is asked of whom, approved by whom, until when.
///
/// What tells who the person is lies sealed beside it (``MissingPerson``): with the key of the case
/// it is gone when the case is closed, also in backups.
struct SearchCase: Sendable, Hashable, Codable {
    /// The word under which the archive's warrants name such cases.
    static let caseKind = "missingPerson"
    /// The most photos of one case.
    static let maximumPhotoCount = 8
    /// The least time before the last sighting that is searched too, in seconds: clocks and memories
    /// are not exact.
    static let leadSeconds = 1_800
    /// The longest note on a decision, in characters.
    static let maximumNoteCharacterCount = 300

    /// Where a case stands.
    enum State: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable {
        case waiting
        case open
        case refused
        case closed

        var title: Bilingual {
            switch self {
            case .waiting: Bilingual("승인 대기", "Waiting for approval")
            case .open: Bilingual("수색 중", "Searching")
            case .refused: Bilingual("반려", "Refused")
            case .closed: Bilingual("종결·파기", "Closed and erased")
            }
        }
    }

    var id: String
    var number: String
    var organizationID: String
    var kind: MissingKind
    /// The number of the report to the police (신고번호).
    var reportNumber: String
    /// The police station or office that asked.
    var requester: String
    var basis: LegalBasis
    var state: State
    /// The cameras asked for; nothing means the whole city.
    var cameras: JSONColumn<[UInt32]>?
    var startsAt: Instant
    /// The end asked for: of the footage and of the right to search it.
    var expiresAt: Instant
    var requestedBy: String
    var decidedBy: String?
    var decisionNote: String
    var outcome: SearchOutcome?
    /// The person, sealed with the key of the case; nothing after the case is closed.
    var person: [UInt8]?
    var erasure: JSONColumn<ErasureReport>?
    var isSample: Bool
    var createdAt: Instant
    var decidedAt: Instant?
    var closedAt: Instant?
    var version: Int

    /// Whether a second person has to decide.
    func needsSecondPerson(at now: Instant) -> Bool {
        FootageReach.needsSecondPerson(self, at: now)
    }

    var subject: AuditSubject { AuditSubject(kind: Self.caseKind, id: id) }
}

/// Who is missing, as the one who searches has to know it; it has no name and no face.
struct MissingPerson: Sendable, Hashable, Codable {
    /// The longest description, in characters.
    static let maximumDescriptionCharacterCount = 1_000
    /// The longest line, in characters.
    static let maximumLineCharacterCount = 120
    /// What it is sealed as.
    static let label = "person"

    /// What the person is called in the case: a given name or an alias.
    var alias: String
    /// Clothes, height, what they carry, how they walk.
    var description: String
    /// The code of the colour of the upper clothes; nothing where it is not known.
    var upper: UInt8?
    /// The code of the colour of the lower clothes; nothing where it is not known.
    var lower: UInt8?
    /// Where they were last seen, in words.
    var lastSeenPlace: String
    /// The camera next to it.
    var lastSeenCamera: UInt32
    /// When they were last seen.
    var lastSeenAt: Instant
}

/// What the end of a case erased, to be kept with the case.
struct ErasureReport: Sendable, Hashable, Codable {
    /// The number of the certificate.
    var number: String
    var photoCount: Int
    var markCount: Int
    var sightingNameCount: Int
    var warrantCount: Int
    /// Packets that were given out before; their copies are the recipient's to erase.
    var packetCount: Int
    var at: Instant
    var by: String
    /// SHA-256 over the lines above, so that a printed certificate can be checked.
    var digest: String
}
