/// The list of entrants as a file: a line `receipt,stratum` or `receipt,stratum,group`, and then one
/// line an entrant in any order.
public enum EntrantList {
    /// The most entrants of a draw.
    public static let maximumEntrantCount = 1_000_000

    /// Reads a list; throws with the number of the line at fault.
    ///
    /// An empty third field is no group.
    public static func entrants(of bytes: [UInt8]) throws -> [DrawEntrant] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
        if lines.last?.isEmpty == true { lines.removeLast() }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let header = (lines.first ?? []).trimmingPrefix(byteOrderMark)
        guard
            ["receipt,stratum", "receipt,stratum,group"].contains(where: {
                header.elementsEqual($0.utf8)
            })
        else { throw DrawingError.badHeader(String(decoding: header.prefix(80), as: UTF8.self)) }
        guard lines.count - 1 <= maximumEntrantCount else {
            throw DrawingError.tooManyEntrants(lines.count - 1)
        }
        return try lines.enumerated().dropFirst().map { index, line in
            let hasNoGroup = line.last == UInt8(ascii: ",")
            let text = String(decoding: hasNoGroup ? line.dropLast() : line, as: UTF8.self)
            do {
                return try DrawEntrant(text: text)
            } catch {
                throw DrawingError.badLine(index + 1, String(text.prefix(200)))
            }
        }
    }
}

/// The entrants of a draw in their one order, with what the selection needs of each.
struct Roster {
    /// Sorted by the bytes of the receipt numbers.
    let entrants: [DrawEntrant]
    /// The positions of each stratum's entrants, in order; strata in the order of the rule.
    let members: [[Int32]]
    /// The number of each entrant's group, -1 for none.
    let groups: [Int32]
    let groupCount: Int

    /// Sorts and checks the entrants; throws for none, too many, the same receipt number twice or an
    /// unknown stratum.
    init(_ unordered: [DrawEntrant], rule: DrawRule) throws {
        guard !unordered.isEmpty else { throw DrawingError.noEntrants }
        guard unordered.count <= EntrantList.maximumEntrantCount else {
            throw DrawingError.tooManyEntrants(unordered.count)
        }
        let entrants =
            Roster.isSorted(unordered) ? unordered : unordered.sorted { $0.receipt < $1.receipt }
        for (left, right) in zip(entrants, entrants.dropFirst()) where left.receipt == right.receipt
        {
            throw DrawingError.duplicateReceipt(left.receipt)
        }
        let strata = Dictionary(
            uniqueKeysWithValues: rule.strata.enumerated().map { ($1.id, $0) }
        )
        var members = [[Int32]](repeating: [], count: rule.strata.count)
        var groups = [Int32](repeating: -1, count: entrants.count)
        var numbers: [String: Int32] = [:]
        for (index, entrant) in entrants.enumerated() {
            guard let stratum = strata[entrant.stratum] else {
                throw DrawingError.unknownStratum(entrant)
            }
            members[stratum].append(Int32(index))
            guard rule.onePerGroup, let group = entrant.group else { continue }
            let number = numbers[group] ?? Int32(numbers.count)
            numbers[group] = number
            groups[index] = number
        }
        (self.entrants, self.members, self.groups) = (entrants, members, groups)
        groupCount = numbers.count
    }

    /// Whether the entrants stand in their order: receipt numbers are ASCII, so that to compare the
    /// texts is to compare the bytes.
    static func isSorted(_ entrants: [DrawEntrant]) -> Bool {
        zip(entrants, entrants.dropFirst()).allSatisfy { $0.receipt < $1.receipt }
    }

    var tree: MerkleTree {
        MerkleTree(leafCount: entrants.count) { entrants[$0].append(to: &$1) }
    }
}
