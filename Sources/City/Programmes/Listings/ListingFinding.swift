public import Basics

/// Something about a listing that an officer should know.
public struct ListingFinding: Sendable, Hashable, Codable {
    /// What is the matter.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A character the source lost stands as `?`.
        case lostCharacter
        /// HTML was taken off a text.
        case markup
        /// HTML entities were read.
        case entities
        /// There is no address to apply on.
        case noApplicationAddress
        /// The source's title says that the programme has ended.
        case ended
        /// A text says that it has ended, its title does not.
        case endedInText
        /// Two of a source have the same title once spaces and signs are left out.
        case duplicate
        /// Another catalogue has the same programme.
        case otherSource
        /// A programme that the city can judge has the same title.
        case ruleProgramme
        /// Its figures are not those of the programme that the city can judge.
        case figuresDiffer
        /// The last day it names lies behind us.
        case pastDate
        /// Its year lies behind us.
        case pastYear
        /// The source names no field.
        case noCategory
        /// The ages could not be read.
        case unreadableAges
        /// The region is not known.
        case unknownRegion
        /// An address that no page can have.
        case badAddress
        /// A text that an officer corrected has changed at its source.
        case correctionOutdated

        /// What people call it.
        public var title: Bilingual {
            switch self {
            case .lostCharacter: Bilingual("글자가 ‘?’로 깨짐", "A character was lost (?)")
            case .markup: Bilingual("HTML 태그를 걷어냄", "Markup was taken off")
            case .entities: Bilingual("HTML 문자 참조를 풀어 씀", "Entities were read")
            case .noApplicationAddress: Bilingual("신청 주소 없음", "No address to apply on")
            case .ended: Bilingual("사업 종료(원본 표시)", "Ended, says its title")
            case .endedInText: Bilingual("본문에 종료 안내", "A text says it ended")
            case .duplicate: Bilingual("같은 사업이 두 이름으로", "Twice under two names")
            case .otherSource: Bilingual("다른 목록에도 있음", "In another catalogue too")
            case .ruleProgramme: Bilingual("판정 규칙이 있는 사업과 같은 이름", "Named like a rule")
            case .figuresDiffer: Bilingual("판정 규칙과 수치가 다름", "Figures unlike the rule's")
            case .pastDate: Bilingual("지난 날짜", "A day in the past")
            case .pastYear: Bilingual("지난 해의 공고", "A notice of a past year")
            case .noCategory: Bilingual("분야가 비어 있음", "No field")
            case .unreadableAges: Bilingual("나이를 읽지 못함", "Ages not readable")
            case .unknownRegion: Bilingual("모르는 지역", "Unknown region")
            case .badAddress: Bilingual("쓸 수 없는 주소", "An address of no page")
            case .correctionOutdated: Bilingual("고친 글의 원본이 바뀜", "A corrected text changed")
            }
        }

        /// Whether nothing is left to decide: the text was repaired without changing its meaning, or
        /// the source says it itself.
        public var isSettled: Bool {
            switch self {
            case .markup, .entities, .ended, .noApplicationAddress, .noCategory: true
            default: false
            }
        }
    }

    /// What is the matter.
    public var kind: Kind
    /// The listing.
    public var listing: String
    /// Its title, as it was read.
    public var title: String
    /// The row of the file, from 1; nothing where it is not about a row.
    public var row: Int?
    /// The piece of text, the other title, the figures.
    public var detail: Bilingual
    /// The other listing or the programme it is about, where it is about one.
    public var other: String?

    /// Whether it is about two listings that may be one programme; it stands with the later one.
    var isOfTwins: Bool { kind == .duplicate || kind == .otherSource }

    init(
        _ kind: Kind,
        _ listing: Listing,
        row: Int? = nil,
        _ detail: Bilingual = Bilingual(same: ""),
        other: String? = nil
    ) {
        self.kind = kind
        self.listing = listing.id
        title = listing.title
        self.row = row
        self.detail = detail
        self.other = other
    }
}
