/// The words by which a question asks, and which its answer seldom holds: they count less.
///
/// A closed class of Korean grammar: pronouns and determiners that ask, and the endings of a question.
enum Interrogatives {
    /// What an asking word counts beside another.
    static let weight: Float = 0.3

    private enum Mark {
        static let beginning: UInt16 = 1
        static let whole: UInt16 = 2
        static let pair: UInt16 = 4
    }

    private static let table = SyllableTable(
        [
            (Mark.beginning, "누구 누가 무엇 무슨 무어 어디 언제 얼마 어느 어떤 어떻 어떠 어째 몇"),
            (Mark.whole, "왜 뭐 뭘 뭔가 인가요 인가 입니까 은가 는가"),
            (
                Mark.pair,
                """
                누구 구인 누가 무엇 엇인 엇을 무슨 어디 디인 디에 언제 제인 얼마 마인 어느 어떤 어떻 떻게 인가 은가 는가 었는 였는 했는
                되는 나요 까요 인지 는지
                """
            ),
        ].flatMap { mark, words in
            words.split(whereSeparator: \.isWhitespace).map { (word: String($0), value: mark) }
        }
    )

    /// Whether a word asks.
    static func contains(word: ArraySlice<UInt16>) -> Bool {
        if word.count <= SyllableTable.maximumSyllableCount,
            table.value(of: packed(word)) & Mark.whole != 0
        {
            return true
        }
        return (1...2).contains { count in
            count <= word.count && table.value(of: packed(word.prefix(count))) & Mark.beginning != 0
        }
    }

    /// Whether two neighbouring syllables belong to asking words, mostly.
    static func contains(pair: ArraySlice<UInt16>) -> Bool {
        pair.count == 2 && table.value(of: packed(pair)) & Mark.pair != 0
    }

    private static func packed(_ units: ArraySlice<UInt16>) -> UInt64 {
        units.reduce(0) { $0 << 16 | UInt64($1) }
    }
}
