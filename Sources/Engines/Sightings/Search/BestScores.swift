/// The greatest scores seen so far, as many as are wanted: a binary heap with the least on top.
struct BestScores {
    private let capacity: Int
    private var heap: [Float] = []

    init(capacity: Int) {
        self.capacity = capacity
        heap.reserveCapacity(capacity)
    }

    /// What a score has to reach to be among them.
    var threshold: Float { heap.count < capacity ? -.infinity : heap[0] }

    mutating func insert(_ score: Float) {
        if heap.count < capacity {
            heap.append(score)
            rise(heap.count - 1)
        } else if score > heap[0] {
            heap[0] = score
            sink()
        }
    }

    private mutating func rise(_ place: Int) {
        var place = place
        while place > 0, heap[place] < heap[(place - 1) / 2] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != place else { return }
            heap.swapAt(least, place)
            place = least
        }
    }
}
