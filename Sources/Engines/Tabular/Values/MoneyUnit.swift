public import Basics

/// A unit in which tables state amounts of won.
public enum MoneyUnit: Int64, Sendable, Hashable, CaseIterable, Codable {
    /// 원.
    case won = 1
    /// 천원, thousand won.
    case thousandWon = 1_000
    /// 만원, ten thousand won.
    case tenThousandWon = 10_000
    /// 백만원, million won.
    case millionWon = 1_000_000
    /// 천만원, ten million won.
    case tenMillionWon = 10_000_000
    /// 억원, hundred million won.
    case hundredMillionWon = 100_000_000
    /// 십억원, billion won.
    case billionWon = 1_000_000_000
    /// 조원, trillion won.
    case trillionWon = 1_000_000_000_000

    /// How many won the unit is.
    public var wonCount: Int64 { rawValue }

    /// The unit's name.
    public var name: Bilingual {
        switch self {
        case .won: Bilingual("원", "KRW")
        case .thousandWon: Bilingual("천원", "KRW thousand")
        case .tenThousandWon: Bilingual("만원", "KRW 10 thousand")
        case .millionWon: Bilingual("백만원", "KRW million")
        case .tenMillionWon: Bilingual("천만원", "KRW 10 million")
        case .hundredMillionWon: Bilingual("억원", "KRW 100 million")
        case .billionWon: Bilingual("십억원", "KRW billion")
        case .trillionWon: Bilingual("조원", "KRW trillion")
        }
    }

    private static let words: [String: MoneyUnit] = [
        "원": .won, "krw": .won, "won": .won,
        "천원": .thousandWon, "千원": .thousandWon, "千元": .thousandWon, "천": .thousandWon,
        "1000원": .thousandWon, "만원": .tenThousandWon, "万원": .tenThousandWon,
        "백만원": .millionWon, "百만원": .millionWon, "백만": .millionWon, "100만원": .millionWon,
        "천만원": .tenMillionWon, "억원": .hundredMillionWon, "億원": .hundredMillionWon,
        "억": .hundredMillionWon, "십억원": .billionWon, "십억": .billionWon,
        "조원": .trillionWon, "조": .trillionWon,
    ]

    /// Finds the unit that a header or a title states: `사업비(천원)`, `(단위: 백만원)`,
    /// `예산액_억원`, `금액 [VAT 포함, 천원]`; nothing where it states none or two different ones.
    public static func detect(in header: String) -> MoneyUnit? {
        let found = Set(HeaderWords(header).words.compactMap(unit(of:)))
        return found.count == 1 ? found.first : nil
    }

    private static let unitPrefixes = ["금액단위", "단위"]
    private static let amountPrefixes = [
        "금액", "예산", "예산액", "사업비", "사업금액", "계약금액", "배정예산", "총사업비",
    ]

    private static func unit(of word: HeaderWords.Word) -> MoneyUnit? {
        // Outside brackets, 조 and 천 are parts of ordinary words.
        if word.isBracketed || word.text.count > 1, let unit = words[word.text] { return unit }
        for prefix in unitPrefixes + amountPrefixes where word.text.hasPrefix(prefix) {
            if let unit = words[String(word.text.dropFirst(prefix.count))] { return unit }
        }
        return nil
    }
}

/// The words of a header, split at brackets and punctuation, without white space.
private struct HeaderWords {
    struct Word {
        var text = ""
        /// Whether an opening bracket or the colon of "단위:" stands right before it.
        var isBracketed = false
    }

    private(set) var words: [Word] = []

    init(_ header: String) {
        let characters = Array(header.lowercased())
        var word = Word()
        for (index, character) in characters.enumerated() {
            let isThousandsComma =
                character == "," && index > 0 && characters[index - 1].isNumber
                && index + 1 < characters.count && characters[index + 1].isNumber
            if character.isNewline
                || (!isThousandsComma && ",/;·:：_()[]（）［］<>〈〉【】{}、".contains(character))
            {
                words.append(word)
                word = Word(isBracketed: "([（［{<〈【:：".contains(character))
            } else if !isThousandsComma, !character.isWhitespace {
                word.text.append(character)
            }
        }
        words.append(word)
        words.removeAll { $0.text.isEmpty }
    }
}
