import Basics
import Facets
import Korean
import Store

/// Fills the catalogue's indexes from the store, a million projects in a few seconds.
///
/// A row goes from the store's buffer into the indexes without becoming a `PlannedProject`: words of
/// closed lists become codes of the facets, texts are put together as `Catalogue.searchText` does.
struct CatalogueReader {
    /// What an edition says of all its projects.
    private struct Owner {
        var year: UInt64
        var agencyKind: UInt64
        var agency: UInt64
        var name: [UInt8]
    }

    private var ids: [Int64] = []
    private var facets: FacetIndex.Builder
    private var words = SubstringIndex.Builder()
    private var owners: [Int64: Owner] = [:]
    private var types = WordMemory<(code: UInt64, label: [UInt8])>()
    private var timings = WordMemory<(code: UInt64, month: Int)>()
    private var technologies = WordMemory<UInt64>()
    private var statuses = WordMemory<UInt64>()
    private let usesNone: UInt64
    private let usesSome: UInt64
    private let bands: [UInt64]
    private var codes = [UInt64](repeating: 0, count: ProjectFacet.allCases.count)
    private var numbers: [Int64] = [0, 0]
    private var text: [UInt8] = []

    private init() throws {
        facets = FacetIndex.Builder(schema: try Catalogue.schema())
        usesNone = try facets.code(of: "false", in: .newTechnology)
        usesSome = try facets.code(of: "true", in: .newTechnology)
        var bands: [UInt64] = []
        for band in BudgetBand.allCases {
            bands.append(try facets.code(of: band.rawValue, in: .budgetBand))
        }
        self.bands = bands
    }

    /// Reads every current project.
    ///
    /// - Throws: `FacetsError` or `KoreanError` where the projects are more than an index holds.
    static func read(in db: ReadTransaction) throws -> Catalogue.Snapshot {
        var reader = try CatalogueReader()
        var agencies: [String: Bilingual] = [:]
        for edition in try Editions.allCurrent(in: db) {
            try reader.add(edition)
            agencies[edition.agencyID] = edition.agency.label
        }
        // SQLite hands out a row faster than it looks up whether its edition is in force.
        let condition: SQL =
            db.engine == .sqlite
            ? "" : "WHERE edition_id IN (SELECT id FROM procurement_edition WHERE is_current = 1)"
        try db.forEach(
            """
            SELECT id, edition_id, title, title_english, description, department, type, budget,
                order_timing, order_year, order_month, technologies, status
            FROM procurement_project \(condition) ORDER BY id
            """
        ) { try reader.add($0) }
        return Catalogue.Snapshot(
            ids: reader.ids,
            facets: reader.facets.finish(),
            words: reader.words.finish(),
            agencies: agencies,
            updatedAt: try db.value(
                "SELECT max(published_at) FROM procurement_edition",
                as: Instant.self
            ),
            newestEditionID: try Editions.newestID(in: db)
        )
    }

    private mutating func add(_ edition: EditionRecord) throws {
        owners[edition.id] = Owner(
            year: try facets.code(of: String(edition.planYear), in: .year),
            agencyKind: try facets.code(of: edition.agencyKind.rawValue, in: .agencyKind),
            agency: try facets.code(of: edition.agencyID, in: .agency),
            name: Array(edition.agencyName.utf8)
        )
    }

    private mutating func add(_ row: borrowing Row) throws {
        guard let owner = owners[try row.int64(1)] else { return }
        ids.append(try row.int64(0))
        let type = try type(row, 6)
        let timing = try timing(row, 8)
        let technologies = try technologies(row, 11)
        let budget = try row.int64(7)
        let month = row.isNull(10) ? timing.month : try row.int(10)
        // In the order of `ProjectFacet.allCases`.
        codes[0] = owner.year
        codes[1] = owner.agencyKind
        codes[2] = owner.agency
        codes[3] = type.code
        codes[4] = timing.code
        codes[5] = technologies
        codes[6] = technologies == 0 ? usesNone : usesSome
        codes[7] = bands[BudgetBand.rank(of: Won(budget))]
        codes[8] = try status(row, 12)
        numbers[0] = budget
        numbers[1] = Catalogue.orderNumber(year: try row.int(9), month: month)
        try facets.append(codes: codes, numbers: numbers)
        try addText(row, owner: owner.name, type: type.label)
    }

    private mutating func addText(_ row: borrowing Row, owner: [UInt8], type: [UInt8]) throws {
        text.removeAll(keepingCapacity: true)
        try row.withUTF8(2) { text.append(contentsOf: $0) }
        text.append(Catalogue.separator)
        try row.withUTF8(3) { text.append(contentsOf: $0) }
        text.append(Catalogue.separator)
        text.append(contentsOf: owner)
        text.append(Catalogue.separator)
        try row.withUTF8(5) { text.append(contentsOf: $0) }
        text.append(Catalogue.separator)
        text.append(contentsOf: type)
        text.append(Catalogue.separator)
        try row.withUTF8(4) { text.append(contentsOf: $0) }
        if text.count > SubstringIndex.maximumTextByteCount {
            try words.append(Catalogue.shortened(String(decoding: text, as: UTF8.self)))
        } else {
            let result = text.withUnsafeBufferPointer { utf8 in
                Result { () throws(KoreanError) in try words.append(utf8: utf8) }
            }
            try result.get()
        }
    }

    private mutating func type(
        _ row: borrowing Row,
        _ column: Int
    ) throws -> (code: UInt64, label: [UInt8]) {
        if let known = try row.withUTF8(column, { types.meaning(of: $0) }) { return known }
        let word = try row.text(column)
        let label = ProjectType(rawValue: word)?.label.korean ?? word
        let meaning = (code: try facets.code(of: word, in: .type), label: Array(label.utf8))
        try row.withUTF8(column) { types.keep(meaning, of: $0) }
        return meaning
    }

    private mutating func timing(
        _ row: borrowing Row,
        _ column: Int
    ) throws -> (code: UInt64, month: Int) {
        if let known = try row.withUTF8(column, { timings.meaning(of: $0) }) { return known }
        let word = try row.text(column)
        let meaning = (
            code: try facets.code(of: word, in: .timing),
            month: OrderTiming(rawValue: word)?.months?.lowerBound ?? 0
        )
        try row.withUTF8(column) { timings.keep(meaning, of: $0) }
        return meaning
    }

    private mutating func status(_ row: borrowing Row, _ column: Int) throws -> UInt64 {
        if let known = try row.withUTF8(column, { statuses.meaning(of: $0) }) { return known }
        let code = try facets.code(of: try row.text(column), in: .status)
        try row.withUTF8(column) { statuses.keep(code, of: $0) }
        return code
    }

    private mutating func technologies(_ row: borrowing Row, _ column: Int) throws -> UInt64 {
        if let known = try row.withUTF8(column, { technologies.meaning(of: $0) }) { return known }
        var bits: UInt64 = 0
        for technology in ProjectRow.technologies(try row.text(column)).sorted() {
            bits |= 1 << (try facets.code(of: technology.rawValue, in: .technology))
        }
        try row.withUTF8(column) { technologies.keep(bits, of: $0) }
        return bits
    }
}

extension FacetIndex.Builder {
    fileprivate mutating func code(
        of label: String,
        in facet: ProjectFacet
    ) throws(FacetsError) -> UInt64 {
        try code(of: label, in: facet.rawValue)
    }
}
