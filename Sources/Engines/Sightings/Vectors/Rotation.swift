import Basics
import CVectorScan

/// A fixed random rotation of all vectors of one length.
///
/// Signs of coordinates tell about angles only where the coordinates have no direction of their own:
/// a colour histogram has no negative value at all. After a random rotation they do (M. Charikar,
/// "Similarity Estimation Techniques from Rounding Algorithms", STOC 2002), and the values are spread
/// evenly, which is what coding by integers wants. Two rounds of random signs and the Walsh-Hadamard
/// transform come close to one (N. Ailon, B. Chazelle, "The Fast Johnson-Lindenstrauss Transform",
/// SIAM J. Comput. 2009). Lengths and angles stay.
struct Rotation: Sendable {
    /// The length of the vectors as they come.
    let dimension: Int
    /// The length that is stored: the next power of two, 64 at least.
    let storedDimension: Int

    private let signs: [Float]

    init(dimension: Int) {
        self.dimension = dimension
        var stored = 64
        while stored < dimension { stored *= 2 }
        storedDimension = stored
        // The seed is part of the file format.
        var random = SeededRandom(seed: 0x5EE0_0001)
        signs = (0..<2 * stored).map { _ in random.next() & 1 == 0 ? 1 : -1 }
    }

    /// Whether a vector has the length, and a direction that can be searched for.
    func hasDirection(_ vector: [Float]) -> Bool {
        vector.count == dimension && Self.isDirection(Self.squares(vector))
    }

    private static func isDirection(_ squares: Double) -> Bool {
        squares.isFinite && squares > 1e-24
    }

    private static func squares(_ vector: [Float]) -> Double {
        var squares = 0.0
        for value in vector { squares += Double(value) * Double(value) }
        return squares
    }

    /// The vector at unit length, turned; nothing where it has no direction.
    func turned(_ vector: [Float]) -> [Float]? {
        let squares = Self.squares(vector)
        guard vector.count == dimension, Self.isDirection(squares) else { return nil }
        let scale = 1 / squares.squareRoot()
        var values = [Float](repeating: 0, count: storedDimension)
        for index in vector.indices { values[index] = Float(Double(vector[index]) * scale) }
        vector_rotate(&values, signs, storedDimension)
        return values
    }

    /// A stored vector as it came.
    func turnedBack(_ values: [Float]) -> [Float] {
        var values = values
        vector_rotate_back(&values, signs, storedDimension)
        return Array(values.prefix(dimension))
    }
}
