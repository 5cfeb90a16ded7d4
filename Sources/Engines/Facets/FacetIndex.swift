/// Counts and sums the rows of a list by every value of every facet, for any choice of filters.
///
/// An immutable value: `replacing` returns a new index, so that queries may run on one while the
/// next is made. Row numbers are the order of insertion and never change.
public struct FacetIndex: Sendable {
    /// The most rows, removed ones included.
    public static let maximumRowCount = 1 << 24
    /// The most rows of a page.
    public static let maximumPageRowCount = 10_000

    /// What the rows have.
    public let schema: FacetSchema
    /// The number of rows, removed ones included: the row numbers are below it.
    public let rowCount: Int
    /// The number of rows removed; when it grows past a fourth, a rebuilt index is smaller.
    public var removedRowCount: Int { rowCount - live.count }

    let vocabularies: [Vocabulary]
    let columns: [CombinationColumn]
    /// The numbers, `[number][row]`.
    let numbers: [[Int64]]
    /// The rows not removed.
    let live: RowSet

    /// Builds an index of rows; row numbers are their positions.
    public init(
        _ schema: FacetSchema,
        _ rows: some Sequence<FacetRow>
    ) throws(FacetsError) {
        var builder = Builder(schema: schema)
        for row in rows { try builder.append(row) }
        self = builder.finish()
    }

    init(
        schema: FacetSchema,
        vocabularies: [Vocabulary],
        columns: [CombinationColumn],
        numbers: [[Int64]],
        live: RowSet,
        rowCount: Int
    ) {
        self.schema = schema
        self.vocabularies = vocabularies
        self.columns = columns
        self.numbers = numbers
        self.live = live
        self.rowCount = rowCount
    }

    /// The labels of a row: one list for each dimension of the schema.
    public func labels(ofRow row: UInt32) throws(FacetsError) -> [[String]] {
        guard row < rowCount else { throw unknownRow(row, rowCount) }
        var labels = [[String]](repeating: [], count: schema.dimensions.count)
        for column in columns {
            let cell = Int(column.cells[Int(row)])
            for (position, dimension) in column.dimensions.enumerated() {
                let digit = Int(column.digits[position][cell])
                let vocabulary = vocabularies[dimension]
                labels[dimension] =
                    vocabulary.isMultiple
                    ? vocabulary.labels.enumerated()
                        .filter { vocabulary.masks[digit] >> UInt64($0.offset) & 1 == 1 }
                        .map(\.element)
                    : [vocabulary.labels[digit]]
            }
        }
        return labels
    }

    /// The value of one of a row's numbers.
    public func number(_ name: String, ofRow row: UInt32) throws(FacetsError) -> Int64 {
        guard row < rowCount else { throw unknownRow(row, rowCount) }
        return try numbers[schema.number(name)][Int(row)]
    }

    /// An index without some rows and with more: what a new edition of a list needs.
    ///
    /// To remove a row twice changes nothing; the numbers of new rows follow those of this index.
    public func replacing(
        removed: some Sequence<UInt32>,
        added: some Sequence<FacetRow>
    ) throws(FacetsError) -> FacetIndex {
        var builder = Builder(self)
        for row in removed { try builder.remove(row) }
        for row in added { try builder.append(row) }
        return builder.finish()
    }
}

func unknownRow(_ row: UInt32, _ rowCount: Int) -> FacetsError {
    FacetsError(
        .unknownRow,
        "집계 색인에 없는 항목입니다.",
        "The facet index has no such row.",
        context: "row \(row) of \(rowCount)"
    )
}
