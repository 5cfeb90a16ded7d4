extension FacetIndex {
    /// Collects rows for an index.
    public struct Builder {
        private let schema: FacetSchema
        private var vocabularies: [Vocabulary]
        /// The digits, `[dimension][row]`.
        private var digits: [[UInt16]]
        private var numbers: [[Int64]]
        private var live: [UInt64]
        /// The sum of the magnitudes of each number, which bounds every sum of a query.
        private var magnitudes: [Int64]
        /// For each dimension of bands, the position of its number.
        private let bandNumbers: [Int]

        /// The number of rows so far, which is the next row's number.
        public private(set) var rowCount: Int

        /// Begins an index without rows.
        public init(schema: FacetSchema) {
            self.schema = schema
            vocabularies = schema.dimensions.map { Vocabulary($0.kind) }
            digits = schema.dimensions.map { _ in [] }
            numbers = schema.numbers.map { _ in [] }
            live = []
            magnitudes = schema.numbers.map { _ in 0 }
            bandNumbers = Self.bandNumbers(of: schema)
            rowCount = 0
        }

        /// Continues an index.
        public init(_ index: FacetIndex) {
            schema = index.schema
            vocabularies = index.vocabularies
            digits = index.schema.dimensions.map { _ in [] }
            for column in index.columns {
                for (position, dimension) in column.dimensions.enumerated() {
                    digits[dimension] = column.digitColumn(at: position)
                }
            }
            numbers = index.numbers
            live = index.live.bitset
            magnitudes = index.numbers.map { $0.reduce(0) { $0 + Int64($1.magnitude) } }
            bandNumbers = Self.bandNumbers(of: schema)
            rowCount = index.rowCount
        }

        private static func bandNumbers(of schema: FacetSchema) -> [Int] {
            schema.dimensions.map { dimension in
                guard case .bands(let number, _, _) = dimension.kind else { return 0 }
                return schema.numbers.firstIndex(of: number) ?? 0
            }
        }

        /// The code of a label, for `append(codes:numbers:)`; a new label gets the next code.
        ///
        /// A million rows have few labels: a caller keeps the codes of those it has seen.
        public mutating func code(of label: String, in dimension: String) throws(FacetsError)
            -> UInt64
        {
            let position = try schema.dimension(dimension)
            if case .bands = schema.dimensions[position].kind {
                throw Self.invalidRow("\(dimension) is derived")
            }
            return UInt64(try vocabularies[position].intern(label))
        }

        /// Adds a row.
        public mutating func append(_ row: FacetRow) throws(FacetsError) {
            guard row.labels.count == schema.dimensions.count else {
                throw Self.invalidRow("\(row.labels.count) lists of labels")
            }
            var codes = [UInt64](repeating: 0, count: schema.dimensions.count)
            for (position, dimension) in schema.dimensions.enumerated() {
                let labels = row.labels[position]
                switch dimension.kind {
                case .single:
                    guard labels.count == 1 else {
                        throw Self.invalidRow("\(labels.count) labels of \(dimension.name)")
                    }
                    codes[position] = UInt64(try vocabularies[position].intern(labels[0]))
                case .multiple:
                    for label in labels {
                        let code = try vocabularies[position].intern(label)
                        codes[position] |= 1 << UInt64(code)
                    }
                case .bands: break
                }
            }
            try append(codes: codes, numbers: row.numbers)
        }

        /// Adds a row by the codes of its labels: for each dimension of the schema the code
        /// (`single`), the bits of the codes (`multiple`: `1 << code`), or anything (`bands`).
        public mutating func append(codes: [UInt64], numbers row: [Int64]) throws(FacetsError) {
            guard codes.count == digits.count, row.count == numbers.count else {
                throw Self.invalidRow("\(codes.count) codes, \(row.count) numbers")
            }
            guard rowCount < maximumRowCount else {
                throw FacetsError(
                    .tooManyRows,
                    "집계 색인에는 \(maximumRowCount)건까지 담을 수 있습니다.",
                    "A facet index holds at most \(maximumRowCount) rows.",
                    context: "row \(rowCount)"
                )
            }
            // Every part is checked before the first is kept, so that a refused row leaves no trace.
            for position in codes.indices { try check(codes[position], at: position) }
            for (position, number) in row.enumerated() { try check(number, at: position) }
            for position in codes.indices {
                digits[position].append(try digit(of: codes[position], at: position, numbers: row))
            }
            for (position, number) in row.enumerated() {
                magnitudes[position] += Int64(number.magnitude)
                numbers[position].append(number)
            }
            if rowCount & 63 == 0 { live.append(0) }
            live[rowCount >> 6] |= 1 << UInt64(rowCount & 63)
            rowCount += 1
        }

        private func check(_ code: UInt64, at position: Int) throws(FacetsError) {
            let count = vocabularies[position].labels.count
            switch schema.dimensions[position].kind {
            case .single:
                guard code < count else { throw Self.invalidRow("code \(code) of \(count)") }
            case .multiple:
                guard count == 64 || code >> UInt64(count) == 0 else {
                    throw Self.invalidRow("codes \(code) of \(count)")
                }
            case .bands: break
            }
        }

        private func check(_ number: Int64, at position: Int) throws(FacetsError) {
            guard let magnitude = Int64(exactly: number.magnitude),
                !magnitudes[position].addingReportingOverflow(magnitude).overflow
            else {
                throw FacetsError(
                    .sumTooLarge,
                    "합계가 너무 커서 셀 수 없습니다.",
                    "The sum is too large to be counted.",
                    context: "\(schema.numbers[position]) \(number) at row \(rowCount)"
                )
            }
        }

        private mutating func digit(
            of code: UInt64,
            at position: Int,
            numbers row: [Int64]
        ) throws(FacetsError) -> UInt16 {
            switch schema.dimensions[position].kind {
            case .single: return UInt16(code)
            case .multiple: return try vocabularies[position].digit(ofMask: code)
            case .bands(_, let cuts, _):
                let number = row[bandNumbers[position]]
                var band: UInt16 = 0
                for cut in cuts where cut <= number { band += 1 }
                return band
            }
        }

        /// Removes a row.
        public mutating func remove(_ row: UInt32) throws(FacetsError) {
            guard row < rowCount else { throw unknownRow(row, rowCount) }
            live[Int(row >> 6)] &= ~(1 << UInt64(row & 63))
        }

        /// The index of every row so far.
        public consuming func finish() -> FacetIndex {
            let digitCounts = vocabularies.map(\.digitCount)
            let plan = CombinationColumn.plan(digitCounts: digitCounts)
            var columns: [CombinationColumn] = []
            for dimensions in plan {
                columns.append(
                    CombinationColumn(
                        dimensions: dimensions,
                        digitColumns: digits,
                        digitCounts: digitCounts,
                        numbers: numbers,
                        live: live,
                        rowCount: rowCount
                    )
                )
            }
            return FacetIndex(
                schema: schema,
                vocabularies: vocabularies,
                columns: columns,
                numbers: numbers,
                live: RowSet(bitset: live),
                rowCount: rowCount
            )
        }

        private static func invalidRow(_ context: String) -> FacetsError {
            FacetsError(
                .invalidRow,
                "집계할 자료의 형식이 맞지 않습니다.",
                "A row does not have the shape of the facets.",
                context: context
            )
        }
    }
}
