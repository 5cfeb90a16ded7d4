extension PostingSegment {
    /// One segment of several, in their order, without some documents; nothing where none remains.
    ///
    /// The terms of the segments are merged as sorted lists; documents that stay keep their order.
    static func merge(
        _ segments: [PostingSegment],
        keeping isKept: (UInt32) -> Bool
    ) -> PostingSegment? {
        var parts = SegmentParts()
        var maps: [[UInt16]] = []
        for segment in segments {
            var map = [UInt16](repeating: .max, count: segment.documentCount)
            for (place, number) in segment.numbers.enumerated() where isKept(number) {
                map[place] = UInt16(parts.numbers.count)
                parts.numbers.append(number)
                parts.stemLengths.append(segment.stemLengths[place])
                parts.bigramLengths.append(segment.bigramLengths[place])
            }
            maps.append(map)
        }
        parts.reserve(
            termCount: Int(segments.reduce(0) { $0 + $1.sizes.termCount }),
            postingCount: Int(segments.reduce(0) { $0 + $1.sizes.postingCount })
        )
        var cursors = segments.map { TermCursor($0) }
        var documents: [UInt16] = []
        var frequencies: [UInt8] = []
        while let key = cursors.compactMap(\.key).min() {
            documents.removeAll(keepingCapacity: true)
            frequencies.removeAll(keepingCapacity: true)
            for index in cursors.indices where cursors[index].key == key {
                let list = segments[index].postings(ofEntry: cursors[index].entry)
                segments[index].forEachPosting(list) { document, frequency in
                    guard maps[index][document] != .max else { return }
                    documents.append(maps[index][document])
                    frequencies.append(frequency)
                }
                cursors[index].advance()
            }
            documents.withUnsafeBufferPointer { documents in
                frequencies.withUnsafeBufferPointer { frequencies in
                    parts.append(key, documents: documents, frequencies: frequencies)
                }
            }
        }
        return parts.finish()
    }

    /// Every posting of a list, ascending by document.
    @inline(__always)
    func forEachPosting(_ list: PostingList, _ body: (Int, UInt8) -> Void) {
        if list.isSingle { return body(list.singleDocument, list.singleFrequency) }
        for place in list.start..<(list.start + list.count) {
            body(Int(documents[place]), frequencies[place])
        }
    }
}

/// A walk over the terms of a segment, ascending.
private struct TermCursor {
    private let segment: PostingSegment
    private var bucket = 0
    private var position = 0

    init(_ segment: PostingSegment) {
        self.segment = segment
        skipEmptyBuckets()
    }

    /// The term here; nothing after the last.
    var key: TermKey? {
        guard position < segment.remainders.count else { return nil }
        return TermKey(bits: UInt64(bucket) << 32 | UInt64(segment.remainders[position]))
    }

    var entry: UInt32 { segment.entries[position] }

    mutating func advance() {
        position += 1
        skipEmptyBuckets()
    }

    private mutating func skipEmptyBuckets() {
        while bucket + 1 < PostingSegment.directoryCount,
            position >= Int(segment.directory[bucket + 1])
        {
            bucket += 1
        }
    }
}
