internal import CSodium

/// The verifiable random function ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381 §5.5).
///
/// Whoever holds the secret key computes one output for an input and proves it; nobody can compute
/// it without the key, and the key's holder cannot choose among outputs. Stricter than the RFC in
/// one point: public key and Gamma must lie in the subgroup of prime order, so that an output has
/// one proof only per nonce.
public enum EdwardsVRF {
    /// The bytes of a secret key (RFC 8032 §5.1.5).
    public static let secretKeyByteCount = 32
    /// The bytes of a public key.
    public static let publicKeyByteCount = 32
    /// The bytes of a proof: Gamma 32, challenge 16, scalar 32.
    public static let proofByteCount = 80

    private static let suite: UInt8 = 3
    private static let challengeByteCount = 16
    private static let pointByteCount = 32

    /// The public key of a secret key; throws where the secret key has the wrong length.
    public static func publicKey(of secretKey: [UInt8]) throws -> HexBytes {
        HexBytes(try KeyPair(secretKey).publicKey)
    }

    /// The proof for an input (RFC 9381 §5.1), deterministic.
    public static func proof(for input: [UInt8], secretKey: [UInt8]) throws -> HexBytes {
        let keys = try KeyPair(secretKey)
        let point = try encodeToCurve(input, publicKey: keys.publicKey)
        let gamma = try multiply(keys.scalar, point)
        let nonce = reduce(hash(keys.noncePrefix + point))
        let challenge = challenge([
            keys.publicKey, point, gamma, try multiplyBase(nonce), try multiply(nonce, point),
        ])
        var product = [UInt8](repeating: 0, count: pointByteCount)
        var scalar = product
        crypto_core_ed25519_scalar_mul(&product, padded(challenge), keys.scalar)
        crypto_core_ed25519_scalar_add(&scalar, nonce, product)
        return HexBytes(gamma + challenge + scalar)
    }

    /// The output that a proof proves for an input and a key (RFC 9381 §5.3), or nothing where the
    /// proof does not hold.
    public static func output(
        of proof: HexBytes,
        for input: [UInt8],
        publicKey: HexBytes
    ) -> HexBytes? {
        let gamma = Array(proof.bytes.prefix(pointByteCount))
        let challengeBytes = Array(proof.bytes.dropFirst(pointByteCount).prefix(challengeByteCount))
        let scalar = Array(proof.bytes.dropFirst(pointByteCount + challengeByteCount))
        guard proof.bytes.count == proofByteCount, isInPrimeSubgroup(publicKey.bytes),
            isInPrimeSubgroup(gamma), isReduced(scalar),
            let point = try? encodeToCurve(input, publicKey: publicKey.bytes)
        else { return nil }
        let factor = padded(challengeBytes)
        guard
            let first = try? subtract(
                multiplyBase(scalar),
                multiply(factor, publicKey.bytes)
            ),
            let second = try? subtract(multiply(scalar, point), multiply(factor, gamma)),
            challenge([publicKey.bytes, point, gamma, first, second]) == challengeBytes
        else { return nil }
        return try? HexBytes(hash([suite, 3] + clearCofactor(gamma) + [0]))
    }

    /// Whether a public key can be used.
    public static func isUsable(publicKey: HexBytes) -> Bool {
        publicKey.bytes.count == publicKeyByteCount && isInPrimeSubgroup(publicKey.bytes)
    }

    /// What RFC 8032 §5.1.5 derives from a secret key.
    private struct KeyPair {
        let scalar: [UInt8]
        let noncePrefix: [UInt8]
        let publicKey: [UInt8]

        init(_ secretKey: [UInt8]) throws {
            guard secretKey.count == secretKeyByteCount else {
                throw DrawingError.badKey("secret key of \(secretKey.count) bytes")
            }
            let expanded = EdwardsVRF.hash(secretKey)
            var scalar = Array(expanded.prefix(32))
            scalar[0] &= 248
            scalar[31] &= 127
            scalar[31] |= 64
            self.scalar = scalar
            noncePrefix = Array(expanded.suffix(32))
            publicKey = try EdwardsVRF.multiplyBase(scalar)
        }
    }

    /// ECVRF_encode_to_curve_try_and_increment (RFC 9381 §5.4.1.1), salted with the public key.
    private static func encodeToCurve(_ input: [UInt8], publicKey: [UInt8]) throws -> [UInt8] {
        for counter in UInt8.min...UInt8.max {
            let candidate = Array(
                hash([suite, 1] + publicKey + input + [counter, 0]).prefix(pointByteCount)
            )
            guard isCanonical(candidate), let point = try? clearCofactor(candidate) else {
                continue
            }
            if point != identity { return point }
        }
        throw DrawingError.badKey("no point in 256 tries")
    }

    /// ECVRF_challenge_generation (RFC 9381 §5.4.3).
    private static func challenge(_ points: [[UInt8]]) -> [UInt8] {
        Array(hash([suite, 2] + points.joined() + [0]).prefix(challengeByteCount))
    }

    private static let identity: [UInt8] = [1] + [UInt8](repeating: 0, count: 31)

    /// Whether a point's text is the only one of its point (RFC 8032 §5.1.3): y below the field's
    /// prime, and no sign where x is zero, which is where y is 1 or -1.
    private static func isCanonical(_ point: [UInt8]) -> Bool {
        var ordinate = point
        ordinate[31] &= 127
        let prime: [UInt8] = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
        let minusOne: [UInt8] = [0xEC] + prime.dropFirst()
        guard ordinate.reversed().lexicographicallyPrecedes(prime.reversed()) else { return false }
        return point[31] & 128 == 0 || (ordinate != identity && ordinate != minusOne)
    }

    private static func isInPrimeSubgroup(_ point: [UInt8]) -> Bool {
        point.count == pointByteCount && isCanonical(point)
            && crypto_core_ed25519_is_valid_point(point) == 1
    }

    /// Whether a scalar is below the group's order.
    private static func isReduced(_ scalar: [UInt8]) -> Bool {
        scalar.count == pointByteCount
            && reduce(scalar + [UInt8](repeating: 0, count: 32)) == scalar
    }

    private static func reduce(_ wide: [UInt8]) -> [UInt8] {
        var scalar = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_reduce(&scalar, wide)
        return scalar
    }

    private static func padded(_ challenge: [UInt8]) -> [UInt8] {
        challenge + [UInt8](repeating: 0, count: 32 - challenge.count)
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        crypto_hash_sha512(&digest, bytes, UInt64(bytes.count))
        return digest
    }

    private static func clearCofactor(_ point: [UInt8]) throws -> [UInt8] {
        try (0..<3).reduce(point) { doubled, _ in
            try made { crypto_core_ed25519_add($0, doubled, doubled) }
        }
    }

    private static func subtract(_ left: [UInt8], _ right: [UInt8]) throws -> [UInt8] {
        try made { crypto_core_ed25519_sub($0, left, right) }
    }

    private static func multiply(_ scalar: [UInt8], _ point: [UInt8]) throws -> [UInt8] {
        try made { crypto_scalarmult_ed25519_noclamp($0, scalar, point) }
    }

    private static func multiplyBase(_ scalar: [UInt8]) throws -> [UInt8] {
        try made { crypto_scalarmult_ed25519_base_noclamp($0, scalar) }
    }

    /// The point an operation of libsodium writes; throws where it refuses its arguments.
    private static func made(
        _ operation: (UnsafeMutablePointer<UInt8>) -> Int32
    ) throws -> [UInt8] {
        var refused = false
        let point = [UInt8](unsafeUninitializedCapacity: pointByteCount) { buffer, filled in
            buffer.initialize(repeating: 0)
            refused = buffer.baseAddress.map(operation) != 0
            filled = pointByteCount
        }
        guard !refused else { throw DrawingError.badKey("libsodium refused a point") }
        return point
    }
}
