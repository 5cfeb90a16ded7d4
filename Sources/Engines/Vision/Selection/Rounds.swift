/// The cameras of a wall by how long nobody saw them, the longest first: a list in which any camera
/// goes to the end at once.
struct Rounds: Sendable {
    private var next: [Int]
    private var previous: [Int]
    /// Stands before the first and behind the last.
    private let border: Int

    init(count: Int) {
        border = count
        next = Array(1...(count + 1))
        next[count] = 0
        previous = Array(-1..<count)
        previous[0] = count
    }

    /// The camera that was unseen longest; nothing where there is none.
    var first: Int? { next[border] == border ? nil : next[border] }

    /// Puts a camera that is seen now to the end.
    mutating func moveToEnd(_ camera: Int) {
        next[previous[camera]] = next[camera]
        previous[next[camera]] = previous[camera]
        let last = previous[border]
        next[last] = camera
        previous[camera] = last
        next[camera] = border
        previous[border] = camera
    }
}
