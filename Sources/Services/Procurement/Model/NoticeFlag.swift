import Basics

/// What the brackets in a notice's title say: `[긴급]`, `(재공고, 협상)`.
enum NoticeFlag: String, PlanTerm, Comparable {
    /// Published before the tender (사전공개).
    case advance
    /// Announced again after a failed tender (재공고).
    case repeated
    /// With a shortened period (긴급).
    case urgent
    /// Contract by negotiation (협상).
    case negotiated
    /// A long-term continued contract (장기계속).
    case longTerm
    /// An international tender (국제).
    case international
    /// A corrected notice (정정).
    case corrected
    /// A cancelled notice (취소).
    case cancelled

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .advance: Bilingual("사전공개", "Advance disclosure")
        case .repeated: Bilingual("재공고", "Announced again")
        case .urgent: Bilingual("긴급", "Urgent")
        case .negotiated: Bilingual("협상", "By negotiation")
        case .longTerm: Bilingual("장기계속계약", "Long-term contract")
        case .international: Bilingual("국제", "International")
        case .corrected: Bilingual("정정공고", "Corrected")
        case .cancelled: Bilingual("취소공고", "Cancelled")
        }
    }

    /// Other spellings in titles.
    var synonyms: [String] {
        switch self {
        case .advance: ["사전규격", "사전규격공개"]
        case .repeated: ["재공고입찰", "재입찰", "2차 재공고", "재"]
        case .urgent: ["긴급공고", "긴급입찰"]
        case .negotiated: ["협상형", "협상에 의한 계약", "협상계약"]
        case .longTerm: ["장기계속", "총체 및 1차", "장기"]
        case .international: ["국제입찰"]
        case .corrected: ["정정", "변경공고", "변경", "수정공고"]
        case .cancelled: ["취소", "공고취소"]
        }
    }

    /// Only whole words count.
    static let reader = TermReader<NoticeFlag>(matchesInside: false)

    /// Orders flags as declared.
    static func < (left: NoticeFlag, right: NoticeFlag) -> Bool { left.rank < right.rank }

    private var rank: Int { NoticeFlag.allCases.firstIndex(of: self) ?? 0 }
}

/// A notice's title taken apart; the title itself is kept as the agency wrote it.
struct NoticeTitle: Sendable, Hashable {
    /// The title as written, white space trimmed and runs of it made one.
    let text: String
    /// What the brackets (and a last word such as `재공고`) say.
    let flags: Set<NoticeFlag>
    /// The title without those brackets: the same for a notice and its repetition.
    let bare: String

    /// Takes a title apart.
    ///
    /// A bracket counts only where every word in it is a flag, so that `(ISP)` or `(2차)` stays.
    init(_ title: String) {
        if NoticeTitle.isPlain(title) {
            text = title
            bare = title
            flags = []
            return
        }
        text = NoticeTitle.withSingleSpaces(title)
        guard NoticeTitle.mayHaveFlags(text) else {
            bare = text
            flags = []
            return
        }
        var flags: Set<NoticeFlag> = []
        var bare = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(where: { NoticeTitle.closing[$0] != nil }),
            let closing = NoticeTitle.closing[rest[open]],
            let close = rest[open...].firstIndex(of: closing)
        {
            bare += rest[..<open]
            let inside = rest[rest.index(after: open)..<close]
            if let found = NoticeTitle.flags(in: inside) {
                flags.formUnion(found)
                bare += " "
            } else {
                bare += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        bare += rest
        var words = bare.split(whereSeparator: \.isWhitespace)
        while words.count > 1, let last = words.last {
            if let flag = NoticeTitle.lastWords[String(last)] {
                flags.insert(flag)
            } else if last != "입찰공고" && last != "입찰" && last != "공고" {
                break
            }
            words.removeLast()
        }
        self.flags = flags
        self.bare = words.joined(separator: " ")
    }

    /// Whether a title is ASCII and Hangul with single spaces, has no bracket and does not end in a
    /// word of a notice, as most titles of plans.
    private static func isPlain(_ title: String) -> Bool {
        title.utf8.withContiguousStorageIfAvailable { utf8 in
            var isAfterSpace = true
            for byte in utf8 {
                switch byte {
                case 0x20:
                    if isAfterSpace { return false }
                    isAfterSpace = true
                    continue
                case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "<"): return false
                case 0x21...0x7E, 0x80...0xBF, 0xEA...0xED: break
                default: return false
                }
                isAfterSpace = false
            }
            return !isAfterSpace
                && !noticeEndings.contains { utf8.count >= 6 && $0.elementsEqual(utf8.suffix(6)) }
        } ?? false
    }

    private static let noticeEndings = ["공고", "긴급", "입찰"].map { Array($0.utf8) }

    private static func withSingleSpaces(_ text: String) -> String {
        var previousWasSpace = true
        let isClean = text.unicodeScalars.allSatisfy { scalar in
            let isSpace = scalar == " "
            defer { previousWasSpace = isSpace }
            return !(isSpace && previousWasSpace)
                && (isSpace || !scalar.properties.isWhitespace)
        }
        if isClean && !previousWasSpace { return text }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether there is a bracket, or a last word of a notice; most titles of plans have neither.
    private static func mayHaveFlags(_ text: String) -> Bool {
        let hasBracket = text.unicodeScalars.contains {
            $0 == "[" || $0 == "(" || $0 == "<" || $0 == "（" || $0 == "【" || $0 == "［"
        }
        return hasBracket || text.hasSuffix("공고") || text.hasSuffix("긴급") || text.hasSuffix("입찰")
    }

    private static let closing: [Character: Character] = [
        "[": "]", "(": ")", "（": "）", "【": "】", "［": "］", "<": ">",
    ]

    private static let lastWords: [String: NoticeFlag] = [
        "재공고": .repeated, "긴급": .urgent, "정정공고": .corrected, "취소공고": .cancelled,
    ]

    /// Words in brackets that say nothing about the project itself.
    private static let emptyWords: Set<String> = ["입찰공고", "공고", "지문", "공개"]

    private static func flags(in text: Substring) -> Set<NoticeFlag>? {
        var flags: Set<NoticeFlag> = []
        for part in text.split(whereSeparator: { ",/·ㆍ&".contains($0) }) {
            if let flag = NoticeFlag(korean: part) {
                flags.insert(flag)
            } else if !emptyWords.contains(MatchingText.form(of: part)) {
                return nil
            }
        }
        return flags
    }
}
