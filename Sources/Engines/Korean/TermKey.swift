/// The stream of tokens that a term belongs to; each has its own lengths and BM25 parameters.
public enum TermStream: String, Sendable, Hashable, CaseIterable {
    /// Words without their endings, words with Latin letters, numbers, quantities.
    case stem
    /// Pairs of neighbours, spaces left out.
    case bigram
}

/// A fingerprint of 40 bits that stands for a term in an index: the stream in the highest bit, 39
/// bits of a hash below.
///
/// Two of a million terms share a fingerprint with a probability of about 0.6: then each counts as
/// the other, which changes a rank about as much as a homonym does.
struct TermKey: Sendable, Hashable, Comparable {
    static let bitCount: UInt64 = 40

    let bits: UInt64

    init(bits: UInt64) {
        self.bits = bits
    }

    @inline(__always)
    init(stem hash: TermHash) {
        bits = hash.finished >> (65 - Self.bitCount)
    }

    @inline(__always)
    init(bigram first: UInt64, _ second: UInt64) {
        var hash = TermHash()
        hash.combine(first)
        hash.combine(second)
        bits = hash.finished >> (65 - Self.bitCount) | 1 << (Self.bitCount - 1)
    }

    var stream: TermStream { bits >> (Self.bitCount - 1) == 0 ? .stem : .bigram }

    static func < (first: TermKey, second: TermKey) -> Bool { first.bits < second.bits }
}

/// A hash of 64 bits over units, the same on every machine and in every run.
///
/// Multiply and rotate for each unit; the finish is the finaliser of SplitMix64.
struct TermHash: Sendable {
    private var state: UInt64 = 0x243F_6A88_85A3_08D3

    @inline(__always)
    mutating func combine(_ value: UInt64) {
        let mixed = (state ^ value) &* 0x9E37_79B9_7F4A_7C15
        state = mixed << 29 | mixed >> 35
    }

    @inline(__always)
    var finished: UInt64 {
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
