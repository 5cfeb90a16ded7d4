import Basics

/// One data row as a file reader hands it over.
struct ImportRow: Sendable, Hashable {
    /// The row number in the file, 1-based, the header row counted.
    var number: Int
    /// The cells from the first column on.
    var cells: [String]
}

/// What the officer decides before an import.
struct PlanImportOptions: Sendable {
    /// The plan year, where no column tells it; a notice takes the year of its publication.
    var planYear: Int?
    /// The agency of every row, where no column names one.
    var agency: PlanAgency?
    /// The agencies that names are looked up in.
    var directory = AgencyDirectory([])
    /// The kind of an agency that the directory does not know.
    var fallbackAgencyKind = AgencyKind.invested
    /// Whether the file is the plan of `agency` and `planYear` alone: rows that name another known
    /// agency, or another year, are refused, and names that nobody knows count as the agency's own.
    var isOnePlan = false
    /// The unit of amounts; overrides what the header says.
    var moneyUnit: MoneyUnit?
    /// Whether a budget of zero won is imported, with a warning.
    var allowsZeroAmount = false
    /// The row number of the header.
    var headerRowNumber = 1
    /// The number of rows that are read.
    var maximumRowCount = 100_000
    /// The number of characters in one cell.
    var maximumCellCharacterCount = 20_000
    /// The number of issues of one kind that are kept in detail; all are counted.
    var maximumIssueCountPerKind = 200

    /// Budgets from this amount on are refused as a mistake of unit: one trillion won.
    static let maximumBudget = Won(1_000_000_000_000)
    /// Budgets below this amount are questioned: one million won.
    static let minimumUsualBudget = Won(1_000_000)
}

/// A request that an import cannot fulfil.
struct ImportError: ExplainedError, Hashable {
    /// What was wrong with the request.
    enum Code: String, Sendable, Hashable {
        /// The import has no row of this number.
        case noSuchRow
        /// The file has no column of this number.
        case noSuchColumn
        /// The plan of an agency and year has too many projects.
        case tooManyProjects
    }

    /// What was wrong.
    let code: Code
    /// What to do, for the person.
    let message: Bilingual
    /// The numbers asked for, for the log.
    let context: String
}

extension ImportError {
    /// A plan has more projects than an edition may have.
    static func tooManyProjects(of project: PlannedProject) -> ImportError {
        let limit = Editions.maximumProjectCount
        return ImportError(
            code: .tooManyProjects,
            message: Bilingual(
                "\(project.planYear)년 \(project.agencyName)의 사업이 \(limit.grouped)건을 넘습니다.",
                "The \(project.planYear) plan of \(project.agencyName) has more than "
                    + "\(limit.grouped) projects."
            ),
            context: "\(project.agencyID) \(project.planYear)"
        )
    }
}
