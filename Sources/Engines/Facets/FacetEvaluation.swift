extension FacetIndex {
    /// Counts and sums the rows by every value of every facet, each facet without its own filter.
    ///
    /// A row counts for the facets of a column where it passes the filters of all other columns; so
    /// one addition a row and column is enough, and the filters inside a column are decided cell
    /// by cell.
    public func evaluate(_ query: FacetQuery) throws(FacetsError) -> FacetResult {
        let measure = try query.measure.map { name throws(FacetsError) in try schema.number(name) }
        let accepted = try acceptedDigits(query)
        let base = base(query.candidates)
        let filters = columns.map { ColumnFilter($0, accepted: accepted) }
        let passing = zip(columns, filters).map { column, filter in
            filter.isUnfiltered
                ? nil
                : FacetScan.rows(
                    of: base,
                    cells: column.cells,
                    passing: filter.failureCounts.map { $0 == 0 }
                )
        }
        var facets = [[FacetTotal]](repeating: [], count: schema.dimensions.count)
        for (number, column) in columns.enumerated() {
            var others = base
            for (other, rows) in passing.enumerated() where other != number {
                if let rows { others.formIntersection(rows) }
            }
            let isEveryRow =
                query.candidates == nil
                && passing.enumerated().allSatisfy { $0.offset == number || $0.element == nil }
            let cells =
                isEveryRow
                ? column.totals[measure ?? 0]
                : totals(of: others, column: column, measure: measure ?? 0)
            filters[number].addUp(
                cells,
                of: column,
                vocabularies: vocabularies,
                into: &facets
            )
        }
        var matches = base
        for case .some(let rows) in passing { matches.formIntersection(rows) }
        return result(query, matches: matches, facets: facets, measure: measure ?? 0)
    }

    private func acceptedDigits(_ query: FacetQuery) throws(FacetsError) -> [[Bool]?] {
        var accepted = [[Bool]?](repeating: nil, count: schema.dimensions.count)
        for (name, labels) in query.filters {
            let dimension = try schema.dimension(name)
            if !labels.isEmpty { accepted[dimension] = vocabularies[dimension].accepted(labels) }
        }
        return accepted
    }

    private func base(_ candidates: RowSet?) -> [UInt64] {
        guard let candidates else { return live.bitset }
        var base = live.bitset
        base.formIntersection(candidates.bitset)
        return base
    }

    /// The totals of some rows by cell; where they are most of the rows, the totals of all rows
    /// less those of the others.
    private func totals(
        of rows: [UInt64],
        column: CombinationColumn,
        measure: Int
    ) -> [CellTotal] {
        let values = measure < numbers.count ? numbers[measure] : nil
        let count = rows.reduce(0) { $0 + $1.nonzeroBitCount }
        guard count * 2 > live.count else {
            return FacetScan.totals(
                of: rows,
                cells: column.cells,
                cellCount: column.cellCount,
                measure: values
            )
        }
        var others = live.bitset
        for word in others.indices { others[word] &= ~rows[word] }
        let less = FacetScan.totals(
            of: others,
            cells: column.cells,
            cellCount: column.cellCount,
            measure: values
        )
        return zip(column.totals[measure], less).map { all, less in
            CellTotal(count: all.count - less.count, sum: all.sum - less.sum)
        }
    }

    private func result(
        _ query: FacetQuery,
        matches: [UInt64],
        facets: [[FacetTotal]],
        measure: Int
    ) -> FacetResult {
        let rows = RowSet(bitset: matches)
        let list = schema.dimensions.enumerated().map { position, dimension in
            let selected = query.filters[dimension.name] ?? []
            let values = zip(vocabularies[position].labels, facets[position]).map { label, total in
                Facet.Value(label: label, total: total, isSelected: selected.contains(label))
            }
            return Facet(name: dimension.name, values: values)
        }
        var sum: Int64 = 0
        if measure < numbers.count {
            numbers[measure].withUnsafeBufferPointer { numbers in
                FacetScan.forEachRow(of: matches) { sum &+= numbers[$0] }
            }
        }
        return FacetResult(
            matches: rows,
            total: FacetTotal(count: rows.count, sum: sum),
            facets: list
        )
    }
}

/// The filters of one column, decided for every cell.
private struct ColumnFilter {
    /// The number of filters that a cell fails; empty where the column has no filter.
    private(set) var failureCounts: [UInt8] = []
    /// The last of the column's dimensions whose filter a cell fails.
    private var failedPositions: [UInt8] = []

    var isUnfiltered: Bool { failureCounts.isEmpty }

    init(_ column: CombinationColumn, accepted: [[Bool]?]) {
        for (position, dimension) in column.dimensions.enumerated() {
            guard let accepted = accepted[dimension] else { continue }
            if isUnfiltered {
                failureCounts = [UInt8](repeating: 0, count: column.cellCount)
                failedPositions = failureCounts
            }
            for (cell, digit) in column.digits[position].enumerated()
            where accepted.isEmpty || !accepted[Int(digit)] {
                failureCounts[cell] += 1
                failedPositions[cell] = UInt8(position)
            }
        }
    }

    /// Adds the cells to the values of the column's facets: a cell that fails no filter to all of
    /// them, one that fails a single filter to the facet of that filter.
    func addUp(
        _ cells: [CellTotal],
        of column: CombinationColumn,
        vocabularies: [Vocabulary],
        into facets: inout [[FacetTotal]]
    ) {
        for (position, dimension) in column.dimensions.enumerated() {
            let vocabulary = vocabularies[dimension]
            var byDigit = [CellTotal](repeating: CellTotal(), count: max(1, vocabulary.digitCount))
            let digits = column.digits[position]
            for (cell, total) in cells.enumerated() where total.count != 0 {
                if !isUnfiltered {
                    let failures = failureCounts[cell]
                    guard failures == 0 || failures == 1 && failedPositions[cell] == position
                    else { continue }
                }
                byDigit[Int(digits[cell])].count += total.count
                byDigit[Int(digits[cell])].sum += total.sum
            }
            facets[dimension] = vocabulary.totals(byDigit)
        }
    }
}

extension Vocabulary {
    /// The totals by label, from those by digit: a combination counts in each of its labels.
    fileprivate func totals(_ byDigit: [CellTotal]) -> [FacetTotal] {
        labels.indices.map { code in
            guard isMultiple else {
                return FacetTotal(count: Int(byDigit[code].count), sum: byDigit[code].sum)
            }
            var total = FacetTotal(count: 0, sum: 0)
            for (mask, cell) in zip(masks, byDigit) where mask >> UInt64(code) & 1 == 1 {
                total.count += Int(cell.count)
                total.sum += cell.sum
            }
            return total
        }
    }
}

extension [UInt64] {
    /// Keeps the bits that another bitset has as well; words that it lacks are empty.
    fileprivate mutating func formIntersection(_ other: [UInt64]) {
        let common = Swift.min(count, other.count)
        for word in 0..<common { self[word] &= other[word] }
        for word in common..<count { self[word] = 0 }
    }
}
