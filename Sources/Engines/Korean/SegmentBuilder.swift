/// Collects the terms of documents and makes a segment of them.
///
/// Terms are numbered as they come (open addressing over fingerprints); a posting is appended the
/// first time a document has a term and counted up afterwards; at the end a counting sort brings the
/// postings of each term together.
struct SegmentBuilder: TermSink {
    /// What is known of a term while documents come.
    private struct Term {
        var key: TermKey
        /// The place of the term's last posting.
        var lastPosting: UInt32
        var lastDocument: UInt32
        var documentCount: UInt32
    }

    private struct Posting {
        var term: UInt32
        var document: UInt16
        var frequency: UInt8
    }

    /// Postings from which on a segment is closed early, to bound memory while building.
    static let maximumPostingCount = 1 << 25

    private let configuration: TextIndex.Configuration
    private var slots = [UInt32](repeating: .max, count: 1 << 12)
    private var terms: [Term] = []
    private var postings: [Posting] = []
    private var scanned = ScannedUnits()
    private var weight: UInt8 = 1
    private(set) var numbers: [UInt32] = []
    private var stemLengths: [UInt32] = []
    private var bigramLengths: [UInt32] = []
    private var stemLength: UInt32 = 0
    private var bigramLength: UInt32 = 0

    init(_ configuration: TextIndex.Configuration) {
        self.configuration = configuration
    }

    var isFull: Bool {
        numbers.count == PostingSegment.maximumDocumentCount
            || postings.count >= Self.maximumPostingCount
    }

    /// Adds a document; numbers come ascending.
    mutating func append(_ text: IndexedText, number: UInt32) {
        stemLength = 0
        bigramLength = 0
        scan(text.title, configuration.titleWeight)
        scan(text.heading, configuration.headingWeight)
        scan(text.body, configuration.bodyWeight)
        numbers.append(number)
        stemLengths.append(stemLength)
        bigramLengths.append(bigramLength)
    }

    private mutating func scan(_ text: String, _ weight: UInt8) {
        guard weight > 0, !text.isEmpty else { return }
        self.weight = weight
        var text = text
        // Moved out while it is read: the sink is this builder.
        var scanned = ScannedUnits()
        swap(&scanned, &self.scanned)
        scanned.removeAll()
        text.withUTF8 { Folding.fold($0, into: &scanned) }
        TermScanner.scan(scanned, into: &self)
        swap(&scanned, &self.scanned)
    }

    @inline(__always)
    mutating func take(_ kind: Token.Kind, _ key: TermKey, _ units: Range<Int>) {
        if kind == .bigram {
            bigramLength += UInt32(weight)
        } else {
            stemLength += UInt32(weight)
        }
        let document = UInt32(numbers.count)
        let term = termNumber(of: key)
        if terms[term].lastDocument == document {
            let place = Int(terms[term].lastPosting)
            let sum = postings[place].frequency.addingReportingOverflow(weight)
            postings[place].frequency = sum.overflow ? .max : sum.partialValue
        } else {
            terms[term].lastDocument = document
            terms[term].lastPosting = UInt32(postings.count)
            terms[term].documentCount += 1
            postings.append(
                Posting(term: UInt32(term), document: UInt16(document), frequency: weight)
            )
        }
    }

    @inline(__always)
    private mutating func termNumber(of key: TermKey) -> Int {
        // The lowest bits of a fingerprint are as good as any.
        var slot = Int(truncatingIfNeeded: key.bits) & (slots.count - 1)
        while slots[slot] != .max {
            if terms[Int(slots[slot])].key == key { return Int(slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(terms.count)
        terms.append(Term(key: key, lastPosting: 0, lastDocument: .max, documentCount: 0))
        if terms.count * 2 > slots.count { grow() }
        return terms.count - 1
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        for (number, term) in terms.enumerated() {
            var slot = Int(truncatingIfNeeded: term.key.bits) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }

    /// The segment of every document added; nothing where there is none.
    consuming func finish() -> PostingSegment? {
        var parts = SegmentParts()
        parts.numbers = numbers
        parts.stemLengths = stemLengths
        parts.bigramLengths = bigramLengths
        parts.reserve(termCount: terms.count, postingCount: postings.count + terms.count / 4)
        let terms = terms
        let order = terms.indices.sorted { terms[$0].key < terms[$1].key }
        var place: UInt32 = 0
        var next = [UInt32](repeating: 0, count: terms.count)
        for term in order {
            next[term] = place
            place += terms[term].documentCount
        }
        var documents = [UInt16](repeating: 0, count: postings.count)
        var frequencies = [UInt8](repeating: 0, count: postings.count)
        for posting in postings {
            let place = Int(next[Int(posting.term)])
            next[Int(posting.term)] += 1
            documents[place] = posting.document
            frequencies[place] = posting.frequency
        }
        documents.withUnsafeBufferPointer { documents in
            frequencies.withUnsafeBufferPointer { frequencies in
                for term in order {
                    let range = Int(next[term] - terms[term].documentCount)..<Int(next[term])
                    parts.append(
                        terms[term].key,
                        documents: UnsafeBufferPointer(rebasing: documents[range]),
                        frequencies: UnsafeBufferPointer(rebasing: frequencies[range])
                    )
                }
            }
        }
        return parts.finish()
    }
}
