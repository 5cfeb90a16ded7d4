public import Basics
import City
public import Store

/// A catalogue the city publishes: where listings come from.
public struct ListingSource: RawRepresentable, Sendable, Hashable, Codable, SQLBindable,
    SQLDecodable
{
    /// The name in data.
    public let rawValue: String

    /// Names a catalogue.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Childbirth and childcare: 탄생육아 몽땅정보통.
    public static let mongttang = ListingSource(rawValue: "mongttang")
    /// Youth programmes of the city itself.
    public static let youthCity = ListingSource(rawValue: "youth-city")
    /// Youth programmes of its districts.
    public static let youthDistricts = ListingSource(rawValue: "youth-districts")
    /// Youth programmes of the ministries.
    public static let youthNation = ListingSource(rawValue: "youth-nation")
    /// Youth programmes of other regions.
    public static let youthRegions = ListingSource(rawValue: "youth-regions")

    /// The catalogues that are known, in the order of their lists.
    public static let all: [ListingSource] = [
        .mongttang, .youthCity, .youthDistricts, .youthNation, .youthRegions,
    ]

    /// What people call it.
    public var title: Bilingual {
        switch self {
        case .mongttang: Bilingual("탄생육아 몽땅정보통", "Childbirth and childcare portal")
        case .youthCity: Bilingual("청년몽땅정보통: 서울시", "Youth portal: the city")
        case .youthDistricts: Bilingual("청년몽땅정보통: 자치구", "Youth portal: districts")
        case .youthNation: Bilingual("청년몽땅정보통: 중앙부처", "Youth portal: ministries")
        case .youthRegions: Bilingual("청년몽땅정보통: 다른 지역", "Youth portal: other regions")
        default: Bilingual(same: rawValue)
        }
    }

    /// Whether the ages it writes are those of the child, not of the person who applies.
    public var agesAreOfChild: Bool { self == .mongttang }
}

/// Who runs a programme, as far as its catalogue tells.
public enum ListingProvider: String, Sendable, Hashable, Codable, CaseIterable {
    /// The city.
    case city
    /// One or several of its districts.
    case district
    /// A ministry or an agency of the state.
    case nation
    /// Another region.
    case otherRegion

    /// What people call it.
    public var title: Bilingual {
        switch self {
        case .city: Bilingual("서울시", "The city")
        case .district: Bilingual("자치구", "A district")
        case .nation: Bilingual("중앙부처", "The state")
        case .otherRegion: Bilingual("다른 지역", "Another region")
        }
    }
}

/// Ages in whole years; no upper end is no limit.
public struct AgeRange: Sendable, Hashable, Codable {
    /// The youngest.
    public var from: Int
    /// The oldest; nothing where there is no limit.
    public var to: Int?

    /// Creates a range.
    public init(from: Int, to: Int?) {
        self.from = from
        self.to = to
    }

    /// Whether an age lies in it.
    public func contains(_ age: Int) -> Bool { age >= from && age <= to ?? .max }

    /// The range as people write it.
    public var text: Bilingual {
        guard let to else { return Bilingual("\(from)세 이상", "\(from) and older") }
        return Bilingual("\(from)~\(to)세", "\(from) to \(to)")
    }
}

/// A programme that a catalogue of the city names and that no executable rule judges.
///
/// The texts are those of the source after repairs that change no meaning (markup taken off,
/// entities read); what an officer decided about it stands beside it in ``ListingDecision``.
public struct Listing: Codable, Sendable, Hashable {
    /// The longest text that is kept, in characters.
    public static let maximumTextCharacterCount = 20_000

    /// Its name in this city: the source and the source's own name for it.
    public var id: String
    /// The catalogue.
    public var source: ListingSource
    /// The name in the catalogue; its title where the catalogue has none.
    public var sourceID: String
    /// What it is called.
    public var title: String
    /// Its fields, the widest first.
    public var categories: [String]
    /// What it gives.
    public var summary: String
    /// For whom it is.
    public var target: String
    /// How to apply.
    public var howToApply: String
    /// When it is open.
    public var when: String
    /// Whom to ask.
    public var contact: String
    /// The ages as the catalogue writes them.
    public var ageText: String
    /// The ages, where they can be read.
    public var ages: AgeRange?
    /// What somebody needs who looks for it.
    public var needs: [String]
    /// Who runs it.
    public var provider: ListingProvider
    /// The codes of the districts it is for; empty is every one.
    public var districts: [String]
    /// The region as the catalogue writes it.
    public var region: String
    /// The page about it outside this site.
    public var informationURL: String?
    /// The page to apply on outside this site.
    public var applicationURL: String?
    /// Whether the catalogue itself says that it has ended.
    public var isEnded: Bool

    /// Names a listing; everything else is filled in by its reader.
    public init(_ source: ListingSource, _ sourceID: String, title: String) {
        id = "\(source.rawValue).\(TitleKey.identifier(sourceID))"
        self.source = source
        self.sourceID = sourceID
        self.title = title
        categories = []
        summary = ""
        target = ""
        howToApply = ""
        when = ""
        contact = ""
        ageText = ""
        needs = []
        provider = .city
        districts = []
        region = ""
        isEnded = false
    }

    /// Its texts, each with the name of its field, in the order of a page.
    var texts: [(field: ListingField, text: String)] {
        [
            (.title, title), (.summary, summary), (.target, target), (.howToApply, howToApply),
            (.when, when), (.contact, contact), (.category, categories.first ?? ""),
            (.applicationURL, applicationURL ?? ""), (.informationURL, informationURL ?? ""),
        ]
    }

    /// The text of a field.
    subscript(field: ListingField) -> String {
        get { texts.first { $0.field == field }?.text ?? "" }
        set {
            switch field {
            case .title: title = newValue
            case .summary: summary = newValue
            case .target: target = newValue
            case .howToApply: howToApply = newValue
            case .when: when = newValue
            case .contact: contact = newValue
            case .category:
                categories = (newValue.isEmpty ? [] : [newValue]) + categories.dropFirst()
            case .applicationURL: applicationURL = newValue.isEmpty ? nil : newValue
            case .informationURL: informationURL = newValue.isEmpty ? nil : newValue
            }
        }
    }
}

/// A text of a listing that an officer can correct.
public enum ListingField: String, Sendable, Hashable, Codable, CaseIterable {
    case title, summary, target, howToApply, when, contact, category, applicationURL,
        informationURL

    /// What it is called.
    public var label: Bilingual {
        switch self {
        case .title: Bilingual("사업명", "Title")
        case .summary: Bilingual("지원 내용", "What it gives")
        case .target: Bilingual("지원 대상", "For whom")
        case .howToApply: Bilingual("신청 방법", "How to apply")
        case .when: Bilingual("운영 시간", "When")
        case .contact: Bilingual("문의", "Contact")
        case .category: Bilingual("분야", "Field")
        case .applicationURL: Bilingual("신청 주소", "Address to apply")
        case .informationURL: Bilingual("안내 주소", "Address of the page")
        }
    }

    /// Whether it holds the address of a page.
    var isAddress: Bool { self == .applicationURL || self == .informationURL }
}

/// Titles as two catalogues write the same one: without spaces, signs and "(사업종료)".
enum TitleKey {
    /// The key of a title.
    static func make(_ title: String) -> String {
        folded(withoutEndMark(title))
    }

    /// The key without the words that one office puts before a title and another leaves out.
    static func loose(_ title: String) -> String {
        var key = make(title)
        for word in ["서울특별시", "서울시", "서울형", "서울"] where key.hasPrefix(word) {
            key.removeFirst(word.count)
            break
        }
        for word in ["사업", "지원"] where key.hasSuffix(word) { key.removeLast(word.count) }
        return key
    }

    /// A name that can stand in an address: letters and digits, other runs a hyphen.
    static func identifier(_ text: String) -> String {
        let parts = text.split { !$0.isLetter && !$0.isNumber }
        return String(parts.joined(separator: "-").prefix(80))
    }

    /// Whether a title says that the programme has ended.
    static func saysEnded(_ title: String) -> Bool { folded(title).hasSuffix(endMark) }

    private static let endMark = "사업종료"

    private static func withoutEndMark(_ title: String) -> String {
        guard saysEnded(title), let bracket = title.lastIndex(of: "(") else { return title }
        return String(title[..<bracket])
    }

    private static func folded(_ title: String) -> String {
        String(title.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
