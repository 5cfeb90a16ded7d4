import CVectorScan

/// A direction that is searched for, in the forms that the planes of a segment want.
struct SearchVector {
    /// Unit length, turned.
    let values: [Float]
    /// The values as integers of 14 bits.
    let integers: [Int16]
    /// What an integer is worth.
    let step: Float
    /// The length of what the integers leave out.
    let error: Float
    /// The signs of the values.
    let signs: [UInt64]

    /// With 8191 as the largest, 2048 products with a byte still fit 32 bits.
    private static let largestInteger: Float = 8191

    init(_ values: [Float]) {
        self.values = values
        let largest = values.reduce(0) { max($0, abs($1)) }
        let step = largest / Self.largestInteger
        self.step = step
        integers = values.map { Int16(($0 / step).rounded()) }
        var squares: Float = 0
        for (value, integer) in zip(values, integers) {
            let rest = value - step * Float(integer)
            squares += rest * rest
        }
        error = squares.squareRoot()
        signs = stride(from: 0, to: values.count, by: 64).map { start in
            (0..<64).reduce(into: UInt64(0)) { word, bit in
                if values[start + bit] >= 0 { word |= 1 << UInt64(bit) }
            }
        }
    }
}

/// The directions of a query: one where the examples are averaged, else one an example.
struct SearchVectors {
    let targets: [SearchVector]
    /// The examples as they were given, for the reasons.
    let examples: [[Float]]
    let rejected: [[Float]]

    /// How much a rejected appearance counts beside an example.
    ///
    /// The usual weight of Rocchio's negative feedback (J. J. Rocchio, "Relevance Feedback in Information Retrieval", in The SMART
    /// Retrieval System, 1971; the weights of C. D. Manning et al., "Introduction to Information
    /// Retrieval", 2008, chapter 9).
    private static let rejectedWeight: Float = 0.15 / 0.75

    init(_ query: SightingQuery, _ rotation: Rotation) throws {
        examples = try query.examples.map { try Self.turned($0, rotation) }
        rejected = try query.rejected.map { try Self.turned($0, rotation) }
        let away = Self.mean(rejected, rotation.storedDimension)
        let towards =
            query.combination == .mean && !examples.isEmpty
            ? [Self.mean(examples, rotation.storedDimension)] : examples
        targets = try towards.map { target in
            let moved = zip(target, away).map { $0 - Self.rejectedWeight * $1 }
            let length = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 1e-6 else {
                throw SightingsError.badVector(
                    "예시들이 서로 반대여서 찾을 방향이 없습니다.",
                    "The examples cancel out: there is nothing to search for."
                )
            }
            return SearchVector(moved.map { $0 / length })
        }
    }

    private static func turned(_ vector: [Float], _ rotation: Rotation) throws -> [Float] {
        guard let turned = rotation.turned(vector) else {
            throw SightingsError.badVector(vector, dimension: rotation.dimension)
        }
        return turned
    }

    private static func mean(_ vectors: [[Float]], _ dimension: Int) -> [Float] {
        var sum = [Float](repeating: 0, count: dimension)
        for vector in vectors {
            for index in sum.indices { sum[index] += vector[index] }
        }
        return sum.map { $0 / Float(max(vectors.count, 1)) }
    }
}
