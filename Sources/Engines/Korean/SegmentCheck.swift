extension PostingSegment {
    /// Whether every number lies where a search expects it, for documents numbered in a range: what
    /// a snapshot must show before it is searched without checks.
    func isConsistent(numbers range: Range<UInt32>) -> Bool {
        guard !numbers.isEmpty, numbers.allSatisfy({ range.contains($0) }),
            zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }),
            directory[0] == 0, Int(directory[Self.directoryCount]) == remainders.count,
            zip(directory, directory.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return false }
        var bounded = 0
        var expected = 0
        for bucket in 0..<Self.directoryCount {
            for place in Int(directory[bucket])..<Int(directory[bucket + 1]) {
                let isFirst = place == Int(directory[bucket])
                guard isFirst || remainders[place - 1] < remainders[place] else { return false }
                let key = TermKey(bits: UInt64(bucket) << 32 | UInt64(remainders[place]))
                guard isEntryConsistent(entries[place], key.stream, &expected, &bounded) else {
                    return false
                }
            }
        }
        return expected == documents.count && bounded == boundedOffsets.count
    }

    /// Checks one entry; lists follow each other without gaps, so the next begins at `expected`.
    private func isEntryConsistent(
        _ entry: UInt32,
        _ stream: TermStream,
        _ expected: inout Int,
        _ bounded: inout Int
    ) -> Bool {
        if entry & SegmentLayout.singleMark != 0 {
            let list = PostingList(single: entry)
            return list.singleFrequency > 0 && list.singleDocument < documentCount
        }
        guard Int(entry) == expected, expected < documents.count else { return false }
        let count = Int(documents[expected]) + 1
        let start = expected + 1
        guard count >= 2, count <= documents.count - start else { return false }
        expected = start + count
        var last = -1
        for place in start..<expected {
            guard Int(documents[place]) > last, frequencies[place] > 0 else { return false }
            last = Int(documents[place])
        }
        guard last < documentCount else { return false }
        guard count >= Self.leastBoundedCount, sizes.windowCount > 1 else { return true }
        guard bounded < boundedOffsets.count, boundedOffsets[bounded] == entry else { return false }
        defer { bounded += 1 }
        return areWindowsConsistent(bounded, start..<expected, lengths(stream))
    }

    private func areWindowsConsistent(
        _ bounded: Int,
        _ postings: Range<Int>,
        _ lengths: UnsafeBufferPointer<UInt32>
    ) -> Bool {
        var place = postings.lowerBound
        for number in 0..<sizes.windowCount {
            let window = windows[bounded * sizes.windowCount + number]
            guard Int(window.start) == place - postings.lowerBound else { return false }
            let least = LengthClass.least(window.lengthClass)
            while place < postings.upperBound,
                Int(documents[place]) >> Self.windowBitCount == number
            {
                guard frequencies[place] <= window.frequency,
                    lengths[Int(documents[place])] >= least
                else { return false }
                place += 1
            }
        }
        return place == postings.upperBound
    }
}
