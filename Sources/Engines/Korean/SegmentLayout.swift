/// Reads the parts of a segment one after the other, each at a multiple of 8 bytes.
///
/// The numbers are little-endian and read in place.
struct SegmentLayout {
    /// Marks an entry that is a posting itself: bit 31; the document in bits 8 to 21, the frequency
    /// below.
    static let singleMark: UInt32 = 1 << 31

    let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    static func single(_ document: UInt16, _ frequency: UInt8) -> UInt32 {
        singleMark | UInt32(document) << 8 | UInt32(frequency)
    }

    static func aligned(_ count: Int) -> Int { (count + 7) & ~7 }

    /// The next part; nothing where the bytes end before.
    mutating func part<Element: BitwiseCopyable>(
        of type: Element.Type,
        count: Int
    ) -> UnsafeBufferPointer<Element>? {
        let byteCount = Self.aligned(count * MemoryLayout<Element>.stride)
        guard byteCount <= bytes.count - offset else { return nil }
        defer { offset += byteCount }
        let part = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + byteCount)])
        return UnsafeBufferPointer(rebasing: part.assumingMemoryBound(to: Element.self)[..<count])
    }
}

/// The parts of a segment while it is made.
struct SegmentParts {
    var numbers: [UInt32] = []
    var stemLengths: [UInt32] = []
    var bigramLengths: [UInt32] = []
    private var directory: [UInt32] = []
    private var remainders: [UInt32] = []
    private var entries: [UInt32] = []
    private var boundedOffsets: [UInt32] = []
    private var windows: [PostingSegment.Window] = []
    private var documents: [UInt16] = []
    private var frequencies: [UInt8] = []

    /// Makes room for about so many terms and postings.
    mutating func reserve(termCount: Int, postingCount: Int) {
        remainders.reserveCapacity(termCount)
        entries.reserveCapacity(termCount)
        documents.reserveCapacity(postingCount)
        frequencies.reserveCapacity(postingCount)
    }

    /// Adds the postings of the next term, ascending by document; the terms come ascending, and the
    /// documents' lengths are known before.
    mutating func append(
        _ key: TermKey,
        documents list: UnsafeBufferPointer<UInt16>,
        frequencies listFrequencies: UnsafeBufferPointer<UInt8>
    ) {
        guard let first = list.first else { return }
        while directory.count <= Int(key.bits >> 32) { directory.append(UInt32(entries.count)) }
        remainders.append(UInt32(truncatingIfNeeded: key.bits))
        if list.count == 1 {
            entries.append(SegmentLayout.single(first, listFrequencies[0]))
            return
        }
        entries.append(UInt32(documents.count))
        if list.count >= PostingSegment.leastBoundedCount, windowCount > 1 {
            boundedOffsets.append(UInt32(documents.count))
            appendWindows(key.stream, list, listFrequencies)
        }
        documents.append(UInt16(list.count - 1))
        frequencies.append(listFrequencies.max() ?? 0)
        documents.append(contentsOf: list)
        frequencies.append(contentsOf: listFrequencies)
    }

    private var windowCount: Int {
        (numbers.count + PostingSegment.windowSize - 1) >> PostingSegment.windowBitCount
    }

    private mutating func appendWindows(
        _ stream: TermStream,
        _ list: UnsafeBufferPointer<UInt16>,
        _ listFrequencies: UnsafeBufferPointer<UInt8>
    ) {
        let lengths = stream == .stem ? stemLengths : bigramLengths
        var position = 0
        for window in 0..<windowCount {
            let start = position
            var frequency: UInt8 = 0
            var length = UInt32.max
            while position < list.count,
                Int(list[position]) >> PostingSegment.windowBitCount == window
            {
                frequency = max(frequency, listFrequencies[position])
                length = min(length, lengths[Int(list[position])])
                position += 1
            }
            windows.append(
                PostingSegment.Window(
                    start: UInt16(start),
                    frequency: frequency,
                    lengthClass: LengthClass.floor(length)
                )
            )
        }
    }

    /// The segment of everything added; nothing where it has no documents.
    consuming func finish() -> PostingSegment? {
        guard !numbers.isEmpty else { return nil }
        while directory.count <= PostingSegment.directoryCount {
            directory.append(UInt32(entries.count))
        }
        var writer = SnapshotWriter()
        let header = [numbers.count, entries.count, documents.count, boundedOffsets.count]
        writer.writeAligned(header.map { UInt32($0) })
        for part in [numbers, stemLengths, bigramLengths, directory, remainders, entries] {
            writer.writeAligned(part)
        }
        writer.writeAligned(boundedOffsets)
        writer.writeAligned(
            windows.map {
                UInt32($0.start) | UInt32($0.frequency) << 16 | UInt32($0.lengthClass) << 24
            }
        )
        writer.writeAligned(documents)
        writer.writeAligned(frequencies)
        return writer.bytes.withUnsafeBytes {
            PostingSegment(storage: PostingStorage(copying: $0))
        }
    }
}

extension SnapshotWriter {
    /// Writes integers and fills up to a multiple of 8 bytes.
    mutating func writeAligned<Element: FixedWidthInteger>(_ elements: [Element]) {
        writeRaw(elements)
        let byteCount = elements.count * MemoryLayout<Element>.size
        writeRaw([UInt8](repeating: 0, count: SegmentLayout.aligned(byteCount) - byteCount))
    }
}
