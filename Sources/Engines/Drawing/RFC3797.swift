internal import Crypto

/// The selection of RFC 3797, "Publicly Verifiable Nominations Committee (NomCom) Random Selection":
/// for checking draws that others held by it.
///
/// The city's own draws take the text form of the inputs from it (§4.1) and nothing else: MD5 and a
/// remainder are replaced by SHA-256 and rejection.
public enum RFC3797 {
    /// The largest pool, as in the RFC's reference code.
    public static let maximumPoolSize = 65_535

    /// The positions selected from a pool, counted from 1, in the order of selection (§4.2, §6).
    ///
    /// `keyString` is the text of the inputs, `9319./2.5.8.10.12./`.
    public static func selection(
        keyString: String,
        poolSize: Int,
        count: Int
    ) throws -> [Int] {
        guard (1...maximumPoolSize).contains(poolSize), (0...poolSize).contains(count) else {
            throw DrawingError.badPool(size: poolSize, count: count)
        }
        var pool = Array(1...poolSize)
        return (0..<count).map { index in
            pool.remove(at: remainder(of: digest(of: keyString, at: index), by: pool.count))
        }
    }

    /// MD5 of the key string between two copies of the index, 2 bytes big-endian each.
    static func digest(of keyString: String, at index: Int) -> [UInt8] {
        let frame = [UInt8(index >> 8), UInt8(index & 255)]
        return Array(Insecure.MD5.hash(data: frame + Array(keyString.utf8) + frame))
    }

    /// The remainder of a 128-bit number, big-endian.
    private static func remainder(of digest: [UInt8], by divisor: Int) -> Int {
        digest.reduce(0) { ($0 << 8 | Int($1)) % divisor }
    }
}
