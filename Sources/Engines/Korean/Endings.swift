/// The particles and verb endings that an analyser takes off a word, and the words that only look as
/// if they ended in one.
///
/// A table, not a dictionary of Korean. Many particles have one form after a consonant and one after
/// a vowel (은/는, 이/가, 으로/로): a form that does not agree with the syllable before it is no
/// particle, which keeps 국가, 나이 and 차이 whole without a list. What the table takes off too much
/// or too little, the pairs of syllables beside the stems make good.
enum Endings {
    /// The syllables that must remain of a word, but for the endings of `closing`.
    static let minimumStemSyllableCount = 2
    /// The most endings taken off one word: 센터에서만은 has two.
    static let maximumRoundCount = 2

    /// What the table knows of a suffix.
    private enum Mark {
        static let ending: UInt16 = 1
        static let protected: UInt16 = 2
        /// Stands after a final consonant only.
        static let afterConsonant: UInt16 = 4
        /// Stands after a vowel only.
        static let afterVowel: UInt16 = 8
        /// Stands after a vowel or ㄹ only.
        static let afterVowelOrRieul: UInt16 = 16
        /// Comes off although one syllable remains: 점을, 물에, 법으로.
        static let closing: UInt16 = 32
    }

    private static let afterConsonant =
        "은 이 을 과 으로 으로서 으로써 으로는 으로도 으로의 이나 이랑 이란 이라고 이라는 이라도 과는 과의"
    private static let afterVowel = "가 를 와 랑 란 라고 라는 라도 와는 와의 예요 였다 였던 였고"
    private static let afterVowelOrRieul = "로 로서 로써 로는 로도 로의"
    private static let closing = """
        을 를 에 에서 에서는 에서도 에서의 에는 에도 에만 에게 에게서 으로 으로는 으로도 으로의 으로서 으로써 부터 까지 처럼
        """

    /// Particles, endings of 하다, 되다, 받다, 시키다, 있다 and 없다, and of the copula 이다.
    private static let stripped = """
        는 의 도 만 나 야 아 며 고
        께서 보다 마다 조차 마저 이며 이고 하고
        까지는 까지의 까지도 부터는 부터의 만의 만이 만을 만은
        이다 인 인가 인가요 인지 이었던 이었다 이었고 이자 입니다 입니까 이에요
        이지만 지만 이라며 라며 뿐 뿐만 밖에 대로 만큼 들 들은 들이 들을 들의 들에게 들도 들과 들에
        하는 하다 한다 하여 해 했다 했던 했고 한 할 함 합니다 했습니다 하나요 하면 하며 하기 하지
        했으며 했는데 하였다 하였고 하였던 했을 하던 해서 해야 하려면 하려고 하도록
        되는 되다 된다 되고 되어 돼 됐다 됐던 된 될 됨 됩니다 됐습니다 되나요 되면 되며 되기 되지
        되었다 되었던 되었고 됐으며 되었으며 되던 돼서 되어야 받은 받는 받을 받아 받고 받았다 받았던
        시킨 시키는 시켰다 시켜 있는 있다 있습니다 있었던 있었다 없는 없다 없습니다
        """

    /// Words that keep their end wherever a word ends in them: 정보화사업평가, 공공와이파이.
    private static let protectedEnds = """
        평가 허가 증가 추가 참가 휴가 연가 병가 공가 단가 원가 물가 전문가 활동가
        놀이 높이 길이 깊이 넓이 어린이 젊은이 와이파이 파이 이야기 사이
        협의 유의 편의 결의 영상회의 화상회의 원격회의 전자회의 정기회의 간부회의 대책회의
        실무회의 확대회의 정책회의 제도 속도 온도 습도 밀도 지도 철도 인도 빈도 강도 각도 용도 의도
        태도 한도 연도 년도 난이도 만족도 완성도 신뢰도 횡단보도 경기도 강원도 제주도 경상도 전라도
        충청도 도로 경로 진로 선로 통로 을지로 테헤란로 결과 효과 성과 학과 부과 통과 초과 경과
        분야 시야 육아 유아 소아 영아 불만 비만 사랑 자랑 노랑 파랑 신고 사고 공고 창고 광고 권고
        경고 예고 보고 재고 참고 최고 논란 교란 노인 애인 법인 개인 확인 승인 온라인 오프라인
        라인 디자인 할인 본인 군인 체인 도메인 카페인 메인 외국인 무인 원인 보호인 대리인 연예인
        이해 피해 재해 침해 공해 저해 항해 견해 제한 권한 기한 북한 무한 역할 분할 관할 포함
        사물함 우편함 보관함 수거함 하나 누구나 아시아 미디어 경로당
        마을 가을 노을 고을
        """

    private static let table = SyllableTable(
        [
            (stripped, Mark.ending), (protectedEnds, Mark.protected),
            (afterConsonant, Mark.ending | Mark.afterConsonant),
            (afterVowel, Mark.ending | Mark.afterVowel),
            (afterVowelOrRieul, Mark.ending | Mark.afterVowelOrRieul),
            (closing, Mark.ending | Mark.closing),
        ].flatMap { words, mark in
            words.split(whereSeparator: \.isWhitespace).map { (word: String($0), value: mark) }
        }
    )

    /// The length of the stem of a run of Hangul: what remains without endings, by the longest one
    /// each time.
    static func stemLength(of run: UnsafeBufferPointer<UInt16>) -> Int {
        let table = table
        var length = run.count
        for _ in 0..<maximumRoundCount {
            var key: UInt64 = 0
            var best = 0
            for count in 1..<(min(SyllableTable.maximumSyllableCount, length) + 1) {
                key |= UInt64(run[length - count]) << UInt64(16 * (count - 1))
                let marks = table.value(of: key)
                if marks & Mark.protected != 0 { return length }
                let least = marks & Mark.closing != 0 ? 1 : minimumStemSyllableCount
                if marks & Mark.ending != 0, length - count >= least,
                    agrees(marks, after: run[length - count - 1])
                {
                    best = count
                }
            }
            if best == 0 { break }
            length -= best
        }
        return length
    }

    /// Whether a run is nothing but an ending, as after `CCTV` in `CCTV를`.
    static func isEnding(_ run: UnsafeBufferPointer<UInt16>) -> Bool {
        guard !run.isEmpty, run.count <= SyllableTable.maximumSyllableCount else { return false }
        return table.value(of: run.reduce(0) { $0 << 16 | UInt64($1) }) & Mark.ending != 0
    }

    @inline(__always)
    private static func agrees(_ marks: UInt16, after syllable: UInt16) -> Bool {
        let bound = Mark.afterConsonant | Mark.afterVowel | Mark.afterVowelOrRieul
        guard marks & bound != 0 else { return true }
        let final = Hangul.finalConsonant(of: syllable) ?? 0
        if marks & Mark.afterConsonant != 0 { return final != 0 }
        return final == 0 || (marks & Mark.afterVowelOrRieul != 0 && final == Hangul.finalRieul)
    }
}
