import Basics

/// The fields of 온통청년 (한국고용정보원, getPlcy): limits and lists of codes, of which one is enough.
struct YouthPolicy {
    let record: CatalogueRecord
    let date: LocalDate

    /// Whether a record is of this catalogue.
    static func reads(_ record: CatalogueRecord) -> Bool { record["plcyNo"] != nil }

    func draft() -> RuleDraft {
        var draft = RuleDraft(
            name: "youth-" + (record["plcyNo"] ?? ""),
            title: record["plcyNm"] ?? record["plcyNo"] ?? "",
            source: RuleSource(
                title: Bilingual(same: "온통청년 청년정책"),
                url: "https://www.youthcenter.go.kr/go/ythip/getPlcy",
                checked: date
            )
        )
        draft.summary = record["plcyExplnCn"] ?? record["plcySprtCn"] ?? ""
        draft.provider = record["sprvsnInstCdNm"] ?? record["operInstCdNm"] ?? ""
        draft.url = record["aplyUrlAddr"] ?? record["refUrlAddr1"]
        draft.addAges(from: "sprtTrgtMinAge", to: "sprtTrgtMaxAge", of: record)
        addPlaces(to: &draft)
        addIncome(to: &draft)
        draft.add(anyOf: chosen("mrgSttsCd", Self.marriage), name: "marriage", group: "혼인")
        draft.add(anyOf: chosen("jobCd", Self.jobs), name: "job", group: "취업 상태")
        draft.add(anyOf: chosen("schoolCd", Self.schools), name: "school", group: "학력")
        draft.add(anyOf: chosen("plcyMajorCd", Self.majors), name: "major", group: "전공")
        let special = record["sbizCd"] == nil ? "sBizCd" : "sbizCd"
        draft.add(anyOf: chosen(special, Self.specials), name: "special", group: "특화 분야")
        addWindows(to: &draft)
        if record.isYes("sprtArvlSeqYn") {
            draft.isFirstCome = true
            draft.places = record.limit("sprtSclCnt", in: 1...9_999_998)
        }
        for (field, title) in [
            ("earnEtcCn", "소득"), ("addAplyQlfcCndCn", "추가 자격"), ("ptcpPrpTrgtCn", "제외 대상"),
            ("sbmsnDcmntCn", "제출 서류"), ("srngMthdCn", "심사 방법"),
        ] {
            if let text = record[field] { draft.judgedByPeople.append("\(title): \(text)") }
        }
        return draft
    }

    /// The codes of a field; none where one of them says that there is no limit.
    private func chosen(_ field: String, _ meanings: [CodeMeaning]) -> [CodeMeaning] {
        let codes = record.codes(field)
        // The last code of every list is 제한없음; of the marriages it is the third.
        guard let unlimited = meanings.last?.code, !codes.contains(unlimited) else { return [] }
        return codes.map { code in
            meanings.first { $0.code == code } ?? CodeMeaning(code, field)
        }
    }

    // MARK: Places, income and days

    /// The districts of Seoul by their codes, with the names of the fact's choices.
    static let districts = [
        ("11110", "jongno"), ("11140", "jung"), ("11170", "yongsan"), ("11200", "seongdong"),
        ("11215", "gwangjin"), ("11230", "dongdaemun"), ("11260", "jungnang"),
        ("11290", "seongbuk"), ("11305", "gangbuk"), ("11320", "dobong"), ("11350", "nowon"),
        ("11380", "eunpyeong"), ("11410", "seodaemun"), ("11440", "mapo"), ("11470", "yangcheon"),
        ("11500", "gangseo"), ("11530", "guro"), ("11545", "geumcheon"), ("11560", "yeongdeungpo"),
        ("11590", "dongjak"), ("11620", "gwanak"), ("11650", "seocho"), ("11680", "gangnam"),
        ("11710", "songpa"), ("11740", "gangdong"),
    ]

    private func addPlaces(to draft: inout RuleDraft) {
        let codes = Set(record.codes("zipCd"))
        guard !codes.isEmpty else { return }
        let inside = Self.districts.filter { codes.contains($0.0) }
        guard inside.count == codes.count else {
            // A list of the whole country limits nobody; any other reaches beyond what the facts tell.
            let isNational = Set(codes.map { $0.prefix(2) }).count >= 16
            if !isNational {
                draft.judgedByPeople.append("거주지: \(codes.sorted().joined(separator: ", "))")
            }
            return
        }
        let names = inside.map(\.1).joined(separator: ", ")
        draft.hints.append(
            inside.count == Self.districts.count
                ? .clause("residence", asks: "fact: seoulResident, is: yes", code: "zipCd")
                : .clause("residence", asks: "fact: district, oneOf: [\(names)]", code: "zipCd")
        )
    }

    /// Amounts are in 만원 a year; 0 and runs of nines are no limit.
    private func addIncome(to draft: inout RuleDraft) {
        guard record["earnCndSeCd"] == "0043002" else { return }
        let words = [
            record.limit("earnMinAmt", in: 1...99_998).map { "atLeast: \($0)만원" },
            record.limit("earnMaxAmt", in: 1...99_998).map { "atMost: \($0)만원" },
        ].compactMap { $0 }
        guard !words.isEmpty else { return }
        draft.hints.append(
            .clause(
                "income",
                asks: "fact: coupleYearlyIncome, \(words.joined(separator: ", "))",
                code: "earnCndSeCd 0043002"
            )
        )
    }

    /// The days on which applications are taken: `20260506 ~ 20260519`, several after each other.
    private func addWindows(to draft: inout RuleDraft) {
        let days = (record["aplyYmd"] ?? "").split { !$0.isASCII || !$0.isNumber }
            .filter { $0.count == 8 }.map(Self.date)
        for place in stride(from: 0, to: days.count - days.count % 2, by: 2) {
            guard let from = days[place], let to = days[place + 1], from <= to else { continue }
            draft.windows.append(.days(from: from, to: to))
        }
        if draft.windows.isEmpty {
            draft.windows = [.always]
            if record["aplyPrdSeCd"] != "0057002" {
                draft.judgedByPeople.append("신청 기간: 목록에 날짜가 없습니다.")
            }
        }
    }

    private static func date(_ digits: Substring) -> LocalDate? {
        LocalDate(iso: "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
    }

    // MARK: Codes

    private static let marriage = [
        CodeMeaning("0055001", "기혼", "fact: married, is: yes"),
        CodeMeaning("0055002", "미혼", "fact: married, is: no"),
        CodeMeaning("0055003", "제한없음"),
    ]

    private static let jobs = [
        CodeMeaning("0013001", "재직자", "fact: work, is: employee"),
        CodeMeaning("0013002", "자영업자", "fact: work, is: selfEmployed"),
        CodeMeaning("0013003", "미취업자", "fact: work, is: none"),
        CodeMeaning("0013004", "프리랜서", "fact: work, is: selfEmployed"),
        CodeMeaning("0013005", "일용근로자", "fact: work, is: employee"),
        CodeMeaning("0013006", "(예비)창업자"),
        CodeMeaning("0013007", "단기근로자", "fact: work, is: employee"),
        CodeMeaning("0013008", "영농종사자"), CodeMeaning("0013009", "기타"),
        CodeMeaning("0013010", "제한없음"),
    ]

    private static let schools = [
        CodeMeaning("0049001", "고졸 미만"), CodeMeaning("0049002", "고교 재학"),
        CodeMeaning("0049003", "고졸 예정"), CodeMeaning("0049004", "고교 졸업"),
        CodeMeaning("0049005", "대학 재학", "fact: universityStudent, is: yes"),
        CodeMeaning("0049006", "대졸 예정"), CodeMeaning("0049007", "대학 졸업"),
        CodeMeaning("0049008", "석·박사"), CodeMeaning("0049009", "기타"),
        CodeMeaning("0049010", "제한없음"),
    ]

    private static let majors = [
        CodeMeaning("0011001", "인문계열"), CodeMeaning("0011002", "사회계열"),
        CodeMeaning("0011003", "상경계열"), CodeMeaning("0011004", "이학계열"),
        CodeMeaning("0011005", "공학계열"), CodeMeaning("0011006", "예체능계열"),
        CodeMeaning("0011007", "농산업계열"), CodeMeaning("0011008", "기타"),
        CodeMeaning("0011009", "제한없음"),
    ]

    private static let specials = [
        CodeMeaning("0014001", "중소기업"),
        CodeMeaning("0014002", "여성", "fact: sex, is: female"),
        CodeMeaning(
            "0014003",
            "기초생활수급자",
            "fact: basicLivelihood, oneOf: [livelihood, medical, housing, education]"
        ),
        CodeMeaning("0014004", "한부모가정", "fact: onlyParent, is: yes"),
        CodeMeaning("0014005", "장애인", "fact: situation, includes: [disabled]"),
        CodeMeaning("0014006", "농업인"), CodeMeaning("0014007", "군인"),
        CodeMeaning("0014008", "지역인재"), CodeMeaning("0014009", "기타"),
        CodeMeaning("0014010", "제한없음"),
    ]
}
