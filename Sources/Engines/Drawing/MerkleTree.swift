/// The Merkle tree over the entrants (RFC 6962 §2.1, SHA-256): the hash of a leaf is
/// `SHA-256(0x00 ‖ entrant)`, of a node `SHA-256(0x01 ‖ left ‖ right)`.
///
/// A level holds the hashes of its nodes one after another. The last node of an odd level moves up
/// as it is, which is the split of RFC 6962 at the largest power of two below the count.
public struct MerkleTree: Sendable {
    private let levels: [[UInt8]]

    /// The number of leaves.
    public let leafCount: Int

    /// Builds the tree over leaves, at least one; `leaf` appends the bytes of the leaf at an index.
    init(leafCount: Int, leaf: (Int, inout [UInt8]) -> Void) {
        precondition(leafCount > 0)
        self.leafCount = leafCount
        var levels = [MerkleTree.leaves(leafCount, leaf)]
        while let level = levels.last, level.count > DrawHash.byteCount {
            levels.append(MerkleTree.parents(of: level))
        }
        self.levels = levels
    }

    /// The hash over all leaves.
    public var root: HexBytes { HexBytes(levels.last ?? []) }

    /// The hashes that lead from a leaf to the root, the lowest first (RFC 6962 §2.1.1).
    public func path(to index: Int) -> [HexBytes] {
        var position = index
        var path: [HexBytes] = []
        for level in levels.dropLast() {
            let sibling = (position ^ 1) * DrawHash.byteCount
            if sibling < level.count {
                path.append(HexBytes(Array(level[sibling..<sibling + DrawHash.byteCount])))
            }
            position /= 2
        }
        return path
    }

    /// The root that a leaf and its path give, or nothing where the path has the wrong length
    /// (RFC 9162 §2.1.3.2).
    public static func root(
        of leaf: [UInt8],
        at index: Int,
        in leafCount: Int,
        path: [HexBytes]
    ) -> HexBytes? {
        guard index >= 0, index < leafCount else { return nil }
        var (node, last) = (index, leafCount - 1)
        var hash = DrawHash.plain([0] + leaf)
        for sibling in path {
            guard last > 0 else { return nil }
            if node % 2 == 1 || node == last {
                hash = DrawHash.plain([1] + sibling.bytes + hash)
                // A node that had no sibling on its level moved up as it was.
                while node % 2 == 0, node > 0 {
                    node /= 2
                    last /= 2
                }
            } else {
                hash = DrawHash.plain([1] + hash + sibling.bytes)
            }
            node /= 2
            last /= 2
        }
        return last == 0 ? HexBytes(hash) : nil
    }

    private static func leaves(_ count: Int, _ leaf: (Int, inout [UInt8]) -> Void) -> [UInt8] {
        var message: [UInt8] = []
        return hashes(count) { index, place in
            message.removeAll(keepingCapacity: true)
            message.append(0)
            leaf(index, &message)
            message.withUnsafeBytes { DrawHash.write($0, to: place) }
        }
    }

    private static func parents(of level: [UInt8]) -> [UInt8] {
        let nodeCount = level.count / DrawHash.byteCount
        var message = [UInt8](repeating: 1, count: 1 + 2 * DrawHash.byteCount)
        return level.withUnsafeBytes { level in
            hashes((nodeCount + 1) / 2) { index, place in
                let start = index * 2 * DrawHash.byteCount
                let children = level[start..<min(start + 2 * DrawHash.byteCount, level.count)]
                guard children.count == 2 * DrawHash.byteCount else {
                    return place.copyBytes(from: children)
                }
                message.withUnsafeMutableBytes { message in
                    UnsafeMutableRawBufferPointer(rebasing: message[1...])
                        .copyBytes(from: children)
                    DrawHash.write(UnsafeRawBufferPointer(message), to: place)
                }
            }
        }
    }

    /// A level of hashes, each written to its place.
    private static func hashes(
        _ count: Int,
        _ write: (Int, UnsafeMutableRawBufferPointer) -> Void
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count * DrawHash.byteCount) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            for index in 0..<count {
                let start = index * DrawHash.byteCount
                write(index, .init(rebasing: bytes[start..<start + DrawHash.byteCount]))
            }
            filled = count * DrawHash.byteCount
        }
    }
}
