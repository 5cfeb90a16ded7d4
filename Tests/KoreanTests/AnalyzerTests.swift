import Testing

@testable import Korean

private func tokens(_ text: String, _ kinds: Set<Token.Kind>) -> [String] {
    Analyzer().tokens(of: text).filter { kinds.contains($0.kind) }.map(\.text)
}

@Suite struct AnalyzerTests {
    @Test(
        arguments: [
            ("서울시는", "서울시"), ("챗봇을", "챗봇"), ("센터에서만은", "센터"), ("주민에게", "주민"),
            ("구축하는", "구축"), ("구축합니다", "구축"), ("개선했다", "개선"), ("사업이라도", "사업"),
            ("위원회의", "위원회"), ("복지", "복지"), ("시스템으로", "시스템"), ("부서까지", "부서"),
            ("국가가", "국가"), ("점을", "점"), ("물에", "물"), ("법으로", "법"), ("밤까지", "밤"),
        ])
    func `a particle or ending comes off its word`(word: String, stem: String) {
        #expect(tokens(word, [.word]) == [stem])
    }

    @Test(
        arguments: [
            "회의", "의의", "나이", "고가", "평가", "국가", "정의", "도로", "으로", "차이", "영상회의",
            "사업평가", "자전거도로", "공공와이파이", "노인", "장애인", "온라인", "경기도", "입찰공고", "만족도",
            "스마트경로당", "이용제한", "도시디자인", "경기도", "카페인", "마을", "가을",
        ])
    func `a word that only looks like one with a particle stays whole`(word: String) {
        #expect(tokens(word, [.word]) == [word])
    }

    @Test func `two syllables of a word remain where an ending is not certain`() {
        for word in ["도는", "물은", "나도", "책이", "한의"] {
            #expect(tokens(word, [.word]) == [word])
        }
        #expect(tokens("동", [.word]) == ["동"])
    }

    @Test func `a particle that does not agree with the sound before it is none`() {
        #expect(tokens("관할구역를", [.word]) == ["관할구역를"])
        #expect(tokens("사무실로 사무소로 사무국으로", [.word]) == ["사무실", "사무소", "사무국"])
        #expect(tokens("사무국로", [.word]) == ["사무국로"])
    }

    @Test func `a run of Hangul gives its bigrams, so that unspaced text is found`() {
        #expect(
            tokens("지능형선별관제를", [.bigram])
                == ["지능", "능형", "형선", "선별", "별관", "관제", "제를"]
        )
        #expect(tokens("동", [.bigram]).isEmpty)
    }

    @Test func `bigrams reach across spaces and signs, whole words and numbers as one`() {
        let spaced = tokens("연가 일수(2025년 CCTV) 漢字", [.bigram])
        #expect(
            spaced
                == [
                    "연가", "가일", "일수", "수2025", "2025년", "년cctv", "cctv漢", "漢字",
                ].map { $0 == "수2025" ? "수(2025" : $0 == "cctv漢" ? "cctv)漢" : $0 }
        )
        let keys = { (text: String) in
            Analyzer().tokens(of: text).filter { $0.kind == .bigram }.map(\.key)
        }
        #expect(keys("연가 일수(2025년 CCTV) 漢字") == keys("연가일수2025년CCTV漢字"))
    }

    @Test func `the fast count agrees with the tokens`() {
        var text = "연가 일수는 1,431건 CCTV 5G 漢字 🤖 é"
        let all = Array(Analyzer().tokens(of: text))
        let counts = text.withUTF8 { Analyzer().termCount(utf8: $0) }
        #expect(counts.stems == all.count { $0.kind != .bigram })
        #expect(counts.bigrams == all.count { $0.kind == .bigram })
    }

    @Test(
        arguments: [
            ("5G 망", ["5g"]), ("CCTV를", ["cctv"]), ("Ｗｉ－Ｆｉ", ["wi", "fi"]), ("H264", ["h264"]),
            ("café", ["café"]), ("cafe\u{301}", ["café"]), ("AI기반", ["ai"]),
        ] as [(String, [String])]
    )
    func `Latin letters stay whole, in lower case and half width`(text: String, words: [String]) {
        #expect(tokens(text, [.latin]) == words)
    }

    @Test(
        arguments: [
            ("2023년", ["2023", "2023년"]), ("3.5억원의", ["3.5", "3.5억원"]),
            ("1,431건을", ["1431", "1431건"]), ("10%", ["10", "10%"]), ("25개소", ["25", "25개소"]),
            ("3 월", ["3"]), ("100", ["100"]), ("2023년형", ["2023"]), ("1,", ["1"]),
            ("2025.7.22", ["2025", "7", "22"]), ("2025-07-22", ["2025", "7", "22"]),
            ("0.5%", ["0.5", "0.5%"]),
            ("07월 00", ["7", "7월", "0"]), ("2025. 7. 22.", ["2025", "7", "22"]),
        ] as [(String, [String])]
    )
    func `a number gives its digits and itself with its unit`(text: String, numbers: [String]) {
        #expect(tokens(text, [.number, .quantity]) == numbers)
    }

    @Test func `the particle after Latin letters or a unit gives no token`() {
        #expect(tokens("CCTV를 2023년에 설치", [.word]) == ["설치"])
    }

    @Test func `signs and emoji give no token, other scripts do`() {
        #expect(Array(Analyzer().tokens(of: "…!?🤖 ·—")).isEmpty)
        #expect(tokens("漢字와", [.other]) == ["漢字"])
        #expect(Array(Analyzer().tokens(of: "")).isEmpty)
    }

    @Test func `every token names the bytes of the source it stands for`() {
        let text = "ＡＩ 챗봇은\u{1112}\u{1161}\u{11AB}글 2,023년"
        let bytes = Array(text.utf8)
        let parts = Analyzer().tokens(of: text).filter { $0.kind != .bigram }.map { token in
            String(decoding: bytes[token.utf8Range], as: UTF8.self)
        }
        #expect(parts == ["ＡＩ", "챗봇은\u{1112}\u{1161}\u{11AB}글", "2,023", "2,023년"])
    }
}

@Suite struct HangulTests {
    @Test func `every one of the 11,172 syllables composes from its jamo`() {
        for syllable in Hangul.syllables {
            let index = syllable - 0xAC00
            var jamo: [UInt16] = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
            if index % 28 != 0 { jamo.append(0x11A7 + index % 28) }
            let text = String(decoding: jamo, as: UTF16.self)
            guard FoldedText(text).units == [syllable] else {
                Issue.record("\(text) does not compose")
                return
            }
        }
    }

    @Test func `jamo that do not meet stay apart`() {
        #expect(FoldedText("ㄱㅏ").units == Array("ㄱㅏ".utf16))
        #expect(FoldedText("\u{1100} \u{1161}").count == 2)
        #expect(FoldedText("각\u{11A8}").count == 2)
        #expect(FoldedText("\u{1161}").units == [0x1161])
    }

    @Test func `canonical equivalents outside Hangul fold to the same letter`() {
        #expect(FoldedText("ANGSTRO\u{308}M").units == Array("angström".utf16))
        #expect(FoldedText("\u{F914}").units == FoldedText("樂").units)
        #expect(FoldedText("か\u{3099}").units == Array("が".utf16))
        #expect(FoldedText("и\u{306}").units == Array("й".utf16))
    }

    @Test func `bytes that are not UTF-8 read as the replacement character`() {
        let bytes: [UInt8] = [
            0xEA, 0xB0, 0x80, 0xFF, 0xED, 0xA0, 0x80, 0xE3, 0x82, 0xC0, 0x80, 0xF5,
        ]
        var rows = FoldedRows()
        bytes.withUnsafeBufferPointer { rows.appendRow($0) }
        #expect(rows.units.first == 0xAC00)
        #expect(rows.units.dropFirst().allSatisfy { $0 == 0xFFFD })
    }
}
