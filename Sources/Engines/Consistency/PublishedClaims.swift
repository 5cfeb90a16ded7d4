/// Claims that were published with Seoul's informatization programmes.
public enum PublishedClaims {
    /// The claims of the editions of 2015, 2021 and 2023: facts, each with its source.
    public static let seoul2013to2023: [PublishedClaim] = [
        PublishedClaim(
            id: "growth2015",
            year: 2015,
            kind: .growth(
                PrintedNumber(217, decimals: 1),
                figure: .total(2015),
                base: nil,
                measure: .amount
            ),
            source: "zdnet.co.kr 20150105115544"
        ),
        PublishedClaim(
            id: "jobs2021",
            year: 2021,
            kind: .jobs(
                .init(
                    count: 3245,
                    coefficient: PrintedNumber(101, decimals: 1),
                    label: "취업유발",
                    coverage: .everyone,
                    coefficientSource: bankOfKorea
                ),
                budget: .total(2021)
            ),
            source: "newsnjob idxno=10360"
        ),
        PublishedClaim(
            id: "growth2023",
            year: 2023,
            kind: .growth(
                PrintedNumber(7),
                figure: .total(2023),
                base: .total(2022),
                measure: .amount
            ),
            source: announcement
        ),
        PublishedClaim(
            id: "newTechnologyShare2023",
            year: 2023,
            kind: .share(
                PrintedNumber(34),
                part: .init(year: 2023, dimension: .technology, category: "신기술 적용"),
                whole: .total(2023),
                measure: nil
            ),
            source: announcement
        ),
        PublishedClaim(
            id: "orderTimes2023",
            year: 2023,
            kind: .split(
                [
                    .init(PrintedNumber(45), quarter("1분기")),
                    .init(PrintedNumber(11), quarter("2분기")),
                    .init(PrintedNumber(3), quarter("3분기 이후")),
                    .init(PrintedNumber(41), quarter("전년도 발주완료(유지관리 등)")),
                ],
                whole: .total(2023),
                measure: .projects
            ),
            source: announcement
        ),
        PublishedClaim(
            id: "jobs2023",
            year: 2023,
            kind: .jobs(
                .init(
                    count: 3740,
                    coefficient: PrintedNumber(101, decimals: 1),
                    label: "청년 일자리",
                    coverage: .everyone,
                    coefficientSource: bankOfKorea
                ),
                budget: .total(2023)
            ),
            source: announcement
        ),
    ]

    private static let announcement = "2023-01 정보화사업 발표"
    private static let bankOfKorea = "한국은행 2019년 산업연관표, 전산업"

    private static func quarter(_ category: String) -> FigureReference {
        FigureReference(year: 2023, dimension: .quarter, category: category)
    }
}
