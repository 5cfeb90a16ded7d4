import Basics

/// The eight types of informatization project, in the wording of the 2023 programme.
enum ProjectType: String, PlanTerm {
    /// 시스템구축.
    case systemBuilding
    /// HW 및 SW 도입; until 2021 전산장비·솔루션 도입.
    case hardwareAndSoftware
    /// SW개발.
    case softwareDevelopment
    /// 운영·유지관리; until 2015 유지보수.
    case operationAndMaintenance
    /// 정보통신·정보보안; until 2015 통신망 구축.
    case networkAndSecurity
    /// DB구축.
    case database
    /// 컨설팅.
    case consulting
    /// 교육 등 기타.
    case educationAndOther

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .systemBuilding: Bilingual("시스템구축", "System building")
        case .hardwareAndSoftware: Bilingual("HW 및 SW 도입", "Hardware and software purchase")
        case .softwareDevelopment: Bilingual("SW개발", "Software development")
        case .operationAndMaintenance: Bilingual("운영·유지관리", "Operation and maintenance")
        case .networkAndSecurity: Bilingual("정보통신·정보보안", "Networks and security")
        case .database: Bilingual("DB구축", "Database building")
        case .consulting: Bilingual("컨설팅", "Consulting")
        case .educationAndOther: Bilingual("교육 등 기타", "Education and other")
        }
    }

    /// Other spellings, the historic ones among them.
    var synonyms: [String] {
        switch self {
        case .systemBuilding: ["시스템 재구축", "정보시스템구축", "플랫폼 구축", "시스템 통합", "SI"]
        case .hardwareAndSoftware:
            [
                "전산장비·솔루션 도입", "전산장비", "솔루션 도입", "장비 도입", "HW·SW 도입", "HW 도입",
                "SW 도입", "상용SW 구매", "장비 구매", "물품 구매", "HWSW", "전산장비 구매",
            ]
        case .softwareDevelopment:
            ["S/W 개발", "소프트웨어 개발", "응용SW 개발", "기능개선", "고도화", "프로그램 개발"]
        case .operationAndMaintenance:
            ["유지관리", "유지보수", "운영", "위탁운영", "운영 및 유지관리", "운영유지보수", "유지 및 보수"]
        case .networkAndSecurity:
            ["정보통신", "정보보안", "정보보호", "통신망 구축", "정보통신·보안", "보안", "통신망", "네트워크"]
        case .database: ["데이터베이스 구축", "데이터 구축", "자료 구축", "DB"]
        case .consulting:
            ["ISP", "ISMP", "정보화전략계획", "정보화계획수립", "감리", "PMO", "타당성조사", "계획 수립"]
        case .educationAndOther: ["교육", "기타", "정보화교육", "기타(교육)", "기타(ISP·교육)", "정보화계획수립·교육"]
        }
    }

    /// A type is often part of a longer description.
    static let reader = TermReader<ProjectType>(matchesInside: true)

    /// The type a title suggests; nothing where no word tells.
    ///
    /// What is done comes last in a Korean title (`… 시스템 구축 ISP 수립`), but planning and
    /// maintenance words decide wherever they stand.
    static func suggested(byTitle title: String) -> ProjectType? {
        let form = MatchingText.form(of: title)
        let rules: [(words: [String], type: ProjectType)] = [
            (["isp", "ismp", "전략계획", "감리", "pmo", "컨설팅", "타당성조사"], .consulting),
            (["유지관리", "유지보수", "유지및보수", "위탁운영", "운영지원"], .operationAndMaintenance),
            (["db구축", "데이터구축", "데이터베이스구축"], .database),
            (["보안", "정보보호", "통신망", "네트워크", "와이파이"], .networkAndSecurity),
            (["구매", "도입", "교체", "보급", "라이선스"], .hardwareAndSoftware),
            (["구축", "플랫폼"], .systemBuilding),
            (["개발", "고도화", "기능개선", "개선", "개편", "개량"], .softwareDevelopment),
            (["운영"], .operationAndMaintenance),
            (["교육"], .educationAndOther),
        ]
        return rules.first { rule in rule.words.contains { form.contains($0) } }?.type
    }
}
