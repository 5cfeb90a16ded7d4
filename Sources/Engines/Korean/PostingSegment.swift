/// The inverted index of up to 16,384 documents: immutable, one block of bytes, read where it lies.
///
/// A term's fingerprint is found in the directory by its highest 8 bits and among the sorted rest by
/// interpolation, since fingerprints are uniform. A term of one document keeps its posting in its
/// entry; a list keeps document numbers and frequencies in two arrays, not compressed, so that the
/// inner loop reads them as they are. Lists of 64 documents and more also keep, for every 1,024
/// documents, where their postings begin and the largest frequency and least length among them: the
/// bound by which whole windows are skipped (S. Ding, T. Suel, "Faster top-k document retrieval
/// using block-max indexes", SIGIR 2011; windows of equal document ranges after C. Dimopoulos,
/// S. Nepomnyachiy, T. Suel, "Optimizing top-k document retrieval strategies for block-max
/// indexes", WSDM 2013).
final class PostingSegment: @unchecked Sendable {
    // Unchecked: pointers into storage that never changes.
    static let maximumDocumentCount = 1 << 14
    static let windowBitCount = 10
    static let windowSize = 1 << windowBitCount
    /// From this many documents on, a list keeps bounds for every window.
    static let leastBoundedCount = 64
    static let directoryCount = 256

    /// The sizes of the parts.
    struct Sizes: Hashable {
        var documentCount: UInt32 = 0
        var termCount: UInt32 = 0
        /// Postings of lists, each list behind a header.
        var postingCount: UInt32 = 0
        /// Lists with bounds.
        var boundedCount: UInt32 = 0

        var windowCount: Int {
            (Int(documentCount) + PostingSegment.windowSize - 1) >> PostingSegment.windowBitCount
        }
    }

    /// A window's first posting in a list (relative) and the bound of what its postings add.
    struct Window {
        var start: UInt16
        var frequency: UInt8
        /// The least length, as `LengthClass` rounds it down.
        var lengthClass: UInt8
    }

    let storage: PostingStorage
    let sizes: Sizes
    /// The documents' numbers in the index, ascending.
    let numbers: UnsafeBufferPointer<UInt32>
    let stemLengths: UnsafeBufferPointer<UInt32>
    let bigramLengths: UnsafeBufferPointer<UInt32>
    let directory: UnsafeBufferPointer<UInt32>
    /// The lower 32 bits of the fingerprints, ascending within each entry of the directory.
    let remainders: UnsafeBufferPointer<UInt32>
    let entries: UnsafeBufferPointer<UInt32>
    let boundedOffsets: UnsafeBufferPointer<UInt32>
    let windows: UnsafeBufferPointer<Window>
    let documents: UnsafeBufferPointer<UInt16>
    let frequencies: UnsafeBufferPointer<UInt8>

    /// Reads the parts in place; nothing where the bytes are too few.
    init?(storage: PostingStorage) {
        var reader = SegmentLayout(bytes: storage.bytes)
        guard let header = reader.part(of: UInt32.self, count: 4) else { return nil }
        let sizes = Sizes(
            documentCount: header[0],
            termCount: header[1],
            postingCount: header[2],
            boundedCount: header[3]
        )
        let documentCount = Int(sizes.documentCount)
        let termCount = Int(sizes.termCount)
        let boundedCount = Int(sizes.boundedCount)
        guard documentCount <= Self.maximumDocumentCount,
            let numbers = reader.part(of: UInt32.self, count: documentCount),
            let stemLengths = reader.part(of: UInt32.self, count: documentCount),
            let bigramLengths = reader.part(of: UInt32.self, count: documentCount),
            let directory = reader.part(of: UInt32.self, count: Self.directoryCount + 1),
            let remainders = reader.part(of: UInt32.self, count: termCount),
            let entries = reader.part(of: UInt32.self, count: termCount),
            let boundedOffsets = reader.part(of: UInt32.self, count: boundedCount),
            let windows = reader.part(of: Window.self, count: boundedCount * sizes.windowCount),
            let documents = reader.part(of: UInt16.self, count: Int(sizes.postingCount)),
            let frequencies = reader.part(of: UInt8.self, count: Int(sizes.postingCount))
        else { return nil }
        self.storage = storage
        self.sizes = sizes
        self.numbers = numbers
        self.stemLengths = stemLengths
        self.bigramLengths = bigramLengths
        self.directory = directory
        self.remainders = remainders
        self.entries = entries
        self.boundedOffsets = boundedOffsets
        self.windows = windows
        self.documents = documents
        self.frequencies = frequencies
    }

    var documentCount: Int { numbers.count }

    func lengths(_ stream: TermStream) -> UnsafeBufferPointer<UInt32> {
        stream == .stem ? stemLengths : bigramLengths
    }

    /// The place of a document, by its number in the index.
    func position(ofNumber number: UInt32) -> Int? {
        let position = numbers.lowerBound(of: number)
        return position < numbers.count && numbers[position] == number ? position : nil
    }

    /// The postings of a term, nothing where no document has it.
    func postings(of key: TermKey) -> PostingList? {
        let bucket = Int(key.bits >> 32)
        let remainder = UInt32(truncatingIfNeeded: key.bits)
        let low = Int(directory[bucket])
        let high = Int(directory[bucket + 1])
        guard low < high else { return nil }
        var position = low + Int((UInt64(remainder) &* UInt64(high - low)) >> 32)
        while position > low, remainders[position] >= remainder { position -= 1 }
        while position < high, remainders[position] < remainder { position += 1 }
        guard position < high, remainders[position] == remainder else { return nil }
        return postings(ofEntry: entries[position])
    }

    /// The postings behind an entry.
    func postings(ofEntry entry: UInt32) -> PostingList {
        if entry & SegmentLayout.singleMark != 0 { return PostingList(single: entry) }
        let header = Int(entry)
        let count = Int(documents[header]) + 1
        var bounds: Int?
        if count >= Self.leastBoundedCount, sizes.boundedCount > 0 {
            bounds = boundedOffsets.lowerBound(of: entry) * sizes.windowCount
        }
        return PostingList(start: header + 1, count: count, bounds: bounds)
    }

}

/// Where the postings of a term lie in its segment.
struct PostingList {
    /// The first posting, or the entry itself of a term of one document.
    let start: Int
    let count: Int
    /// The first of the list's windows, where it has bounds.
    let bounds: Int?

    init(start: Int, count: Int, bounds: Int?) {
        self.start = start
        self.count = count
        self.bounds = bounds
    }

    init(single entry: UInt32) {
        self.init(start: Int(entry), count: 1, bounds: nil)
    }

    var isSingle: Bool { start & Int(SegmentLayout.singleMark) != 0 }
    /// The document of a single posting.
    var singleDocument: Int { (start >> 8) & (PostingSegment.maximumDocumentCount - 1) }
    /// The frequency of a single posting.
    var singleFrequency: UInt8 { UInt8(truncatingIfNeeded: start) }
}

/// Lengths in 8 bits, rounded down: 5 bits of exponent, 3 of mantissa.
enum LengthClass {
    static func floor(_ length: UInt32) -> UInt8 {
        guard length >= 16 else { return UInt8(length) }
        let exponent = UInt32(28 - length.leadingZeroBitCount)
        return UInt8(exponent << 3 | (length >> exponent & 7)) &+ 8
    }

    /// The least length of a class.
    static func least(_ value: UInt8) -> UInt32 {
        guard value >= 16 else { return UInt32(value) }
        let exponent = UInt32(value &- 8) >> 3
        return (8 | UInt32(value) & 7) << exponent
    }
}

extension UnsafeBufferPointer where Element: FixedWidthInteger {
    /// The first position whose element is not below a value, in an ascending part.
    @inline(__always)
    func lowerBound(of value: Element, from start: Int = 0, to end: Int? = nil) -> Int {
        var low = start
        var high = end ?? count
        while low < high {
            let middle = (low + high) >> 1
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
