/// The ids that something refers to, each once and in order, so that what is known of an element stands
/// in an array at the place of its id: ids of OpenStreetMap exceed 2^33, too many to index by.
public struct SortedIDs: Sendable {
    /// The ids in order.
    public let ids: [Int64]

    /// Sorts ids and keeps each once.
    public init(_ references: [Int64]) {
        var unique: [Int64] = []
        for id in references.sorted() where id != unique.last { unique.append(id) }
        ids = unique
    }

    /// How many there are.
    public var count: Int { ids.count }

    /// The place of an id; nothing where it is not among them.
    public func index(of id: Int64) -> Int? {
        var range = 0..<ids.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if ids[middle] == id { return middle }
            range =
                ids[middle] < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
