import Basics
public import Programmes

/// The programmes of young people and the fields they are laid out in.
public enum YouthCollection {
    /// The programmes of the rules.
    public static let programmes = ProgrammeCollection(
        id: "youth",
        title: Bilingual("청년몽땅정보통", "Youth portal"),
        base: "/youth",
        tags: ["youth"]
    )

    /// The catalogues.
    public static let sources: Set<ListingSource> = [
        .youthCity, .youthDistricts, .youthNation, .youthRegions,
    ]

    /// The five fields of the city's plan for young people.
    public static let categories = [
        ListingCategory(
            id: "jobs",
            title: Bilingual("일자리", "Jobs"),
            tags: ["jobs", "work"]
        ),
        ListingCategory(
            id: "housing",
            title: Bilingual("주거", "Housing"),
            tags: ["housing"]
        ),
        ListingCategory(
            id: "education",
            title: Bilingual("교육", "Education"),
            tags: ["education", "digital"]
        ),
        ListingCategory(
            id: "welfare",
            title: Bilingual("복지·문화", "Welfare and culture"),
            tags: ["welfare", "allowance"]
        ),
        ListingCategory(
            id: "participation",
            title: Bilingual("참여·권리", "Taking part and rights"),
            tags: ["participation"]
        ),
    ]
}
