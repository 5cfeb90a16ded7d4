public import Basics

/// The secret of an official: 32 random bytes, shown only after the public values are known.
public struct OfficialSecret: Sendable, Hashable {
    /// The bytes of a secret.
    public static let byteCount = 32

    /// The secret.
    public let bytes: HexBytes

    /// Creates a secret; throws where it has not 32 bytes.
    public init(_ bytes: HexBytes) throws {
        guard bytes.bytes.count == OfficialSecret.byteCount else {
            throw DrawingError.badKey("secret of \(bytes.bytes.count) bytes")
        }
        self.bytes = bytes
    }

    /// Creates a secret from a generator, which must be the system's outside tests.
    public init(using generator: inout some RandomNumberGenerator) {
        bytes = HexBytes(
            (0..<OfficialSecret.byteCount).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
        )
    }

    /// The hash published before the draw.
    ///
    /// Draw and name are part of it, so that nobody can pass off the commitment of another official or
    /// of another draw as their own.
    public func commitment(draw: String, official: String) -> HexBytes {
        HexBytes(
            DrawHash.labelled(
                "official",
                Array(draw.utf8) + [0] + Array(official.utf8) + [0] + bytes.bytes
            )
        )
    }
}

/// What the seed of a draw is made of, all of it public after the draw.
public struct SeedEvidence: Sendable, Hashable, Codable {
    /// The public values as published, in the order of the rule.
    public var inputs: [String]
    /// The officials' secrets, in the order of the rule.
    public var reveals: [HexBytes]
    /// The proof of the city's key, where the rule names one (RFC 9381).
    public var vrfProof: HexBytes?

    /// Creates the evidence.
    public init(inputs: [String], reveals: [HexBytes], vrfProof: HexBytes? = nil) {
        self.inputs = inputs
        self.reveals = reveals
        self.vrfProof = vrfProof
    }

    /// The JSON of the evidence.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "inputs": .array(inputs.map { .string($0) }),
            "reveals": .array(reveals.map { .string($0.hex) }),
        ]
        members["vrfProof"] = vrfProof.map { .string($0.hex) }
        return .object(members)
    }
}

/// The seed: `SHA-256("haechi-draw-1/seed" ‖ 0x00 ‖ commitment hash ‖ secrets ‖ public values)`, and
/// where the city's key takes part `SHA-256("haechi-draw-1/vrf" ‖ 0x00 ‖ VRF output)` for that as
/// its input.
enum DrawSeed {
    /// The seed before the city's key: also the input of its proof.
    static func base(
        _ evidence: SeedEvidence,
        rule: DrawRule,
        commitment: HexBytes
    ) throws -> [UInt8] {
        guard evidence.inputs.count == rule.inputs.count else {
            throw DrawingError.inputCount(evidence.inputs.count, needed: rule.inputs.count)
        }
        let values = try zip(rule.inputs, evidence.inputs).map { try $0.form.canonical($1) }
        let secrets = evidence.reveals.flatMap(\.bytes)
        return DrawHash.labelled(
            "seed",
            commitment.bytes + secrets + Array(values.joined().utf8)
        )
    }

    /// The seed after the city's key, where there is one.
    static func seed(base: [UInt8], output: HexBytes?) -> HexBytes {
        guard let output else { return HexBytes(base) }
        return HexBytes(DrawHash.labelled("vrf", output.bytes))
    }
}
