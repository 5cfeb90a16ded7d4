import Basics
import City
import Store
import Tabular

/// Publishes the plans of a file of any length: of many agencies and years, row by row, in one
/// transaction.
///
/// Whatever goes wrong, a crash included, the plans in force are those of before or those of the whole
/// file. Memory holds a few thousand rows, and eight bytes of each for what tells a repeated project
/// and for its amount.
struct BulkImport {
    /// Where the plans come from and what they are.
    struct Source: Sendable {
        /// The kept file's place.
        var path: String
        /// The file's name, for people.
        var fileName: String
        /// The digest under which the file is kept.
        var digest: String
        /// Which sheet of a workbook, from 0.
        var sheet = 0
        /// Why the editions are published; where nobody says, the first of a year is the original
        /// plan, a later one its revision.
        var kind: PlanEdition.Kind?
        /// Whether rows with errors are left out; otherwise one error keeps all from publication.
        var skipsBadRows = false
    }

    /// What became of a file.
    struct Outcome: Sendable {
        /// The number of data rows.
        var rowCount = 0
        /// The number of rows that cannot be imported.
        var refusedRowCount = 0
        /// The number and sum of the projects that can.
        var totals = EditionDifference.Totals([])
        /// The number of editions, one an agency and year.
        var editionCount = 0
        /// The number of issues of each code; all of them, kept in detail or not.
        var issueCounts: [String: Int] = [:]
        /// The number of issues of each severity.
        var severityCounts: [ImportIssue.Severity: Int] = [:]
        /// The first issues of each kind, by row and column.
        var issues: [ImportIssue] = []
        /// What the reader noticed about the file itself.
        var warnings: [Bilingual] = []
        /// The number of projects that can be searched afterwards, those of other plans too.
        var searchableCount = 0
    }

    /// Errors, or the lack of projects, kept a file from publication; nothing has changed.
    struct Refusal: Error {
        /// What was found.
        var outcome: Outcome
    }

    /// Projects that are written together.
    static let maximumWaitingCount = 16_384
    /// Who publishes, for the record.
    static let publisher = "haechi procurement import"

    private let source: Source
    private let tx: WriteTransaction
    private var inserter: ProjectInserter
    private var reader: RowReader
    private var judge: PlanJudge
    private var ledger = IssueLedger()
    private var outcome = Outcome()
    private var editions: [Owner: Int] = [:]
    private var written: [Written] = []
    /// The projects not yet in the store, and for each, in the order they are written, its edition
    /// and its place among them.
    private var waiting: [PlannedProject] = []
    private var places: [UInt64] = []
    /// The fingerprints of the projects written; the store decides whether one really repeats.
    private var fingerprints: Set<Int> = []
    private var amounts: [Int64] = []
    private var sum: Int128 = 0
    private var amountCount = 0

    /// An agency's year.
    private struct Owner: Hashable {
        var agencyID: String
        var planYear: Int
    }

    /// An edition as far as it is written.
    private struct Written {
        var id: Int64
        var count = 0
        var budget = Won.zero
        /// The budgets of the projects whose reference occurs more than once.
        var repeated: [String: [Won]] = [:]
    }

    /// Publishes the plans of a file.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - options: The year, the agency, the unit where a person chose one.
    ///   - tx: The transaction in which all of it happens.
    /// - Returns: What was published.
    /// - Throws: `Refusal` where errors keep the file from publication; `TabularError` where it is no
    ///   table; `ImportError` where a plan is too large; `StoreError`.
    static func publish(
        _ source: Source,
        options: PlanImportOptions,
        in tx: WriteTransaction
    ) throws -> Outcome {
        var tabular = TabularOptions()
        tabular.fillsMergedCells = true
        tabular.limits.maximumRowCount = .max
        tabular.limits.maximumFileBytes = BlobStore.maximumBlobSize
        var table = try TabularReader.open(path: source.path, options: tabular)
        if source.sheet != 0 { try table.select(sheet: source.sheet) }
        let head = PlanHeader(try table.rows(upTo: HeaderFinder.maximumRowCount))
        var options = options
        options.headerRowNumber = head.rowNumber
        options.moneyUnit = options.moneyUnit ?? head.unit
        var bulk = try BulkImport(source: source, header: head.titles, options: options, in: tx)
        for row in head.data {
            bulk.reader.row = CSVRow(number: row.number, fields: row.cells.lazy.map(\.text))
            try bulk.takeRow()
        }
        while try table.next(&bulk.reader.row) { try bulk.takeRow() }
        bulk.outcome.warnings = table.warnings
        return try bulk.finish()
    }

    private init(
        source: Source,
        header: [String],
        options: PlanImportOptions,
        in tx: WriteTransaction
    ) throws {
        let mapping = ColumnMapping(header: header)
        self.source = source
        self.tx = tx
        inserter = try ProjectInserter(in: tx)
        reader = RowReader(mapping: mapping, options: options)
        judge = PlanJudge(mapping: mapping, options: options)
        judge.judgeColumns()
    }

    private mutating func takeRow() throws {
        if reader.isBlank { return }
        let row = reader.row.number
        if let isGrandTotal = reader.totalKind {
            let stated = reader.read().amount
            return judge.judgeTotal(
                stated,
                isGrandTotal: isGrandTotal,
                row: row,
                sum: sum,
                count: amountCount
            )
        }
        var read = reader.read()
        outcome.rowCount += 1
        for defect in read.defects {
            ledger.add(defect.kind, keeping: reader.options.maximumIssueCountPerKind) {
                reader.issue(of: defect)
            }
        }
        if let amount = read.amount?.amount {
            sum += Int128(amount)
            amountCount += 1
            if !read.amountNamedUnit { amounts.append(amount) }
        }
        guard var project = read.project.take() else { return outcome.refusedRowCount += 1 }
        let edition = try edition(of: project)
        let earlier = try earlierBudgets(like: project, in: edition)
        let isAdmitted = judge.admit(
            &project,
            keyIsDerived: read.keyIsDerived,
            row: row,
            earlier: earlier
        )
        guard isAdmitted else { return outcome.refusedRowCount += 1 }
        guard written[edition].count < Editions.maximumProjectCount else {
            throw ImportError.tooManyProjects(of: project)
        }
        written[edition].count += 1
        written[edition].budget += project.budget
        places.append(UInt64(edition) << 32 | UInt64(waiting.count))
        waiting.append(consume project)
        if waiting.count == Self.maximumWaitingCount { try writeWaiting() }
    }

    /// Writes the projects that wait, edition by edition, so that the store's index finds its pages.
    private mutating func writeWaiting() throws {
        places.sort()
        try waiting.withUnsafeBufferPointer { waiting in
            for place in places {
                let edition = written[Int(place >> 32)].id
                try inserter.append(waiting[Int(place & 0xFFFF_FFFF)], to: edition)
            }
        }
        places.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
    }

    /// The edition that a project belongs to; its first project begins it.
    private mutating func edition(of project: PlannedProject) throws -> Int {
        let owner = Owner(agencyID: project.agencyID, planYear: project.planYear)
        if let known = editions[owner] { return known }
        let hasEdition =
            try Editions.current(agencyID: owner.agencyID, planYear: owner.planYear, in: tx) != nil
        let agency = PlanAgency(
            id: project.agencyID,
            name: project.agencyName,
            nameEnglish: reader.options.directory.agencies.first { $0.id == project.agencyID }?
                .nameEnglish ?? project.agencyName,
            kind: project.agencyKind
        )
        let record = try Editions.publish(
            EditionDraft(
                agency: agency,
                planYear: project.planYear,
                kind: source.kind ?? (hasEdition ? .revised : .original),
                projects: [],
                sourceFile: source.fileName,
                sourceDigest: source.digest,
                publishedBy: Self.publisher
            ),
            in: tx
        )
        editions[owner] = written.count
        written.append(Written(id: record.id))
        return written.count - 1
    }

    /// The budgets of the earlier rows with a project's reference.
    private mutating func earlierBudgets(
        like project: PlannedProject,
        in edition: Int
    ) throws -> [Won] {
        var hasher = Hasher()
        hasher.combine(edition)
        hasher.combine(project.key)
        if fingerprints.insert(hasher.finalize()).inserted { return [] }
        var earlier = written[edition].repeated[project.key]
        if earlier == nil {
            try writeWaiting()
            let budget = try tx.value(
                """
                SELECT budget FROM procurement_project
                WHERE edition_id = \(written[edition].id) AND project_key = \(project.key)
                """,
                as: Won.self
            )
            // Two keys with one fingerprint are not the same.
            guard let budget else { return [] }
            earlier = [budget]
        }
        written[edition].repeated[project.key] = (earlier ?? []) + [project.budget]
        return earlier ?? []
    }

    private mutating func finish() throws -> Outcome {
        try writeWaiting()
        waiting = []
        fingerprints = []
        _ = judge.judgeUnit(amounts)
        amounts = []
        for edition in written {
            outcome.totals.count += edition.count
            outcome.totals.budget += edition.budget
        }
        outcome.editionCount = written.count
        outcome.issueCounts = ledger.counts.merging(judge.ledger.counts, uniquingKeysWith: +)
        for severity in [ImportIssue.Severity.error, .warning, .note] {
            outcome.severityCounts[severity] =
                ledger.count(severity) + judge.ledger.count(severity)
        }
        outcome.issues = (ledger.issues + judge.ledger.issues).sorted {
            ($0.row, $0.column, $0.code) < ($1.row, $1.column, $1.code)
        }
        let hasErrors = outcome.severityCounts[.error, default: 0] > 0
        guard outcome.totals.count > 0, source.skipsBadRows || !hasErrors else {
            throw Refusal(outcome: outcome)
        }
        for edition in written { try settle(edition) }
        // What could not be searched must not come into force.
        outcome.searchableCount = try CatalogueReader.read(in: tx).ids.count
        return outcome
    }

    /// Writes what is only known when an edition's last project is there.
    private func settle(_ edition: Written) throws {
        try tx.run(
            """
            UPDATE procurement_edition
            SET project_count = \(edition.count), budget = \(edition.budget)
            WHERE id = \(edition.id)
            """
        )
        try tx.record(
            .publishEdition,
            on: AuditSubject(kind: "edition", id: String(edition.id)),
            by: AuditActor(kind: .system, id: Self.publisher),
            purpose: .planPublication
        )
    }
}
