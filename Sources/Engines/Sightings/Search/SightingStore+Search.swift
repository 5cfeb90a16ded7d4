import Basics

extension SightingStore {
    /// Rows that are all looked at before the cascade takes over, where the query leaves the choice.
    public static let maximumExactRows = 1 << 20

    /// Finds the sightings that are most like what is searched for.
    ///
    /// - Parameter query: The examples, the filters and how many matches are wanted.
    /// - Returns: The matches, best first, and how surely they are the best there are.
    /// - Throws: `badVector`, `badValue` or `tooMany` for a query that cannot be asked, `damaged` or
    ///   `unreadable` for a file that cannot be read.
    public func search(_ query: SightingQuery) throws -> SightingAnswer {
        try check(query)
        let selections = try select(query)
        guard !query.examples.isEmpty else { return try bestSeen(selections, query) }
        let vectors = try SearchVectors(query, rotation)
        var limit = query.limit
        while true {
            let found = try nearest(selections, vectors, query, limit: limit)
            let matches = try self.matches(found.hits, selections, vectors, query)
            let collapsed = query.collapsesPassings ? collapse(matches) : matches
            // Several sightings of one passing count as one match: more of them are asked for until
            // there are enough, or no more.
            if collapsed.count < query.limit, matches.count >= limit, limit < found.scannedCount {
                limit *= 4
                continue
            }
            return answer(Array(collapsed.prefix(query.limit)), found)
        }
    }

    private func check(_ query: SightingQuery) throws {
        guard (1...SightingQuery.maximumLimit).contains(query.limit),
            query.examples.count <= SightingQuery.maximumExamples,
            query.rejected.count <= SightingQuery.maximumExamples
        else {
            throw SightingsError(
                .tooMany,
                Bilingual(
                    "결과는 1~\(SightingQuery.maximumLimit)건, 예시는 "
                        + "\(SightingQuery.maximumExamples)개까지 요청할 수 있습니다.",
                    "Ask for 1 to \(SightingQuery.maximumLimit) matches with at most "
                        + "\(SightingQuery.maximumExamples) examples."
                ),
                context: "limit \(query.limit), examples \(query.examples.count)"
            )
        }
        guard !query.examples.isEmpty || !query.upper.isEmpty || !query.lower.isEmpty else {
            throw SightingsError(
                .badValue,
                Bilingual(
                    "예시 사진이나 옷 색 가운데 하나는 있어야 합니다.",
                    "Give an example, or a colour of the clothes."
                )
            )
        }
    }

    /// The rows that the filters leave.
    private func select(_ query: SightingQuery) throws -> [RowSelection] {
        let span = query.times.map { times in
            Instant(millisecondsSinceEpoch: times.lowerBound)
                .date...Instant(
                    millisecondsSinceEpoch: times.upperBound
                ).date
        }
        var selections: [RowSelection] = []
        for (day, snapshots) in snapshots(span) {
            guard let filter = RowFilter(query, on: day) else { continue }
            for snapshot in snapshots {
                guard let rows = try rows(of: snapshot) else { continue }
                let count =
                    if case .open(_, let count) = snapshot { count } else { rows.layout.capacity }
                let ranges = filter.ranges(in: rows, count: count)
                guard !ranges.isEmpty else { continue }
                selections.append(RowSelection(snapshot: snapshot, day: day, ranges: ranges))
            }
        }
        return selections
    }

    // MARK: - By likeness

    /// The rows found, and how.
    private struct Found {
        var hits: [BoundedScan.Hit]
        var scannedCount: Int
        var comparedCount: Int
        /// Where the cascade cut; nothing where every row was compared.
        var cascade: SignCascade?
    }

    private func nearest(
        _ selections: [RowSelection],
        _ vectors: SearchVectors,
        _ query: SightingQuery,
        limit: Int
    ) throws -> Found {
        let rowCount = selections.reduce(0) { $0 + $1.count }
        let isExact =
            query.scan == .exact
            || (query.scan == .automatic && rowCount <= Self.maximumExactRows)
        var scan = BoundedScan(vectors.targets, limit: limit)
        var cascade: SignCascade?
        if isExact {
            for (index, selection) in selections.enumerated() {
                guard let rows = try rows(of: selection.snapshot) else { continue }
                scan.scan(selection.ranges, of: rows, selection: index)
            }
        } else {
            var signs = SignCascade(vectors.targets)
            for selection in selections {
                signs.count(selection.ranges, of: try rows(of: selection.snapshot))
            }
            signs.settle(limit: limit)
            for (index, selection) in selections.enumerated() {
                let kept = signs.kept(selection.ranges, selection: index)
                guard !kept.isEmpty, let rows = try rows(of: selection.snapshot) else { continue }
                scan.scan(kept, of: rows, selection: index)
            }
            cascade = scan.comparedCount < rowCount ? signs : nil
        }
        let hits = try scan.hits { try rows(of: selections[$0].snapshot) }
        return Found(
            hits: Array(hits.sorted(by: Self.isBetter).prefix(limit)),
            scannedCount: rowCount,
            comparedCount: scan.comparedCount,
            cascade: cascade
        )
    }

    private static func isBetter(_ left: BoundedScan.Hit, _ right: BoundedScan.Hit) -> Bool {
        (right.score, left.selection, left.row) < (left.score, right.selection, right.row)
    }

    /// What was found, with how much of the best is expected to be in it.
    ///
    /// A match that the cut keeps with probability p stands for 1/p of its kind (D. G. Horvitz and D. J.
    /// Thompson, JASA 1952); what they stand for together is how many there should be.
    private func answer(_ matches: [SightingMatch], _ found: Found) -> SightingAnswer {
        var expected = 0.0
        for match in matches {
            expected += 1 / max(found.cascade?.keptShare(atScore: match.score) ?? 1, 1e-3)
        }
        return SightingAnswer(
            matches: matches,
            scannedCount: found.scannedCount,
            comparedCount: found.comparedCount,
            isExact: found.cascade == nil,
            expectedRecall: matches.isEmpty ? 1 : Double(matches.count) / expected
        )
    }

    private func matches(
        _ hits: [BoundedScan.Hit],
        _ selections: [RowSelection],
        _ vectors: SearchVectors,
        _ query: SightingQuery
    ) throws -> [SightingMatch] {
        let matches = try hits.compactMap { hit -> SightingMatch? in
            let selection = selections[hit.selection]
            guard let rows = try rows(of: selection.snapshot) else { return nil }
            let likeness = vectors.examples.map { rows.likeness(of: hit.row, to: $0) }
            var match = match(rows, hit.row, selection, query)
            match.score = hit.score
            match.reason.nearestExample = likeness.indices.max { likeness[$0] < likeness[$1] }
            match.reason.exampleLikeness = likeness
            match.reason.rejectedLikeness =
                vectors.rejected.map { rows.likeness(of: hit.row, to: $0) }.max()
            return match
        }
        return matches.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
    }

    private func match(
        _ rows: SegmentRows,
        _ row: Int,
        _ selection: RowSelection,
        _ query: SightingQuery
    ) -> SightingMatch {
        let quality = rows.column(.quality, of: UInt8.self)[row]
        return SightingMatch(
            id: SightingID(
                day: selection.day,
                segment: selection.snapshot.number,
                arrival: rows.column(.arrival, of: UInt32.self)[row]
            ),
            camera: rows.camera(of: row),
            timeMilliseconds: Instant(selection.day).millisecondsSinceEpoch
                + Int64(rows.column(.time, of: UInt32.self)[row]),
            box: rows.box(of: row),
            upper: rows.column(.upper, of: UInt8.self)[row],
            lower: rows.column(.lower, of: UInt8.self)[row],
            quality: quality,
            score: Float(quality) / 255,
            reason: SightingMatch.Reason(
                nearestExample: nil,
                exampleLikeness: [],
                rejectedLikeness: nil,
                upperFits: query.upper.isEmpty ? nil : true,
                lowerFits: query.lower.isEmpty ? nil : true
            ),
            passingCount: 1
        )
    }

    /// Keeps the best match of each camera and minute.
    private func collapse(_ matches: [SightingMatch]) -> [SightingMatch] {
        struct Passing: Hashable {
            var camera: UInt32
            var minute: Int64
        }
        var kept: [SightingMatch] = []
        var places: [Passing: Int] = [:]
        for match in matches {
            let passing = Passing(camera: match.camera, minute: match.timeMilliseconds / 60_000)
            if let place = places[passing] {
                kept[place].passingCount += match.passingCount
            } else {
                places[passing] = kept.count
                kept.append(match)
            }
        }
        return kept
    }

    // MARK: - By colours alone

    /// The sightings that pass the filters, those that were seen best first.
    private func bestSeen(
        _ selections: [RowSelection],
        _ query: SightingQuery
    ) throws -> SightingAnswer {
        var best: [SightingMatch] = []
        for selection in selections {
            guard let rows = try rows(of: selection.snapshot) else { continue }
            best += selection.ranges.joined().map { match(rows, $0, selection, query) }
            // The answer is cut after each segment: a day can have a million white shirts.
            best.sort { ($1.score, $0.id) < ($0.score, $1.id) }
            if query.collapsesPassings { best = collapse(best) }
            best = Array(best.prefix(query.limit))
        }
        let rowCount = selections.reduce(0) { $0 + $1.count }
        return SightingAnswer(
            matches: best,
            scannedCount: rowCount,
            comparedCount: rowCount,
            isExact: true,
            expectedRecall: 1
        )
    }
}
