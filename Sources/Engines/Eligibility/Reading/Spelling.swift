/// What somebody who mistyped a name may have meant.
enum Spelling {
    private static let maximumDistance = 2
    private static let maximumLength = 64

    /// The nearest of the known names, where one is near.
    static func nearest(to name: String, among known: some Collection<String>) -> String? {
        let lowered = name.lowercased()
        guard lowered.count <= maximumLength else { return nil }
        let near = known.map { (name: $0, distance: distance(lowered, $0.lowercased())) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let near, near.distance <= min(maximumDistance, max(1, (name.count + 1) / 3)) else {
            return nil
        }
        return near.name
    }

    /// The Levenshtein distance.
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let cost = diagonal + (character == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(cost, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[right.count]
    }
}
