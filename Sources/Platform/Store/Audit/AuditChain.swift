internal import Basics
internal import Crypto

/// The hashing of the audit, so plain that thirty lines of any language can check it.
///
/// **Record.** `hash = SHA-256(m)`, where `m` is, one after another:
/// 1. the 14 ASCII bytes `haechi-audit-1`;
/// 2. the hash of the record before, 32 bytes (32 zero bytes for sequence 1);
/// 3. `sequence`, 8 bytes big-endian; `at`, 8 bytes big-endian (signed milliseconds since 1970 UTC);
/// 4. for each of `action`, `subject_kind`, `subject_id`, `actor_kind`, `actor_id`, `purpose_code`,
///    `purpose_korean`, `purpose_english`, `details`, in this order: the number of UTF-8 bytes, 4
///    bytes big-endian, and the bytes as stored.
///
/// **Day.** `audit_day.root` is the Merkle tree hash of RFC 6962 §2.1 over the hashes of the records
/// `first_sequence … last_sequence` of that day in Korea (KST): `leaf = SHA-256(0x00 ‖ hash)`,
/// `node = SHA-256(0x01 ‖ left ‖ right)`. A day is closed by the first record of a later day.
enum AuditChain {
    static let label = Array("haechi-audit-1".utf8)
    static let origin = [UInt8](repeating: 0, count: 32)

    static func hash(_ row: AuditRow, after previous: [UInt8]) -> [UInt8] {
        var message = label
        message.reserveCapacity(512)
        message += previous
        appendBigEndian(row.sequence, &message)
        appendBigEndian(row.at.millisecondsSinceEpoch, &message)
        for field in [
            row.action, row.subjectKind, row.subjectId, row.actorKind, row.actorId, row.purposeCode,
            row.purposeKorean, row.purposeEnglish, row.details,
        ] {
            appendBigEndian(UInt32(field.utf8.count), &message)
            message += field.utf8
        }
        return Array(SHA256.hash(data: message))
    }

    private static func appendBigEndian(_ value: some FixedWidthInteger, _ bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes += $0 }
    }
}

/// A Merkle tree of RFC 6962 that grows by one leaf at a time and keeps only the roots of its full
/// subtrees, at most one for each power of two.
struct MerkleAccumulator: Sendable, Equatable {
    private(set) var leafCount: Int64 = 0
    /// Roots of the full subtrees, the largest first.
    private(set) var subtrees: [[UInt8]] = []

    init() {}

    /// Restores a tree from its bytes: the leaf count, then the roots.
    init?(bytes: [UInt8]) {
        guard bytes.count >= 8, bytes.count % 32 == 8 else { return nil }
        leafCount = bytes[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        subtrees = stride(from: 8, to: bytes.count, by: 32).map { Array(bytes[$0..<$0 + 32]) }
        guard leafCount >= 0, leafCount.nonzeroBitCount == subtrees.count else { return nil }
    }

    var bytes: [UInt8] {
        withUnsafeBytes(of: leafCount.bigEndian) { Array($0) } + subtrees.flatMap { $0 }
    }

    mutating func append(_ recordHash: [UInt8]) {
        var root = Array(SHA256.hash(data: [0] + recordHash))
        // A subtree of the same size stands to the left for each low one bit of the count.
        for _ in 0..<leafCount.trailingOnes {
            root = MerkleAccumulator.node(subtrees.removeLast(), root)
        }
        subtrees.append(root)
        leafCount += 1
    }

    /// The root over all leaves; SHA-256 of nothing for an empty tree.
    var root: [UInt8] {
        guard var root = subtrees.last else { return Array(SHA256.hash(data: [UInt8]())) }
        for subtree in subtrees.dropLast().reversed() {
            root = MerkleAccumulator.node(subtree, root)
        }
        return root
    }

    private static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: [1] + left + right))
    }
}

extension Int64 {
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
