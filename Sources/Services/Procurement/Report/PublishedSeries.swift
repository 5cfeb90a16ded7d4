import Basics

/// What the city published about its programmes: facts from press releases, typed by hand.
///
/// Amounts are in 억원 as published, rounded at the source; parts may therefore miss a total by one
/// or two (2013: 1,545 against 1,544). Years that lack a figure have none.
enum PublishedSeries {
    /// One published figure.
    struct Entry: Sendable, Codable, Hashable {
        /// What the figure is a part of.
        enum Dimension: String, Sendable, Codable, Hashable {
            case total, agencyKind, type, timing, newTechnology
        }

        /// The plan year.
        var year: Int
        /// What the figure is a part of.
        var dimension: Dimension
        /// The name that the source used; empty for a total.
        var name: String
        /// The number of projects, where published.
        var count: Int?
        /// The budget in 억원, where published.
        var eok: Int64?
        /// Where it was published, and by whom another figure was.
        var source: String

        /// The budget in won.
        var budget: Won? { eok.map { Won.eok($0) } }
    }

    /// Every published figure, by year.
    static let entries: [Entry] = year2013 + year2015 + year2021 + year2022 + year2023

    /// The figures of one year and dimension, in the published order.
    static func entries(_ year: Int, _ dimension: Entry.Dimension) -> [Entry] {
        entries.filter { $0.year == year && $0.dimension == dimension }
    }

    /// The total of a year.
    static func total(_ year: Int) -> Entry? { entries(year, .total).first }

    private typealias Line = (
        dimension: Entry.Dimension, name: String, count: Int?, eok: Int64?, remark: String
    )

    private static func year(_ year: Int, _ source: String, _ lines: [Line]) -> [Entry] {
        lines.map {
            Entry(
                year: year,
                dimension: $0.dimension,
                name: $0.name,
                count: $0.count,
                eok: $0.eok,
                source: $0.remark.isEmpty ? source : "\(source); \($0.remark)"
            )
        }
    }

    private static let year2013 = year(
        2013,
        "ZDNet Korea 2013-01-14, 디지털데일리 2013-01-15",
        [
            (.total, "", 577, 1544, ""), (.type, "시스템구축", 44, 181, ""),
            (.type, "전산장비·솔루션 도입", 187, 456, ""), (.type, "S/W개발", 50, 97, ""),
            (.type, "통신망 구축", 16, 32, ""), (.type, "DB구축", 13, 112, ""),
            (.type, "유지보수", 246, 643, "디지털데일리 2013-01-18: 677억원"),
            (.type, "기타(ISP·교육)", 21, 24, ""),
        ]
    )

    private static let year2015 = year(
        2015,
        "ZDNet Korea 2015-01-05, 전자신문 2015-01-05",
        [
            (.total, "", 769, 1513, ""), (.agencyKind, "서울시", 234, 722, ""),
            (.agencyKind, "자치구", 464, 552, ""), (.agencyKind, "투자·출연기관", 71, 239, ""),
            (.type, "시스템구축", 57, 164, ""), (.type, "전산장비·솔루션 도입", 168, 276, ""),
            (.type, "S/W개발", 40, 59, ""), (.type, "통신망 구축", 8, 21, ""),
            (.type, "DB구축", 8, 81, ""), (.type, "유지보수", 435, 796, ""),
            (.type, "정보화계획수립·교육", 53, 116, ""),
        ]
    )

    private static let year2021 = year(
        2021,
        "MBN 2021-01, 뉴스앤잡 2021-01",
        [
            (.total, "", 1045, 3213, ""), (.agencyKind, "서울시", 355, 1562, ""),
            (.agencyKind, "자치구", 532, 902, ""), (.agencyKind, "투자·출연기관", 158, 749, ""),
            (.type, "시스템구축", 72, 568, ""), (.type, "전산장비·솔루션 도입", 166, 734, ""),
            (.type, "SW개발", 65, 170, ""), (.type, "정보통신·정보보안", 86, 147, ""),
            (.type, "DB구축", 13, 128, ""), (.type, "컨설팅", 24, 45, ""),
            (.type, "운영·유지관리", 548, 1296, ""), (.type, "교육 등 기타", 71, 125, ""),
            (.timing, "1분기", 476, nil, ""), (.timing, "2분기", 108, nil, ""),
            (.timing, "3분기 이후", 29, nil, "MBN; 뉴스앤잡: 28"),
            (.timing, "전년도 발주완료(유지관리)", 432, nil, ""),
        ]
    )

    private static let year2022 = year(
        2022,
        "서울시 보도자료 2023-01 (전년 비교)",
        [(.total, "", nil, 3459, "")]
    )

    private static let year2023 = year(
        2023,
        "서울시 보도자료 2023-01",
        [
            (.total, "", 1431, 3703, ""), (.agencyKind, "서울시", 422, 2151, ""),
            (.agencyKind, "자치구", 857, 1113, ""), (.agencyKind, "투자·출연기관", 152, 439, ""),
            (.type, "시스템구축", 95, 550, ""), (.type, "HW 및 SW 도입", 193, 840, ""),
            (.type, "SW개발", 84, 236, ""), (.timing, "1분기", 637, nil, ""),
            (.timing, "2분기", 160, nil, ""), (.timing, "3분기 이후", 45, nil, ""),
            (.timing, "전년도 발주완료(유지관리 등)", 589, nil, ""),
            (.newTechnology, "신기술 적용", 274, 1270, ""),
        ]
    )
}
