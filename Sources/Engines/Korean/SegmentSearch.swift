/// A term of a query in one segment.
struct SegmentTerm {
    let scorer: TermScorer
    let list: PostingList
    let lengths: UnsafeBufferPointer<UInt32>
}

/// Scores the documents of one segment for a query, window by window, the most promising first.
///
/// Within a window the terms are divided as MaxScore does (H. Turtle, J. Flood, "Query evaluation:
/// strategies and optimizations", 1995): those whose bounds together cannot lift a document among
/// the best are only looked up for documents that have another term. Whole windows whose bounds do
/// not suffice are skipped (block-max, see `PostingSegment`). What is skipped is never a hit: the
/// result is that of scoring everything.
struct SegmentSearch {
    private let segment: PostingSegment
    private let terms: [SegmentTerm]
    private let windowCount: Int
    /// The bound of each term in each window: term · `windowCount` + window.
    private var bounds: [Int32] = []
    private var windowBounds: [Int32]

    init(_ segment: PostingSegment, _ terms: [SegmentTerm]) {
        self.segment = segment
        self.terms = terms
        windowCount = segment.sizes.windowCount
        windowBounds = [Int32](repeating: .max, count: windowCount)
        if windowCount > 1 { findBounds() }
    }

    /// A bound of the score of every document.
    var bound: Int32 { windowBounds.max() ?? 0 }

    private mutating func findBounds() {
        bounds = [Int32](repeating: 0, count: terms.count * windowCount)
        windowBounds = [Int32](repeating: 0, count: windowCount)
        for (number, term) in terms.enumerated() {
            let row = number * windowCount
            let list = term.list
            if let first = list.bounds {
                for window in 0..<windowCount {
                    let known = segment.windows[first + window]
                    guard known.frequency > 0 else { continue }
                    bounds[row + window] = term.scorer.contribution(
                        frequency: known.frequency,
                        length: LengthClass.least(known.lengthClass)
                    )
                }
            } else {
                segment.forEachPosting(list) { document, frequency in
                    let window = document >> PostingSegment.windowBitCount
                    let added = term.scorer.contribution(
                        frequency: frequency,
                        length: term.lengths[document]
                    )
                    bounds[row + window] = max(bounds[row + window], added)
                }
            }
            for window in 0..<windowCount { windowBounds[window] += bounds[row + window] }
        }
    }

    /// Offers every document that may belong to the best.
    func run(into top: inout TopDocuments) {
        guard !terms.isEmpty else { return }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: PostingSegment.windowSize) { sums in
            if windowCount == 1 {
                return scoreWholeWindow(0, sums, into: &top)
            }
            for window in windowBounds.indices.sorted(by: { windowBounds[$0] > windowBounds[$1] }) {
                guard windowBounds[window] >= top.leastSum else { return }
                scoreWindow(window, sums, into: &top)
            }
        }
    }

    private func scoreWholeWindow(
        _ window: Int,
        _ sums: UnsafeMutableBufferPointer<Int32>,
        into top: inout TopDocuments
    ) {
        sums.update(repeating: 0)
        for term in terms { add(term, window, to: sums) }
        offer(window, sums, into: &top)
    }

    private func scoreWindow(
        _ window: Int,
        _ sums: UnsafeMutableBufferPointer<Int32>,
        into top: inout TopDocuments
    ) {
        let least = top.leastSum
        let present = terms.indices.filter { bound($0, window) > 0 }.sorted {
            bound($0, window) < bound($1, window)
        }
        // The longest beginning whose bounds together stay below the least sum of a hit.
        var optionalBound: Int32 = 0
        var optionalCount = 0
        for term in present {
            guard optionalBound + bound(term, window) < least else { break }
            optionalBound += bound(term, window)
            optionalCount += 1
        }
        guard optionalCount > 0 else { return scoreWholeWindow(window, sums, into: &top) }
        sums.update(repeating: 0)
        for term in present[optionalCount...] { add(terms[term], window, to: sums) }
        var candidates = (0..<sums.count).filter {
            sums[$0] > 0 && sums[$0] + optionalBound >= least
        }
        for term in present[..<optionalCount].reversed() {
            guard !candidates.isEmpty else { return }
            add(terms[term], window, to: sums, only: candidates)
            optionalBound -= bound(term, window)
            candidates.removeAll { sums[$0] + optionalBound < least }
        }
        for candidate in candidates {
            top.offer(sums[candidate], number(candidate, in: window))
        }
    }

    private func bound(_ term: Int, _ window: Int) -> Int32 { bounds[term * windowCount + window] }

    private func number(_ place: Int, in window: Int) -> UInt32 {
        segment.numbers[window << PostingSegment.windowBitCount + place]
    }

    /// The postings of a list in a window.
    private func postings(_ list: PostingList, in window: Int) -> Range<Int> {
        let end = list.start + list.count
        if windowCount == 1 { return list.start..<end }
        if let first = list.bounds {
            let isLast = window + 1 == windowCount
            let next = isLast ? list.count : Int(segment.windows[first + window + 1].start)
            return (list.start + Int(segment.windows[first + window].start))..<(list.start + next)
        }
        let least = window << PostingSegment.windowBitCount
        let low = segment.documents.lowerBound(of: UInt16(least), from: list.start, to: end)
        let beyond = UInt16(least + PostingSegment.windowSize)
        return low..<segment.documents.lowerBound(of: beyond, from: low, to: end)
    }

    /// Adds a term to the sums of the window's documents.
    @inline(__always)
    private func add(_ term: SegmentTerm, _ window: Int, to sums: UnsafeMutableBufferPointer<Int32>)
    {
        let mask = PostingSegment.windowSize - 1
        let scorer = term.scorer
        if term.list.isSingle {
            let document = term.list.singleDocument
            guard document >> PostingSegment.windowBitCount == window else { return }
            sums[document & mask] += scorer.contribution(
                frequency: term.list.singleFrequency,
                length: term.lengths[document]
            )
            return
        }
        let documents = segment.documents
        let frequencies = segment.frequencies
        for place in postings(term.list, in: window) {
            let document = Int(documents[place])
            sums[document & mask] &+= scorer.contribution(
                frequency: frequencies[place],
                length: term.lengths[document]
            )
        }
    }

    /// Adds a term to the sums of some documents of the window.
    private func add(
        _ term: SegmentTerm,
        _ window: Int,
        to sums: UnsafeMutableBufferPointer<Int32>,
        only candidates: [Int]
    ) {
        let list = term.list
        guard !list.isSingle, candidates.count * 8 < list.count else {
            return add(term, window, to: sums)
        }
        let range = postings(list, in: window)
        var low = range.lowerBound
        for candidate in candidates {
            let document = UInt16(window << PostingSegment.windowBitCount + candidate)
            low = segment.documents.lowerBound(of: document, from: low, to: range.upperBound)
            guard low < range.upperBound else { return }
            guard segment.documents[low] == document else { continue }
            sums[candidate] += term.scorer.contribution(
                frequency: segment.frequencies[low],
                length: term.lengths[Int(document)]
            )
        }
    }

    /// Offers the documents of a window whose sums suffice.
    private func offer(
        _ window: Int,
        _ sums: UnsafeMutableBufferPointer<Int32>,
        into top: inout TopDocuments
    ) {
        let start = window << PostingSegment.windowBitCount
        var least = top.leastSum
        for place in 0..<min(segment.documentCount - start, sums.count)
        where sums[place] >= least {
            top.offer(sums[place], segment.numbers[start + place])
            least = top.leastSum
        }
    }
}
