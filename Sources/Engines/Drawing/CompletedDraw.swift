public import Basics

/// A whole draw in one document: what was committed, what the seed was made of, and the outcome.
public struct CompletedDraw: Sendable, Hashable, Codable {
    /// The commitment.
    public var commitment: DrawCommitment
    /// The rule.
    public var rule: DrawRule
    /// The entrants, sorted by receipt number.
    public var entrants: [DrawEntrant]
    /// What the seed was made of.
    public var seed: SeedEvidence
    /// The outcome.
    public var result: DrawResult

    init(_ committed: CommittedDraw, seed: SeedEvidence, result: DrawResult) {
        commitment = committed.commitment
        rule = committed.rule
        entrants = committed.entrants
        self.seed = seed
        self.result = result
    }

    /// Reads the file of a draw; `DrawVerification` checks what it holds.
    public static func read(_ bytes: [UInt8]) throws -> CompletedDraw {
        try CanonicalJSON.decode(CompletedDraw.self, from: bytes)
    }

    /// The draw as it was before its seed.
    public var committed: CommittedDraw {
        CommittedDraw(published: commitment, rule: rule, entrants: entrants)
    }

    /// The file: canonical JSON.
    public var bytes: [UInt8] {
        get throws {
            var members = committed.members
            members["seed"] = seed.json
            members["result"] = result.json
            return try CanonicalJSON.bytes(.object(members))
        }
    }

    /// How the draw went for an entrant, nothing where the entrant is not in it.
    public func outcome(of receipt: String) -> DrawOutcome? {
        for stratum in result.strata {
            if let index = stratum.selected.firstIndex(of: receipt) { return .selected(index + 1) }
            if let index = stratum.waiting.firstIndex(of: receipt) { return .waiting(index + 1) }
        }
        return entrants.contains { $0.receipt == receipt } ? .notSelected : nil
    }
}

/// How a draw went for one entrant.
public enum DrawOutcome: Sendable, Hashable {
    /// Selected, as which of the stratum.
    case selected(Int)
    /// On the waiting list, at which place.
    case waiting(Int)
    /// Neither.
    case notSelected

    /// The outcome in words.
    public var text: Bilingual {
        switch self {
        case .selected(let place): Bilingual("선정 (\(place)번째)", "selected (number \(place))")
        case .waiting(let place): Bilingual("예비 \(place)번", "on the waiting list at \(place)")
        case .notSelected: Bilingual("선정되지 않음", "not selected")
        }
    }
}
