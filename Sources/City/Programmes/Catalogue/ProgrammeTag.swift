public import Basics

/// What the words mean by which programmes are grouped.
public enum ProgrammeTag {
    /// The title of a tag; a tag nobody named stands for itself.
    public static func title(_ tag: String) -> Bilingual { titles[tag] ?? Bilingual(same: tag) }

    /// What the imported catalogues call a tag, under their names of several years.
    static let ofCatalogues: [String: Set<String>] = [
        "balance": ["일생활균형"],
        "birth": ["출산", "탄생응원"],
        "education": ["교육"],
        "housing": ["주거"],
        "jobs": ["일자리"],
        "marriage": ["결혼", "(예비)신혼부부"],
        "parenting": ["육아", "양육", "안심돌봄", "편한외출"],
        "participation": ["참여.권리", "참여·권리", "참여권리"],
        "pregnancy": ["임신", "건강힐링"],
        "preparing": ["임신준비", "임신(준비)"],
        "welfare": ["복지.문화", "복지·문화", "복지문화"],
    ]

    private static let titles: [String: Bilingual] = [
        "allowance": Bilingual("수당", "Allowances"),
        "balance": Bilingual("일·생활 균형", "Work and life"),
        "birth": Bilingual("출산", "Birth"),
        "care": Bilingual("돌봄", "Care"),
        "childcare": Bilingual("출산·육아", "Children"),
        "digital": Bilingual("디지털", "Digital"),
        "education": Bilingual("교육", "Education"),
        "health": Bilingual("건강", "Health"),
        "housing": Bilingual("주거", "Housing"),
        "infrastructure": Bilingual("돌봄 인프라", "Places of care"),
        "jobs": Bilingual("일자리", "Jobs"),
        "living": Bilingual("생활", "Living"),
        "marriage": Bilingual("결혼", "Marriage"),
        "parenting": Bilingual("육아", "Parenting"),
        "participation": Bilingual("참여·권리", "Participation"),
        "pregnancy": Bilingual("임신", "Pregnancy"),
        "preparing": Bilingual("임신 준비", "Before pregnancy"),
        "senior": Bilingual("어르신", "Older people"),
        "welfare": Bilingual("복지·문화", "Welfare and culture"),
        "work": Bilingual("일", "Work"),
        "youth": Bilingual("청년", "Young people"),
    ]
}
