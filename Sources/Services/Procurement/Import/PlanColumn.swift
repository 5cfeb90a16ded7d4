import Basics

/// A column the importer understands.
enum PlanColumn: Int, Sendable, Hashable, CaseIterable {
    case key, title, titleEnglish, description, agencyKind, agency, department, contactName
    case contactPhone, type, amount, cityFunding, districtFunding, stateFunding, planYear, timing
    case technologies, contractMethod, route, continuity, status, softwareProject
    case largeCompanies, period, periodStart, periodEnd, notes
    case noticeNumber, noticeOrdinal, publishedOn, bidOpening, bidClosing

    /// Whether its cells are amounts of money.
    var isMoney: Bool {
        switch self {
        case .amount, .cityFunding, .districtFunding, .stateFunding: true
        default: false
        }
    }

    /// The header spellings, the most telling first; compared in their matching form.
    var headers: [String] {
        switch self {
        case .key: ["사업번호", "사업코드", "관리번호", "사업ID", "발주계획번호", "발주계획통합번호", "key"]
        case .title:
            ["사업명", "과업명", "용역명", "정보화사업명", "사업명칭", "공고명", "계약건명", "건명", "title"]
        case .titleEnglish: ["영문사업명", "사업명(영문)", "titleEnglish"]
        case .description:
            ["사업내용", "사업 요약", "사업개요", "주요내용", "과업내용", "내용", "요약", "description"]
        case .agencyKind: ["기관구분", "기관유형", "기관종류", "소관구분"]
        case .agency: ["발주 기관", "기관명", "기관", "수요기관", "자치구", "발주기관명", "agency"]
        case .department: ["발주부서", "담당부서", "부서", "부서명", "추진부서", "주관부서", "department"]
        case .contactName: ["담당자", "담당자명", "담당", "담당공무원", "사업담당자", "contactName"]
        case .contactPhone: ["연락처", "전화번호", "담당자 연락처", "전화", "담당자전화번호", "contactPhone"]
        case .type: ["사업유형", "정보화사업유형", "유형", "사업종류", "구분", "분류", "type"]
        case .amount:
            [
                "사업비", "사업 금액", "사업예산", "소요예산", "예산액", "예산", "배정예산", "총사업비",
                "예산금액", "금액", "발주금액", "추정가격", "budget",
            ]
        case .cityFunding: ["시비"]
        case .districtFunding: ["구비"]
        case .stateFunding: ["국비", "국고보조금"]
        case .planYear: ["사업연도", "계획연도", "연도", "발주년도", "회계연도", "planYear"]
        case .timing:
            [
                "발주시기", "추진시기", "발주월", "발주분기", "발주예정시기", "발주예정월", "발주예정",
                "분기", "발주일정", "orderTime",
            ]
        case .technologies: ["신기술", "신기술적용", "적용신기술", "적용기술", "신기술분야", "technologies"]
        case .contractMethod: ["계약방법", "계약방식", "계약구분", "입찰방법", "contractMethod"]
        case .route: ["조달방식", "조달방법", "조달구분", "발주방식", "route"]
        case .continuity: ["사업구분", "신규계속구분", "신규계속", "신규여부", "계속여부", "continuity"]
        case .status: ["발주상태", "추진상태", "진행상태", "상태", "추진현황", "status"]
        case .softwareProject: ["SW사업", "SW사업여부", "SW사업 대상여부", "소프트웨어사업여부"]
        case .largeCompanies: ["대기업 참여제한", "대기업참여제한여부", "대기업제한"]
        case .period: ["사업기간", "과업기간", "용역기간", "계약기간", "수행기간", "추진기간"]
        case .periodStart: ["사업시작일", "착수일", "시작일", "periodStart"]
        case .periodEnd: ["사업종료일", "종료일", "완료일", "완료예정일", "준공일", "periodEnd"]
        case .notes: ["비고", "특이사항", "메모", "참고사항", "notes"]
        case .noticeNumber: ["공고 번호", "입찰공고번호", "공고번호차수"]
        case .noticeOrdinal: ["공고 차수", "차수", "입찰공고차수"]
        case .publishedOn: ["공개 일자", "공고일", "공고일자", "게시일", "공고게시일시"]
        case .bidOpening: ["입찰 참여 시작일", "입찰개시일", "입찰시작일시", "입찰 시작일", "입찰개시일시"]
        case .bidClosing: ["입찰 참여 마감일", "입찰마감일", "입찰마감일시", "입찰 마감일", "마감일"]
        }
    }
}

/// A unit that amounts are written in.
enum MoneyUnit: String, Sendable, Hashable, CaseIterable, Codable {
    case won, thousandWon, millionWon, eok

    /// The number of won in one unit.
    var wonPerUnit: Int64 {
        switch self {
        case .won: 1
        case .thousandWon: 1000
        case .millionWon: 1_000_000
        case .eok: 100_000_000
        }
    }

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .won: Bilingual("원", "won")
        case .thousandWon: Bilingual("천원", "thousand won")
        case .millionWon: Bilingual("백만원", "million won")
        case .eok: Bilingual("억원", "hundred million won")
        }
    }

    /// The unit a header or a caption names: `예산액(천원)`, `(단위: 백만원)`.
    init?(inHeader text: some StringProtocol) {
        let form = MatchingText.form(of: text)
        let words: [(String, MoneyUnit)] = [
            ("백만원", .millionWon), ("천원", .thousandWon), ("억원", .eok), ("원", .won),
        ]
        guard let found = words.first(where: { form.hasSuffix($0.0) }) else { return nil }
        self = found.1
    }
}

/// Which column of a file holds what.
struct ColumnMapping: Sendable, Hashable {
    /// The header cells as written.
    let header: [String]
    /// The 1-based column number of each understood column.
    let columns: [PlanColumn: Int]
    /// The 0-based index of each column's cell, by the column's raw value; -1 where there is none.
    let places: [Int]
    /// The money unit that a header names, for its column.
    let units: [PlanColumn: MoneyUnit]
    /// The 1-based numbers of headers that mean nothing to the importer; their cells are kept.
    let unknownColumns: [Int]
    /// The 1-based numbers of headers that mean a column already taken by a better header.
    let repeatedColumns: [Int]

    /// Reads a header row; of two headers for one column the more telling one counts.
    init(header: [String]) {
        self.header = header
        var found: [(column: PlanColumn, rank: Int, number: Int)] = []
        for (index, text) in header.enumerated() {
            guard let match = ColumnMapping.match(text) else { continue }
            found.append((match.column, match.rank, index + 1))
        }
        found.sort { ($0.rank, $0.number) < ($1.rank, $1.number) }
        var columns: [PlanColumn: Int] = [:]
        var repeated: [Int] = []
        for candidate in found {
            if columns[candidate.column] == nil {
                columns[candidate.column] = candidate.number
            } else {
                repeated.append(candidate.number)
            }
        }
        var units: [PlanColumn: MoneyUnit] = [:]
        for (column, number) in columns where column.isMoney {
            units[column] = ColumnMapping.unit(ofHeader: header[number - 1])
        }
        let known = Set(found.map(\.number))
        self.columns = columns
        places = PlanColumn.allCases.map { (columns[$0] ?? 0) - 1 }
        self.units = units
        repeatedColumns = repeated.sorted()
        unknownColumns = header.indices.map { $0 + 1 }.filter {
            !known.contains($0) && !MatchingText.trimmed(header[$0 - 1]).isEmpty
        }
    }

    /// Whether the file has a column.
    func has(_ column: PlanColumn) -> Bool { places[column.rawValue] >= 0 }

    /// The header of a 1-based column number; empty past the header row.
    func name(ofColumn number: Int) -> String {
        header.indices.contains(number - 1) ? MatchingText.trimmed(header[number - 1]) : ""
    }

    /// The column that a header names in so many words, or nothing.
    static func column(ofHeader text: String) -> PlanColumn? {
        guard let match = match(text), match.rank < partRank else { return nil }
        return match.column
    }

    /// Matches from this rank on are parts of a longer header.
    private static let partRank = 100

    /// Finds the column of a header: its whole text, its text without brackets, then its parts.
    private static func match(_ text: String) -> (column: PlanColumn, rank: Int)? {
        let whole = withoutYear(MatchingText.form(of: text))
        if let rank = exactHeaders[whole] { return rank }
        let bare = withoutYear(MatchingText.form(of: text.prefix { !"([（［".contains($0) }))
        if let match = exactHeaders[bare] { return (match.column, match.rank + 50) }
        let part = headersByLength.first { $0.form.count >= 3 && whole.contains($0.form) }
        return part.map { ($0.column, partRank + whole.count - $0.form.count) }
    }

    /// `2023년도예산` without its year.
    private static func withoutYear(_ form: String) -> String {
        guard form.prefix(4).allSatisfy(\.isNumber), form.count > 5 else { return form }
        var rest = form.dropFirst(4)
        for word in ["년도", "연도", "년"] where rest.hasPrefix(word) {
            rest = rest.dropFirst(word.count)
            break
        }
        return String(rest)
    }

    private static func unit(ofHeader text: String) -> MoneyUnit? {
        guard let open = text.firstIndex(where: { "([（［".contains($0) }) else {
            return MoneyUnit(inHeader: text)
        }
        let inside = text[text.index(after: open)...].prefix { !")]）］".contains($0) }
        return MoneyUnit(inHeader: inside)
    }

    private static let exactHeaders: [String: (column: PlanColumn, rank: Int)] = {
        var forms: [String: (column: PlanColumn, rank: Int)] = [:]
        for column in PlanColumn.allCases {
            for (rank, header) in column.headers.enumerated() {
                let form = MatchingText.form(of: header)
                if forms[form] == nil { forms[form] = (column, rank) }
            }
        }
        return forms
    }()

    private static let headersByLength: [(form: String, column: PlanColumn)] =
        exactHeaders.map { ($0.key, $0.value.column) }
        .sorted { ($1.0.count, $0.0) < ($0.0.count, $1.0) }
}
