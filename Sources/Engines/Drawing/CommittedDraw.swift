public import Basics

/// What is published before the seed can be known: it fixes the rule and every entrant.
public struct DrawCommitment: Sendable, Hashable, Codable {
    /// The protocol this engine follows (docs/draw.md).
    public static let currentProtocol = "haechi-draw-1"

    /// The name of the protocol.
    public var `protocol`: String
    /// The id of the draw.
    public var draw: String
    /// The number of entrants.
    public var entrantCount: Int
    /// The root of the Merkle tree over the entrants.
    public var merkleRoot: HexBytes
    /// SHA-256 of the rule's canonical JSON.
    public var ruleHash: HexBytes

    init(rule: DrawRule, roster: Roster) throws {
        self.protocol = DrawCommitment.currentProtocol
        draw = rule.draw
        entrantCount = roster.entrants.count
        merkleRoot = roster.tree.root
        ruleHash = try rule.hash
    }

    /// The JSON of the commitment.
    public var json: JSONValue {
        [
            "protocol": .string(self.protocol), "draw": .string(draw),
            "entrantCount": .integer(entrantCount), "merkleRoot": .string(merkleRoot.hex),
            "ruleHash": .string(ruleHash.hex),
        ]
    }

    /// SHA-256 of the canonical JSON: the one line to print in the official gazette.
    public var hash: HexBytes {
        get throws { HexBytes(DrawHash.plain(try CanonicalJSON.bytes(json))) }
    }
}

/// A draw before its seed: commitment, rule and entrants.
public struct CommittedDraw: Sendable, Hashable, Codable {
    /// The commitment.
    public var commitment: DrawCommitment
    /// The rule.
    public var rule: DrawRule
    /// The entrants, sorted by receipt number.
    public var entrants: [DrawEntrant]

    /// Commits a draw to its rule and its entrants, in any order; throws what is wrong with them.
    public init(rule: DrawRule, entrants: [DrawEntrant]) throws {
        try rule.validate()
        let roster = try Roster(entrants, rule: rule)
        self.rule = rule
        self.entrants = roster.entrants
        commitment = try DrawCommitment(rule: rule, roster: roster)
    }

    /// A draw as it was published, not checked.
    init(published commitment: DrawCommitment, rule: DrawRule, entrants: [DrawEntrant]) {
        self.commitment = commitment
        self.rule = rule
        self.entrants = entrants
    }

    /// Reads the file of a committed draw; what it holds is checked when it is drawn.
    public static func read(_ bytes: [UInt8]) throws -> CommittedDraw {
        try CanonicalJSON.decode(CommittedDraw.self, from: bytes)
    }

    /// The file: canonical JSON.
    public var bytes: [UInt8] {
        get throws { try CanonicalJSON.bytes(.object(members)) }
    }

    var members: [String: JSONValue] {
        [
            "commitment": commitment.json, "rule": rule.json,
            "entrants": .array(entrants.map { .string($0.text) }),
        ]
    }

    /// What the city's key signs its proof over: the seed before the key takes part.
    ///
    /// Throws where a secret is missing or is not the one its official is bound to.
    public func vrfInput(_ evidence: SeedEvidence) throws -> [UInt8] {
        if let official = unboundOfficials(evidence.reveals).first {
            throw DrawingError.reveal(official.name, isMissing: official.isMissing)
        }
        guard evidence.reveals.count == rule.officials.count else {
            throw DrawingError.tooManyReveals
        }
        return try DrawSeed.base(evidence, rule: rule, commitment: commitment.hash)
    }

    /// The draw, held with the evidence.
    ///
    /// Throws where the commitment does not hold, a public value cannot be read, an official's secret
    /// is missing or is not the one committed to, or the city's proof does not hold.
    public func completed(with evidence: SeedEvidence) throws -> CompletedDraw {
        try rule.validate()
        let roster = try Roster(entrants, rule: rule)
        guard try DrawCommitment(rule: rule, roster: roster) == commitment else {
            throw DrawingError.brokenCommitment
        }
        let base = try vrfInput(evidence)
        let output = try vrfOutput(evidence.vrfProof, base: base)
        let seed = DrawSeed.seed(base: base, output: output)
        let result = DrawSelection.result(rule, roster, seed: seed)
        return CompletedDraw(self, seed: evidence, result: result)
    }

    /// The output of the city's key, nothing where the rule names none.
    func vrfOutput(_ proof: HexBytes?, base: [UInt8]) throws -> HexBytes? {
        guard let key = rule.vrfKey else {
            guard proof == nil else { throw DrawingError.vrf(isNamed: false) }
            return nil
        }
        guard let proof,
            let output = EdwardsVRF.output(of: proof, for: base, publicKey: key)
        else { throw DrawingError.vrf(isNamed: true) }
        return output
    }

    /// The officials whose secret is missing or is another than the one committed to.
    func unboundOfficials(_ reveals: [HexBytes]) -> [(name: String, isMissing: Bool)] {
        rule.officials.enumerated().compactMap { index, official in
            guard index < reveals.count, !reveals[index].bytes.isEmpty else {
                return (official.name, true)
            }
            let commitment = try? OfficialSecret(reveals[index])
                .commitment(draw: rule.draw, official: official.name)
            return commitment == official.commitment ? nil : (official.name, false)
        }
    }

    /// The proof that an entrant is among those committed to.
    public func proof(of receipt: String) throws -> EntrantProof {
        let roster = try Roster(entrants, rule: rule)
        guard let index = roster.entrants.firstIndex(where: { $0.receipt == receipt }) else {
            throw DrawingError.unknownEntrant(receipt)
        }
        return EntrantProof(
            commitment: commitment,
            entrant: roster.entrants[index],
            index: index,
            path: roster.tree.path(to: index)
        )
    }
}

/// The proof that an entrant took part in a draw: a few hashes that lead to the root committed to
/// (RFC 6962 §2.1.1).
public struct EntrantProof: Sendable, Hashable, Codable {
    /// The commitment.
    public var commitment: DrawCommitment
    /// The entrant.
    public var entrant: DrawEntrant
    /// The position among the sorted entrants, from 0.
    public var index: Int
    /// The hashes beside the way to the root, the lowest first.
    public var path: [HexBytes]

    /// Reads a proof from JSON.
    public static func read(_ bytes: [UInt8]) throws -> EntrantProof {
        try CanonicalJSON.decode(EntrantProof.self, from: bytes)
    }

    /// Whether the way leads from the entrant to the root.
    public var holds: Bool {
        var leaf: [UInt8] = []
        entrant.append(to: &leaf)
        return commitment.merkleRoot
            == MerkleTree.root(of: leaf, at: index, in: commitment.entrantCount, path: path)
    }

    /// The file: canonical JSON.
    public var bytes: [UInt8] {
        get throws {
            try CanonicalJSON.bytes([
                "commitment": commitment.json, "entrant": .string(entrant.text),
                "index": .integer(index), "path": .array(path.map { .string($0.hex) }),
            ])
        }
    }
}
