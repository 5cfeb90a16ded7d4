/// The best documents of a search so far: a heap whose first is the worst of them.
struct TopDocuments {
    private struct Entry {
        var score: Int64
        var number: UInt32

        /// Whether the entry is a worse hit than another: less, or as much and younger.
        @inline(__always)
        func isWorse(than other: Entry) -> Bool {
            score < other.score || (score == other.score && number > other.number)
        }
    }

    private let limit: Int
    private let options: SearchOptions
    private let isPlain: Bool
    private let greatestFactor: Double
    private var heap: [Entry] = []

    /// The least sum of contributions that may still enter, at least 1; one that is equal may enter by
    /// its age.
    private(set) var leastSum: Int32 = 1

    init(limit: Int, options: SearchOptions) {
        self.limit = limit
        self.options = options
        isPlain = options.documents == nil && options.preferences.isEmpty
        greatestFactor = Double(options.greatestFactor)
        heap.reserveCapacity(limit)
    }

    /// Takes a document if it belongs to the best.
    mutating func offer(_ sum: Int32, _ number: UInt32) {
        guard isPlain || options.documents?.contains(number) ?? true else { return }
        let score = isPlain ? Int64(sum) : Int64(Double(sum) * Double(options.factor(number)))
        guard score > 0 else { return }
        let entry = Entry(score: score, number: number)
        if heap.count < limit {
            heap.append(entry)
            siftUp()
        } else {
            guard heap[0].isWorse(than: entry) else { return }
            heap[0] = entry
            siftDown()
        }
        if heap.count == limit {
            // A sum below this stays below the worst hit with any factor.
            let least = isPlain ? Double(heap[0].score) : Double(heap[0].score) / greatestFactor
            leastSum = Int32(max(1, min(least, Double(Int32.max))))
        }
    }

    /// The hits, best first.
    var hits: [SearchHit] {
        heap.sorted { $1.isWorse(than: $0) }.map {
            SearchHit(document: $0.number, score: Double($0.score) / Double(TermScorer.scale))
        }
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isWorse(than: heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var worst = parent
            for child in (2 * parent + 1)...(2 * parent + 2)
            where child < heap.count && heap[child].isWorse(than: heap[worst]) {
                worst = child
            }
            guard worst != parent else { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
