internal import Basics

extension ConsistencyRule {
    /// Order times need a bucket for what was ordered in the year before.
    public static let quarterBuckets = ConsistencyRule(
        id: .quarterBuckets,
        title: Bilingual("발주시기와 전년도 발주분", "Order times and the year before"),
        explanation: Bilingual(
            "사업 연도와 발주 연도는 다릅니다. 유지관리처럼 전년도에 이미 발주한 사업을 따로 세지 않고 1~4분기에만 나누면 합이 총계에 이르지 못합니다.",
            "The plan year is not the order year. What was ordered in the year before (maintenance, mostly) needs a bucket of its own, or the quarters do not reach the total."
        ),
        evaluate: { publication in
            publication.years.compactMap { finding(publication, $0) }
        }
    )

    private static func finding(_ publication: Publication, _ year: Int) -> Finding? {
        let parts = publication.parts(year, .quarter)
        guard let total = publication.total(year), let all = total.projects, all > 0 else {
            return nil
        }
        let isEarlier: (PublishedFigure) -> Bool = { $0.reference.category.contains("전년도") }
        let earlier = parts.filter(isEarlier).compactMap(\.projects).reduce(0, +)
        let inYear = parts.filter { !isEarlier($0) }.compactMap(\.projects).reduce(0, +)
        let evidence = [total.reference] + parts.map(\.reference)
        let share = (Double(all - inYear) / Double(all) * 100).decimals(1)
        if parts.contains(where: isEarlier) {
            guard earlier + inYear == all, earlier > 0 else { return nil }
            return Finding(
                rule: .quarterBuckets,
                severity: .note,
                year: year,
                statement: Bilingual(
                    "\(year)년 발주시기는 ‘전년도 발주완료’ \(earlier.grouped)건(\(share)%)을 따로 두어야만 닫힙니다: \(inYear.grouped)+\(earlier.grouped) = \(all.grouped)건. 분기만 쓰는 집계는 이 몫을 잃습니다.",
                    "The order times of \(year) close only with \(earlier.grouped) projects (\(share)%) ordered in the year before as their own bucket: \(inYear.grouped)+\(earlier.grouped) = \(all.grouped). A count by quarter alone loses them."
                ),
                evidence: evidence
            )
        }
        guard parts.count > 1, inYear < all else { return nil }
        return Finding(
            rule: .quarterBuckets,
            severity: .contradiction,
            year: year,
            statement: Bilingual(
                "\(year)년 분기의 합은 \(inYear.grouped)건으로 총계 \(all.grouped)건보다 \((all - inYear).grouped)건(\(share)%) 모자랍니다. 전년도에 발주한 사업의 칸이 없습니다.",
                "The quarters of \(year) come to \(inYear.grouped) of \(all.grouped) projects, \((all - inYear).grouped) (\(share)%) short: there is no bucket for what was ordered in the year before."
            ),
            evidence: evidence
        )
    }
}
