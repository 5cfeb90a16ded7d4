/// The order of rows by how well they answer a search box.
///
/// A row is worth more where the words stand early (a title comes before a description), where words
/// begin with them, and where they stand next to each other as they were typed; what only a synonym
/// found comes after. It reads the folded texts, so that no second index is kept.
extension SubstringIndex {
    /// The most rows that are ranked; so many answer only what says too little to rank by.
    public static let maximumRankedRowCount = 50_000
    /// From here on in a text it no longer counts how early a word stands.
    private static let earlyUnitCount = 64
    /// What the beginning of a word counts, as much as so many units earlier.
    private static let wordBeginning = 24
    /// What words as they were typed, next to each other, count.
    private static let adjacency = 96
    /// What a query of synonyms counts less.
    private static let synonymLoss = 32

    /// Some of the rows of a finding, the best first; of equal ones the later first.
    ///
    /// - Returns: Nothing where the rows are more than `maximumRankedRowCount`.
    public func ranked(_ rows: [UInt32], by search: SubstringSearch) -> [UInt32]? {
        guard rows.count <= Self.maximumRankedRowCount else { return nil }
        let rows = rows.sorted()
        var best = [Int32](repeating: 0, count: rows.count)
        var scores = [Int32](repeating: 0, count: rows.count)
        for (number, query) in search.queries.enumerated() {
            for place in scores.indices {
                scores[place] = number == 0 ? 0 : -Int32(Self.synonymLoss)
            }
            for term in query.terms {
                add(term, to: &scores, rows) { place, begins in
                    Int32(max(0, Self.earlyUnitCount - place) + (begins ? Self.wordBeginning : 0))
                }
            }
            if query.terms.count > 1, query.terms.allSatisfy(\.spaces.isEmpty) {
                let whole = SubstringQuery.Term(word: query.terms.flatMap(\.units))
                add(whole, to: &scores, rows) { _, _ in Int32(Self.adjacency) }
            }
            for place in best.indices { best[place] = max(best[place], scores[place]) }
        }
        var keys = zip(best, rows).map { UInt64(UInt32($0)) << 32 | UInt64($1) }
        keys.sort(by: >)
        return keys.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Adds what a term is worth to the scores of the rows that have it.
    private func add(
        _ term: SubstringQuery.Term,
        to scores: inout [Int32],
        _ rows: [UInt32],
        _ worth: (_ place: Int, _ beginsWord: Bool) -> Int32
    ) {
        let segmentLength = UInt32(BigramPostings.maximumRowCount)
        var start = 0
        while start < rows.count {
            let segment = rows[start] / segmentLength
            let end = rows[start...].firstIndex { $0 / segmentLength != segment } ?? rows.count
            let first = start
            segments[Int(segment)].rows.forFirstPlace(
                of: term,
                in: rows[start..<end].lazy.map { Int($0 % segmentLength) }
            ) { index, place, begins in scores[first + index] += worth(place, begins) }
            start = end
        }
    }
}
