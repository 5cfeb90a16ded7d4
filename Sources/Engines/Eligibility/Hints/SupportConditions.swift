import Basics

/// The codes of 보조금24 (행정안전부 공공서비스 정보, supportConditions): `Y` where a service is also for them.
///
/// All codes of a group together mean that the group limits nobody, and so does 해당사항없음.
struct SupportConditions {
    /// The fields of a record: those of the service and its codes.
    let record: CatalogueRecord
    let date: LocalDate

    /// Whether a record is of this catalogue.
    static func reads(_ record: CatalogueRecord) -> Bool { record["서비스ID"] != nil }

    func draft() -> RuleDraft {
        var draft = RuleDraft(
            name: "gov24-" + (record["서비스ID"] ?? ""),
            title: record["서비스명"] ?? record["서비스ID"] ?? "",
            source: RuleSource(
                title: Bilingual(same: "보조금24 지원조건"),
                url: "https://www.data.go.kr/data/15113968/openapi.do",
                checked: date
            )
        )
        draft.summary = record["서비스목적요약"] ?? ""
        draft.provider = record["소관기관명"] ?? ""
        draft.url = record["상세조회URL"]
        draft.windows = [.always]
        draft.addAges(from: "JA0110", to: "JA0111", of: record)
        draft.add(anyOf: chosen(Self.sexes), name: "sex", group: "성별")
        addIncome(to: &draft)
        if !record.isYes("JA0322") {
            draft.add(anyOf: chosen(Self.persons), name: "person", group: "대상")
        }
        if !record.isYes("JA0410") {
            draft.add(anyOf: chosen(Self.households), name: "household", group: "가구")
        }
        draft.add(anyOf: chosen(Self.businesses), name: "business", group: "사업체")
        for field in ["지원대상", "선정기준"] {
            if let text = record[field] { draft.judgedByPeople.append("\(field): \(text)") }
        }
        return draft
    }

    /// The codes of a group that are set; none where all are.
    private func chosen(_ group: [CodeMeaning]) -> [CodeMeaning] {
        let set = group.filter { record.isYes($0.code) }
        return set.count == group.count ? [] : set
    }

    // MARK: Income

    /// The bands of income in percent of the median: above the first number, up to the second.
    private static let bands: [(code: String, above: Int?, upTo: Int?)] = [
        ("JA0201", nil, 50), ("JA0202", 50, 75), ("JA0203", 75, 100), ("JA0204", 100, 200),
        ("JA0205", 200, nil),
    ]

    /// Neighbouring bands are one range.
    private func addIncome(to draft: inout RuleDraft) {
        var ranges: [(codes: [String], above: Int?, upTo: Int?)] = []
        for band in Self.bands where record.isYes(band.code) {
            if let last = ranges.last, last.upTo != nil, last.upTo == band.above {
                ranges[ranges.count - 1] = (last.codes + [band.code], last.above, band.upTo)
            } else {
                ranges.append(([band.code], band.above, band.upTo))
            }
        }
        let limits = ranges.compactMap { range -> CodeMeaning? in
            let words = [
                range.above.map { "moreThan: \($0) %" }, range.upTo.map { "atMost: \($0) %" },
            ].compactMap { $0 }
            guard !words.isEmpty else { return nil }
            return CodeMeaning(
                range.codes.joined(separator: "-"),
                "중위소득",
                "fact: householdIncomePercent, \(words.joined(separator: ", "))"
            )
        }
        draft.add(anyOf: limits, name: "income", group: "소득")
    }

    // MARK: Codes

    private static let sexes = [
        CodeMeaning("JA0101", "남성", "fact: sex, is: male"),
        CodeMeaning("JA0102", "여성", "fact: sex, is: female"),
    ]

    private static let persons = [
        CodeMeaning("JA0301", "예비부모·난임"),
        CodeMeaning("JA0302", "임산부"),
        CodeMeaning("JA0303", "출산·입양"),
        CodeMeaning("JA0313", "농업인"), CodeMeaning("JA0314", "어업인"),
        CodeMeaning("JA0315", "축산업인"), CodeMeaning("JA0316", "임업인"),
        CodeMeaning("JA0317", "초등학생"), CodeMeaning("JA0318", "중학생"),
        CodeMeaning("JA0319", "고등학생"),
        CodeMeaning("JA0320", "대학생·대학원생", "fact: universityStudent, is: yes"),
        CodeMeaning("JA0326", "근로자", "fact: work, is: employee"),
        CodeMeaning("JA0327", "구직자", "fact: work, is: none"),
        CodeMeaning("JA0328", "장애인", "fact: situation, includes: [disabled]"),
        CodeMeaning("JA0329", "국가보훈대상자", "fact: circumstances, includes: [veteran]"),
        CodeMeaning("JA0330", "질병·질환자"),
    ]

    private static let households = [
        CodeMeaning("JA0401", "다문화가족", "fact: circumstances, includes: [multicultural]"),
        CodeMeaning("JA0402", "북한이탈주민", "fact: circumstances, includes: [northKorean]"),
        CodeMeaning("JA0403", "한부모·조손가정"),
        CodeMeaning("JA0404", "1인 가구", "fact: residentHouseholdSize, is: 1"),
        CodeMeaning("JA0411", "다자녀가구", "fact: childCount, atLeast: 2"),
        CodeMeaning("JA0412", "무주택세대", "fact: homeOwned, is: no"),
        CodeMeaning("JA0413", "신규전입"), CodeMeaning("JA0414", "확대가족"),
    ]

    private static let businesses = [
        CodeMeaning("JA1101", "예비 창업자"), CodeMeaning("JA1102", "영업 중"),
        CodeMeaning("JA1103", "생계 곤란·폐업 예정자"), CodeMeaning("JA1201", "음식점업"),
        CodeMeaning("JA1202", "제조업"), CodeMeaning("JA1299", "기타 업종"),
        CodeMeaning("JA2101", "중소기업"), CodeMeaning("JA2102", "사회복지시설"),
        CodeMeaning("JA2103", "기관·단체"), CodeMeaning("JA2201", "제조업"),
        CodeMeaning("JA2202", "농업·임업·어업"), CodeMeaning("JA2203", "정보통신업"),
        CodeMeaning("JA2299", "기타 업종"),
    ]
}
