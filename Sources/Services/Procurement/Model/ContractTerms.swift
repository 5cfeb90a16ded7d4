import Basics

/// How the contractor is chosen (계약방법).
enum ContractMethod: String, PlanTerm {
    /// 일반경쟁.
    case open
    /// 제한경쟁.
    case restricted
    /// 협상에 의한 계약.
    case negotiated
    /// 수의계약.
    case direct

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .open: Bilingual("일반경쟁", "Open competition")
        case .restricted: Bilingual("제한경쟁", "Restricted competition")
        case .negotiated: Bilingual("협상에 의한 계약", "Contract by negotiation")
        case .direct: Bilingual("수의계약", "Direct contract")
        }
    }

    /// Other spellings in plans.
    var synonyms: [String] {
        switch self {
        case .open: ["일반경쟁입찰", "일반입찰", "공개경쟁", "일반(총액)", "일반"]
        case .restricted: ["제한경쟁입찰", "제한", "지명경쟁", "제한(총액)", "중기간경쟁"]
        case .negotiated: ["협상계약", "협상", "협상형", "협상에의한", "제한경쟁(협상에 의한 계약)"]
        case .direct: ["수의", "수의시담", "1인견적", "소액수의"]
        }
    }

    /// A method is often followed by details in brackets.
    static let reader = TermReader<ContractMethod>(matchesInside: true)
}

/// Who runs the tender (조달방식).
enum ProcurementRoute: String, PlanTerm {
    /// The Public Procurement Service runs it (중앙조달).
    case central
    /// The agency runs it itself (자체조달).
    case own

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .central: Bilingual("중앙조달", "Central procurement")
        case .own: Bilingual("자체조달", "Own procurement")
        }
    }

    /// Other spellings in plans.
    var synonyms: [String] {
        switch self {
        case .central: ["조달청", "조달청 의뢰", "조달의뢰", "중앙", "나라장터 의뢰"]
        case .own: ["자체", "자체발주", "자체계약", "직접발주"]
        }
    }

    /// A route is often followed by details.
    static let reader = TermReader<ProcurementRoute>(matchesInside: true)
}

/// Whether a project is new or goes on from an earlier one (사업구분).
enum Continuity: String, PlanTerm {
    /// 신규.
    case new
    /// 계속.
    case continued
    /// 유지관리.
    case maintenance

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .new: Bilingual("신규", "New")
        case .continued: Bilingual("계속", "Continued")
        case .maintenance: Bilingual("유지관리", "Maintenance")
        }
    }

    /// Other spellings in plans.
    var synonyms: [String] {
        switch self {
        case .new: ["신규사업", "신규구축", "신설"]
        case .continued: ["계속사업", "고도화", "확대", "2단계", "장기계속"]
        case .maintenance: ["유지보수", "운영", "운영·유지관리", "경상"]
        }
    }

    /// Only whole words count.
    static let reader = TermReader<Continuity>(matchesInside: false)
}

/// How far a project has come.
enum ProjectStatus: String, PlanTerm, Comparable {
    /// Planned (계획).
    case planned
    /// Its specification is published for comment (사전규격).
    case preSpecification
    /// The tender is announced (공고).
    case announced
    /// Contracted (계약).
    case contracted
    /// Completed (완료).
    case completed
    /// Cancelled (취소).
    case cancelled

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .planned: Bilingual("계획", "Planned")
        case .preSpecification: Bilingual("사전규격", "Pre-specification")
        case .announced: Bilingual("공고", "Announced")
        case .contracted: Bilingual("계약", "Contracted")
        case .completed: Bilingual("완료", "Completed")
        case .cancelled: Bilingual("취소", "Cancelled")
        }
    }

    /// Other spellings in plans.
    var synonyms: [String] {
        switch self {
        case .planned: ["발주계획", "발주예정", "예정", "미발주", "계획중"]
        case .preSpecification: ["사전규격공개", "규격공개", "사전공개"]
        case .announced: ["입찰공고", "공고중", "발주", "입찰중", "재공고"]
        case .contracted: ["계약체결", "계약완료", "사업중", "추진중", "진행중", "수행중", "발주완료"]
        case .completed: ["준공", "사업완료", "종료", "검수완료"]
        case .cancelled: ["사업취소", "발주취소", "폐지", "중단", "공고취소"]
        }
    }

    /// Only whole words count.
    static let reader = TermReader<ProjectStatus>(matchesInside: false)

    /// Orders statuses along the life of a project.
    static func < (left: ProjectStatus, right: ProjectStatus) -> Bool { left.rank < right.rank }

    private var rank: Int { ProjectStatus.allCases.firstIndex(of: self) ?? 0 }
}
