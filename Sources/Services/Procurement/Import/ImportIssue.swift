import Basics

/// A defect, or something worth knowing, that the importer found at one place of a file.
struct ImportIssue: Sendable, Hashable, Encodable {
    /// How much it matters.
    enum Severity: String, Sendable, Hashable, Codable {
        /// The row cannot be imported before this is put right.
        case error
        /// The row is imported; somebody should look.
        case warning
        /// The importer understood something unusual and says how.
        case note
    }

    /// The row number in the file, 1-based, as a spreadsheet shows it.
    var row: Int
    /// The column number, 1-based; 0 where the whole row or file is meant.
    var column: Int
    /// The column's header as written.
    var columnName: String
    /// What kind of defect it is.
    var kind: ImportDefect
    /// The beginning of the cell's value.
    var excerpt: String
    /// A value that would put it right, where that is plain.
    var suggestion: String?

    /// How much it matters.
    var severity: Severity { kind.severity }
    /// The stable name of the kind of defect.
    var code: String { kind.code }
    /// What is wrong and what to do.
    var message: Bilingual { kind.message }

    /// The number of characters of a cell's value that an issue quotes.
    static let maximumExcerptCharacterCount = 60

    /// Creates an issue; the value is cut to its excerpt.
    init(
        row: Int,
        column: Int,
        columnName: String,
        kind: ImportDefect,
        value: String = "",
        suggestion: String? = nil
    ) {
        self.row = row
        self.column = column
        self.columnName = columnName
        self.kind = kind
        self.suggestion = suggestion
        let line = value.split(whereSeparator: \.isNewline).joined(separator: " ")
        let limit = ImportIssue.maximumExcerptCharacterCount
        excerpt = line.count > limit ? line.prefix(limit - 1) + "…" : line
    }

    /// Writes the issue in its JSON form.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(row, forKey: .row)
        try container.encode(column, forKey: .column)
        try container.encode(columnName, forKey: .columnName)
        try container.encode(severity, forKey: .severity)
        try container.encode(code, forKey: .code)
        try container.encode(message, forKey: .message)
        try container.encode(excerpt, forKey: .excerpt)
        try container.encodeIfPresent(suggestion, forKey: .suggestion)
    }

    private enum CodingKeys: String, CodingKey {
        case row, column, columnName, severity, code, message, excerpt, suggestion
    }
}

/// The kinds of defect: one line each, with what to do about it.
struct ImportDefect: Sendable, Hashable {
    /// The stable name, as in JSON.
    let code: String
    /// How much it matters.
    let severity: ImportIssue.Severity
    /// What is wrong and what to do.
    let message: Bilingual

    private init(
        _ code: String,
        _ severity: ImportIssue.Severity,
        _ korean: String,
        _ english: String
    ) {
        self.code = code
        self.severity = severity
        message = Bilingual(korean, english)
    }

    /// Two kinds are the same where their codes are.
    static func == (left: ImportDefect, right: ImportDefect) -> Bool { left.code == right.code }

    /// Hashes the code.
    func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

// Title, key and agency.
extension ImportDefect {
    static let missingTitle = ImportDefect(
        "missingTitle",
        .error,
        "사업명이 비어 있습니다. 사업명을 적어 주세요.",
        "The title is empty. Enter the project's title."
    )
    static let cellTooLong = ImportDefect(
        "cellTooLong",
        .error,
        "칸의 글이 너무 깁니다. 줄여서 적고 자세한 내용은 첨부하세요.",
        "The cell is too long. Shorten it and attach the details."
    )
    static let duplicateKey = ImportDefect(
        "duplicateKey",
        .error,
        "앞의 행과 사업번호가 같습니다. 번호를 고치거나 한 행을 지워 주세요.",
        "An earlier row has the same project number. Correct it or remove one of the rows."
    )
    static let repeatedProject = ImportDefect(
        "repeatedProject",
        .error,
        "앞의 행과 사업명·부서·사업비가 모두 같습니다. 한 행을 지워 주세요.",
        "An earlier row has the same title, department and budget. Remove one of them."
    )
    static let repeatedTitle = ImportDefect(
        "repeatedTitle",
        .warning,
        "앞의 행과 사업명·부서가 같고 사업비가 다릅니다. 다른 사업인지 확인하세요.",
        "An earlier row has the same title and department but another budget. Check that they differ."
    )
    static let missingAgency = ImportDefect(
        "missingAgency",
        .error,
        "발주기관이 비어 있습니다. 기관명을 적거나 가져올 때 기관을 고르세요.",
        "The agency is empty. Enter it, or choose one for the whole file."
    )
    static let unknownAgency = ImportDefect(
        "unknownAgency",
        .warning,
        "기관 목록에 없는 이름입니다. 정식 기관명인지 확인하세요.",
        "The agency is not in the directory. Check its official name."
    )
    static let otherAgency = ImportDefect(
        "otherAgency",
        .error,
        "이 계획의 기관이 아닙니다. 기관명을 고치거나 그 기관의 계획으로 올려 주세요.",
        "This is another agency's row. Correct the name, or put it into that agency's plan."
    )
    static let missingDepartment = ImportDefect(
        "missingDepartment",
        .warning,
        "담당부서가 비어 있습니다. 업체가 문의할 부서를 적어 주세요.",
        "The department is empty. Enter the one that suppliers should ask."
    )
    static let flagsInTitle = ImportDefect(
        "flagsInTitle",
        .note,
        "사업명의 괄호 표시를 읽어 따로 기록했습니다. 사업명은 그대로 둡니다.",
        "The marks in the title's brackets were read and recorded; the title stays as it is."
    )
}

// Money.
extension ImportDefect {
    static let missingAmount = ImportDefect(
        "missingAmount",
        .error,
        "사업비가 비어 있습니다. 금액을 숫자로 적어 주세요.",
        "The budget is empty. Enter the amount in figures."
    )
    static let undecidedAmount = ImportDefect(
        "undecidedAmount",
        .error,
        "사업비가 정해지지 않았습니다. 예상 금액을 숫자로 적어 주세요.",
        "The budget is undecided. Enter the expected amount in figures."
    )
    static let unreadableAmount = ImportDefect(
        "unreadableAmount",
        .error,
        "금액으로 읽을 수 없습니다. 숫자로 적어 주세요(예: 120,000,000).",
        "This is no amount. Enter figures, such as 120,000,000."
    )
    static let tooLargeAmount = ImportDefect(
        "tooLargeAmount",
        .error,
        "사업비가 1조 원을 넘습니다. 금액 단위를 확인하세요.",
        "The budget is over one trillion won. Check the unit."
    )
    static let negativeAmount = ImportDefect(
        "negativeAmount",
        .error,
        "사업비가 음수입니다. 감액분이 아니라 사업비 전체를 적어 주세요.",
        "The budget is negative. Enter the whole budget, not the reduction."
    )
    static let zeroAmount = ImportDefect(
        "zeroAmount",
        .error,
        "사업비가 0원입니다. 실제 금액을 적어 주세요.",
        "The budget is zero. Enter the real amount."
    )
    static let zeroAmountAllowed = ImportDefect(
        "zeroAmountAllowed",
        .warning,
        "사업비가 0원입니다. 합계와 평균에 영향을 주니 확인하세요.",
        "The budget is zero, which lowers means. Check it."
    )
    static let smallAmount = ImportDefect(
        "smallAmount",
        .warning,
        "사업비가 100만 원보다 적습니다. 금액 단위를 확인하세요.",
        "The budget is below one million won. Check the unit."
    )
    static let oddGrouping = ImportDefect(
        "oddGrouping",
        .warning,
        "쉼표 자리가 이상합니다. 읽은 금액이 맞는지 확인하세요.",
        "The commas stand in odd places. Check the amount that was read."
    )
    static let fractionOfWon = ImportDefect(
        "fractionOfWon",
        .warning,
        "원 단위 아래가 있어 반올림했습니다. 금액을 확인하세요.",
        "The amount had a fraction of a won and was rounded. Check it."
    )
    static let wholeWithDecimals = ImportDefect(
        "wholeWithDecimals",
        .note,
        "‘.0’이 붙은 숫자를 정수로 읽었습니다.",
        "A whole number written with decimals was read as a whole number."
    )
    static let ambiguousUnit = ImportDefect(
        "ambiguousUnit",
        .warning,
        "금액 단위가 분명하지 않습니다. 단위를 골라 합계를 확인하세요.",
        "The money unit is not clear. Choose it and check the total."
    )
    static let fundingMismatch = ImportDefect(
        "fundingMismatch",
        .warning,
        "시비·구비·국비의 합이 사업비와 다릅니다. 금액을 확인하세요.",
        "The sources do not add up to the budget. Check the amounts."
    )
}

// Time.
extension ImportDefect {
    static let missingTiming = ImportDefect(
        "missingTiming",
        .error,
        "발주시기가 비어 있습니다. 분기나 월을 적어 주세요(예: 3월).",
        "The order time is empty. Enter a quarter or month."
    )
    static let unreadableTiming = ImportDefect(
        "unreadableTiming",
        .error,
        "발주시기를 읽을 수 없습니다. 분기나 월로 적어 주세요(예: 1분기, 3월).",
        "The order time cannot be read. Write a quarter or month."
    )
    static let coarseTiming = ImportDefect(
        "coarseTiming",
        .warning,
        "‘상반기’만으로는 분기를 알 수 없어 2분기로 보았습니다. 분기를 적어 주세요.",
        "A half year names no quarter; the second was taken. Enter the quarter."
    )
    static let laterOrderYear = ImportDefect(
        "laterOrderYear",
        .warning,
        "발주시기가 계획연도보다 늦습니다. 계획연도를 확인하세요.",
        "The order comes after the plan year. Check the plan year."
    )
    static let unreadableYear = ImportDefect(
        "unreadableYear",
        .error,
        "연도를 읽을 수 없습니다. 네 자리로 적어 주세요(예: 2023).",
        "The year cannot be read. Write four digits."
    )
    static let otherPlanYear = ImportDefect(
        "otherPlanYear",
        .error,
        "이 계획의 연도가 아닙니다. 연도를 고치거나 그 해의 계획으로 올려 주세요.",
        "This is another year's row. Correct the year, or put it into that year's plan."
    )
    static let unreadableDate = ImportDefect(
        "unreadableDate",
        .warning,
        "날짜를 읽을 수 없어 비워 두었습니다. 2023-03-15처럼 적어 주세요.",
        "The date cannot be read and was left empty. Write it like 2023-03-15."
    )
    static let unreadablePeriod = ImportDefect(
        "unreadablePeriod",
        .note,
        "사업기간에 시작일과 종료일이 없어 비고에 옮겼습니다.",
        "The period names no two dates; it was kept in the notes."
    )
    static let endBeforeStart = ImportDefect(
        "endBeforeStart",
        .warning,
        "종료일이 시작일보다 빠릅니다. 두 날짜를 확인하세요.",
        "The end comes before the start. Check both dates."
    )
}

// Words.
extension ImportDefect {
    static let missingType = ImportDefect(
        "missingType",
        .warning,
        "사업유형이 없고 사업명으로도 알 수 없어 ‘교육 등 기타’로 두었습니다.",
        "No type is given and the title tells none; it was set to education and other."
    )
    static let suggestedType = ImportDefect(
        "suggestedType",
        .note,
        "사업유형이 없어 사업명에서 추정했습니다. 맞는지 확인하세요.",
        "No type is given; it was inferred from the title. Check it."
    )
    static let unknownType = ImportDefect(
        "unknownType",
        .error,
        "모르는 사업유형입니다. 여덟 유형 중에서 골라 주세요.",
        "Unknown type. Choose one of the eight types."
    )
    static let unknownWord = ImportDefect(
        "unknownWord",
        .warning,
        "이 칸의 낱말을 알 수 없어 비워 두었습니다. 정해진 낱말로 적어 주세요.",
        "The word is not known here and was left out. Use one of the agreed words."
    )
    static let unknownTechnology = ImportDefect(
        "unknownTechnology",
        .warning,
        "신기술 목록에 없는 낱말이 있어 빼고 읽었습니다. 확인하세요.",
        "A word is no known new technology and was left out. Check it."
    )
    static let unreadableNumber = ImportDefect(
        "unreadableNumber",
        .warning,
        "정수가 아니어서 비워 두었습니다. 숫자로 적어 주세요.",
        "This is no whole number and was left out. Enter figures."
    )
}

// Notices.
extension ImportDefect {
    static let missingNoticeNumber = ImportDefect(
        "missingNoticeNumber",
        .warning,
        "공고 번호가 없습니다. 나라장터 공고 번호를 적으면 계약까지 이어집니다.",
        "The notice number is missing. With it the project can be followed to its contract."
    )
    static let missingPublishedDate = ImportDefect(
        "missingPublishedDate",
        .error,
        "공개 일자가 없어 연도를 정할 수 없습니다. 날짜를 적어 주세요.",
        "The publication date is missing, so the year is not known. Enter it."
    )
    static let missingBidOpening = ImportDefect(
        "missingBidOpening",
        .warning,
        "입찰 시작일이 없습니다. 업체가 준비할 수 있도록 적어 주세요.",
        "The start of bidding is missing. Enter it so that suppliers can prepare."
    )
    static let missingBidClosing = ImportDefect(
        "missingBidClosing",
        .warning,
        "입찰 마감일이 없습니다. 마감 일시를 적어 주세요.",
        "The end of bidding is missing. Enter the closing time."
    )
    static let closesBeforeOpening = ImportDefect(
        "closesBeforeOpening",
        .warning,
        "입찰 마감이 시작보다 빠릅니다. 두 일시를 확인하세요.",
        "Bidding closes before it opens. Check both times."
    )
}

// The file as a whole.
extension ImportDefect {
    static let missingTitleColumn = ImportDefect(
        "missingTitleColumn",
        .error,
        "‘사업명’ 열을 찾지 못했습니다. 머리글을 확인하세요.",
        "No column for the title was found. Check the header row."
    )
    static let missingAmountColumn = ImportDefect(
        "missingAmountColumn",
        .error,
        "‘사업비’ 열을 찾지 못했습니다. 머리글을 확인하세요.",
        "No column for the budget was found. Check the header row."
    )
    static let missingTimingColumn = ImportDefect(
        "missingTimingColumn",
        .error,
        "‘발주시기’ 열도 ‘공개 일자’ 열도 없습니다. 머리글을 확인하세요.",
        "There is no column for the order time or publication date. Check the header row."
    )
    static let unknownColumn = ImportDefect(
        "unknownColumn",
        .note,
        "쓰이지 않는 열입니다. 내용은 원본과 함께 보관합니다.",
        "This column is not used; its cells are kept with the original."
    )
    static let repeatedColumn = ImportDefect(
        "repeatedColumn",
        .warning,
        "같은 뜻의 열이 또 있어 이 열은 읽지 않았습니다.",
        "Another column means the same; this one was not read."
    )
    static let extraCells = ImportDefect(
        "extraCells",
        .warning,
        "머리글보다 칸이 많습니다. 쉼표나 칸 나눔이 잘못됐는지 확인하세요.",
        "The row has more cells than the header. Check for a stray comma."
    )
    static let totalRow = ImportDefect(
        "totalRow",
        .note,
        "합계 행이라 사업으로 읽지 않았습니다.",
        "This is a row of totals and was not read as a project."
    )
    static let totalMismatch = ImportDefect(
        "totalMismatch",
        .warning,
        "합계 행의 금액이 위 사업비의 합과 다릅니다. 빠진 사업이 있는지 확인하세요.",
        "The total differs from the sum of the rows. Check whether a project is missing."
    )
    static let tooManyRows = ImportDefect(
        "tooManyRows",
        .error,
        "행이 너무 많아 나머지는 읽지 않았습니다. 파일을 나누어 올려 주세요.",
        "There are too many rows; the rest was not read. Split the file."
    )
}
