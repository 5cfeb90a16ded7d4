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

    /// The endings of a predicate that asks or leads to what is asked: 나오나요, 받으려면, 안 냈는데.
    private static let predicateEnds = SyllableTable(
        """
        나요 까요 가요 어요 아요 해요 돼요 에요 예요 여요 네요 대요 래요 세요 지요 죠 줘 니까 습니다 는지 은지 인지 을지 할지 려면
        으면 하면 되면 는데 은데 인데 했는 됐는 싶은 싶어 는가 던가 었나 았나 했나 됐나 있나 되나 하나 주나 가나 오나 려고 다가 아서 어서
        해서 돼서 아도 어도 해도 돼도 써도 가도 려나 을까 할까 될까 는다 하는 되는 있는 없는 하려
        """.split(whereSeparator: \.isWhitespace).map { (word: String($0), value: 1) }
    )

    /// Bound nouns, adverbs and auxiliary verbs, which questions on anything have.
    private static let lightWords = SyllableTable(
        """
        수 것 거 게 때 등 좀 더 또 꼭 안 못 잘 다 제 저 내 나 우리 이 그 저는 제가 쓸 쓰 할 될 줄 갈 올 하고 하는 하면 가서 와서 나와 나오
        돼 돼요 되요 되나 되면 되는 있어 있나 있는 있으면 없어 없나 없으면 봐 봐요 주면 주나 줘 줘요 줘야 알려 알려줘 주세요 싶어 싶은 경우
        """.split(whereSeparator: \.isWhitespace).map { (word: String($0), value: 1) }
    )

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

    /// Whether a word, its ending included, says how a question asks rather than what about: a
    /// predicate as questions have it, a bound noun, an auxiliary.
    static func isLight(_ word: ArraySlice<UInt16>) -> Bool {
        isLightWord(word) || predicateEndCount(of: word) > 0
    }

    /// Whether a word is a bound noun, an adverb or an auxiliary verb of questions on anything.
    static func isLightWord(_ word: ArraySlice<UInt16>) -> Bool {
        word.count <= SyllableTable.maximumSyllableCount
            && lightWords.value(of: packed(word)) != 0
    }

    /// How many syllables at the end of a word are those of a predicate that asks; 0 for none.
    static func predicateEndCount(of word: ArraySlice<UInt16>) -> Int {
        (1...3).last { count in
            word.count > count && predicateEnds.value(of: packed(word.suffix(count))) != 0
        } ?? 0
    }

    /// Whether two neighbouring syllables belong to asking words, mostly.
    static func contains(pair: ArraySlice<UInt16>) -> Bool {
        pair.count == 2 && table.value(of: packed(pair)) & Mark.pair != 0
    }

    private static func packed(_ units: ArraySlice<UInt16>) -> UInt64 {
        units.reduce(0) { $0 << 16 | UInt64($1) }
    }
}
