public import Basics

/// Benefits that fit, of which some cannot be had together: which to take for the largest amount.
///
/// A maximum-weight independent set in the graph of exclusions, exact for groups of up to
/// `maximumExactCount` that hang together; larger groups are taken from the largest amount down.
public struct BenefitCombination: Sendable, Hashable {
    /// One benefit.
    public struct Part: Sendable, Hashable {
        /// The programme.
        public var programme: String
        /// What it gives in all; nil where it is not money or not known.
        public var amount: Won?
        /// Whether the amount is an upper bound.
        public var isUpperBound: Bool
        /// Programmes it may not be received together with.
        public var excludes: Set<String>

        /// Describes a benefit.
        public init(programme: String, amount: Won?, isUpperBound: Bool, excludes: Set<String>) {
            self.programme = programme
            self.amount = amount
            self.isUpperBound = isUpperBound
            self.excludes = excludes
        }
    }

    /// Two programmes that cannot be received together.
    public struct Conflict: Sendable, Hashable {
        /// The one.
        public var first: String
        /// The other.
        public var second: String
    }

    /// The largest group of benefits that is weighed exactly.
    public static let maximumExactCount = 20

    /// What cannot be had together, in the order of the parts.
    public private(set) var conflicts: [Conflict] = []
    /// The programmes of the best combination.
    public private(set) var chosen: Set<String> = []
    /// What the best combination gives.
    public private(set) var sum: Won = .zero
    /// Whether the sum is an upper bound.
    public private(set) var isUpperBound = false
    /// How many of the combination give something whose amount is not known or not money.
    public private(set) var unknownCount = 0

    /// Weighs benefits.
    public init(_ parts: [Part]) {
        let neighbours = Self.neighbours(parts)
        for (index, others) in neighbours.enumerated() {
            for other in others.sorted() where other > index {
                conflicts.append(
                    Conflict(first: parts[index].programme, second: parts[other].programme)
                )
            }
        }
        for group in Self.groups(neighbours) {
            let best =
                group.count <= Self.maximumExactCount
                ? Self.best(group[...], parts, neighbours).members
                : Self.largestFirst(group, parts, neighbours)
            for index in best { take(parts[index]) }
        }
    }

    private mutating func take(_ part: Part) {
        chosen.insert(part.programme)
        guard let amount = part.amount else {
            unknownCount += 1
            return
        }
        sum = sum + amount
        isUpperBound = isUpperBound || part.isUpperBound
    }

    /// For each part those it cannot be had with; an exclusion of either side counts.
    private static func neighbours(_ parts: [Part]) -> [Set<Int>] {
        var result = [Set<Int>](repeating: [], count: parts.count)
        for (index, part) in parts.enumerated() {
            for (other, second) in parts.enumerated() where other != index {
                if part.excludes.contains(second.programme) {
                    result[index].insert(other)
                    result[other].insert(index)
                }
            }
        }
        return result
    }

    /// The parts that hang together by conflicts.
    private static func groups(_ neighbours: [Set<Int>]) -> [[Int]] {
        var seen: Set<Int> = []
        var groups: [[Int]] = []
        for start in neighbours.indices where seen.insert(start).inserted {
            var group = [start]
            var next = 0
            while next < group.count {
                for other in neighbours[group[next]].sorted() where seen.insert(other).inserted {
                    group.append(other)
                }
                next += 1
            }
            groups.append(group)
        }
        return groups
    }

    /// Takes the first or leaves it; of two equal amounts the one with more benefits is better.
    private static func best(
        _ group: ArraySlice<Int>,
        _ parts: [Part],
        _ neighbours: [Set<Int>]
    ) -> (amount: Int64, members: [Int]) {
        guard let first = group.first else { return (0, []) }
        let rest = group.dropFirst()
        var with = best(
            ArraySlice(rest.filter { !neighbours[first].contains($0) }),
            parts,
            neighbours
        )
        with.amount += parts[first].amount?.amount ?? 0
        with.members.insert(first, at: 0)
        // Where nothing it excludes is left, leaving it out cannot be better.
        guard rest.contains(where: neighbours[first].contains) else { return with }
        let without = best(rest, parts, neighbours)
        return (without.amount, without.members.count) > (with.amount, with.members.count)
            ? without : with
    }

    private static func largestFirst(
        _ group: [Int],
        _ parts: [Part],
        _ neighbours: [Set<Int>]
    ) -> [Int] {
        var taken: [Int] = []
        let order = group.sorted {
            (parts[$1].amount ?? .zero, $0) < (parts[$0].amount ?? .zero, $1)
        }
        for index in order where neighbours[index].isDisjoint(with: taken) { taken.append(index) }
        return taken
    }
}
