/// The particles and verb endings that an analyser takes off a word, and the words that only look as
/// if they ended in one.
///
/// A table, not a dictionary of Korean: what it takes off too much or too little, the pairs of
/// syllables beside the stems make good.
enum Endings {
    /// The syllables that must remain of a word.
    static let minimumStemSyllableCount = 2
    /// The most endings taken off one word: 센터에서만은 has two.
    static let maximumRoundCount = 2
    /// The longest ending or protected word, in syllables.
    static let maximumSyllableCount = 4

    /// Particles, endings of 하다, 되다, 받다, 시키다, 있다 and 없다, and of the copula 이다.
    static let stripped = table(
        """
        은 는 이 가 을 를 의 에 로 와 과 도 만 나 랑 야 아 며 고
        에서 에게 께서 으로 로서 로써 으로서 으로써 부터 까지 처럼 보다 마다 조차 마저
        이나 이랑 이며 이고 하고 라고 이라고 라는 이라는 이란 란 라도 이라도
        에는 에도 에만 에서는 에서도 에서의 에게서 으로는 으로도 로는 로도 로의 으로의
        와의 과의 와는 과는 까지는 까지의 까지도 부터는 부터의 만의 만이 만을 만은
        이다 인 인가 인가요 인지 이었던 이었다 였다 였던 이었고 였고 이자 입니다 입니까 이에요 예요
        이지만 지만 이라며 라며 뿐 뿐만 밖에 대로 만큼 들 들은 들이 들을 들의 들에게 들도 들과 들에
        하는 하다 한다 하여 해 했다 했던 했고 한 할 함 합니다 했습니다 하나요 하면 하며 하기 하지
        했으며 했는데 하였다 하였고 하였던 했을 하던 해서 해야 하려면 하려고 하도록
        되는 되다 된다 되고 되어 돼 됐다 됐던 된 될 됨 됩니다 됐습니다 되나요 되면 되며 되기 되지
        되었다 되었던 되었고 됐으며 되었으며 되던 돼서 되어야 받은 받는 받을 받아 받고 받았다 받았던
        시킨 시키는 시켰다 시켜 있는 있다 있습니다 있었던 있었다 없는 없다 없습니다
        """
    )

    /// Words that keep their end wherever a word ends in them: 정보화사업평가, 공공와이파이.
    static let protectedEnds = table(
        """
        국가 평가 허가 증가 추가 참가 휴가 연가 병가 공가 단가 원가 물가 전문가 활동가
        나이 차이 놀이 높이 길이 깊이 넓이 종이 어린이 젊은이 와이파이 파이 이야기 사이
        협의 유의 편의 결의 영상회의 화상회의 원격회의 전자회의 정기회의 간부회의 대책회의
        실무회의 확대회의 정책회의 제도 속도 온도 습도 밀도 지도 철도 인도 빈도 강도 각도 용도 의도
        태도 한도 연도 년도 난이도 만족도 완성도 신뢰도 횡단보도 경기도 강원도 제주도 경상도 전라도
        충청도 도로 경로 진로 선로 통로 을지로 테헤란로 결과 효과 성과 학과 부과 통과 초과 경과
        분야 시야 육아 유아 소아 영아 불만 비만 사랑 자랑 노랑 파랑 신고 사고 공고 창고 광고 권고
        경고 예고 보고 재고 참고 최고 논란 교란 노인 애인 법인 개인 확인 승인 온라인 오프라인
        라인 디자인 할인 본인 군인 체인 도메인 카페인 메인 외국인 무인 원인 보호인 대리인 연예인
        이해 피해 재해 침해 공해 저해 항해 견해 제한 권한 기한 북한 무한 역할 분할 관할 포함
        사물함 우편함 보관함 수거함 하나 누구나 아시아 미디어 경로당
        """
    )

    /// The syllables as one number, the last lowest; words of up to four syllables fit.
    static func packed(_ syllables: ArraySlice<UInt16>) -> UInt64 {
        syllables.reduce(0) { $0 << 16 | UInt64($1) }
    }

    /// The stem of a run of Hangul: what remains without endings, by the longest one each time.
    static func stem(_ run: ArraySlice<UInt16>) -> ArraySlice<UInt16> {
        var stem = run
        for _ in 0..<maximumRoundCount {
            guard !isProtected(stem),
                let length = endingLength(stem, keeping: minimumStemSyllableCount)
            else { break }
            stem = stem.dropLast(length)
        }
        return stem
    }

    /// Whether a run is nothing but an ending, as after `CCTV` in `CCTV를`.
    static func isEnding(_ run: ArraySlice<UInt16>) -> Bool {
        run.count <= maximumSyllableCount && stripped.contains(packed(run))
    }

    private static func isProtected(_ run: ArraySlice<UInt16>) -> Bool {
        lengths(of: run, keeping: 0).contains { protectedEnds.contains(packed(run.suffix($0))) }
    }

    private static func endingLength(_ run: ArraySlice<UInt16>, keeping count: Int) -> Int? {
        lengths(of: run, keeping: count).first { stripped.contains(packed(run.suffix($0))) }
    }

    private static func lengths(
        of run: ArraySlice<UInt16>,
        keeping count: Int
    ) -> ReversedCollection<Range<Int>> {
        (1..<max(1, min(maximumSyllableCount, run.count - count) + 1)).reversed()
    }

    private static func table(_ words: String) -> Set<UInt64> {
        Set(words.split(whereSeparator: \.isWhitespace).map { packed(Array($0.utf16)[...]) })
    }
}
