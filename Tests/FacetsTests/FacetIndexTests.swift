import Basics
import Testing

@testable import Facets

/// Plans as the city has them, in the engine's form and as records that an oracle can read.
private struct Plan {
    static let dimensions = ["agency", "type", "quarter", "tech", "status", "year"]
    let labels: [[String]]
    let budget: Int64
    let date: Int64

    init(_ random: inout SeededRandom) {
        func pick(_ name: String, _ count: Int) -> [String] {
            // The square makes some values frequent and some rare.
            let unit = random.unit()
            return ["\(name)\(Int(unit * unit * Double(count)))"]
        }
        let tags = (0..<Int.random(in: 0...3, using: &random)).flatMap { _ in pick("tech", 9) }
        labels =
            [pick("agency", 52), pick("type", 8), pick("quarter", 4)]
            + [Array(Set(tags)).sorted(), pick("status", 6), pick("year", 17)]
        budget = Int64.random(in: -5...9_000, using: &random) * 1_000_000
        date = Int64.random(in: 19_000...19_365, using: &random)
    }

    var band: String {
        budget < 100_000_000 ? "under1" : budget < 1_000_000_000 ? "under10" : "over10"
    }

    var row: FacetRow {
        FacetRow(labels: labels + [[]], numbers: [budget, date])
    }

    func labels(_ dimension: String) -> [String] {
        guard let position = Plan.dimensions.firstIndex(of: dimension) else { return [band] }
        return labels[position]
    }

    func passes(_ filters: [String: Set<String>], except own: String? = nil) -> Bool {
        filters.allSatisfy { name, wanted in
            name == own || wanted.isEmpty || !wanted.isDisjoint(with: labels(name))
        }
    }
}

private func schema() throws -> FacetSchema {
    try FacetSchema(
        dimensions: [
            .single("agency"), .single("type"), .single("quarter"), .multiple("tech"),
            .single("status"), .single("year"),
            .bands(
                "band",
                of: "budget",
                cuts: [100_000_000, 1_000_000_000],
                labels: ["under1", "under10", "over10"]
            ),
        ],
        numbers: ["budget", "date"]
    )
}

private func plans(_ count: Int, seed: UInt64) -> [Plan] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Plan(&random) }
}

private func index(_ plans: [Plan]) throws -> FacetIndex {
    var builder = FacetIndex.Builder(schema: try schema())
    for plan in plans { try builder.append(plan.row) }
    return builder.finish()
}

/// A query that somebody might put: none to four filters, sometimes candidates.
private func randomQuery(_ random: inout SeededRandom, rowCount: Int) -> FacetQuery {
    var query = FacetQuery()
    for _ in 0..<Int.random(in: 0...4, using: &random) {
        let (name, count) =
            [
                ("agency", 52), ("type", 8), ("quarter", 4), ("tech", 10), ("status", 6),
                ("year", 18),
            ]
            .randomElement(using: &random) ?? ("year", 17)
        query.filters[name] = Set(
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                "\(name)\(Int.random(in: 0..<count, using: &random))"
            }
        )
    }
    if Bool.random(using: &random) { query.filters["band"] = ["under1", "over10"] }
    if Bool.random(using: &random) {
        let share = random.unit()
        query.candidates = RowSet(
            (0..<UInt32(rowCount)).filter { _ in random.unit() < share }
        )
    }
    if Bool.random(using: &random) { query.measure = "date" }
    return query
}

/// Checks every number of an answer against reading every row.
private func expectExact(
    _ index: FacetIndex,
    _ plans: [Plan?],
    _ query: FacetQuery,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let result = try index.evaluate(query)
    let rows = plans.enumerated().compactMap { row, plan -> (row: UInt32, plan: Plan)? in
        guard let plan, query.candidates?.contains(UInt32(row)) ?? true else { return nil }
        return (UInt32(row), plan)
    }
    func total(_ plans: [Plan]) -> FacetTotal {
        let sum = plans.reduce(0) { $0 + (query.measure == "date" ? $1.date : $1.budget) }
        return FacetTotal(count: plans.count, sum: sum)
    }
    let matching = rows.filter { $0.plan.passes(query.filters) }
    #expect(result.matches.rowNumbers == matching.map(\.row), sourceLocation: sourceLocation)
    #expect(result.total == total(matching.map(\.plan)), sourceLocation: sourceLocation)
    for facet in result.facets {
        var byLabel: [String: [Plan]] = [:]
        for (_, plan) in rows where plan.passes(query.filters, except: facet.name) {
            for label in plan.labels(facet.name) { byLabel[label, default: []].append(plan) }
        }
        for value in facet.values {
            let expected = total(byLabel.removeValue(forKey: value.label) ?? [])
            #expect(
                value.total == expected,
                "\(facet.name) \(value.label) of \(query.filters)",
                sourceLocation: sourceLocation
            )
            #expect(value.isSelected == (query.filters[facet.name]?.contains(value.label) ?? false))
        }
        #expect(byLabel.isEmpty, sourceLocation: sourceLocation)
    }
}

@Suite struct FacetIndexTests {
    @Test(arguments: 0..<8)
    func `every count and sum equals that of reading every row`(seed: Int) throws {
        let plans = plans(2_000, seed: UInt64(seed))
        let index = try index(plans)
        var random = SeededRandom(seed: UInt64(seed) &+ 100)
        for _ in 0..<8 {
            try expectExact(index, plans, randomQuery(&random, rowCount: plans.count))
        }
    }

    @Test func `ten thousand rows give exact answers without filters and with all`() throws {
        let plans = plans(10_000, seed: 11)
        let index = try index(plans)
        try expectExact(index, plans, FacetQuery())
        var query = FacetQuery()
        for (name, labels) in [
            ("agency", (0..<30).map { "agency\($0)" }), ("type", ["type0", "type3"]),
            ("quarter", ["quarter0", "quarter1"]), ("tech", ["tech0", "tech1", "tech5"]),
            ("status", ["status0", "status1", "status2"]), ("year", ["year0", "year1", "year2"]),
            ("band", ["over10"]),
        ] { query.filters[name] = Set(labels) }
        try expectExact(index, plans, query)
    }

    @Test func `many values of many dimensions divide into several columns and stay exact`() throws
    {
        var random = SeededRandom(seed: 4)
        let schema = try FacetSchema(
            dimensions: [.single("department"), .single("manager"), .single("district")],
            numbers: []
        )
        var builder = FacetIndex.Builder(schema: schema)
        var rows: [[String]] = []
        for _ in 0..<3_000 {
            let row = [1_000, 600, 40].map { "\(Int.random(in: 0..<$0, using: &random))" }
            rows.append(row)
            try builder.append(FacetRow(labels: row.map { [$0] }, numbers: []))
        }
        let index = builder.finish()
        #expect(index.columns.count == 3)
        let wanted = Set((0..<200).map { "\($0)" })
        let result = try index.evaluate(
            FacetQuery(filters: ["manager": wanted, "district": ["1", "2", "3"]])
        )
        for value in result.facet("district")?.values ?? [] {
            let count = rows.filter { $0[2] == value.label && wanted.contains($0[1]) }.count
            #expect(value.total == FacetTotal(count: count, sum: 0))
        }
        let matching = rows.filter { wanted.contains($0[1]) && ["1", "2", "3"].contains($0[2]) }
        #expect(result.total.count == matching.count)
    }

    @Test func `an edition replaces rows and leaves the index before it as it was`() throws {
        var random = SeededRandom(seed: 21)
        let first = plans(2_000, seed: 1)
        let before = try index(first)
        var rows: [Plan?] = first
        var edition = before
        for step in 0..<4 {
            let removed = (0..<200).map { _ in
                UInt32.random(in: 0..<UInt32(rows.count), using: &random)
            }
            let added = plans(150, seed: UInt64(50 + step))
            edition = try edition.replacing(removed: removed, added: added.map(\.row))
            for row in removed { rows[Int(row)] = nil }
            rows += added
            try expectExact(edition, rows, randomQuery(&random, rowCount: rows.count))
        }
        #expect(edition.removedRowCount == rows.filter { $0 == nil }.count)
        try expectExact(edition, rows, FacetQuery())
        try expectExact(before, first, FacetQuery())
    }

    @Test func `a new label of a later edition is counted and filtered by`() throws {
        let index = try index(plans(100, seed: 2))
        let row = FacetRow(
            labels: [
                ["new"], ["type0"], ["quarter0"], ["tech0", "new tag"], ["status0"], ["2030"], [],
            ],
            numbers: [7, 0]
        )
        let edition = try index.replacing(removed: [], added: [row])
        let result = try edition.evaluate(
            FacetQuery(filters: ["tech": ["new tag"], "year": ["2030"]])
        )
        #expect(result.total == FacetTotal(count: 1, sum: 7))
        #expect(result.facet("agency")?.value("new")?.total.count == 1)
        #expect(try edition.labels(ofRow: 100)[3].sorted() == ["new tag", "tech0"])
        #expect(try edition.number("budget", ofRow: 100) == 7)
    }

    @Test func `an index without rows answers`() throws {
        let result = try index([]).evaluate(FacetQuery(filters: ["year": ["2023"]]))
        #expect(result.total == FacetTotal(count: 0, sum: 0))
        #expect(result.facet("band")?.values.count == 3)
    }

    @Test func `candidates beyond the last row are ignored`() throws {
        let index = try index(plans(10, seed: 3))
        let beyond = FacetQuery(candidates: RowSet([3, 9, 10, 63, 64, 5_000]))
        #expect(try index.evaluate(beyond).matches.rowNumbers == [3, 9])
        #expect(
            try index.page(
                of: RowSet([3, 9, 5_000]),
                by: .number("date", descending: true),
                limit: 9
            )
            .sorted() == [3, 9]
        )
    }

    @Test func `a budget at a cut belongs to the band above it`() throws {
        var plan = plans(1, seed: 1)[0].row
        plan.numbers[0] = 100_000_000
        let index = try FacetIndex(schema(), [plan])
        #expect(try index.labels(ofRow: 0)[6] == ["under10"])
    }

    @Test func `a snapshot brings the same index back`() throws {
        let plans = plans(1_000, seed: 8)
        var rows: [Plan?] = plans
        for row in 0..<50 { rows[row] = nil }
        let index = try index(plans).replacing(removed: 0..<50, added: [])
        let restored = try FacetIndex(snapshot: index.snapshot)
        var random = SeededRandom(seed: 6)
        for _ in 0..<5 {
            try expectExact(restored, rows, randomQuery(&random, rowCount: rows.count))
        }
        #expect(restored.schema == index.schema)
        try expectExact(
            restored.replacing(removed: [60], added: []),
            rows.enumerated().map { $0 == 60 ? nil : $1 },
            FacetQuery()
        )
    }

    @Test func `a damaged snapshot is refused`() throws {
        let bytes = try index(plans(100, seed: 8)).snapshot
        var random = SeededRandom(seed: 9)
        for _ in 0..<50 {
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x10
            #expect(throws: FacetsError.self) { try FacetIndex(snapshot: damaged) }
            let cut = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
            #expect(throws: FacetsError.self) { try FacetIndex(snapshot: cut) }
        }
    }
}

@Suite struct RowPageTests {
    @Test(arguments: [true, false], [0, 7, 950, 1_990, 5_000])
    func `a page is the same part of a full sort`(isDescending: Bool, offset: Int) throws {
        let plans = plans(2_000, seed: 13)
        let index = try index(plans)
        let matches = try index.evaluate(
            FacetQuery(filters: ["quarter": ["quarter0", "quarter1"]])
        )
        .matches
        let sorted = matches.rowNumbers.sorted { left, right in
            let (first, second) = (plans[Int(left)].date, plans[Int(right)].date)
            if first != second { return isDescending ? first > second : first < second }
            return left < right
        }
        for limit in [0, 1, 25, 600] {
            let page = try index.page(
                of: matches,
                by: .number("date", descending: isDescending),
                offset: offset,
                limit: limit
            )
            #expect(page == Array(sorted.dropFirst(offset).prefix(limit)))
            let inserted = try index.page(
                of: matches,
                by: .insertion(descending: isDescending),
                offset: offset,
                limit: limit
            )
            let rows = isDescending ? matches.rowNumbers.reversed() : matches.rowNumbers
            #expect(inserted == Array(rows.dropFirst(offset).prefix(limit)))
        }
    }

    @Test func `a ranking keeps its order and loses the rows that do not match`() throws {
        let index = try index(plans(10, seed: 1)).replacing(removed: [4], added: [])
        let rows = RowSet([1, 4, 5, 9])
        #expect(try index.page(of: rows, by: .ranked([9, 4, 2, 1, 5]), limit: 10) == [9, 1, 5])
        #expect(
            try index.page(of: rows, by: .ranked([9, 4, 2, 1, 5]), offset: 1, limit: 1) == [1]
        )
    }

    @Test func `a page outside its limits is refused`() throws {
        let index = try index(plans(10, seed: 1))
        for (offset, limit) in [(-1, 10), (0, -1), (0, FacetIndex.maximumPageRowCount + 1)] {
            #expect(throws: FacetsError.self) {
                try index.page(
                    of: RowSet([1]),
                    by: .insertion(descending: false),
                    offset: offset,
                    limit: limit
                )
            }
        }
    }
}

@Suite struct FacetRefusalTests {
    @Test func `a schema that contradicts itself is refused`() {
        #expect(throws: FacetsError.self) {
            try FacetSchema(dimensions: [.single("a"), .multiple("a")], numbers: [])
        }
        #expect(throws: FacetsError.self) {
            try FacetSchema(
                dimensions: [.bands("b", of: "n", cuts: [1], labels: ["low", "high"])],
                numbers: []
            )
        }
        #expect(throws: FacetsError.self) {
            try FacetSchema(
                dimensions: [.bands("b", of: "n", cuts: [2, 1], labels: ["1", "2", "3"])],
                numbers: ["n"]
            )
        }
    }

    @Test func `a row of another shape is refused and leaves no trace`() throws {
        var builder = FacetIndex.Builder(
            schema: try FacetSchema(
                dimensions: [.single("a"), .multiple("b")],
                numbers: ["n"]
            )
        )
        try builder.append(FacetRow(labels: [["x"], ["t"]], numbers: [Int64.max]))
        for row in [
            FacetRow(labels: [["x"]], numbers: [1]), FacetRow(labels: [[], []], numbers: [1]),
            FacetRow(labels: [["x"], []], numbers: []),
            FacetRow(labels: [["x"], []], numbers: [1]),
            FacetRow(labels: [["x"], (0..<64).map { "\($0)" }], numbers: [0]),
        ] {
            #expect(throws: FacetsError.self) { try builder.append(row) }
        }
        #expect(throws: FacetsError.self) { try builder.append(codes: [9, 0], numbers: [0]) }
        #expect(builder.rowCount == 1)
        #expect(
            try builder.finish().evaluate(FacetQuery()).total == FacetTotal(count: 1, sum: .max)
        )
    }

    @Test func `an unknown name is refused, an unknown label matches nothing`() throws {
        let index = try index(plans(10, seed: 1))
        #expect { try index.evaluate(FacetQuery(filters: ["colour": ["red"]])) } throws: {
            ($0 as? FacetsError)?.code == .unknownName
        }
        #expect(throws: FacetsError.self) { try index.evaluate(FacetQuery(measure: "colour")) }
        #expect(try index.evaluate(FacetQuery(filters: ["year": ["1999"]])).total.count == 0)
    }
}
